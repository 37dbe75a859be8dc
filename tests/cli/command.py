"""Functions that run the command `medusa` as a program, and that read what the command printed and wrote."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import shlex
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

Answer = Callable[..., None]
Run = Callable[..., subprocess.CompletedProcess[str]]
"""The fixture `run`."""
Export = tuple[Path, Path, list[str]]
"""The file of IDs, the file of orders, and the command's arguments."""


class Cli:
    """Runs the command with its own environment."""

    def __init__(self, home: Path, base_url: str) -> None:
        # Without the other variables of the tests, Python starts as in a user's shell.
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        self.environment |= {"MEDUSA_BASE_URL": base_url, "MEDUSA_MAX_RETRIES": "0", "LANG": "C.UTF-8"}
        self.command = [sys.executable, "-m", "medusa"]

    def __call__(self, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **variables}
        return subprocess.run(
            [*self.command, *arguments], input=stdin, env=environment, capture_output=True, encoding="utf-8", timeout=60
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *arguments], env=self.environment, stderr=subprocess.PIPE, encoding="utf-8"
        )

    def at_a_terminal(self, *arguments: str, typed: str = "", columns: int = 80, **variables: str) -> tuple[int, str]:
        """Return the exit code, and all that a terminal of this width showed. `typed` is typed at the first prompt."""
        master, slave = os.openpty()
        termios.tcsetwinsize(slave, (40, columns))

        def make_it_the_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            [*self.command, *arguments],
            env={**self.environment, "TERM": "xterm-256color", **variables},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=make_it_the_terminal,
        )
        os.close(slave)
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                read = os.read(master, 65536)
            except OSError:  # The command has closed its side.
                break
            if not read:
                break
            shown += read
            if typed and shown.endswith(b": "):
                os.write(master, typed.encode() + b"\n")
                typed = ""
        os.close(master)
        return process.wait(timeout=60), shown.decode()


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the only line that a failed command printed, which must be on stderr."""
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("medusa: ")
    return done.stderr.strip()


def redirected(cli: Cli, redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with this redirection of a shell. Return what it printed, and its exit code."""
    command = f"{shlex.join([*cli.command, *arguments])} {redirection}"
    script = ["bash", "-c", f"exec {command}"]
    return subprocess.run(script, env=cli.environment, capture_output=True, encoding="utf-8", timeout=60)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def exported_ids(file: Path) -> list[str]:
    """Return the IDs in the file. The orders may be nested more deeply than `json` can read."""
    return re.findall(r'^{"id":"(\w+)"', file.read_text(), re.MULTILINE)


def exported(file: Path) -> list[str]:
    """Return the IDs in the file. Each line must be a complete order."""
    text = file.read_bytes()
    assert text.endswith(b"\n") or not text
    return [json.loads(line)["id"] for line in text.splitlines()]
