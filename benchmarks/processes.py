"""Measures what requires new processes: imports, the first order, memory, and decoding without the accelerator."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from .bodies import BODIES, ROOT
from .measuring import Call, Report, compare, in_turns

REQUESTS = "import requests"
CLIENT = "import medusa; medusa.Medusa()"
FIRST_ORDER = "import sys, medusa; medusa.StoreOrdersRes.from_json(sys.stdin.buffer.read())"
ALL_THAT = f"{CLIENT}; {FIRST_ORDER}"
# Hides the extra `speed`, as `benchmarks/__init__.py` does.
WITHOUT_SPEED = "import sys; sys.modules['orjson'] = None; "

FRESH = {
    "`import medusa` and creating a client": (CLIENT, "≤ 1.12"),
    "decoding the first order of a new process, including imports": (FIRST_ORDER, "≤ 1.45"),
    "the same after creating a client": (ALL_THAT, ""),
}


def run(
    code: str, body: str = "plain", *, command: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> str:
    """Run Python code in a new process with a body as standard input, and return its output."""
    done = subprocess.run(
        [*command, sys.executable, "-c", WITHOUT_SPEED + code],
        input=BODIES[body],
        env={**os.environ, **(environment or {})},
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return done.stdout or done.stderr


def times(report: Report, counts: dict[str, str]) -> None:
    def child(code: str) -> Call:
        return lambda: run(code)

    for what, (code, target) in FRESH.items():
        found = compare(child(code), child(REQUESTS), report.rounds, cpu_of_children)
        report.row(what, f"`{REQUESTS}`", target, found, counts.get(what, ""))


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(report: Report) -> None:
    def resident(code: str) -> float:
        return float(run(f"{code}; print(open('/proc/self/statm').read().split()[1])"))

    found: object = "needs Linux"
    if Path("/proc/self/statm").exists():
        found = in_turns(lambda: resident(ALL_THAT), lambda: resident(REQUESTS), report.rounds)
    report.row("resident memory of the process after these steps", f"after `{REQUESTS}`", "≤ 1.35", found, "")


def without_accelerator(report: Report) -> None:
    def decoding(name: str, model: str, calls: int, environment: Mapping[str, str]) -> float:
        timed = (
            "import time, medusa; body = sys.stdin.buffer.read(); "
            f"decode = lambda: [medusa.{model}.from_json(body) for _ in range({calls})]; decode(); "
            "begun = time.process_time(); decode(); print(time.process_time() - begun)"
        )
        return float(run(timed, name, environment=environment))

    for what, name, model, calls in (
        ("plain order", "plain", "StoreOrdersRes", 1000),
        ("a page of 100 products", "products", "StoreProductsListRes", 10),
    ):
        found = in_turns(
            partial(decoding, name, model, calls, {"MEDUSA_NO_ACCELERATOR": "1"}),
            partial(decoding, name, model, calls, {}),
            max(3, report.rounds // 3),
        )
        report.row(f"`from_json` without the accelerator, {what}", "with the accelerator", "", found, "")


def instructions(code: str) -> int:
    """Return the number of CPU instructions of a process that runs this code."""
    callgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    found = re.search(r"Collected : (\d+)", run(code, command=callgrind, environment={"PYTHONHASHSEED": "0"}))
    assert found
    return int(found[1])
