"""A proxy in front of a real Medusa, which loses some requests and responses."""

from __future__ import annotations

import http.client
import random
import re
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from urllib.parse import urlsplit

from .peer import Peer, Request, close_with_reset, http as as_http

# What may happen to a request, with its weight.
PASSED_ON = {
    "answered": 50,
    "the answer is cut": 6,
    "reset after it": 5,
    "closed after it": 4,
    "502 after it": 4,
    "503 after it": 4,
    "HTML after it": 2,
}
"""The request reaches the backend. "after it" means that the proxy discards the backend's response."""
KEPT = {
    "reset": 4,
    "closed": 4,
    "502": 4,
    "503": 4,
    "503 with Retry-After": 6,
    "429": 5,
    "goes away": 2,
}
"""The request does not reach the backend."""
FATES = PASSED_ON | KEPT
PASSED_HEADERS = ("content-type", "accept", "authorization", "idempotency-key", "x-medusa-access-token")


class Proxy(Peer):
    """Passes some requests on to a backend, and loses some responses.

    Each call has a mark in a header or in the body of its requests.
    """

    def __init__(self, backend: str) -> None:
        self._backend = urlsplit(backend).netloc
        self._attempts = Counter[str]()
        self.fates = Counter[str]()
        self.answers_of_backend: dict[str, list[int]] = {}
        """The statuses of the backend's responses, by mark."""
        super().__init__(self._play)

    def _play(self, sock: socket.socket, request: Request) -> bool:
        mark = self._mark(request)
        with self._lock:
            self._attempts[mark] += 1
            fate = self._fate(mark, self._attempts[mark])
            self.fates[fate] += 1
        answer = self._pass_on(mark, request) if fate in PASSED_ON else b""
        match fate.removesuffix(" after it"):
            case "answered":
                sock.sendall(answer)
            case "the answer is cut":
                sock.sendall(answer[: len(answer) * 2 // 3])
                return False
            case "reset":
                close_with_reset(sock)
                return False
            case "closed":
                return False
            case "goes away":
                self._refuse_connections()
                return False
            case "HTML":
                sock.sendall(as_http("<html>", 200, Content_Type="text/html"))
            case "429":
                sock.sendall(as_http("", 429))
            case "503 with Retry-After":
                sock.sendall(as_http("", 503, Retry_After="0"))
            case number:
                sock.sendall(as_http("", int(number)))
        return True

    def _mark(self, request: Request) -> str:
        return request.headers.get("x-mark") or marks_in(request.body.decode())[0]

    def _fate(self, mark: str, attempt: int) -> str:
        """Choose what happens to an attempt. One call in twenty fails at every attempt.

        The choice is the same in each run, in whichever order the threads call.
        """
        if random.Random(mark).random() < 0.05:
            return "503 with Retry-After"
        return random.Random(f"{mark}, attempt {attempt}").choices([*FATES], [*FATES.values()])[0]

    def _pass_on(self, mark: str, request: Request) -> bytes:
        connection = http.client.HTTPConnection(self._backend, timeout=60)
        try:
            method, target, _ = request.head.split(" ")
            headers = {name: request.headers[name] for name in PASSED_HEADERS if name in request.headers}
            connection.request(method, target, request.body, headers)
            response = connection.getresponse()
            with self._lock:
                self.answers_of_backend.setdefault(mark, []).append(response.status)
            content_type = response.headers.get("Content-Type", "text/plain")
            return as_http(response.read(), response.status, Content_Type=content_type)
        finally:
            connection.close()

    def _refuse_connections(self) -> None:
        """Stop listening for 0.03 seconds, so that new connections are refused."""
        with self._lock:
            address = self._listener.getsockname()
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            time.sleep(0.03)
            self._listener = socket.create_server(address, backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()


def marks_in(text: str) -> list[str]:
    return re.findall(r"mark-\w+-\d+", text)
