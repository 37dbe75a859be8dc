"""docs/scripts.md shows all scripts, and commands with options that the scripts have."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from ..pages import ROOT, blocks, steps

PAGE = (ROOT / "docs" / "scripts.md").read_text()
SCRIPTS = re.findall(r"^\| \[`(\w+\.py)`\]", PAGE, re.MULTILINE)
COMMANDS = [
    shlex.split(command)[1:]
    for language, block in blocks("scripts.md")
    if language == "console"
    for command, _ in steps(block)
    if command.startswith("python examples/")
]


def test_the_page_shows_all_scripts() -> None:
    assert re.findall(r"^```\{literalinclude\} \.\./examples/(.*)$", PAGE, re.MULTILINE) == SCRIPTS
    assert len(SCRIPTS) == 5


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_options_in_the_commands_exist(script: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / script, "--help"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    used = {word for command in COMMANDS for word in command if script in shlex.join(command) and word[:2] == "--"}
    assert used <= {*re.findall(r"--[\w-]+", done.stdout)}
    assert f"examples/{script} " in PAGE
