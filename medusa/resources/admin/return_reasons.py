"""Return reasons: why customers send items back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.returns import ReturnReason

__all__ = [
    "AdminPostReturnReasonsReasonReq",
    "AdminPostReturnReasonsReq",
    "AdminReturnReasonsDeleteRes",
    "AdminReturnReasonsListRes",
    "AdminReturnReasonsRes",
    "AdminReturnReasonsResource",
]


@entity
class AdminReturnReasonsRes(Result):
    """A return reason."""

    return_reason: ReturnReason


@entity
class AdminReturnReasonsDeleteRes(DeleteResponse):
    """The ID of the deleted return reason."""


@entity
class AdminReturnReasonsListRes(Result):
    """All return reasons."""

    return_reasons: list[ReturnReason]


class AdminPostReturnReasonsReq(TypedDict):
    """A new return reason."""

    value: str
    """A short name that no other reason has, such as `wrong_size`."""
    label: str
    """What people read, such as "Wrong size"."""
    description: NotRequired[str | None]
    parent_return_reason_id: NotRequired[str | None]
    """The ID of the wider reason. That one must not have a wider one itself."""
    metadata: NotRequired[dict[str, Any] | None]
    """The backend stores it but does not send it."""


class AdminPostReturnReasonsReasonReq(TypedDict, total=False):
    """What to change of a return reason."""

    value: str
    """A short name that no other reason has, such as `wrong_size`."""
    label: str
    """What people read, such as "Wrong size"."""
    description: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The backend stores them but does not send them."""


class AdminReturnReasonsResource(Resource):
    """Return reasons.

    A reason may have narrower ones, its `return_reason_children`. A return takes only a reason without children.
    """

    def create(self, payload: AdminPostReturnReasonsReq, custom_headers: Headers = None) -> AdminReturnReasonsRes:
        """Create a return reason. Return it, as `.return_reason`.

        `POST /admin/return-reasons`

        Raises `MedusaInvalidRequestError` for the `value` of another reason, a parent that has a parent itself, and a
        missing or malformed value, and `MedusaNotFoundError` for an unknown parent.
        """
        return self._post(AdminReturnReasonsRes, "/admin/return-reasons", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostReturnReasonsReasonReq, custom_headers: Headers = None
    ) -> AdminReturnReasonsRes:
        """Change a return reason. Return it, as `.return_reason`.

        `POST /admin/return-reasons/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown ID, and
        `MedusaInvalidRequestError` for the `value` of another reason and for a malformed value.
        """
        return self._post(
            AdminReturnReasonsRes,
            "/admin/return-reasons/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminReturnReasonsDeleteRes:
        """Delete a return reason and its narrower ones.

        `DELETE /admin/return-reasons/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, also if the reason was deleted before.
        """
        return self._delete(AdminReturnReasonsDeleteRes, "/admin/return-reasons/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminReturnReasonsRes:
        """Return the return reason with this ID, as `.return_reason`.

        `GET /admin/return-reasons/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminReturnReasonsRes, "/admin/return-reasons/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminReturnReasonsListRes:
        """Return all return reasons, as `.return_reasons`, the oldest first.

        `GET /admin/return-reasons`

        There are no pages. Narrower reasons are in the `return_reason_children` of the others, not in the list itself.
        """
        return self._get(AdminReturnReasonsListRes, "/admin/return-reasons", headers=custom_headers)
