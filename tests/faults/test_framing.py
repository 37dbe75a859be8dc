"""An ambiguous response ends its connection, so that no other call gets the bytes that are left."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from medusa import Medusa, MedusaConnectionError, MedusaError

from .peer import Answer, Peer, Request, answered, http, ok

pytestmark = pytest.mark.usefixtures("no_waits")

ORDER = b'{"order": {"id": "order_1"}}'
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(ORDER), ORDER)
ANOTHER = http('{"order": {"id": "another"}}', Content_Type="application/json")
"""A response that an attacker wants the next call to accept as its own."""


def head(*lines: bytes, version: bytes = b"1.1") -> bytes:
    return b"\r\n".join([b"HTTP/%b 200 OK" % version, b"Content-Type: application/json", *lines, b"", b""])


def length(number: int = len(ORDER)) -> bytes:
    return b"Content-Length: %d" % number


TE = b"Transfer-Encoding: chunked"

AMBIGUOUS: dict[str, bytes] = {
    "a length and chunks": head(length(3), TE) + CHUNKED,
    "chunks and a length": head(TE, length()) + CHUNKED,
    "a length that is right, and chunks": head(length(len(CHUNKED)), TE) + CHUNKED,
    "chunked twice": head(TE, TE) + CHUNKED,
    "chunked, chunked": head(b"Transfer-Encoding: chunked, chunked") + CHUNKED,
    "chunked is not the last": head(b"Transfer-Encoding: chunked, identity", length()) + ORDER,
    "chunked is the last of two": head(b"Transfer-Encoding: identity, chunked", length()) + CHUNKED,
    "identity": head(b"Transfer-Encoding: identity", length()) + ORDER,
    "an unknown coding": head(b"Transfer-Encoding: xchunked", length()) + ORDER,
    "chunked and a space": head(b"Transfer-Encoding: chunked ") + CHUNKED,
    "HTTP/1.0 with chunks": head(TE, b"Connection: keep-alive", version=b"1.0") + CHUNKED,
    "HTTP/1.0 with chunks and a length": head(TE, length(), b"Connection: keep-alive", version=b"1.0") + CHUNKED,
    "a space before the colon": head(length(), b"Transfer-Encoding : chunked") + ORDER,
    "a space before the colon of the length": head(TE, b"Content-Length : 3") + CHUNKED,
    "a header without a name": head(length(), b": chunked", TE) + ORDER,
    "a header without a colon": head(length(), b"Transfer-Encoding chunked", b"X: y") + ORDER,
    "a tab before the colon": head(length(), b"Transfer-Encoding\t: chunked") + ORDER,
    "chunked on a line of its own": head(length(), b"Transfer-Encoding:", b" chunked") + CHUNKED,
    "a length on a line of its own": head(b"Content-Length:", b" %d" % len(ORDER)) + ORDER,
    "a first header that continues nothing": b"HTTP/1.1 200 OK\r\n X: y\r\n" + length() + b"\r\n\r\n" + ORDER,
    "a length with a sign": head(b"Content-Length: +%d" % len(ORDER)) + ORDER,
    "a length with an underscore": head(b"Content-Length: 2_8") + ORDER,
    "the same length twice in a header": head(b"Content-Length: 28, 28") + ORDER,
}
DIFFERENT_LENGTHS = {
    "two lengths": head(length(), length(3)) + ORDER,
    "two lengths in a header": head(b"Content-Length: 28, 3") + ORDER,
    "a length and none": head(length(), b"Content-Length:") + ORDER,
    "a length and a word": head(length(), b"Content-Length: many") + ORDER,
}
BARE_CR = {
    "a bare CR that begins a header": head(length(), b"X: y\rTransfer-Encoding: chunked") + ORDER,
    "a bare CR within a value": head(length(), b"X: y\rz") + ORDER,
    "a bare CR within a length": head(b"Content-Length: 2\r8") + ORDER,
    "a bare CR within a name": head(length(), b"X\rTransfer-Encoding: chunked") + ORDER,
    "a bare CR before the end of a line": head(length(), b"X: y\r") + ORDER,
    "a bare CR in the status": head(length()).replace(b"200 OK", b"200 OK\rX: y") + ORDER,
}
ALL = AMBIGUOUS | DIFFERENT_LENGTHS | BARE_CR


def followed(answer: bytes) -> Answer:
    """Send this response and soon another one, and keep the connection open."""

    def send(sock: socket.socket, _: Request) -> bool:
        sock.sendall(answer)
        time.sleep(0.02)
        sock.sendall(ANOTHER)
        return True

    return send


def asked(sock: socket.socket, request: Request) -> bool:
    sock.sendall(http(json.dumps({"order": {"id": request.path.rpartition("/")[2]}}), Content_Type="application/json"))
    return True


SOON = (20.0, 2.0)
"""The timeout of a call that may wait for the end of a response that has no end."""


@pytest.mark.parametrize("deadline", [None, 60])
@pytest.mark.parametrize("name", ALL)
def test_the_connection_of_an_ambiguous_response_is_not_used_again(name: str, deadline: float | None) -> None:
    with Peer(answered(ALL[name]), asked) as peer:
        with Medusa(peer.url, pool_maxsize=1, deadline=deadline, timeout=20) as medusa:
            with suppress(MedusaError):
                assert medusa.with_options(timeout=SOON).orders.retrieve("order_1").order.id == "order_1"
            assert medusa.orders.retrieve("order_2").order.id == "order_2"
            assert [request.connection for request in peer.requests] == [1, 2]


@pytest.mark.parametrize("name", ALL)
def test_no_call_gets_what_follows_an_ambiguous_response(name: str) -> None:
    with Peer(followed(ALL[name]), asked) as peer, Medusa(peer.url, pool_maxsize=1, timeout=20) as medusa:
        with suppress(MedusaError):
            assert medusa.with_options(timeout=SOON).orders.retrieve("order_1").order.id == "order_1"
        for number in range(3):
            assert medusa.orders.retrieve(f"own_{number}").order.id == f"own_{number}"


@pytest.mark.parametrize("name", ["a length and chunks", "chunks and a length", "HTTP/1.0 with chunks"])
def test_chunks_count_more_than_a_length(name: str) -> None:
    """If a response has chunks and a length, the length is ignored (RFC 9112, section 6.3)."""
    with Peer(answered(ALL[name])) as peer, Medusa(peer.url) as medusa:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"


@pytest.mark.parametrize("name", BARE_CR)
def test_a_bare_cr_is_an_error(name: str) -> None:
    """A bare CR in the head is an error, because http.client would read what follows as a header, such as a cookie."""
    with Peer(answered(BARE_CR[name])) as peer, Medusa(peer.url, max_retries=1) as medusa:
        with pytest.raises(MedusaConnectionError, match="a header of the response contains a bare CR"):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 2


CLEAR: dict[str, Callable[[], bytes]] = {
    "a length": lambda: head(length()) + ORDER,
    "chunks": lambda: head(TE) + CHUNKED,
    "chunks in capitals": lambda: head(b"transfer-encoding:   CHUNKED") + CHUNKED,
    "the same length twice": lambda: head(length(), length()) + ORDER,
    "a length with zeros": lambda: head(b"Content-Length: 00028") + ORDER,
    "a value on two lines": lambda: head(length(), b"X: y", b" z") + ORDER,
    "lines that end with LF": lambda: head(length()).replace(b"\r\n", b"\n") + ORDER,
    "an empty header": lambda: head(length(), b"X:") + ORDER,
    "many headers": lambda: head(length(), *[b"X-%d: y" % n for n in range(90)]) + ORDER,
    "letters of Latin-1": lambda: head(length(), b"X: \xe9") + ORDER,
}


@pytest.mark.parametrize("deadline", [None, 60])
@pytest.mark.parametrize("name", CLEAR)
def test_a_clear_response_keeps_its_connection(name: str, deadline: float | None) -> None:
    with Peer(answered(CLEAR[name]()), ok) as peer, Medusa(peer.url, pool_maxsize=1, deadline=deadline) as medusa:
        for _ in range(3):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert peer.connections == 1
