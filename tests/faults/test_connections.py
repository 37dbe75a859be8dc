"""Whatever the peer sends, no call gets another call's response, and each connection returns to the pool."""

from __future__ import annotations

import gzip
import json
import logging
import os
import signal
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import requests
import trustme

from medusa import Medusa, MedusaConnectionError, MedusaDecodeError, MedusaError, MedusaTimeoutError

from .peer import Answer, Peer, Request, answered, cut, dripping, http, until

pytestmark = pytest.mark.usefixtures("no_waits")

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
AUTHORITY = trustme.CA()


@pytest.fixture
def context(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    path = f"{tmp_path}/ca.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", path)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(made)
    return made


def order(id: str) -> bytes:
    return http(json.dumps({"order": {"id": id}}), Content_Type="application/json")


def asked(sock: socket.socket, request: Request) -> bool:
    """Respond with the order whose ID is in the path."""
    sock.sendall(order(request.path.rpartition("/")[2]))
    return True


def late(*parts: bytes) -> Answer:
    """Send these parts with pauses, and keep the connection open."""

    def answer(sock: socket.socket, _: Request) -> bool:
        for part in parts:
            sock.sendall(part)
            time.sleep(0.05)
        return True

    return answer


def check_next(medusa: Medusa) -> None:
    """Check that the next calls, with different tokens, get their own responses."""
    for n in range(3):
        assert medusa.with_options(token=f"a.b.{n}").orders.retrieve(f"own_{n}").order.id == f"own_{n}"


# Bytes that belong to no call.


@pytest.mark.parametrize("deadline", [None, 60])
@pytest.mark.parametrize("statuses", [[102], [103], [199], [100, 103, 103, 100]], ids=str)
def test_an_informational_answer_is_not_the_answer(statuses: list[int], deadline: float | None) -> None:
    before = [f"HTTP/1.1 {status} Wait\r\nLink: </x>\r\nContent-Length: 5\r\n\r\n".encode() for status in statuses]
    answers = [late(*before, order(f"own_{n}")) for n in range(3)]
    with Peer(*answers) as peer, Medusa(base_url=peer.url, pool_maxsize=1, deadline=deadline) as medusa:
        check_next(medusa)
        assert [request.connection for request in peer.requests] == [1, 1, 1]


@pytest.mark.parametrize("head", ["101 X", "204 X", "304 X"])
@pytest.mark.parametrize("length", ["", "Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"])
def test_no_call_gets_bytes_after_an_answer_without_a_body(head: str, length: str) -> None:
    smuggled = late(f"HTTP/1.1 {head}\r\n{length}\r\n".encode(), order("another"))
    with Peer(smuggled, asked) as peer, Medusa(base_url=peer.url, pool_maxsize=1) as medusa:
        with pytest.raises(MedusaError):
            medusa.orders.retrieve("order_1")
        check_next(medusa)


def test_no_call_gets_bytes_after_the_answer_to_a_head_request() -> None:
    with Peer(late(HEAD + b"Content-Length: 100\r\n\r\n", order("another")), asked) as peer:
        with Medusa(base_url=peer.url, pool_maxsize=1) as medusa:
            assert medusa.request("HEAD", "/store/custom") is None
            check_next(medusa)


def test_a_second_connection_header_counts() -> None:
    closes = HEAD + b"Connection: keep-alive\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"
    with Peer(late(closes, order("another")), asked) as peer, Medusa(base_url=peer.url, pool_maxsize=1) as medusa:
        assert medusa.request("GET", "/store/custom") is None
        check_next(medusa)


@pytest.mark.parametrize("deadline", [None, 60])
@pytest.mark.parametrize("framing", ["length", "chunked", "HEAD", "204"])
def test_no_call_gets_bytes_that_tls_decrypted_for_an_earlier_one(
    framing: str, deadline: float | None, context: ssl.SSLContext
) -> None:
    """A connection whose TLS layer still has decrypted bytes is not reused.

    The TLS record here is longer than what http.client reads at a time. The socket then seems to have nothing to read.
    """

    def record(sock: socket.socket, _: Request) -> bool:
        ends = {
            "length": b"Content-Length: %04d\r\n\r\n",
            "chunked": b"Transfer-Encoding: chunked\r\n\r\n%04x\r\n",
            "HEAD": b"Content-Length: %04d\r\n\r\n",
            "204": b"X: %04d\r\n\r\n",
        }
        head = (HEAD if framing != "204" else b"HTTP/1.1 204 X\r\n") + ends[framing]
        end = b"\r\n0\r\n\r\n" if framing == "chunked" else b""
        size = 8192 - len(head % 0) - len(end)
        sock.sendall(head % size + b'{"order": {"id": "order_1"}}'.ljust(size) + end + order("another"))
        return True

    with Peer(record, asked, context=context) as peer:
        with Medusa(base_url=peer.url, pool_maxsize=1, deadline=deadline) as medusa:
            medusa.request("HEAD" if framing == "HEAD" else "GET", "/store/orders/order_1")
            check_next(medusa)
            assert len({request.connection for request in peer.requests}) == 2


