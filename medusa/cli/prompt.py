"""A secret that a command asks for."""

from __future__ import annotations

import getpass
import os
import sys

import click


def read_secret(name: str, variable: str, *, from_stdin: bool = False) -> str:
    """Return a secret from this environment variable, or else from the standard input; at a terminal, prompt for it.

    `from_stdin` ignores the environment variable.
    """
    secret = "" if from_stdin else os.environ.get(variable, "")
    if not secret and (from_stdin or not sys.stdin.isatty()):
        try:
            secret = sys.stdin.read().rstrip("\r\n")
        except UnicodeDecodeError:
            raise click.UsageError(f"the {name.lower()} in the standard input must be UTF-8") from None
    elif not secret:
        secret = getpass.getpass(f"{name}: ")
    if not secret:
        raise click.UsageError(f"no {name.lower()}: type it at a terminal, pipe it in, or set {variable}")
    return secret
