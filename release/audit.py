"""Check that all dependencies are declared, used and without known vulnerabilities. `make audit` runs this module.

The exit code is 1 if a dependency is undeclared, unused or vulnerable. It is also 1 if the vulnerabilities of a package
are unknown. With --warn, the last line lists these packages instead.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from pip._internal.models.index import PyPI

from . import CONSTRAINTS, EXTRAS, REQUIRED, ROOT, UV


def main() -> int:
    """Audit the dependencies, print the result, and return the exit code."""
    with TemporaryDirectory() as folder:
        declared, resolved = Path(folder, "declared.txt"), Path(folder, "resolved.txt")
        declared.write_text("\n".join([*REQUIRED, *(line for lines in EXTRAS.values() for line in lines)]))
        deptry = Path(sys.executable).parent / "deptry"
        if subprocess.run([deptry, "medusa", "--requirements-files", declared], cwd=ROOT).returncode:
            return 1
        subprocess.run(
            [*UV, "pip", "compile", "--quiet", "--constraints", CONSTRAINTS, "--output-file", resolved, declared],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return _vulnerabilities(resolved, warn="--warn" in sys.argv)


def _vulnerabilities(resolved: Path, *, warn: bool) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", resolved, "--no-deps", "--disable-pip", "--format=json"],
        capture_output=True,
        text=True,
    )
    try:
        audited: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr, file=sys.stderr)
        audited = []
    known = {each["name"]: each["vulns"] for each in audited if "vulns" in each}
    packages = re.findall(r"^([\w.-]+)==(\S+)", resolved.read_text(), re.MULTILINE)
    unknown: list[str] = []
    vulnerable: list[str] = []
    for name, version in packages:
        found = known[name] if name in known else _of_newest(name, version)
        if found is None:
            unknown.append(f"{name} {version}")
        else:
            vulnerable += [f"{name} {version}: {vulnerability['id']}" for vulnerability in found]
    print(f"{len(packages) - len(unknown)} of {len(packages)} packages audited for vulnerabilities")
    print(*vulnerable, sep="\n", end="\n" if vulnerable else "")
    if unknown:
        print(f"NOT AUDITED for vulnerabilities: {', '.join(unknown)}")
    return int(bool(vulnerable or (unknown and not warn)))


def _of_newest(name: str, version: str) -> list[dict[str, Any]] | None:
    """Return the vulnerabilities of this version if it is the newest release, or None.

    A mirror of the index may know the vulnerabilities of only the newest release.
    """
    try:
        response = requests.get(f"{PyPI.pypi_url}/{name}/json", timeout=30)
        response.raise_for_status()
        project = response.json()
        if project["info"]["version"] != version:
            return None
        return [found for found in project["vulnerabilities"] if not found["withdrawn"]]
    except (requests.RequestException, KeyError):
        return None


if __name__ == "__main__":
    sys.exit(main())
