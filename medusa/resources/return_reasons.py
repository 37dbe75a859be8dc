"""Return reasons: why customers send items back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.returns import ReturnReason

__all__ = ["ReturnReasonsResource", "StoreReturnReasonsListRes", "StoreReturnReasonsRes"]


@entity
class StoreReturnReasonsRes(Result):
    """A return reason."""

    return_reason: ReturnReason


@entity
class StoreReturnReasonsListRes(Result):
    """All return reasons."""

    return_reasons: list[ReturnReason]


class ReturnReasonsResource(Resource):
    """Return reasons.

    A reason may have narrower ones, its `return_reason_children`. A return takes only a reason without children.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> StoreReturnReasonsRes:
        """Return the return reason with this ID, as `.return_reason`.

        `GET /store/return-reasons/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(StoreReturnReasonsRes, "/store/return-reasons/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> StoreReturnReasonsListRes:
        """Return all return reasons, as `.return_reasons`.

        `GET /store/return-reasons`

        There are no pages. Narrower reasons are in the `return_reason_children` of the others, not in the list itself.
        """
        return self._get(StoreReturnReasonsListRes, "/store/return-reasons", headers=custom_headers)
