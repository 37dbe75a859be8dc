"""A third type checker rejects the same lines as mypy and pyright, which `make lint` runs. Pages show typed code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import medusa

from .pages import ROOT, blocks, write

pytestmark = pytest.mark.once

TOOLS = Path(sys.executable).parent


def test_pyrefly_refuses_what_mypy_refuses() -> None:
    printed = subprocess.run(
        [TOOLS / "pyrefly", "check", "--enabled-ignores=pyrefly", "--output-format=json"],
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


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_all_names_and_what_pages_show_are_typed(checker: str, tmp_path: Path) -> None:
    """The public names, and the pages whose blocks form one program, pass mypy and pyright in strict mode."""
    names = ", ".join(medusa.__all__)
    (tmp_path / "names.py").write_text(f"from medusa import {names}\nprint({names})\n")
    for page in (
        "../README",
        "index",
        "amounts",
        "customers",
        "errors",
        "extending",
        "js-client",
        "loading",
        "selling",
        "timeouts",
    ):
        code = "\n".join(code for language, code in blocks(f"{page}.md") if language == "python")
        assert code
        (tmp_path / f"page_{Path(page).name.replace('-', '_').lower()}.py").write_text(code)
    options = {"mypy": ["--config-file", "pyproject.toml"], "pyright": ["--project", "."]}[checker]
    done = subprocess.run(
        [TOOLS / checker, *options, *sorted(tmp_path.iterdir())], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", ["django", "flask", "testing"])
def test_the_files_of_a_page_are_typed(page: str, tmp_path: Path) -> None:
    for language, code in blocks(f"{page}.md"):
        # A block whose first line does not end with .py shows only the end of a file.
        is_file = code.partition("\n")[0].endswith(".py")
        if language == "python" and is_file:
            write(code, tmp_path)
    files = sorted(tmp_path.rglob("*.py"))
    assert len(files) > 1
    done = subprocess.run(
        [TOOLS / "mypy", "--config-file", "pyproject.toml", *files],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
