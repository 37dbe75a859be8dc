"""Who is logged in: a JWT in a file for each backend, which only its owner can read.

A customer and an admin user have a file each.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import click

__all__ = ["ADMIN", "CUSTOMER", "Logins", "has_expired"]


@dataclass(frozen=True)
class Logins:
    """The logins of customers, or those of admin users."""

    folder: str
    option: Literal["token", "admin_token"]
    """The client's attribute that takes a token."""
    variable: str
    """The environment variable that holds a token instead of the login that is kept."""
    command: str
    """The command that logs in."""

    def read(self, base_url: str) -> str | None:
        """The token that was kept for this backend."""
        try:
            return self._file(base_url).read_text("ascii").strip() or None
        except FileNotFoundError:
            return None

    def keep(self, base_url: str, token: str) -> None:
        """Keep this token for this backend, in place of one from before."""
        file = self._file(base_url)
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

    def forget(self, base_url: str) -> bool:
        """Remove the token of this backend. Returns whether there was one."""
        try:
            self._file(base_url).unlink()
        except FileNotFoundError:
            return False
        return True

    def _file(self, base_url: str) -> Path:
        return Path(click.get_app_dir("medusa"), self.folder, quote(base_url, safe=""))


CUSTOMER = Logins("tokens", "token", "MEDUSA_TOKEN", "medusa auth login EMAIL")
ADMIN = Logins("admin-tokens", "admin_token", "MEDUSA_ADMIN_TOKEN", "medusa admin login EMAIL")


def has_expired(token: str) -> bool:
    """Whether a JWT says that its time is over."""
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        return bool(claims["exp"] < time.time())
    except (IndexError, KeyError, TypeError, ValueError):
        return False
