"""niquests brings urllib3-future, which replaces urllib3 in its environment. Calls, close and forks work there too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from release import CONSTRAINTS, ROOT, UV

from .faults.peer import Peer, ok

NIQUESTS = ["niquests==3.21.2", "urllib3-future==2.25.904"]

USE = """
import os, sys
import urllib3
from medusa import Medusa

assert hasattr(urllib3, "AsyncPoolManager")  # urllib3-future has it, urllib3 does not
medusa = Medusa(sys.argv[1], deadline=10)
assert medusa.orders.retrieve("order_1").order.id == "order_1"
child = os.fork()
if child == 0:
    try:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        medusa.close()
        os._exit(0)
    finally:
        os._exit(1)
assert os.waitpid(child, 0)[1] == 0
assert medusa.orders.retrieve("order_1").order.id == "order_1"
medusa.close()
print("done")
"""


def test_beside_niquests(tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([*UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "venv"], check=True)
    install: list[str | Path] = [*UV, "pip", "install", "--quiet", "--python", python, "--constraints", CONSTRAINTS]
    subprocess.run([*install, ROOT, *NIQUESTS], check=True, cwd=tmp_path)
    with Peer(ok) as peer:
        done = subprocess.run([python, "-c", USE, peer.url], capture_output=True, text=True, cwd=tmp_path, timeout=120)
        assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
        assert done.stderr.count("RuntimeWarning: Another package replaces urllib3, as niquests does") == 1
        assert len(peer.requests) == 3
        assert peer.connections == 2  # the child has one of its own
        assert peer.all_closed()
