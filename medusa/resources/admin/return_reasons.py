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
    """Response with one return reason."""

    return_reason: ReturnReason


@entity
class AdminReturnReasonsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted return reason."""


@entity
class AdminReturnReasonsListRes(Result):
    """Response with all return reasons."""

    return_reasons: list[ReturnReason]


class AdminPostReturnReasonsReq(TypedDict):
    """Payload of `admin.return_reasons.create`."""

    value: str
    """A short unique name, such as `wrong_size`."""
    label: str
    """The text that people read, such as "Wrong size"."""
    description: NotRequired[str | None]
    parent_return_reason_id: NotRequired[str | None]
    """The ID of the parent reason, which must not have a parent itself."""
    metadata: NotRequired[dict[str, Any] | None]
    """The backend stores this value but never returns it."""


class AdminPostReturnReasonsReasonReq(TypedDict, total=False):
    """Payload of `admin.return_reasons.update`. Keys that you leave out keep their values."""

    value: str
    """A short unique name, such as `wrong_size`."""
    label: str
    """The text that people read, such as "Wrong size"."""
    description: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The backend stores them but never returns them."""


class AdminReturnReasonsResource(Resource):
    """Return reasons.

    A reason can have child reasons, its `return_reason_children`. A return accepts only a reason without children.
    """

    def create(self, payload: AdminPostReturnReasonsReq, custom_headers: Headers = None) -> AdminReturnReasonsRes:
        """Create a return reason and return it as `.return_reason`.

        `POST /admin/return-reasons`

        Raises `MedusaInvalidRequestError` if another reason has the same `value`, if the parent has a parent itself, or
        if a value is missing or malformed. Raises `MedusaNotFoundError` if the parent does not exist.
        """
        return self._post(AdminReturnReasonsRes, "/admin/return-reasons", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostReturnReasonsReasonReq, custom_headers: Headers = None
    ) -> AdminReturnReasonsRes:
        """Change a return reason and return it as `.return_reason`.

        `POST /admin/return-reasons/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no return reason has this ID. Raises `MedusaInvalidRequestError` if another
        reason has the same `value`, or if a value is malformed.
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
        """Delete a return reason and its child reasons.

        `DELETE /admin/return-reasons/{id}`

        Raises `MedusaNotFoundError` if no return reason has this ID or the reason was already deleted.
        """
        return self._delete(AdminReturnReasonsDeleteRes, "/admin/return-reasons/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminReturnReasonsRes:
        """Return the return reason with this ID as `.return_reason`.

        `GET /admin/return-reasons/{id}`

        Raises `MedusaNotFoundError` if no return reason has this ID.
        """
        return self._get(AdminReturnReasonsRes, "/admin/return-reasons/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminReturnReasonsListRes:
        """Return all return reasons as `.return_reasons`, oldest first.

        `GET /admin/return-reasons`

        The list has no pages. Child reasons are not in the list itself, but in the `return_reason_children` of their
        parents.
        """
        return self._get(AdminReturnReasonsListRes, "/admin/return-reasons", headers=custom_headers)
