"""Handle a standard input, output or error that is closed, full or broken."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def open_closed_streams() -> None:
    """Open a replacement for each standard stream that was closed when the command started (`>&-`).

    Python sets such a stream to None. Without a replacement, the next file or socket would get the number of its file
    descriptor.
    """
    if sys.stdin is None:
        sys.stdin = open(os.open(os.devnull, os.O_RDONLY))  # noqa: SIM115  # It stays open until the command ends.
    if sys.stdout is None:  # Opened for reading, so that writing to it still fails.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.open(os.devnull, os.O_WRONLY), "w")  # noqa: SIM115


def discard_unwritten_output() -> None:
    """Discard output that could not be written. Otherwise Python would try again at exit and print an error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_error(text: str) -> None:
    """Write a line to the standard error. If this fails, ignore it, so that the exit code stays the same."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)
