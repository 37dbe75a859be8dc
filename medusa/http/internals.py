"""Every use of what urllib3, http.client and PySocks do not document.

With it, each step of a call keeps the deadline, an exception never takes a place in a pool, and no call receives what
is left of the response to another. Where a name is missing, their own classes do the work, and a warning says what is
lost.
"""

from __future__ import annotations

import http.client
import importlib
import inspect
import io
import queue
import socket
import ssl
import time
import warnings
from collections.abc import Iterator
from functools import cache
from operator import methodcaller
from types import SimpleNamespace
from typing import Any, cast

import urllib3
import urllib3.connection
import urllib3.util.connection
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import (
    ClosedPoolError,
    ConnectTimeoutError,
    EmptyPoolError,
    InvalidHeader,
    NewConnectionError,
    ReadTimeoutError,
)

from .call import call_under_way, shortest, time_left
from .pool import Lease, Places, PoolClosed, current_lease

HTTPConnection = urllib3.connection.HTTPConnection

LONGEST_IDLE = 4.0
"""Seconds after which a pooled connection is not used again: Medusa closes them after 5 s, maybe as we send."""

PIECE = 16_384
"""Bytes that are sent at a time. Each piece has the whole timeout, as each read has."""


def _keep_time(sock: Any) -> None:
    """Leave a socket no more time than the call has left. Raises `TimeoutError` if it has none."""
    left = time_left()
    if left is not None:
        if left <= 0:
            raise TimeoutError("the call's deadline is over")
        sock.settimeout(shortest(sock.gettimeout(), left))


class _Received(io.RawIOBase):
    """What a socket receives. No read lasts longer than the socket's timeout, or than the call has left."""

    def __init__(self, sock: Any, raw: Any) -> None:
        self._sock, self._raw = sock, raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        _keep_time(self._sock)
        count: int | None = self._raw.readinto(buffer)
        _keep_time(self._sock)  # A TLS handshake may follow.
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Stream(io.BufferedReader):
    """The bytes of a response. Raises `HTTPException` for those that http.client and urllib3 would misread."""

    def readline(self, limit: int | None = -1, /) -> bytes:
        line = super().readline(limit)
        if b"\r" in line[:-2]:  # http.client would begin a new header there.
            raise http.client.HTTPException("a header of the response contains a bare CR")
        return line

    def read(self, size: int | None = None, /) -> bytes:
        if size is not None and size < 0:  # The size of a chunk, with which they would read to the end.
            raise http.client.HTTPException("a chunk of the response has a negative size")
        return super().read(size)


class _Source:
    """What http.client takes for the socket of a response."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def makefile(self, _: str) -> _Stream:
        raw = self._sock.makefile("rb", buffering=0)
        return _Stream(raw if time_left() is None else _Received(self._sock, raw))


class _Response(http.client.HTTPResponse):
    """http.client's response, but in time, and the one to this request."""

    def __init__(self, sock: Any, *args: Any, method: str | None = None, **options: Any) -> None:
        super().__init__(cast("Any", _Source(sock)), *args, method=method, **options)
        self._is_to_head = method == "HEAD"

    def begin(self) -> None:
        """Read to the headers of the final response."""
        super().begin()
        while 101 < self.status < 200:  # http.client skips 100 alone. The next call would receive the final response.
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        # Nor may the next call receive the body of a response that has none.
        has_no_body = self.status in (101, 204, 304) or self._is_to_head
        # http.client looks at the first Connection header alone.
        closes = "close" in ",".join(self.headers.get_all("Connection", ())).lower()
        if closes or has_no_body or not self._is_framed_clearly():
            self.will_close = True
        # Otherwise urllib3 logs malformed headers at WARNING, with the URL, such as the e-mail address of a lookup.
        self.msg.defects.clear()
        self.msg.set_payload("")

    def _is_framed_clearly(self) -> bool:
        """Whether everybody agrees on where the body ends: RFC 9112, section 6.3."""
        lengths: list[str] = self.headers.get_all("Content-Length", [])
        codings: list[str] = self.headers.get_all("Transfer-Encoding", [])
        if len({length.strip() for length in ",".join(lengths).split(",")}) > 1 and not codings:
            raise InvalidHeader("Content-Length has several values")  # urllib3 would raise it too late to close all.
        if self.headers.defects:  # The headers after a malformed one are lost.
            return False
        if codings:
            return not lengths and self.version == 11 and [coding.lower() for coding in codings] == ["chunked"]
        return len(set(lengths)) < 2 and all(length.isascii() and length.isdecimal() for length in lengths)


