"""The pages of docs/ as their readers use them: the files that a page shows, its commands and their output."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the code blocks of a page, each with its language."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "docs" / page).read_text(), re.MULTILINE | re.DOTALL)


def write(code: str, folder: Path) -> None:
    """Write a block to the file that its first line names, as in `# shop/urls.py`, or append it (`, at the end`)."""
    head = re.match(r"(?:# |\{# )([\w./]+)(, at the end)?(?: #\})?\n", code)
    assert head, code
    file = folder / head[1]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a" if head[2] else "w") as stream:
        stream.write(code)


def steps(console: str) -> list[tuple[str, str]]:
    """Return the commands of a `console` block, each with its output."""
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", console, re.MULTILINE)
