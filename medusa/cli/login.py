"""Who is logged in: one file for each backend, which only its owner can read, with the customer's JWT."""

from __future__ import annotations

import base64
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click


def read(base_url: str) -> str | None:
    """The token that was kept for this backend."""
    try:
        return _file(base_url).read_text("ascii").strip() or None
    except FileNotFoundError:
        return None


def keep(base_url: str, token: str) -> None:
    """Keep this token for this backend, in place of one from before."""
    file = _file(base_url)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # mode 0600 from the start
    try:
        with open(descriptor, "w", encoding="ascii") as new:
            new.write(f"{token}\n")
            new.flush()
            os.fsync(new.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def forget(base_url: str) -> bool:
    """Remove the token of this backend. Returns whether there was one."""
    try:
        _file(base_url).unlink()
    except FileNotFoundError:
        return False
    return True


def has_expired(token: str) -> bool:
    """Whether a JWT says that its time is over."""
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        return bool(claims["exp"] < time.time())
    except (IndexError, KeyError, TypeError, ValueError):
        return False


def _file(base_url: str) -> Path:
    return Path(click.get_app_dir("medusa"), "tokens", quote(base_url, safe=""))
