"""Fuzz the decoder: `python -m tests.faults.fuzz_with_atheris [options of libFuzzer] [a folder of bodies]`."""

from __future__ import annotations

import resource
import sys
from typing import Any

import atheris

with atheris.instrument_imports(include=["medusa"]):
    pass

from .test_fuzz import check


def one(data: bytes) -> None:
    """Check one input. If it begins with `!`, its last byte chooses the status of an error."""
    status: Any = 200 if not data or data[0] != 0x21 else 400 + data[-1] % 200
    check(data.lstrip(b"!"), status, {"Content-Type": "application/json"})


# libFuzzer's own limit reads the peak memory of the process. On Linux this peak includes the peak of the parent
# process, so another test in the same pytest worker could make this one fail. That limit is therefore turned off, and
# the address space is limited instead: a decoder that takes too much memory raises MemoryError.
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
atheris.Setup([*sys.argv, "-rss_limit_mb=0"], one)
atheris.Fuzz()
