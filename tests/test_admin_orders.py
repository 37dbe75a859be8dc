"""Payloads that the Admin's methods for orders, returns and payments reject, because sending them would do harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import AdminPostOrdersOrderReturnsReq, Medusa

from .conftest import Sent

Call = Callable[[Medusa, Any], object]

CALLS: dict[str, Call] = {
    "refund_payment": lambda medusa, payload: medusa.admin.orders.refund_payment("order_1", payload),
    "payments.refund_payment": lambda medusa, payload: medusa.admin.payments.refund_payment("pay_1", payload),
    "create_fulfillment": lambda medusa, payload: medusa.admin.orders.create_fulfillment("order_1", payload),
    "request_return": lambda medusa, payload: medusa.admin.orders.request_return("order_1", payload),
    "returns.receive": lambda medusa, payload: medusa.admin.returns.receive("ret_1", payload),
    "create_swap": lambda medusa, payload: medusa.admin.orders.create_swap("order_1", payload),
    "create_claim": lambda medusa, payload: medusa.admin.orders.create_claim("order_1", payload),
    "draft_orders.create": lambda medusa, payload: medusa.admin.draft_orders.create(payload),
    "draft_orders.add_line_item": lambda medusa, payload: medusa.admin.draft_orders.add_line_item("dorder_1", payload),
}


def items(*quantities: float) -> list[dict[str, Any]]:
    return [{"item_id": "item_1", "quantity": quantity} for quantity in quantities]


POSITIVE = "must be greater than 0"
WHOLE = "must be a whole number of at most 2147483647: other values stop the backend's process"
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("refund_payment", {"amount": 0, "reason": "other"}, f"amount {POSITIVE}"),
    ("refund_payment", {"amount": -5, "reason": "other"}, f"amount {POSITIVE}"),
    ("payments.refund_payment", {"amount": -0.5, "reason": "other"}, f"amount {POSITIVE}"),
    ("create_fulfillment", {"items": items(1, -2)}, f"items[1].quantity {POSITIVE}"),
    ("create_fulfillment", {"items": tuple(items(0))}, f"items[0].quantity {POSITIVE}"),
    ("request_return", {"items": items(-1)}, f"items[0].quantity {POSITIVE}"),
    (
        "request_return",
        {"items": items(1), "refund": 0},
        "refund must not be 0, because Medusa ignores 0: pass -1 to refund nothing",
    ),
    ("returns.receive", {"items": items(1, 0)}, f"items[1].quantity {POSITIVE}"),
    ("returns.receive", {"items": items(1), "refund": -1}, "refund must not be negative"),
    ("create_swap", {"return_items": items(0)}, f"return_items[0].quantity {POSITIVE}"),
    (
        "create_swap",
        {"return_items": items(1), "additional_items": [{"variant_id": "variant_1", "quantity": -1}]},
        f"additional_items[0].quantity {POSITIVE}",
    ),
    (
        "create_swap",
        {"return_items": items(1), "custom_shipping_options": [{"option_id": "so_1", "price": -1}]},
        "custom_shipping_options[0].price must not be negative",
    ),
    ("create_claim", {"type": "refund", "claim_items": items(-1)}, f"claim_items[0].quantity {POSITIVE}"),
    (
        "create_claim",
        {"type": "refund", "claim_items": items(1), "refund_amount": -100},
        "refund_amount must not be negative",
    ),
    (
        "create_claim",
        {"type": "replace", "claim_items": items(1), "additional_items": items(1, -1)},
        f"additional_items[1].quantity {POSITIVE}",
    ),
    (
        "create_claim",
        {"type": "replace", "claim_items": items(1), "shipping_methods": [{"option_id": "so_1", "price": -1}]},
        "shipping_methods[0].price must not be negative",
    ),
    ("draft_orders.create", {"items": items(1, 0)}, f"items[1].quantity {POSITIVE}"),
    ("draft_orders.create", {"items": items(1.5)}, f"items[0].quantity {WHOLE}"),
    ("draft_orders.create", {"items": [{"quantity": 1, "unit_price": 12.5}]}, f"items[0].unit_price {WHOLE}"),
    ("draft_orders.create", {"items": [{"quantity": 1, "unit_price": 2**31}]}, f"items[0].unit_price {WHOLE}"),
    ("draft_orders.create", {"items": [{"quantity": 1, "unit_price": -1}]}, "items[0].unit_price must not be negative"),
    ("draft_orders.add_line_item", {"title": "Engraving", "quantity": 0}, f"quantity {POSITIVE}"),
]


@pytest.mark.parametrize(("name", "payload", "said"), REFUSED, ids=[f"{name}, {said}" for name, _, said in REFUSED])
def test_refused(medusa: Medusa, httpserver: HTTPServer, name: str, payload: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        CALLS[name](medusa, payload)
    assert httpserver.log == []


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("payload", [None, 1, ["amount"]])
def test_what_is_no_payload(medusa: Medusa, httpserver: HTTPServer, name: str, payload: Any) -> None:
    with pytest.raises(TypeError, match=r"^payload must be a mapping, not "):
        CALLS[name](medusa, payload)
    assert httpserver.log == []


@pytest.mark.parametrize("refund", [-1, 1, None])
def test_a_refund_that_a_return_may_have(
    medusa: Medusa, answer: Callable[..., None], sent: Sent, refund: int | None
) -> None:
    answer({"order": {"id": "order_1"}})
    payload: AdminPostOrdersOrderReturnsReq = {"items": [{"item_id": "item_1", "quantity": 1}], "refund": refund}
    medusa.admin.orders.request_return("order_1", payload)
    assert (sent().path, sent().get_json()) == ("/admin/orders/order_1/return", payload)


def test_a_claim_may_refund_nothing(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    answer({"order": {"id": "order_1"}})
    CALLS["create_claim"](medusa, {"type": "refund", "claim_items": items(1), "refund_amount": 0})
    assert sent().get_json()["refund_amount"] == 0


def test_what_the_backend_checks_itself(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    """Values of a wrong type and missing values are sent unchanged, because the backend checks them."""
    answer({"order": {"id": "order_1"}})
    for payload in ({"amount": "5"}, {"amount": None}, {}):
        CALLS["refund_payment"](medusa, payload)
        assert sent().get_json() == payload
