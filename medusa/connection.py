"""One connection: all of its steps keep the call's deadline, and no other call gets what is left of its response."""

from __future__ import annotations

import importlib
import io
import socket
from collections.abc import Iterator
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any, cast

from urllib3.connection import HTTPConnection
from urllib3.exceptions import ConnectTimeoutError, InvalidHeader, NewConnectionError
from urllib3.util import connection as urllib3_connection

from .call import call_under_way, shortest, time_left

PIECE = 16_384
"""Bytes that are sent at a time: each piece has the whole timeout, as each read has."""


def in_time(cls: Any) -> type[Any]:
    """Return a subclass that keeps a call's deadline; a class that is not urllib3's, such as vcrpy's, as it is."""
    is_urllib3s = issubclass(cls, HTTPConnection) and not issubclass(cls, _Connection)
    return _subclass(cls) if is_urllib3s else cls


@cache
def _subclass(cls: type[Any]) -> type[Any]:
    return type(cls.__name__, (_Connection, cls), {})


def _keep_time(sock: Any) -> None:
    """Leave a socket no more time than the call has left. Raises `TimeoutError` if it has none."""
    left = time_left()
    if left is not None:
        if left <= 0:
            raise TimeoutError("the call's deadline is over")
        sock.settimeout(shortest(sock.gettimeout(), left))


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


class _ReaderInTime(io.RawIOBase):
    """What a socket receives; no read of it lasts longer than the socket's timeout, or than the call has left."""

    def __init__(self, sock: Any, raw: Any) -> None:
        self._sock, self._raw = sock, raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        _keep_time(self._sock)
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _HeaderLines:
    """The lines of a response before its body."""

    def __init__(self, fp: Any) -> None:
        self._fp = fp

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fp, name)

    def readline(self, limit: int) -> bytes:
        line: bytes = self._fp.readline(limit)
        if b"\r" in line[:-2]:  # http.client would begin a new header there.
            raise HTTPException("a header of the response contains a bare CR")
        return line


class _Response(HTTPResponse):
    """http.client's response, but in time, and the one to this request."""

    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        call = call_under_way.get()
        if call is not None and call.ends is not None:  # or a byte now and then would keep it reading for ever
            self.fp = io.BufferedReader(_ReaderInTime(sock, self.fp.detach()))

    def begin(self) -> None:
        """Read to the headers of the final response."""
        this = cast("Any", self)
        fp: Any = this.fp
        this.fp = _HeaderLines(fp)
        try:
            super().begin()
            while 101 < self.status < 200:  # http.client skips 100 alone; the final answer would be the next call's
                self.headers = self.msg = None  # type: ignore[assignment]
                super().begin()
        finally:
            if this.fp:  # It is None after a garbled status line.
                this.fp = fp
        # Nor may it get the body of what has none. http.client looks at the first Connection header alone.
        closes = "close" in ",".join(self.headers.get_all("Connection", ())).lower()
        has_no_body = self.status in (101, 204, 304) or self._method == "HEAD"  # type: ignore[attr-defined]
        if closes or has_no_body or not self._is_framed_clearly():
            self.will_close = True
        # Otherwise urllib3 logs malformed headers at WARNING, with the URL, such as the e-mail address of a lookup.
        self.msg.defects.clear()
        self.msg.set_payload("")

    def _safe_read(self, amt: int) -> bytes:
        if amt < 0:  # The size of a chunk, with which http.client would read to the end of the connection.
            raise HTTPException("a chunk of the response has a negative size")
        return super()._safe_read(amt)  # type: ignore[misc,no-any-return]

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
    """urllib3's connection, every step of which keeps the call's deadline."""

    response_class = _Response
    write_timeout: float | None = None
    """Seconds for each piece that is sent."""

    def _new_conn(self) -> Any:
        if time_left() is None:
            return super()._new_conn()
        sock = self._through_socks() if hasattr(self, "_socks_options") else self._to_one_of(self._addresses())
        sock.settimeout(shortest(self.timeout, time_left()))  # A TLS handshake may follow.
        return sock

    def _addresses(self) -> list[str]:
        """Return the addresses of the host, or its name if there are not several or it has none."""
        family = urllib3_connection.allowed_gai_family()
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # urllib3 finds this too, and raises its own exception.
            found = []
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        return addresses if len(addresses) > 1 else [self._dns_host]

    def _to_one_of(self, addresses: list[str]) -> Any:
        """Connect to the first address that answers. urllib3 would give each of them all of the time."""
        host, timeout = self._dns_host, self.timeout
        try:
            while True:
                self._dns_host, self.timeout = addresses.pop(0), shortest(timeout, time_left())
                try:
                    return super()._new_conn()
                except (ConnectTimeoutError, NewConnectionError):
                    if not addresses or (time_left() or 0) <= 0:
                        raise
        finally:
            self._dns_host, self.timeout = host, timeout

    def _through_socks(self) -> Any:
        """Connect as urllib3 and PySocks do. Their socket would give each byte of the proxy all of the time."""
        options = cast("dict[str, Any]", cast("Any", self)._socks_options)
        host, port = options["proxy_host"].strip("[]"), options["proxy_port"]
        try:
            found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
            while True:
                *kind, _, address = found.pop(0)
                sock = _socks_socket()(*kind)
                try:
                    for option in self.socket_options or ():
                        sock.setsockopt(*option)
                    sock.settimeout(shortest(self.timeout, time_left()))
                    login = options["rdns"], options["username"], options["password"]
                    sock.set_proxy(options["socks_version"], *address[:2], *login)
                    if self.source_address:
                        sock.bind(self.source_address)
                    sock.connect((self.host.strip("[]"), self.port))
                    return sock
                except BaseException as error:
                    sock.close()
                    if not isinstance(error, OSError) or not found or (time_left() or 0) <= 0:
                        raise
        except OSError as error:
            cause = getattr(error, "socket_err", None) or error
            if isinstance(cause, TimeoutError):
                raise ConnectTimeoutError(self, f"Connection to {self.host} timed out.") from error
            raise NewConnectionError(self, f"Failed to establish a new connection: {cause}") from error

    def _connect_tls_proxy(self, hostname: str, sock: Any) -> Any:
        return _TlsToProxy(super()._connect_tls_proxy(hostname, sock))  # type: ignore[misc]

    def _tunnel(self) -> None:
        super()._tunnel()
        self.sock.settimeout(shortest(self.timeout, time_left()))  # A TLS handshake follows.

    def request(self, *args: Any, **options: Any) -> None:
        """Send a request, each piece in the time for a read; urllib3 sends all of it in the time to connect."""
        if self.sock is None:
            self.connect()
        self.timeout = self.write_timeout
        super().request(*args, **options)

    def send(self, data: Any) -> None:
        """Send bytes in pieces, because `sendall` has one timeout for all of its bytes."""
        for piece in _pieces(data):
            _keep_time(self.sock)
            super().send(piece)


def _pieces(data: Any) -> Iterator[Any]:
    if not hasattr(data, "__getitem__"):  # A file, which urllib3 itself reads in pieces.
        yield data
        return
    for begin in range(0, len(data), PIECE):
        yield data[begin : begin + PIECE]
