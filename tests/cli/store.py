"""A backend for the command: recorded orders and one customer, on a real socket."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections import Counter
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ..conftest import CORPUS, recorded

ORDERS = sorted(path.stem for path in (CORPUS / "orders").glob("*.json"))
"""The names of the recorded orders."""


ADMIN_EMAIL = "admin@example.com"


def token(expires_in: float = 3600) -> str:
    """Return a JWT like those of the backend. Its signature is not checked."""
    claims = {"customer_id": "cus_1", "exp": int(time.time() + expires_in)}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJIUzI1NiJ9.{body}.c2lnbmF0dXJl"


class Store:
    """A backend with recorded orders, one customer and one admin user, on a real socket."""

    password = "correct-horse"

    def __init__(self) -> None:
        self.customer = {
            "id": "cus_01G...",
            "email": "ada@example.com",
            "first_name": "Ada",
            "last_name": "Lovelace",
        }
        self.token = token()
        self.order = recorded("shipped_tracking")
        self.products = [{"id": "prod_01G...", "title": "Medusa T-Shirt"}, {"id": "prod_01H...", "title": "Mug"}]
        self.failing: dict[str, int] = {}
        """The status to return for an order instead, by its ID."""
        self.raw: dict[str, str] = {}
        """The body to return for an order instead, by its ID."""
        self.asked: Counter[str] = Counter()
        """How often each order was requested."""
        self.answered: Counter[str] = Counter()
        """How often the response for each order was ready after the delay."""
        self.delay = 0.0
        self.most_at_a_time = 0
        self._under_way = 0
        self._lock = threading.Lock()
        self.server = HTTPServer(threaded=True)
        self.server.expect_request(re.compile("")).respond_with_handler(self._answer)
        self.server.start()
        self.url = self.server.url_for("").rstrip("/")

    def _answer(self, request: Request) -> Response:
        is_logged_in = request.headers.get("Authorization") == f"Bearer {self.token}"
        unauthorized = Response("Unauthorized", 401)
        match request.method, request.path.strip("/").split("/")[1:]:
            case "POST", ["auth", "token"]:
                logins = [
                    {"email": email, "password": self.password} for email in (self.customer["email"], ADMIN_EMAIL)
                ]
                return _json({"access_token": self.token}) if request.json in logins else unauthorized
            case "GET", ["auth"]:
                return _json({"customer": self.customer}) if is_logged_in else unauthorized
            case "POST", ["orders", "batch", "customer", "token"]:
                return Response("OK", content_type="text/plain") if is_logged_in else unauthorized
            case "POST", ["orders", "customer", "confirm"]:
                return Response("OK", content_type="text/plain")
            case "GET", ["regions"]:
                regions = [{"id": "reg_01G...", "currency_code": "eur"}, {"id": "reg_01H...", "currency_code": "usd"}]
                return _json({"regions": regions[: int(request.args.get("limit", 2))]})
            case "GET", ["products"]:
                products = [each for each in self.products if request.args.get("q", "") in each["title"].lower()]
                return _json({"products": products, "count": len(products), "offset": 0, "limit": 100})
            case "POST", ["carts", id, "line-items"]:
                return _json({"cart": {"id": id, "items": [{"id": "item_01G...", **(request.json or {})}]}})
            case "GET", ["gift-cards"]:
                gift_cards = [{"id": "gift_01G...", "balance": 2500}]
                page = {"gift_cards": gift_cards, "count": 1, "offset": 0, "limit": 50}
                return _json(page) if is_logged_in else unauthorized
            case "GET", ["orders"]:
                found = dict(request.args) == {"display_id": "19", "email": "ada@example.com"}
                return _json(self.order) if found else Response("Not Found", 404, content_type="text/plain")
            case "GET", ["orders", *_, id]:
                return self._order(id)
            case _:
                return Response("no such route", 404)

    def _order(self, id: str) -> Response:
        with self._lock:
            self.asked[id] += 1
            self._under_way += 1
            self.most_at_a_time = max(self.most_at_a_time, self._under_way)
        time.sleep(self.delay)
        with self._lock:
            self._under_way -= 1
            self.answered[id] += 1
        if id in self.raw:
            return Response(self.raw[id], content_type="application/json; charset=utf-8")
        if not id.startswith(("order_", "cart_")) or self.failing.get(id) == 404:
            return _json({"type": "not_found", "message": f"Order with id {id} was not found"}, 404)
        if id in self.failing:
            return _json({"type": "unexpected_state", "message": "busy"}, self.failing[id])
        return _json({"order": {**self.order["order"], "id": id}})


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")
