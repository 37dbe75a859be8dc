"""Times and counts that are too large for a clock, a float or a socket raise no unexpected exceptions."""

from __future__ import annotations

import random
import time

import pytest
import urllib3
from hypothesis import given, strategies as st
from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import RequestHistory

from medusa import Medusa, MedusaConnectionError, MedusaServerError, RetryPolicy

from .peer import Peer, answered, cut, http, ok

pytestmark = pytest.mark.usefixtures("no_waits")


@pytest.mark.parametrize(
    "policy",
    [1100, urllib3.Retry(total=1100, status_forcelist=[503], backoff_factor=1e-6, backoff_max=1e-5)],
    ids=["ours", "urllib3's"],
)
def test_there_may_be_any_number_of_retries(policy: int | urllib3.Retry) -> None:
    """A call can be retried more than 1,024 times, although `2 ** n` is too large for a float then."""
    busy = answered(http("", 503))
    with Peer(*[busy] * 1100, ok) as peer, Medusa(peer.url, max_retries=policy, timeout=60) as medusa:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert len(peer.requests) == 1101


def test_a_backoff_that_is_too_large_for_a_float_is_the_longest_one_of_the_policy() -> None:
    history = (RequestHistory("GET", "", None, 503, None),) * 1100
    policy = urllib3.Retry(total=1, status_forcelist=[503], backoff_factor=1.0, backoff_max=0.01, history=history)
    with Peer(answered(http("", 503)), ok) as peer, Medusa(peer.url, max_retries=policy, deadline=60) as medusa:
        # The call would fail if the backoff were longer than the deadline.
        assert medusa.orders.retrieve("order_1").order.id == "order_1"


def test_there_may_be_any_number_of_failures() -> None:
    with Peer(cut()) as peer, Medusa(peer.url, max_retries=1100) as medusa:
        with pytest.raises(MedusaConnectionError):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 1101


def test_the_longest_wait_is_30_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    longest: list[float] = []

    def uniform(least: float, most: float) -> float:
        longest.append(most)
        return least

    monkeypatch.setattr(random, "uniform", uniform)
    with Peer(answered(http("", 503))) as peer, Medusa(peer.url, max_retries=40) as medusa:
        with pytest.raises(MedusaServerError):
            medusa.orders.retrieve("order_1")
    assert longest == [0.5, 1.5, 3.5, 7.5, 15.5, *[30] * 35]


ABSURD = [
    "9" * 40,
    "9" * 400,
    "9" * 5000,
    "0" * 5000 + "1",
    "9" * 300 + "." + "9" * 300,
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Sat, 01 Jan 0001 00:00:00 +2359",
    "Fri, 31 Dec 99999 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 +99999999999999999999",
    "Fri, 31 Dec 2573 23:59:59 GMT",
]


@pytest.mark.parametrize("policy", [3, urllib3.Retry(total=3, status_forcelist=[503])], ids=["ours", "urllib3's"])
@pytest.mark.parametrize("retry_after", ABSURD, ids=lambda value: value[:40])
def test_an_absurd_retry_after(retry_after: str, policy: int | urllib3.Retry) -> None:
    """A Retry-After that is absurd is ignored, or the call fails without a wait."""
    answer = answered(http("", 503, Retry_After=retry_after))
    with Peer(answer) as peer, Medusa(peer.url, max_retries=policy, deadline=40) as medusa:
        begun = time.monotonic()
        with pytest.raises(MedusaServerError) as caught:
            medusa.orders.retrieve("order_1")
        assert time.monotonic() - begun < 20
        assert caught.value.retry_after is None or caught.value.retry_after >= 0


@pytest.mark.parametrize(("seconds", "attempts"), [(1e300, 1), (float("inf"), 1), (10**400, 4)], ids=range(3))
def test_a_policy_that_would_wait_for_ever(seconds: float, attempts: int) -> None:
    """A call is not retried if its policy would wait too long.

    A wait that does not fit into a float is treated as if the response had no Retry-After.
    """

    class Patient(urllib3.Retry):
        def parse_retry_after(self, retry_after: str) -> float:
            return seconds

    policy = Patient(total=3, status_forcelist=[503], backoff_factor=0)
    with Peer(answered(http("", 503, Retry_After="1"))) as peer, Medusa(peer.url, max_retries=policy) as medusa:
        with pytest.raises(MedusaServerError):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == attempts


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d(:\d\d)? [+-]?\w*"))
def test_any_retry_after(text: str) -> None:
    try:
        seconds = RetryPolicy().parse_retry_after(text)
    except InvalidHeader:
        return
    assert 0 <= seconds < float("inf")


@pytest.mark.parametrize("option", ["timeout", "deadline"])
def test_a_time_that_no_socket_accepts(option: str) -> None:
    """`timeout` and `deadline` have a maximum, because sockets accept at most some weeks, depending on the system."""
    for seconds in (2_000_001, 1e7, 1e10, 1e300, 10**400):
        with pytest.raises(ValueError, match=f"{option} must be more than 0 and at most 2,000,000 seconds"):
            Medusa(**{option: seconds})  # type: ignore[arg-type]
    with Peer(ok) as peer, Medusa(peer.url, timeout=2_000_000, deadline=2_000_000) as medusa:
        for _ in range(2):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert peer.connections == 1
