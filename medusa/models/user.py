"""User, Invite."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .base import JSONObject, Model, entity, field

__all__ = ["Invite", "User", "UserRoles"]


class UserRoles(StrEnum):
    """What a user does in the shop. The backend allows all roles the same."""

    ADMIN = "admin"
    MEMBER = "member"
    DEVELOPER = "developer"


@entity
class User(Model):
    """A person who manages the store in the Admin."""

    id: str = field()
    email: str = field()
    role: UserRoles | str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    api_token: str | None = field()
    """Secret: whoever has it can use the Admin API as this user. Only `to_dict()` shows it."""
    first_name: str | None = field()
    last_name: str | None = field()
    metadata: JSONObject | None = field()
    password_hash: str | None = field()
    """Secret, and null where the backend sends it. Only `to_dict()` shows it."""


@entity
class Invite(Model):
    """An invitation to become a user."""

    id: str = field()
    user_email: str = field()
    """The e-mail address of the person who is invited."""
    role: UserRoles | str | None = field()
    """The role that the new user gets."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    accepted: bool = field()
    expires_at: datetime = field()
    metadata: JSONObject | None = field()
    token: str = field()
    """Secret: whoever has it can accept the invite. Only `to_dict()` shows it."""
