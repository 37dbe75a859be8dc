"""Note."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .user import User

__all__ = ["Note"]


@entity
class Note(Model):
    """A note of a user about an order or another object."""

    id: str = field()
    value: str = field()
    """The text."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    author: User | None = field()
    author_id: str | None = field()
    metadata: JSONObject | None = field()
    resource_id: str = field()
    """The ID of the object that the note is about."""
    resource_type: str = field()
    """What the note is about, such as "order"."""
