"""Returns of an order: request that customers send items back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from ..base import Headers, Resource
from .checks import check_positive
from .order_result import AdminOrdersRes

__all__ = [
    "AdminOrderReturns",
    "AdminPostOrdersOrderReturnsReq",
    "AdminPostOrdersOrderReturnsReqItem",
    "AdminPostOrdersOrderReturnsReqReturnShipping",
]


class AdminPostOrdersOrderReturnsReqItem(TypedDict):
    """A line item to send back."""

    item_id: str
    quantity: int
    """The quantity, at least 1."""
    reason_id: NotRequired[str | None]
    """The ID of a return reason without child reasons."""
    note: NotRequired[str | None]


class AdminPostOrdersOrderReturnsReqReturnShipping(TypedDict, total=False):
    """How the customer sends the items back."""

    option_id: str
    """The ID of a shipping option for returns."""
    price: int
    """Smallest currency unit: the amount that the customer pays for return shipping. It is subtracted from the refund.
    """


class AdminPostOrdersOrderReturnsReq(TypedDict):
    """The items to send back."""

    items: list[AdminPostOrdersOrderReturnsReqItem]
    return_shipping: NotRequired[AdminPostOrdersOrderReturnsReqReturnShipping | None]
    note: NotRequired[str | None]
    """The backend accepts this key and does not store it."""
    receive_now: NotRequired[bool | None]
    """Whether the items are already back. The backend then marks the return as received and refunds nothing."""
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the order applies."""
    refund: NotRequired[int | None]
    """Smallest currency unit: the amount to refund when the return is received. By default, the price of the items
    minus the return shipping. With a negative amount, nothing is refunded.
    """
    location_id: NotRequired[str | None]
    """The stock location that receives the items. A backend with the inventory modules requires it here if
    `receive_now` is true. Otherwise it can be given here or to `admin.returns.receive`.
    """


class AdminOrderReturns(Resource):
    """The method of `admin.orders` that requests returns."""

    def request_return(
        self, id: str, payload: AdminPostOrdersOrderReturnsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Request a return of items. Return the order as `.order`, with its `returns`.

        `POST /admin/orders/{id}/return`

        The money is refunded by `admin.returns.receive`. With `receive_now`, the return is received immediately, cannot
        be received again, and nothing is refunded: call `refund_payment` as well. Items can be returned before they are
        fulfilled. The backend accepts a `refund` above `refundable_amount`, but then refunds nothing when the return is
        received.

        Raises `ValueError` if `refund` is 0, because the backend ignores 0, or if a quantity is not greater than 0.
        Raises `MedusaNotFoundError` if the order, a line item, a return reason or a shipping option does not exist.
        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if a quantity is above the quantity
        that can still be returned.
        """
        check_positive(payload, "items[].quantity")
        if isinstance(payload, Mapping) and payload.get("refund") == 0:
            raise ValueError("refund must not be 0, because Medusa ignores 0: pass -1 to refund nothing")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/return", id, json=payload, headers=custom_headers)
