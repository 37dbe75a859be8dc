"""No call takes longer than its deadline, and no response takes more memory than allowed."""

from __future__ import annotations

import gzip
import json
import logging
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaDecodeError,
    MedusaError,
    MedusaServerError,
    MedusaTimeoutError,
    RetryAdapter,
)

from .peer import Answer, Peer, Request, answered, cut, dripping, http, ok, silent, until

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def silence_in_the_body(sock: socket.socket, request: Request) -> None:
    sock.sendall(HEAD + b"Content-Length: 9\r\n\r\n{")
    silent(sock, request)


SLOW: dict[str, Answer] = {
    "a status line that drips": dripping(b"HTTP/1.1 2"),
    "headers that drip": dripping(HEAD, b"X-More: more\r\n"),
    "one header that drips": dripping(HEAD + b"X-More: "),
    "a body that drips": dripping(HEAD + b"Content-Length: 100000\r\n\r\n"),
    "a body without a length that drips": dripping(HEAD + b"\r\n"),
    "chunks that drip": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "a chunk's size that drips": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "continue without end": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", every=0.01),
    "silence": silent,
    "silence in the body": silence_in_the_body,
}


@pytest.mark.parametrize("max_retries", [0, 3])
@pytest.mark.parametrize("answer", SLOW.values(), ids=SLOW.keys())
def test_a_deadline_ends_every_call(answer: Answer, max_retries: int) -> None:
    with Peer(answer) as peer, Medusa(peer.url, deadline=0.4, max_retries=max_retries, pool_maxsize=1) as medusa:
        with within(10), pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) <= 1  # The first attempt takes all of the time.
        peer.answers = [ok]
        assert medusa.with_options(deadline=None).orders.retrieve("order_1").order.id == "order_1"
        medusa.close()
        assert peer.all_closed()


def test_a_deadline_counts_the_waiting_between_attempts() -> None:
    with (
        Peer(answered(http("", 503, Retry_After="50"))) as peer,
        Medusa(peer.url, deadline=40, max_retries=3) as medusa,
    ):
        with within(20), pytest.raises(MedusaServerError) as caught:  # The deadline would end before the next attempt.
            medusa.orders.retrieve("order_1")
        assert caught.value.retry_after == 50
        assert len(peer.requests) == 1


def test_a_deadline_leaves_the_next_call_its_time() -> None:
    """A call does not inherit the short timeouts that the deadline of an earlier call set on the connection."""

    def late(sock: socket.socket, request: Request) -> bool:
        time.sleep(4.2)
        return ok(sock, request)

    with Peer(ok, late, ok) as peer, Medusa(peer.url, deadline=4, pool_maxsize=1) as medusa:
        medusa.orders.retrieve("order_1")
        patient = medusa.with_options(deadline=None)
        patient.orders.retrieve("order_1")
        patient.request("POST", "/store/custom", json={"text": "x" * 5_000_000})
        assert peer.connections == 1


def test_the_timeout_bounds_each_read() -> None:
    with (
        Peer(dripping(HEAD + b"Content-Length: 9\r\n\r\n", every=0.5)) as peer,
        Medusa(peer.url, timeout=4) as medusa,
    ):
        with pytest.raises(MedusaDecodeError):  # Nine bytes take 4.5 seconds, but each arrives within the timeout.
            medusa.orders.retrieve("order_1")
        with within(10), pytest.raises(MedusaTimeoutError):
            medusa.with_options(timeout=(5, 0.05)).orders.retrieve("order_1")


def test_the_wait_for_a_free_connection_is_bounded() -> None:
    over = threading.Event()

    def late(sock: socket.socket, request: Request) -> bool:
        over.wait(60)
        return ok(sock, request)

    with Peer(late) as peer, Medusa(peer.url, pool_maxsize=1, timeout=120) as medusa:
        busy = threading.Thread(target=medusa.orders.retrieve, args=("order_1",))
        busy.start()
        until(lambda: len(peer.requests) == 1)
        with within(20), pytest.raises(MedusaTimeoutError, match="no connection became free"):
            medusa.with_options(timeout=0.1).orders.retrieve("order_2")
        with within(20), pytest.raises(MedusaTimeoutError, match="no connection became free"):
            medusa.with_options(deadline=0.1, max_retries=3).orders.retrieve("order_2")
        assert len(peer.requests) == 1
        over.set()
        busy.join()
        assert peer.connections == 1


def test_what_happened_to_a_call_that_got_no_connection_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with Peer(ok) as peer, Medusa(peer.url, pool_maxsize=1, timeout=(5, 0.1)) as medusa:
        streamed = medusa.session.get(f"{peer.url}/store/custom", stream=True)  # It has the only connection.
        caplog.set_level(logging.DEBUG, logger="medusa")
        with pytest.raises(MedusaTimeoutError) as caught:
            medusa.orders.retrieve("order_1")
        streamed.close()
    said = "ConnectTimeout: no connection became free in time"
    assert str(caught.value) == f"GET /store/orders/{{id}} received no complete response from {peer.url}: {said}"
    cause = caught.value.__cause__
    assert isinstance(cause, requests.ConnectTimeout)
    assert cause.request is not None
    assert cause.request.url == f"{peer.url}/store/orders/order_1"
    (line,) = [record.getMessage() for record in caplog.records if record.name == "medusa"]
    assert re.fullmatch(r"GET /store/orders/\{id\}: EmptyPoolError in \d+\.\d{3} s \(attempt 1\)", line)


