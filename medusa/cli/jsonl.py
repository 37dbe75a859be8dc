"""A file of JSON lines that a command continues: the file itself says what is done."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from . import json_text

_KEYS = ("id", "code")
"""What tells objects apart. A currency has no id."""


def key_of(body: dict[str, Any]) -> str | None:
    """The text that tells this object apart, or None if it has none."""
    return next((body[name] for name in _KEYS if isinstance(body.get(name), str)), None)


def line_of(body: dict[str, Any]) -> bytes:
    """The object as a line that begins with its key, which is found there even where the line was cut short."""
    key = {name: body[name] for name in _KEYS if name in body}
    return json_text.line({**key, **body}).encode() + b"\n"


def progress_bar(console: Console) -> Progress:
    """A bar for a terminal, which disappears in the end."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


@contextmanager
def append_to(path: Path, things: str) -> Generator[tuple[BinaryIO, dict[str, None]]]:
    """The file, to append to, and the keys of the objects in it, in their order. `things` is what they are called.

    What is written is on the disk in the end.
    """
    # A FIFO would be waited for, and a device may act on being opened.
    if path.exists() and not path.is_file():
        raise click.ClickException(f"{path} is no regular file")
    with open(path, "ab", opener=_open_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was replaced meanwhile
            raise click.ClickException(f"{path} is no regular file")
        _lock(file, path)
        done, end, is_ended = _objects_in(path, things)
        file.truncate(end)
        if not is_ended:
            file.write(b"\n")
        try:
            yield file, done
        finally:
            file.flush()
            os.fsync(file.fileno())


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep a second export away from this file, where the system can."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException(f"another export is writing {path}") from None


def _objects_in(path: Path, things: str) -> tuple[dict[str, None], int, bool]:
    """The keys of the objects in the file, where the last whole one ends, and whether its line does.

    Raises `click.ClickException` for a file that is no export, which it would be a pity to cut.
    """
    done: dict[str, None] = {}
    end, line = 0, b"\n"
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                key = _key_in(line)
            except ValueError:
                is_cut_short = not lines.read(1)
                if is_cut_short and (done or line.startswith(b"{")):
                    return done, end, True
                key = None
            if key is None:
                raise click.ClickException(f"{path} is no export of {things}: line {number} is none")
            done[key] = None
            end += len(line)
    return done, end, line.endswith(b"\n")


def _key_in(line: bytes) -> str | None:
    """The key of the object in this line, if it has one. Raises `ValueError` for what is no whole JSON."""
    try:
        body: Any = json.loads(line)
    except RecursionError:  # our lines begin with the key; one that was cut short has no end
        found = re.match(rb'\{"(?:id|code)":("[^"\\]+")', line)
        if not found or not line.endswith(b"}\n"):
            raise ValueError("cut short") from None
        body = {"id": json.loads(found[1])}
    return key_of(cast("dict[str, Any]", body)) if isinstance(body, dict) else None
