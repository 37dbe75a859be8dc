"""The order routes: the requests that are sent, and the results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer

from medusa import (
    Medusa,
    MedusaDecodeError,
    Order,
    OrderStatus,
    StoreGetOrdersParams,
    StorePostCustomersCustomerAcceptClaimReq,
    StorePostCustomersCustomerOrderClaimReq,
)

from .conftest import Sent, recorded, target

Answer = Callable[..., None]


def test_retrieve(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    body = recorded("plain")
    answer(body)
    result = medusa.orders.retrieve("order_1")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/orders/order_1", b"")
    assert isinstance(result.order, Order)
    assert result.order.to_dict() == body["order"]
    assert result.order.status is OrderStatus.PENDING
    assert result.order.created_at.tzinfo is not None
    assert result.order.items[0].title == body["order"]["items"][0]["title"]
    assert isinstance(result.response, requests.Response)
    assert result.response.json() == body
    assert result.to_dict() == body


def test_a_byte_order_mark_is_passed_over(medusa: Medusa, answer: Answer) -> None:
    answer(b'\xef\xbb\xbf{"order": {"id": "order_1"}}', content_type="application/json")
    assert medusa.orders.retrieve("order_1").order.id == "order_1"


def test_retrieve_by_cart_id(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain", "cart"))
    order = medusa.orders.retrieve_by_cart_id("cart_1").order
    assert (sent().method, target(sent())) == ("GET", "/store/orders/cart/cart_1")
    assert order.claims == []


@pytest.mark.parametrize("method", ["retrieve", "retrieve_by_cart_id"])
@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"expand": ["items", " billing_address "]}, "?expand=items%2Cbilling_address"),
        ({"expand": "items, region", "fields": ("id", "email")}, "?expand=items%2Cregion&fields=id%2Cemail"),
        ({"expand": []}, "?expand="),
        ({"fields": {"id": None}.keys()}, "?fields=id"),
        ({"expand": None, "fields": None}, ""),
    ],
)
def test_expand_and_fields(
    medusa: Medusa, answer: Answer, sent: Sent, method: str, options: dict[str, Any], query: str
) -> None:
    answer(recorded("plain"))
    getattr(medusa.orders, method)("x", **options)
    assert target(sent()).endswith(f"/x{query}")


@pytest.mark.parametrize(
    ("id", "segment"),
    [
        ("a/b", "a%2Fb"),
        ("../customers/me", "..%2Fcustomers%2Fme"),
        ("?expand=items", "%3Fexpand%3Ditems"),
        ("a#frag", "a%23frag"),
        ("%2e%2e", "%252e%252e"),
        ("a b\r\nX-Evil: 1", "a%20b%0D%0AX-Evil%3A%201"),
        ("日本😀", "%E6%97%A5%E6%9C%AC%F0%9F%98%80"),
        ("...", "..."),
        ("a\\b@c:80", "a%5Cb%40c%3A80"),
    ],
)
def test_an_id_is_one_path_segment(medusa: Medusa, answer: Answer, sent: Sent, id: str, segment: str) -> None:
    answer(recorded("plain"))
    medusa.orders.retrieve(id)
    assert target(sent()) == f"/store/orders/{segment}"
    medusa.orders.retrieve_by_cart_id(id)
    assert target(sent()) == f"/store/orders/cart/{segment}"


@pytest.mark.parametrize(
    "id", ["", ".", "..", None, 12, b"order_1", ["order_1"], True, "\ud800"], ids=lambda id: repr(id)
)
def test_an_invalid_id_is_refused(medusa: Medusa, httpserver: HTTPServer, id: Any) -> None:
    for call in (medusa.orders.retrieve, medusa.orders.retrieve_by_cart_id, medusa.auth.exists):
        with pytest.raises(ValueError if isinstance(id, str) else TypeError, match=r"id|email"):
            call(id)
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("payload", "query"),
    [
        ({"display_id": 1, "email": "a+b@c.de"}, "?display_id=1&email=a%2Bb%40c.de"),
        ({"email": "a@b.c", "display_id": "007", "foo": None}, "?email=a%40b.c&display_id=007&foo="),
        (StoreGetOrdersParams(display_id=1, email="a@b.c"), "?display_id=1&email=a%40b.c"),
        (
            StoreGetOrdersParams(
                display_id=1,
                email="a@b.c",
                shipping_address={"postal_code": "10115"},
                expand="items,region",
                fields="id",
            ),
            "?display_id=1&email=a%40b.c&shipping_address%5Bpostal_code%5D=10115&expand=items%2Cregion&fields=id",
        ),
    ],
)
def test_lookup_order(medusa: Medusa, answer: Answer, sent: Sent, payload: Any, query: str) -> None:
    answer(recorded("plain", "lookup"))
    result = medusa.orders.lookup_order(payload)
    assert (sent().method, target(sent())) == ("GET", f"/store/orders{query}")
    assert result.order.to_dict() == recorded("plain", "lookup")["order"]


@pytest.mark.parametrize(
    "payload",
    [{"order_ids": ["order_1", "order_2"]}, StorePostCustomersCustomerOrderClaimReq(order_ids=["order_1", "order_2"])],
)
def test_request_customer_orders(medusa: Medusa, answer: Answer, sent: Sent, payload: Any) -> None:
    answer("OK")
    result = medusa.orders.request_customer_orders(payload)
    assert (sent().method, target(sent())) == ("POST", "/store/orders/batch/customer/token")
    assert sent().get_json() == {"order_ids": ["order_1", "order_2"]}
    assert result.response.text == "OK"


@pytest.mark.parametrize("payload", [{"token": "a.b.c"}, StorePostCustomersCustomerAcceptClaimReq(token="a.b.c")])
def test_confirm_request(medusa: Medusa, answer: Answer, sent: Sent, payload: Any) -> None:
    answer("OK")
    result = medusa.orders.confirm_request(payload)
    assert (sent().method, target(sent())) == ("POST", "/store/orders/customer/confirm")
    assert sent().get_json() == {"token": "a.b.c"}
    assert result.response.text == "OK"


@pytest.mark.parametrize("method", ["request_customer_orders", "confirm_request"])
@pytest.mark.parametrize("body", ["", "<html>", {"order": 1}, "NO"])
def test_a_claim_answered_by_something_else(medusa: Medusa, answer: Answer, method: str, body: Any) -> None:
    answer(body)
    with pytest.raises(MedusaDecodeError, match="not OK"):
        getattr(medusa.orders, method)({})


def test_a_mapping_goes_out_as_it_is(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer("OK")
    moment = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    payload: Any = {"token": None, "when": moment, "nested": {"ü": [1, 2.5, True]}}
    medusa.orders.confirm_request(payload)
    assert sent().get_json() == {"token": None, "when": "2026-01-02T03:04:05.678Z", "nested": {"ü": [1, 2.5, True]}}


@pytest.mark.parametrize("method", ["lookup_order", "request_customer_orders", "confirm_request"])
@pytest.mark.parametrize("payload", [None, [], "token", b"x", 1, [("token", "x")]])
def test_a_payload_that_is_no_mapping_is_refused(
    medusa: Medusa, httpserver: HTTPServer, method: str, payload: Any
) -> None:
    with pytest.raises(TypeError, match="payload must be a mapping"):
        getattr(medusa.orders, method)(payload)
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"token": {1, 2}}, TypeError),
        ({"token": float("nan")}, ValueError),
        ({"token": datetime(2026, 1, 1)}, ValueError),
        ({"token": b"x"}, TypeError),
    ],
)
def test_a_payload_that_is_no_json_is_refused(
    medusa: Medusa, httpserver: HTTPServer, payload: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        medusa.orders.confirm_request(payload)
    assert httpserver.log == []


@pytest.mark.parametrize("value", [1, [1], [None], b"items"])
def test_expand_that_names_nothing_is_refused(medusa: Medusa, httpserver: HTTPServer, value: Any) -> None:
    with pytest.raises(TypeError, match=r"^expand must be a string or a list of strings, "):
        medusa.orders.retrieve("x", expand=value)
    assert httpserver.log == []


def test_an_unknown_keyword_is_refused(medusa: Medusa) -> None:
    with pytest.raises(TypeError, match="limit"):
        medusa.orders.retrieve("x", limit=1)  # type: ignore[call-arg]  # The test passes an unknown keyword.


def test_headers_of_one_call(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer("OK")
    medusa.orders.confirm_request({"token": "x"}, {"X-One": "1", "accept": "text/plain"})
    assert sent().headers["X-One"] == "1"
    assert sent().headers["Accept"] == "text/plain"
    medusa.orders.confirm_request({"token": "x"})
    assert "X-One" not in sent().headers
