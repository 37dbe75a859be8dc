"""Each fault on GET and POST: the number of attempts, their idempotency key, the error, and a healthy pool afterwards.

`corpus/retries.tsv` records the attempts of the JS client. This file lists the deliberate differences.
"""

from __future__ import annotations

import csv
import gzip
import json
import logging
import random
import re
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaConflictError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    MedusaNotFoundError,
    MedusaRateLimitError,
    MedusaServerError,
    MedusaTimeoutError,
)

from ..conftest import CORPUS
from .peer import Answer, Peer, Request, answered, cut, http, ok, reset, silent, until

pytestmark = pytest.mark.usefixtures("no_waits")


def call(medusa: Medusa, method: str) -> object:
    if method == "GET":
        return medusa.orders.retrieve("order_1")
    return medusa.orders.confirm_request({"token": "a.b.c"})


def status(number: int, **headers: str) -> Answer:
    return answered(http('{"type": "t", "message": "m"}', number, Content_Type="application/json", **headers))


def date(**ahead: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(**ahead), usegmt=True)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WITH_LENGTH = HEAD + b'Content-Length: 100\r\n\r\n{"order":'
CHUNKED = HEAD + b'Transfer-Encoding: chunked\r\n\r\n9\r\n{"order":\r\n'

# For each scenario of the JS client, what the peer does, and the error that the SDK raises.
SCENARIOS: dict[str, tuple[Callable[[], Answer], type[MedusaError] | None]] = {
    "finBefore": (cut, MedusaConnectionError),
    "resetBefore": (reset, MedusaConnectionError),
    "finMid": (lambda: cut(WITH_LENGTH), MedusaConnectionError),
    "resetMid": (lambda: reset(WITH_LENGTH), MedusaConnectionError),
    "finMidChunked": (lambda: cut(CHUNKED), MedusaConnectionError),
    "garbage": (lambda: cut(b"\x16\x03\x01 not HTTP\r\n\r\n"), MedusaConnectionError),
    "s400": (lambda: status(400), MedusaAPIError),
    "s401": (lambda: status(401), MedusaAPIError),
    "s403": (lambda: status(403), MedusaAPIError),
    "s404": (lambda: status(404), MedusaAPIError),
    "s408": (lambda: status(408), MedusaAPIError),
    "s409": (lambda: status(409), MedusaConflictError),
    "s409_ra1": (lambda: status(409, Retry_After="1"), MedusaConflictError),
    "s422": (lambda: status(422), MedusaAPIError),
    "s423": (lambda: status(423), MedusaAPIError),
    "s425": (lambda: status(425), MedusaAPIError),
    "s429": (lambda: status(429), MedusaRateLimitError),
    "s429_ra1": (lambda: status(429, Retry_After="1"), MedusaRateLimitError),
    **{f"s{n}": (lambda n=n: status(n), MedusaServerError) for n in (500, 501, 502, 503, 504, 507, 511, 520, 599)},  # type: ignore[misc]
    "s500_ra1": (lambda: status(500, Retry_After="1"), MedusaServerError),
    "s503_ra0": (lambda: status(503, Retry_After="0"), MedusaServerError),
    "s503_ra1": (lambda: status(503, Retry_After="1"), MedusaServerError),
    "s503_ra2f": (lambda: status(503, Retry_After="0.25"), MedusaServerError),
    "s503_ra400": (lambda: status(503, Retry_After="400"), MedusaServerError),
    "s503_radate": (lambda: status(503, Retry_After=date(seconds=2)), MedusaServerError),
    "s503_radatepast": (lambda: status(503, Retry_After=date(days=-1)), MedusaServerError),
    "s503_raempty": (lambda: status(503, Retry_After=""), MedusaServerError),
    "s503_ragarbage": (lambda: status(503, Retry_After="soon"), MedusaServerError),
    "s503_raneg": (lambda: status(503, Retry_After="-5"), MedusaServerError),
}
# The SDK retries these, and the JS client does not: 429, and a Retry-After that is 0, in the past or invalid.
WE_RETRY_TOO = {"s429", "s429_ra1", "s503_ra0", "s503_radatepast", "s503_ragarbage", "s503_raneg"}
NOT_PLAYED = {
    "dns": "test_nobody_there",
    "refused": "test_nobody_there",
    "hang": "the JS client has no timeout: test_time.py",
    "flaky1": "test_a_fault_that_passes",
    "flaky2": "test_a_fault_that_passes",
}


def rows() -> Iterator[object]:
    with (CORPUS / "retries.tsv").open() as table:
        for row in csv.DictReader(table, delimiter="\t"):
            scenario, method, retries = row["scenario"], row["method"], int(row["maxRetries"])
            waits = re.search("_ra1|_radate$", scenario)  # Each retry of these waits for a second or more.
            if scenario in NOT_PLAYED or (retries > 1 and waits):
                continue
            attempts = retries + 1 if scenario in WE_RETRY_TOO else int(row["attempts"])
            yield pytest.param(scenario, method, retries, attempts, id=f"{scenario}-{method}-{retries}")


