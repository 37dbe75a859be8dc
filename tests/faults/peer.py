"""A server that sends raw bytes, and can misbehave."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:  # An environment without pytest uses this module too.
    import pytest


@dataclass
class Request:
    """A request that the peer received."""

    connection: int
    head: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """The header lines as they were received."""

    @property
    def path(self) -> str:
        return self.head.split(" ")[1]


Answer = Callable[[socket.socket, Request], object]
"""Responds to a request on a socket. The connection stays open if this returns True."""


class Peer:
    """Responds to the n-th request with the n-th answer, and to all later requests with the last answer."""

    def __init__(self, *answers: Answer, context: ssl.SSLContext | None = None, pause: float | None = None) -> None:
        """With a `pause`, the peer waits that many seconds before it receives each piece of a body.

        Its receive buffer is small, so the pieces are small too.
        """
        self.answers = list(answers)
        self.requests: list[Request] = []
        self.connections = 0
        self.most_open = 0
        self._context, self._pause = context, pause
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        if pause is not None:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        self._sockets: set[socket.socket] = set()
        self._closing = False
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closing = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._sockets):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    @property
    def open(self) -> int:
        """The number of connections that neither end has closed, even if their threads have not noticed yet."""
        return sum(map(_is_open, list(self._sockets)))

    def _accept(self) -> None:
        while not self._closing:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                number = self.connections
                self._sockets.add(sock)
                self.most_open = max(self.most_open, self.open)
            threading.Thread(target=self._serve, args=(sock, number), daemon=True).start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with suppress(OSError), sock:
            if self._context:
                plain, sock = sock, self._context.wrap_socket(sock, server_side=True)
                with self._lock:
                    self._sockets.discard(plain)
                    self._sockets.add(sock)
            with sock:
                while request := self._read(sock, number):
                    with self._lock:
                        answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
                        self.requests.append(request)
                    if not answer(sock, request):
                        break
        with self._lock:
            self._sockets.discard(sock)

    def _read(self, sock: socket.socket, number: int) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            received = sock.recv(65536)
            if not received:
                return None
            data += received
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        parts = [body]
        missing = int(headers.get("content-length", 0)) - len(body)
        while missing > 0:
            time.sleep(self._pause or 0)
            parts.append(sock.recv(65536))
            missing -= len(parts[-1])
            if not parts[-1]:
                return None
        body = b"".join(parts)
        return Request(number, first, body, headers, lines)

    def all_closed(self, seconds: float = 30) -> bool:
        """Return whether all connections end within this time."""
        end = time.monotonic() + seconds
        while self.open and time.monotonic() < end:
            time.sleep(0.01)
        return self.open == 0


def until(happens: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until the function returns True. Fail if this takes too long."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.01)


def _is_open(sock: socket.socket) -> bool:
    # The thread that serves the socket may close it at any moment, so the descriptor is read only once.
    descriptor = sock.fileno()
    if descriptor < 0:
        return False
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP)
    return not poll.poll(0)


def http(body: bytes | str = b"", status: int = 200, **headers: str) -> bytes:
    """Return the bytes of a complete response. `_` in a header's name becomes `-`."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(raw)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + raw


def ok(sock: socket.socket, request: Request) -> bool:
    """Respond to a POST with the text OK, and to other requests with an order."""
    if request.head.startswith("POST"):
        sock.sendall(http("OK", Content_Type="text/plain; charset=utf-8"))
    else:
        sock.sendall(http('{"order": {"id": "order_1"}}', Content_Type="application/json; charset=utf-8"))
    return True


def answered(answer: bytes) -> Answer:
    """Send exactly these bytes, and keep the connection open."""

    def send(sock: socket.socket, _: Request) -> bool:
        sock.sendall(answer)
        return True

    return send


def cut(answer: bytes = b"") -> Answer:
    """Send these bytes, and close the connection."""
    return lambda sock, _: sock.sendall(answer)


def close_with_reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def reset(answer: bytes = b"") -> Answer:
    """Send these bytes, and reset the connection."""

    def send(sock: socket.socket, _: Request) -> None:
        sock.sendall(answer)
        if answer:
            time.sleep(0.02)  # Without this pause, the reset could arrive first, and the client would lose the bytes.
        close_with_reset(sock)

    return send


def dripping(answer: bytes, rest: bytes = b"x", every: float = 0.05) -> Answer:
    """Send these bytes, and then the rest again and again until the client gives up."""

    def send(sock: socket.socket, _: Request) -> None:
        sock.sendall(answer)
        while True:
            time.sleep(every)
            sock.sendall(rest)

    return send


def silent(sock: socket.socket, _: Request) -> None:
    """Send nothing, and wait until the client gives up."""
    sock.recv(1)


def refuse_connections(monkeypatch: pytest.MonkeyPatch, number: int) -> list[bool]:
    """Refuse the first connections that this process opens. Return a list that is empty when they were refused."""
    connect, left = socket.socket.connect, [True] * number

    def connect_or_refuse(sock: socket.socket, address: Any) -> None:
        if left:
            left.pop()
            raise ConnectionRefusedError(111, "Connection refused")
        connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", connect_or_refuse)
    return left
