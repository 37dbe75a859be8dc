"""When a call is retried, and after how long: `Retry-After`, the backoff, and a user's own policy."""

from __future__ import annotations

import logging
import random
import socket
import time
from typing import Any, ClassVar, Self

import pytest
import requests
import responses
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.exceptions import InvalidHeader, MaxRetryError, NewConnectionError, ProtocolError
from urllib3.util.retry import RequestHistory

from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaConnectionError,
    MedusaError,
    MedusaRateLimitError,
    MedusaServerError,
    RetryAdapter,
    RetryPolicy,
)

from .peer import Answer, Peer, Request, cut, http, ok
from .test_attempts import WITH_LENGTH, date, status

pytestmark = pytest.mark.usefixtures("no_waits")


@pytest.mark.parametrize("retry_after", ["1", "date"])
def test_retry_after_is_obeyed(retry_after: str) -> None:
    def busy(sock: socket.socket, _: Request) -> bool:
        # A date has whole seconds, so a date in 2 seconds asks for a wait of 1 to 2 seconds.
        value = retry_after if retry_after == "1" else date(seconds=2)
        sock.sendall(http("", 503, Retry_After=value))
        return True

    with Peer(busy, ok) as peer, Medusa(base_url=peer.url, max_retries=1) as medusa:
        begun = time.monotonic()
        medusa.orders.retrieve("order_1")
        assert 0.95 < time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("400", 400.0), ("61.5", 61.5), ("0", 0.0), ("-1", None), ("x", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_the_error_tells_retry_after(value: str, seconds: float | None) -> None:
    with Peer(status(429, Retry_After=value)) as peer, Medusa(base_url=peer.url) as medusa:
        with pytest.raises(MedusaRateLimitError) as caught:
            medusa.orders.retrieve("order_1")
        assert caught.value.retry_after == seconds


@pytest.mark.parametrize("value", ["", "soon", "1e3", "-1", "1,5", "Wed, 21 Oct 2015 07:28:00", "9" * 301])
def test_an_invalid_retry_after(value: str) -> None:
    with pytest.raises(InvalidHeader, match=r"^Invalid Retry-After header$"):
        RetryPolicy().parse_retry_after(value)


def test_the_backoff_has_full_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    ranges: list[tuple[float, float]] = []

    def uniform(least: float, most: float) -> float:
        ranges.append((least, most))
        return least

    monkeypatch.setattr(random, "uniform", uniform)
    with Peer(status(503)) as peer, Medusa(base_url=peer.url, max_retries=8) as medusa, pytest.raises(MedusaError):
        medusa.orders.retrieve("order_1")
    assert ranges == [(0, most) for most in (0.5, 1.5, 3.5, 7.5, 15.5, 30, 30, 30)]


def test_a_policy_of_the_users_own() -> None:
    policy = urllib3.Retry(total=2, status_forcelist=[418], backoff_factor=0)
    with Peer(status(418)) as peer, Medusa(base_url=peer.url, max_retries=policy) as medusa:
        with pytest.raises(MedusaAPIError):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 3
        with pytest.raises(MedusaAPIError):  # By default, a policy of urllib3 does not retry POST.
            medusa.orders.confirm_request({"token": "a.b.c"})
        assert len(peer.requests) == 4
        assert peer.requests[-1].headers["idempotency-key"]


@pytest.mark.parametrize(("fault", "kind"), [(None, "connect"), (cut(), "read"), (cut(WITH_LENGTH), "read")])
def test_a_policy_that_tells_connecting_from_reading(
    fault: Answer | None, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="medusa")
    with Peer(fault or ok) as peer:
        url = peer.url if fault else "http://127.0.0.1:1"
        for retried, never in (("connect", "read"), ("read", "connect")):
            caplog.clear()
            policy = urllib3.Retry(**{"total": 5, retried: 2, never: False})  # type: ignore[arg-type]
            with Medusa(base_url=url, max_retries=policy) as medusa, pytest.raises(MedusaConnectionError):
                medusa.orders.retrieve("order_1")
            attempts = [record for record in caplog.records if record.name == "medusa"]
            assert len(attempts) == (3 if retried == kind else 1)


def test_a_policy_without_statuses_obeys_retry_after() -> None:
    """By default, a policy of urllib3 retries 413, 429 and 503 if the response has a `Retry-After`."""
    for headers, attempts in (({"Retry_After": "0"}, 2), ({}, 1)):
        with Peer(status(503, **headers)) as peer, Medusa(base_url=peer.url, max_retries=urllib3.Retry(1)) as medusa:
            with pytest.raises(MedusaServerError):
                medusa.orders.retrieve("order_1")
            assert len(peer.requests) == attempts


def test_the_longest_retry_after_that_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    for seconds, expected in (("60", [60.0]), ("60.1", [])):
        with Peer(status(503, Retry_After=seconds)) as peer, Medusa(base_url=peer.url, max_retries=1) as medusa:
            waits.clear()
            with pytest.raises(MedusaServerError):
                medusa.orders.retrieve("order_1")
            assert waits == expected


class Watched(urllib3.Retry):
    """A policy that shows the history of the latest retry."""

    latest: ClassVar[list[RequestHistory]] = []

    def increment(self, *args: Any, **options: Any) -> Self:
        made = super().increment(*args, **options)
        self.latest[:] = made.history
        return made


def test_the_history_of_a_policy() -> None:
    """The history names the original exception, and no URL, because a query may contain an e-mail address."""
    for fault, cause, number in (
        (None, NewConnectionError, None),
        (cut(), ProtocolError, None),
        (cut(WITH_LENGTH), ProtocolError, None),
        (status(503), type(None), 503),
    ):
        with Peer(fault or ok) as peer, Medusa(max_retries=Watched(1, status_forcelist=[503])) as medusa:
            url = peer.url if fault else "http://127.0.0.1:1"
            with pytest.raises(MedusaError):
                medusa.with_options(base_url=url).orders.retrieve("order_1")
        (attempt,) = Watched.latest
        assert (type(attempt.error), attempt.status, attempt.method, attempt.url) == (cause, number, "GET", "")


def test_the_history_of_a_failure_without_a_cause() -> None:
    """Libraries such as responses raise exceptions of requests that have no text and wrap none of urllib3."""
    with responses.RequestsMock() as mock:
        mock.get("http://medusa.invalid/store/orders/order_1", body=requests.ConnectionError())
        with Medusa("http://medusa.invalid", max_retries=Watched(1)) as medusa:
            with pytest.raises(MedusaConnectionError):
                medusa.orders.retrieve("order_1")
        assert len(mock.calls) == 2
    (attempt,) = Watched.latest
    assert isinstance(attempt.error, ProtocolError)
    assert str(attempt.error) == "the exchange failed"


def test_the_exception_of_urllib3_has_no_url() -> None:
    with Medusa("http://127.0.0.1:1") as medusa, pytest.raises(MedusaConnectionError) as caught:
        medusa.orders.retrieve("order_1")
    assert isinstance(caught.value.__cause__, requests.ConnectionError)
    (cause,) = caught.value.__cause__.args
    assert isinstance(cause, MaxRetryError)
    assert cause.url == ""


def test_on_a_session_of_the_users_own() -> None:
    with Peer(cut(WITH_LENGTH), ok) as peer, requests.Session() as session:
        session.mount("http://", RetryAdapter(RetryPolicy.of(1)))
        Medusa(base_url=peer.url, session=session).orders.retrieve("order_1")
        assert len(peer.requests) == 2


def test_an_adapter_does_not_retry_by_default() -> None:
    with Peer(cut(WITH_LENGTH), ok) as peer, requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with pytest.raises(MedusaConnectionError):
            Medusa(base_url=peer.url, session=session).orders.retrieve("order_1")
        assert len(peer.requests) == 1


def test_on_an_adapter_of_requests() -> None:
    """After the last retry, the call raises the error of the response."""
    with Peer(status(503)) as peer, requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=RetryPolicy.of(1)))
        with pytest.raises(MedusaServerError):
            Medusa(base_url=peer.url, session=session).orders.retrieve("order_1")
        assert len(peer.requests) == 2
