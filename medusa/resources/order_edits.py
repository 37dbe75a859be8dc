"""Order edits: changes to an order that the customer accepts or declines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection

if TYPE_CHECKING:
    from ..models.order_edit import OrderEdit

__all__ = ["OrderEditsResource", "StoreOrderEditsRes", "StorePostOrderEditsOrderEditDecline"]


@entity
class StoreOrderEditsRes(Result):
    """Response with one order edit."""

    order_edit: OrderEdit


class StorePostOrderEditsOrderEditDecline(TypedDict, total=False):
    """Payload of `order_edits.decline`."""

    declined_reason: str | None
    """The reason why the customer declines."""


class OrderEditsResource(Resource):
    """Order edits.

    Amounts are integers in the smallest unit of the order's currency. The Store API never returns `internal_note`,
    `created_by`, `confirmed_by`, `canceled_by` and `updated_at`. No login is required.
    """

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrderEditsRes:
        """Return the order edit with this ID as `.order_edit`.

        `GET /store/order-edits/{id}`

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaInvalidRequestError` if `fields`
        contains a name that the route does not allow, such as `status`. Raises `MedusaServerError` if `expand` contains
        an unknown name.
        """
        return self._get(
            StoreOrderEditsRes,
            "/store/order-edits/{id}",
            id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand has an unknown name",
        )

    def decline(
        self, id: str, payload: StorePostOrderEditsOrderEditDecline, custom_headers: Headers = None
    ) -> StoreOrderEditsRes:
        """Decline an order edit that the shop has requested. Return the order edit as `.order_edit`.

        `POST /store/order-edits/{id}/decline`

        The payload may be empty. Declining the order edit again changes nothing, not even the reason.

        Raises `MedusaInvalidRequestError` if the order edit is not requested yet, or if it is confirmed or canceled.
        """
        return self._post(
            StoreOrderEditsRes,
            "/store/order-edits/{id}/decline",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def complete(self, id: str, custom_headers: Headers = None) -> StoreOrderEditsRes:
        """Accept an order edit that the shop has requested. Return the order edit as `.order_edit`.

        `POST /store/order-edits/{id}/complete`

        The backend applies the changes to the order, and `difference_due` is then 0. If the customer has to pay more,
        the payment collection `order_edit.payment_collection_id` must be authorized before this call; see
        `payment_collections`. Otherwise, there is no payment collection. Completing the order edit again changes
        nothing.

        Raises `MedusaInvalidRequestError` if the payment is not authorized, if the order edit is not requested yet, or
        if it is declined or canceled.
        """
        route = "/store/order-edits/{id}/complete"
        return self._post(StoreOrderEditsRes, route, id, headers=custom_headers, repeatable=True)
