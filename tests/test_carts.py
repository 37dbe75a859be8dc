"""Carts, from the first item to the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    Cart,
    Medusa,
    MedusaConflictError,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    PaymentSessionStatus,
    Swap,
    is_loaded,
)

from .conftest import Replay, Sent
from .extended import EXTENDED, MyOrder
from .recordings import exchange

Answer = Callable[..., None]


def test_create(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("cart_create_region")
    cart = medusa.carts.create({"region_id": "reg_1", "items": [{"variant_id": "variant_1", "quantity": 2}]}).cart
    assert (sent().method, sent().path) == ("POST", "/store/carts")
    assert sent().get_json() == {"region_id": "reg_1", "items": [{"variant_id": "variant_1", "quantity": 2}]}
    assert cart.to_dict() == body["cart"]
    assert not is_loaded(cart, "payment_session")
    medusa.carts.create()
    assert sent().get_json() == {}


def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("cart_create_region")
    cart = medusa.carts.retrieve("cart/1", expand=["items", "region"], fields="id, email").cart
    assert sent().path == "/store/carts/cart/1"
    assert sent().environ["REQUEST_URI"] == "/store/carts/cart%2F1?expand=items%2Cregion&fields=id%2Cemail"
    assert cart.region
    assert {type(country.id) for country in cart.region.countries} == {int}


def test_codes_and_ids_are_one_segment_of_the_path(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("cart_create_region")
    medusa.carts.delete_discount("cart_1", "SÖMMER/50%")
    assert sent().environ["REQUEST_URI"] == "/store/carts/cart_1/discounts/S%C3%96MMER%2F50%25"
    medusa.carts.line_items.delete("cart_1", "item_1?")
    assert (sent().method, sent().environ["REQUEST_URI"]) == ("DELETE", "/store/carts/cart_1/line-items/item_1%3F")
    assert sent().get_json() == {}


def test_the_second_copy_of_the_cart(medusa: Medusa, replay: Replay) -> None:
    replay("co_fail_payment_sessions")
    result = medusa.carts.create_payment_sessions("cart_1")
    assert result.data.id == result.cart.id
    assert result.data.payment_sessions == result.cart.payment_sessions
    assert result.extra == {}


@pytest.mark.parametrize(
    ("case", "cls"),
    [("co_plain_complete", Order), ("co_requires_more_complete", Cart), ("swap_complete_again", Swap)],
)
def test_complete(case: str, cls: type[Any], medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay(case)
    completed = medusa.carts.complete("cart_1")
    assert (sent().method, sent().path, sent().get_json()) == ("POST", "/store/carts/cart_1/complete", {})
    assert type(completed.data) is cls
    assert completed.type == cls.__name__.lower()
    assert completed.to_dict() == body
    assert is_loaded(completed, "payment_status") == (cls is Cart)
    if cls is Cart:
        assert completed.payment_status is PaymentSessionStatus.REQUIRES_MORE


def test_what_a_completed_cart_became_must_be_known(medusa: Medusa, answer: Answer) -> None:
    """The result of completing a cart must have the type order, cart or swap, and valid data."""
    for type_ in ("wish", None, 1, ["order"]):
        answer({"type": type_, "data": {"id": "order_1"}})
        with pytest.raises(MedusaDecodeError) as caught:
            medusa.carts.complete("cart_1")
        if type_ == "wish":
            assert str(caught.value).endswith('data: expected type to be "order" or "cart" or "swap"')
    answer({"type": "order", "data": {"id": 1}})
    for _ in range(3):  # The accelerator decodes the second response and all later ones.
        with pytest.raises(MedusaDecodeError, match=r"data\.id: expected string, got integer$"):
            medusa.carts.complete("cart_1")


def test_what_a_completed_cart_became_may_be_a_class_of_the_users_own(medusa: Medusa, replay: Replay) -> None:
    client = medusa.with_options(models=EXTENDED)
    for case, cls in (("co_plain_complete", MyOrder), ("co_requires_more_complete", Cart)):
        body = replay(case)
        for _ in range(3):
            completed = client.carts.complete("cart_1")
            assert type(completed.data) is cls
            assert completed.to_dict() == body


@pytest.mark.parametrize(
    ("case", "cls", "code"),
    [
        ("co_fail_complete", MedusaInvalidRequestError, "card_declined"),
        ("payment_session_set_provider_refuses", MedusaInvalidRequestError, "session_refused"),
        ("line_item_create_too_many", MedusaInvalidRequestError, "insufficient_inventory"),
        ("co_race2_complete", MedusaConflictError, "insufficient_inventory"),
        ("complete_no_payment_session", MedusaInvalidRequestError, None),
        ("cart_discount_bad_NOPE", MedusaNotFoundError, None),
        ("complete_not_found", MedusaServerError, "unknown_error"),
    ],
)
def test_errors(case: str, cls: type[Exception], code: str | None, medusa: Medusa, replay: Replay) -> None:
    body = replay(case)
    with pytest.raises(cls) as caught:
        medusa.carts.complete("cart_1")
    error: Any = caught.value
    assert (type(error), error.status, error.code) == (cls, exchange(case)["status"], code)
    assert not error.may_have_happened
    if case == "complete_not_found":
        assert str(error).endswith(
            "(Medusa returns 500 here if the cart does not exist or contains a deleted variant, or the payment provider"
            " failed)"
        )
    if case == "co_race2_complete":
        assert error.errors == body["errors"]
        assert (error.type, error.message) == ("not_allowed", error.errors[0]["message"])
        assert error.message in str(error)


def test_what_adds_something_is_sent_once(httpserver: HTTPServer, answer: Answer) -> None:
    answer("Bad Gateway", 502)
    with Medusa(httpserver.url_for(""), max_retries=1) as medusa:
        for call, attempts in (
            (lambda: medusa.carts.create(), 1),
            (lambda: medusa.carts.line_items.create("cart_1", {"variant_id": "variant_1", "quantity": 1}), 1),
            (lambda: medusa.carts.line_items.update("cart_1", "item_1", {"quantity": 1}), 2),
            (lambda: medusa.carts.complete("cart_1"), 2),
        ):
            httpserver.clear_log()
            with pytest.raises(MedusaServerError) as caught:
                call()
            assert len(httpserver.log) == attempts
            assert caught.value.may_have_happened == (attempts == 1)
            assert caught.value.retryable == (attempts == 2)
