"""Payment collections: the payments that customers make for order edits."""

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
    """Response with one payment collection."""

    payment_collection: PaymentCollection


@entity
class AdminPaymentCollectionDeleteRes(DeleteResponse):
    """Response with the ID of the deleted payment collection."""


class AdminGetPaymentCollectionsParams(TypedDict, total=False):
    """Which relations and fields of a payment collection to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of the default ones, separated by commas."""


class AdminUpdatePaymentCollectionsReq(TypedDict, total=False):
    """Payload of `admin.payment_collections.update`."""

    description: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminPaymentCollectionsResource(Resource):
    """Payment collections. Amounts are in the smallest unit of the collection's currency."""

    def retrieve(
        self,
        id: str,
        query: AdminGetPaymentCollectionsParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminPaymentCollectionsRes:
        """Return the payment collection with this ID as `.payment_collection`.

        `GET /admin/payment-collections/{id}`

        Without `fields`, the response does not include `authorized_amount`, `created_by`, `created_at` and
        `updated_at`.

        Raises `MedusaNotFoundError` if no payment collection has this ID. Raises `MedusaInvalidRequestError` if `query`
        contains an unknown key. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name.
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
        """Change the description or the metadata. Return the payment collection as `.payment_collection`.

        `POST /admin/payment-collections/{id}`

        Raises `MedusaNotFoundError` if no payment collection has this ID. Raises `MedusaInvalidRequestError` if the
        payload contains an unknown key or a malformed value.
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
        """Delete a payment collection that is not paid.

        `DELETE /admin/payment-collections/{id}`

        The result is the same if no payment collection has this ID.

        Raises `MedusaNotFoundError` if an order edit refers to the payment collection. Raises
        `MedusaInvalidRequestError` if the payment collection is authorized.
        """
        return self._delete(
            AdminPaymentCollectionDeleteRes, "/admin/payment-collections/{id}", id, headers=custom_headers
        )

    def mark_as_authorized(self, id: str, custom_headers: Headers = None) -> AdminPaymentCollectionsRes:
        """Mark a payment collection as authorized and return it as `.payment_collection`.

        `POST /admin/payment-collections/{id}/authorize`

        Use this method if the customer paid in another way: no money is charged. Calling it again changes nothing.

        Raises `MedusaNotFoundError` if no payment collection has this ID.
        """
        return self._post(
            AdminPaymentCollectionsRes,
            "/admin/payment-collections/{id}/authorize",
            id,
            headers=custom_headers,
            repeatable=True,
        )
