"""A call that must not be carried out twice is retried only if the backend cannot have carried it out."""

from __future__ import annotations

import pickle
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest

from medusa import Medusa, MedusaError, MedusaTimeoutError

from .peer import Answer, Peer, answered, close_with_reset, cut, http, ok, reset, silent, until

pytestmark = pytest.mark.usefixtures("no_waits")

ADVICE = " (the call may have been carried out: check before you repeat it)"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WITH_LENGTH = HEAD + b'Content-Length: 100\r\n\r\n{"cart":'
CHUNKED = HEAD + b'Transfer-Encoding: chunked\r\n\r\n8\r\n{"cart":\r\n'


def status(number: int, body: str = '{"message": "m"}', **headers: str) -> Answer:
    return answered(http(body, number, Content_Type="application/json", **headers))


@contextmanager
def in_thread(function: Callable[[], object]) -> Iterator[None]:
    thread = threading.Thread(target=function, daemon=True)
    thread.start()
    yield
    thread.join(30)


def checked(call: Callable[[], object], *, may: bool, retryable: bool) -> MedusaError:
    """Make the call. Return its error, after checking the attributes and the text of the error and of its copies."""
    with pytest.raises(MedusaError) as caught:
        call()
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value)), copy(caught.value)):
        assert (error.may_have_happened, error.retryable) == (may, retryable)
        assert str(error).count(ADVICE) == (1 if may else 0)
        assert str(error).endswith(ADVICE) == may
        assert type(error) is type(caught.value)
    return caught.value


Call = Callable[[Medusa], object]


def request(method: str, **options: Any) -> Call:
    return lambda medusa: medusa.request(method, "/store/carts/cart_1/line-items", json={"quantity": 1}, **options)


ONCE: dict[str, Call] = {
    "POST": request("POST"),
    "post": request("post"),
    "PATCH": request("PATCH"),
    "a method that HTTP does not define": request("REFUND"),
    "PUT that is not repeatable": request("PUT", repeatable=False),
    "GET that is not repeatable": request("GET", repeatable=False),
}
REPEATABLE: dict[str, Call] = {
    "GET": request("GET"),
    "PUT": request("PUT"),
    "DELETE": request("DELETE"),
    "POST that is repeatable": request("POST", repeatable=True),
    "PATCH that is repeatable": request("PATCH", repeatable=True),
    "POST as in JS": lambda medusa: request("POST")(medusa.with_options(repeat_posts=True)),
    "POST as in JS although it says that it is not repeatable": lambda medusa: request("POST", repeatable=False)(
        medusa.with_options(repeat_posts=True)
    ),
}

# What the peer does, and whether a call that may be repeated is retried.
UNKNOWN: dict[str, tuple[Answer, bool]] = {
    "the body is cut": (cut(WITH_LENGTH), True),
    "a chunked body is cut": (cut(CHUNKED), True),
    "reset in the body": (reset(WITH_LENGTH), True),
    "reset after the request": (reset(), True),
    "closed without an answer": (cut(), True),
    "no HTTP": (cut(b"\x16\x03\x01 not HTTP\r\n\r\n"), True),
    "two lengths": (cut(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), False),
    "gzip that is none": (answered(http(b"no gzip", Content_Encoding="gzip")), True),
    "302": (status(302, Location="/"), False),
    "303": (status(303, Location="/"), False),
    "409": (status(409), True),
    "409 with Retry-After": (status(409, Retry_After="0"), True),
    "500": (status(500), False),
    "500 with Retry-After": (status(500, Retry_After="0"), False),
    "502 with Retry-After": (status(502, Retry_After="0"), True),
    **{str(number): (status(number), True) for number in (501, 502, 503, 504, 599)},
    "503, Retry-After: soon": (status(503, Retry_After="soon"), True),
    "503, Retry-After: -1": (status(503, Retry_After="-1"), True),
    "503, an empty Retry-After": (status(503, Retry_After=""), True),
    "a success that is no JSON": (answered(http("<html>", Content_Type="text/html")), False),
    "a success that is cut JSON": (status(200, '{"cart": '), False),
    "a success that is too large": (status(200, '"' + "x" * 5000 + '"'), False),
    "a 502 that is too large": (status(502, "x" * 5000), False),
}
# What the peer does, how often any call with two retries is sent, and whether its error is retryable.
NOT_DONE: dict[str, tuple[Answer, int, bool]] = {
    "429": (status(429), 3, True),
    "429, Retry-After: 0": (status(429, Retry_After="0"), 3, True),
    "429, Retry-After: soon": (status(429, Retry_After="soon"), 3, True),
    "503, Retry-After: 0": (status(503, Retry_After="0"), 3, True),
    "503, a Retry-After of the past": (status(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), 3, True),
    "503, Retry-After: 400": (status(503, Retry_After="400"), 1, True),
    "429 that is too large": (status(429, "x" * 5000), 1, True),
    **{str(number): (status(number), 1, False) for number in (400, 401, 403, 404, 405, 408, 413, 422)},
    **{str(number): (status(number, Location="/"), 1, False) for number in (300, 301, 307, 308)},
}


