"""Counts CPU instructions with callgrind. Unlike times, they are almost the same in every run.

python -m benchmarks.instructions   runs the code to count: callgrind starts a new count at each `os.getppid()`
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import processes
from .bodies import ROOT
from .decoding import ROWS
from .measuring import calls_in

SECONDS = 0.5
"""The seconds for which one side is counted under callgrind, which is about 50 times slower."""


def counted() -> dict[str, str]:
    """Return the ratio of instructions for each row that needs no server, by its first column."""
    names = [row.what for row in ROWS] + list(processes.FRESH)
    if not shutil.which("valgrind"):
        return dict.fromkeys(names, "needs valgrind")
    ratios = of_rows()
    by_hand = processes.instructions(processes.REQUESTS)
    ratios += [processes.instructions(code) / by_hand for code, _ in processes.FRESH.values()]
    return {name: f"{ratio:.2f}" for name, ratio in zip(names, ratios, strict=True)}


def of_rows() -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        callgrind = ["valgrind", "--tool=callgrind", "--dump-before=getppid", f"--callgrind-out-file={folder}/out"]
        done = subprocess.run(
            [*callgrind, sys.executable, "-m", "benchmarks.instructions"],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        calls = [int(line) for line in done.stdout.split()]
        # There are two dumps for each side: one of the code between two sides, and one of the side itself.
        totals = [total(Path(folder, f"out.{2 * side + 2}")) for side in range(len(calls))]
    costs = [found / number for found, number in zip(totals, calls, strict=True)]
    return [ours / theirs for ours, theirs in zip(costs[::2], costs[1::2], strict=True)]


def total(dump: Path) -> int:
    found = re.search(r"^totals: (\d+)", dump.read_text(), re.MULTILINE)
    assert found
    return int(found[1])


def main() -> None:
    """Call both sides of each row, and print the number of counted calls of each side."""
    for row in ROWS:
        for call in row.make():
            call()
            calls = calls_in(SECONDS, call)
            os.getppid()
            for _ in range(calls):
                call()
            os.getppid()
            print(calls)


if __name__ == "__main__":
    main()
