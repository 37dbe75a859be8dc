"""The result of most methods that delete an object."""

from __future__ import annotations

from ...models.base import entity
from ..base import Result

__all__ = ["DeleteResponse"]


@entity
class DeleteResponse(Result):
    """Response to most methods that delete an object.

    On most routes, the backend returns the same result if the ID is unknown or the object was already deleted.
    """

    id: str
    object: str
    """The type of the object, such as `gift-card`."""
    deleted: bool
    """Always true."""
