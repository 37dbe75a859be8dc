"""Payment collections: what customers pay for order edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.payment_collection import PaymentCollection

__all__ = [
    "AdminGetPaymentCollectionsParams",
    "AdminPaymentCollectionDeleteRes",
    "AdminPaymentCollectionsRes",
    "AdminPaymentCollectionsResource",
    "AdminUpdatePaymentCollectionsReq",
]


@entity
class AdminPaymentCollectionsRes(Result):
    """A payment collection."""

    payment_collection: PaymentCollection


@entity
class AdminPaymentCollectionDeleteRes(DeleteResponse):
    """The ID of the deleted payment collection."""


class AdminGetPaymentCollectionsParams(TypedDict, total=False):
    """What to send of a payment collection."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of the default ones, separated by commas."""


class AdminUpdatePaymentCollectionsReq(TypedDict, total=False):
    """What to change of a payment collection."""

    description: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminPaymentCollectionsResource(Resource):
    """Payment collections. Their amounts are in the smallest unit of their currency."""

    def retrieve(
        self,
        id: str,
        query: AdminGetPaymentCollectionsParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminPaymentCollectionsRes:
        """Return the payment collection with this ID, as `.payment_collection`.

        `GET /admin/payment-collections/{id}`

        Without `fields`, the response has no `authorized_amount`, `created_by`, `created_at` and `updated_at`. Raises
        `MedusaNotFoundError` for an unknown ID, `MedusaInvalidRequestError` for an unknown key in `query`, and
        `MedusaServerError` for an unknown name in `expand` or `fields`.
        """
        return self._get(
            AdminPaymentCollectionsRes,
            "/admin/payment-collections/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def update(
        self, id: str, payload: AdminUpdatePaymentCollectionsReq, custom_headers: Headers = None
    ) -> AdminPaymentCollectionsRes:
        """Change the description or the metadata. Return the payment collection, as `.payment_collection`.

        `POST /admin/payment-collections/{id}`

        Raises `MedusaNotFoundError` for an unknown ID and `MedusaInvalidRequestError` for an unknown key or a malformed
        value.
        """
        return self._post(
            AdminPaymentCollectionsRes,
            "/admin/payment-collections/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminPaymentCollectionDeleteRes:
        """Delete a payment collection that nobody has paid.

        `DELETE /admin/payment-collections/{id}`

        The result is the same for an unknown ID. Raises `MedusaNotFoundError` for the payment collection that an order
        edit refers to, and `MedusaInvalidRequestError` for one that is authorized.
        """
        return self._delete(
            AdminPaymentCollectionDeleteRes, "/admin/payment-collections/{id}", id, headers=custom_headers
        )

    def mark_as_authorized(self, id: str, custom_headers: Headers = None) -> AdminPaymentCollectionsRes:
        """Mark a payment collection as authorized, as if paid elsewhere. Return it, as `.payment_collection`.

        `POST /admin/payment-collections/{id}/authorize`

        Nothing is charged. Marking it again changes nothing. Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._post(
            AdminPaymentCollectionsRes,
            "/admin/payment-collections/{id}/authorize",
            id,
            headers=custom_headers,
            repeatable=True,
        )
