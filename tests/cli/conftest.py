"""The command `medusa` on a scripted server and on a store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from medusa.cli import main

from .command import Cli, Run
from .store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    yield store
    store.server.stop()


@pytest.fixture
def cli(tmp_path: Path, httpserver: HTTPServer) -> Cli:
    """The command as a program, with the server that the fixture `answer` scripts."""
    return Cli(tmp_path, httpserver.url_for("").rstrip("/"))


@pytest.fixture
def run(
    httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Like `cli`, but in this process, which is faster than starting hundreds of processes."""
    for name in os.environ:
        if name.startswith("MEDUSA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MEDUSA_BASE_URL", httpserver.url_for(""))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["medusa", *arguments])
        code = main()
        return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())

    return run


@pytest.fixture
def shop(tmp_path: Path, store: Store) -> Cli:
    """The command as a program, with the fixture `store`."""
    return Cli(tmp_path, store.url)


@pytest.fixture
def export(shop: Cli, tmp_path: Path) -> tuple[Path, Path, list[str]]:
    """The file of IDs, the file of orders, and the command's arguments."""
    ids, output = tmp_path / "ids.txt", tmp_path / "orders.jsonl"
    return ids, output, ["orders", "export", "--ids-from", str(ids), "--output", str(output)]
