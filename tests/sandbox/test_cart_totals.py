"""The sandbox computes the totals of recorded carts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from medusa.sandbox.totals import add_cart_totals

from ..recordings import exchanges
from .test_totals import without_totals


def _is_whole(exchange: dict[str, Any]) -> bool:
    body: dict[str, Any] = exchange["body"] if exchange["status"] == 200 else {}
    return exchange["target"].startswith("/store/carts") and "total" in body.get("cart", {})


RECORDED = {case: exchange["body"]["cart"] for case, exchange in exchanges().items() if _is_whole(exchange)}


def test_there_are_many() -> None:
    assert len(RECORDED) > 300


@pytest.mark.parametrize("case", RECORDED)
def test_recomputed(case: str) -> None:
    cart = RECORDED[case]
    bare = without_totals(deepcopy(cart))
    for key in ("items", "shipping_methods"):
        bare[key] = [without_totals(each) for each in bare[key]]
    add_cart_totals(bare)
    if "raw_discount_total" not in cart:  # Only the route of the payment sessions sends this field.
        del bare["raw_discount_total"]
    for ours, theirs in zip(bare["items"], cart["items"], strict=True):
        if "raw_discount_total" not in theirs:  # Responses that are stored for an Idempotency-Key lack this field.
            del ours["raw_discount_total"]
    assert bare == cart
