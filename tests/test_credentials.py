"""Credentials of single calls: a token that is a function, and a login that changes while many threads make calls."""

from __future__ import annotations

import copy
import itertools
import pickle
import socket
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from werkzeug import Request as WerkzeugRequest

from medusa import Medusa, MedusaAPIError, MedusaConnectionError

from .conftest import recorded
from .faults.peer import Peer, Request, cut, http
from .sides import LOGIN, STORE, Side

Answer = Callable[..., None]
Sent = Callable[[], WerkzeugRequest]
COOKIE = {"Set-Cookie": "connect.sid=ada; Path=/; HttpOnly"}


class WebSession:
    """A function that returns a token and counts its calls."""

    def __init__(self, token: Any = None) -> None:
        self.token, self.calls = token, 0

    def __call__(self) -> Any:
        self.calls += 1
        return self.token


ActsAs = Callable[[Medusa], tuple[str | None, str | None]]


@pytest.fixture
def acts_as(answer: Answer, sent: Sent, side: Side) -> ActsAs:
    """Return a function that makes a call on this side and returns the cookie and the token of its request."""

    def acts_as(client: Medusa) -> tuple[str | None, str | None]:
        answer(recorded("plain"))
        client.request("GET", f"{side.prefix}/orders")
        return sent().headers.get("Cookie"), sent().headers.get("Authorization")

    return acts_as


# A token that is a function.


def test_each_call_asks_once(medusa: Medusa, acts_as: ActsAs, side: Side) -> None:
    """Each call of the client calls the function once and sends the token that it returned."""
    session = WebSession()
    client = side.copy(medusa, session)
    assert session.calls == 0
    for number, token in enumerate([None, "ada.1", "ada.1", "bob.1", None, "ada.1"], 1):
        session.token = token
        assert acts_as(client) == (None, token and f"Bearer {token}")
        assert session.calls == number
        assert side.token(client) == token
        session.calls = number
    assert acts_as(medusa) == (None, None)


def test_a_function_of_the_constructor(httpserver: Any, answer: Answer, sent: Sent) -> None:
    answer({})
    with Medusa(httpserver.url_for(""), api_key="sk_1", token=lambda: "ada.1") as medusa:
        medusa.request("GET", "/store/x")
        assert sent().headers["Authorization"] == "Bearer ada.1"
        medusa.request("GET", "/admin/x")
        assert "Authorization" not in sent().headers
        medusa.request("GET", "/store/x", custom_headers={"authorization": "Bearer other"})
        assert sent().headers.getlist("Authorization") == ["Bearer other"]
        medusa.with_options(custom_headers={"authorization": "Bearer another"}).request("GET", "/store/x")
        assert sent().headers.getlist("Authorization") == ["Bearer another"]


def test_copies_ask_the_same_function_unless_they_have_a_token(medusa: Medusa, acts_as: ActsAs, side: Side) -> None:
    session = WebSession("ada.1")
    client = side.copy(medusa, session)
    assert acts_as(client.with_options(timeout=3)) == (None, "Bearer ada.1")
    assert acts_as(side.copy(client, "bob.1")) == (None, "Bearer bob.1")
    assert acts_as(side.copy(client, None)) == (None, None)
    live = client.with_options(timeout=3)
    session.token = "eve.1"
    assert acts_as(live) == (None, "Bearer eve.1")


@pytest.mark.parametrize("login", ["get_token", "authenticate", "token", "log out"])
def test_a_login_counts_until_the_function_returns_another_token(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, login: str, side: Side
) -> None:
    session = WebSession("ada.1")
    client = side.copy(medusa, session)
    if login == "get_token":
        answer({"access_token": "eve.1"})
        side.auth(client).get_token(LOGIN)
    elif login == "authenticate":
        answer(side.body, headers=COOKIE)
        side.log_in(client, LOGIN)
    else:
        setattr(client, side.option, "eve.1" if login == "token" else None)
    expected = {"authenticate": ("connect.sid=ada", None), "log out": (None, None)}.get(login, (None, "Bearer eve.1"))
    assert acts_as(client) == acts_as(client) == expected
    without_cookies = (None, expected[1])
    assert acts_as(client.with_options(timeout=3)) == without_cookies
    assert acts_as(pickle.loads(pickle.dumps(client))) == without_cookies
    session.token = "bob.1"
    assert acts_as(client) == acts_as(client.with_options(timeout=3)) == (None, "Bearer bob.1")
    session.token = None
    assert acts_as(client) == (None, None)