def check_attempts(peer: Peer, method: str, attempts: int, max_retries: int) -> None:
    """Check the number of attempts, and that all are alike. Those of a POST that may be retried share one key."""
    assert len(peer.requests) == attempts
    assert len({(r.head, r.body) for r in peer.requests}) == 1
    keys = {r.headers.get("idempotency-key") for r in peer.requests}
    if method == "POST" and max_retries:
        (key,) = keys
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", key or "")
    else:
        assert keys == {None}


def check_health(medusa: Medusa, peer: Peer, method: str) -> None:
    """Check that the next calls share one working connection and have new keys, and that `close()` closes it."""
    before = {r.headers.get("idempotency-key") for r in peer.requests} - {None}
    peer.answers = [ok]
    patient = medusa.with_options(timeout=30)
    call(patient, method)
    assert peer.requests[-1].headers.get("idempotency-key") not in before
    call(patient, method)
    assert peer.requests[-1].connection == peer.requests[-2].connection
    assert peer.most_open == 1
    medusa.close()
    assert peer.all_closed()


@pytest.mark.parametrize(("scenario", "method", "max_retries", "attempts"), list(rows()))
def test_as_the_js_client(scenario: str, method: str, max_retries: int, attempts: int) -> None:
    make, expected = SCENARIOS[scenario]
    with Peer(make()) as peer, Medusa(base_url=peer.url, max_retries=max_retries, pool_maxsize=1) as medusa:
        begun = time.monotonic()
        with pytest.raises(expected or MedusaError) as caught:
            call(medusa, method)
        assert time.monotonic() - begun < 30
        assert isinstance(caught.value, expected or MedusaError)
        check_attempts(peer, method, attempts, max_retries)
        check_health(medusa, peer, method)


def test_no_scenario_is_forgotten() -> None:
    with (CORPUS / "retries.tsv").open() as table:
        assert {
            row["scenario"] for row in csv.DictReader(table, delimiter="\t")
        } == SCENARIOS.keys() | NOT_PLAYED.keys()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate, raw": lambda data: zlib.compress(data, wbits=-zlib.MAX_WBITS),
}


def packed(coding: str, cut_off: int = 0, size: int = 1000) -> Answer:
    """Send an order in this coding, without its last bytes, and close the connection, which ends the body."""
    body = PACKERS[coding](
        json.dumps({"order": {"id": "order_1", "note": random.Random(1).randbytes(size).hex()}}).encode()
    )
    head = HEAD + f"Content-Encoding: {coding.partition(',')[0]}\r\n\r\n".encode()
    return cut(head + body[: len(body) - cut_off])


CUT = [(coding, cut_off) for coding in PACKERS for cut_off in (1, 4, 500)]

