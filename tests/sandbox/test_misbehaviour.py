"""A sandbox store fails, drops connections or delays responses when a test asks for this."""

from __future__ import annotations

import gc
import sys
import time
from functools import partial

import pytest
import requests

from medusa import Medusa, MedusaConnectionError, MedusaInvalidRequestError, MedusaRateLimitError, MedusaTimeoutError
from medusa.sandbox import SandboxStore


def test_fail_next(store: SandboxStore, medusa: Medusa) -> None:
    id = store.orders[0].id
    store.fail_next(503, times=2, retry_after=0)
    assert medusa.with_options(max_retries=2).orders.retrieve(id).order.id == id
    assert len(store.requests) == 3
    store.fail_next(429, retry_after=7)
    with pytest.raises(MedusaRateLimitError) as caught:
        medusa.orders.retrieve(id)
    assert caught.value.retry_after == 7
    store.fail_next(400)
    with pytest.raises(MedusaInvalidRequestError):
        medusa.orders.retrieve(id)
    assert medusa.orders.retrieve(id).order.id == id


def test_drop_connection(store: SandboxStore, medusa: Medusa) -> None:
    store.drop_connection()
    with pytest.raises(MedusaConnectionError):
        medusa.orders.retrieve(store.orders[0].id)
    assert medusa.orders.retrieve(store.orders[0].id).order.display_id == 1


def test_delay(store: SandboxStore, medusa: Medusa) -> None:
    store.delay(3)
    with pytest.raises(MedusaTimeoutError):
        medusa.with_options(timeout=0.05).orders.retrieve(store.orders[0].id)
    assert medusa.orders.retrieve(store.orders[0].id).order.display_id == 1


def test_a_client_that_has_gone_leaves_nothing_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disconnected client causes no error in a finalizer.

    Since Python 3.13, such errors are reported, and they fail the tests of projects that treat warnings as errors.
    """
    reported: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", reported.append)
    with SandboxStore() as store:
        store.delay(1)
        with pytest.raises(MedusaTimeoutError):
            store.client(timeout=0.05).orders.retrieve(store.orders[0].id)
        time.sleep(1.2)  # The store has tried to respond by then.
    gc.collect()
    assert reported == []


def test_what_no_fault_can_be(store: SandboxStore) -> None:
    for status in (99, 200, 204, 600, "503"):
        with pytest.raises(ValueError, match="status"):
            store.fail_next(status)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Retry-After"):
        store.fail_next(503, retry_after="1\r\nX-Evil: 1")
    with pytest.raises(ValueError, match="seconds"):
        store.delay(-1)
    for misbehave in (store.drop_connection, partial(store.delay, 1), partial(store.fail_next, 503)):
        with pytest.raises(ValueError, match="times"):
            misbehave(times=0)


def test_closing_twice() -> None:
    with SandboxStore() as store:
        store.close()
    store.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(store.url, timeout=10)


def test_closing_does_not_wait_for_a_delay() -> None:
    with SandboxStore() as store, store.client(timeout=0.05) as medusa:
        store.delay(600)
        with pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")
