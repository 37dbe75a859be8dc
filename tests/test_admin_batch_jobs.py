"""How `admin.batch_jobs.wait` waits: with responses, without a response, and if a job fails."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    BatchJob,
    Medusa,
    MedusaBatchJobError,
    MedusaConnectionError,
    MedusaError,
    MedusaServerError,
    MedusaTimeoutError,
)

from .conftest import Sent
from .faults.peer import Answer, Peer, answered, cut, http, silent
from .faults.test_twice import status


def job(state: str, **more: Any) -> Answer:
    body = {"batch_job": {"id": "batch_1", "status": state, "dry_run": False, "result": None, **more}}
    return answered(http(json.dumps(body), Content_Type="application/json"))


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Skip the pauses between requests. Return a list of the seconds that `wait` would have paused."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def test_the_pauses_grow(no_pauses: list[float]) -> None:
    steps = [job("created"), job("pre_processed"), job("confirmed"), *[job("processing")] * 6, job("completed")]
    told: list[BatchJob] = []
    with Peer(*steps) as peer, Medusa(peer.url) as medusa:
        result = medusa.admin.batch_jobs.wait("batch_1", progress=told.append)
        assert result.batch_job.status == "completed"
        assert [each.path for each in peer.requests] == ["/admin/batch-jobs/batch_1"] * len(steps)
    assert no_pauses == [0.5, 0.75, 1.125, 1.6875, 2.53125, 3.796875, 5.0, 5.0, 5.0]
    assert [each.status for each in told] == ["created", "pre_processed", "confirmed", *["processing"] * 6, "completed"]
    assert told[-1] is result.batch_job


def test_a_dry_run_ends_when_it_is_prepared(no_pauses: list[float]) -> None:
    with Peer(job("created", dry_run=True), job("pre_processed", dry_run=True)) as peer, Medusa(peer.url) as medusa:
        assert medusa.admin.batch_jobs.wait("batch_1").batch_job.status == "pre_processed"
        assert len(peer.requests) == 2
    with Peer(job("confirmed", dry_run=True), job("completed", dry_run=True)) as peer, Medusa(peer.url) as medusa:
        assert medusa.admin.batch_jobs.wait("batch_1").batch_job.status == "completed"


FAILURES: list[tuple[str, Any, str]] = [
    ("failed", {"errors": ["no file", {"code": "c", "message": "ada@example.com"}, 7]}, "failed: no file; [hidden]"),
    ("failed", {"errors": ["the same", {"err": {}, "code": "c", "message": "the same"}]}, "failed: the same"),
    ("failed", {"errors": []}, "failed"),
    ("failed", {"count": 1}, "failed"),
    ("failed", None, "failed"),
    ("canceled", None, "was canceled"),
]
"""The status of a job, its result, and the end of the error's text."""


@pytest.mark.parametrize(("state", "result", "words"), FAILURES)
def test_a_job_that_fails(state: str, result: Any, words: str) -> None:
    with Peer(job(state, result=result)) as peer, Medusa(peer.url) as medusa:
        told: list[BatchJob] = []
        with pytest.raises(MedusaBatchJobError) as caught:
            medusa.admin.batch_jobs.wait("batch_1", progress=told.append)
    error = caught.value
    assert str(error) == f"the batch job batch_1 {words}"
    assert error.batch_job is told[0]
    assert (error.retryable, error.may_have_happened) == (False, False)
    assert pickle.loads(pickle.dumps(error)).batch_job == error.batch_job
    assert str(MedusaBatchJobError()) == ""


