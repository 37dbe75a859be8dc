"""Measures calls to a server, compared with the same calls by hand and with other SDKs.

python -m benchmarks.calls URL ROUNDS   prints the rows of `retrieve`, in a process that uses the extra `speed`
"""

from __future__ import annotations

import os
import subprocess
import sys

import gitlab
import httpx
import requests
import stripe

from medusa import Medusa

from .bodies import BODIES, ROOT, label
from .decoding import by_items
from .measuring import Call, Ratio, Report, compare, seconds

BY_HAND = "`session.get(url).json()`"
NO_COUNT = "not counted"


def calls(report: Report, url: str) -> None:
    for name, target in (("plain", "≤ 0.58"), ("100", "≤ 1.00")):
        found = retrieval(url, name, report.rounds)
        report.row(f"`orders.retrieve(id)`, {label(name)}", BY_HAND, target, found, NO_COUNT)
    with_speed = subprocess.run(
        [sys.executable, "-m", "benchmarks.calls", url, str(report.rounds)],
        env={**os.environ, "WITH_SPEED": "1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ).stdout.splitlines()
    for name, line in zip(("plain", "100"), with_speed, strict=True):
        report.row(f"the same with the extra `speed`, {label(name)}", BY_HAND, "", line, NO_COUNT)
    with Medusa(url) as client, requests.Session() as session:
        found = compare(
            lambda: client.products.list({"limit": 100}),
            lambda: session.get(f"{url}/store/products?limit=100").json(),
            report.rounds,
        )
        report.row("`products.list()`, a page of 100 products", BY_HAND, "≤ 1.00", found, NO_COUNT)
        found = compare(
            lambda: client.admin.orders.list({"limit": 100}),
            lambda: session.get(f"{url}/admin/orders?limit=100").json(),
            report.rounds,
        )
        report.row("`admin.orders.list()`, a page of 100 orders", BY_HAND, "≤ 1.00", found, NO_COUNT)


def retrieval(url: str, name: str, rounds: int) -> Ratio:
    """Compare `orders.retrieve` with the same call by hand."""
    with Medusa(url) as client, requests.Session() as session:
        return compare(
            lambda: client.orders.retrieve(name),
            lambda: session.get(f"{url}/store/orders/{name}").json(),
            rounds,
        )


def with_options(report: Report) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.e30.x"  # noqa: S105
    with Medusa() as client:
        taken = sorted(seconds(lambda: client.with_options(token=token), 2000) for _ in range(25))
    report.row("`with_options(token=...)`", "", "≤ 10 µs", f"{taken[len(taken) // 2] * 1e6:.1f} µs", "")


def peers(report: Report, url: str) -> None:
    client, session, by_httpx = Medusa(url), requests.Session(), httpx.Client()
    path = "/store/orders/plain"
    by_stripe = stripe.StripeClient(
        "sk_test_1", base_addresses={"api": url}, http_client=stripe.RequestsClient(session=requests.Session())
    )
    by_gitlab = gitlab.Gitlab(url)
    ways: dict[str, Call] = {
        "medusa-sdk `orders.retrieve`": lambda: client.orders.retrieve("plain"),
        "stripe-python `raw_request`": lambda: by_stripe.raw_request("get", path),
        "httpx `get().json()`": lambda: by_httpx.get(url + path).json(),
        "python-gitlab `http_get`": lambda: by_gitlab.http_get(f"{url}{path}"),
    }
    report.table("the plain order with", f"CPU time, compared with {BY_HAND}")
    for name, call in ways.items():
        report.row(name, compare(call, lambda: session.get(url + path).json(), report.rounds))
    by_httpx.close()
    client.close()


def growth(report: Report, url: str) -> None:
    report.table(
        "items", "characters in the response", "`from_json`, µs", "× `json.loads`", "`retrieve`, µs", f"× {BY_HAND}"
    )
    for name, decode in by_items(report.rounds).items():
        whole = retrieval(url, name, report.rounds)
        report.row(
            name,
            len(BODIES[name]),
            f"{decode.ours * 1e6:.0f}",
            f"{decode.ratio:.2f}",
            f"{whole.ours * 1e6:.0f}",
            f"{whole.ratio:.2f}",
        )


if __name__ == "__main__":
    for order in ("plain", "100"):
        print(retrieval(sys.argv[1], order, int(sys.argv[2])))
