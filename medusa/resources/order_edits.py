"""Order edits: changes of an order that the customer accepts or declines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection

if TYPE_CHECKING:
    from ..models.order_edit import OrderEdit

__all__ = ["OrderEditsResource", "StoreOrderEditsRes", "StorePostOrderEditsOrderEditDecline"]


@entity
class StoreOrderEditsRes(Result):
    """An order edit."""

    order_edit: OrderEdit


class StorePostOrderEditsOrderEditDecline(TypedDict, total=False):
    """Why the customer declines."""

    declined_reason: str | None


class OrderEditsResource(Resource):
    """Order edits.

    The amounts are integers in the smallest unit of the order's currency. The Store API never sends `internal_note`,
    `created_by`, `confirmed_by`, `canceled_by` and `updated_at`. No login is needed.
    """

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrderEditsRes:
        """Return the order edit with this ID, as `.order_edit`.

        `GET /store/order-edits/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, `MedusaInvalidRequestError` for a name in `fields` that the
        route does not allow, such as `status`, and `MedusaServerError` for an unknown name in `expand`.
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
        """Decline an order edit that the shop has requested. Return it, as `.order_edit`.

        `POST /store/order-edits/{id}/decline`

        The payload may be empty. Declining again changes nothing, not even the reason. Raises
        `MedusaInvalidRequestError` for an order edit that is not requested yet, or is confirmed or canceled.
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
        """Accept an order edit that the shop has requested, which changes the order. Return it, as `.order_edit`.

        `POST /store/order-edits/{id}/complete`

        If the customer has to pay more, `order_edit.payment_collection_id` must be authorized before; see
        `payment_collections`. Otherwise there is no payment collection. `difference_due` is 0 afterwards. Completing
        again changes nothing. Raises `MedusaInvalidRequestError` if the payment is not authorized, and for an order
        edit that is not requested yet, or is declined or canceled.
        """
        route = "/store/order-edits/{id}/complete"
        return self._post(StoreOrderEditsRes, route, id, headers=custom_headers, repeatable=True)
