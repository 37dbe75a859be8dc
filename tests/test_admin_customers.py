"""What the Admin's methods for customers, discounts and users reject before a request is sent, and what they hide."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, MedusaAPIError, MedusaConnectionError, MedusaInvalidRequestError, Result

from .conftest import Sent
from .faults.peer import Peer, answered, cut, http

Call = Callable[[Medusa, Any], object]

LISTS: dict[str, Call] = {
    "customers.list": lambda medusa, query: medusa.admin.customers.list(query),
    "customers.iterate": lambda medusa, query: list(medusa.admin.customers.iterate(query)),
    "customer_groups.list_customers": lambda medusa, query: medusa.admin.customer_groups.list_customers("c1", query),
    "customer_groups.iterate_customers": lambda medusa, query: list(
        medusa.admin.customer_groups.iterate_customers("c1", query)
    ),
}
"""The methods that list customers."""


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("groups", ["cgrp_1", {"0": "cgrp_1"}, 1, True])
def test_groups_that_are_no_list_are_not_sent(medusa: Medusa, httpserver: HTTPServer, name: str, groups: Any) -> None:
    with pytest.raises(TypeError, match=f"^groups must be a list, not {type(groups).__name__}$"):
        LISTS[name](medusa, {"groups": groups})
    assert httpserver.log == []


def test_groups_that_are_a_list(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    answer({"customers": [], "count": 0, "offset": 0, "limit": 50})
    for groups in (["cgrp_1"], ("cgrp_1",), [], None):
        query: Any = {"groups": groups}
        assert medusa.admin.customers.list(query).count == 0
        assert sent().args.get("groups[0]") == ("cgrp_1" if groups else None)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("key", ["expand", "order"])
def test_what_may_end_the_backend_is_sent_once(no_waits: None, name: str, key: str) -> None:
    """A query that may have stopped the backend's process is not retried, but any other query is."""
    with Peer(cut()) as peer, Medusa(peer.url, max_retries=2) as medusa:
        with pytest.raises(MedusaConnectionError, match=f"unknown name in {key} stops Medusa's process") as caught:
            LISTS[name](medusa, {key: "nope", "order": "nope" if key == "order" else "id"})
        assert len(peer.requests) == 1
        assert caught.value.retryable is False
        with pytest.raises(MedusaConnectionError) as caught:
            LISTS[name](medusa, {"order": "id"})
        assert "stops Medusa" not in str(caught.value)
        assert len(peer.requests) == 4
        peer.answers = [answered(http("", 400))]
        with pytest.raises(MedusaAPIError) as refused:  # The backend responded, so its process runs.
            LISTS[name](medusa, {key: "nope", "order": "nope" if key == "order" else "id"})
        assert "stops Medusa" not in str(refused.value)


OF_DISCOUNTS: dict[str, Call] = {
    "create": lambda medusa, payload: medusa.admin.discounts.create(payload),
    "update": lambda medusa, payload: medusa.admin.discounts.update("disc_1", payload),
}


@pytest.mark.parametrize("name", OF_DISCOUNTS)
@pytest.mark.parametrize("value", [-1, -0.5])
def test_a_negative_discount_is_not_sent(medusa: Medusa, httpserver: HTTPServer, name: str, value: float) -> None:
    with pytest.raises(ValueError, match=r"^rule\.value must not be negative$"):
        OF_DISCOUNTS[name](
            medusa, {"code": "TEN", "rule": {"type": "percentage", "value": value, "allocation": "total"}}
        )
    assert httpserver.log == []


# The secrets are built at run time, because tracebacks quote source lines.
PASSWORD = "-".join(["correct", "horse", "battery"])
TOKEN = ".".join(["eyJhbGciOiJIUzI1NiJ9", "eyJpbnZpdGVfaWQiOiIxIn0", "signature"])
EMAIL = "@".join(["ada.lovelace", "example.com"])