def test_a_job_that_does_not_end_in_time(no_pauses: list[float]) -> None:
    with Peer(job("processing")) as peer, Medusa(peer.url) as medusa:
        text = r"^the batch job did not end within 0 seconds \(its status is processing\): call wait again to continue$"
        with pytest.raises(MedusaTimeoutError, match=text) as caught:
            medusa.admin.batch_jobs.wait("batch_1", timeout=0)
        assert len(peer.requests) == 1
        assert caught.value.retryable
        with pytest.raises(MedusaTimeoutError, match=r"within 0\.05 seconds"):
            medusa.admin.batch_jobs.wait("batch_1", timeout=0.05)
    assert no_pauses
    assert max(no_pauses) <= 0.05


def test_a_backend_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request without a response is repeated after its own time limit, even if the client has no timeout."""
    monkeypatch.setattr("medusa.resources.admin.batch_jobs.LONGEST_POLL", 0.5)
    with Peer(silent, job("completed")) as peer, Medusa(peer.url, timeout=None) as medusa:
        assert medusa.admin.batch_jobs.wait("batch_1").batch_job.status == "completed"
        assert len(peer.requests) == 2
    with Peer(silent) as peer, Medusa(peer.url, timeout=None) as medusa:
        text = (
            r"^the batch job did not end within 0 seconds \(the backend did not respond\): call wait again to continue$"
        )
        with pytest.raises(MedusaTimeoutError, match=text) as caught:
            medusa.admin.batch_jobs.wait("batch_1", timeout=0)
        assert isinstance(caught.value.__cause__, MedusaTimeoutError)


def test_other_failures_end_the_wait() -> None:
    """Every error except a timeout ends the wait."""
    with Peer(status(500)) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaServerError):
            medusa.admin.batch_jobs.wait("batch_1")
        assert len(peer.requests) == 1
    with Peer(cut()) as peer, Medusa(peer.url) as medusa, pytest.raises(MedusaConnectionError) as caught:
        medusa.admin.batch_jobs.wait("batch_1")
    assert type(caught.value) is MedusaConnectionError


def test_each_request_is_made_with_the_login_of_the_client() -> None:
    cookie = "connect.sid=s%3Alogin; Path=/; HttpOnly"
    login = answered(http('{"user": {"id": "usr_1"}}', Content_Type="application/json", Set_Cookie=cookie))
    with Peer(login, job("completed"), job("completed")) as peer, Medusa(peer.url) as medusa:
        medusa.admin.auth.create_session({"email": "ada@example.com", "password": "correct-horse"})
        for _ in range(2):
            medusa.admin.batch_jobs.wait("batch_1", {"X-Call": "one"})
        assert [each.headers.get("cookie") for each in peer.requests[1:]] == ["connect.sid=s%3Alogin"] * 2
        assert [each.headers.get("x-call") for each in peer.requests[1:]] == ["one"] * 2
        assert peer.connections == 1


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"timeout": -1}, ValueError, "^timeout must be at least 0 seconds, or None$"),
        ({"timeout": float("nan")}, ValueError, "^timeout must be at least 0 seconds, or None$"),
        ({"progress": "print"}, TypeError, "^progress must be callable, not str$"),
    ],
)
def test_bad_arguments(medusa: Medusa, httpserver: HTTPServer, options: Any, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        medusa.admin.batch_jobs.wait("batch_1", **options)
    assert httpserver.log == []


def test_what_the_callback_raises_passes_through(answer: Callable[..., None], medusa: Medusa) -> None:
    answer({"batch_job": {"id": "batch_1", "status": "processing", "dry_run": False}})

    def stop(_: BatchJob) -> None:
        raise MedusaTimeoutError("enough")

    with pytest.raises(MedusaError, match=r"^enough$"):
        medusa.admin.batch_jobs.wait("batch_1", progress=stop)


def test_none_is_sent_as_the_text_null(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    """The backend reads the text `null` as null, and fails on an empty text."""
    answer({"batch_jobs": [], "count": 0, "offset": 0, "limit": 10})
    medusa.admin.batch_jobs.list({"completed_at": None, "type": ["order-export"]})
    assert sent().args.to_dict() == {"completed_at": "null", "type[0]": "order-export"}