class _Connection(HTTPConnection):
    """urllib3's connection, which sends, receives and waits in the time that the call has left."""

    response_class = _Response
    idle_since = 0.0

    def is_fresh(self) -> bool:
        """Whether the backend still keeps it open, and has sent nothing that nobody asked for."""
        return time.monotonic() - self.idle_since <= LONGEST_IDLE and _is_silent(self.sock)

    def request(self, *args: Any, **options: Any) -> None:
        """Send a request, each piece in the time for a read. urllib3 sends all of it in the time to connect."""
        lease = current_lease()
        try:
            if self.sock is None:
                self.connect()
            if lease is not None:
                self.timeout = lease.write_timeout
            super().request(*args, **options)
        except TimeoutError as error:  # urllib3 has exceptions of its own where it connects and reads.
            raise ReadTimeoutError(cast("Any", self), "", "Write timed out.") from error

    def send(self, data: Any) -> None:
        """Send bytes in pieces, because `sendall` has one timeout for all of its bytes."""
        for piece in _pieces(data):
            _keep_time(self.sock)
            super().send(piece)

    def _connect_tls_proxy(self, hostname: str, sock: Any) -> Any:
        return _TlsToProxy(super()._connect_tls_proxy(hostname, sock))  # type: ignore[misc]


def _is_silent(sock: Any) -> bool:
    if sock is None:
        return False
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        sock.recv(1)  # Of TLS too, which may have unpacked bytes that the socket no longer has.
    except (BlockingIOError, ssl.SSLWantReadError):
        sock.settimeout(timeout)
        return True
    except OSError:
        pass
    return False


def _pieces(data: Any) -> Iterator[Any]:
    if not hasattr(data, "__getitem__"):  # A file, which urllib3 itself reads in pieces.
        yield data
        return
    for begin in range(0, len(data), PIECE):
        yield data[begin : begin + PIECE]


