"""A third type checker refuses the same lines as mypy and pyright, which `make lint` runs, and no others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_pyrefly_refuses_what_mypy_refuses() -> None:
    printed = subprocess.run(
        [Path(sys.executable).parent / "pyrefly", "check", "--enabled-ignores=pyrefly", "--output-format=json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    refused = {(error["path"], error["line"]) for error in json.loads(printed)["errors"]}
    expected = {
        (path.relative_to(ROOT).as_posix(), number)
        for path in (*ROOT.glob("tests/typing/*.py"), *ROOT.glob("examples/*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "# type: ignore" in line
    }
    assert len(expected) > 10
    assert refused == expected
