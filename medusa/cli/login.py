"""Store logins: the JWT for each backend is in a file that only the user can read.

The login of a customer and the login of an admin user are separate files.
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
    """The stored logins of customers, or of admin users."""

    folder: str
    option: Literal["token", "admin_token"]
    """The attribute of the client for the token."""
    variable: str
    """The environment variable for a token, which takes precedence over the stored login."""
    command: str
    """The command for logging in."""

    def read(self, base_url: str) -> str | None:
        """Return the stored token for this backend, or None."""
        try:
            return self._file(base_url).read_text("ascii").strip() or None
        except FileNotFoundError:
            return None

    def keep(self, base_url: str, token: str) -> None:
        """Store this token for this backend. It replaces a token that is already stored."""
        file = self._file(base_url)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)  # mkstemp creates the file with the mode 0600.
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
        """Delete the token for this backend. Return whether there was one."""
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
    """Return whether a JWT has expired. The signature is not checked."""
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        return bool(claims["exp"] < time.time())
    except (IndexError, KeyError, TypeError, ValueError):
        return False
