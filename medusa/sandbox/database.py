"""What a sandbox store remembers, in SQLite: the rows of all kinds of entities, and events.

A row is a JSON object with an `id`; `relations.py` says how rows belong together. An order is kept whole, as one row.
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
"""The version of the tables and rows. It changes with them."""

_INDEXED = (
    *("cart_id", "code", "collection_id", "customer_id", "display_id", "email", "handle", "item_id", "option_id"),
    *("product_id", "region_id", "variant_id"),
)
"""The columns by which rows are looked up often."""

_TABLES = [
    "create table secret (value text)",
    "create table rows (number integer primary key, kind text, id text, body text)",
    "create unique index rows_by_id on rows (kind, id)",
    *(f"create index rows_by_{name} on rows (kind, json_extract(body, '$.{name}'))" for name in _INDEXED),
    "create table events (number integer primary key, name text, data text)",
    f"pragma user_version = {_VERSION}",
]

# A row that is replaced keeps its place among the others.
_PUT = "insert into rows (kind, id, body) values (?, ?, ?) on conflict (kind, id) do update set body = excluded.body"

_WHOLE = ("begin immediate", "rollback", "commit")
_PART = ("savepoint part", "rollback to part", "release part", "release part")
"""How a transaction begins, how it is undone, and how it is committed."""


class Database:
    """The state of one store, for any number of threads; a file keeps it when the store is gone."""

    def __init__(self, file: str | Path | None) -> None:
        """Open the file. Raises `OSError` for one that can't be used."""
        self._lock = threading.RLock()
        self._file = file
        if file and Path(file).exists() and not Path(file).is_file():
            raise OSError(f"the database {file} can't be used: it is no regular file")
        try:
            self._connection = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        except sqlite3.Error as error:
            raise OSError(f"the database {file} can't be opened: {error}") from error
        try:
            self._all("pragma synchronous = off")  # no made-up order is worth the wait for the disk
            self._all("select 1 from sqlite_master")
        except sqlite3.Error as error:
            self._connection.close()
            raise OSError(f"the database {file} can't be used: {error}") from error

    def create(self) -> bool:
        """Make the tables, unless they are there; whether they were made. Raises `OSError` for those of others."""
        if self._all("select 1 from sqlite_master"):
            if self._all("pragma user_version") == [(_VERSION,)]:
                return False
            raise OSError(
                f"the database {self._file} can't be used: another version of medusa-sdk, or another program, made it."
                " Delete it, or choose another file"
            )
        for statement in _TABLES:
            self._all(statement)
        self._all("insert into secret values (?)", [secrets.token_hex(32)])
        return True

    @cached_property
    def secret(self) -> str:
        """What cookies and tokens are signed with."""
        return str(self._all("select value from secret")[0][0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit everything that is done within, or nothing. Others wait, but a transaction may be part of another."""
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
        """Add a row, or replace the one with its id; a currency has a code in its place."""
        self._all(_PUT, [kind, row["id"] if "id" in row else row["code"], _text(row)])

    def texts(self) -> list[tuple[str, str, str]]:
        """The kind, the id and the JSON of all rows, for `put_texts`."""
        return self._all("select kind, id, body from rows order by number")

    def put_texts(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Add rows whose JSON is written already: many at once."""
        with self._lock:
            self._connection.executemany(_PUT, texts)

    def get(self, kind: str, id: str) -> dict[str, Any] | None:
        """The row with this id."""
        rows = self._all("select body from rows where kind = ? and id = ?", [kind, id])
        return json.loads(rows[0][0]) if rows else None

    def find(self, kind: str, **where: Any) -> list[dict[str, Any]]:
        """The rows with these values in these columns, in the order in which they were added."""
        columns = {name: "id" if name == "id" else f"json_extract(body, '$.{name}')" for name in where}
        conditions = "".join(f" and {columns[name]} {'is' if where[name] is None else '='} ?" for name in where)
        statement = f"select body from rows where kind = ?{conditions} order by number"  # noqa: S608  # names of ours
        return [json.loads(body) for (body,) in self._all(statement, [kind, *where.values()])]

    def delete(self, kind: str, id: str) -> None:
        """Delete the row with this id, if there is one."""
        self._all("delete from rows where kind = ? and id = ?", [kind, id])

    def next_display_id(self) -> int:
        """The number that the next order is known by."""
        last = "select coalesce(max(json_extract(body, '$.display_id')), 0) from rows where kind = 'order'"
        return int(self._all(last)[0][0]) + 1

    # Accounts

    def account(self, email: str) -> tuple[dict[str, Any], str] | None:
        """The registered customer with this e-mail address, and the hash of the password."""
        for customer in self.find("customer", email=email):
            if password := self.get("password", customer["id"]):
                return customer, password["hash"]
        return None

    def guest(self, email: str) -> dict[str, Any] | None:
        """The customer without an account who ordered under this e-mail address."""
        customers = self.find("customer", email=email)
        return next((customer for customer in customers if not self.get("password", customer["id"])), None)

    # Events

    def put_event(self, name: str, data: dict[str, Any]) -> None:
        """Remember an event that the backend would emit."""
        self._all("insert into events (name, data) values (?, ?)", [name, _text(data)])

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the events of this name carry, the oldest first."""
        return [
            json.loads(data) for (data,) in self._all("select data from events where name = ? order by number", [name])
        ]


def _text(data: dict[str, Any]) -> str:
    return dumps(data).decode()
