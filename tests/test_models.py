"""The recorded answers of a real backend, through the models and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from medusa import Model, Order

ORDERS = Path(__file__).parent / "corpus" / "orders"
BODIES = [
    pytest.param(exchange["body"]["order"], id=f"{path.stem}-{route}")
    for path in sorted(ORDERS.glob("*.json"))
    for route, exchange in json.loads(path.read_text()).items()
    if "order" in exchange["body"]
]


def unknown_keys(value: Any) -> list[str]:
    """The keys in `extra`, at every depth."""
    if isinstance(value, Model):
        inner = [key for name in value._hints if name in dir(value) for key in unknown_keys(getattr(value, name))]
        return [*value.extra, *inner]
    if isinstance(value, list):
        return [key for item in value for key in unknown_keys(item)]
    return []


@pytest.mark.parametrize("body", BODIES)
def test_recorded_order_comes_back_as_it_was(body: dict[str, Any]) -> None:
    order = Order.from_dict(body)
    assert order.to_dict() == body
    assert json.dumps(order.to_dict(), sort_keys=True) == json.dumps(body, sort_keys=True)
    assert unknown_keys(order) == []
