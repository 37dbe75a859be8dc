"""Following docs/tutorial.md literally in an empty folder works. `pip` does nothing, because all is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .amounts import as_babel_writes, squeezed
from .pages import ROOT, blocks, steps, write

WRITTEN = "http://127.0.0.1:9000"
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",  # `python3` must be this interpreter.
    "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
}


def run(script: str, folder: Path) -> str:
    """Run a script, and return its output and its errors."""
    done = subprocess.run(
        ["bash", "-ec", script],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, (script, done.stdout)
    return done.stdout


@contextmanager
def second_terminal(console: str, folder: Path) -> Iterator[str]:
    """Serve the store as in the second terminal of the tutorial, and yield its URL."""
    activate, (serve, announced) = steps(console)
    script = f"{activate[0]}; exec {serve} --port 0"
    with subprocess.Popen(["bash", "-c", script], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as it:
        try:
            assert it.stdout
            printed = "".join(it.stdout.readline() for _ in announced.splitlines())
            url = re.findall(r"http://[\d.:]+", printed)[0]
            assert re.sub(r"order_\w+", "order_01G...", printed.replace(url, WRITTEN)) == announced
            yield url
        finally:
            it.terminate()


def test_the_tutorial(tmp_path: Path) -> None:
    (first, set_up), (second, terminal), *rest = blocks("tutorial.md")
    assert (first, second) == ("console", "console")
    run("pip() { :; }\n" + "\n".join(command for command, _ in steps(set_up)), tmp_path)
    (folder,) = tmp_path.iterdir()
    with second_terminal(terminal, folder) as url:
        for language, code in rest:
            if language == "python":
                write(code.replace(WRITTEN, url), folder)
                continue
            for command, expected in steps(code):
                printed = run(f". .venv/bin/activate; {command}", folder)
                assert (command, squeezed(printed)) == (command, as_babel_writes(expected) or squeezed(printed))
    assert len(list(folder.glob("*.py"))) == 4
