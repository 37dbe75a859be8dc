"""The places of connections in a pool, which are never lost, and the pools of each process."""

from __future__ import annotations

import queue
import threading
import time
import weakref
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from .call import shortest

_LOOK_AGAIN = 1.0
"""Seconds after which a waiting call looks for a place, in case an exception has interrupted the code that wakes it."""


class PoolClosed(Exception):
    """The pool was closed while a call waited for a place."""


class Lease:
    """The use of a connection by one attempt. It occupies a place in the pool as long as this object exists.

    A signal handler, or the timeout of a greenlet, may raise an exception between any two steps of Python. Therefore,
    no step is needed to free the place.

    urllib3 uses the lease as if it were the connection. urllib3 may close a response long after its connection was
    returned to the pool. By then, the lease has no connection, and closes nothing.
    """

    __slots__ = ("__weakref__", "_place", "_places", "connection", "write_timeout")

    def __init__(self, write_timeout: Any = None) -> None:
        self.connection: Any = None
        self.write_timeout = write_timeout
        self._places: Places | None = None
        self._place: weakref.ref[Lease] | None = None

    def take_place(self, places: Places, seconds: float | None) -> None:
        """Wait for a place. Raises `queue.Empty` if none becomes free in time, and `PoolClosed`."""
        self._places = places
        self._place = places.take(self, seconds)

    def give_back(self) -> None:
        """Return the connection to the pool for the next call."""
        connection, self.connection = self.connection, None
        if connection is not None and self._places is not None:
            self._places.keep(connection)
        self.end()

    def end(self) -> None:
        """Free the place, and close the connection if it was not returned to the pool."""
        connection, self.connection = self.connection, None
        try:
            if connection is not None:
                connection.close()
        finally:
            if self._places is not None:
                self._places.leave(self._place)

    def close(self) -> None:
        """Close the connection if it was not returned to the pool."""
        if self.connection is not None:
            self.connection.close()

    @property
    def timeout(self) -> Any:
        """The timeout of the connection, which urllib3 changes."""
        return self.connection.timeout

    @timeout.setter
    def timeout(self, seconds: Any) -> None:
        self.connection.timeout = seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


lease_under_way: ContextVar[weakref.ref[Lease] | None] = ContextVar("lease_under_way", default=None)
"""The reference is weak, so that it occupies no place if an exception interrupts the end of an attempt."""


def current_lease() -> Lease | None:
    """Return the lease of the current attempt, or None."""
    reference = lease_under_way.get()
    return None if reference is None else reference()


class Places:
    """The places of a pool, of which each call needs one, and its idle connections. It replaces the queue of urllib3.

    Only built-in operations change the lists, so that an exception never leaves them half changed.
    """

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self.closed = False
        self.taken: set[weakref.ref[Lease] | None] = set()
        self._idle: list[Any] = []
        self._lock = threading.RLock()
        self._calls = queue.SimpleQueue[None]()
        """Wakes one waiting call. That call wakes the next one if there is another place."""

    def take(self, lease: Lease, seconds: float | None) -> weakref.ref[Lease]:
        """Wait for a place. Raises `queue.Empty` if none becomes free in time, and `PoolClosed`."""
        ends = None if seconds is None else time.monotonic() + seconds
        waited = False
        while not self.closed:
            with self._lock:
                if len(self.taken) < self.maxsize:
                    place = weakref.ref(lease, self.taken.discard)  # No exception can interrupt a built-in method.
                    self.taken.add(place)
                    if waited:
                        self._wake()
                    return place
            left = None if ends is None else ends - time.monotonic()
            if left is not None and left <= 0:
                raise queue.Empty
            with suppress(queue.Empty):
                self._calls.get(timeout=shortest(left, _LOOK_AGAIN))
            waited = True
        self._wake()
        raise PoolClosed

    def leave(self, place: weakref.ref[Lease] | None) -> None:
        """Free a place."""
        if place in self.taken:
            self.taken.discard(place)
            self._wake()

    def _wake(self) -> None:
        if self._calls.empty():
            self._calls.put(None)

    def keep(self, connection: Any) -> None:
        """Keep a connection for the next call. The caller must free its place afterwards, not before."""
        if len(self._idle) >= self.maxsize or getattr(connection, "is_cut", False):
            connection.close()
            return
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        if self.closed:
            self.close()

    def newest(self) -> Any:
        """Take the connection that was used last, or return None if there is no idle one."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def close(self) -> None:
        """Close the idle connections, and make the waiting calls fail."""
        self.closed = True
        while (connection := self.newest()) is not None:
            connection.close()
        self._wake()

    # urllib3 calls these methods when it creates or closes a pool, and vcrpy at the end of a cassette.

    def put(self, connection: Any) -> None:
        """Keep a connection. Do nothing for None, which urllib3 uses as a free place."""
        if connection is not None:
            self.keep(connection)

    def get(self, block: bool = True) -> Any:
        """Take an idle connection. Raises `queue.Empty` if there is none."""
        connection = self.newest()
        if connection is None:
            raise queue.Empty
        return connection

    def qsize(self) -> int:
        """Return the number of idle connections."""
        return len(self._idle)


class Managers:
    """The pool managers of urllib3 that belong to an adapter and its copies, in one process."""

    def __init__(self) -> None:
        self.direct: Any = None
        self.of_proxy: dict[str, Any] = {}
        self.lock = threading.RLock()
        self.closings = 0
        self.pools: weakref.WeakValueDictionary[Any, Any] = weakref.WeakValueDictionary()
        """The pools that are used without a proxy, by origin. urllib3 takes longer to find one."""
