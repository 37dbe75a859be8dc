"""Logging in and out changes the login of a client, and nothing else changes it."""

from __future__ import annotations

import json
import pickle
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaDecodeError,
)

from .conftest import Sent, recorded
from .faults.peer import Peer, answered, http
from .sides import LOGIN, Side

Answer = Callable[..., None]
COOKIE = {"Set-Cookie": "connect.sid=first; Path=/; HttpOnly"}
STRAY = {"Set-Cookie": "connect.sid=stray; Path=/; HttpOnly"}


def credentials(request: Request) -> tuple[str | None, str | None]:
    return request.headers.get("Cookie"), request.headers.get("Authorization")


@pytest.fixture
def acts_as(medusa: Medusa, answer: Answer, sent: Sent, side: Side) -> Callable[[], tuple[str | None, str | None]]:
    """Return a function that makes a call on this side and returns the cookie and the token of its request.

    The response sets another cookie, which the client must ignore.
    """

    def acts_as() -> tuple[str | None, str | None]:
        answer(recorded("plain"), headers=STRAY)
        medusa.request("GET", f"{side.prefix}/orders/order_1")
        return credentials(sent())

    return acts_as


ActsAs = Callable[[], tuple[str | None, str | None]]


@pytest.mark.parametrize("payload", [LOGIN, {**LOGIN}])
def test_authenticate(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, payload: Any, side: Side) -> None:
    answer(side.body, headers=COOKIE)
    result = side.log_in(medusa, payload)
    assert result.to_dict() == side.body
    assert result.response.status_code == 200
    assert (sent().method, sent().path, sent().json) == ("POST", f"{side.prefix}/auth", LOGIN)
    assert acts_as() == ("connect.sid=first", None)
    assert acts_as() == ("connect.sid=first", None)


NOT_SENT_BACK = {
    "no cookie": ([], "set no cookie", "https:// base_url"),
    "Secure": (["connect.sid=s3cret; Path=/; Secure"], "its cookie is Secure", "https:// base_url"),
    "Secure, beside another": (
        ["lb=1; Path=/", "connect.sid=s3cret; Path=/; Secure; SameSite=None"],
        "its cookie is Secure",
        "https:// base_url",
    ),
    "another domain": (
        ["connect.sid=s3cret; Path=/; Domain=shop.example"],
        "for another domain than localhost",
        "a base_url on that domain",
    ),
    "another path": (
        ["connect.sid=s3cret; Path=/other"],
        "does not include /here",
        "a base_url that the Path includes",
    ),
    "only the login's path": (["connect.sid=s3cret; Path=/here/auth"], "does not include /here", "base_url"),
    "expired": (
        ["connect.sid=s3cret; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT"],
        "expired",
        "clocks of both machines",
    ),
    "Max-Age=0": (["connect.sid=s3cret; Path=/; Max-Age=0"], "expired", "clocks of both machines"),
    "malformed": (["; Path=/; HttpOnly"], "malformed", "get_token"),
}


@pytest.mark.parametrize(("cookies", "why", "what_to_do"), NOT_SENT_BACK.values(), ids=NOT_SENT_BACK.keys())
def test_a_login_whose_cookie_would_not_be_sent_back(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, cookies: list[str], why: str, what_to_do: str, side: Side
) -> None:
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    answer(side.body, headers={"Set-Cookie": [cookie.replace("/here", side.prefix) for cookie in cookies]})
    with pytest.raises(MedusaDecodeError) as caught:
        side.log_in(medusa, LOGIN)
    said = str(caught.value)
    assert said.startswith(f"POST {side.prefix}/auth returned 200, but ")
    assert why.replace("/here", side.prefix) in said
    assert what_to_do in said
    assert said.endswith(f", or log in with {side.resource}.get_token, which needs no cookie")
    assert "s3cret" not in said
    assert str(pickle.loads(pickle.dumps(caught.value))) == said
    assert caught.value.response is not None
    assert caught.value.response.json() == side.body
    assert not caught.value.retryable
    assert acts_as() == (None, None)


