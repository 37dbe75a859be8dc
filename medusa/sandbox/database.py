"""The SQLite database of a sandbox store: the rows of all entities, and events.

A row is a JSON object with an `id`. `relations.py` defines the relations between rows. An order is one row.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from .json_text import dumps

_VERSION = 1
"""The version of the tables and rows. Increase it if they change."""

_INDEXED = (
    *("cart_id", "code", "collection_id", "customer_id", "display_id", "email", "handle", "item_id", "option_id"),
    *("product_id", "region_id", "variant_id"),
)
"""The columns that are often used to find rows."""

_TABLES = [
    "create table secret (value text)",
    "create table rows (number integer primary key, kind text, id text, body text)",
    "create unique index rows_by_id on rows (kind, id)",
    *(f"create index rows_by_{name} on rows (kind, json_extract(body, '$.{name}'))" for name in _INDEXED),
    "create table events (number integer primary key, name text, data text)",
    f"pragma user_version = {_VERSION}",
]

# A row that is replaced keeps its position.
_PUT = "insert into rows (kind, id, body) values (?, ?, ?) on conflict (kind, id) do update set body = excluded.body"

_WHOLE = ("begin immediate", "rollback", "commit")
_PART = ("savepoint part", "rollback to part", "release part", "release part")
"""The statements that begin, roll back and commit a transaction."""


class Database:
    """The data of one store, for any number of threads. With a file, the data is kept when the store is closed."""

    def __init__(self, file: str | Path | None) -> None:
        """Open the file. Raises `OSError` if the file cannot be used."""
        self._lock = threading.RLock()
        self._file = file
        if file and Path(file).exists() and not Path(file).is_file():
            raise OSError(f"the database {file} cannot be used, because it is not a regular file")
        try:
            self._connection = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        except sqlite3.Error as error:
            raise OSError(f"the database {file} cannot be opened: {error}") from error
        try:
            self._all("pragma synchronous = off")  # Made-up orders are not worth waiting for the disk.
            self._all("select 1 from sqlite_master")
        except sqlite3.Error as error:
            self._connection.close()
            raise OSError(f"the database {file} cannot be used: {error}") from error

    def create(self) -> bool:
        """Create the tables if there are none. Return whether they were created. Raises `OSError` for other tables."""
        if self._all("select 1 from sqlite_master"):
            if self._all("pragma user_version") == [(_VERSION,)]:
                return False
            raise OSError(
                f"the database {self._file} cannot be used: another version of medusa-sdk, or another program,"
                " created it. Delete the file, or choose another file"
            )
        for statement in _TABLES:
            self._all(statement)
        self._all("insert into secret values (?)", [secrets.token_hex(32)])
        return True

    @cached_property
    def secret(self) -> str:
        """The secret for signing cookies and tokens."""
        return str(self._all("select value from secret")[0][0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit all changes in the block, or none. Other threads wait. Transactions can be nested."""
        with self._lock:
            begin, *rollback, commit = _PART if self._connection.in_transaction else _WHOLE
            self._connection.execute(begin)
            try:
                yield
            except BaseException:
                for statement in rollback:
                    self._connection.execute(statement)
                raise
            self._connection.execute(commit)

    def _all(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, tuple(values)).fetchall()

    # Rows

    def put(self, kind: str, row: dict[str, Any]) -> None:
        """Add a row, or replace the row with the same ID. A currency has a code instead of an ID."""
        self._all(_PUT, [kind, row["id"] if "id" in row else row["code"], _text(row)])

    def texts(self) -> list[tuple[str, str, str]]:
        """Return the kind, the ID and the JSON of all rows, for `put_texts`."""
        return self._all("select kind, id, body from rows order by number")

    def put_texts(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Add many rows, given as JSON text."""
        with self._lock:
            self._connection.executemany(_PUT, texts)

    def get(self, kind: str, id: str) -> dict[str, Any] | None:
        """Return the row with this ID, or None."""
        rows = self._all("select body from rows where kind = ? and id = ?", [kind, id])
        return json.loads(rows[0][0]) if rows else None

    def find(self, kind: str, **where: Any) -> list[dict[str, Any]]:
        """Return the rows with these values in these columns, in the order in which they were added."""
        columns = {name: "id" if name == "id" else f"json_extract(body, '$.{name}')" for name in where}
        conditions = "".join(f" and {columns[name]} {'is' if where[name] is None else '='} ?" for name in where)
        # The names of the columns are constants of this package.
        statement = f"select body from rows where kind = ?{conditions} order by number"  # noqa: S608
        return [json.loads(body) for (body,) in self._all(statement, [kind, *where.values()])]

    def delete(self, kind: str, id: str) -> None:
        """Delete the row with this ID, if there is one."""
        self._all("delete from rows where kind = ? and id = ?", [kind, id])

    def next_display_id(self) -> int:
        """Return the `display_id` of the next order."""
        last = "select coalesce(max(json_extract(body, '$.display_id')), 0) from rows where kind = 'order'"
        return int(self._all(last)[0][0]) + 1

    # Accounts

    def account(self, email: str) -> tuple[dict[str, Any], str] | None:
        """Return the registered customer with this e-mail address, and the hash of the password."""
        for customer in self.find("customer", email=email):
            if password := self.get("password", customer["id"]):
                return customer, password["hash"]
        return None

    def guest(self, email: str) -> dict[str, Any] | None:
        """Return the guest customer with this e-mail address, or None."""
        customers = self.find("customer", email=email)
        return next((customer for customer in customers if not self.get("password", customer["id"])), None)

    # Events

    def put_event(self, name: str, data: dict[str, Any]) -> None:
        """Store an event that the backend would emit."""
        self._all("insert into events (name, data) values (?, ?)", [name, _text(data)])

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the data of the events with this name. The oldest is first."""
        return [
            json.loads(data) for (data,) in self._all("select data from events where name = ? order by number", [name])
        ]


def _text(data: dict[str, Any]) -> str:
    return dumps(data).decode()
