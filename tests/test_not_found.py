"""The error for a 404 says whether the object or the route is missing."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest

from medusa import Medusa, MedusaNotFoundError, MedusaServerError

from .conftest import CORPUS

Answer = Callable[..., None]
NO_SUCH_ROUTE = (
    "(the backend has no such route: check the path, and that base_url is the root of a Medusa v1 backend, without"
    " /store or /admin)"
)
ROUTES: list[dict[str, Any]] = json.loads((CORPUS / "routes.json").read_text())


@pytest.mark.parametrize(
    ("name", "route_exists"),
    [
        ("retrieve_undefined", True),  # The body is JSON with the type not_found.
        ("lookup_no_match_id", True),  # The body is the plain text Not Found.
        ("retrieve_slash", False),  # The body is Express's page: Cannot GET /store/orders/a/b.
    ],
)
def test_a_missing_thing_and_a_missing_route(medusa: Medusa, answer: Answer, name: str, route_exists: bool) -> None:
    exchange = next(e for e in ROUTES if e["name"] == name)
    answer(exchange["body"], exchange["status"], exchange["content_type"] or "")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.retrieve("order_1")
    assert caught.value.route_exists is route_exists
    assert pickle.loads(pickle.dumps(caught.value)).route_exists is route_exists
    assert copy.copy(caught.value).route_exists is route_exists
    assert (NO_SUCH_ROUTE in str(caught.value)) is not route_exists


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", "text/plain"),
        ("404 page not found\n", "text/plain; charset=utf-8"),
        ("Not Found", "text/html"),
        ("<html><title>404 Not Found</title><hr>nginx</html>", "text/html"),
        ('{"message": "no Route matched with those values"}', "application/json"),
        ('{"detail": "Not Found"}', "application/json"),
        ('{"type": null, "message": "not found"}', "application/json"),
    ],
    ids=range(7),
)
def test_the_404_of_another_server(medusa: Medusa, answer: Answer, body: str, content_type: str) -> None:
    answer(body, 404, content_type)
    for call in (
        lambda: medusa.orders.retrieve("order_1"),
        lambda: medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"}),
        lambda: medusa.request("GET", "/store/custom"),
    ):
        with pytest.raises(MedusaNotFoundError, match=f" returned 404 {re.escape(NO_SUCH_ROUTE)}") as caught:
            call()
        assert caught.value.route_exists is False


def test_a_base_url_with_a_path_too_much(medusa: Medusa, answer: Answer) -> None:
    said = "Cannot GET /store/store/orders/order_1"
    answer(f"<!DOCTYPE html><title>Error</title><pre>{said}</pre>", 404, "text/html; charset=utf-8")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.with_options(base_url=f"{medusa.base_url}/store").orders.retrieve("order_1")
    assert str(caught.value) == f"GET /store/orders/{{id}} returned 404 {NO_SUCH_ROUTE}: {said}"


@pytest.mark.parametrize(
    ("content_type", "route_exists"),
    [
        ("application/json; charset=utf-8", True),
        ("application/json", True),
        ("text/plain; charset=utf-8", True),
        ("text/plain", True),
        ("text/html", False),
    ],
)
def test_a_404_without_a_body(medusa: Medusa, answer: Answer, content_type: str, route_exists: bool) -> None:
    """If a 404 has no body, as after a HEAD request, its type decides: Express's page for an unknown route is HTML."""
    answer("", 404, content_type)
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.request("HEAD", "/store/orders/order_1")
    assert caught.value.route_exists is route_exists


def test_no_other_status_speaks_of_the_route(medusa: Medusa, answer: Answer) -> None:
    answer("<html>", 502, "text/html")
    with pytest.raises(MedusaServerError) as caught:
        medusa.orders.retrieve("order_1")
    assert "route" not in str(caught.value)
    assert MedusaNotFoundError().route_exists is True
