"""Proxies of the environment and of the session, proxies that cannot be used, and the secrets in their URLs."""

from __future__ import annotations

import base64
import logging
import os
import socket
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from hypothesis import HealthCheck, example, given, settings, strategies as st
from requests.adapters import HTTPAdapter

from medusa import Medusa, MedusaAPIError, MedusaConnectionError, MedusaError, RetryAdapter

from .peer import Peer, Request, answered, http, ok

CHECK = "; check http_proxy, https_proxy, all_proxy and session.proxies"
ENCODE = "must have its user and password percent-encoded"
SCHEMES = "must begin with one of http://, https://, socks4://, socks4a://, socks5://, socks5h://"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Remove all proxies and certificates from the environment. Return the `monkeypatch` for further changes."""
    for name in list(os.environ):
        if name.lower().endswith(("_proxy", "_ca_bundle")):
            monkeypatch.delenv(name)
    return monkeypatch


def told(error: BaseException) -> str:
    """Return all texts of an error, and those of its cause and context."""
    parts = [str(error), repr(error), repr(error.args), "".join(traceback.format_exception(error))]
    for other in (error.__cause__, error.__context__):
        if other is not None:
            parts += [str(other), repr(other), repr(vars(other))]
    return " ".join(parts)


# {u} and {p} are the user and the password, which occur nowhere else in a message.
UNUSABLE: dict[str, str] = {
    "http://{u}:{p}#1@proxy.invalid:3128": ENCODE,
    "http://{u}:{p}?1@proxy.invalid:3128": ENCODE,
    "http://{u}:{p}/1@proxy.invalid:3128": ENCODE,
    "http://{u}:12/{p}@proxy.invalid:3128": ENCODE,
    "http://{u}:{p}[@proxy.invalid:3128": ENCODE,
    "http://{u}:{p}]@proxy.invalid:3128": ENCODE,
    "http://{u}:[{p}]@proxy.invalid:3128": ENCODE,
    "http://{u}:{p}\\@proxy.invalid:3128": ENCODE,
    "http://{u}:{p} @proxy.invalid:3128": ENCODE,
    "http://{u}:a@{p}#@proxy.invalid:3128": ENCODE,
    "{u}:{p}#1@proxy.invalid:3128": ENCODE,
    "socks5://{u}:{p}#1@proxy.invalid:1080": ENCODE,
    "http://{u}:{p}@": "has no host",
    "http://{u}:{p}@:3128": "has no host",
    "http://{u}:{p}@/": "has no host",
    "socks5h://{u}:{p}@": "has no host",
    "http://{u}:{p}@proxy.invalid:port": "is not valid",
    "http://{u}:{p}@proxy.invalid:99999": "is not valid",
    "http://{u}:{p}@[::1": "is not valid",
    "http://{u}:{p}@pro xy.invalid": "is not valid",
    "http://{u}:{p}@proxy.invalid:3128\n": "is not valid",
    "http://{u}:{p}€@proxy.invalid:3128": "is not valid",
    "http://{u}:{p}\u2100@proxy.invalid:3128": "is not valid",
    "ftp://{u}:{p}@proxy.invalid:3128": SCHEMES,
    "socks://{u}:{p}@proxy.invalid:1080": SCHEMES,
    "socks6://{u}:{p}@proxy.invalid:1080": SCHEMES,
    "://{u}:{p}@proxy.invalid:1080": SCHEMES,
}


@pytest.mark.parametrize("own", [False, True], ids=["the client's session", "a session of one's own"])
@pytest.mark.parametrize(("template", "problem"), UNUSABLE.items())
def test_a_proxy_that_cannot_be_used(
    template: str, problem: str, own: bool, environment: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    user, password = f"u{uuid.uuid4().hex}", f"p{uuid.uuid4().hex}"
    proxy = template.format(u=user, p=password)
    places: list[Callable[[Medusa], None]] = [
        lambda _: environment.setenv("HTTP_PROXY", proxy),
        lambda _: environment.setenv("http_proxy", proxy),
        lambda _: environment.setenv("ALL_PROXY", proxy),
        lambda _: environment.setenv("all_proxy", proxy),
        lambda medusa: medusa.session.proxies.update({"http": proxy}),
        lambda medusa: medusa.session.proxies.update({"all": proxy}),
        lambda medusa: medusa.session.proxies.update({"http://medusa.invalid": proxy}),
        lambda medusa: medusa.session.proxies.update({"all://medusa.invalid": proxy}),
    ]
    for place in places:
        with requests.Session() as session:
            if own:
                session.mount("http://", RetryAdapter(2))
            medusa = Medusa("http://medusa.invalid", session=session if own else None)
            place(medusa)
            for email in ("ada@example.com", "grace@example.com"):
                with pytest.raises(MedusaConnectionError) as caught:
                    medusa.auth.exists(email)
                text = told(caught.value)
                assert user not in text
                assert password not in text
                assert caught.value.retryable is False
            assert str(caught.value) == f"GET /store/auth/{{email}} was not sent: the URL of the proxy {problem}{CHECK}"
            medusa.close()
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
                environment.delenv(name, raising=False)
    assert user not in caplog.text
    assert password not in caplog.text


def test_a_proxy_that_is_no_string() -> None:
    with Medusa("http://medusa.invalid") as medusa:
        medusa.session.proxies = {"http": 3128}  # type: ignore[dict-item]  # The test needs the wrong type.
        with pytest.raises(MedusaConnectionError, match="the URL of the proxy must be a string"):
            medusa.orders.retrieve("order_1")


def as_proxy(sock: socket.socket, request: Request) -> bool:
    return ok(sock, request)


@pytest.mark.parametrize("password", ["s3cret", "a#b?c/d[e]f@g:h%i j", "ü", "%23", "'\"&<>"])
def test_a_user_and_a_password_that_are_percent_encoded(password: str) -> None:
    with Peer(as_proxy) as peer, Medusa("http://medusa.invalid") as medusa:
        medusa.session.proxies["http"] = peer.url.replace("http://", f"http://corp:{quote(password, safe='')}@")
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        sent = peer.requests[0].headers["proxy-authorization"]
        assert base64.b64decode(sent.removeprefix("Basic ")).decode("latin-1") == f"corp:{password}"


@pytest.mark.parametrize("form", ["{}", "http://{}", "HTTP://{}/", "http://{}/path?x=1#y", "http://corp:a@b@{}"])
def test_proxies_that_can_be_used(form: str, environment: pytest.MonkeyPatch) -> None:
    with Peer(as_proxy) as peer, Medusa("http://medusa.invalid") as medusa:
        environment.setenv("http_proxy", form.format(peer.url.removeprefix("http://")))
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert peer.requests[0].path == "http://medusa.invalid/store/orders/order_1"


def test_what_a_proxy_quotes_of_its_credentials(caplog: pytest.LogCaptureFixture) -> None:
    """No error or log contains the credentials that a proxy quotes in an error page, or in the reason of a status."""
    caplog.set_level(logging.DEBUG)
    user, password = f"u{uuid.uuid4().hex}", f"p&{uuid.uuid4().hex}"
    sent = base64.b64encode(f"{user}:{password}".encode()).decode()
    quoted = f"{user} {password} {quote(password)} {password.replace('&', '&amp;')} {sent}"
    page = answered(http(f"<title>{quoted}</title>", 407, Content_Type="text/html"))
    for url, answer in {
        "http://medusa.invalid": page,
        "https://medusa.invalid": answered(f"HTTP/1.1 407 {quoted}\r\nContent-Length: 0\r\n\r\n".encode()),
    }.items():
        for adapter in (RetryAdapter(), HTTPAdapter()):
            with Peer(answer) as peer, requests.Session() as session:
                session.mount("http://", adapter)
                session.mount("https://", adapter)
                proxy = peer.url.replace("http://", f"http://{user}:{quote(password)}@")
                session.proxies = {"http": proxy, "https": proxy}
                with pytest.raises(
                    (MedusaAPIError, MedusaConnectionError), match=r"407|Tunnel connection failed"
                ) as caught:
                    Medusa(url, session=session).orders.retrieve("order_1")
                for secret in (user, password, sent, quote(password)):
                    assert secret not in told(caught.value)
    for secret in (user, password, sent):
        assert secret not in caplog.text


def test_a_proxy_that_is_not_there() -> None:
    with Medusa("http://medusa.invalid") as medusa:
        secret = "s3" + "cret"
        medusa.session.proxies["http"] = f"http://corp:{secret}@127.0.0.1:1"
        with pytest.raises(MedusaConnectionError, match=r"ProxyError: .*Connection refused$") as caught:
            medusa.orders.retrieve("order_1")
        assert caught.value.retryable is True
        assert secret not in told(caught.value)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["", "http://", "HTTPS://", "socks5://", "socks4a://", "socks://", "ftp://", "//", ":"]),
    st.text(st.characters(min_codepoint=9, max_codepoint=0x2200), max_size=12) | st.text("#?/[]@:%\\ ab1", max_size=12),
    st.sampled_from(["@127.0.0.1:1", "@[::1]:1", "@", "", ":1", "@127.0.0.1:1/x", "@127.0.0.1:x"]),
)
@example("http://", "corp:s3cr3tPw#1", "@127.0.0.1:1")
@example("http://", "corp:s3cr3tPw[1", "@127.0.0.1:1")
def test_any_proxy(scheme: str, userinfo: str, rest: str) -> None:
    """Any URL of a proxy leads to a `MedusaError` that does not contain the password."""
    secret = uuid.uuid4().hex
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", RetryAdapter())
    session.proxies = {"http": f"{scheme}{userinfo}{secret}{rest}"}
    with session, pytest.raises(MedusaError) as caught:
        Medusa("http://127.0.0.1:1", session=session, timeout=1).orders.retrieve("order_1")
    if "@" in rest:
        assert secret not in told(caught.value)


# Certificates.


@pytest.mark.parametrize("own", [False, True], ids=["the client's session", "a session of one's own"])
def test_a_certificate_that_is_not_there(own: bool, tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    missing, there = str(tmp_path / "missing.pem"), str(tmp_path)
    verify, cert = "session.verify or REQUESTS_CA_BUNDLE", "session.cert"
    for attribute, value, name in [
        ("verify", missing, verify),
        ("cert", missing, cert),
        ("cert", (missing, there), cert),
        ("cert", (there, missing), cert),
    ]:
        with requests.Session() as session:
            session.mount("https://", RetryAdapter(1))
            medusa = Medusa("https://127.0.0.1:1", session=session if own else None)
            setattr(medusa.session, attribute, value)
            with pytest.raises(MedusaConnectionError) as caught:
                medusa.orders.retrieve("order_1")
            problem = f"{name} names a file that does not exist: {missing}"
            assert str(caught.value) == f"GET /store/orders/{{id}} was not sent: {problem}"
            assert caught.value.retryable is False
    environment.setenv("REQUESTS_CA_BUNDLE", missing)
    with pytest.raises(MedusaConnectionError, match="REQUESTS_CA_BUNDLE names a file that does not exist"):
        Medusa("https://127.0.0.1:1").orders.retrieve("order_1")
    with Peer(ok) as peer, Medusa(peer.url) as medusa:  # Without TLS, the missing file is not needed.
        assert medusa.orders.retrieve("order_1").order.id == "order_1"
