"""No log, no result and no error shows the secrets that the Admin API returns."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from medusa import (
    BatchJob,
    Customer,
    Invite,
    Medusa,
    MedusaDecodeError,
    Model,
    Note,
    Resource,
    Result,
    User,
    entity,
    field,
)

from .conftest import fields_of
from .recorded_entities import ENTITIES
from .test_recorded_models import RECORDED

pytestmark = pytest.mark.once

# The recorded secrets are of a backend that no longer exists. The tests replace them with this text.
SECRET = "s3cret-of-a-user"
SECRETS: dict[type[Model], list[str]] = {
    User: ["api_token", "password_hash"],
    Customer: ["password_hash"],
    Invite: ["token"],
}

HOLDERS = [
    cls.from_dict({**next(data for (found, _, _), data in RECORDED["Admin"].items() if found is cls), name: SECRET})
    for cls, names in SECRETS.items()
    for name in names
]
HOLDERS += [Note.from_dict({"author": holder.to_dict()}) for holder in HOLDERS if isinstance(holder, User)]
HOLDERS += [BatchJob.from_dict({"created_by_user": holder.to_dict()}) for holder in HOLDERS if isinstance(holder, User)]
"""Recorded objects in which a secret is replaced by `SECRET`. test_printing.py shows them with each printer."""


@entity
class Res(Result):
    user: User = field()
    invites: list[Invite] = field()
    customer: Customer = field()


class ThingsResource(Resource):
    def get(self) -> Res:
        return self._get(Res, "/admin/things")


def test_the_admin_sends_secrets() -> None:
    """The recorded responses contain each secret in `SECRETS`."""
    sent = {(cls, key) for (cls, keys, _) in RECORDED["Admin"] for key in keys if key in SECRETS.get(cls, ())}
    assert sent == {(cls, name) for cls, names in SECRETS.items() for name in names}


def test_no_log_and_no_result_shows_a_secret(
    medusa: Medusa, answer: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    user, _, customer, invite = (holder.to_dict() for holder in HOLDERS[:4])
    answer({"user": user, "customer": customer, "invites": [invite]})
    with caplog.at_level(logging.DEBUG):
        result = ThingsResource(medusa).get()
    assert [result.user.api_token, result.customer.password_hash, result.invites[0].token] == [SECRET] * 3
    assert caplog.text.count("/admin/things") > 0
    assert SECRET not in f"{result!r} {result.user!r} {result.customer!r} {result.invites!r}"
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        *({key: {name: [SECRET]}} for key, name in (("user", "api_token"), ("customer", "password_hash"))),
        {"invites": [{"token": {"token": SECRET}}]},
        {"user": {"api_token": SECRET, "id": 5}},
        {"invites": [{"token": SECRET, "accepted": SECRET}]},
        {"user": {"api_token": SECRET, "role": {SECRET: 1}}},
        [{"api_token": SECRET}],
        f'{{"user": {{"api_token": "{SECRET}"',
        f'{{"user": {{"api_token": "{SECRET}\n"}}}}',
        f'{{"user": {{"api_token": {SECRET}}}}}',
        f"<html>{SECRET}</html>",
    ],
)
def test_no_error_about_a_body_shows_a_secret(
    medusa: Medusa, answer: Callable[..., None], caplog: pytest.LogCaptureFixture, body: Any
) -> None:
    for content_type in ("application/json", "text/html", ""):
        answer(body, content_type=content_type)
        with caplog.at_level(logging.DEBUG), pytest.raises(MedusaDecodeError) as caught:
            ThingsResource(medusa).get()
        for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
            assert SECRET not in "".join(traceback.format_exception(error))
            assert SECRET not in f"{error!r} {error}"
    assert SECRET not in caplog.text


WRONG: list[Any] = [SECRET, [SECRET], {"a": SECRET}, [{"a": SECRET}], [[SECRET]], 735.25, 73525]


@pytest.mark.parametrize("cls", ENTITIES.values(), ids=ENTITIES)
def test_no_error_about_a_field_quotes_its_value(cls: type[Model]) -> None:
    rejected = 0
    for name in fields_of(cls):
        for value in WRONG:
            try:
                cls.from_dict({name: value})
            except MedusaDecodeError as error:
                rejected += 1
                told = "".join(traceback.format_exception_only(error)) + repr(error)
                assert not [text for text in (SECRET, "735") if text in told]
    assert rejected >= len(fields_of(cls))
