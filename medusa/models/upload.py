"""Upload."""

from __future__ import annotations

from .base import Model, entity, field

__all__ = ["Upload"]


@entity
class Upload(Model):
    """A file that the file service of the backend has stored."""

    key: str = field()
    """The name that the file service knows the file by."""
    url: str = field()
