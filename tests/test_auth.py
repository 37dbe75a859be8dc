"""Logging in and out: who a client acts as, and that nothing else changes it."""

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
    StorePostAuthReq,
)

from .conftest import Sent, recorded
from .faults.peer import Peer, answered, http

Answer = Callable[..., None]
LOGIN = StorePostAuthReq(email="ada@example.com", password="correct-horse")
CUSTOMER = {"customer": {"id": "cus_1", "email": "ada@example.com", "has_account": True}}
COOKIE = {"Set-Cookie": "connect.sid=first; Path=/; HttpOnly"}
STRAY = {"Set-Cookie": "connect.sid=stray; Path=/; HttpOnly"}


def credentials(request: Request) -> tuple[str | None, str | None]:
    return request.headers.get("Cookie"), request.headers.get("Authorization")


@pytest.fixture
def acts_as(medusa: Medusa, answer: Answer, sent: Sent) -> Callable[[], tuple[str | None, str | None]]:
    """The cookie and token that the client's next call sends."""

    def acts_as() -> tuple[str | None, str | None]:
        answer(recorded("plain"), headers=STRAY)
        medusa.orders.retrieve("order_1")
        return credentials(sent())

    return acts_as


ActsAs = Callable[[], tuple[str | None, str | None]]


@pytest.mark.parametrize("payload", [LOGIN, {**LOGIN}])
def test_authenticate(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, payload: Any) -> None:
    answer(CUSTOMER, headers=COOKIE)
    customer = medusa.auth.authenticate(payload).customer
    assert (customer.id, customer.email) == ("cus_1", "ada@example.com")
    assert (sent().method, sent().path, sent().json) == ("POST", "/store/auth", LOGIN)
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
    "another path": (["connect.sid=s3cret; Path=/admin"], "does not include /store", "a base_url that it includes"),
    "only the login's path": (["connect.sid=s3cret; Path=/store/auth"], "does not include /store", "base_url"),
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
    medusa: Medusa, answer: Answer, acts_as: ActsAs, cookies: list[str], why: str, what_to_do: str
) -> None:
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    answer(CUSTOMER, headers={"Set-Cookie": cookies})
    with pytest.raises(MedusaDecodeError) as caught:
        medusa.auth.authenticate(LOGIN)
    said = str(caught.value)
    assert said.startswith("POST /store/auth answered 200, but ")
    assert why in said
    assert what_to_do in said
    assert said.endswith(", or log in with auth.get_token, which needs no cookie")
    assert "s3cret" not in said
    assert str(pickle.loads(pickle.dumps(caught.value))) == said
    assert caught.value.response is not None
    assert caught.value.response.json() == CUSTOMER
    assert not caught.value.retryable
    assert acts_as() == (None, None)


@pytest.mark.parametrize(
    ("cookies", "sent_back"),
    [
        (["lb=1; Path=/; Secure; SameSite=None", "connect.sid=s3cret; Path=/"], "connect.sid=s3cret"),
        (["connect.sid=s3cret; Path=/store"], "connect.sid=s3cret"),
        (["connect.sid=s3cret; Max-Age=36000"], "connect.sid=s3cret"),
        (["shop.sid=s3cret; Path=/"], "shop.sid=s3cret"),
        (["lb=1; Path=/", "shop.sid=s3cret; Path=/"], "lb=1; shop.sid=s3cret"),
    ],
)
def test_a_login_whose_cookie_is_sent_back(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, cookies: list[str], sent_back: str
) -> None:
    answer(CUSTOMER, headers={"Set-Cookie": cookies})
    medusa.auth.authenticate(LOGIN)
    assert acts_as() == (sent_back, None)


@pytest.mark.parametrize(("path", "is_sent_back"), [("/", True), ("/shop", True), ("/store", False)])
def test_the_path_of_a_cookie_below_that_of_base_url(
    httpserver: HTTPServer, answer: Answer, sent: Sent, path: str, is_sent_back: bool
) -> None:
    answer(CUSTOMER, headers={"Set-Cookie": f"connect.sid=first; Path={path}"})
    with Medusa(httpserver.url_for("/shop")) as medusa:
        if not is_sent_back:
            with pytest.raises(MedusaDecodeError, match="Path"):
                medusa.auth.authenticate(LOGIN)
            return
        medusa.auth.authenticate(LOGIN)
        medusa.auth.get_session()
        assert credentials(sent()) == ("connect.sid=first", None)