@pytest.mark.parametrize(
    ("cookies", "sent_back"),
    [
        (["lb=1; Path=/; Secure; SameSite=None", "connect.sid=s3cret; Path=/"], "connect.sid=s3cret"),
        (["connect.sid=s3cret; Path=/here"], "connect.sid=s3cret"),
        (["connect.sid=s3cret; Max-Age=36000"], "connect.sid=s3cret"),
        (["shop.sid=s3cret; Path=/"], "shop.sid=s3cret"),
        (["lb=1; Path=/", "shop.sid=s3cret; Path=/"], "lb=1; shop.sid=s3cret"),
    ],
)
def test_a_login_whose_cookie_is_sent_back(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, cookies: list[str], sent_back: str, side: Side
) -> None:
    answer(side.body, headers={"Set-Cookie": [cookie.replace("/here", side.prefix) for cookie in cookies]})
    side.log_in(medusa, LOGIN)
    assert acts_as() == (sent_back, None)


@pytest.mark.parametrize(("path", "is_sent_back"), [("/", True), ("/shop", True), ("/here", False)])
def test_the_path_of_a_cookie_below_that_of_base_url(
    httpserver: HTTPServer, answer: Answer, sent: Sent, path: str, is_sent_back: bool, side: Side
) -> None:
    answer(side.body, headers={"Set-Cookie": f"connect.sid=first; Path={path.replace('/here', side.prefix)}"})
    with Medusa(httpserver.url_for("/shop")) as medusa:
        if not is_sent_back:
            with pytest.raises(MedusaDecodeError, match="Path"):
                side.log_in(medusa, LOGIN)
            return
        side.log_in(medusa, LOGIN)
        side.auth(medusa).get_session()
        assert credentials(sent()) == ("connect.sid=first", None)


def test_cookies_over_https(tmp_path: Path, side: Side) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    authority.issue_cert("127.0.0.1").configure_cert(context)
    body, kind = json.dumps(side.body), "application/json"
    secure = answered(http(body, Content_Type=kind, Set_Cookie="connect.sid=first; Path=/; Secure"))
    none = answered(http(body, Content_Type=kind))
    with Peer(secure, none, context=context) as peer, Medusa(peer.url) as medusa:
        medusa.session.trust_env = False
        medusa.session.verify = str(tmp_path / "ca.pem")
        side.log_in(medusa, LOGIN)
        side.auth(medusa).get_session()
        assert peer.requests[-1].headers["cookie"] == "connect.sid=first"
        with pytest.raises(MedusaDecodeError, match=r"set no cookie\. If a proxy ends TLS, it must send X-Forwarded-"):
            side.log_in(medusa, LOGIN)


@pytest.mark.parametrize("where", ["custom_headers", "session"])
def test_a_cookie_header_of_the_client_leaves_no_room_for_a_login(
    medusa: Medusa, httpserver: HTTPServer, answer: Answer, acts_as: ActsAs, where: str, side: Side
) -> None:
    client = medusa.with_options(custom_headers={"cookie": "gateway=1"} if where == "custom_headers" else None)
    if where == "session":
        client.session.headers["Cookie"] = "gateway=1"
    with pytest.raises(
        ValueError, match=rf"Cookie header .* custom_headers or session\.headers, or .* {side.resource}\.get_token"
    ):
        side.log_in(client, LOGIN)
    assert httpserver.log == []
    answer({"access_token": "a.b.c"})
    assert side.auth(client).get_token(LOGIN).access_token == "a.b.c"


