"""Install the wheel and the sdist of dist/ as a user does, on each supported Python. `make dist` runs this module.

Pythons that are neither in pyenv nor on the PATH are skipped. The last lines of the output list them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from . import PYTHONS, ROOT

IMPORT = "import medusa; print('medusa', medusa.__version__, medusa.Medusa.__name__)"
FIRST_CALL = """
from medusa import Medusa
from medusa.sandbox import SandboxStore

with SandboxStore() as store, Medusa(base_url=store.url) as medusa:
    print("the first product of a sandbox store:", medusa.products.list().products[0].title)
"""


def main() -> None:
    """Check each file on each Python. Stop at the first failure."""
    files = [*(ROOT / "dist").glob("*.whl"), *(ROOT / "dist").glob("*.tar.gz")]
    if len(files) != 2:
        raise SystemExit("dist/ must contain one wheel and one sdist: run `make dist`")
    summary: list[str] = []
    for version in PYTHONS:
        python = _python(version)
        if python is None:
            summary.append(f"Python {version}: NOT CHECKED, neither pyenv nor the PATH has it")
            continue
        for file in files:
            print(f"Python {version}, {file.name}", flush=True)
            with TemporaryDirectory() as folder:
                _check(python, file, Path(folder))
        summary.append(f"Python {version}: passed")
    print(*summary, sep="\n")


def _python(version: str) -> str | None:
    """Return the path of a working Python of this version. A shim of pyenv on the PATH may lack its Python."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for python in (*pyenv.glob(f"versions/{version}.*/bin/python"), shutil.which(f"python{version}")):
        if python and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0:
            return str(python)
    return None


def _check(python: str, file: Path, folder: Path) -> None:
    """Install the file in a new environment, without extras and then with some, and use it."""

    def run(*command: str | Path) -> None:
        subprocess.run(command, cwd=folder, check=True)

    run(python, "-m", "venv", folder / "venv")
    commands = folder / "venv" / "bin"
    run(commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", file)
    run(commands / "python", "-I", "-c", IMPORT)
    extras = f"{file}[cli,sandbox]"
    run(commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", extras)
    run(commands / "python", "-I", "-c", FIRST_CALL)
    with (folder / "help.txt").open("w") as printed:
        subprocess.run([commands / "medusa", "--help"], cwd=folder, check=True, stdout=printed)


if __name__ == "__main__":
    main()
