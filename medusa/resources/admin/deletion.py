"""What most routes answer that delete something."""

from __future__ import annotations

from ...models.base import entity
from ..base import Result

__all__ = ["DeleteResponse"]


@entity
class DeleteResponse(Result):
    """What was deleted.

    On most routes the backend answers the same for an ID that is unknown or was deleted before.
    """

    id: str
    object: str
    """What kind of thing it was, such as `gift-card`."""
    deleted: bool
    """Always true."""