def test_a_cookie_header_of_the_login_alone(
    medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, side: Side
) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN, {"Cookie": "gateway=1"})
    assert credentials(sent()) == ("gateway=1", None)
    assert acts_as() == ("connect.sid=first", None)
    answer(side.body)  # Medusa sets no cookie if the request has the cookie of a session that still exists.
    with pytest.raises(MedusaDecodeError, match="set no cookie"):
        side.log_in(medusa, LOGIN, {"Cookie": "connect.sid=first"})
    assert acts_as() == (None, None)


def test_cookies_of_a_users_session_end_with_a_login(
    httpserver: HTTPServer, answer: Answer, sent: Sent, side: Side
) -> None:
    """A login clears the cookies of the user's session, because the backend would prefer another login's cookie."""
    with requests.Session() as session:
        session.cookies.set("connect.sid", "own")
        medusa = Medusa(httpserver.url_for(""), session=session)
        answer({"access_token": "a.b.c"})
        medusa.request("GET", f"{side.prefix}/auth")
        assert credentials(sent()) == ("connect.sid=own", None)
        side.auth(medusa).get_token(LOGIN)
        assert credentials(sent()) == (None, None)
        medusa.request("GET", f"{side.prefix}/auth")
        assert credentials(sent()) == (None, "Bearer a.b.c")


