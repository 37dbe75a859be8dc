"""Packages of content codings that this environment does not have: Zstandard, and other packages of Brotli.

Before version 1.2, Brotli cannot limit its output.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from release import ROOT

from .test_package import TOOLS, Install, built, install, run

pytestmark = pytest.mark.once

__all__ = ["built", "install"]  # The fixtures that this module imports.

ZSTD = [] if sys.version_info >= (3, 14) else ["backports.zstd==1.8.0"]  # Python 3.14 includes Zstandard.


@pytest.mark.parametrize(("brotli", "tested"), [("brotli==1.1.0", ["br", "zstd"]), ("brotlicffi==1.2.1.0", ["br"])])
def test_packages_of_codings(
    built: dict[str, Path], install: Install, tmp_path: Path, brotli: str, tested: list[str]
) -> None:
    python = install(built["wheel"], *TOOLS, *ZSTD, brotli)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    chosen = ("-v", "-W", "error", "-k", " or ".join(tested), "tests/faults/test_packed.py")
    printed = run(python, "-m", "pytest", "-n2", *chosen, cwd=tmp_path)
    for coding in tested:
        assert f"test_a_bomb_does_not_fill_the_memory[{coding}-" in printed
