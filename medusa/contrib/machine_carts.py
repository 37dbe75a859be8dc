"""The sequence of carts of a web session, shared by the threads and processes of one machine."""

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
"""How many seconds an entry is kept."""
CREATE = "CREATE TABLE IF NOT EXISTS cart (previous TEXT PRIMARY KEY, id TEXT NOT NULL, created REAL NOT NULL)"
CREATE_INDEX = "CREATE INDEX IF NOT EXISTS cart_created ON cart (created)"

logger = logging.getLogger("medusa.contrib")


class MachineCarts:
    """The sequence of carts of a web session that keeps its data in a cookie, so that the server has no session store.

    The sequence is kept for a day in a SQLite file in the machine's temporary folder. If the file is lost, no cart is
    lost, because the session also has the cart's ID. Only simultaneous requests need the file.
    """

    def __init__(self, session: str) -> None:
        self._session = session

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart that follows `previous_id`, or None."""
        try:
            with closing(_database()) as database:
                return _find(database, self._key(previous_id))
        except (OSError, sqlite3.Error) as error:
            _warn(error)
            return None

    def add(self, previous_id: str, cart_id: str) -> str:
        """Record `cart_id` as the cart that follows `previous_id`, if there is none yet. Return the recorded ID."""
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
    """Log a warning instead of raising: the shop must work even if the file cannot be used."""
    logger.warning("simultaneous requests of a session may each create a cart, because of this error: %s", error)


def _database() -> sqlite3.Connection:
    user = os.geteuid() if hasattr(os, "geteuid") else ""
    folder = Path(tempfile.gettempdir()) / f"medusa-carts-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if user != "" and (found.st_uid != user or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077):
        raise PermissionError(f"{folder} must be a folder that only this user can access")
    # The caller closes the connection after each use, because a forked process must not share it.
    database = sqlite3.connect(folder / "carts.sqlite3", timeout=5.0)
    try:
        # Writing without synchronization is fast. If the machine crashes, the file may be lost, but no cart is lost.
        for statement in ("PRAGMA synchronous = OFF", CREATE, CREATE_INDEX):
            database.execute(statement)
    except sqlite3.Error:
        database.close()
        raise
    return database