def test_cookies_over_https(tmp_path: Path) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    authority.issue_cert("127.0.0.1").configure_cert(context)
    body, kind = json.dumps(CUSTOMER), "application/json"
    secure = answered(http(body, Content_Type=kind, Set_Cookie="connect.sid=first; Path=/; Secure"))
    none = answered(http(body, Content_Type=kind))
    with Peer(secure, none, context=context) as peer, Medusa(peer.url) as medusa:
        medusa.session.trust_env = False
        medusa.session.verify = str(tmp_path / "ca.pem")
        medusa.auth.authenticate(LOGIN)
        medusa.auth.get_session()
        assert peer.requests[-1].headers["cookie"] == "connect.sid=first"
        with pytest.raises(MedusaDecodeError, match=r"set no cookie\. If a proxy ends TLS, it must send X-Forwarded-"):
            medusa.auth.authenticate(LOGIN)


@pytest.mark.parametrize("where", ["custom_headers", "session"])
def test_a_cookie_header_of_the_client_leaves_no_room_for_a_login(
    medusa: Medusa, httpserver: HTTPServer, answer: Answer, acts_as: ActsAs, where: str
) -> None:
    client = medusa.with_options(custom_headers={"cookie": "gateway=1"} if where == "custom_headers" else None)
    if where == "session":
        client.session.headers["Cookie"] = "gateway=1"
    with pytest.raises(ValueError, match=r"Cookie header .* custom_headers or session\.headers, or .* auth\.get_token"):
        client.auth.authenticate(LOGIN)
    assert httpserver.log == []
    answer({"access_token": "a.b.c"})
    assert client.auth.get_token(LOGIN).access_token == "a.b.c"


def test_a_cookie_header_of_the_login_alone(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN, {"Cookie": "gateway=1"})
    assert credentials(sent()) == ("gateway=1", None)
    assert acts_as() == ("connect.sid=first", None)
    answer(CUSTOMER)  # as Medusa answers to the cookie of a session that is still there
    with pytest.raises(MedusaDecodeError, match="set no cookie"):
        medusa.auth.authenticate(LOGIN, {"Cookie": "connect.sid=first"})
    assert acts_as() == (None, None)


