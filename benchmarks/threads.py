"""Measures many threads with one client."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from medusa import Medusa

from .measuring import Call, Ratio, Report, compare
from .serving import server


def threads(report: Report, url: str) -> None:
    found = calls_a_second(url, 8, report.rounds)
    report.row(
        "8 threads with one client, calls per second", "8 threads with one session", "≥ 1.5", found, "not counted"
    )


def calls_a_second(url: str, number: int, rounds: int) -> Ratio:
    """Compare the calls per second of `number` threads with one client and with one session."""
    with Medusa(url) as client, requests.Session() as session, ThreadPoolExecutor(number) as pool:
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=number))

        def all_at_once(call: Call) -> Call:
            return lambda: [future.result() for future in [pool.submit(call) for _ in range(200)]]

        # The sides are swapped, because less time per call means more calls per second.
        return compare(
            all_at_once(lambda: session.get(f"{url}/store/orders/plain").json()),
            all_at_once(lambda: client.orders.retrieve("plain")),
            rounds,
            time.perf_counter,
        )


def bursts(report: Report) -> None:
    with server(0.005) as url, Medusa(url) as client, ThreadPoolExecutor(32) as pool:
        for _ in range(10):
            barrier = threading.Barrier(32)

            def call(barrier: threading.Barrier = barrier) -> object:
                barrier.wait()
                return client.orders.retrieve("plain")

            for future in [pool.submit(call) for _ in range(32)]:
                future.result()
        opened = int(client.request("GET", "/connections"))
    report.row("10 bursts of 32 threads, to a server that takes 5 ms", "connections opened", "≤ 32", opened, "")


def growth(report: Report, url: str) -> None:
    report.table("threads", "calls per second, compared with one `requests.Session`")
    for number in (1, 2, 4, 8, 16, 32):
        report.row(number, calls_a_second(url, number, report.rounds // 2))