class _DirectConnection(_Connection):
    """A connection that makes its own socket. urllib3 would give each address of the host all of the time."""

    def _new_conn(self) -> Any:
        if time_left() is None:
            return super()._new_conn()
        host, port = self._server()
        family = urllib3.util.connection.allowed_gai_family()
        try:
            addresses = socket.getaddrinfo(host.strip("[]"), port, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return super()._new_conn()  # urllib3 has exceptions of its own for a name without an address.
        try:
            return self._connected_to_one_of(addresses)
        except OSError as error:
            cause = getattr(error, "socket_err", None) or error  # PySocks wraps the exceptions of sockets.
            if isinstance(cause, TimeoutError):
                raise ConnectTimeoutError(self, f"Connection to {self.host} timed out.") from error
            raise NewConnectionError(self, f"Failed to establish a new connection: {cause}") from error

    def _connected_to_one_of(self, addresses: list[Any]) -> Any:
        while True:
            *kind, _, address = addresses.pop(0)
            sock = self._socket(kind)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(shortest(self.timeout, time_left()))
                if self.source_address:
                    sock.bind(self.source_address)
                self._connect_to(sock, address)
                sock.settimeout(shortest(self.timeout, time_left()))  # A TLS handshake may follow.
                return sock
            except BaseException as error:
                sock.close()
                if not isinstance(error, OSError) or not addresses or (time_left() or 0) <= 0:
                    raise

    def _server(self) -> tuple[str, int]:
        return self._dns_host, self.port

    def _socket(self, kind: Any) -> Any:
        return socket.socket(*kind)

    def _connect_to(self, sock: Any, address: Any) -> None:
        sock.connect(address)


class _SocksConnection(_DirectConnection):
    """A connection through a SOCKS proxy. The sockets of PySocks would give each byte of the proxy all of the time."""

    _socks_options: dict[str, Any]

    def _server(self) -> tuple[str, int]:
        return self._socks_options["proxy_host"], self._socks_options["proxy_port"]

    def _socket(self, kind: Any) -> Any:
        return _socks_socket()(*kind)

    def _connect_to(self, sock: Any, address: Any) -> None:
        options = self._socks_options
        login = options["rdns"], options["username"], options["password"]
        sock.set_proxy(options["socks_version"], *address[:2], *login)
        sock.connect((self.host.strip("[]"), self.port))


@cache
def _socks_socket() -> Any:
    """Return the class of PySocks's sockets, made to receive in the time that the call has left."""
    socks: Any = importlib.import_module("socks")

    class SocksSocket(socks.socksocket):  # type: ignore[misc]
        def recv_into(self, *args: Any) -> Any:
            _keep_time(self)
            return super().recv_into(*args)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

    return SocksSocket


class _TlsToProxy:
    """A TLS connection to a proxy. Inside it, that to the backend takes many reads for a handshake or a record."""

    def __init__(self, sock: Any) -> None:
        object.__setattr__(self, "_sock", sock)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._sock, name, value)

    def recv(self, *args: Any) -> Any:
        _keep_time(self._sock)
        return self._sock.recv(*args)

    def sendall(self, *args: Any) -> None:
        _keep_time(self._sock)
        self._sock.sendall(*args)


class _Pool(HTTPConnectionPool):
    """urllib3's pool, whose connections are lent out as leases."""

    QueueCls = Places  # type: ignore[assignment]
    pool: Any

    @property
    def ConnectionCls(self) -> Any:  # type: ignore[override]
        """The class that urllib3 has now, since vcrpy and others replace it, made to keep a call's deadline."""
        return _in_time(super().ConnectionCls)

    def _get_conn(self, timeout: float | None = None) -> Any:
        lease = current_lease() or Lease()
        lease.end()
        call = call_under_way.get()
        if call is not None:
            timeout = shortest(timeout, call.longest_wait, call.time_left())
        places: Places | None = self.pool
        if places is None:
            raise ClosedPoolError(self, "Pool is closed.")
        try:
            lease.take_place(places, timeout if self.block else 0)
        except PoolClosed:
            raise ClosedPoolError(self, "Pool is closed.") from None
        except queue.Empty:
            if self.block:
                raise EmptyPoolError(self, "No connection became free in time.") from None
        connection = lease.connection = places.newest()
        if connection is None or not self._may_use(connection):
            lease.close()
            lease.connection = self._new_conn()
        return lease

    def _may_use(self, connection: Any) -> bool:
        """Whether it is of the class that is wanted now, and fresh."""
        return (
            isinstance(connection, _Connection) and isinstance(connection, self.ConnectionCls) and connection.is_fresh()
        )

    def _put_conn(self, conn: Any) -> None:
        if isinstance(conn, Lease):
            conn.give_back()
        elif conn is not None:
            conn.close()  # It was taken without a lease.

    def close(self) -> None:
        """Close the idle connections, and have the calls that wait for one fail with `ClosedPoolError`."""
        places: Places | None = self.pool
        super().close()
        if places is not None:
            places.close()


@cache
def _in_time(cls: type[Any]) -> type[Any]:
    """Return a subclass that keeps a call's deadline; a class that is not urllib3's, such as vcrpy's, as it is."""
    if not issubclass(cls, HTTPConnection) or issubclass(cls, _Connection):
        return cls
    return type(cls.__name__, (_kind_of(cls), cls), {})


