"""The commands of docs/cli.md print what the page shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ..amounts import as_babel_writes, squeezed
from ..pages import blocks, steps
from .command import Cli
from .store import Store


def test_the_page_shows_what_happens(shop: Cli, store: Store, tmp_path: Path) -> None:
    """If all `$` lines of docs/cli.md run in one shell, each has the output and the exit code that the page shows."""
    shown = [step for language, code in blocks("cli.md") if language == "console" for step in steps(code)]
    assert len(shown) > 15
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "password.txt").write_text(store.password)
    (folder / "item.json").write_text('{"variant_id": "variant_01G...", "quantity": 2}\n')
    (folder / "token.txt").write_text("claim.to.ken\n")
    (folder / "ids.txt").write_text("order_01G...\norder_01H...\n\norder_01H...\nmissing\n")
    script = [f'medusa() {{ {sys.executable} -m medusa "$@"; }}']
    for number, (command, _) in enumerate(shown):
        here = command.replace("http://localhost:9000", store.url)
        script.append(f"{{ {here}\n}} > ../{number}.out 2>&1; code=$?; echo $code > ../{number}.code; (exit $code)")
    subprocess.run(["bash", "-c", "\n".join(script)], cwd=folder, env=shop.environment, timeout=120)
    for number, (command, expected) in enumerate(shown):
        printed = (tmp_path / f"{number}.out").read_text().replace(store.url, "http://localhost:9000")
        # The form of amounts, and so the width of columns, depends on the version of Babel.
        if "€" in expected:
            printed, expected = squeezed(printed), as_babel_writes(expected)
        assert f"$ {command}\n{printed}" == f"$ {command}\n{expected}"
        follows = shown[number + 1] if number + 1 < len(shown) else ("", "")
        code = follows[1].strip() if follows[0] == "echo $?" else "0"
        assert (command, (tmp_path / f"{number}.code").read_text().strip()) == (command, code)
