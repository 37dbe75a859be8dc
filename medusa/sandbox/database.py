"""What a sandbox store remembers, in SQLite: orders, customers, sessions, events."""

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

_TABLES = [
    "create table secret (value text)",
    "create table orders ("
    "id text primary key, cart_id text, display_id integer, email text, customer_id text, body text)",
    "create index by_cart on orders (cart_id)",
    "create index by_display_id on orders (display_id)",
    "create table customers (id text primary key, email text, password text, body text)",
    "create index by_email on customers (email)",
    "create table sessions (id text primary key, customer_id text, ended integer)",
    "create table events (number integer primary key, data text)",
]

# An order that is replaced keeps its place among the others.
_PUT_ORDER = """
insert into orders values (?, ?, ?, ?, ?, ?) on conflict (id) do update set cart_id = excluded.cart_id,
    display_id = excluded.display_id, email = excluded.email, customer_id = excluded.customer_id, body = excluded.body
"""


class Database:
    """The state of one store, for any number of threads; a file keeps it when the store is gone."""

    def __init__(self, file: str | Path | None) -> None:
        """Open the file. Raises `OSError` for one that can't be used."""
        self._lock = threading.RLock()
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
        """Make the tables, unless they are there; whether they were made."""
        if self._all("select 1 from sqlite_master where name = 'orders'"):
            return False
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
        """Commit everything that is done within, or nothing. Other writers wait."""
        with self._lock:
            if self._connection.in_transaction:  # a part of a larger one
                yield
                return
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def _all(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, tuple(values)).fetchall()

    # Orders

    def put_order(self, order: dict[str, Any]) -> None:
        """Add an order, or replace the one with its id."""
        row = [order["id"], order.get("cart_id"), order["display_id"], order["email"], order["customer_id"]]
        self._all(_PUT_ORDER, [*row, _text(order)])

    def orders(self, **where: Any) -> list[dict[str, Any]]:
        """The orders with these values in these columns, in the order in which they were added."""
        condition = " and ".join(f"{column} = ?" for column in where) or "true"
        rows = self._all(f"select body from orders where {condition} order by rowid", where.values())  # noqa: S608
        return [json.loads(body) for (body,) in rows]

    def next_display_id(self) -> int:
        """The number that the next order is known by."""
        return int(self._all("select coalesce(max(display_id), 0) + 1 from orders")[0][0])

    # Customers

    def put_customer(self, customer: dict[str, Any], password: str | None) -> None:
        """Add a customer; one without a password is a guest."""
        row = [customer["id"], customer["email"], password, _text(customer)]
        self._all("insert into customers values (?, ?, ?, ?)", row)

    def customer(self, id: str) -> dict[str, Any] | None:
        """The customer with this id."""
        rows = self._all("select body from customers where id = ?", [id])
        return json.loads(rows[0][0]) if rows else None

    def account(self, email: str) -> tuple[dict[str, Any], str] | None:
        """The registered customer with this e-mail address, and the hash of the password."""
        rows = self._all("select body, password from customers where email = ? and password is not null", [email])
        return (json.loads(rows[0][0]), rows[0][1]) if rows else None

    def guest(self, email: str) -> dict[str, Any] | None:
        """The customer without an account who ordered under this e-mail address."""
        rows = self._all("select body from customers where email = ? and password is null", [email])
        return json.loads(rows[0][0]) if rows else None

    # Sessions

    def log_in(self, session: str, customer_id: str) -> None:
        """Make a session that of a customer."""
        self._all("insert or replace into sessions values (?, ?, false)", [session, customer_id])

    def end_session(self, session: str) -> None:
        """Make a session worthless."""
        self._all("insert or replace into sessions values (?, null, true)", [session])

    def session(self, id: str) -> tuple[str | None, bool]:
        """The customer of a session, and whether it has ended."""
        rows = self._all("select customer_id, ended from sessions where id = ?", [id])
        return (rows[0][0], bool(rows[0][1])) if rows else (None, False)

    # Events

    def put_event(self, data: dict[str, Any]) -> None:
        """Remember an event that the backend would emit."""
        self._all("insert into events (data) values (?)", [_text(data)])

    def events(self) -> list[dict[str, Any]]:
        """All events, the oldest first."""
        return [json.loads(data) for (data,) in self._all("select data from events order by number")]


def _text(data: dict[str, Any]) -> str:
    return dumps(data).decode()