class SocksProxy:
    """A minimal SOCKS5 proxy."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"socks5://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=self._listener.accept()[:1], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            client.recv(100)
            client.sendall(b"\x05\x00")
            port = int.from_bytes(client.recv(100)[-2:], "big")
            with socket.create_connection(("127.0.0.1", port)) as target:
                client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
                back = threading.Thread(target=self._pump, args=(target, client), daemon=True)
                back.start()
                self._pump(client, target)
                back.join()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                sink.sendall(received)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def socks() -> Iterator[SocksProxy]:
    proxy = SocksProxy()
    yield proxy
    proxy.close()


def test_a_socks_proxy_changes_nothing(socks: SocksProxy) -> None:
    answers = [late(b"HTTP/1.1 103 Wait\r\n\r\n", order(f"own_{n}")) for n in range(3)]
    with Peer(*answers) as peer, Medusa(base_url=peer.url, pool_maxsize=1, timeout=20) as medusa:
        medusa.session.trust_env, medusa.session.proxies = False, {"http": socks.url}
        check_next(medusa)
        assert peer.connections == 1
    with Peer(dripping(HEAD + b"Content-Length: 1000\r\n\r\n")) as peer, Medusa(peer.url, deadline=0.3) as medusa:
        medusa.session.trust_env, medusa.session.proxies = False, {"http": socks.url}
        begun = time.monotonic()
        with pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")
        assert time.monotonic() - begun < 10


def test_tls_through_a_socks_proxy_is_verified(socks: SocksProxy, context: ssl.SSLContext) -> None:
    """The session's `verify` applies, and no connection is reused that was made without the proxy."""
    with Peer(asked, context=context) as peer, Medusa(base_url=peer.url, max_retries=0) as medusa:
        medusa.session.verify, medusa.session.trust_env = os.environ["REQUESTS_CA_BUNDLE"], False
        check_next(medusa)
        medusa.session.proxies = {"https": socks.url}
        check_next(medusa)
        assert [request.connection for request in peer.requests] == [1] * 3 + [2] * 3
        medusa.session.verify = True
        with pytest.raises(MedusaConnectionError, match="SSLError"):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 6


# Connections that must return to the pool.


