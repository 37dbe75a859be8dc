"""Starts the server for the measured calls."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .bodies import BODIES, ROOT, order_of_list

LISTED = 10_000
"""The number of orders in the server's list."""


@contextlib.contextmanager
def server(pause: float = 0) -> Iterator[str]:
    """Run a server in a new process, and yield its URL. The server waits `pause` seconds before each response."""
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
