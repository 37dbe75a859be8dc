"""Upload."""

from __future__ import annotations

from .base import Model, entity, field

__all__ = ["Upload"]


@entity
class Upload(Model):
    """A file that the backend's file service has stored."""

    key: str = field()
    """The key of the file in the file service."""
    url: str = field()
    """The URL of the file."""
