"""User of the Admin."""

from __future__ import annotations

from datetime import datetime

from .base import JSONObject, Model, entity, field

__all__ = ["User"]


@entity
class User(Model):
    """A user of the Admin."""

    id: str = field()
    email: str = field()
    role: str = field()
    first_name: str | None = field()
    last_name: str | None = field()
    api_token: str | None = field()
    """A secret: whoever has it acts as this user on the Admin."""
    password_hash: str | None = field()
    metadata: JSONObject | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
