"""Libraries that hook into requests, such as responses and vcrpy, find the hooks that they expect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import betamax
import pytest
import requests
import requests_cache
import requests_mock
import responses
import vcr
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_httpserver import HTTPServer
from requests.adapters import HTTPAdapter

from medusa import Medusa, MedusaConnectionError, MedusaServerError, MedusaTimeoutError, RetryAdapter

URL = "http://medusa.invalid"
BODY = {"order": {"id": "order_1"}}
Answer = Callable[..., None]


def test_responses() -> None:
    with responses.RequestsMock() as mock:
        mock.get(f"{URL}/store/orders/order_1", status=503)
        mock.get(f"{URL}/store/orders/order_1", json=BODY, headers={"Set-Cookie": "connect.sid=1"})
        medusa = Medusa(URL, max_retries=1)
        result = medusa.orders.retrieve("order_1")
        assert result.order.id == "order_1"
        assert len(mock.calls) == 2
        mock.get(f"{URL}/store/auth", status=500)
        with pytest.raises(MedusaServerError):
            medusa.auth.get_session()


def test_requests_mock() -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{URL}/store/orders/order_1", json=BODY)
        assert Medusa(URL, max_retries=1).orders.retrieve("order_1").order.id == "order_1"
        assert mock.call_count == 1


@pytest.mark.parametrize("adapter", [None, RetryAdapter, HTTPAdapter])
def test_simulated_failures(adapter: type[HTTPAdapter] | None) -> None:
    """A failure that a mocking library simulates raises the same error as a failure of the real transport."""
    with requests.Session() as session:
        if adapter is not None:
            session.mount("http://", adapter())
        medusa = Medusa(URL, session=None if adapter is None else session)
        for error, kind in (
            (requests.ConnectionError("refused"), MedusaConnectionError),
            (requests.ReadTimeout("late"), MedusaTimeoutError),
            (ConnectionResetError("reset"), MedusaConnectionError),
        ):
            with responses.RequestsMock() as mock:
                mock.get(f"{URL}/store/orders/order_1", body=error)
                with pytest.raises(kind):
                    medusa.orders.retrieve("order_1")
            with requests_mock.Mocker() as mocker:
                mocker.get(f"{URL}/store/orders/order_1", exc=error)
                with pytest.raises(kind):
                    medusa.orders.retrieve("order_1")
        medusa.close()


def test_requests_cache(httpserver: HTTPServer, answer: Answer) -> None:
    answer(BODY)
    with requests_cache.CachedSession(backend="memory") as session:
        medusa = Medusa(httpserver.url_for(""), session=session)
        for _ in range(3):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
    assert len(httpserver.log) == 1


def test_vcrpy(httpserver: HTTPServer, answer: Answer, tmp_path: Path) -> None:
    answer(BODY)
    for deadline in (None, 5.0):
        cassette = str(tmp_path / f"{deadline}.yaml")
        for _ in range(2):
            with vcr.use_cassette(cassette), Medusa(httpserver.url_for(""), deadline=deadline) as medusa:
                assert medusa.orders.retrieve("order_1").order.id == "order_1"
                assert medusa.orders.retrieve("order_2").order.id == "order_1"
    assert len(httpserver.log) == 4


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")  # betamax calls utcnow().
def test_betamax(httpserver: HTTPServer, answer: Answer, tmp_path: Path) -> None:
    answer(BODY)
    medusa = Medusa(httpserver.url_for(""))
    for _ in range(2):
        with betamax.Betamax(medusa.session, cassette_library_dir=str(tmp_path)).use_cassette("orders"):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
    assert len(httpserver.log) == 1


def test_opentelemetry(httpserver: HTTPServer, answer: Answer) -> None:
    answer(BODY)
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    instrumentor: Any = RequestsInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        Medusa(httpserver.url_for("")).orders.retrieve("order_1")
    finally:
        instrumentor.uninstrument()
    (span,) = spans.get_finished_spans()
    assert span.name == "GET"
    assert "Traceparent" in httpserver.log[-1][0].headers


def test_a_session_of_the_users_own_keeps_its_meaning(httpserver: HTTPServer, answer: Answer) -> None:
    answer(BODY)
    seen: list[int] = []
    session = requests.Session()
    session.mount("http://", RetryAdapter())
    session.auth = ("ada", "secret")
    session.params = {"shop": "1"}
    session.hooks["response"].append(lambda response, **_: seen.append(response.status_code))
    Medusa(httpserver.url_for(""), session=session).orders.retrieve("order_1", expand="items")
    request = httpserver.log[-1][0]
    assert request.authorization is not None
    assert request.authorization.username == "ada"
    assert request.args.to_dict() == {"shop": "1", "expand": "items"}
    assert seen == [200]


def test_the_clients_session_can_be_changed(medusa: Medusa, answer: Answer, httpserver: HTTPServer) -> None:
    """A change to the client's session takes effect in the next call, although the client remembers settings."""
    answer(BODY)
    medusa.orders.retrieve("order_1")
    medusa.session.headers["X-Shop"] = "1"
    medusa.session.params = {"shop": "1"}
    medusa.orders.retrieve("order_1")
    request = httpserver.log[-1][0]
    assert (request.headers["X-Shop"], request.args.to_dict()) == ("1", {"shop": "1"})
    medusa.session.params = {}
    medusa.session.proxies = {"http": "http://127.0.0.1:1"}
    with pytest.raises(Exception, match="ProxyError"):
        medusa.orders.retrieve("order_1")


def test_the_proxy_of_the_environment(httpserver: HTTPServer, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(BODY)
    monkeypatch.setenv("http_proxy", httpserver.url_for(""))
    with Medusa(URL) as medusa:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert httpserver.log[-1][0].headers["Host"] == "medusa.invalid"
    monkeypatch.setenv("no_proxy", "medusa.invalid")
    with Medusa(URL) as medusa, pytest.raises(Exception, match="ConnectionError"):
        medusa.orders.retrieve("order_1")


def test_cookies_of_an_answer_can_be_read(medusa: Medusa, answer: Answer) -> None:
    answer(BODY, headers={"Set-Cookie": "connect.sid=abc; Path=/"})
    response = medusa.orders.retrieve("order_1").response
    assert response.cookies["connect.sid"] == "abc"
    assert response.ok
    assert response.elapsed.total_seconds() > 0
    assert response.encoding == "utf-8"
    assert len(medusa.session.cookies) == 0
