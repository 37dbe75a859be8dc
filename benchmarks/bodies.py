"""The response bodies that the benchmarks send and decode, recorded from a real Medusa."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from tests.recordings import admin_exchanges, exchange

ROOT = Path(__file__).parent.parent
ORDERS = ROOT / "tests" / "corpus" / "orders"
ITEMS = ("1", "10", "100", "1000")


def _recorded_bodies() -> dict[str, str]:
    """Return the plain order, the large order with 1 to 1,000 items, and two pages, written as the backend does."""
    found = {"plain": _order("plain")}
    for count in ITEMS:
        large = _order("large_200_items")
        large["order"]["items"] = (large["order"]["items"] * 5)[: int(count)]
        found[count] = large
    found["products"] = exchange("products_list_large")["body"]  # 100 products with the prices of a region
    recorded = admin_exchanges()["g_orders_list_limit_huge"]["body"]["orders"]  # 11 orders
    orders = [{**order, "id": f"order_{n}"} for n, order in enumerate(itertools.islice(itertools.cycle(recorded), 100))]
    found["orders"] = {"orders": orders, "count": 100, "offset": 0, "limit": 100}
    return {name: _written(body) for name, body in found.items()}


def _order(name: str) -> Any:
    return json.loads((ORDERS / f"{name}.json").read_text())["get"]["body"]


def _written(body: Any) -> str:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def order_alone(name: str) -> str:
    """Return the JSON text of an order as it is stored or exported: without the object around it in a response."""
    return _written(json.loads(BODIES[name])["order"])


def order_of_list() -> str:
    """Return an order as a list contains it. The server gives each order a different ID."""
    found: dict[str, Any] = admin_exchanges()["orders_list_q"]["body"]["orders"][0]
    return _written({**found, "id": "order_NUMBER"})


def in_other_years(text: str) -> list[str]:
    """Return copies of a recorded text that have no timestamp in common."""
    assert '"2026-' in text
    return [text.replace('"2026-', f'"{year}-') for year in range(2000, 2026)]


def label(name: str) -> str:
    return "plain order" if name == "plain" else f"{name} items"


BODIES = _recorded_bodies()
