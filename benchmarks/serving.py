"""Starts the server that the calls are measured with."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .bodies import BODIES, ROOT, order_of_list

LISTED = 10_000
"""How many orders its list has."""


@contextlib.contextmanager
def server(pause: float = 0) -> Iterator[str]:
    """Give the URL of a server in a process of its own, which takes so many seconds for each answer."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in BODIES.items():
            Path(folder, name).write_text(body)
        Path(folder, "order").write_text(order_of_list())
        Path(folder, "count").write_text(str(LISTED))
        command = [sys.executable, "-m", "benchmarks.server", folder, str(pause)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
