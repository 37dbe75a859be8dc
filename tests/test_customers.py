"""Customers, their addresses, their orders and their saved payment methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from medusa import (
    Address,
    Medusa,
    MedusaAuthenticationError,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    NoContent,
    Order,
    StoreCustomersRes,
    is_loaded,
)

from .conftest import Replay, Sent, target

Call = Callable[[Medusa], Any]

ADA: Any = {"email": "ada@example.com", "password": "correct-horse"}
ADDRESS: Any = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Beispielstraße 1",
    "city": "Berlin",
    "country_code": "de",
    "postal_code": "10115",
}
RESET: Any = {**ADA, "token": "a.b.c"}


@pytest.mark.parametrize(
    ("call", "case", "method", "path", "body"),
    [
        (lambda medusa: medusa.customers.create(ADA), "customer_create_unicode", "POST", "/store/customers", ADA),
        (lambda medusa: medusa.customers.retrieve(), "customer_retrieve", "GET", "/store/customers/me", None),
        (
            lambda medusa: medusa.customers.update({"metadata": {"second": ""}, "phone": None}),
            "customer_update_metadata_remove",
            "POST",
            "/store/customers/me",
            {"metadata": {"second": ""}, "phone": None},
        ),
        (
            lambda medusa: medusa.customers.update({"billing_address": ADDRESS}),
            "customer_update_billing_object",
            "POST",
            "/store/customers/me",
            {"billing_address": ADDRESS},
        ),
        (
            lambda medusa: medusa.customers.reset_password(RESET),
            "password_reset",
            "POST",
            "/store/customers/password-reset",
            RESET,
        ),
        (
            lambda medusa: medusa.customers.addresses.add_address({"address": ADDRESS}),
            "address_add",
            "POST",
            "/store/customers/me/addresses",
            {"address": ADDRESS},
        ),
        (
            lambda medusa: medusa.customers.addresses.update_address("addr/1 ü", {"company": None}),
            "address_update_null_company",
            "POST",
            "/store/customers/me/addresses/addr%2F1%20%C3%BC",
            {"company": None},
        ),
        (
            lambda medusa: medusa.customers.addresses.delete_address("addr/1"),
            "address_delete",
            "DELETE",
            "/store/customers/me/addresses/addr%2F1",
            {},
        ),
    ],
)
def test_a_customer_comes_back(
    medusa: Medusa, replay: Replay, sent: Sent, call: Call, case: str, method: str, path: str, body: Any
) -> None:
    recorded = replay(case)
    result = call(medusa)
    assert (sent().method, target(sent())) == (method, path)
    assert (sent().get_json() if sent().data else None) == body
    assert isinstance(result, StoreCustomersRes)
    assert result.to_dict() == recorded
    assert (result.extra, result.customer.extra) == ({}, {})


def test_what_a_customer_holds(medusa: Medusa, replay: Replay) -> None:
    replay("customer_retrieve_with_addresses")
    customer = medusa.customers.retrieve().customer
    assert [type(address) for address in customer.shipping_addresses] == [Address] * len(customer.shipping_addresses)
    assert customer.shipping_addresses[0].country_code == "de"
    assert not is_loaded(customer, "orders")
    replay("password_reset")
    assert not is_loaded(medusa.customers.reset_password(RESET).customer, "shipping_addresses")


def test_a_new_customer_is_not_logged_in(medusa: Medusa, httpserver: HTTPServer, answer: Callable[..., None]) -> None:
    answer({"customer": {"id": "cus_1"}}, headers={"Set-Cookie": "connect.sid=s%3Asecret; Path=/; HttpOnly"})
    medusa.customers.create(ADA)
    medusa.customers.retrieve()
    assert "Cookie" not in httpserver.log[-1][0].headers


def test_a_password_token_has_no_body(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("password_token_unknown")
    result = medusa.customers.generate_password_token({"email": "ada@example.com"})
    assert (sent().method, target(sent())) == ("POST", "/store/customers/password-token")
    assert sent().get_json() == {"email": "ada@example.com"}
    assert type(result) is NoContent
    assert (result.response.status_code, result.response.content) == (204, b"")


@pytest.mark.parametrize("body", ["OK", "{}", {"customer": {"id": "cus_1"}}])
def test_a_password_token_with_a_body_is_refused(medusa: Medusa, answer: Callable[..., None], body: Any) -> None:
    answer(body)
    with pytest.raises(MedusaDecodeError, match="the body is not empty"):
        medusa.customers.generate_password_token({"email": "ada@example.com"})


@pytest.mark.parametrize(
    ("call", "case", "error", "code", "said"),
    [
        (
            lambda medusa: medusa.customers.create(ADA),
            "customer_create_missing_password",
            MedusaInvalidRequestError,
            None,
            "password must be a string",
        ),
        (
            lambda medusa: medusa.customers.update({"email": "ben@example.com"}),
            "customer_update_email_taken",
            MedusaInvalidRequestError,
            "invalid_request_error",
            "already exists",
        ),
        (
            lambda medusa: medusa.customers.retrieve(),
            "customer_retrieve_unauthenticated",
            MedusaAuthenticationError,
            None,
            "Unauthorized",
        ),
        (
            lambda medusa: medusa.customers.list_orders({"display_id": "abc"}),
            "customer_orders_display_id_text",
            MedusaServerError,
            "unknown_error",
            "display_id is not a number",
        ),
        (
            lambda medusa: medusa.customers.reset_password(RESET),
            "password_reset_token_again",
            MedusaServerError,
            "unknown_error",
            "the token is malformed, expired, already used",
        ),
        (
            lambda medusa: medusa.customers.generate_password_token({"email": "x"}),
            "password_token_bad_email",
            MedusaInvalidRequestError,
            None,
            "email must be an email",
        ),
        (
            lambda medusa: medusa.customers.addresses.add_address({"address": ADDRESS}),
            "address_add_unknown_country",
            MedusaNotFoundError,
            None,
            "Country with country_code xx does not exist.",
        ),
        (
            lambda medusa: medusa.customers.addresses.update_address("addr_1", {"city": "Paris"}),
            "address_update_of_other",
            MedusaInvalidRequestError,
            None,
            "Could not find address for customer",
        ),
        (
            lambda medusa: medusa.customers.payment_methods.list(),
            "payment_methods_processor_without_method",
            MedusaServerError,
            "unknown_error",
            "a payment provider of the shop cannot list saved methods",
        ),
        (
            lambda medusa: medusa.payment_methods.list(),
            "payment_methods_unauthenticated",
            MedusaAuthenticationError,
            None,
            "Unauthorized",
        ),
    ],
)
def test_a_recorded_failure(
    medusa: Medusa, replay: Replay, call: Call, case: str, error: type[Exception], code: str | None, said: str
) -> None:
    replay(case)
    with pytest.raises(error, match=said) as caught:
        call(medusa)
    problem: Any = caught.value
    assert (type(problem), problem.code) == (error, code)
    assert "example.com" not in str(problem)


def test_the_saved_payment_methods(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("payment_methods")
    for resource in (medusa.customers.payment_methods, medusa.payment_methods):
        result = resource.list()
        assert (sent().method, target(sent())) == ("GET", "/store/customers/me/payment-methods")
        assert result.to_dict() == recorded
        assert [method.provider_id for method in result.payment_methods] == ["test-pay", "test-pay"]
        assert result.payment_methods[0].data["card"]["last4"] == "4242"


@pytest.mark.parametrize(
    ("query", "sent_as"),
    [
        (None, ""),
        ({}, ""),
        ({"status": ["pending", "canceled"], "limit": 5}, "?status%5B0%5D=pending&status%5B1%5D=canceled&limit=5"),
        (
            {"canceled_at": {"gt": datetime(2020, 1, 1, tzinfo=UTC)}, "display_id": 20},
            "?canceled_at%5Bgt%5D=2020-01-01T00%3A00%3A00.000Z&display_id=20",
        ),
    ],
)
def test_list_orders(medusa: Medusa, replay: Replay, sent: Sent, query: Any, sent_as: str) -> None:
    recorded = replay("customer_orders_q")
    result = medusa.customers.list_orders(query)
    assert (sent().method, target(sent())) == ("GET", f"/store/customers/me/orders{sent_as}")
    assert result.to_dict() == recorded
    assert (len(result.orders), result.count, result.offset, result.limit) == (4, 4, 0, 10)
    assert all(isinstance(order, Order) and order.claims == [] for order in result.orders)


def test_iterate_orders(medusa: Medusa, httpserver: HTTPServer) -> None:
    def handler(request: Request) -> Response:
        offset, limit = int(request.args["offset"]), int(request.args["limit"])
        orders = [{"id": f"order_{number}"} for number in range(5)][offset : offset + limit]
        return Response(
            response=json.dumps({"orders": orders, "count": 5, "offset": offset, "limit": limit}),
            content_type="application/json",
        )

    httpserver.expect_request("/store/customers/me/orders").respond_with_handler(handler)
    orders = medusa.customers.iterate_orders({"status": ["pending"]}, page_size=2, start=1)
    assert httpserver.log == []
    assert [order.id for order in orders] == ["order_1", "order_2", "order_3", "order_4"]
    # The backend rejects `order` on this route, so the client does not send it.
    assert [{*request.args} for request, _ in httpserver.log] == [{"status[0]", "limit", "offset"}] * 2
    with pytest.raises(ValueError, match="page_size"):
        medusa.customers.iterate_orders({"limit": 10})


@pytest.mark.parametrize(
    "call",
    [
        lambda customers, payload: customers.create(payload),
        lambda customers, payload: customers.update(payload),
        lambda customers, payload: customers.reset_password(payload),
        lambda customers, payload: customers.generate_password_token(payload),
        lambda customers, payload: customers.addresses.add_address(payload),
        lambda customers, payload: customers.addresses.update_address("addr_1", payload),
        lambda customers, payload: customers.list_orders(payload),
        lambda customers, payload: customers.iterate_orders(payload),
    ],
)
@pytest.mark.parametrize("payload", [[], "email", b"x", 1, [("email", "x")]])
def test_a_payload_that_is_no_mapping_is_refused(
    medusa: Medusa, httpserver: HTTPServer, call: Callable[[Any, Any], Any], payload: Any
) -> None:
    with pytest.raises(TypeError, match="must be a mapping"):
        call(medusa.customers, payload)
    assert httpserver.log == []


@pytest.mark.parametrize("id", ["", ".", "..", None, 12, b"addr_1"])
def test_an_id_that_is_none_is_refused(medusa: Medusa, httpserver: HTTPServer, id: Any) -> None:
    """An ID that is empty, consists of dots or is not a string is not sent."""
    addresses = medusa.customers.addresses
    calls: list[Callable[[], Any]] = [
        lambda: addresses.delete_address(id),
        lambda: addresses.update_address(id, {}),
    ]
    for call in calls:
        with pytest.raises(ValueError if isinstance(id, str) else TypeError, match="address_id"):
            call()
    assert httpserver.log == []
