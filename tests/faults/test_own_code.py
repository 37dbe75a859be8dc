"""Exceptions of a user's own hook, auth, session or adapter, and those of the transport below them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPDigestAuth
from urllib3.exceptions import ProtocolError

from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaConnectionError,
    MedusaNotFoundError,
    MedusaServerError,
    MedusaTimeoutError,
    RetryAdapter,
)

from ..test_own_session import Raising
from .peer import Peer, answered, cut, http, ok, silent

EXCEPTIONS: list[Exception] = [
    KeyError("tenant"),
    FileNotFoundError(2, "No such file or directory", "/etc/shop/key.pem"),
    PermissionError(13, "Permission denied", "/etc/shop/key.pem"),
    OSError("the vault is closed"),
    TimeoutError("the vault is slow"),
    ValueError("no tenant"),
    requests.ConnectionError("of my own"),
    requests.Timeout("of my own"),
    requests.HTTPError("of my own, without a response"),
    requests.JSONDecodeError("of my own", "{", 1),
    ProtocolError("of my own"),
]


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session whose connections are closed after the test, even if a hook left a response unread."""
    with requests.Session() as session:
        session.mount("http://", RetryAdapter())
        yield session


def raising(error: Exception) -> Callable[..., Any]:
    def raise_error(*_: Any, **__: Any) -> Any:
        raise error

    return raise_error


class _Before(requests.Session):
    error: Exception

    def send(self, *_: Any, **__: Any) -> requests.Response:
        raise self.error


class _After(_Before):
    def send(self, *args: Any, **options: Any) -> requests.Response:
        requests.Session.send(self, *args, **options)
        raise self.error


class _Preparing(_Before):
    def prepare_request(self, *_: Any, **__: Any) -> requests.PreparedRequest:
        raise self.error

    def send(self, *args: Any, **options: Any) -> requests.Response:
        return requests.Session.send(self, *args, **options)


class _Settings(_Preparing):
    def prepare_request(self, *args: Any, **options: Any) -> requests.PreparedRequest:
        return requests.Session.prepare_request(self, *args, **options)

    def merge_environment_settings(self, *_: Any, **__: Any) -> Any:
        raise self.error


def with_hook(error: Exception) -> requests.Session:
    session = requests.Session()
    session.hooks["response"].append(raising(error))
    return session


def with_auth(error: Exception) -> requests.Session:
    session = requests.Session()
    session.auth = raising(error)
    return session


def with_auth_that_hooks(error: Exception) -> requests.Session:
    class Auth(AuthBase):
        def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.register_hook("response", raising(error))
            return request

    session = requests.Session()
    session.auth = Auth()
    return session


def of_class(cls: type[_Before]) -> Callable[[Exception], requests.Session]:
    def make(error: Exception) -> requests.Session:
        session = cls()
        session.error = error
        return session

    return make


OWN: dict[str, Callable[[Exception], requests.Session]] = {
    "hook": with_hook,
    "auth": with_auth,
    "hook of an auth": with_auth_that_hooks,
    "send, before": of_class(_Before),
    "send, after": of_class(_After),
    "prepare_request": of_class(_Preparing),
    "merge_environment_settings": of_class(_Settings),
}


