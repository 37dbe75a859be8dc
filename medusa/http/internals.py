"""Every use of undocumented names of urllib3, http.client and PySocks.

This module makes each step of a call keep the deadline. It ensures that an exception never occupies a place in a pool,
and that no call receives the rest of a response to another call. If a name is missing, the classes of urllib3 and
http.client are used instead, and a warning says what is lost.
"""

from __future__ import annotations

import http.client
import io
import queue
import re
import socket
import ssl
import time
import warnings
from collections.abc import Callable
from contextvars import Context
from functools import cache, partial
from operator import methodcaller
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
from urllib3.util import Timeout

from .call import call_under_way, shortest, time_left
from .expected import missing_names
from .pool import Lease, Places, PoolClosed, current_lease
from .sockets import PIECE, Source, Stream, TlsToProxy, has_refused, is_silent, keep_time, socks_socket, spare_calls

HTTPConnection = urllib3.connection.HTTPConnection

LONGEST_IDLE = 4.0
"""Seconds after which an idle connection is not used again. Medusa closes it after 5 s, maybe as a request is sent."""

_FRAMING = frozenset(("connection", "content-length", "transfer-encoding"))


class _Response(http.client.HTTPResponse):
    """A response of http.client that keeps the deadline and is never the response to another request."""

    def __init__(self, sock: Any, debuglevel: int = 0, method: str | None = None) -> None:
        source: Any = Source(sock)
        super().__init__(source, debuglevel, method)
        self._is_to_head = method == "HEAD"

    def begin(self) -> None:
        """Read the headers of the final response."""
        usual = _usual_head()
        if usual is not None and self._begin_plainly(usual):
            return
        super().begin()
        while 101 < self.status < 200:  # http.client skips only 100, so the next call would receive the final one.
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
        names = {name.lower() for name in self.headers}
        connection, lengths, codings = (
            self.headers.get_all(name, []) if name in names else []
            for name in ("connection", "content-length", "transfer-encoding")
        )
        closes = "close" in ",".join(connection).lower()  # http.client looks only at the first field.
        has_no_body = self.status in (101, 204, 304) or self._is_to_head  # A body would be read by the next call.
        if closes or has_no_body or not self._is_framed_clearly(lengths, codings):
            self.will_close = True
        # Otherwise, urllib3 logs malformed headers at WARNING, with the URL, which may contain an e-mail address.
        self.msg.defects.clear()
        self.msg.set_payload("")

    def _begin_plainly(self, usual: re.Pattern[bytes]) -> bool:
        """Read the head of the response and return True if it is a usual one. Otherwise, read nothing and return False.

        http.client reads headers with the parser for e-mails, which takes an eighth of the time of a call. A usual head
        was received in one piece and is understood by all parsers in the same way.
        """
        stream = cast("Stream", self.fp)
        head = usual.match(stream.peek())
        if head is None or head[1] in (b"204", b"304") or self._is_to_head or self.debuglevel:
            return False
        message, framing = http.client.HTTPMessage(), dict[str, str]()
        for line in head[3].decode("ascii").split("\r\n")[:-1]:
            name, _, value = line.partition(":")
            value = value.lstrip(" \t")
            message.set_raw(name, value)
            key = name.lower()
            if key in _FRAMING:
                if key in framing:
                    return False
                framing[key] = value.lower()
        length, coding = framing.get("content-length"), framing.get("transfer-encoding")
        is_sized = coding is None and length is not None and length.isdecimal() and len(length) < 16
        is_chunked = length is None and coding == "chunked"
        if not (is_sized or is_chunked) or framing.get("connection", "keep-alive") != "keep-alive":
            return False
        stream.read(head.end())
        message.set_payload("")
        self.headers = self.msg = message
        self.version, self.status, self.reason = 11, int(head[1]), (head[2] or b"").decode("ascii").strip()
        self.code = self.status
        self.chunked, self.will_close = is_chunked, False
        self.length = None if length is None else int(length)
        if is_chunked:
            self.chunk_left = None
        return True

    def _is_framed_clearly(self, lengths: list[str], codings: list[str]) -> bool:
        """Return whether it is clear where the body ends. See RFC 9112, section 6.3."""
        if len({length.strip() for length in ",".join(lengths).split(",")}) > 1 and not codings:
            # urllib3 raises this too, but too late for the connection to be closed.
            raise InvalidHeader("Content-Length has several values")
        if self.headers.defects:  # The headers after a malformed header are lost.
            return False
        if codings:
            return not lengths and self.version == 11 and [coding.lower() for coding in codings] == ["chunked"]
        return len(set(lengths)) < 2 and all(length.isascii() and length.isdecimal() for length in lengths)


