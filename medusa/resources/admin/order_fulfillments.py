"""Orders of the Admin: fulfil and ship their items."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from ..base import Headers, Resource
from .checks import check_positive
from .order_result import AdminOrdersRes

__all__ = [
    "AdminOrderFulfillments",
    "AdminPostOrdersOrderFulfillmentsReq",
    "AdminPostOrdersOrderFulfillmentsReqItem",
    "AdminPostOrdersOrderShipmentReq",
]


class AdminPostOrdersOrderFulfillmentsReqItem(TypedDict):
    """A line item to fulfil."""

    item_id: str
    """A line item of the order. The backend ignores one that it does not know."""
    quantity: int
    """How many, at least 1."""


class AdminPostOrdersOrderFulfillmentsReq(TypedDict):
    """What to fulfil."""

    items: list[AdminPostOrdersOrderFulfillmentsReqItem]
    location_id: NotRequired[str | None]
    """The stock location that the items are taken from, if the backend has the inventory modules."""
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The order's own setting holds if this is not given."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrdersOrderShipmentReq(TypedDict):
    """What was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The fulfillment's own setting holds if this is not given."""


class AdminOrderFulfillments(Resource):
    """The part of `admin.orders` that fulfils and ships the items of an order."""

    def create_fulfillment(
        self, id: str, payload: AdminPostOrdersOrderFulfillmentsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a fulfillment of items. Return the order, as `.order`, with its `fulfillments`.

        `POST /admin/orders/{id}/fulfillment`

        Items with shipping methods of different profiles make several fulfillments. An unknown item is ignored, so a
        list without a known one makes an empty fulfillment. Raises `ValueError` for a quantity that is not greater
        than 0, `MedusaNotFoundError` for an unknown order, and `MedusaInvalidRequestError` for more items than are
        left, for a canceled order or one without shipping methods, and for a location that does not stock an item.
        """
        check_positive(payload, "items[].quantity")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/fulfillment", id, json=payload, headers=custom_headers)

    def cancel_fulfillment(self, id: str, fulfillment_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a fulfillment that is not shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/fulfillments/{fulfillment_id}/cancel`

        Call it once: a second call succeeds too, lowers `fulfilled_quantity` of the items again, and the items can't be
        shipped any more. `fulfillment_status` becomes "canceled", whatever other fulfillments the order has. Raises
        `MedusaNotFoundError` if the order has no such fulfillment, and `MedusaInvalidRequestError` if it is shipped.
        """
        route = "/admin/orders/{id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, fulfillment_id, headers=custom_headers)

    def create_shipment(
        self, id: str, payload: AdminPostOrdersOrderShipmentReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Mark a fulfillment as shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/shipment`

        Call it once: a second call fails, or counts the items as shipped again. Raises `MedusaNotFoundError` if the
        order has no such fulfillment, `MedusaInvalidRequestError` if the fulfillment or the order is canceled, this or
        `MedusaServerError` if the fulfillment is shipped already, and `MedusaServerError` for items of which a
        fulfillment was canceled twice.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/shipment",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is shipped already, or one of the same items was canceled twice",
        )
