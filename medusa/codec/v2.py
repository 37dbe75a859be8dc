"""Detect objects of Medusa v2. This SDK supports Medusa v1 only.

v2 sends amounts in major units: 20 EUR are `20` in v2 and `2000` in v1. If v2 amounts were read as v1 amounts, they
would be wrong by a factor of 100. A v1 backend may have custom columns with any name, so one name is never enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

PROBLEM = (
    "this is an object of Medusa v2, and this SDK supports Medusa v1 only: v2 amounts are in major units and would be"
    " misread"
)

# The keys of the objects in which v2 sends amounts of an order, an item and a variant.
_HOLDERS = frozenset(("calculated_price", "detail", "summary"))

# Totals that v2 sends for carts and orders. By default, it sends all of them. v1 sends none of them.
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
    """Return whether an object with these keys may be one of v2. If so, `is_v2` must check its values too."""
    return any(key.startswith("raw_") or key in _HOLDERS or key in _TOTALS for key in keys)


def is_v2(data: Mapping[str, Any]) -> bool:
    """Return whether an object of a response is one of Medusa v2."""
    if len(_TOTALS & data.keys()) > 2 and "object" not in data:  # An order or a cart of v1 has `"object": "order"`.
        return True
    return any(
        _is_big_number(key, value) or (key in _HOLDERS and _holds_big_number(value)) for key, value in data.items()
    )


def _holds_big_number(value: Any) -> bool:
    return type(value) is dict and any(_is_big_number(*pair) for pair in cast("dict[str, Any]", value).items())


def _is_big_number(key: str, value: Any) -> bool:
    """Return whether this is an amount of v2.

    v2 sends an amount twice: as `"amount": 20`, and as `"raw_amount": {"value": "20", "precision": 20}`.
    """
    if not key.startswith("raw_") or type(value) is not dict:
        return False
    parts = cast("dict[str, Any]", value)
    return parts.keys() == {"value", "precision"} and type(parts["value"]) is str and type(parts["precision"]) is int
