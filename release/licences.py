"""docs/licences.md: what the dependencies' own metadata say. `make licences` writes it, test_package.py compares."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from . import CONSTRAINTS, EXTRAS, ROOT, UV

PAGE = ROOT / "docs" / "licences.md"
INTRODUCTION = """# Licences

medusa-sdk is under the MIT licence. These are the licences of all that `pip install medusa-sdk` and its extras bring
along, transitive dependencies included, as the packages' metadata say; on Linux, in the pinned versions
(`release/constraints.txt`). They are the same packages for all supported Pythons.

"""


def page(python_with: Callable[[str], Path]) -> str:
    """The page; `python_with` gives the Python of an environment that holds the package with an extra, or with none."""
    licences: dict[str, str] = {}
    needed_by: dict[str, list[str]] = {}
    for extra in ("", *EXTRAS):
        for name, licence in _installed(python_with(extra)):
            licences[name] = licence
            needed_by.setdefault(name, []).append(f"`{extra}`" if extra else "always")
    rows = [("Package", "Licence", "Needed by"), ("---", "---", "---")]
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
