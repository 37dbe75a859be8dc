"""Write release/constraints.txt, the versions that tests, demos and CI install. `make lock` runs this module.

The pins prevent a new release of a dependency from breaking the tests.
"""

from __future__ import annotations

import re
import subprocess

from . import CONSTRAINTS, PYTHONS, ROOT, UV


def main() -> None:
    """Resolve all extras for all supported Pythons, write the file, and check that each Python can install it."""
    options = ["--universal", "--python-version", PYTHONS[0], "--fork-strategy", "fewest"]
    # uv appends a marker to packages that only some systems need. Constraints need no markers.
    lines = [line.partition(" ;")[0] for line in _compile(*options).splitlines()]
    names = [line.partition("==")[0] for line in lines]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SystemExit(f"no single version fits all supported Pythons: {', '.join(twice)}")
    if unexpected := [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.+!]+", line)]:
        raise SystemExit(f"expected name==version, got {unexpected[0]}")
    CONSTRAINTS.write_text("".join(f"{line}\n" for line in lines))
    for python in PYTHONS:
        _compile("--constraints", str(CONSTRAINTS), "--python-version", python)


def _compile(*options: str) -> str:
    command = [*UV, "pip", "compile", "--quiet", "--all-extras", "--no-annotate", "--no-header", *options, "setup.cfg"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
