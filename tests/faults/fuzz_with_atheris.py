"""python -m tests.faults.fuzz_with_atheris [options of libFuzzer] [a folder of bodies]"""

from __future__ import annotations

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


atheris.Setup(sys.argv, one)
atheris.Fuzz()
