"""Orders of the Admin: request that customers send items back."""

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
    """How many, at least 1."""
    reason_id: NotRequired[str | None]
    """A return reason that has no narrower ones."""
    note: NotRequired[str | None]


class AdminPostOrdersOrderReturnsReqReturnShipping(TypedDict, total=False):
    """How the items are sent back."""

    option_id: str
    """A shipping option for returns."""
    price: int
    """Smallest currency unit: what the customer pays for it, which is taken off the refund."""


class AdminPostOrdersOrderReturnsReq(TypedDict):
    """What to send back."""

    items: list[AdminPostOrdersOrderReturnsReqItem]
    return_shipping: NotRequired[AdminPostOrdersOrderReturnsReqReturnShipping | None]
    note: NotRequired[str | None]
    """The backend accepts it and does not store it."""
    receive_now: NotRequired[bool | None]
    """Whether the items are back already. The backend then marks the return as received and refunds nothing."""
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The order's own setting holds if this is not given."""
    refund: NotRequired[int | None]
    """Smallest currency unit: what is refunded when the return is received. Without it, the backend refunds the price
    of the items, less the return shipping. It refunds nothing if this is negative."""
    location_id: NotRequired[str | None]
    """The stock location that the items come to. A backend with the inventory modules requires it with `receive_now`,
    and otherwise takes it from here or from the payload of `admin.returns.receive`."""


class AdminOrderReturns(Resource):
    """The part of `admin.orders` that requests returns."""

    def request_return(
        self, id: str, payload: AdminPostOrdersOrderReturnsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Request a return of items. Return the order, as `.order`, with its `returns`.

        `POST /admin/orders/{id}/return`

        The money is refunded by `admin.returns.receive`, not before. With `receive_now`, the return is received at
        once, so that it can't be received again, and nothing is refunded: call `refund_payment`, too. Items that are
        not fulfilled yet can be returned. A `refund` above `refundable_amount` is accepted, and its return is received
        without a refund.

        Raises `ValueError` for a `refund` of 0, which the backend would take as not given, and for a quantity that is
        not greater than 0, `MedusaNotFoundError` for an unknown order, line item, return reason or shipping option, and
        `MedusaInvalidRequestError` if a value is missing or malformed, and for more items than are left.
        """
        check_positive(payload, "items[].quantity")
        if isinstance(payload, Mapping) and payload.get("refund") == 0:
            raise ValueError("refund must not be 0, which Medusa takes as not given: pass -1 to refund nothing")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/return", id, json=payload, headers=custom_headers)