class _Connection(HTTPConnection):
    """A connection of urllib3 that keeps the deadline of the call in each step."""

    response_class = _Response
    idle_since = 0.0
    is_cut = False
    """Whether only a part of a request was sent. The backend may still wait for the rest."""

    def is_fresh(self) -> bool:
        """Return whether the connection is still open and no unexpected bytes have arrived."""
        return time.monotonic() - self.idle_since <= LONGEST_IDLE and is_silent(self.sock)

    def connect(self) -> None:
        """Connect with a socket that makes no unnecessary system calls."""
        super().connect()
        spare_calls(self.sock)

    def request(self, *args: Any, **options: Any) -> None:
        """Send a request. Each piece has the timeout of a read. In urllib3, the timeout to connect is for all of it."""
        lease = current_lease()
        try:
            if self.sock is None:
                self.connect()
            if lease is not None and not isinstance(lease.write_timeout, Timeout):
                self.timeout = lease.write_timeout
            super().request(*args, **options)
        except TimeoutError as error:  # urllib3 converts this exception only while it connects or reads.
            raise ReadTimeoutError(cast("Any", self), "", "Write timed out.") from error

    def send(self, data: Any) -> None:
        """Send bytes in pieces, because `sendall` has one timeout for all bytes."""
        self.is_cut = True
        for begin in range(0, len(data), PIECE):
            keep_time(self.sock)
            if len(data) >= PIECE and has_refused(self.sock):
                # urllib3 then reads the response, as it does if the backend has closed the connection.
                raise BrokenPipeError("the backend responded before the whole request was sent")
            try:
                super().send(data[begin : begin + PIECE])
            except ssl.SSLEOFError as error:  # The same as a broken pipe, over TLS.
                raise BrokenPipeError(str(error)) from error
        self.is_cut = False

    def _connect_tls_proxy(self, hostname: str, sock: Any) -> Any:
        return TlsToProxy(super()._connect_tls_proxy(hostname, sock))  # type: ignore[misc]


