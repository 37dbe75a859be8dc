"""The merchant creates and invites users, who set passwords and log in."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from medusa import (
    Invite,
    Medusa,
    MedusaAuthenticationError,
    MedusaError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Result,
    User,
    is_loaded,
)

from ..shop import PASSWORD, Shop, mailed_token, new_email
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("users", "invites")


def new_user(shop: Shop, **more: Any) -> User:
    payload: Any = {"email": new_email("Robot-"), "password": PASSWORD, **more}
    return shop.merchant.admin.users.create(payload).user


def invite(shop: Shop, email: str) -> Invite:
    """Return the invite of this e-mail address."""
    (found,) = [each for each in shop.merchant.admin.invites.list().invites if each.user_email == email]
    return found


def can_log_in(shop: Shop, email: str, password: str) -> bool:
    login = {"email": email, "password": password}
    try:
        shop.plain.request("POST", "/admin/auth/token", json=login)
    except MedusaAuthenticationError:
        return False
    return True


def test_every_method(shop: Shop) -> None:
    user = create_and_change(shop)
    reset_the_password(shop, user)
    invite_and_accept(shop)
    for _ in range(2):
        deleted = shop.merchant.admin.users.delete(user.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (user.id, "user", True)
    assert not can_log_in(shop, user.email, "new-horse")
    assert METHODS - shop.returned == set()


def create_and_change(shop: Shop) -> User:
    users, email = shop.merchant.admin.users, new_email("Eve-")
    user = users.create({"email": email, "password": PASSWORD, "first_name": "Eve", "role": "developer"}).user
    assert (user.email, user.first_name, user.last_name, user.role) == (email.lower(), "Eve", None, "developer")
    assert (user.api_token, is_loaded(user, "password_hash")) == (None, False)
    assert users.retrieve(user.id).user == user
    payload: Any = {"first_name": None, "last_name": "Adam", "role": "member", "metadata": {"a": 1}}
    changed = users.update(user.id, payload).user
    assert (changed.first_name, changed.last_name, changed.role, changed.metadata) == (None, "Adam", "member", {"a": 1})
    assert changed.password_hash is None
    assert users.update(user.id, {"metadata": {"a": "", "b": 2}}).user.metadata == {"b": 2}
    queries: list[Any] = [{"id": user.id}, {"id": [user.id, "usr_none"]}, {"email": user.email}, {"q": email.upper()}]
    for query in queries:
        page = users.list(query)
        assert ([each.id for each in page.users], page.count, page.limit) == ([user.id], 1, 50)
    assert [each.id for each in users.iterate({"q": email}, page_size=1)] == [user.id]
    return user


def reset_the_password(shop: Shop, user: User) -> None:
    """Reset the password of a user without a login."""
    users = shop.medusa.admin.users
    assert users.send_reset_password_token({"email": user.email}).response.status_code == 204
    token = mailed_token(shop.plain, "/user-password-tokens", email=user.email)
    payload: Any = {"email": user.email, "token": token, "password": "new-horse"}
    assert users.reset_password(payload).user.id == user.id
    assert can_log_in(shop, user.email, "new-horse")
    assert not can_log_in(shop, user.email, PASSWORD)
    with pytest.raises(MedusaServerError, match="the token is malformed, expired, used, or another user's") as caught:
        users.reset_password(payload)
    assert caught.value.may_have_happened
    assert not shown(caught.value, [token, "new-horse", user.email])


def invite_and_accept(shop: Shop) -> None:
    """Invite a user, and accept the invite without a login. The latest token is valid once."""
    invites, email = shop.merchant.admin.invites, new_email("Invited-")
    assert type(invites.create({"user": email, "role": "developer"})) is Result
    first = invite(shop, email)
    assert (first.role, first.accepted) == ("developer", False)
    invites.create({"user": email, "role": "admin"})
    assert (invite(shop, email).id, invite(shop, email).role) == (first.id, "admin")
    assert invites.resend(first.id).response.text == "OK"
    token = invite(shop, email).token
    payload: Any = {"token": token, "user": {"first_name": "Grace", "last_name": "Hopper", "password": PASSWORD}}
    assert type(shop.medusa.admin.invites.accept(payload)) is Result
    assert can_log_in(shop, email, PASSWORD)
    (user,) = shop.merchant.admin.users.list({"email": email.lower()}).users
    assert (user.first_name, user.role) == ("Grace", "admin")
    with pytest.raises(MedusaInvalidRequestError) as caught:
        shop.medusa.admin.invites.accept(payload)
    assert not shown(caught.value, [token, PASSWORD])
    with pytest.raises(MedusaInvalidRequestError, match="Can't invite a user with an existing account"):
        invites.create({"user": user.email, "role": "member"})
    with pytest.raises(MedusaInvalidRequestError, match="Invite doesn't exist"):
        invites.resend(first.id)
    for _ in range(2):
        deleted = invites.delete(first.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (first.id, "invite", True)
    shop.merchant.admin.users.delete(user.id)


def shown(error: MedusaError, secrets: list[str]) -> list[str]:
    """Return the secrets that the texts of an error contain."""
    texts = (str(error), repr(error), repr(error.__dict__), "".join(traceback.format_exception(error)))
    return [secret for secret in secrets if any(secret in text for text in texts)]


def test_an_api_token_logs_in_and_is_not_shown(shop: Shop) -> None:
    token, user = uuid.uuid4().hex, new_user(shop)
    changed = shop.merchant.admin.users.update(user.id, {"api_token": token})
    assert (changed.user.api_token, changed.to_dict()["user"]["api_token"]) == (token, token)
    robot = Medusa(shop.url, api_key=token)
    found = robot.admin.users.list({"id": user.id})
    assert found.users[0].api_token == token
    for value in (changed, changed.user, found, found.users, robot, robot.admin.users):
        assert token not in repr(value)
        assert token not in str(value)
    assert shop.merchant.admin.users.update(user.id, {"api_token": None}).user.api_token is None
    with pytest.raises(MedusaAuthenticationError) as caught:
        robot.admin.users.list()
    assert not shown(caught.value, [token])
    shop.merchant.admin.users.delete(user.id)


def test_tokens_of_invites_are_not_shown(shop: Shop) -> None:
    email = new_email("invited-")
    shop.merchant.admin.invites.create({"user": email, "role": "member"})
    found = shop.merchant.admin.invites.list()
    made = invite(shop, email)
    assert made.token in {each["token"] for each in found.to_dict()["invites"]}
    for value in (found, found.invites, made):
        assert made.token not in repr(value)
        assert email not in repr(value)
    shop.merchant.admin.invites.delete(made.id)


def test_pages_have_each_user_once(shop: Shop) -> None:
    users, name = shop.merchant.admin.users, f"Robot-{uuid.uuid4().hex}"
    made = [new_user(shop, last_name=name).id for _ in range(3)]
    page = users.list({"last_name": name, "limit": 2, "fields": "id"})
    assert ([each.id for each in page.users], page.count) == (made[:0:-1], 3)
    queries: list[Any] = [{"last_name": name}, {"q": name.upper()}]
    for query in queries:
        assert {each.id for each in users.iterate(query, page_size=1)} == set(made)
    for each in made:
        users.delete(each)


def test_a_user_without_a_role(shop: Shop) -> None:
    """The backend accepts null as the role of a user, and sends it in responses."""
    user = new_user(shop)
    assert user.role == "member"
    no_role: Any = {"role": None}
    assert shop.merchant.admin.users.update(user.id, no_role).user.role is None
    assert shop.merchant.admin.users.list({"id": user.id}).users[0].role is None
    shop.merchant.admin.users.delete(user.id)


def test_what_the_backend_refuses(shop: Shop) -> None:
    users, invites = shop.merchant.admin.users, shop.merchant.admin.invites
    user = new_user(shop)
    nothing: Any = {}
    other_email: Any = {"email": new_email()}
    token = f"token-{uuid.uuid4().hex}"
    for call, said in (
        (lambda: users.create({"email": user.email, "password": PASSWORD}), "same email already exists"),
        (lambda: new_user(shop, role="boss"), "role must be one of"),
        (lambda: users.update(user.id, other_email), "email should not exist"),
        (lambda: users.send_reset_password_token({"email": "nobody"}), "email must be an email"),
        (lambda: users.reset_password(nothing), "token must be a string"),
        (lambda: users.reset_password({"email": new_email(), "token": token, "password": PASSWORD}), "invalid token"),
        (lambda: invites.create(nothing), "user must be an email"),
        (lambda: invites.accept({"token": token, "user": {"password": PASSWORD}}), "Token is not valid"),
        (lambda: invites.resend("invite_none"), "Invite doesn't exist"),
    ):
        with pytest.raises(MedusaInvalidRequestError, match=said) as caught:
            call()
        assert caught.value.status == 400
        assert not shown(caught.value, [token, PASSWORD, user.email])
    with pytest.raises(MedusaNotFoundError):
        users.retrieve("usr_none")
    with pytest.raises(MedusaNotFoundError):
        users.update("usr_none", {})
    with pytest.raises(MedusaServerError, match="expand, fields or order has an unknown name"):
        users.list({"expand": "nope"})
    users.delete(user.id)


def test_without_a_login(shop: Shop) -> None:
    admin = shop.medusa.admin
    calls: list[Callable[[], object]] = [
        admin.users.list,
        admin.invites.list,
        lambda: admin.invites.resend("invite_none"),
    ]
    for call in calls:
        with pytest.raises(MedusaAuthenticationError):
            call()
