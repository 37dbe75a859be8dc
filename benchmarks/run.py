"""What the SDK costs, as ratios measured side by side in one run; the table goes to docs/performance.md.

    python -m benchmarks.run            everything, a few minutes
    python -m benchmarks.run --quick    fewer rounds, and nothing written

Run it by `make bench` and `make bench-quick`, which empty the environment: requests asks it with every call.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
import cattrs
import gitlab
import httpx
import orjson
import requests
import stripe

import medusa
from medusa import Medusa, StoreOrdersRes
from medusa.codec import json_text as package_json, timestamps
from medusa.codec.converter import default_decoder
from tests.recordings import exchange

from . import paging
from .naive import naive_class

ROOT = Path(__file__).parent.parent
ORDERS = ROOT / "tests" / "corpus" / "orders"
Call = Callable[[], object]


def recorded(name: str) -> Any:
    return json.loads((ORDERS / f"{name}.json").read_text())["get"]["body"]


def bodies() -> dict[str, bytes]:
    """The plain order, and the large one with 1 to 1,000 items, as the backend writes them."""
    found = {"plain": recorded("plain")}
    for count in (1, 10, 100, 1000):
        large = recorded("large_200_items")
        large["order"]["items"] = (large["order"]["items"] * 5)[:count]
        found[str(count)] = large
    found["products"] = exchange("products_list_large")["body"]  # a page of 100, with prices of a region
    return {name: json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode() for name, body in found.items()}


BODIES = bodies()
json_text: Any = package_json
json_text.orjson = None  # measured on its own


@contextlib.contextmanager
def server(pause: float = 0) -> Iterator[str]:
    """The URL of a server in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in BODIES.items():
            Path(folder, name).write_bytes(body)
        Path(folder, "order").write_bytes(paging.order())
        Path(folder, "count").write_text(str(paging.ORDERS))
        command = [sys.executable, "-m", "benchmarks.server", folder, str(pause)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@attrs.frozen
class Ratio:
    """Medians over the rounds of one run, in which both sides took turns."""

    ours: float
    theirs: float
    ratio: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


def compare(ours: Call, theirs: Call, calls: int, rounds: int, clock: Callable[[], float] = time.process_time) -> Ratio:
    """The time of one against the other; the spread is that of the middle half of the rounds."""
    ours(), theirs()
    taken: list[tuple[float, float]] = []
    for _ in range(rounds):
        both: list[float] = []
        for call in (ours, theirs):
            begun = clock()
            for _ in range(calls):
                call()
            both.append((clock() - begun) / calls)
        taken.append((both[0], both[1]))
    ratios = sorted(a / b for a, b in taken)
    quarter = len(ratios) // 4
    return Ratio(
        statistics.median(a for a, _ in taken),
        statistics.median(b for _, b in taken),
        statistics.median(ratios),
        ratios[quarter],
        ratios[-1 - quarter],
    )


class Bench:
    """Runs the rows and keeps the tables."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.lines: list[str] = []

    def say(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)

    def row(self, what: str, against: str, target: str, measured: object) -> None:
        self.say(f"| {what} | {against} | {target} | {measured} |")

    def calls(self, name: str, microseconds: float) -> int:
        """How many calls fill about 50 ms."""
        return max(1, int(50_000 / microseconds / max(1, len(BODIES[name]) / 8000)))

    def retrieval(self, url: str) -> None:
        with Medusa(url) as client, requests.Session() as session:
            for name, target in (("plain", "≤ 0.75"), ("100", "≤ 1.10")):
                found = compare(
                    lambda name=name: client.orders.retrieve(name),  # type: ignore[misc]
                    lambda name=name: session.get(f"{url}/store/orders/{name}").json(),  # type: ignore[misc]
                    self.calls(name, 400),
                    self.rounds,
                )
                self.row(f"`orders.retrieve(id)`, {label(name)}", "`session.get(url).json()`", target, found)
            for name, target in (("plain", "≤ 0.65"), ("100", "")):
                json_text.orjson = orjson
                found = compare(
                    lambda name=name: client.orders.retrieve(name),  # type: ignore[misc]
                    lambda name=name: session.get(f"{url}/store/orders/{name}").json(),  # type: ignore[misc]
                    self.calls(name, 400),
                    self.rounds,
                )
                json_text.orjson = None
                self.row(f"the same with the extra `speed`, {label(name)}", "the same", target, found)
            found = compare(
                lambda: client.products.list({"limit": 100}),
                lambda: session.get(f"{url}/store/products?limit=100").json(),
                self.calls("products", 400),
                self.rounds,
            )
            self.row("`products.list()`, a page of 100 products", "the same", "≤ 1.10", found)

    def decoding(self) -> None:
        naive: Any = cattrs.Converter()
        naive.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
        naive.register_unstructure_hook(datetime, lambda moment: moment and moment.isoformat())
        naive_res = naive_class(StoreOrdersRes)
        for name, target in (("plain", "≤ 1.85"), ("100", "≤ 1.90")):
            body = BODIES[name]
            calls = self.calls(name, 40)
            ours = lambda body=body: default_decoder.structure(json_text.loads(body), StoreOrdersRes)  # noqa: E731
            found = compare(ours, lambda body=body: json.loads(body), calls, self.rounds)  # type: ignore[misc]
            self.row(f"bytes → `StoreOrdersRes`, {label(name)}", "`json.loads`", target, found)
            theirs = lambda body=body: naive.structure(json.loads(body), naive_res)  # noqa: E731
            found = compare(ours, theirs, calls, self.rounds)
            self.row("the same", "`json.loads` and default cattrs", "≤ 0.60", found)
        model: Any = ours()  # type: ignore[no-untyped-call]
        naive_model: Any = theirs()  # type: ignore[no-untyped-call]
        found = compare(model.to_dict, lambda: naive.unstructure(naive_model), self.calls("100", 60), self.rounds)
        self.row("`to_dict()`, 100 items", "default cattrs unstructure", "≤ 0.60", found)

        def with_new_timestamps(call: Call) -> Call:
            def forgetful() -> object:
                timestamps.parse_usual.cache_clear()
                timestamps.write_utc.cache_clear()
                return call()

            return forgetful

        found = compare(with_new_timestamps(ours), lambda: json.loads(body), calls, self.rounds)
        self.row("bytes → `StoreOrdersRes`, 100 items, no timestamp seen before", "`json.loads`", "", found)
        found = compare(with_new_timestamps(model.to_dict), lambda: naive.unstructure(naive_model), calls, self.rounds)
        self.row("`to_dict()`, 100 items, no timestamp seen before", "default cattrs unstructure", "", found)

    def memory(self) -> None:
        def measure(make: Call) -> tuple[int, int]:
            make()
            gc.collect()
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
            made = make()
            gc.collect()
            now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            del made
            return peak - before, now - before

        body = BODIES["100"]
        ours = measure(lambda: default_decoder.structure(json_text.loads(body), StoreOrdersRes))
        theirs = measure(lambda: json.loads(body))
        self.row("peak memory of that, 100 items", "`json.loads`", "≤ 1.1", f"{ours[0] / theirs[0]:.2f}")
        self.row("retained memory of that, 100 items", "`json.loads`", "≤ 0.9", f"{ours[1] / theirs[1]:.2f}")

    def starting(self) -> None:
        def child(code: str) -> Call:
            return lambda: subprocess.run([sys.executable, "-c", code], input=BODIES["plain"], check=True, cwd=ROOT)

        def cpu_of_children() -> float:
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            return used.ru_utime + used.ru_stime

        ours, theirs = child("import medusa; medusa.Medusa()"), child("import requests")
        found = compare(ours, theirs, 1, self.rounds, cpu_of_children)
        self.row("`import medusa` and making a client", "`import requests`", "≤ 1.25", found)
        # What is imported for it counts too, since it is imported when it is first needed.
        first = "import sys, medusa; medusa.StoreOrdersRes.from_json(sys.stdin.buffer.read())"
        found = compare(child(first), theirs, 1, self.rounds, cpu_of_children)
        self.row("first order decoded in a fresh process, all imports included", "`import requests`", "", found)

    def threads(self, url: str, number: int) -> Ratio:
        """Calls a second of so many threads on one client, against as many on one session."""
        with Medusa(url) as client, requests.Session() as session, ThreadPoolExecutor(number) as pool:
            session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=number))

            def all_at_once(call: Call) -> Call:
                return lambda: [future.result() for future in [pool.submit(call) for _ in range(200)]]

            found = compare(
                all_at_once(lambda: session.get(f"{url}/store/orders/plain").json()),
                all_at_once(lambda: client.orders.retrieve("plain")),
                1,
                self.rounds,
                time.perf_counter,
            )
        return found  # the inverse of times: calls a second

    def bursts(self) -> None:
        with server(0.005) as url, Medusa(url) as client, ThreadPoolExecutor(32) as pool:
            for _ in range(10):
                barrier = threading.Barrier(32)

                def call(barrier: threading.Barrier = barrier) -> object:
                    barrier.wait()
                    return client.orders.retrieve("plain")

                for future in [pool.submit(call) for _ in range(32)]:
                    future.result()
            opened = int(client.request("GET", "/connections"))
        self.row("32 threads in 10 bursts on a 5 ms server", "connections opened", "≤ 32", opened)

    def pages(self) -> None:
        with server(0.005) as url:
            for line in paging.table(url, max(3, self.rounds // 5)):
                self.say(line)

    def others(self, url: str) -> None:
        client, session = Medusa(url), requests.Session()
        path = "/store/orders/plain"
        by_stripe = stripe.StripeClient(
            "sk_test_1", base_addresses={"api": url}, http_client=stripe.RequestsClient(session=requests.Session())
        )
        by_gitlab = gitlab.Gitlab(url)
        by_httpx = httpx.Client()
        calls: dict[str, Call] = {
            "medusa-sdk `orders.retrieve`": lambda: client.orders.retrieve("plain"),
            "stripe-python `raw_request`": lambda: by_stripe.raw_request("get", path),
            "httpx `get().json()`": lambda: by_httpx.get(url + path).json(),
            "python-gitlab `http_get`": lambda: by_gitlab.http_get(f"{url}{path}"),
        }
        self.say("\n| the plain order by | CPU time against `session.get(url).json()` |\n|---|---|")
        for name, call in calls.items():
            found = compare(call, lambda: session.get(url + path).json(), self.calls("plain", 600), self.rounds)
            self.say(f"| {name} | {found} |")
        by_httpx.close()
        client.close()

    def growth(self, url: str) -> None:
        self.say("\n| items | bytes | decode, µs | × `json.loads` | `retrieve`, µs | × `session.get(url).json()` |")
        self.say("|---|---|---|---|---|---|")
        with Medusa(url) as client, requests.Session() as session:
            for name in ("1", "10", "100", "1000"):
                body = BODIES[name]
                decode = compare(
                    lambda body=body: default_decoder.structure(json_text.loads(body), StoreOrdersRes),  # type: ignore[misc]
                    lambda body=body: json.loads(body),  # type: ignore[misc]
                    self.calls(name, 40),
                    self.rounds,
                )
                whole = compare(
                    lambda name=name: client.orders.retrieve(name),  # type: ignore[misc]
                    lambda name=name: session.get(f"{url}/store/orders/{name}").json(),  # type: ignore[misc]
                    self.calls(name, 400),
                    self.rounds,
                )
                self.say(
                    f"| {name} | {len(body)} | {decode.ours * 1e6:.0f} | {decode.ratio:.2f}"
                    f" | {whole.ours * 1e6:.0f} | {whole.ratio:.2f} |"
                )
        self.say("\n| threads | calls a second against one `requests.Session` |\n|---|---|")
        for number in (1, 2, 4, 8, 16, 32):
            self.say(f"| {number} | {self.threads(url, number)} |")

    def instructions(self) -> None:
        """Instructions of a decode by valgrind, which repeat where times don't."""
        if not shutil.which("valgrind"):
            self.say("\nInstruction counts need valgrind, which is not installed.")
            return
        self.say("\n| instructions by callgrind | millions | × `json.loads` |\n|---|---|---|")
        ours = "default_decoder.structure(json_text.loads(body), StoreOrdersRes)"
        for name in ("plain", "100"):
            counts = [count_instructions(code, BODIES[name]) / 1e6 for code in (ours, "json.loads(body)")]
            self.say(f"| decode, {label(name)} | {counts[0]:.2f} | {counts[0] / counts[1]:.2f} |")


def label(name: str) -> str:
    return "plain order" if name == "plain" else f"{name} items"


def count_instructions(code: str, body: bytes) -> float:
    """Instructions that one run of this code takes, once it is warm."""

    def total(times: int) -> int:
        program = (
            "import json, sys; from medusa import StoreOrdersRes; from medusa.codec import json_text;"
            "from medusa.codec.converter import default_decoder; json_text.orjson = None;"
            f"body = sys.stdin.buffer.read(); [{code} for _ in range({times})]"
        )
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", program]
        done = subprocess.run(command, input=body, capture_output=True, check=True, cwd=ROOT)
        found = re.search(rb"Collected : (\d+)", done.stderr)
        assert found
        return int(found[1])

    return (total(25) - total(5)) / 20


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and nothing written")
    quick = parser.parse_args().quick
    bench = Bench(rounds=5 if quick else 25)
    processor = platform.processor() or platform.machine()
    versions = ", ".join(f"{name} {version(name)}" for name in ("requests", "urllib3", "attrs", "cattrs", "orjson"))
    bench.say(f"CPython {platform.python_version()} on {processor}, {versions}.")
    bench.say("\n| what | against | target | measured |\n|---|---|---|---|")
    with server() as url:
        bench.retrieval(url)
        bench.decoding()
        bench.memory()
        bench.starting()
        found = bench.threads(url, 8)
        bench.row("8 threads on one client, calls a second", "8 threads on one session", "≥ 1.4", found)
        bench.bursts()
        bench.pages()
        bench.others(url)
        if not quick:
            bench.growth(url)
    if not quick:
        bench.instructions()
        page = ROOT / "docs" / "performance.md"
        before, mark, _ = page.read_text().partition("<!-- written by make bench -->\n")
        page.write_text(before + mark + "\n" + "\n".join(bench.lines) + "\n")


if __name__ == "__main__":
    assert medusa.__version__
    main()