class _DirectConnection(_Connection):
    """A connection that creates its own socket. urllib3 would allow the whole timeout for each address of the host."""

    def _new_conn(self) -> Any:
        if time_left() is None:
            return super()._new_conn()
        host, port = self._server()
        family = urllib3.util.connection.allowed_gai_family()
        try:
            addresses = socket.getaddrinfo(host.strip("[]"), port, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return super()._new_conn()  # urllib3 raises its own exceptions for a name that has no address.
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
            sock, address = self._socket(kind, address)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(shortest(self.timeout, time_left()))
                if self.source_address:
                    sock.bind(self.source_address)
                sock.connect(address)
                sock.settimeout(shortest(self.timeout, time_left()))  # A TLS handshake may follow.
                return sock
            except BaseException as error:
                sock.close()
                if not isinstance(error, OSError) or not addresses or (time_left() or 0) <= 0:
                    raise

    def _server(self) -> tuple[str, int]:
        return self._dns_host, self.port

    def _socket(self, kind: Any, address: Any) -> Any:
        return socket.socket(*kind), address


class _SocksConnection(_DirectConnection):
    """A connection through a SOCKS proxy. PySocks would allow the whole timeout for each byte of the proxy."""

    _socks_options: dict[str, Any]

    def _new_conn(self) -> Any:
        names = {"socks_version", "proxy_host", "proxy_port", "username", "password", "rdns"}
        if names <= vars(self).get("_socks_options", {}).keys():
            return super()._new_conn()
        _warn(
            "this version of urllib3 or Python has no such SOCKSConnection._socks_options",
            "connecting through a SOCKS proxy may take longer than a deadline",
        )
        return super(_DirectConnection, self)._new_conn()

    def _server(self) -> tuple[str, int]:
        return self._socks_options["proxy_host"], self._socks_options["proxy_port"]

    def _socket(self, kind: Any, address: Any) -> Any:
        sock, options = socks_socket()(*kind), self._socks_options
        login = options["rdns"], options["username"], options["password"]
        sock.set_proxy(options["socks_version"], *address[:2], *login)
        return sock, (self.host.strip("[]"), self.port)


class _Pool(HTTPConnectionPool):
    """A pool of urllib3 that lends its connections out as leases."""

    QueueCls = Places  # type: ignore[assignment]
    pool: Any

    @property
    def ConnectionCls(self) -> Any:  # type: ignore[override]
        """The class of connections with deadlines. It is looked up each time, because vcrpy and others replace it."""
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
        wanted, connection = self.ConnectionCls, places.newest()
        lease.connection = connection
        if not (isinstance(connection, _Connection) and isinstance(connection, wanted) and connection.is_fresh()):
            lease.close()
            lease.connection = self._new_conn()
        return lease

    def _put_conn(self, conn: Any) -> None:
        if isinstance(conn, Lease):
            conn.give_back()
        elif conn is not None:
            conn.close()  # The connection has no lease.

    def close(self) -> None:
        """Close the idle connections. Calls that wait for a connection fail with `ClosedPoolError`."""
        places: Places | None = self.pool
        super().close()
        if places is not None:
            places.close()


@cache
def _in_time(cls: Any) -> Any:
    """Return a subclass that keeps deadlines. A class of another library, such as vcrpy, is returned unchanged."""
    if not issubclass(cls, HTTPConnection) or issubclass(cls, _Connection):
        return cls
    ours = _Connection
    if cls._new_conn is HTTPConnection._new_conn:
        ours = _DirectConnection
    elif cls.__module__ == "urllib3.contrib.socks":
        ours = _SocksConnection
    return type(cls.__name__, (ours, cls), {})


@cache
def _ours(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    return pool if issubclass(pool, _Pool) else type(pool.__name__, (_Pool, pool), {})


def adopt(manager: urllib3.PoolManager) -> None:
    """Make a manager create pools of the class `_Pool`, and close the pools that it drops."""
    if PROBLEM is None:
        classes: Any = manager.pool_classes_by_scheme
        manager.pool_classes_by_scheme = {scheme: _ours(pool) for scheme, pool in classes.items()}
        manager.pools.dispose_func = methodcaller("close")  # urllib3 leaves this to the garbage collector.


class _NoSocket:
    """A socket that has received these bytes."""

    def __init__(self, received: bytes = b"") -> None:
        self._received = received

    def makefile(self, _: str, buffering: int = -1) -> io.BytesIO:
        return io.BytesIO(self._received)


@cache
def _usual_head() -> re.Pattern[bytes] | None:
    """Return the pattern of a usual head. It is compiled when it is first needed.

    Return None if `_begin_plainly` does not set the same attributes of a response as http.client. A later Python may
    set more of them.
    """
    usual = re.compile(
        rb"HTTP/1\.1 ([2-5][0-9][0-9]) ([\x21-\x7e][\x20-\x7e]*)?\r\n"
        rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n){1,50})\r\n"
    )

    def remembered(response: Any, begin: Callable[[], object]) -> dict[str, Any]:
        begin()
        found: dict[str, Any] = {**vars(response), "fp": response.fp.read(), "headers": vars(response.headers)}
        return {name: value for name, value in found.items() if name not in ("_is_to_head", "msg")}

    for framing in (b"Content-Length: 2", b"Transfer-Encoding: chunked"):
        sock: Any = _NoSocket(b"HTTP/1.1 200 OK\r\nA: b\r\n" + framing + b"\r\n\r\n{}")
        try:
            plain = http.client.HTTPResponse(sock)
            # Run outside of the current call, whose deadline would require a real socket.
            quick = Context().run(_Response, sock)
            if remembered(plain, plain.begin) != remembered(quick, partial(quick._begin_plainly, usual)):
                return None
        except Exception:  # If a later http.client fails here, it reads all heads itself. No call must fail.
            return None
    return usual


def needed() -> list[tuple[Any, dict[str, Any]]]:
    """Return objects and the names that they must have: for a function its parameters, for a value None."""
    pool: dict[str, Any] = {"QueueCls": None, "ConnectionCls": None, "pool": None, "_new_conn": []}
    response = http.client.HTTPResponse(cast("Any", _NoSocket()))
    return [
        (urllib3.PoolManager(), {"pool_classes_by_scheme": None}),
        (urllib3.PoolManager().pools, {"dispose_func": None}),
        (HTTPConnectionPool("localhost"), {**pool, "_get_conn": ["timeout"], "_put_conn": ["conn"]}),
        (HTTPConnection("localhost"), {"response_class": None, "_dns_host": None, "_new_conn": []}),
        (urllib3.connection.HTTPSConnection("localhost"), {"_connect_tls_proxy": ["hostname", "sock"]}),
        (urllib3.util.connection, {"allowed_gai_family": []}),
        (response, {"begin": [], "will_close": None}),
    ]


def _problem() -> str | None:
    """Return why the classes of this module can't be used, or None if they can."""
    if not issubclass(HTTPConnection, http.client.HTTPConnection):
        return "urllib3 is replaced by another package, such as the urllib3-future of niquests"
    missing = missing_names(needed())
    return f"this version of urllib3 or Python has no such {', '.join(missing)}" if missing else None


def _warn(problem: str, what_is_lost: str) -> None:
    warnings.warn(f"{problem}: {what_is_lost}", RuntimeWarning, stacklevel=3)


PROBLEM = _problem()
if PROBLEM:
    _warn(
        PROBLEM,
        "a deadline bounds each step of a call but not the whole call, and pool_maxsize does not limit the connections",
    )
