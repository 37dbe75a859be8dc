"""python -m tests.faults.fuzz_with_atheris [options of libFuzzer] [a folder of bodies]"""

from __future__ import annotations

import resource
import sys
from typing import Any

import atheris

with atheris.instrument_imports(include=["medusa"]):
    pass

from .test_fuzz import check


def one(data: bytes) -> None:
    """The first byte chooses the status."""
    status: Any = 200 if not data or data[0] != 0x21 else 400 + data[-1] % 200
    check(data.lstrip(b"!"), status, {"Content-Type": "application/json"})


# libFuzzer's own limit reads the peak memory of the process. Linux includes the
# peak of the process that started it, so a test that takes much memory in the same pytest worker would fail this
# one. Here a decoder that takes too much raises MemoryError.
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
atheris.Setup([*sys.argv, "-rss_limit_mb=0"], one)
atheris.Fuzz()
