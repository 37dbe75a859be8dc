"""Credentials under way: a token that is a function, and many threads while a client's login changes."""

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

from medusa import Medusa, MedusaAPIError, MedusaConnectionError, StorePostAuthReq

from .conftest import recorded
from .faults.peer import Peer, Request, cut, http

Answer = Callable[..., None]
Sent = Callable[[], WerkzeugRequest]
LOGIN = StorePostAuthReq(email="ada@example.com", password="correct-horse")
CUSTOMER = {"customer": {"id": "cus_1", "email": "ada@example.com", "has_account": True}}
COOKIE = {"Set-Cookie": "connect.sid=ada; Path=/; HttpOnly"}


class WebSession:
    """Something that knows a token, and counts how often it is asked."""

    def __init__(self, token: Any = None) -> None:
        self.token, self.asked = token, 0

    def __call__(self) -> Any:
        self.asked += 1
        return self.token


ActsAs = Callable[[Medusa], tuple[str | None, str | None]]


@pytest.fixture
def acts_as(answer: Answer, sent: Sent) -> ActsAs:
    """The cookie and the token that a client sends."""

    def acts_as(client: Medusa) -> tuple[str | None, str | None]:
        answer(recorded("plain"))
        client.orders.retrieve("order_1")
        return sent().headers.get("Cookie"), sent().headers.get("Authorization")

    return acts_as


# A token that is a function


def test_each_call_asks_once(medusa: Medusa, acts_as: ActsAs) -> None:
    session = WebSession()
    client = medusa.with_options(token=session)
    assert session.asked == 0
    for number, token in enumerate([None, "ada.1", "ada.1", "bob.1", None, "ada.1"], 1):
        session.token = token
        assert acts_as(client) == (None, token and f"Bearer {token}")
        assert session.asked == number
        assert client.token == token
        session.asked = number
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


def test_copies_ask_the_same_function_unless_they_have_a_token(medusa: Medusa, acts_as: ActsAs) -> None:
    session = WebSession("ada.1")
    client = medusa.with_options(token=session)
    assert acts_as(client.with_options(timeout=3)) == (None, "Bearer ada.1")
    assert acts_as(client.with_options(token="bob.1")) == (None, "Bearer bob.1")
    assert acts_as(client.with_options(token=None)) == (None, None)
    live = client.with_options(timeout=3)
    session.token = "eve.1"
    assert acts_as(live) == (None, "Bearer eve.1")


@pytest.mark.parametrize("login", ["get_token", "authenticate", "token", "log out"])
def test_a_login_counts_until_the_function_returns_another_token(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, login: str
) -> None:
    session = WebSession("ada.1")
    client = medusa.with_options(token=session)
    if login == "get_token":
        answer({"access_token": "eve.1"})
        client.auth.get_token(LOGIN)
    elif login == "authenticate":
        answer(CUSTOMER, headers=COOKIE)
        client.auth.authenticate(LOGIN)
    else:
        client.token = "eve.1" if login == "token" else None
    expected = {"authenticate": ("connect.sid=ada", None), "log out": (None, None)}.get(login, (None, "Bearer eve.1"))
    assert acts_as(client) == acts_as(client) == expected
    without_cookies = (None, expected[1])
    assert acts_as(client.with_options(timeout=3)) == without_cookies
    assert acts_as(pickle.loads(pickle.dumps(client))) == without_cookies
    session.token = "bob.1"
    assert acts_as(client) == acts_as(client.with_options(timeout=3)) == (None, "Bearer bob.1")
    session.token = None
    assert acts_as(client) == (None, None)


