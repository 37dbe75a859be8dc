"""What all tests share: recorded responses, a scripted server on a real socket, and a client of this server."""

from __future__ import annotations

import gc
import json
import os
import random
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

# By default, Hypothesis fails examples and tests that are slow, and everything is slow on some machines.
hypothesis.settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    # CI always tries the same examples, so that only a change can make a test fail. Developers' runs try new examples.
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("any machine")


def recorded(name: str, route: str = "get") -> dict[str, Any]:
    """Return the body of a real backend's response: `{"order": ...}`."""
    body: dict[str, Any] = json.loads((CORPUS / "orders" / f"{name}.json").read_text())[route]["body"]
    return body


def fields_of(cls: type[Model]) -> list[str]:
    """Return the names of a model's fields. `Model`, `Result` and `NoContent` have none."""
    return [field.name for field in attrs.fields(cls)] if attrs.has(cls) else []


def not_loaded(name: str) -> str:
    """Return a pattern for the whole text of a `NotLoadedError` about a field such as `Order.claims`."""
    text = (
        f"{name} is not loaded: the response did not include it. Request a relation with expand=[...] and a column"
        " with fields=[...], if the method takes them"
    )
    return f"^{re.escape(text)}$"


def target(request: Request) -> str:
    """Return the path and the query exactly as they were sent."""
    uri: str = request.environ["RAW_URI"]
    return uri


@pytest.fixture(scope="module")
def no_garbage() -> Iterator[None]:
    """Pause the garbage collector in tests that fill the stack.

    The collector could run the finalizers of objects of other tests, and these would fail on a full stack.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def without_orjson(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode as if the extra `speed` were not installed. test_orjson.py compares both ways."""
    monkeypatch.setattr("medusa.codec.json_text.orjson", None)


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client choose the shortest wait before each further attempt: none, unless the server asks for one."""
    monkeypatch.setattr(random, "uniform", lambda least, most: least)


@pytest.fixture
def longest_idle(monkeypatch: pytest.MonkeyPatch) -> float:
    """Keep idle connections even if this machine is slow. Return how many seconds the client normally keeps them."""
    monkeypatch.setattr("medusa.http.internals.LONGEST_IDLE", 3600.0)
    return LONGEST_IDLE


@pytest.fixture
def medusa(httpserver: HTTPServer) -> Iterator[Medusa]:
    with Medusa(base_url=httpserver.url_for("")) as client:
        yield client


@pytest.fixture(params=[STORE, ADMIN], ids=["Store", "Admin"])
def side(request: pytest.FixtureRequest) -> Side:
    """Run the test for each of the two sides on which a client logs in."""
    side: Side = request.param
    return side


@pytest.fixture
def answer(httpserver: HTTPServer) -> Callable[..., None]:
    """Return a function that sets the response of the server to every request."""

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
    """Return a function that makes the server send the recorded response of a case, and returns the recorded body."""
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
    """Return a function that returns the latest request to the server."""
    return lambda: httpserver.log[-1][0]


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Make Python switch between threads as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
