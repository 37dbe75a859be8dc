"""Return reasons: retrieve and list the reasons why customers return items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.returns import ReturnReason

__all__ = ["ReturnReasonsResource", "StoreReturnReasonsListRes", "StoreReturnReasonsRes"]


@entity
class StoreReturnReasonsRes(Result):
    """Response with one return reason."""

    return_reason: ReturnReason


@entity
class StoreReturnReasonsListRes(Result):
    """Response with all return reasons."""

    return_reasons: list[ReturnReason]


class ReturnReasonsResource(Resource):
    """Return reasons.

    A reason may have more specific reasons in its `return_reason_children`. A return accepts only a reason without
    children.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> StoreReturnReasonsRes:
        """Return the return reason with this ID as `.return_reason`.

        `GET /store/return-reasons/{id}`

        Raises `MedusaNotFoundError` if no return reason has this ID.
        """
        return self._get(StoreReturnReasonsRes, "/store/return-reasons/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> StoreReturnReasonsListRes:
        """Return all return reasons as `.return_reasons`.

        `GET /store/return-reasons`

        The response is not paged. A more specific reason is not in the list itself, but in the `return_reason_children`
        of its parent.
        """
        return self._get(StoreReturnReasonsListRes, "/store/return-reasons", headers=custom_headers)
