"""The connection pools: no stale connection, none of a parent process, and no place in a pool is ever lost."""

from __future__ import annotations

import http.client
import os
import queue
import threading
import time
import warnings
import weakref
from contextlib import suppress
from contextvars import ContextVar
from functools import cache, partial
from typing import Any, cast

import urllib3
from urllib3 import HTTPConnectionPool, connectionpool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import ClosedPoolError, EmptyPoolError, ReadTimeoutError

from .call import call_under_way, shortest
from .connection import in_time

_connectionpool: Any = connectionpool  # vcrpy replaces a function of it.

LONGEST_IDLE = 4.0
"""Seconds after which a pooled connection is not used again: Medusa closes them after 5 s, maybe as we send."""

_LOOK_AGAIN = 1.0
"""Seconds after which a waiting call looks for a place by itself: an exception may have interrupted what wakes it."""


class Lease:
    """One attempt's use of a connection, which has a place in the pool for as long as this object lives.

    A signal handler, or a greenlet's timeout, may raise an exception between any two steps of Python. So no step is
    needed to give the place back.
    """

    __slots__ = ("__weakref__", "_place", "_places", "connection")

    def __init__(self) -> None:
        self.connection: Any = None
        self._places: _Places | None = None
        self._place: weakref.ref[Lease] | None = None

    def take_place(self, places: _Places, seconds: float | None) -> None:
        """Wait for a place. Raises `queue.Empty` if none becomes free in time, and `_Closed`."""
        self._places = places
        self._place = places.take(self, seconds)

    def give_back(self) -> None:
        """Put the connection into the pool, for the next call."""
        connection, self.connection = self.connection, None
        if connection is not None and self._places is not None:
            self._places.keep(connection)
        self.end()

    def end(self) -> None:
        """Leave the place to others, and close the connection if it was not given back."""
        connection, self.connection = self.connection, None
        try:
            if connection is not None:
                connection.close()
        finally:
            if self._places is not None:
                self._places.leave(self._place)

    # A response has its lease where urllib3 has the connection, which another call may use long before this is called.

    def close(self) -> None:
        """Close the connection if it was not given back."""
        if self.connection is not None:
            self.connection.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


lease_under_way: ContextVar[weakref.ref[Lease] | None] = ContextVar("lease_under_way", default=None)
"""Weak, so that it keeps no place where an exception interrupts the end of an attempt."""


def _lease() -> Lease | None:
    reference = lease_under_way.get()
    return None if reference is None else reference()


class _Closed(Exception):
    """The pool was closed."""


