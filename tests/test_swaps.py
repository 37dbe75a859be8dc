"""Swaps."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Cart, Medusa, MedusaInvalidRequestError, MedusaNotFoundError, Order, SwapPaymentStatus, is_loaded

from .conftest import Replay, Sent

SWAP: Any = {
    "order_id": "order_1",
    "return_items": [{"item_id": "item_1", "quantity": 1, "note": "n"}],
    "additional_items": [{"variant_id": "variant_1", "quantity": 9}],
    "return_shipping_option": "so_1",
}


def test_create(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("swap_create")
    result = medusa.swaps.create(SWAP)
    assert (sent().method, sent().path, sent().get_json()) == ("POST", "/store/swaps", SWAP)
    assert result.to_dict() == recorded
    swap = result.swap
    assert (swap.payment_status, swap.difference_due) == (SwapPaymentStatus.NOT_PAID, None)
    assert swap.cart_id == recorded["swap"]["cart_id"]
    assert [item.quantity for item in swap.additional_items] == [9]
    assert not is_loaded(swap, "allow_backorder")


def test_retrieve_by_cart_id(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("swap_retrieve_completed")
    result = medusa.swaps.retrieve_by_cart_id("cart/1")
    assert (sent().method, sent().environ["RAW_URI"]) == ("GET", "/store/swaps/cart%2F1")
    assert result.to_dict() == recorded
    swap = result.swap
    assert (swap.difference_due, swap.allow_backorder) == (-611, False)
    assert swap.confirmed_at
    for row, cls in ((swap.cart, Cart), (swap.order, Order)):
        assert type(row) is cls
        assert row.id
        assert not is_loaded(row, "items")


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("swap_create_unknown_item", MedusaNotFoundError, "Line item with item_nope was not found"),
        ("swap_create_unfulfilled", MedusaInvalidRequestError, "Cannot swap an order that has not been captured"),
        ("swap_create_unknown_field", MedusaInvalidRequestError, "property x should not exist"),
        (
            "swap_create_unknown_variant",
            MedusaInvalidRequestError,
            "Unable to generate the line items, some variant has not been found: variant_nope",
        ),
    ],
)
def test_a_swap_that_is_refused(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error) as caught:
        medusa.swaps.create(SWAP)
    problem: Any = caught.value
    assert (type(problem), problem.message, problem.may_have_happened) == (error, said, False)


@pytest.mark.parametrize("case", ["swap_retrieve_not_found", "swap_retrieve_plain_cart"])
def test_no_swap_has_this_cart(medusa: Medusa, replay: Replay, case: str) -> None:
    replay(case)
    with pytest.raises(MedusaNotFoundError, match="Swap was not found"):
        medusa.swaps.retrieve_by_cart_id("cart_1")


def test_what_is_refused(medusa: Medusa, httpserver: HTTPServer) -> None:
    payloads: list[Any] = [None, [], "order_1", 1]
    for payload in payloads:
        with pytest.raises(TypeError, match="payload must be a mapping"):
            medusa.swaps.create(payload)
    for id in ("", "..", None):
        with pytest.raises((TypeError, ValueError), match="cart_id"):
            medusa.swaps.retrieve_by_cart_id(id)  # type: ignore[arg-type]  # The test passes a wrong type.
    assert httpserver.log == []
