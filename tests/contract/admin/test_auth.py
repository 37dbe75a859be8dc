"""Logins on the Admin of a real Medusa, with a cookie, a JWT or an API token, also with a Store login."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from medusa import AdminPostAuthReq, Medusa, MedusaAuthenticationError, MedusaInvalidRequestError

from ..shop import PASSWORD, Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("auth", "custom")
ADMIN = AdminPostAuthReq(email="admin@example.com", password="supersecret")


@pytest.fixture
def medusa(shop: Shop) -> Medusa:
    """A client without a login. It checks its results."""
    return shop.medusa.with_options(token=None)


@pytest.fixture
def robot(shop: Shop) -> Iterator[AdminPostAuthReq]:
    """A second user. The API token is equal to the password."""
    custom = shop.merchant.admin.custom
    login = AdminPostAuthReq(email=f"robot-{uuid.uuid4().hex}@example.com", password=uuid.uuid4().hex)
    user = custom.post("users", {**login})["user"]
    route = f"users/{user['id']}"
    assert custom.post(route, {"api_token": login["password"]})["user"]["api_token"] == login["password"]
    yield login
    assert custom.delete(f"/admin/{route}")["deleted"] is True


def who(medusa: Medusa) -> str | None:
    """Return the e-mail address of the client's user, or None without a login."""
    try:
        return medusa.admin.auth.get_session().user.email
    except MedusaAuthenticationError:
        return None


def test_a_token(medusa: Medusa) -> None:
    assert who(medusa) is None
    token = medusa.admin.auth.get_token(ADMIN).access_token
    assert medusa.admin_token == token
    assert who(medusa) == who(medusa.with_options(admin_token=token)) == ADMIN["email"]
    assert who(medusa.with_options(token=token, admin_token=None)) is None
    other = medusa.with_options()
    assert other.admin.auth.delete_session().response.text == "OK"
    assert who(other) is None
    assert who(medusa) == ADMIN["email"]  # The backend cannot revoke a JWT.


def test_a_session(medusa: Medusa) -> None:
    user = medusa.admin.auth.create_session(ADMIN).user
    assert user.email == who(medusa) == ADMIN["email"]
    assert user.id not in repr(medusa.session.cookies)
    cookie = str(medusa.admin.auth.get_session().response.request.headers["Cookie"])
    assert who(medusa.with_options()) is None
    medusa.admin.auth.delete_session()
    assert who(medusa) is None
    assert who(medusa.with_options(custom_headers={"Cookie": cookie})) is None  # The backend has ended the session.


def test_an_api_token(medusa: Medusa, robot: AdminPostAuthReq) -> None:
    key = robot["password"]
    client = medusa.with_options(api_key=key)
    assert who(client) == robot["email"]
    assert client.admin.custom.get("users", {"q": robot["email"]})["users"]
    assert client.admin.auth.delete_session().response.text == "OK"
    assert who(client) == robot["email"]
    assert who(medusa.with_options(admin_token=key)) is None  # An API token is not a JWT.


def test_the_latest_login_counts(medusa: Medusa, robot: AdminPostAuthReq) -> None:
    for first, second in ((ADMIN, robot), (robot, ADMIN)):
        for before in (medusa.admin.auth.create_session, medusa.admin.auth.get_token):
            for after in (medusa.admin.auth.create_session, medusa.admin.auth.get_token):
                before(first)
                after(second)
                assert who(medusa) == second["email"]


def test_a_login_beats_the_api_token(medusa: Medusa, robot: AdminPostAuthReq) -> None:
    client = medusa.with_options(api_key=robot["password"])
    for log_in in (client.admin.auth.create_session, client.admin.auth.get_token):
        log_in(ADMIN)
        assert who(client) == ADMIN["email"]
        client.admin.auth.delete_session()
        assert who(client) == robot["email"]
    client.admin_token = "not.a.token"
    assert who(client) == robot["email"]


def test_a_failed_login(medusa: Medusa) -> None:
    for log_in in (medusa.admin.auth.create_session, medusa.admin.auth.get_token):
        medusa.admin.auth.get_token(ADMIN)
        with pytest.raises(MedusaAuthenticationError) as caught:
            log_in({**ADMIN, "password": "wrong"})
        assert caught.value.message == "Unauthorized"
        assert who(medusa) is None
        with pytest.raises(MedusaInvalidRequestError):
            log_in({**ADMIN, "email": "admin"})


@pytest.mark.parametrize("as_user", ["create_session", "get_token"])
@pytest.mark.parametrize("as_customer", ["authenticate", "get_token"])
def test_a_customer_and_a_user_at_once(shop: Shop, as_customer: str, as_user: str) -> None:
    medusa, email = shop.customer()
    for log_in_as_customer_first in (True, False):
        logins = [
            lambda: getattr(medusa.auth, as_customer)({"email": email, "password": PASSWORD}),
            lambda: getattr(medusa.admin.auth, as_user)(ADMIN),
        ]
        for log_in in logins if log_in_as_customer_first else reversed(logins):
            log_in()
        assert medusa.auth.get_session().customer.email == email
        assert who(medusa) == ADMIN["email"]
        medusa.admin.auth.delete_session()
        assert who(medusa) is None
        assert medusa.auth.get_session().customer.email == email
        medusa.admin.auth.get_token(ADMIN)
        medusa.auth.delete_session()
        assert who(medusa) == ADMIN["email"]
        with pytest.raises(MedusaAuthenticationError):
            medusa.auth.get_session()


def test_a_customer_is_nobody_on_the_admin(shop: Shop) -> None:
    medusa, email = shop.customer()
    assert who(medusa) is None
    assert who(medusa.with_options(admin_token=medusa.token)) is None
    with pytest.raises(MedusaAuthenticationError):
        medusa.admin.auth.get_token({"email": email, "password": PASSWORD})
    assert medusa.auth.get_session().customer.email == email


def test_every_method_returned(shop: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop.returned == set()
