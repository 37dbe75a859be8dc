"""Standard streams of the command that are closed, full or broken."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys

import pytest

from examples.serve import listens

from .command import Cli, Export, exported, one_line, redirected, wait_for
from .store import Store

PRINTING = [
    ["orders", "retrieve", "order_1"],
    ["orders", "retrieve", "order_1", "--json"],
    ["auth", "whoami"],
    ["request", "GET", "/store/regions"],
    ["--help"],
    ["--version"],
]


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_an_output_that_takes_nothing(shop: Cli, store: Store, arguments: list[str]) -> None:
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    closed = redirected(shop, ">&-", *arguments)
    assert (closed.returncode, one_line(closed)) == (1, "medusa: the standard output is closed")
    full = redirected(shop, "> /dev/full", *arguments)
    assert (full.returncode, one_line(full)) == (1, "medusa: No space left on device")
    read_end, write_end = os.pipe()
    os.close(read_end)
    broken = subprocess.run(
        [*shop.command, *arguments], env=shop.environment, stdout=write_end, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write_end)
    assert (broken.returncode, broken.stderr) == (1, b"")
    for redirection in (">&- 2>&-", ">&- 2>&- <&-", "> /dev/full 2>&1"):
        assert redirected(shop, redirection, *arguments).returncode == 1
    whole = redirected(shop, "<&-", *arguments)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert redirected(shop, "2>&-", *arguments).stdout == whole.stdout


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full", "2>&- <&-"])
def test_an_error_that_cannot_be_shown(shop: Cli, store: Store, redirection: str) -> None:
    """A command whose error cannot be shown has the usual exit code, and prints nothing to the standard output."""
    for arguments, code in (
        (["orders", "retrieve", "missing"], 3),
        (["auth", "whoami"], 4),
        (["orders", "retrieve", "x", "--nope"], 2),
        (["orders"], 2),
        (["orders", "confirm"], 2),
        (["auth", "logout"], 0),
    ):
        done = redirected(shop, f"< /dev/null {redirection}", *arguments)
        assert (done.returncode, done.stdout) == (code, "")


def test_no_socket_takes_the_place_of_a_closed_stream(shop: Cli, store: Store) -> None:
    """A socket must not get the descriptor of a stream: what is written to descriptor 2 would reach the backend."""
    assert redirected(shop, ">&- 2>&- <&-", "orders", "claim", "order_1").returncode == 4
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    assert redirected(shop, ">&- 2>&- <&-", "orders", "claim", "order_1").returncode == 0
    assert store.server.log[-1][0].json == {"order_ids": ["order_1"]}


def test_an_export_without_any_stream(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("order_1\nmissing\norder_2\n")
    for redirection in (">&- 2>&- <&-", "2> /dev/full", "2>&1 | true; exit ${PIPESTATUS[0]}"):
        output.unlink(missing_ok=True)
        assert redirected(shop, redirection, *command).returncode == 3
        assert sorted(exported(output)) == ["order_1", "order_2"]


@pytest.mark.parametrize("module", [["medusa", "sandbox"], ["medusa.sandbox"]])
def test_a_sandbox_whose_output_is_closed(shop: Cli, module: list[str]) -> None:
    """The sandbox serves if its output was closed at the start, as a daemon's is, and ends if its reader has gone."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = shlex.join([sys.executable, "-m", *module, "--port", port])
    closed = ["bash", "-c", f"exec {command} <&- >&-"]
    with subprocess.Popen(closed, env=shop.environment, stderr=subprocess.PIPE) as process:
        try:
            wait_for(lambda: listens(int(port)))
            process.terminate()
            assert (process.communicate(timeout=30)[1], process.returncode) == (b"", 0)
        finally:
            process.kill()
    read_end, write_end = os.pipe()
    os.close(read_end)
    broken = subprocess.run(
        shlex.split(command), env=shop.environment, stdout=write_end, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write_end)
    assert (broken.returncode, broken.stderr) == (1, b"")