def test_cookies_of_a_users_session_end_with_a_login(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    """One of them may be the cookie of another login, which the backend would prefer."""
    with requests.Session() as session:
        session.cookies.set("connect.sid", "own")
        medusa = Medusa(httpserver.url_for(""), session=session)
        answer({"access_token": "a.b.c"})
        medusa.request("GET", "/store/auth")
        assert credentials(sent()) == ("connect.sid=own", None)
        medusa.auth.get_token(LOGIN)
        assert credentials(sent()) == (None, None)
        medusa.request("GET", "/store/auth")
        assert credentials(sent()) == (None, "Bearer a.b.c")


def test_a_token_that_you_have(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    assert medusa.token is None
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    assert medusa.token is None
    medusa.token = "a.b.c"
    assert (medusa.token, acts_as()) == ("a.b.c", (None, "Bearer a.b.c"))
    with pytest.raises(ValueError, match="token must not be empty and must be valid in an HTTP header"):
        medusa.token = "a b"
    assert acts_as() == (None, "Bearer a.b.c")
    medusa.token = None
    assert acts_as() == (None, None)
    answer({"access_token": "d.e.f"})
    medusa.auth.get_token(LOGIN)
    assert medusa.token == "d.e.f"


@pytest.mark.parametrize("payload", [LOGIN, {**LOGIN}])
def test_get_token(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, payload: Any) -> None:
    answer({"access_token": "a.b.c"}, headers=STRAY)
    assert medusa.auth.get_token(payload).access_token == "a.b.c"
    assert (sent().method, sent().path, sent().json) == ("POST", "/store/auth/token", LOGIN)
    assert acts_as() == (None, "Bearer a.b.c")


def test_get_session(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer({"customer": {**CUSTOMER["customer"], "orders": [], "shipping_addresses": []}}, headers=STRAY)
    customer = medusa.auth.get_session().customer
    assert customer.orders == []
    assert (sent().method, sent().path) == ("GET", "/store/auth")
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


def test_the_last_login_counts(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    assert acts_as() == ("connect.sid=first", None)
    answer({"access_token": "d.e.f"})
    medusa.auth.get_token(LOGIN)
    assert acts_as() == (None, "Bearer d.e.f")


def test_a_login_is_sent_without_the_one_before(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    medusa.auth.authenticate(LOGIN)
    assert credentials(sent()) == (None, None)
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    assert credentials(sent()) == (None, None)
    medusa.auth.get_token(LOGIN)
    assert credentials(sent()) == (None, None)


@pytest.mark.parametrize("method", ["authenticate", "get_token"])
def test_a_failed_login_leaves_nobody_logged_in(medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    answer("Unauthorized", 401, "", headers=STRAY)
    with pytest.raises(MedusaAuthenticationError):
        getattr(medusa.auth, method)(LOGIN)
    assert acts_as() == (None, None)


@pytest.mark.parametrize("method", ["authenticate", "get_token"])
@pytest.mark.parametrize("payload", [None, "ada@example.com", [LOGIN], 5, {**LOGIN, "password": {1}}])
def test_a_bad_payload_changes_nothing(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str, payload: Any
) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    with pytest.raises(TypeError, match="payload"):
        getattr(medusa.auth, method)(payload)
    with pytest.raises(TypeError, match="custom_headers"):
        getattr(medusa.auth, method)(LOGIN, 5)
    assert acts_as() == ("connect.sid=first", None)


@pytest.mark.parametrize("method", ["authenticate", "get_token"])
def test_a_login_that_a_hook_interrupts_leaves_nobody_logged_in(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise ValueError("of the shop's own")

    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    medusa.session.hooks["response"].append(interrupt)
    with pytest.raises(ValueError, match="of the shop's own"):
        getattr(medusa.auth, method)(LOGIN)
    medusa.session.hooks["response"].clear()
    assert acts_as() == (None, None)


@pytest.mark.parametrize("token", ["", "a b", "a\nb", "é", None, 5])
def test_a_token_that_no_header_can_hold(medusa: Medusa, answer: Answer, acts_as: ActsAs, token: Any) -> None:
    answer({"access_token": token})
    with pytest.raises(MedusaDecodeError, match="token"):
        medusa.auth.get_token(LOGIN)
    assert acts_as() == (None, None)


def test_delete_session(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    answer("OK", headers=STRAY)
    result = medusa.auth.delete_session()
    assert result.response.text == "OK"
    assert (sent().method, sent().path, sent().data) == ("DELETE", "/store/auth", b"{}")
    assert credentials(sent()) == ("connect.sid=first", None)
    assert acts_as() == (None, None)


def test_delete_session_forgets_a_token_too(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    answer("OK")
    medusa.auth.delete_session()
    assert acts_as() == (None, None)


def test_delete_session_of_an_ended_session(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    answer("Unauthorized", 401, "")
    with pytest.raises(MedusaAuthenticationError):
        medusa.auth.delete_session()
    assert acts_as() == (None, None)


def test_delete_session_with_another_answer(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    """The backend has ended the session, whatever it says."""
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    answer("", 204)
    with pytest.raises(MedusaDecodeError):
        medusa.auth.delete_session()
    assert acts_as() == (None, None)


def test_no_other_answer_logs_in(medusa: Medusa, answer: Answer, acts_as: ActsAs) -> None:
    answer({"customer": {"id": "cus_2"}}, headers=STRAY)
    medusa.request("POST", "/store/customers", json=LOGIN)
    assert acts_as() == (None, None)
    assert acts_as() == (None, None)


def test_a_login_is_this_clients_alone(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    other, copy_before = Medusa(), medusa.with_options()
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    assert not other.session.cookies
    answer(recorded("plain"))
    for client in (copy_before, medusa.with_options()):
        client.orders.retrieve("order_1")
        assert credentials(sent()) == (None, None)
    answer({"access_token": "a.b.c"})
    medusa.auth.get_token(LOGIN)
    answer(recorded("plain"))
    copy_before.orders.retrieve("order_1")
    assert credentials(sent()) == (None, None)
    other.close()
