"""The standard input, output and error of the command, where they are closed, full or broken."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def open_closed_streams() -> None:
    """Put a stream in the place of each one that the command was started without (`>&-`).

    Python sets such a stream to None. The number of its file descriptor would be that of the next file or socket.
    """
    if sys.stdin is None:
        sys.stdin = open(os.open(os.devnull, os.O_RDONLY))  # noqa: SIM115  # for as long as the command runs
    if sys.stdout is None:  # opened for reading, so that writing to it is still an error
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.open(os.devnull, os.O_WRONLY), "w")  # noqa: SIM115


def discard_unwritten_output() -> None:
    """Throw away what an output did not take. Python would try to write it once more at exit, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_error(text: str) -> None:
    """Write a line to the standard error, if it takes one: that it doesn't is no reason for another exit code."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)
