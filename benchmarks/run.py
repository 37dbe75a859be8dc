"""Runs all benchmarks and writes their tables to docs/performance.md.

    python -m benchmarks.run            runs all benchmarks; takes several minutes
    python -m benchmarks.run --quick    runs fewer rounds, counts no instructions and writes no file

Run this with `make bench` or `make bench-quick`. They empty the environment, because requests reads it at every call.
"""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import version

from . import calls, decoding, instructions, paging, processes, threads
from .bodies import ROOT
from .measuring import Report
from .serving import server

PAGE = ROOT / "docs" / "performance.md"
MARK = "<!-- written by make bench -->\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no instruction counts, no file written")
    quick = parser.parse_args().quick
    report = Report(rounds=5 if quick else 21)
    processor = platform.processor() or platform.machine()
    versions = ", ".join(f"{name} {version(name)}" for name in ("requests", "urllib3", "attrs", "cattrs", "orjson"))
    report.say(f"CPython {platform.python_version()} on {processor}, {versions}.")
    counts = {} if quick else instructions.counted()
    with server() as url:
        report.table("operation", "compared with", "target", "measured", "instructions")
        calls.calls(report, url)
        decoding.times(report, counts)
        decoding.memory(report)
        processes.times(report, counts)
        processes.memory(report)
        paging.read_ahead(report)
        threads.threads(report, url)
        threads.bursts(report)
        calls.with_options(report)
        processes.without_accelerator(report)
        calls.peers(report, url)
        paging.long_list(report, 2_000 if quick else 10_000)
        if not quick:
            calls.growth(report, url)
            paging.growth(report, url)
            threads.growth(report, url)
    if not quick:
        before, mark, _ = PAGE.read_text().partition(MARK)
        PAGE.write_text(before + mark + "\n" + "\n".join(report.lines) + "\n")


if __name__ == "__main__":
    main()