def test_a_failed_login_counts_as_a_logout(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    session = WebSession("ada.1")
    client = medusa.with_options(token=session)
    answer("Unauthorized", 401, "")
    with pytest.raises(MedusaAPIError):
        client.auth.get_token(LOGIN)
    assert acts_as(client) == (None, None)
    session.token = "ada.2"
    assert acts_as(client) == (None, "Bearer ada.2")


def test_a_login_is_sent_without_the_functions_token(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    client = medusa.with_options(token=lambda: "ada.1")
    answer({"access_token": "eve.1"})
    client.auth.get_token(LOGIN)
    assert "Authorization" not in sent().headers


@pytest.mark.parametrize("twin_of", [lambda x: pickle.loads(pickle.dumps(x)), copy.copy, copy.deepcopy])
def test_a_pickled_client_has_the_token_of_that_moment(
    medusa: Medusa, acts_as: ActsAs, twin_of: Callable[[Medusa], Medusa]
) -> None:
    session = WebSession("ada.1")
    client = medusa.with_options(token=session)
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
    medusa: Medusa, httpserver: Any, token: Any, error: type[Exception], said: str
) -> None:
    client = medusa.with_options(token=lambda: token)
    calls: list[Callable[[], object]] = [
        lambda: client.orders.retrieve("order_1"),
        lambda: client.auth.get_session(),
        lambda: client.token,
        lambda: pickle.dumps(client),
    ]
    for call in calls:
        with pytest.raises(error, match=said) as caught:
            call()
        assert "the function `token` returned" in str(caught.value)
        assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert httpserver.log == []


@pytest.mark.parametrize("error", [KeyError("x"), OSError("redis"), requests.ConnectionError("redis")])
def test_an_error_of_the_function_is_the_users_own(medusa: Medusa, httpserver: Any, error: Exception) -> None:
    def token() -> str:
        raise error

    with pytest.raises(type(error)) as caught:
        medusa.with_options(token=token).orders.retrieve("order_1")
    assert caught.value is error
    assert httpserver.log == []


@pytest.mark.parametrize("value", [5, b"ada", ["ada"], object()])
def test_what_is_no_token(medusa: Medusa, value: Any) -> None:
    with pytest.raises(TypeError, match="token must be a string"):
        medusa.with_options(token=value)
    with pytest.raises(TypeError, match="token must be a string"):
        medusa.token = value
    assert medusa.token is None


def test_errors_do_not_show_the_functions_token() -> None:
    """Not even one that the function returned for this call alone."""
    tokens = [f"ey{number}.{'x' * 20}" for number in range(4)]
    asked = iter(tokens)

    def quote(sock: socket.socket, request: Request) -> bool:
        sock.sendall(http(f"who is {request.headers['authorization']}?", 400, Content_Type="text/plain"))
        return True

    with Peer(quote, cut(b"garbage\r\n")) as peer, Medusa(peer.url, token=lambda: next(asked)) as medusa:
        for kind in (MedusaAPIError, MedusaConnectionError):
            with pytest.raises(kind) as caught:
                medusa.orders.retrieve("order_1")
            told = f"{caught.value!r}" + "".join(traceback.format_exception(caught.value))
            assert not [token for token in tokens if token in told]
        assert len(peer.requests) == 2


# Threads


def logged_in(sock: socket.socket, request: Request) -> bool:
    """Both ways to log in, and any other route."""
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
    """Make calls in several threads while another one changes something that often."""
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
    """Also where the function's token has changed since, which no login of this client tells."""
    session = WebSession("ada.1")
    with Peer(logged_in) as peer:
        medusa = Medusa(peer.url, session=requests.Session() if own_session else None, token=session)
        medusa.auth.authenticate(LOGIN)
        session.token = "bob.1"
        medusa.request("GET", "/store/whoami")
        medusa.session.close()
        assert kind_of_login(peer.requests[-1]) == "token"


def test_cookies_that_a_user_puts_into_the_session(medusa: Medusa, acts_as: ActsAs) -> None:
    client = medusa.with_options(token=lambda: "ada.1")
    client.session.cookies.set("gateway", "1")
    assert acts_as(client) == ("gateway=1", "Bearer ada.1")
    client.session.cookies = requests.cookies.cookiejar_from_dict({"gateway": "2"})
    assert acts_as(client) == ("gateway=2", "Bearer ada.1")
    client.token = None
    assert acts_as(client) == (None, None)
