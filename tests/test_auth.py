"""Logging in and out: who a client acts as, and that nothing else changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaDecodeError,
    StorePostAuthReq,
)

from .conftest import recorded

Answer = Callable[..., None]
Sent = Callable[[], Request]
LOGIN = {"email": "ada@example.com", "password": "correct-horse"}
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


@pytest.mark.parametrize("payload", [LOGIN, StorePostAuthReq(**LOGIN)])
def test_authenticate(medusa: Medusa, answer: Answer, sent: Sent, acts_as: ActsAs, payload: Any) -> None:
    answer(CUSTOMER, headers=COOKIE)
    customer = medusa.auth.authenticate(payload).customer
    assert (customer.id, customer.email) == ("cus_1", "ada@example.com")
    assert (sent().method, sent().path, sent().json) == ("POST", "/store/auth", LOGIN)
    assert acts_as() == ("connect.sid=first", None)
    assert acts_as() == ("connect.sid=first", None)


@pytest.mark.parametrize("payload", [LOGIN, StorePostAuthReq(**LOGIN)])
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
@pytest.mark.parametrize("payload", [None, "ada@example.com", [LOGIN], 5])
def test_a_bad_payload_changes_nothing(
    medusa: Medusa, answer: Answer, acts_as: ActsAs, method: str, payload: Any
) -> None:
    answer(CUSTOMER, headers=COOKIE)
    medusa.auth.authenticate(LOGIN)
    with pytest.raises(TypeError, match="payload"):
        getattr(medusa.auth, method)(payload)
    assert acts_as() == ("connect.sid=first", None)


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