OF_SECRETS: dict[str, tuple[Call, dict[str, Any]]] = {
    "customers.create": (
        lambda medusa, payload: medusa.admin.customers.create(payload),
        {"email": EMAIL, "first_name": "Ada", "last_name": "Lovelace", "password": PASSWORD},
    ),
    "customers.update": (
        lambda medusa, payload: medusa.admin.customers.update("cus_1", payload),
        {"email": EMAIL, "password": PASSWORD},
    ),
    "users.create": (
        lambda medusa, payload: medusa.admin.users.create(payload),
        {"email": EMAIL, "password": PASSWORD},
    ),
    "users.update": (lambda medusa, payload: medusa.admin.users.update("usr_1", payload), {"api_token": TOKEN}),
    "users.reset_password": (
        lambda medusa, payload: medusa.admin.users.reset_password(payload),
        {"email": EMAIL, "token": TOKEN, "password": PASSWORD},
    ),
    "users.send_reset_password_token": (
        lambda medusa, payload: medusa.admin.users.send_reset_password_token(payload),
        {"email": EMAIL},
    ),
    "invites.create": (
        lambda medusa, payload: medusa.admin.invites.create(payload),
        {"user": EMAIL, "role": "member"},
    ),
    "invites.accept": (
        lambda medusa, payload: medusa.admin.invites.accept(payload),
        {"token": TOKEN, "user": {"first_name": "Ada", "password": PASSWORD}},
    ),
}
"""The methods whose payloads contain secrets or e-mail addresses."""


def told_by(error: BaseException) -> str:
    copy = pickle.loads(pickle.dumps(error))
    return "".join([str(error), repr(error), *traceback.format_exception(error), str(copy), repr(copy)])


def secrets_in(text: str) -> list[str]:
    return [secret for secret in (PASSWORD, TOKEN, EMAIL) if secret in text]


@pytest.mark.parametrize("name", OF_SECRETS)
def test_an_error_that_quotes_the_payload_shows_no_secret(
    medusa: Medusa, answer: Callable[..., None], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    call, payload = OF_SECRETS[name]
    for text in (json.dumps(payload), str(payload), json.dumps(json.dumps(payload))):
        answer({"type": "invalid_data", "message": f"This is wrong: {text}"}, status=400)
        with caplog.at_level(logging.DEBUG), pytest.raises(MedusaInvalidRequestError, match="This is wrong") as caught:
            call(medusa, payload)
        assert secrets_in(told_by(caught.value)) == []
    assert caplog.text.count("/admin/") > 0
    assert secrets_in(caplog.text) == []


@pytest.mark.parametrize("name", OF_SECRETS)
def test_a_payload_that_is_not_sent_is_told_by_its_path(medusa: Medusa, httpserver: HTTPServer, name: str) -> None:
    """The error for a value without a JSON form names the path of the value and shows no secret."""
    call, payload = OF_SECRETS[name]
    for key, value in payload.items():
        with pytest.raises(TypeError, match=rf"^payload\.{key}: a set has no JSON form$") as caught:
            call(medusa, {**payload, key: {str(value)}})
        assert secrets_in(told_by(caught.value)) == []
    with pytest.raises(TypeError, match=r"^payload\.user\.password: a bytes has no JSON form$"):
        call(medusa, {"user": {"password": PASSWORD.encode()}})
    assert httpserver.log == []


@pytest.mark.parametrize("name", ["users.reset_password", "users.send_reset_password_token", "invites.accept"])
def test_an_open_route_gets_no_api_key(medusa: Medusa, answer: Callable[..., None], sent: Sent, name: str) -> None:
    """A route that requires no login is called without the client's API key."""
    call, payload = OF_SECRETS[name]
    answer("" if "send" in name else {"user": {"id": "usr_1"}} if "reset" in name else "OK")
    call(medusa.with_options(api_key="key"), payload)
    assert "x-medusa-access-token" not in sent().headers
    assert sent().get_json() == payload


def test_what_is_answered_ok_has_the_response_alone(medusa: Medusa, answer: Callable[..., None]) -> None:
    """If the body of a response is the text OK, the result has no fields, but it has the response."""
    answer("OK")
    invites = medusa.admin.invites
    for result in (invites.create({"user": EMAIL, "role": "member"}), invites.resend("invite_1")):
        assert (type(result), result.to_dict(), result.response.text) == (Result, {}, "OK")
