"""How objects of Medusa v2 are told from those of v1, which this SDK is for.

Amounts of v2 are in major units: 20 EUR are `20` there and `2000` in v1. Read as v1, they would be wrong by a factor of
100. A backend of v1 may have columns of its own, under any names, so no single name is proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

PROBLEM = (
    "this is an object of Medusa v2, and this SDK supports Medusa v1 only: v2 amounts are in major units and would be"
    " misread"
)

# Where v2 keeps amounts of an order, an item and a variant.
_HOLDERS = frozenset(("calculated_price", "detail", "summary"))

# Totals that v2 adds to carts and orders, all of them by default, and v1 never.
_TOTALS = frozenset(
    (
        "discount_tax_total",
        "item_subtotal",
        "item_total",
        "original_item_subtotal",
        "original_item_tax_total",
        "original_item_total",
        "original_shipping_subtotal",
        "original_shipping_tax_total",
        "original_shipping_total",
        "shipping_subtotal",
    )
)


def may_be_v2(keys: Iterable[str]) -> bool:
    """Whether an object with these keys should be asked `is_v2`, which also looks at values."""
    return any(key.startswith("raw_") or key in _HOLDERS or key in _TOTALS for key in keys)


def is_v2(data: Mapping[str, Any]) -> bool:
    """Whether an object of an answer is one of Medusa v2."""
    if len(_TOTALS & data.keys()) > 2 and "object" not in data:  # An order or a cart of v1 has `"object": "order"`.
        return True
    return any(
        _is_big_number(key, value) or (key in _HOLDERS and _holds_big_number(value)) for key, value in data.items()
    )


def _holds_big_number(value: Any) -> bool:
    return type(value) is dict and any(_is_big_number(*pair) for pair in cast("dict[str, Any]", value).items())


def _is_big_number(key: str, value: Any) -> bool:
    """v2 sends an amount twice: as `"amount": 20`, and as `"raw_amount": {"value": "20", "precision": 20}`."""
    if not key.startswith("raw_") or type(value) is not dict:
        return False
    parts = cast("dict[str, Any]", value)
    return parts.keys() == {"value", "precision"} and type(parts["value"]) is str and type(parts["precision"]) is int