@pytest.mark.parametrize("error", EXCEPTIONS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("own", OWN)
def test_an_exception_of_the_users_own_passes_through(own: str, error: Exception) -> None:
    error.__traceback__ = None
    text = f"{error} {error!r} {error.args}"
    with Peer(ok) as peer, OWN[own](error) as session:
        session.mount("http://", RetryAdapter(3))
        medusa = Medusa(peer.url, session=session)
        for call in (medusa.auth.delete_session, lambda: medusa.orders.retrieve("order_1")):
            with pytest.raises(type(error)) as caught:
                call()
            assert caught.value is error
            assert (error.__cause__, error.__context__) == (None, None)
            assert f"{error} {error!r} {error.args}" == text


def test_an_exception_of_a_hook_on_the_clients_own_session() -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa:
        medusa.session.hooks["response"].append(raising(KeyError("tenant")))
        with pytest.raises(KeyError, match="tenant"):
            medusa.orders.retrieve("order_1")
        medusa.session.hooks["response"] = []
        medusa.session.auth = raising(KeyError("none"))
        with pytest.raises(KeyError, match="none"):
            medusa.orders.retrieve("order_1")


def test_an_auth_that_reads_a_key_file(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"

    def auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Signature"] = key.read_text()
        return request

    with Peer(ok) as peer, requests.Session() as session:
        session.auth = auth
        with pytest.raises(FileNotFoundError) as caught:
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        assert caught.value.filename == str(key)
        assert peer.requests == []


def test_an_auth_that_makes_a_header_that_cannot_be_sent(session: requests.Session) -> None:
    """The error does not contain the value of the header, although the error of http.client does."""
    secret = "s3" + "cret-key"

    def auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Api-Key"] = secret + "\n"
        return request

    session.auth = auth
    with Peer(ok) as peer, pytest.raises(MedusaConnectionError, match="Invalid header value") as caught:
        Medusa(peer.url, session=session).orders.retrieve("order_1")
    assert caught.value.retryable is False
    assert secret not in "".join(traceback.format_exception(caught.value))


def check_status(response: requests.Response, **_: Any) -> None:
    response.raise_for_status()


class _Checking(requests.Session):
    def send(self, *args: Any, **options: Any) -> requests.Response:
        response = super().send(*args, **options)
        response.raise_for_status()
        return response


@pytest.mark.parametrize("adapter", [RetryAdapter(1), HTTPAdapter()], ids=["RetryAdapter", "HTTPAdapter"])
@pytest.mark.parametrize("own", ["hook", "session"])
@pytest.mark.parametrize(
    ("status", "kind", "retryable"), [(404, MedusaNotFoundError, False), (503, MedusaServerError, True)]
)
def test_raise_for_status(
    own: str, adapter: HTTPAdapter, status: int, kind: type[MedusaAPIError], retryable: bool
) -> None:
    """If the user's code calls `raise_for_status`, the call raises the same error as without it."""
    answer = answered(http('{"type": "t", "message": "m"}', status, Content_Type="application/json", Retry_After="0"))
    with Peer(answer) as peer, _Checking() if own == "session" else requests.Session() as session:
        session.mount("http://", adapter)
        if own == "hook":
            session.hooks["response"].append(check_status)
        medusa = Medusa(peer.url, session=session)
        id = "order_" + "s3cret"
        with pytest.raises(kind) as caught:
            medusa.orders.retrieve(id)
        error = caught.value
        assert type(error) is kind
        assert error.retryable is retryable
        assert str(error) == f"GET /store/orders/{{id}} returned {status} t: m"
        assert (error.type, error.message, error.retry_after) == ("t", "m", 0.0)
        assert error.response is not None
        assert error.response.status_code == status
        assert id not in "".join(traceback.format_exception(error))
        peer.answers = [ok]
        assert medusa.orders.retrieve("order_1").order.id == "order_1"


def test_raise_for_status_of_a_body_that_is_cut_short() -> None:
    half = cut(b"HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\n{")
    for adapter in (RetryAdapter(), HTTPAdapter()):
        with Peer(half) as peer, requests.Session() as session:
            session.mount("http://", adapter)
            session.hooks["response"].append(check_status)
            with pytest.raises(MedusaConnectionError):
                Medusa(peer.url, session=session).orders.retrieve("order_1")


def test_raise_for_status_of_another_request(session: requests.Session) -> None:
    """An error about the response of another server passes through, because it says nothing about this call."""
    with Peer(answered(http("", 404))) as other, Peer(ok) as peer:
        session.hooks["response"].append(lambda *_, **__: requests.get(other.url, timeout=5).raise_for_status())
        with pytest.raises(requests.HTTPError) as caught:
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        assert caught.value.response is not None
        assert caught.value.response.url == f"{other.url}/"


def test_an_http_error_of_the_users_own_class(session: requests.Session) -> None:
    class TenantError(requests.HTTPError):
        pass

    def check(response: requests.Response, **_: Any) -> None:
        raise TenantError("wrong tenant", response=response)

    with Peer(answered(http("", 404))) as peer:
        session.hooks["response"].append(check)
        with pytest.raises(TenantError, match=r"^wrong tenant$"):
            Medusa(peer.url, session=session).orders.retrieve("order_1")


def test_an_http_error_for_a_success(session: requests.Session) -> None:
    def check(response: requests.Response, **_: Any) -> None:
        raise requests.HTTPError("too old", response=response)

    with Peer(ok) as peer:
        session.hooks["response"].append(check)
        with pytest.raises(requests.HTTPError, match=r"^too old$"):
            Medusa(peer.url, session=session).orders.retrieve("order_1")


def test_an_http_error_for_several_choices(session: requests.Session) -> None:
    def check(response: requests.Response, **_: Any) -> None:
        raise requests.HTTPError("several choices", response=response)

    with Peer(answered(http("", 300))) as peer:
        session.hooks["response"].append(check)
        with pytest.raises(MedusaAPIError) as caught:
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        assert caught.value.status == 300


def test_an_exception_of_a_function_without_arguments_that_a_hook_calls(session: requests.Session) -> None:
    error = OSError("the vault is closed")

    def open_vault() -> None:
        raise error

    with Peer(ok) as peer:
        session.hooks["response"].append(lambda *_, **__: open_vault())
        with pytest.raises(OSError, match=r"^the vault is closed$") as caught:
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        assert caught.value is error


def test_an_error_of_this_package_that_a_hook_raises(session: requests.Session) -> None:
    error = MedusaNotFoundError("no tenant", status=404)
    with Peer(ok) as peer:
        session.hooks["response"].append(raising(error))
        with pytest.raises(MedusaNotFoundError) as caught:
            Medusa(peer.url, session=session).request("POST", "/store/custom")
        assert caught.value is error
        assert not error.may_have_happened


def test_a_failure_of_a_request_that_a_hook_or_an_auth_sends(session: requests.Session) -> None:
    def ask_another(*_: Any, **__: Any) -> Any:
        requests.get("http://127.0.0.1:1/token", timeout=5)

    with Peer(ok) as peer:
        for own in ("hook", "auth"):
            if own == "hook":
                session.hooks["response"].append(ask_another)
            else:
                session.auth = ask_another
            with pytest.raises(requests.ConnectionError) as caught:
                Medusa(peer.url, session=session).orders.retrieve("order_1")
            assert caught.value.request is not None
            assert caught.value.request.url == "http://127.0.0.1:1/token"


def test_a_failure_of_the_second_request_of_a_digest_auth(session: requests.Session) -> None:
    """If the hook of HTTPDigestAuth sends the request again, and this fails, the call raises MedusaConnectionError."""
    challenge = answered(http("", 401, WWW_Authenticate='Digest realm="shop", nonce="1", qop="auth"'))
    with Peer(challenge, cut()) as peer:
        session.auth = HTTPDigestAuth("ada", "secret")
        with pytest.raises(MedusaConnectionError):
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        assert len(peer.requests) == 2


def test_a_hook_that_reads_a_body_that_is_cut_short(session: requests.Session) -> None:
    half = cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    with Peer(half) as peer:
        session.hooks["response"].append(lambda response, **_: response.json() and None)
        with pytest.raises(MedusaConnectionError):
            Medusa(peer.url, session=session).orders.retrieve("order_1")
        peer.answers = [answered(http("no JSON"))]
        with pytest.raises(requests.JSONDecodeError):
            Medusa(peer.url, session=session).orders.retrieve("order_1")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionResetError(104, "Connection reset by peer"), MedusaConnectionError),
        (FileNotFoundError(2, "No such file or directory", "/run/medusa.sock"), MedusaConnectionError),
        (requests.ConnectionError("no"), MedusaConnectionError),
        (requests.exceptions.InvalidHeader("no"), MedusaConnectionError),
        (requests.Timeout("late"), MedusaTimeoutError),
        (TimeoutError("late"), MedusaTimeoutError),
        (KeyError("tenant"), KeyError),
        (ValueError("tenant"), ValueError),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_what_an_adapter_of_the_users_own_raises(error: Exception, kind: type[Exception]) -> None:
    """An exception of the user's own adapter becomes a `MedusaError` if it says that the request failed.

    Other exceptions pass through.
    """
    with requests.Session() as session:
        session.mount("http://", Raising(error))
        with pytest.raises(kind) as caught:
            Medusa(session=session).orders.retrieve("order_1")
    assert type(caught.value) is kind
    assert caught.value is error or caught.value.__cause__ is error


@pytest.mark.parametrize("adapter", [RetryAdapter, HTTPAdapter])
def test_beneath_a_session_of_the_users_own_the_transport_fails_as_ever(adapter: type[HTTPAdapter]) -> None:
    class Session(requests.Session):
        def send(self, *args: Any, **options: Any) -> requests.Response:
            try:
                return super().send(*args, **options)
            finally:
                sent.append(1)

    sent: list[int] = []
    with Peer(silent) as peer, Session() as session:
        session.mount("http://", adapter())
        session.hooks["response"].append(check_status)
        session.auth = lambda request: request
        with pytest.raises(MedusaTimeoutError):
            Medusa(peer.url, session=session, timeout=(5, 0.1)).orders.retrieve("order_1")
        with pytest.raises(MedusaConnectionError):
            Medusa("http://127.0.0.1:1", session=session).orders.retrieve("order_1")
        peer.answers = [cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")]
        with pytest.raises(MedusaConnectionError):
            Medusa(peer.url, session=session).orders.retrieve("order_1")
    assert len(sent) == 3