MORE: dict[str, tuple[Answer, type[MedusaError], bool]] = {
    "reset in chunks": (reset(CHUNKED), MedusaConnectionError, True),
    "cut in the headers": (cut(HEAD), MedusaDecodeError, False),
    "reset in the headers": (reset(HEAD), MedusaConnectionError, True),
    "a chunk's size is garbage": (cut(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), MedusaConnectionError, True),
    "headers without end": (cut(HEAD + b"X-More: more\r\n" * 5000), MedusaConnectionError, True),
    "one header without end": (cut(HEAD + b"X-More: " + b"m" * 200_000), MedusaConnectionError, True),
    "two lengths": (cut(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), MedusaConnectionError, False),
    **{
        f"{coding} cut short by {cut_off}": (packed(coding, cut_off), MedusaConnectionError, True)
        for coding, cut_off in CUT
    },
    "one byte of gzip": (cut(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f"), MedusaConnectionError, True),
    "gzip that is none": (answered(http(b"no gzip", Content_Encoding="gzip")), MedusaConnectionError, True),
    "HTML": (answered(http("<html>", Content_Type="text/html")), MedusaDecodeError, False),
    "empty": (answered(http("")), MedusaDecodeError, False),
    "cut JSON": (answered(http('{"order": {"id": "or')), MedusaDecodeError, False),
    "a JSON string": (answered(http('"order"')), MedusaDecodeError, False),
    "a JSON array": (answered(http("[]")), MedusaDecodeError, False),
    "null": (answered(http("null")), MedusaDecodeError, False),
    "invalid UTF-8": (answered(http(b'{"order": {"id": "\xff"}}')), MedusaDecodeError, False),
    "a redirect in a loop": (status(302, Location="/store/orders/order_1"), MedusaAPIError, False),
    "a redirect to nowhere": (status(302, Location="http://[::1"), MedusaAPIError, False),
    "not modified": (answered(b"HTTP/1.1 304 Not Modified\r\n\r\n"), MedusaAPIError, False),
    "an absurd Retry-After": (status(503, Retry_After="9" * 40), MedusaServerError, False),
    "a Retry-After in 9999": (status(429, Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"), MedusaRateLimitError, False),
    "a Retry-After over a minute": (status(503, Retry_After="61"), MedusaServerError, False),
    "413 with a Retry-After": (status(413, Retry_After="0"), MedusaAPIError, False),
}


@pytest.mark.parametrize("max_retries", [0, 1, 3])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("answer", "expected", "retried"), MORE.values(), ids=MORE.keys())
def test_more_faults(answer: Answer, expected: type[MedusaError], retried: bool, method: str, max_retries: int) -> None:
    with Peer(answer) as peer, Medusa(base_url=peer.url, max_retries=max_retries, pool_maxsize=1) as medusa:
        with pytest.raises(expected):
            call(medusa, method)
        check_attempts(peer, method, max_retries + 1 if retried else 1, max_retries)
        check_health(medusa, peer, method)


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("size", [0, 100, 200_000])
def test_a_packed_answer(coding: str, size: int) -> None:
    with Peer(packed(coding, size=size)) as peer, Medusa(base_url=peer.url) as medusa:
        assert len(medusa.orders.retrieve("order_1").order.extra["note"]) == 2 * size


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_packed_answer_of_nothing(coding: str) -> None:
    with Peer(answered(http("", 404, Content_Encoding=coding))) as peer, Medusa(base_url=peer.url) as medusa:
        with pytest.raises(MedusaNotFoundError):
            medusa.orders.retrieve("order_1")


@pytest.mark.parametrize("max_retries", [0, 1, 3])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
def test_nobody_there(url: str, method: str, max_retries: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="medusa")
    with Medusa(base_url=url, max_retries=max_retries) as medusa, pytest.raises(MedusaConnectionError):
        call(medusa, method)
    assert len([record for record in caplog.records if record.name == "medusa"]) == max_retries + 1


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("faults", [1, 2])
def test_a_fault_that_passes(method: str, faults: int) -> None:
    flaky = [cut(WITH_LENGTH), status(503)][:faults]
    with Peer(*flaky, ok) as peer, Medusa(base_url=peer.url, max_retries=3, pool_maxsize=1) as medusa:
        call(medusa, method)
        check_attempts(peer, method, faults + 1, 3)
        check_health(medusa, peer, method)


@pytest.mark.parametrize("max_retries", [0, 1, 3])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_silence(method: str, max_retries: int) -> None:
    with Peer(silent) as peer, Medusa(peer.url, max_retries=max_retries, timeout=0.1, pool_maxsize=1) as medusa:
        with pytest.raises(MedusaTimeoutError):
            call(medusa, method)
        until(lambda: len(peer.requests) == max_retries + 1)
        check_attempts(peer, method, max_retries + 1, max_retries)
        check_health(medusa, peer, method)


def in_a_second() -> str:
    return date(seconds=1)


RETRY_AFTER: dict[str, tuple[Callable[[], str | None], bool]] = {
    "none": (lambda: None, True),
    "seconds": (lambda: "0.02", True),
    "a date": (in_a_second, True),
    "zero": (lambda: "0", True),
    "a date in the past": (lambda: "Wed, 21 Oct 2015 07:28:00 GMT", True),
    "negative": (lambda: "-1", True),
    "garbage": (lambda: "in a while", True),
    "a date that is none": (lambda: "Wed, 99 Oct 2015 07:28:00 GMT", True),
    "absurd": (lambda: "1" + "0" * 30, False),
    "an absurd date": (lambda: "Fri, 31 Dec 9999 23:59:59 GMT", False),
}


@pytest.mark.once
@pytest.mark.parametrize("max_retries", [0, 1, 3])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("number", [409, 429, 500, 501, 502, 503, 504, 599])
@pytest.mark.parametrize(("retry_after", "retried"), RETRY_AFTER.values(), ids=RETRY_AFTER.keys())
def test_every_status_with_every_retry_after(
    retry_after: Callable[[], str | None], retried: bool, number: int, method: str, max_retries: int
) -> None:
    def refuse(sock: socket.socket, _: Request) -> bool:
        value = retry_after()
        sock.sendall(http("{}", number) if value is None else http("{}", number, Retry_After=value))
        return True

    if retry_after is in_a_second:
        max_retries = min(max_retries, 1)  # Each retry waits for a second, and more retries would prove nothing new.
    with Peer(refuse) as peer, Medusa(base_url=peer.url, max_retries=max_retries, pool_maxsize=1) as medusa:
        with pytest.raises(MedusaAPIError) as caught:
            call(medusa, method)
        assert caught.value.status == number
        check_attempts(peer, method, max_retries + 1 if retried and number != 500 else 1, max_retries)
        check_health(medusa, peer, method)
