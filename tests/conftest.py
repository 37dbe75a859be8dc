"""What all tests share: the recorded answers, a scripted server on a real socket, a client on it."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import hypothesis
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from medusa import Medusa, Model
from medusa.http.internals import LONGEST_IDLE

from .sides import ADMIN, STORE, Side

CORPUS = Path(__file__).parent / "corpus"

Sent = Callable[[], Request]
"""The fixture `sent`."""
Replay = Callable[[str], Any]
"""The fixture `replay`."""

# Hypothesis would fail an example, or a whole test, that is slow.
hypothesis.settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="CI" in os.environ,  # CI tells whether a change is right; new examples are tried where people work.
)
hypothesis.settings.load_profile("any machine")


def recorded(name: str, route: str = "get") -> dict[str, Any]:
    """The body that a real backend answered: `{"order": ...}`."""
    body: dict[str, Any] = json.loads((CORPUS / "orders" / f"{name}.json").read_text())[route]["body"]
    return body


def fields_of(cls: type[Model]) -> list[str]:
    """The names of a model's fields; `Model` and `Result` themselves have none."""
    return [field.name for field in attrs.fields(cls)] if attrs.has(cls) else []


def not_loaded(name: str) -> str:
    """The pattern of the whole text of a `NotLoadedError` about a field such as `Order.claims`."""
    text = (
        f"{name} is not loaded: the response did not include it. Request a relation with expand=[...] and a column"
        " with fields=[...], if the method takes them"
    )
    return f"^{re.escape(text)}$"


def target(request: Request) -> str:
    """Path and query as they were on the wire."""
    uri: str = request.environ["RAW_URI"]
    return uri


@pytest.fixture(scope="module")
def no_garbage() -> Iterator[None]:
    """For tests that fill the stack: a finalizer of what other tests left, called there, could only fail."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def without_orjson(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra `speed`; test_orjson.py compares."""
    monkeypatch.setattr("medusa.codec.json_text.orjson", None)


@pytest.fixture
def longest_idle(monkeypatch: pytest.MonkeyPatch) -> float:
    """Keep idle connections, however slow this machine is. The value is the seconds that they are kept otherwise."""
    monkeypatch.setattr("medusa.http.internals.LONGEST_IDLE", 3600.0)
    return LONGEST_IDLE


@pytest.fixture
def medusa(httpserver: HTTPServer) -> Iterator[Medusa]:
    with Medusa(base_url=httpserver.url_for("")) as client:
        yield client


@pytest.fixture(params=[STORE, ADMIN], ids=["Store", "Admin"])
def side(request: pytest.FixtureRequest) -> Side:
    """Each of the two sides on which a client logs in."""
    side: Side = request.param
    return side


@pytest.fixture
def answer(httpserver: HTTPServer) -> Callable[..., None]:
    """Have the server answer every request with this."""

    def answer(
        body: Any = "OK",
        status: int = 200,
        content_type: str | None = None,
        headers: dict[str, str] | None = None,
        delay: float = 0,
    ) -> None:
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        default = "text/plain; charset=utf-8" if isinstance(body, (str, bytes)) else "application/json; charset=utf-8"

        def handler(_: Request) -> Response:
            time.sleep(delay)
            response = Response(raw, status, headers, content_type=default if content_type is None else content_type)
            if content_type == "":
                del response.headers["Content-Type"]
            return response

        httpserver.clear()
        httpserver.expect_request(re.compile("")).respond_with_handler(handler)

    return answer


@pytest.fixture
def replay(answer: Callable[..., None]) -> Callable[[str], Any]:
    """Have the server answer as in the recording of this case. Return the recorded body."""
    from .recordings import exchange

    def replay(case: str) -> Any:
        recording = exchange(case)
        body = recording["body"]
        text = body if isinstance(body, str) else json.dumps(body)
        answer(text, recording["status"], recording["content_type"] or "")
        return body

    return replay


@pytest.fixture
def sent(httpserver: HTTPServer) -> Callable[[], Request]:
    """The last request that the server got."""
    return lambda: httpserver.log[-1][0]


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