@pytest.mark.parametrize("call", ONCE.values(), ids=ONCE.keys())
@pytest.mark.parametrize("fault", UNKNOWN)
def test_it_may_have_happened(fault: str, call: Call) -> None:
    with Peer(UNKNOWN[fault][0]) as peer, Medusa(peer.url, max_retries=2, max_response_bytes=4000) as medusa:
        checked(lambda: call(medusa), may=True, retryable=False)
        assert len(peer.requests) == 1


@pytest.mark.parametrize("call", REPEATABLE.values(), ids=REPEATABLE.keys())
@pytest.mark.parametrize("fault", UNKNOWN)
def test_a_repeatable_call(fault: str, call: Call) -> None:
    answer, retried = UNKNOWN[fault]
    with Peer(answer) as peer, Medusa(peer.url, max_retries=2, max_response_bytes=4000) as medusa:
        is_retryable = retried or fault == "a 502 that is too large"
        checked(lambda: call(medusa), may=False, retryable=is_retryable)
        assert len(peer.requests) == (3 if retried else 1)
        assert len({(sent.head, sent.body, sent.headers.get("idempotency-key")) for sent in peer.requests}) == 1


@pytest.mark.parametrize("call", [*ONCE.values(), *REPEATABLE.values()], ids=[*ONCE, *REPEATABLE])
@pytest.mark.parametrize(("answer", "attempts", "retryable"), NOT_DONE.values(), ids=NOT_DONE.keys())
def test_what_the_backend_refused(answer: Answer, attempts: int, retryable: bool, call: Call) -> None:
    with Peer(answer) as peer, Medusa(peer.url, max_retries=2, max_response_bytes=4000) as medusa:
        checked(lambda: call(medusa), may=False, retryable=retryable)
        assert len(peer.requests) == attempts


@pytest.mark.parametrize("refusal", [status(429), status(503, Retry_After="0")])
def test_refused_first(refusal: Answer) -> None:
    """After a rejected attempt, the next attempt decides whether the call may have happened."""
    for fault, may in ((cut(WITH_LENGTH), True), (status(500), True), (status(404), False)):
        with Peer(refusal, fault) as peer, Medusa(peer.url, max_retries=3) as medusa:
            checked(lambda medusa=medusa: ONCE["POST"](medusa), may=may, retryable=False)  # type: ignore[misc]
            assert len(peer.requests) == 2
    with Peer(refusal, refusal, status(200, "{}")) as peer, Medusa(peer.url, max_retries=3) as medusa:
        assert ONCE["POST"](medusa) == {}
        assert len(peer.requests) == 3
        assert len({sent.headers["idempotency-key"] for sent in peer.requests}) == 1


# Time.


@pytest.mark.parametrize("options", [{"timeout": 0.2}, {"deadline": 0.2}], ids=["timeout", "deadline"])
def test_silence(options: Any) -> None:
    with Peer(silent) as peer, Medusa(peer.url, max_retries=2, **options) as medusa:
        error = checked(lambda: ONCE["POST"](medusa), may=True, retryable=False)
        assert isinstance(error, MedusaTimeoutError)
        until(lambda: len(peer.requests) == 1)
        checked(lambda: REPEATABLE["POST as in JS"](medusa), may=False, retryable=True)


def test_a_deadline_that_ends_before_the_next_attempt() -> None:
    with Peer(status(503, Retry_After="30")) as peer, Medusa(peer.url, max_retries=2, deadline=10) as medusa:
        checked(lambda: ONCE["POST"](medusa), may=False, retryable=True)
        assert len(peer.requests) == 1


LARGE = {"text": "x" * 12_000_000}
"""A payload that is much larger than the buffers of both sockets."""


def test_a_backend_that_stops_reading() -> None:
    with Peer(ok, pause=60) as peer, Medusa(peer.url, timeout=(30, 0.3), max_retries=2) as medusa:
        error = checked(lambda: medusa.request("POST", "/store/custom", json=LARGE), may=True, retryable=False)
        assert isinstance(error, MedusaTimeoutError)
        assert peer.connections == 1


def test_a_reset_while_the_request_is_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        medusa = Medusa(f"http://127.0.0.1:{listener.getsockname()[1]}", max_retries=2)

        def reset_early() -> None:
            sock, _ = listener.accept()
            sock.recv(1000)
            close_with_reset(sock)

        with in_thread(reset_early):
            checked(lambda: medusa.request("POST", "/store/custom", json=LARGE), may=True, retryable=False)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):  # No other connection was made.
            listener.accept()
        medusa.close()


def test_repeatable_is_a_flag() -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(TypeError, match=r"^repeatable must be True or False, not str$"):
            medusa.request("POST", "/store/carts", repeatable="no")  # type: ignore[arg-type]  # This must be rejected.
        assert peer.requests == []
