"""What the package depends on: declared, used, and without known vulnerabilities. `make audit` runs it.

It ends with 1 where something is wrong. Where the vulnerability service can't be asked nothing is known, which is no
clean audit: that ends with 1 too, or, with --warn, in a warning as its last line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import EXTRAS, REQUIRED, ROOT, UV


def main() -> int:
    """Audit, print, and return the exit code."""
    with TemporaryDirectory() as folder:
        declared, resolved = Path(folder, "declared.txt"), Path(folder, "resolved.txt")
        declared.write_text("\n".join([*REQUIRED, *(line for lines in EXTRAS.values() for line in lines)]))
        deptry = Path(sys.executable).parent / "deptry"
        if subprocess.run([deptry, "medusa", "--requirements-files", declared], cwd=ROOT).returncode:
            return 1
        subprocess.run(
            [*UV, "pip", "compile", "--quiet", "--output-file", resolved, declared],
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
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        found = []
    vulnerable = [f"{each['name']} {each['version']}: {v['id']}" for each in found for v in each.get("vulns", ())]
    print(*vulnerable, sep="\n", end="\n" if vulnerable else "")
    unknown = [each["name"] for each in found if "skip_reason" in each]
    if vulnerable:
        return 1
    if unknown or not found:
        problem = found[0]["skip_reason"] if found else (done.stderr.splitlines() or ["pip-audit printed nothing"])[-1]
        print(f"NOT AUDITED for vulnerabilities: {len(unknown) or 'all'} of {len(found) or 'all'} packages: {problem}")
        return 0 if warn else 1
    print(f"{len(found)} packages, no known vulnerabilities")
    return 0


if __name__ == "__main__":
    sys.exit(main())