def large(body: bytes, status: int = 200, **headers: str) -> Answer:
    return answered(http(body, status, Content_Type="application/json", **headers))


def chunked(body: bytes) -> Answer:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:50_000], body[50_000:])) + b"0\r\n\r\n"
    return answered(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)


BODY = json.dumps({"order": {"id": "order_1", "padding": "x" * 200_000}}).encode()


@pytest.mark.parametrize(
    "answer",
    [large(BODY), chunked(BODY), large(gzip.compress(BODY), Content_Encoding="gzip"), cut(HEAD + b"\r\n" + BODY)],
    ids=["length", "chunked", "gzip", "until the end"],
)
def test_an_answer_that_is_too_large_is_refused(answer: Answer) -> None:
    with Peer(answer) as peer, Medusa(peer.url, max_response_bytes=100_000, max_retries=3, pool_maxsize=1) as medusa:
        with pytest.raises(MedusaDecodeError, match="larger than 100000 bytes") as caught:
            medusa.orders.retrieve("order_1")
        assert caught.value.retryable is False
        assert len(peer.requests) == 1
        assert medusa.with_options(max_response_bytes=len(BODY)).orders.retrieve("order_1").order.id == "order_1"


@pytest.mark.parametrize(("status", "expected"), [(500, MedusaServerError), (302, MedusaAPIError)])
def test_a_refusal_that_is_too_large_keeps_its_status(status: int, expected: type[MedusaError]) -> None:
    with Peer(large(BODY, status)) as peer, Medusa(peer.url, max_response_bytes=1000) as medusa:
        with pytest.raises(expected) as caught:
            medusa.orders.retrieve("order_1")
        assert isinstance(caught.value, MedusaAPIError)
        assert (caught.value.status, caught.value.message) == (status, "")


def test_a_gzip_bomb_does_not_fill_the_memory() -> None:
    bomb = gzip.compress(bytes(512 * 1024 * 1024), 9)  # This is half a megabyte, which decompresses to 512 MiB.
    with Peer(large(bomb, Content_Encoding="gzip")) as peer, Medusa(peer.url) as medusa:
        tracemalloc.start()
        try:
            with pytest.raises(MedusaDecodeError, match="larger than 67108864 bytes"):
                medusa.orders.retrieve("order_1")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 160 * 1024 * 1024


def test_deadline_and_limit_on_a_session_of_the_users_own() -> None:
    with requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with Peer(dripping(HEAD + b"Content-Length: 100000\r\n\r\n")) as peer:
            with within(10), pytest.raises(MedusaTimeoutError):
                Medusa(peer.url, session=session, deadline=0.3).orders.retrieve("order_1")
        with Peer(large(BODY)) as peer, pytest.raises(MedusaDecodeError, match="larger than 100000 bytes"):
            Medusa(peer.url, session=session, max_response_bytes=100_000).orders.retrieve("order_1")


def test_a_deadline_needs_an_adapter_that_keeps_it() -> None:
    with requests.Session() as session, pytest.raises(ValueError, match="RetryAdapter"):
        Medusa(session=session, deadline=1)


@pytest.mark.parametrize("kept_for", [0.25, 60])
def test_a_connection_that_idled_is_not_used_again(kept_for: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection is not reused after it was idle for too long.

    The limit is set so that the connection is too old for the first of two calls, and never for the second, however
    slow the machine is.
    """

    def then_wait(sock: socket.socket, request: Request) -> bool:
        sock.settimeout(60 if len(peer.requests) % 2 else kept_for)
        return ok(sock, request)

    with Peer(then_wait) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        for _ in range(3):
            for longest_idle in (0.2, 60):
                monkeypatch.setattr("medusa.http.internals.LONGEST_IDLE", longest_idle)
                medusa.orders.retrieve("order_1")
            time.sleep(0.3)
        assert [request.connection for request in peer.requests] == [1, 1, 2, 2, 3, 3]


def test_the_backend_closes_after_five_seconds(longest_idle: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """No call fails, even if it is made at the moment when the backend closes the idle connection."""
    monkeypatch.setattr("medusa.http.internals.LONGEST_IDLE", longest_idle)

    def keep_five_seconds(sock: socket.socket, request: Request) -> bool:
        sock.settimeout(5)
        return ok(sock, request)

    def use(gap: float) -> None:
        with Medusa(peer.url) as medusa:
            for wait in (gap, 0):
                medusa.orders.confirm_request({"token": "a.b.c"})
                time.sleep(wait)

    with Peer(keep_five_seconds) as peer:
        gaps = [4.9 + step / 100 for step in range(20)]
        threads = [threading.Thread(target=use, args=(gap,)) for gap in gaps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(peer.requests) == 2 * len(gaps)
