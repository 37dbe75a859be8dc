"""Sockets that keep the deadline of a call, and streams that reject bytes that would be misread."""

from __future__ import annotations

import importlib
import io
import re
import socket
import ssl
from functools import cache
from http.client import HTTPException
from typing import Any, cast

from urllib3.util import wait_for_read

from .call import shortest, time_left

PIECE = 16_384
"""The number of bytes that are sent at a time. Each piece has the whole timeout, like each read."""


def keep_time(sock: Any) -> None:
    """Limit the timeout of a socket to the time that the call has left. Raises `TimeoutError` if none is left."""
    left = time_left()
    if left is not None:
        if left <= 0:
            raise TimeoutError("the call's deadline is over")
        sock.settimeout(shortest(sock.gettimeout(), left))


class TimedReader(io.RawIOBase):
    """A reader of a socket. No read takes longer than the socket's timeout or the time that the call has left."""

    def __init__(self, sock: Any, raw: Any) -> None:
        self._sock, self._raw = sock, raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        keep_time(self._sock)
        count: int | None = self._raw.readinto(buffer)
        keep_time(self._sock)  # A TLS handshake may follow.
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class Stream(io.BufferedReader):
    """The bytes of a response. Raises `HTTPException` for bytes that http.client and urllib3 would misread."""

    def readline(self, limit: int | None = -1, /) -> bytes:
        line = super().readline(limit)
        if b"\r" in line[:-2]:  # http.client would begin a new header after the CR.
            raise HTTPException("a header of the response contains a bare CR")
        return line

    def read(self, size: int | None = None, /) -> bytes:
        if size is not None and size < 0:  # This is the size of a chunk. http.client would read to the end.
            raise HTTPException("a chunk of the response has a negative size")
        return super().read(size)


class Source:
    """The object that http.client uses as the socket of a response."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def makefile(self, _: str) -> Stream:
        raw = self._sock.makefile("rb", buffering=0)
        return Stream(raw if time_left() is None else TimedReader(self._sock, raw))


class TlsToProxy:
    """A TLS connection to a proxy. TLS to the backend inside of it needs many reads for a handshake or a record."""

    def __init__(self, sock: Any) -> None:
        object.__setattr__(self, "_sock", sock)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._sock, name, value)

    def recv(self, *args: Any) -> Any:
        keep_time(self._sock)
        return self._sock.recv(*args)

    def sendall(self, *args: Any) -> None:
        keep_time(self._sock)
        self._sock.sendall(*args)


@cache
def socks_socket() -> Any:
    """Return a subclass of the sockets of PySocks that keeps the deadline of a call."""
    socks: Any = importlib.import_module("socks")

    class SocksSocket(socks.socksocket):  # type: ignore[misc]
        def recv_into(self, *args: Any) -> Any:
            keep_time(self)
            return super().recv_into(*args)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

    return SocksSocket


def has_refused(sock: Any) -> bool:
    """Return whether a 4xx or 5xx response has arrived while the request is being sent.

    For a TLS connection the result is always False, because its bytes can't be checked without consuming them.
    """
    if not isinstance(sock, socket.socket) or isinstance(sock, ssl.SSLSocket):
        return False
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        return re.match(rb"HTTP/1\.[01] [45]", sock.recv(10, socket.MSG_PEEK)) is not None
    except OSError:
        return False
    finally:
        sock.settimeout(timeout)


def is_silent(sock: Any) -> bool:
    """Return whether a connection is still open and no unexpected bytes have arrived."""
    if sock is None:
        return False
    try:
        if isinstance(sock, socket.socket) and not isinstance(sock, ssl.SSLSocket):
            return not wait_for_read(sock, timeout=0)
        timeout = sock.gettimeout()
        sock.settimeout(0)
        try:
            sock.recv(1)  # TLS may have decrypted bytes that are no longer in the socket.
        except (BlockingIOError, ssl.SSLWantReadError):
            sock.settimeout(timeout)
            return True
    except (OSError, ValueError):  # A closed socket raises ValueError.
        pass
    return False


def spare_calls(sock: Any) -> None:
    """Make a socket ignore a timeout that it already has.

    Setting a timeout is a system call, for which Python releases the GIL. urllib3 sets the same timeout twice for each
    request.
    """
    cls = cast("Any", type(sock))
    if cls in (socket.socket, ssl.SSLSocket):
        sock.__class__ = _sparing(cls)


@cache
def _sparing(cls: Any) -> Any:
    def settimeout(self: Any, value: float | None) -> None:
        if value != self.gettimeout():
            cls.settimeout(self, value)

    return type(cls.__name__, (cls,), {"__slots__": (), "settimeout": settimeout})
