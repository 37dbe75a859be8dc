"""A file of JSON lines that a command can continue: the objects in the file are not requested again."""

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
"""The fields that can identify an object. A currency has a code but no ID."""


def key_of(body: dict[str, Any]) -> str | None:
    """Return the string that identifies this object, or None."""
    return next((body[name] for name in _KEYS if isinstance(body.get(name), str)), None)


def line_of(body: dict[str, Any]) -> bytes:
    """Return the object as a line. The line begins with the key, so that an incomplete line still has the key."""
    key = {name: body[name] for name in _KEYS if name in body}
    return json_text.line({**key, **body}).encode() + b"\n"


def progress_bar(console: Console) -> Progress:
    """Return a progress bar. It is shown only on a terminal, and disappears at the end."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


@contextmanager
def append_to(path: Path, things: str) -> Generator[tuple[BinaryIO, dict[str, None]]]:
    """Open the file for appending. Yield it and the keys of the objects in it, in order.

    `things` is the name of the objects for error messages. When the file is closed, all data is on the disk.
    """
    # Opening a FIFO would block, and opening a device may have side effects.
    if path.exists() and not path.is_file():
        raise click.ClickException(f"{path} is not a regular file")
    with open(path, "ab", opener=_open_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # Another process has replaced it in the meantime.
            raise click.ClickException(f"{path} is not a regular file")
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
    """Lock the file against a second export. Windows has no such lock."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException(f"another export is writing {path}") from None


def _objects_in(path: Path, things: str) -> tuple[dict[str, None], int, bool]:
    """Return the keys of the objects in the file, the end of the last complete one, and whether its line is ended.

    Raises `click.ClickException` if the file is not an export, so that no other file is overwritten.
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
                raise click.ClickException(f"{path} is not an export of {things}: see line {number}")
            done[key] = None
            end += len(line)
    return done, end, line.endswith(b"\n")


def _key_in(line: bytes) -> str | None:
    """Return the key of the object in this line, or None. Raises `ValueError` if the line is not complete JSON."""
    try:
        body: Any = json.loads(line)
    except RecursionError:  # The line begins with the key. If it is incomplete, it does not end with a brace.
        found = re.match(rb'\{"(?:id|code)":("[^"\\]+")', line)
        if not found or not line.endswith(b"}\n"):
            raise ValueError("cut short") from None
        body = {"id": json.loads(found[1])}
    return key_of(cast("dict[str, Any]", body)) if isinstance(body, dict) else None