def _kind_of(cls: Any) -> type[_Connection]:
    if cls._new_conn is HTTPConnection._new_conn:
        return _DirectConnection
    is_socks = cls.__module__ == "urllib3.contrib.socks"
    return _SocksConnection if is_socks and _offers_socks_options() else _Connection


@cache
def _ours(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    return pool if issubclass(pool, _Pool) else type(pool.__name__, (_Pool, pool), {})


def adopt(manager: urllib3.PoolManager) -> None:
    """Have a manager make its pools of our class, whatever they are."""
    if _PROBLEM:
        manager.connection_pool_kw["block"] = False  # Such a pool would wait for ever, whatever the timeout.
    else:
        classes: Any = manager.pool_classes_by_scheme
        manager.pool_classes_by_scheme = {scheme: _ours(pool) for scheme, pool in classes.items()}
        manager.pools.dispose_func = methodcaller("close")  # urllib3 leaves that to the garbage collector.


def needed() -> list[tuple[Any, dict[str, Any]]]:
    """Return objects and the names that they must have, each with its kind: parameters, `type`, or None for any."""
    source: Any = SimpleNamespace(makefile=lambda _: io.BytesIO())
    pool = {"QueueCls": type, "ConnectionCls": type, "pool": None, "_new_conn": ()}
    return [
        (urllib3.PoolManager(), {"pool_classes_by_scheme": None}),
        (urllib3.PoolManager().pools, {"dispose_func": None}),
        (HTTPConnectionPool("localhost"), {**pool, "_get_conn": ("timeout",), "_put_conn": ("conn",)}),
        (HTTPConnection("localhost"), {"response_class": type, "_dns_host": None, "_new_conn": ()}),
        (urllib3.connection.HTTPSConnection("localhost"), {"_connect_tls_proxy": ("hostname", "sock")}),
        (urllib3.util.connection, {"allowed_gai_family": ()}),
        (http.client.HTTPResponse(source), {"begin": (), "will_close": None}),
    ]


def _has(owner: Any, name: str, kind: Any) -> bool:
    value = getattr(owner, name, _has)
    if kind is None:
        return value is not _has
    if kind is type:
        return isinstance(value, type)
    return callable(value) and value is not _has and tuple(inspect.signature(value).parameters) == kind


def _problem() -> str | None:
    """Return why this module can't be used."""
    if not issubclass(HTTPConnection, http.client.HTTPConnection):
        return "urllib3 is replaced by another package, such as the urllib3-future of niquests"
    missing = [
        f"{getattr(owner, '__name__', type(owner).__name__)}.{name}"
        for owner, names in needed()
        for name, kind in names.items()
        if not _has(owner, name, kind)
    ]
    return f"this version of urllib3 or Python has no {', '.join(missing)}, or another" if missing else None


_PROBLEM = _problem()
if _PROBLEM:
    warnings.warn(
        f"{_PROBLEM}: a deadline bounds each step of a call but not the whole call, and pool_maxsize does not limit the"
        " connections",
        RuntimeWarning,
        stacklevel=2,
    )


@cache
def _offers_socks_options() -> bool:
    """Whether the options of a SOCKS proxy are where they are expected."""
    socks: Any = importlib.import_module("urllib3.contrib.socks")
    options = socks.SOCKSProxyManager("socks5://localhost").connection_pool_kw.get("_socks_options", {})
    names = {"socks_version", "proxy_host", "proxy_port", "username", "password", "rdns"}
    is_kept = hasattr(socks.SOCKSConnection(options, "localhost"), "_socks_options")
    if is_kept and names <= options.keys():
        return True
    warnings.warn(
        "this version of urllib3 has no SOCKSConnection._socks_options, or another: connecting through a SOCKS proxy"
        " may take longer than a deadline",
        RuntimeWarning,
        stacklevel=2,
    )
    return False
