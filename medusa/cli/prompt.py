"""Read a secret, for example a password."""

from __future__ import annotations

import getpass
import os
import sys

import click


def read_secret(name: str, variable: str, *, from_stdin: bool = False) -> str:
    """Return a secret from this environment variable, from a prompt at a terminal, or from standard input.

    With `from_stdin`, the secret is always read from standard input.
    """
    secret = "" if from_stdin else os.environ.get(variable, "")
    if not secret and (from_stdin or not sys.stdin.isatty()):
        try:
            secret = sys.stdin.read().rstrip("\r\n")
        except UnicodeDecodeError:
            raise click.UsageError(f"the {name.lower()} in standard input must be UTF-8") from None
    elif not secret:
        secret = getpass.getpass(f"{name}: ")
    if not secret:
        raise click.UsageError(
            f"the {name.lower()} is missing: enter it at a terminal, pipe it to standard input, or set {variable}"
        )
    return secret
