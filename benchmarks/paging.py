"""What it costs to go through 10,000 orders of the Admin, against the same loop by hand."""

from __future__ import annotations

import gc
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import requests

from medusa import Medusa
from tests.recordings import admin_exchanges

ORDERS = 10_000
PAGE = 100


def order() -> bytes:
    """An order as the backend writes it in a list; the server gives each an ID of its own."""
    found: dict[str, Any] = admin_exchanges()["orders_list_q"]["body"]["orders"][0]
    return json.dumps({**found, "id": "order_NUMBER"}, separators=(",", ":"), ensure_ascii=False).encode()


def by_hand(url: str) -> int:
    seen = 0
    with requests.Session() as session:
        while True:
            page = session.get(f"{url}/admin/orders?limit={PAGE}&offset={seen}&order=id").json()
            seen += sum(1 for _ in page["orders"])
            if seen >= page["count"]:
                return seen


def iterated(url: str, *, read_ahead: bool, start: int = 0) -> int:
    with Medusa(url) as medusa:
        orders = medusa.admin.orders.iterate(page_size=PAGE, read_ahead=read_ahead, start=start)
        return start + sum(1 for _ in orders)


def seconds(url: str, rounds: int) -> dict[str, list[float]]:
    """The times of each way, which take turns."""
    ways: dict[str, Callable[[], int]] = {
        "by hand": lambda: by_hand(url),
        "`iterate`": lambda: iterated(url, read_ahead=False),
        "`iterate(read_ahead=True)`": lambda: iterated(url, read_ahead=True),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            assert way() == ORDERS
            taken[name].append(time.perf_counter() - begun)
    return taken


def peak(url: str, number: int, *, read_ahead: bool) -> int:
    """The most bytes that Python holds while the last so many orders are read."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    assert iterated(url, read_ahead=read_ahead, start=ORDERS - number) == ORDERS
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return most


def table(url: str, rounds: int) -> Iterator[str]:
    """The lines of the table, for a server that takes 5 ms for each page."""
    yield f"\n| {ORDERS:,} orders, a server that takes 5 ms for a page of {PAGE} | time | peak memory |"
    yield "|---|---|---|"
    taken = seconds(url, rounds)
    for name, read_ahead in (("`iterate`", False), ("`iterate(read_ahead=True)`", True)):
        ratio = statistics.median(ours / theirs for ours, theirs in zip(taken[name], taken["by hand"], strict=True))
        memory = peak(url, ORDERS, read_ahead=read_ahead) / peak(url, ORDERS // 10, read_ahead=read_ahead)
        yield f"| {name} | {ratio:.2f} of the loop by hand | {memory:.2f} of that for {ORDERS // 10:,} orders |"