def test_a_token_that_you_have(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    assert side.token(medusa) is None
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    assert side.token(medusa) is None
    setattr(medusa, side.option, "a.b.c")
    assert (side.token(medusa), acts_as()) == ("a.b.c", (None, "Bearer a.b.c"))
    with pytest.raises(ValueError, match=f"^{side.option} must not be empty and must be valid in an HTTP header"):
        setattr(medusa, side.option, "a b")
    assert acts_as() == (None, "Bearer a.b.c")
    setattr(medusa, side.option, None)
    assert acts_as() == (None, None)
    answer({"access_token": "d.e.f"})
    side.auth(medusa).get_token(LOGIN)
    assert side.token(medusa) == "d.e.f"


@pytest.mark.parametrize("payload", [LOGIN, {**LOGIN}])
def test_get_token(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, payload: Any, side: Side) -> None:
    answer({"access_token": "a.b.c"}, headers=STRAY)
    assert side.auth(medusa).get_token(payload).access_token == "a.b.c"
    assert (sent().method, sent().path, sent().json) == ("POST", f"{side.prefix}/auth/token", LOGIN)
    assert acts_as() == (None, "Bearer a.b.c")


def test_get_session(medusa: Medusa, answer: Answer, sent: Sent, side: Side) -> None:
    answer(side.body, headers=STRAY)
    assert side.auth(medusa).get_session().to_dict() == side.body
    assert (sent().method, sent().path) == ("GET", f"{side.prefix}/auth")
    assert not medusa.session.cookies


def test_exists(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer({"exists": True})
    assert medusa.auth.exists("ada+shop/1@example.com").exists is True
    assert sent().environ["RAW_URI"] == "/store/auth/ada%2Bshop%2F1%40example.com"
    answer({"exists": False})
    assert medusa.auth.exists("ada@example.com").exists is False


@pytest.mark.parametrize("email", ["", ".", "..", None, 5, b"ada@example.com"])
def test_exists_of_no_email(medusa: Medusa, httpserver: HTTPServer, email: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="email"):
        medusa.auth.exists(email)
    assert httpserver.log == []


def test_the_last_login_counts(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    assert acts_as() == ("connect.sid=first", None)
    answer({"access_token": "d.e.f"})
    side.auth(medusa).get_token(LOGIN)
    assert acts_as() == (None, "Bearer d.e.f")


def test_a_login_is_sent_without_the_one_before(medusa: Medusa, answer: Answer, sent: Sent, side: Side) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    side.log_in(medusa, LOGIN)
    assert credentials(sent()) == (None, None)
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    assert credentials(sent()) == (None, None)
    side.auth(medusa).get_token(LOGIN)
    assert credentials(sent()) == (None, None)


@pytest.mark.parametrize("method", ["by_cookie", "get_token"])
def test_a_failed_login_leaves_nobody_logged_in(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str, side: Side
) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    answer("Unauthorized", 401, "", headers=STRAY)
    with pytest.raises(MedusaAuthenticationError):
        side.log_in_by(method, medusa, LOGIN)
    assert acts_as() == (None, None)


@pytest.mark.parametrize("method", ["by_cookie", "get_token"])
@pytest.mark.parametrize("payload", [None, "ada@example.com", [LOGIN], 5, {**LOGIN, "password": {1}}])
def test_a_bad_payload_changes_nothing(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str, payload: Any, side: Side
) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    with pytest.raises(TypeError, match="payload"):
        side.log_in_by(method, medusa, payload)
    with pytest.raises(TypeError, match="custom_headers"):
        side.log_in_by(method, medusa, LOGIN, 5)
    assert acts_as() == ("connect.sid=first", None)


@pytest.mark.parametrize("method", ["by_cookie", "get_token"])
def test_a_login_that_a_hook_interrupts_leaves_nobody_logged_in(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str, side: Side
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise ValueError("of the shop's own")

    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    medusa.session.hooks["response"].append(interrupt)
    with pytest.raises(ValueError, match="of the shop's own"):
        side.log_in_by(method, medusa, LOGIN)
    medusa.session.hooks["response"].clear()
    assert acts_as() == (None, None)


@pytest.mark.parametrize("token", ["", "a b", "a\nb", "é", None, 5])
def test_a_token_that_no_header_can_hold(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, token: Any, side: Side
) -> None:
    answer({"access_token": token})
    with pytest.raises(MedusaDecodeError, match="token"):
        side.auth(medusa).get_token(LOGIN)
    assert acts_as() == (None, None)


def test_delete_session(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, side: Side) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    answer("OK", headers=STRAY)
    result = side.auth(medusa).delete_session()
    assert result.response.text == "OK"
    assert (sent().method, sent().path, sent().data) == ("DELETE", f"{side.prefix}/auth", b"{}")
    assert credentials(sent()) == ("connect.sid=first", None)
    assert acts_as() == (None, None)


def test_delete_session_forgets_a_token_too(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    answer("OK")
    side.auth(medusa).delete_session()
    assert acts_as() == (None, None)


def test_delete_session_of_an_ended_session(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    answer("Unauthorized", 401, "")
    with pytest.raises(MedusaAuthenticationError):
        side.auth(medusa).delete_session()
    assert acts_as() == (None, None)


def test_delete_session_with_another_answer(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    """A logout with an unexpected response removes the login, because the backend has ended the session."""
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    answer("", 204)
    with pytest.raises(MedusaDecodeError):
        side.auth(medusa).delete_session()
    assert acts_as() == (None, None)


def test_no_other_answer_logs_in(medusa: Medusa, answer: Answer, acts_as: ActsAs, side: Side) -> None:
    """A cookie in the response of another route does not log in."""
    answer(side.body, headers=STRAY)
    medusa.request("POST", f"{side.prefix}/customers", json=LOGIN)
    assert acts_as() == (None, None)
    assert acts_as() == (None, None)


def test_a_login_is_this_clients_alone(medusa: Medusa, answer: Answer, sent: Sent, side: Side) -> None:
    """A login does not affect other clients or earlier copies, and later copies do not get its cookie."""
    other, copy_before = Medusa(), medusa.with_options()
    answer(side.body, headers=COOKIE)
    side.log_in(medusa, LOGIN)
    assert not other.session.cookies
    answer(recorded("plain"))
    for client in (copy_before, medusa.with_options()):
        client.request("GET", f"{side.prefix}/orders")
        assert credentials(sent()) == (None, None)
    answer({"access_token": "a.b.c"})
    side.auth(medusa).get_token(LOGIN)
    answer(recorded("plain"))
    copy_before.request("GET", f"{side.prefix}/orders")
    assert credentials(sent()) == (None, None)
    other.close()
