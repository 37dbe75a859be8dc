"""The statements of docs/sessions.md about a session that the user passes, tested on real sockets."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
from pytest_httpserver import HTTPServer
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession

from medusa import Medusa, MedusaAPIError, MedusaConnectionError, RetryAdapter
from medusa.sandbox import SandboxStore

from .faults.peer import Peer, answered, cut, http, ok
from .faults.test_forks import in_child, wait_for

BODY = {"order": {"id": "order_1"}}
Answer = Callable[..., None]


def test_which_header_takes_precedence() -> None:
    session = requests.Session()
    session.headers.update({"Authorization": "Basic session", "X-Shop": "session", "X-Till": "session"})
    with Peer(ok) as peer:
        options: dict[str, Any] = {"token": "t0ken", "custom_headers": {"X-Shop": "client"}}
        Medusa(peer.url, session=session, **options).orders.retrieve("order_1")
        session.auth = ("ada", "secret")
        Medusa(peer.url, session=session, **options).orders.retrieve("order_1")
        sent = [[request.headers[name] for name in ("authorization", "x-shop", "x-till")] for request in peer.requests]
    assert sent[0] == ["Bearer t0ken", "client", "session"]
    assert sent[1][0].startswith("Basic ")


@pytest.mark.parametrize("status", [200, 302, 404])
def test_a_hook_sees_every_answer(status: int) -> None:
    seen: list[int] = []
    session = requests.Session()
    session.mount("http://", RetryAdapter(1))
    session.hooks["response"].append(lambda response, **_: seen.append(response.status_code))
    final = ok if status == 200 else answered(http("", status, Location="/elsewhere"))
    with Peer(answered(http("", 503, Retry_After="0")), final) as peer:
        medusa = Medusa(peer.url, session=session)
        if status == 200:
            medusa.orders.retrieve("order_1")
        else:
            with pytest.raises(MedusaAPIError):
                medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 2
    assert seen == [status]


def test_the_methods_of_a_subclass() -> None:
    called: list[str] = []

    class Session(requests.Session):
        def request(self, *args: Any, **options: Any) -> Any:
            raise AssertionError

        def prepare_request(self, *args: Any, **options: Any) -> Any:
            called.append("prepare_request")
            return super().prepare_request(*args, **options)

        def send(self, *args: Any, **options: Any) -> Any:
            called.append("send")
            return super().send(*args, **options)

    with Peer(ok) as peer:
        Medusa(peer.url, session=Session()).orders.retrieve("order_1")
    assert called == ["prepare_request", "send"]


def test_a_session_without_an_adapter_for_the_backend() -> None:
    session = requests.Session()
    session.adapters.clear()
    session.mount("https://", RetryAdapter())
    medusa = Medusa("http://shop.example", session=session)
    for call in (lambda: medusa.auth.exists("ada@example.com"), medusa.auth.delete_session):
        with pytest.raises(ValueError, match=r"^the session has no adapter for http://shop\.example: mount one on it$"):
            call()
    with pytest.raises(ValueError, match="has no adapter"):
        Medusa("http://shop.example", session=session, deadline=5)


def test_an_unknown_param() -> None:
    session = requests.Session()
    session.params = {"shop": "1"}
    with SandboxStore() as store, pytest.raises(MedusaAPIError, match="property shop should not exist"):
        Medusa(store.url, session=session).orders.retrieve(store.orders[0].id)


def test_without_a_retry_adapter(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "medusa")
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=2))
    half = cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    with Peer(ok, answered(http("", 503)), half) as peer:
        with pytest.raises(ValueError, match=r"^deadline requires a medusa\.RetryAdapter"):
            Medusa(peer.url, session=session, deadline=5)
        medusa = Medusa(peer.url, session=session, max_response_bytes=1)
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        for error in (MedusaAPIError, MedusaConnectionError):
            with pytest.raises(error):
                medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 3
        assert caplog.records == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
@pytest.mark.parametrize(("adapter", "connections"), [(HTTPAdapter(), 1), (RetryAdapter(), 2)], ids=["plain", "ours"])
def test_after_a_fork(adapter: HTTPAdapter, connections: int) -> None:
    session = requests.Session()
    session.mount("http://", adapter)
    with Peer(ok) as peer:
        medusa = Medusa(peer.url, session=session)
        medusa.orders.retrieve("order_1")
        wait_for([in_child(lambda: print(medusa.orders.retrieve("order_1")))])
        assert len({request.connection for request in peer.requests}) == connections


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
def test_proxies(own: bool, httpserver: HTTPServer, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(BODY)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    medusa = Medusa("http://medusa.invalid", session=requests.Session() if own else None)
    medusa.session.proxies = {"http": httpserver.url_for("")}
    with pytest.raises(MedusaConnectionError, match="ProxyError"):  # The environment takes precedence.
        medusa.orders.retrieve("order_1")
    medusa.session.trust_env = False
    assert medusa.orders.retrieve("order_1").order.id == "order_1"
    assert httpserver.log[-1][0].headers["Host"] == "medusa.invalid"


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
def test_certificates(own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides present a certificate. A CA bundle in the environment takes precedence over the session's."""
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    other.cert_pem.write_to_path(str(tmp_path / "other.pem"))
    client = authority.issue_cert("client@example.com")
    client.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "client.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "other.pem"))
    with Peer(ok, context=context) as peer:
        medusa = Medusa(peer.url, session=requests.Session() if own else None)
        medusa.session.verify = str(tmp_path / "ca.pem")
        with pytest.raises(MedusaConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
            medusa.orders.retrieve("order_1")
        medusa.session.trust_env = False
        with pytest.raises(MedusaConnectionError):  # The server requires a client certificate.
            medusa.orders.retrieve("order_1")
        assert peer.requests == []
        medusa.session.cert = str(tmp_path / "client.pem")
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        medusa.session.close()


@pytest.mark.parametrize("options", [{}, {"match_headers": ["Authorization"]}], ids=["as it is", "match_headers"])
@pytest.mark.parametrize("login", ["get_token", "authenticate"])
def test_a_cache_does_not_tell_customers_apart(options: dict[str, Any], login: str) -> None:
    """With requests-cache, one customer gets the response of another one, as the page warns.

    If this test fails, requests-cache has become safer, and the page can say so.
    """
    with SandboxStore() as store, CachedSession(backend="memory", **options) as session:
        shop, seen = Medusa(store.url, session=session), []
        for name in ("ada", "grace"):
            customer = shop.with_options()
            getattr(customer.auth, login)({"email": f"{name}@example.com", "password": "correct-horse"})
            seen.append(customer.auth.get_session().customer.email)
        assert seen == ["ada@example.com", "ada@example.com"]
