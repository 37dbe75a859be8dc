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
    """A note that a user wrote about an order or another object."""

    id: str = field()
    value: str = field()
    """The text of the note."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    author: User | None = field()
    author_id: str | None = field()
    """The ID of the user who wrote the note."""
    metadata: JSONObject | None = field()
    resource_id: str = field()
    """The ID of the object that the note is about."""
    resource_type: str = field()
    """The type of the object that the note is about, such as "order"."""
