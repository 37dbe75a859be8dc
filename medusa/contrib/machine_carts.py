"""Which cart of a web session came after which, for the threads and processes of one machine."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import stat
import tempfile
import time
from contextlib import closing
from pathlib import Path

KEPT = 24 * 3600
"""Seconds."""
CREATE = "CREATE TABLE IF NOT EXISTS cart (previous TEXT PRIMARY KEY, id TEXT NOT NULL, created REAL NOT NULL)"
CREATE_INDEX = "CREATE INDEX IF NOT EXISTS cart_created ON cart (created)"

logger = logging.getLogger("medusa.contrib")


class MachineCarts:
    """The carts of one web session whose data is in a cookie, so that nothing on the server could tell.

    They are in a SQLite file in the machine's folder for temporary files, for a day. A lost file loses no cart, as the
    session has it too: only requests that arrive together need the file.
    """

    def __init__(self, session: str) -> None:
        self._session = session

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart after this one, if there is one."""
        try:
            with closing(_database()) as database:
                return _find(database, self._key(previous_id))
        except (OSError, sqlite3.Error) as error:
            _warn(error)
            return None

    def add(self, previous_id: str, cart_id: str) -> str:
        """Make this cart the one after `previous_id`, unless there is one. Return the ID of the one that it is."""
        key, now = self._key(previous_id), time.time()
        try:
            with closing(_database()) as database:
                with database:
                    database.execute("DELETE FROM cart WHERE created < ?", (now - KEPT,))
                    database.execute("INSERT OR IGNORE INTO cart VALUES (?, ?, ?)", (key, cart_id, now))
                return _find(database, key) or cart_id
        except (OSError, sqlite3.Error) as error:
            _warn(error)
            return cart_id

    def _key(self, previous_id: str) -> str:
        return hashlib.sha256(f"{self._session}:{previous_id}".encode()).hexdigest()


def _find(database: sqlite3.Connection, key: str) -> str | None:
    row: tuple[str] | None = database.execute("SELECT id FROM cart WHERE previous = ?", (key,)).fetchone()
    return None if row is None else row[0]


def _warn(error: Exception) -> None:
    """A shop must not be down because this file can't be used."""
    logger.warning("two requests of a session that arrive together may each create a cart: %s", error)


def _database() -> sqlite3.Connection:
    user = os.geteuid() if hasattr(os, "geteuid") else ""
    folder = Path(tempfile.gettempdir()) / f"medusa-carts-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if user != "" and (found.st_uid != user or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077):
        raise PermissionError(f"{folder} is not a folder that this user alone can use")
    # Not kept open, because a connection must not be shared with a process that is forked.
    database = sqlite3.connect(folder / "carts.sqlite3", timeout=5.0)
    try:
        # A crash of the machine may lose the file, but not a cart.
        for statement in ("PRAGMA synchronous = OFF", CREATE, CREATE_INDEX):
            database.execute(statement)
    except sqlite3.Error:
        database.close()
        raise
    return database
