"""While a body is sent, the deadline bounds the whole call, and the timeout bounds each piece of the body."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from medusa import Medusa, MedusaTimeoutError

from .peer import Peer, Request, http, ok, until

pytestmark = pytest.mark.usefixtures("no_waits")

TEXT = {"text": "x" * 12_000_000}
"""A payload that is much larger than the buffers of both sockets."""


@pytest.fixture(params=["http", "https"])
def context(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext | None:
    if request.param == "http":
        return None
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(made)
    return made


def post(medusa: Medusa) -> object:
    return medusa.request("POST", "/store/custom", json=TEXT, repeatable=True)


@pytest.mark.parametrize("max_retries", [0, 2])
def test_a_deadline_that_ends_while_a_body_is_sent(context: ssl.SSLContext | None, max_retries: int) -> None:
    with Peer(ok, context=context, pause=0.5) as peer:  # The peer would take more than a minute to read the body.
        with Medusa(peer.url, deadline=2, max_retries=max_retries, pool_maxsize=1) as medusa:
            begun = time.monotonic()
            with pytest.raises(MedusaTimeoutError, match=r"ReadTimeout: Write timed out\.$"):
                post(medusa)
            assert time.monotonic() - begun < 20
            assert peer.connections == 1  # The first attempt takes all of the time.
            assert medusa.with_options(deadline=None).orders.retrieve("order_1").order.id == "order_1"


@pytest.mark.parametrize("max_retries", [0, 1])
def test_a_backend_that_stops_reading(context: ssl.SSLContext | None, max_retries: int) -> None:
    with Peer(ok, context=context, pause=60) as peer:
        medusa = Medusa(peer.url, timeout=(30, 0.3), max_retries=max_retries, pool_maxsize=1)
        begun = time.monotonic()
        with pytest.raises(MedusaTimeoutError, match=r"ReadTimeout: Write timed out\.$"):
            post(medusa)
        assert time.monotonic() - begun < 30
        until(lambda: peer.connections == max_retries + 1)


@pytest.mark.parametrize(
    ("timeout", "is_kept", "size"),
    [((3, 30), False, 24_000_000), ((3, 30), True, 24_000_000), ((30, 3), False, 24_000_000)],
)
def test_a_long_upload_needs_no_long_timeout(
    context: ssl.SSLContext | None, timeout: tuple[float, float], is_kept: bool, size: int
) -> None:
    """A body may take longer than the timeout if each of its pieces is sent within the timeout."""
    pause = 0.01 if context is None else 0.0025
    with Peer(ok, context=context, pause=pause) as peer, Medusa(peer.url, timeout=timeout, pool_maxsize=1) as medusa:
        if is_kept:
            medusa.orders.retrieve("order_1")
        begun = time.monotonic()
        assert medusa.request("POST", "/store/custom", json={"text": "x" * size}) == "OK"
        assert time.monotonic() - begun > min(timeout)
        assert peer.connections == 1
        assert len(peer.requests[-1].body) > size


def test_an_answer_that_comes_while_a_body_is_sent() -> None:
    """A backend that responds and closes the connection before it has read the body does not block later calls."""

    def refuse(sock: socket.socket, _: Request) -> None:
        sock.sendall(http('{"message": "too large"}', 413, Content_Type="application/json", Connection="close"))

    class Impatient(Peer):
        def _read(self, sock: socket.socket, number: int) -> Request | None:
            return Request(number, "POST / HTTP/1.1", sock.recv(65536), {})

    with Impatient(refuse) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        for _ in range(3):
            with pytest.raises(Exception, match=r"413|reset|Broken pipe"):
                post(medusa)


BODY = b"0123456789" * 10_000


def pieces() -> Iterator[bytes]:
    for begin in range(0, len(BODY), 40_000):
        yield BODY[begin : begin + 40_000]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, io.BytesIO])
def test_any_body_of_the_sessions_own_requests(kind: Callable[[bytes], object], context: ssl.SSLContext | None) -> None:
    with Peer(ok, context=context) as peer, Medusa(peer.url, deadline=60) as medusa:
        body: Any = kind(BODY)
        assert medusa.session.post(f"{peer.url}/store/custom", data=body).text == "OK"
        assert peer.requests[-1].body == BODY


def test_a_body_in_chunks() -> None:
    received: list[bytes] = []

    class Chunked(Peer):
        def _read(self, sock: socket.socket, number: int) -> Request | None:
            while not b"".join(received).endswith(b"\r\n0\r\n\r\n"):
                received.append(sock.recv(65536))
            return Request(number, "POST / HTTP/1.1", b"", {})

    with Chunked(ok) as peer, Medusa(peer.url) as medusa:
        assert medusa.session.post(f"{peer.url}/store/custom", data=pieces()).text == "OK"
        _, _, body = b"".join(received).partition(b"\r\n\r\n")
        assert body == b"9c40\r\n%b\r\n9c40\r\n%b\r\n4e20\r\n%b\r\n0\r\n\r\n" % tuple(pieces())