def test_a_failed_login_counts_as_a_logout(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    session = WebSession("ada.1")
    client = side.copy(medusa, session)
    answer("Unauthorized", 401, "")
    with pytest.raises(MedusaAPIError):
        side.auth(client).get_token(LOGIN)
    assert acts_as(client) == (None, None)
    session.token = "ada.2"
    assert acts_as(client) == (None, "Bearer ada.2")


def test_a_login_is_sent_without_the_functions_token(medusa: Medusa, answer: Answer, sent: Sent, side: Side) -> None:
    client = side.copy(medusa, lambda: "ada.1")
    answer({"access_token": "eve.1"})
    side.auth(client).get_token(LOGIN)
    assert "Authorization" not in sent().headers


@pytest.mark.parametrize("twin_of", [lambda x: pickle.loads(pickle.dumps(x)), copy.copy, copy.deepcopy])
def test_a_pickled_client_has_the_token_of_that_moment(
    medusa: Medusa, acts_as: ActsAs, twin_of: Callable[[Medusa], Medusa], side: Side
) -> None:
    session = WebSession("ada.1")
    client = side.copy(medusa, session)
    twin = twin_of(client)
    session.token = "bob.1"
    assert acts_as(twin) == (None, "Bearer ada.1")
    assert acts_as(client) == (None, "Bearer bob.1")


@pytest.mark.parametrize(
    ("token", "error", "said"),
    [
        (5, TypeError, "must be a string, not int"),
        (b"hunter2", TypeError, "must be a string, not bytes"),
        (["hunter2"], TypeError, "must be a string, not list"),
        ("", ValueError, "must not be empty"),
        ("hunter2 x", ValueError, "must be valid in an HTTP header"),
        ("hunter2\r\nX-Admin: 1", ValueError, "must be valid in an HTTP header"),
    ],
)
def test_a_bad_token_of_the_function(
    medusa: Medusa, httpserver: Any, token: Any, error: type[Exception], said: str, side: Side
) -> None:
    client = side.copy(medusa, lambda: token)
    calls: list[Callable[[], object]] = [
        lambda: client.request("GET", f"{side.prefix}/orders"),
        lambda: side.auth(client).get_session(),
        lambda: side.token(client),
        lambda: pickle.dumps(client),
    ]
    for call in calls:
        with pytest.raises(error, match=said) as caught:
            call()
        assert f"the function `{side.option}` returned" in str(caught.value)
        assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert httpserver.log == []


@pytest.mark.parametrize("error", [KeyError("x"), OSError("redis"), requests.ConnectionError("redis")])
def test_an_error_of_the_function_is_the_users_own(
    medusa: Medusa, httpserver: Any, error: Exception, side: Side
) -> None:
    """An error of the user's function is raised unchanged."""

    def token() -> str:
        raise error

    with pytest.raises(type(error)) as caught:
        side.copy(medusa, token).request("GET", f"{side.prefix}/orders")
    assert caught.value is error
    assert httpserver.log == []


@pytest.mark.parametrize("value", [5, b"ada", ["ada"], object()])
def test_what_is_no_token(medusa: Medusa, value: Any, side: Side) -> None:
    with pytest.raises(TypeError, match="token must be a string"):
        side.copy(medusa, value)
    with pytest.raises(TypeError, match="token must be a string"):
        setattr(medusa, side.option, value)
    assert side.token(medusa) is None


def test_errors_do_not_show_the_functions_token() -> None:
    """Errors hide every token of the function, even if it returns a different token for each call."""
    tokens = [f"ey{number}.{'x' * 20}" for number in range(4)]
    next_tokens = iter(tokens)

    def quote(sock: socket.socket, request: Request) -> bool:
        sock.sendall(http(f"who is {request.headers['authorization']}?", 400, Content_Type="text/plain"))
        return True

    with Peer(quote, cut(b"garbage\r\n")) as peer, Medusa(peer.url, token=lambda: next(next_tokens)) as medusa:
        for kind in (MedusaAPIError, MedusaConnectionError):
            with pytest.raises(kind) as caught:
                medusa.orders.retrieve("order_1")
            told = f"{caught.value!r}" + "".join(traceback.format_exception(caught.value))
            assert not [token for token in tokens if token in told]
        assert len(peer.requests) == 2


# Threads.


def logged_in(sock: socket.socket, request: Request) -> bool:
    """Respond to a login with a new token or cookie, and to every other request with `{}`."""
    number = next(_numbers)
    if request.head.startswith("POST /store/auth/token"):
        sock.sendall(http(f'{{"access_token": "token.{number}"}}', Content_Type="application/json"))
    elif request.head.startswith("POST /store/auth"):
        cookie = f"connect.sid=cookie.{number}; Path=/"
        sock.sendall(http('{"customer": {"id": "cus_1"}}', Content_Type="application/json", Set_Cookie=cookie))
    else:
        sock.sendall(http("{}", Content_Type="application/json"))
    return True


_numbers = itertools.count()


def kind_of_login(request: Request) -> str:
    cookie, token = request.headers.get("cookie"), request.headers.get("authorization")
    return " and ".join(name for name, value in (("cookie", cookie), ("token", token)) if value) or "nobody"


def call_while(
    client: Medusa, change: Callable[[], object], times: int, send: Callable[[], object] | None = None
) -> None:
    """Make calls in six threads while this thread calls `change` so many times."""
    over = threading.Event()

    def call() -> None:
        while not over.is_set():
            if send is None:
                client.request("GET", "/store/whoami")
            else:
                send()

    with ThreadPoolExecutor(6) as pool:
        calls = [pool.submit(call) for _ in range(6)]
        try:
            for _ in range(times):
                change()
        finally:
            over.set()
        for made in calls:
            made.result()


@pytest.mark.usefixtures("eager_threads")
@pytest.mark.parametrize("own_session", [False, True], ids=["the client's session", "the user's session"])
def test_no_call_mixes_two_logins_or_goes_out_between_them(own_session: bool) -> None:
    """While a client logs in again, each call has either a cookie or a token, and never both or neither."""
    with Peer(logged_in) as peer:
        medusa = Medusa(peer.url, session=requests.Session() if own_session else None)
        medusa.auth.get_token(LOGIN)

        def log_in_again() -> None:
            medusa.auth.authenticate(LOGIN)
            medusa.auth.get_token(LOGIN)

        call_while(medusa, log_in_again, 60)
        medusa.session.close()
        seen = {kind_of_login(request) for request in peer.requests if request.path == "/store/whoami"}
        logins = {kind_of_login(request) for request in peer.requests if request.path != "/store/whoami"}
        assert seen == {"cookie", "token"}
        assert logins == {"nobody"}


@pytest.mark.usefixtures("eager_threads")
@pytest.mark.parametrize("own_session", [False, True], ids=["the client's session", "the user's session"])
def test_a_logout_leaves_no_half_of_a_login(own_session: bool) -> None:
    """While a client logs in and out, no call has both a cookie and a token, and no cookie is left at the end."""
    with Peer(logged_in) as peer:
        medusa = Medusa(peer.url, session=requests.Session() if own_session else None)

        def log_in_and_out() -> None:
            medusa.auth.authenticate(LOGIN)
            medusa.token = "ada.1"
            medusa.token = None

        call_while(medusa, log_in_and_out, 60)
        medusa.session.close()
        assert "cookie and token" not in {kind_of_login(request) for request in peer.requests}
        assert not medusa.session.cookies


@pytest.mark.usefixtures("eager_threads")
def test_calls_go_out_as_one_of_the_customers_while_the_function_switches() -> None:
    session = WebSession("ada.1")

    def switch() -> None:
        for token in ["ada.1", "bob.1"] * 100:
            session.token = token
        time.sleep(0.002)
        session.token = "ada.1"
        time.sleep(0.002)

    with Peer(logged_in) as peer:
        medusa = Medusa(peer.url, token=session)
        call_while(medusa, switch, 60)
        medusa.close()
        seen = {request.headers.get("authorization") for request in peer.requests}
        assert seen == {"Bearer ada.1", "Bearer bob.1"}


@pytest.mark.parametrize("own_session", [False, True], ids=["the client's session", "the user's session"])
def test_a_cookie_goes_with_its_login(own_session: bool) -> None:
    """A cookie is not sent if the function has returned another token since the login."""
    session = WebSession("ada.1")
    with Peer(logged_in) as peer:
        medusa = Medusa(peer.url, session=requests.Session() if own_session else None, token=session)
        medusa.auth.authenticate(LOGIN)
        session.token = "bob.1"
        medusa.request("GET", "/store/whoami")
        medusa.session.close()
        assert kind_of_login(peer.requests[-1]) == "token"


@pytest.mark.parametrize("side", [STORE], indirect=True)
def test_cookies_that_a_user_puts_into_the_session(medusa: Medusa, acts_as: ActsAs) -> None:
    client = medusa.with_options(token=lambda: "ada.1")
    client.session.cookies.set("gateway", "1")
    assert acts_as(client) == ("gateway=1", "Bearer ada.1")
    client.session.cookies = requests.cookies.cookiejar_from_dict({"gateway": "2"})
    assert acts_as(client) == ("gateway=2", "Bearer ada.1")
    client.token = None
    assert acts_as(client) == (None, None)