class _Places:
    """A pool's idle connections and its places, of which each call needs one. It stands where urllib3 has a queue.

    Only built-in operations change it. Whatever interrupts them, the lists are right.
    """

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self.closed = False
        self.taken: set[weakref.ref[Lease] | None] = set()
        self._idle: list[Any] = []
        self._lock = threading.RLock()
        self._calls = queue.SimpleQueue[None]()
        """Wakes one of those that wait, who wakes the next if there is one more place."""

    def take(self, lease: Lease, seconds: float | None) -> weakref.ref[Lease]:
        ends = None if seconds is None else time.monotonic() + seconds
        waited = False
        while not self.closed:
            with self._lock:
                if len(self.taken) < self.maxsize:
                    place = weakref.ref(lease, self.taken.discard)  # A built-in method, which nothing can interrupt.
                    self.taken.add(place)
                    if waited:
                        self.wake()
                    return place
            left = None if ends is None else ends - time.monotonic()
            if left is not None and left <= 0:
                raise queue.Empty
            with suppress(queue.Empty):
                self._calls.get(timeout=shortest(left, _LOOK_AGAIN))
            waited = True
        self.wake()
        raise _Closed

    def leave(self, place: weakref.ref[Lease] | None) -> None:
        if place in self.taken:
            self.taken.discard(place)
            self.wake()

    def wake(self) -> None:
        if self._calls.empty():
            self._calls.put(None)

    def keep(self, connection: Any) -> None:
        """Keep a connection for the next call. The caller leaves its place after that, or there would be one more."""
        if len(self._idle) >= self.maxsize:
            connection.close()
            return
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        if self.closed:
            self.close()

    def newest(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def close(self) -> None:
        self.closed = True
        while (connection := self.newest()) is not None:
            connection.close()
        self.wake()

    # What urllib3 calls when it makes or closes a pool, and vcrpy at the end of a cassette.

    def put(self, connection: Any) -> None:
        if connection is not None:
            self.keep(connection)

    def get(self, block: bool = True) -> Any:
        connection = self.newest()
        if connection is None:
            raise queue.Empty
        return connection

    def qsize(self) -> int:
        return len(self._idle)


class _Pool(HTTPConnectionPool):
    QueueCls = _Places  # type: ignore[assignment]
    pool: Any

    @property
    def ConnectionCls(self) -> Any:  # type: ignore[override]
        """The class that urllib3 has now, since vcrpy and others replace it, made to keep a call's deadline."""
        return in_time(super().ConnectionCls)

    def _get_conn(self, timeout: float | None = None) -> Any:
        places: _Places | None = self.pool
        lease = _lease() or Lease()
        lease.end()
        call = call_under_way.get()
        if call is not None:
            timeout = shortest(timeout, call.longest_wait, call.time_left())
        try:
            if places is None:
                raise _Closed
            lease.take_place(places, timeout if self.block else 0)
        except _Closed:
            raise ClosedPoolError(self, "Pool is closed.") from None
        except queue.Empty:
            if self.block:
                raise EmptyPoolError(self, "No connection became free in time.") from None
        connection = lease.connection = cast(_Places, places).newest()
        if connection is not None and not isinstance(connection, self.ConnectionCls):
            connection.close()
            connection = None
        if connection is None:
            connection = lease.connection = self._new_conn()
        elif not _is_fresh(connection):
            connection.close()  # It opens itself again.
        return connection

    def _put_conn(self, conn: Any) -> None:
        lease = conn if isinstance(conn, Lease) else _lease()
        if isinstance(conn, Lease) or (lease is not None and conn is not None and lease.connection is conn):
            cast(Lease, lease).give_back()
        elif conn is not None:
            conn.close()  # It was taken without a lease, or its lease has ended.

    def _make_request(self, conn: Any, *args: Any, **options: Any) -> Any:
        conn.write_timeout = options["timeout"].read_timeout
        try:
            response: Any = super()._make_request(conn, *args, **options)
        except TimeoutError as error:  # urllib3 has exceptions of its own where it connects and reads.
            raise ReadTimeoutError(self, "", "Write timed out.") from error
        lease = _lease()
        if lease is not None and lease.connection is response._connection:
            response._connection = lease
        return response

    def close(self) -> None:
        """Close the idle connections, and have the calls that wait for one fail with `ClosedPoolError`."""
        places: _Places | None = self.pool
        super().close()
        if places is not None:
            places.close()


def _is_fresh(connection: Any) -> bool:
    idle = time.monotonic() - connection.idle_since
    return idle <= LONGEST_IDLE and not _connectionpool.is_connection_dropped(connection) and not _has_more(connection)


def _has_more(connection: Any) -> bool:
    """Whether TLS has already unpacked what nobody asked for; urllib3 looks at the socket alone."""
    sock = getattr(connection, "sock", None)
    unpacked = getattr(getattr(sock, "sslobj", sock), "pending", None)  # sslobj: of TLS in a proxy's TLS
    return bool(unpacked and unpacked()) or bool(getattr(getattr(sock, "incoming", None), "pending", 0))


_FITS = issubclass(HTTPConnection, http.client.HTTPConnection) and all(
    hasattr(HTTPConnectionPool, name)
    for name in ("QueueCls", "ConnectionCls", "_get_conn", "_make_request", "_new_conn", "_put_conn")
)
if not _FITS:
    warnings.warn(
        "urllib3 is replaced by another package, such as the urllib3-future of niquests: a deadline bounds each step of"
        " a call but not the whole call, and pool_maxsize does not limit the connections",
        RuntimeWarning,
        stacklevel=2,
    )


@cache
def _ours(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    return pool if issubclass(pool, _Pool) else type(pool.__name__, (_Pool, pool), {})


def adopt(manager: urllib3.PoolManager, pool_of: dict[Any, Any]) -> None:
    """Have a manager make its pools of our class, whatever they are, and close those for which it has no room."""
    if not _FITS:
        manager.connection_pool_kw["block"] = False  # Such a pool would wait for ever, whatever the timeout.
        return
    classes: Any = manager.pool_classes_by_scheme
    if not all(issubclass(pool, _Pool) for pool in classes.values()):
        manager.pool_classes_by_scheme = {scheme: _ours(pool) for scheme, pool in classes.items()}
        manager.pools.dispose_func = partial(_dispose, pool_of)


def _dispose(pool_of: dict[Any, Any], pool: Any) -> None:
    pool_of.clear()
    pool.close()


class Managers:
    """urllib3's pool managers of an adapter and its copies, in one process."""

    def __init__(self) -> None:
        self.direct: Any = None
        self.of_proxy: dict[str, Any] = {}
        self.pool_of: dict[Any, Any] = {}
        """The pool of an origin without a proxy, because urllib3 takes long to find it."""
        self.lock = threading.RLock()
        self.closings = 0


def of_this_process(managers: dict[int, Managers]) -> Managers:
    """Return the managers of this process.

    A forked child makes its own. It keeps those of its parent and never uses them: their locks may be held by threads
    that it does not have, and their sockets are the parent's.
    """
    process = os.getpid()
    return managers.get(process) or managers.setdefault(process, Managers())
