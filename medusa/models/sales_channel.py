"""SalesChannel."""

from __future__ import annotations

from datetime import datetime

from .base import JSONObject, Model, entity, field

__all__ = ["SalesChannel"]


@entity
class SalesChannel(Model):
    """A channel that orders are placed through."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    name: str = field()
    description: str | None = field()
    is_disabled: bool = field()
    metadata: JSONObject | None = field()
    locations: list[JSONObject] = field()
