"""Measures reading long lists with `iterate`, compared with a loop by hand."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import requests

from medusa import Medusa

from .measuring import Report, compare, in_turns
from .serving import LISTED, server

PAGE = 100


def by_hand(url: str, number: int) -> int:
    """Read the last `number` orders, and return how many there were."""
    end = LISTED - number
    with requests.Session() as session:
        while True:
            page = session.get(f"{url}/admin/orders?limit={PAGE}&offset={end}&order=id").json()
            end += sum(1 for _ in page["orders"])
            if end >= page["count"]:
                return end - (LISTED - number)


def iterated(url: str, number: int, *, read_ahead: bool = False) -> int:
    """Read the last `number` orders with `iterate`, and return how many there were."""
    with Medusa(url) as medusa:
        orders = medusa.admin.orders.iterate(page_size=PAGE, read_ahead=read_ahead, start=LISTED - number)
        return sum(1 for _ in orders)


def read_ahead(report: Report) -> None:
    size, pages, pause = 10, 100, 0.02

    def consumed(url: str, *, read_ahead: bool) -> float:
        begun = time.perf_counter()
        with Medusa(url) as medusa:
            start = LISTED - pages * size
            orders = medusa.admin.orders.iterate(page_size=size, read_ahead=read_ahead, start=start)
            for number, _ in enumerate(orders, start=1):
                if number % size == 0:
                    time.sleep(pause)
        return time.perf_counter() - begun

    with server(pause) as url:
        found = in_turns(
            lambda: consumed(url, read_ahead=True), lambda: consumed(url, read_ahead=False), max(1, report.rounds // 5)
        )
    report.row(
        f"`iterate(read_ahead=True)` over {pages} pages of {size} orders, wall time; the server and the consumer each "
        "take 20 ms per page",
        "without `read_ahead`",
        "≤ 0.60",
        found,
        "",
    )


def long_list(report: Report, number: int) -> None:
    report.table(f"{number:,} orders, from a server that takes 5 ms per page of {PAGE}", "time", "peak memory")
    with server(0.005) as url:
        taken = seconds(url, number, max(1, report.rounds // 5))
        for name, read_ahead in (("`iterate`", False), ("`iterate(read_ahead=True)`", True)):
            ratio = statistics.median(taken[name]) / statistics.median(taken["by hand"])
            memory = peak(url, number, read_ahead=read_ahead) / peak(url, number // 10, read_ahead=read_ahead)
            report.row(name, f"{ratio:.2f} × the loop by hand", f"{memory:.2f} × that for {number // 10:,} orders")


def seconds(url: str, number: int, rounds: int) -> dict[str, list[float]]:
    """Return the wall times of each way to read `number` orders. The ways take turns."""
    ways: dict[str, Callable[[], int]] = {
        "by hand": lambda: by_hand(url, number),
        "`iterate`": lambda: iterated(url, number),
        "`iterate(read_ahead=True)`": lambda: iterated(url, number, read_ahead=True),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            assert way() == number
            taken[name].append(time.perf_counter() - begun)
    return taken


def peak(url: str, number: int, *, read_ahead: bool) -> int:
    """Return the peak memory in bytes while the last `number` orders are read."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    assert iterated(url, number, read_ahead=read_ahead) == number
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return most


def growth(report: Report, url: str) -> None:
    report.table(f"pages of {PAGE} orders", "`iterate`, ms of CPU time per page", "× the loop by hand")
    for pages in (1, 10, 100):
        number = pages * PAGE
        found = compare(partial(iterated, url, number), partial(by_hand, url, number), max(1, report.rounds // 5))
        report.row(pages, f"{found.ours * 1e3 / pages:.1f}", f"{found.ratio:.2f}")
