"""User, Invite."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .base import JSONObject, Model, entity, field

__all__ = ["Invite", "User", "UserRoles"]


class UserRoles(StrEnum):
    """The role of a user. The backend gives all roles the same permissions."""

    ADMIN = "admin"
    MEMBER = "member"
    DEVELOPER = "developer"


@entity
class User(Model):
    """A person who manages the shop in the Admin."""

    id: str = field()
    email: str = field()
    role: UserRoles | str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    api_token: str | None = field()
    """Secret. Anyone who has it can use the Admin API as this user. `repr` does not show it, but `to_dict()` includes
    it."""
    first_name: str | None = field()
    last_name: str | None = field()
    metadata: JSONObject | None = field()
    password_hash: str | None = field()
    """Secret. None if the backend returns it at all. `repr` does not show it, but `to_dict()` includes it."""


@entity
class Invite(Model):
    """An invitation to become a user of the Admin."""

    id: str = field()
    user_email: str = field()
    """The e-mail address of the invited person."""
    role: UserRoles | str | None = field()
    """The role of the new user."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    accepted: bool = field()
    """Whether the invitation has been accepted."""
    expires_at: datetime = field()
    """When the invitation expires."""
    metadata: JSONObject | None = field()
    token: str = field()
    """Secret. Anyone who has it can accept the invitation. `repr` does not show it, but `to_dict()` includes it."""