@pytest.mark.parametrize("max_retries", [0, 2])
@pytest.mark.parametrize(
    "answer",
    [
        answered(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 300000\r\n\r\n" + b"\0" * 300_000),
        cut(HEAD + b"Content-Encoding: gzip\r\n\r\n" + b"\0" * 300_000),
        cut(HEAD + b"Content-Encoding: gzip, identity, br\r\n\r\n" + b"\0" * 300_000),
        answered(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n"),
        cut(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc"),
        cut(HEAD + b"Content-Length: 100\r\n\r\n{"),
    ],
    ids=range(6),
)
def test_a_body_that_cannot_be_read_gives_its_connection_back(answer: Answer, max_retries: int) -> None:
    with Peer(*[answer] * (max_retries + 1), asked) as peer:
        with Medusa(base_url=peer.url, pool_maxsize=1, timeout=20, max_retries=max_retries) as medusa:
            with pytest.raises((MedusaConnectionError, MedusaDecodeError)) as caught:
                medusa.orders.retrieve("order_1")
            assert "free" not in str(caught.value)
            if len(peer.requests) == max_retries + 1:
                check_next(medusa)


def test_an_interrupted_wait_for_a_connection_adds_none() -> None:
    """If an exception such as Celery's soft time limit ends the wait for a connection, no second connection is opened.

    The call that has the only connection keeps it.
    """
    over = threading.Event()

    def slow(sock: socket.socket, request: Request) -> bool:
        over.wait(60)
        return asked(sock, request)

    class TimeIsUp(Exception):
        pass

    def ring(*_: object) -> None:
        raise TimeIsUp

    def wait(medusa: Medusa) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        medusa.orders.retrieve("waits")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        with Peer(slow, asked) as peer, Medusa(base_url=peer.url, pool_maxsize=1, timeout=60) as medusa:
            got: list[str] = []
            other = threading.Thread(target=lambda: got.append(medusa.orders.retrieve("slow").order.id))
            other.start()
            until(lambda: len(peer.requests) == 1)
            with pytest.raises(TimeIsUp):
                wait(medusa)
            threading.Timer(0.3, over.set).start()
            check_next(medusa)
            other.join()
            assert got == ["slow"]
            assert peer.most_open == 1
    finally:
        signal.signal(signal.SIGALRM, before)


def stuck(sock: socket.socket, _: Request) -> None:
    sock.sendall(HEAD + b"Content-Length: 9\r\n\r\n{")
    sock.recv(1)  # This waits until the client gives up.


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            cut(HEAD + b"Content-Length: 9\r\n\r\n{"),
            "ChunkedEncodingError: IncompleteRead(1 bytes read, 8 more expected)",
        ),
        (cut(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f"), "ContentDecodingError: the packed body is cut short"),
        (stuck, "ReadTimeout: Read timed out."),
    ],
    ids=range(3),
)
def test_what_happened_to_a_body_is_told(answer: Answer, said: str) -> None:
    with Peer(answer) as peer, Medusa(base_url=peer.url, timeout=1 if answer is stuck else 30) as medusa:
        with pytest.raises(MedusaConnectionError) as caught:
            medusa.orders.retrieve("order_1")
        assert str(caught.value) == f"GET /store/orders/{{id}} received no complete response from {peer.url}: {said}"
        cause = caught.value.__cause__
        assert isinstance(cause, requests.RequestException)
        assert cause.request is not None
        assert cause.request.url == f"{peer.url}/store/orders/order_1"


def test_a_request_by_the_session_itself_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="medusa")
    with Peer(asked, cut()) as peer, Medusa(base_url=peer.url) as medusa:
        assert medusa.session.get(f"{peer.url}/store/orders/order_1").json() == {"order": {"id": "order_1"}}
        with pytest.raises(requests.ConnectionError):
            medusa.session.get(f"{peer.url}/store/orders/order_1")
    records = [record for record in caplog.records if record.name == "medusa"]
    assert len(records) == 2
    for record, expected in zip(records, (200, "ConnectionError"), strict=True):
        method, outcome, seconds, attempt = record.args or ()
        assert (method, outcome, attempt) == ("GET", expected, 1)
        assert isinstance(seconds, float)
        assert 0 < seconds < 60


# Limits that apply whatever the headers say.


def test_two_lengths_are_no_way_around_the_limit() -> None:
    answer = cut(HEAD + b"Content-Length: 5, 5\r\n\r\n" + b"x" * 1_000_000)
    with Peer(answer) as peer, Medusa(base_url=peer.url, max_response_bytes=1000) as medusa:
        with pytest.raises(MedusaError, match="larger than 1000 bytes"):
            medusa.orders.retrieve("order_1")


def test_a_session_that_streams_is_checked_too() -> None:
    with Peer(cut(HEAD + b"Content-Length: 100\r\n\r\n{")) as peer, Medusa(base_url=peer.url, max_retries=1) as medusa:
        medusa.session.stream = True
        with pytest.raises(MedusaConnectionError):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 2


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip"])
def test_text_cut_short_is_no_text(coding: str) -> None:
    body = b"".join(f"{n} ".encode() for n in range(2000))
    for _ in coding.split(", "):
        body = gzip.compress(body)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    with Peer(cut(head + body), cut(head + body[:-500])) as peer, Medusa(base_url=peer.url) as medusa:
        assert medusa.request("GET", "/store/custom").endswith(" 1999 ")
        with pytest.raises(MedusaConnectionError):
            medusa.request("GET", "/store/custom")


@pytest.mark.parametrize("text", ["x", "a?", "x%", "<pre>", "@", "a=b&", "<title "])
@pytest.mark.parametrize("status", [302, 400, 500])
def test_the_text_of_an_error_takes_no_time(text: str, status: int) -> None:
    """Masking a long error text is fast. A pattern that backtracks would block all threads for minutes here."""
    body = text * (300_000 // len(text))
    with Peer(answered(http(body, status, Content_Type="text/html"))) as peer, Medusa(base_url=peer.url) as medusa:
        begun = time.monotonic()
        with pytest.raises(MedusaError) as caught:
            medusa.orders.retrieve("order_1")
        assert time.monotonic() - begun < 30
        assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding"])
def test_a_custom_header_cannot_say_where_the_body_ends(name: str) -> None:
    with Peer(asked) as peer, Medusa(base_url=peer.url) as medusa:
        with pytest.raises(ValueError, match=name):
            medusa.orders.retrieve("order_1", {name: "40"})
        assert peer.requests == []
