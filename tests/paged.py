"""A server whose list changes while a client reads its pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


class Shop:
    """A server that sends a list of IDs in pages. It calls `change` after it has built a page."""

    def __init__(self, httpserver: HTTPServer, size: int) -> None:
        self.ids = [f"id_{number:04}" for number in range(size)]
        self.change: Callable[[Shop], None] = lambda _: None
        self.fails_at: int | None = None
        self.longest = 10**6
        self.ignores: set[str] = set()
        self.counts_the_page = self.hides_ids = self.shuffles = False
        self.requests: list[tuple[int, int]] = []
        self.queries: list[dict[str, str]] = []
        self.headers: list[str | None] = []
        httpserver.expect_request("/store/products").respond_with_handler(self._page("products"))
        httpserver.expect_request("/store/variants").respond_with_handler(self._page("variants"))
        httpserver.expect_request("/admin/currencies").respond_with_handler(self._page("currencies"))

    def _page(self, name: str) -> Callable[[Request], Response]:
        def handler(request: Request) -> Response:
            limit, offset = int(request.args["limit"]), int(request.args["offset"])
            self.requests.append((offset, limit))
            self.queries.append({**request.args})
            self.headers.append(request.headers.get("x-channel"))
            if self.fails_at == len(self.requests):
                return Response("{}", 500)
            start = 0 if "offset" in self.ignores else offset
            ids = self.ids[start:] if "limit" in self.ignores else self.ids[start : start + min(limit, self.longest)]
            if self.shuffles:
                ids = ids[::-1]
            title = f"request {len(self.requests)}"
            key = "code" if name == "currencies" else "id"  # Currencies have no ID.
            body: dict[str, Any] = {
                name: [{"title": id} if self.hides_ids else {key: id, "title": title} for id in ids]
            }
            if name != "variants":
                count = len(ids) if self.counts_the_page else len(self.ids)
                body |= {"count": count, "offset": offset, "limit": limit}
            self.change(self)
            return Response(json.dumps(body), content_type="application/json")

        return handler
