"""The sandbox computes the totals of recorded orders and carts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from medusa.sandbox import SandboxStore
from medusa.sandbox.totals import add_cart_totals, add_totals

from ..recordings import exchanges
from .recorded_state import entities
from .test_recordings import RECORDED

TOTALS = ("total", "subtotal", "refundable", "refundable_amount", "paid_total")


def without_totals(data: dict[str, Any]) -> dict[str, Any]:
    """Return a copy without the totals at the top level."""
    return {key: value for key, value in data.items() if key not in TOTALS and not key.endswith("_total")}


@pytest.mark.parametrize("name", [name for name, exchanges in RECORDED.items() if "cart" in exchanges])
def test_recomputed(name: str) -> None:
    order = RECORDED[name]["cart"]["body"]["order"]
    bare = without_totals(deepcopy(order))
    for key in ("items", "shipping_methods"):
        bare[key] = [without_totals(each) for each in bare[key]]
    custom = [item for item in bare["items"] if "tax_lines" not in item]
    for item in custom:
        item["tax_lines"] = []
    assert bare != order
    add_totals(bare)
    for item in custom:
        del item["tax_lines"]
    assert bare == order


@pytest.mark.parametrize(
    "name",
    [
        *["plain", "multi_item", "discount_percentage", "discount_fixed_total", "discount_100_percent"],
        *["discount_free_shipping", "discount_percentage_and_free_shipping", "taxed_region_20", "refunded_partial"],
        *["taxed_region_float_8_875", "gift_card_redemption_partial", "gift_card_redemption_full"],
    ],
)
def test_rebuilt(name: str) -> None:
    """An order that is created from the values of a recorded order has the same totals."""
    order = RECORDED[name]["cart"]["body"]["order"]
    with SandboxStore(orders=False) as store:
        made = store.add_order(
            items=[{key: item[key] for key in ("title", "unit_price", "quantity")} for item in order["items"]],
            currency_code=order["currency_code"],
            tax_rate=order["items"][0]["tax_lines"][0]["rate"],
            shipping=order["shipping_methods"][0]["price"],
            discounts=[{"code": each["code"], **each["rule"]} for each in order["discounts"]],
            gift_card=order["gift_card_total"],
            refunds=[refund["amount"] for refund in order["refunds"]],
        ).to_dict()
    names = [key for key in order if key in TOTALS or key.endswith("_total")]
    assert {name: made[name] for name in names} == {name: order[name] for name in names}
    for ours, theirs in zip(made["items"], order["items"], strict=True):
        assert {name: ours[name] for name in theirs if name.endswith("total")} == {
            name: value for name, value in theirs.items() if name.endswith("total")
        }


def bare(whole: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a cart or an order without any totals."""
    copied = without_totals(deepcopy(whole))
    for key in ("items", "shipping_methods"):
        copied[key] = [without_totals(each) for each in copied[key]]
    return copied


def totals_of(whole: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Return the totals that `like` also has, including the totals of items and shipping methods."""

    def named(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        return {key: one[key] for key in other if key in TOTALS or key.endswith("_total")}

    parts = {
        key: [named(one, other) for one, other in zip(whole[key], like[key], strict=True)]
        for key in ("items", "shipping_methods")
    }
    return {**named(whole, like), **parts}


def recorded(prefix: str, *relations: str) -> dict[str, dict[str, Any]]:
    """Return the recorded entities with this ID prefix and these relations, by case and ID."""
    return {
        f"{exchange['case']} {entity['id']}": entity
        for exchange in exchanges().values()
        for entity in entities(exchange["body"], prefix)
        if {*relations, "items", "shipping_methods", "discounts"} <= entity.keys()
        and all("tax_lines" in row for row in (*entity["items"], *entity["shipping_methods"]))
        and all("rule" in discount for discount in entity["discounts"])
    }


def test_totals_of_recorded_carts() -> None:
    carts = recorded("cart_", "region", "gift_cards", "subtotal")
    for case, cart in carts.items():
        recomputed = bare(cart)
        add_cart_totals(recomputed)
        assert totals_of(recomputed, cart) == totals_of(cart, cart), case
    print(f"the totals of {len(carts)} recorded carts agree")
    assert len(carts) > 300


def test_totals_of_recorded_orders() -> None:
    orders = recorded("order_", "payments", "refunds", "gift_card_transactions", "subtotal")
    for case, order in deepcopy(orders).items():
        recomputed = bare(order)
        add_totals(recomputed)
        order.pop("raw_discount_total", None)  # Only a list of orders sends this field, and the list itself adds it.
        assert totals_of(recomputed, order) == totals_of(order, order), case
    print(f"the totals of {len(orders)} recorded orders agree")
    assert len(orders) > 50
