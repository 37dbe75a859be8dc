"""Write docs/licences.md from the metadata of the dependencies. `make licences` runs this module."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from . import CONSTRAINTS, EXTRAS, ROOT, UV

PAGE = ROOT / "docs" / "licences.md"
INTRODUCTION = """# Licenses

medusa-sdk has the MIT license. This table lists the license of every package that `pip install medusa-sdk` and its
extras install, including indirect dependencies. The licenses are taken from the metadata of the packages, on Linux and
in the pinned versions (`release/constraints.txt`). All supported Python versions require the same packages.

"""


def page(python_with: Callable[[str], Path]) -> str:
    """Return the page. `python_with` returns the Python of an environment with the package and one extra, or none."""
    licences: dict[str, str] = {}
    needed_by: dict[str, list[str]] = {}
    for extra in ("", *EXTRAS):
        for name, licence in _installed(python_with(extra)):
            licences[name] = licence
            needed_by.setdefault(name, []).append(f"`{extra}`" if extra else "always")
    rows = [("Package", "License", "Required by"), ("---", "---", "---")]
    for name in sorted(licences):
        needed = ["always"] if "always" in needed_by[name] else needed_by[name]
        rows.append((name, licences[name], ", ".join(needed)))
    return INTRODUCTION + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _installed(python: Path) -> list[tuple[str, str]]:
    options = ["--from=mixed", "--format=json", "--ignore-packages", "medusa-sdk"]
    listed = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--python", python, *options],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return [(each["Name"].lower().replace("_", "-"), each["License"]) for each in json.loads(listed)]


def main() -> None:
    """Install the package with each of its extras, and write the page."""
    with TemporaryDirectory() as folder:

        def python_with(extra: str) -> Path:
            environment = Path(folder, extra or "none")
            subprocess.run([*UV, "venv", "--quiet", "--python", sys.executable, environment], check=True)
            python = environment / "bin" / "python"
            what = f"{ROOT}[{extra}]" if extra else ROOT
            pinned = ("--constraint", CONSTRAINTS)
            subprocess.run([*UV, "pip", "install", "--quiet", "--python", python, *pinned, what], check=True)
            return python

        PAGE.write_text(page(python_with))


if __name__ == "__main__":
    main()
