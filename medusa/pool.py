"""The connection pools: no stale connection, none of a parent process, no wait or read past the call's deadline."""

from __future__ import annotations

import io
import os
import threading
import time
import weakref
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any, cast

import urllib3
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import EmptyPoolError

if TYPE_CHECKING:
    import socket

LONGEST_IDLE = 4.0
"""Seconds after which a pooled connection is not used again: Medusa closes them after 5 s, maybe as we send."""


@dataclass(frozen=True, slots=True)
class Call:
    """What the adapter and the pools must know of the call under way."""

    asked: str
    """The method and the route, for the log."""
    ends: float | None
    """When it must be over, by `time.monotonic()`."""
    longest_wait: float | None
    """Seconds to wait for a free connection."""
    max_response_bytes: int

    def time_left(self) -> float | None:
        """Seconds until it must be over."""
        return None if self.ends is None else self.ends - time.monotonic()


call_under_way: ContextVar[Call | None] = ContextVar("call_under_way", default=None)


def time_left() -> float | None:
    """Seconds that the call under way has left; None where it has no deadline."""
    call = call_under_way.get()
    return None if call is None else call.time_left()


def shortest(*seconds: float | None) -> float | None:
    """The shortest of these times, where None is no limit, and none is too short for a socket."""
    limits = [limit for limit in seconds if limit is not None]
    return max(0.001, min(limits)) if limits else None


class _ReaderInTime(io.RawIOBase):
    """What a socket receives; no read of it lasts longer than the socket's timeout, or than the call has left."""

    def __init__(self, sock: socket.socket, raw: Any, call: Call) -> None:
        self._sock, self._raw, self._call = sock, raw, call
        self._timeout = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._call.time_left()
        if left is not None and left <= 0:
            raise TimeoutError("the call's deadline is over")
        self._sock.settimeout(shortest(self._timeout, left))
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(HTTPResponse):
    """http.client's response, but in time, and the one to this request."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        call = call_under_way.get()
        if call is not None and call.ends is not None:  # or a byte now and then would keep it reading for ever
            self.fp = io.BufferedReader(_ReaderInTime(sock, self.fp.detach(), call))

    def begin(self) -> None:
        """Read to the headers of the final answer."""
        super().begin()
        while 101 < self.status < 200:  # http.client skips 100 alone; the final answer would be the next call's
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        # Nor may it get the body of what has none. http.client looks at the first Connection header alone.
        closes = "close" in ",".join(self.headers.get_all("Connection", ())).lower()
        if closes or self.status in (101, 204, 304) or self._method == "HEAD":  # type: ignore[attr-defined]
            self.will_close = True
        # Otherwise urllib3 logs malformed headers at WARNING, with the URL, such as the e-mail address of a lookup.
        self.msg.defects.clear()
        self.msg.set_payload("")


class _Pool(HTTPConnectionPool):
    # The classes of the connections stay urllib3's own, which vcrpy and others replace.

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.response_class = _Response
        return connection

    def _get_conn(self, timeout: float | None = None) -> Any:
        call = call_under_way.get()
        if call is not None:
            timeout = shortest(timeout, call.longest_wait, call.time_left())
        try:
            connection: Any = super()._get_conn(timeout)
        except EmptyPoolError:
            raise
        except BaseException:  # a signal's, or a greenlet's timeout: urllib3 will put back what it did not take
            _interrupted.waiting = True
            raise
        if time.monotonic() - getattr(connection, "idle_since", float("inf")) > LONGEST_IDLE or _has_more(connection):
            connection.close()  # it opens itself again
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = time.monotonic()
        elif getattr(_interrupted, "waiting", False):
            _interrupted.waiting = False
            return
        super()._put_conn(conn)

    def _make_request(self, conn: Any, *args: Any, **options: Any) -> Any:
        if getattr(conn, "sock", None) is not None:  # urllib3 sends with the timeout that the last read was left with
            conn.sock.settimeout(options["timeout"].connect_timeout)
        return super()._make_request(conn, *args, **options)


def _has_more(connection: Any) -> bool:
    """Whether TLS has already unpacked what nobody asked for; urllib3 looks at the socket alone."""
    sock = getattr(connection, "sock", None)
    unpacked = getattr(getattr(sock, "sslobj", sock), "pending", None)  # sslobj: of TLS in a proxy's TLS
    return bool(unpacked and unpacked()) or bool(getattr(getattr(sock, "incoming", None), "pending", 0))


_interrupted = threading.local()


@cache
def _ours(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    return pool if issubclass(pool, _Pool) else type(pool.__name__, (_Pool, pool), {})


_managers: weakref.WeakSet[urllib3.PoolManager] = weakref.WeakSet()
_inherited: list[Any] = []


def adopt(manager: urllib3.PoolManager) -> None:
    """Have a manager make its pools of this class too, whatever they are, and start anew in a forked child."""
    manager.pool_classes_by_scheme = {
        scheme: _ours(pool) for scheme, pool in cast("Any", manager).pool_classes_by_scheme.items()
    }
    _managers.add(manager)


def close_pools(manager: urllib3.PoolManager) -> None:
    """Close the connections of a manager's pools."""
    for key in manager.pools.keys():  # noqa: SIM118  # it can't be iterated
        pool = manager.pools.get(key)
        if pool is not None:
            pool.close()


def _leave_the_sockets_to_the_parent() -> None:
    for manager in list(_managers):
        manager.pools.lock = threading.RLock()  # another thread of the parent may have held it
        for key in manager.pools.keys():  # noqa: SIM118  # it can't be iterated
            pool: Any = manager.pools[key]
            parents = pool.pool
            if parents is None:
                continue
            parents.mutex._at_fork_reinit()  # a finalizer takes it at exit
            _inherited.append(parents)  # or they would be closed now, with a farewell on the parent's connection
            pool.pool = type(parents)(parents.maxsize)
            for _ in range(parents.maxsize):
                pool.pool.put(None)


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_leave_the_sockets_to_the_parent)
