"""Fulfillments: fulfill and ship the items of an order."""

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
    """A line item to fulfill."""

    item_id: str
    """The ID of a line item of the order. The backend ignores unknown IDs."""
    quantity: int
    """The quantity, at least 1."""


class AdminPostOrdersOrderFulfillmentsReq(TypedDict):
    """The items to fulfill."""

    items: list[AdminPostOrdersOrderFulfillmentsReqItem]
    location_id: NotRequired[str | None]
    """The stock location to take the items from, if the backend has the inventory modules."""
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the order applies."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrdersOrderShipmentReq(TypedDict):
    """The fulfillment that was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the fulfillment applies."""


class AdminOrderFulfillments(Resource):
    """The methods of `admin.orders` that fulfill and ship the items of an order."""

    def create_fulfillment(
        self, id: str, payload: AdminPostOrdersOrderFulfillmentsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a fulfillment of items. Return the order as `.order`, with its `fulfillments`.

        `POST /admin/orders/{id}/fulfillment`

        If the items need shipping methods of different profiles, the backend creates several fulfillments. It ignores
        unknown items, so a list with no known item creates an empty fulfillment.

        Raises `ValueError` if a quantity is not greater than 0. Raises `MedusaNotFoundError` if no order has this ID.
        Raises `MedusaInvalidRequestError` if a quantity is above the unfulfilled quantity, if the order is canceled or
        has no shipping methods, or if the location does not stock an item.
        """
        check_positive(payload, "items[].quantity")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/fulfillment", id, json=payload, headers=custom_headers)

    def cancel_fulfillment(self, id: str, fulfillment_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a fulfillment that is not shipped. Return the order as `.order`.

        `POST /admin/orders/{id}/fulfillments/{fulfillment_id}/cancel`

        This call must not be repeated: a second call also succeeds, reduces `fulfilled_quantity` of the items again,
        and the items can then no longer be shipped. `fulfillment_status` of the order becomes "canceled" even if the
        order has other fulfillments.

        Raises `MedusaNotFoundError` if the order has no such fulfillment. Raises `MedusaInvalidRequestError` if the
        fulfillment is shipped.
        """
        route = "/admin/orders/{id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, fulfillment_id, headers=custom_headers)

    def create_shipment(
        self, id: str, payload: AdminPostOrdersOrderShipmentReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Mark a fulfillment as shipped and return the order as `.order`.

        `POST /admin/orders/{id}/shipment`

        This call must not be repeated: a second call fails, or counts the items as shipped twice.

        Raises `MedusaNotFoundError` if the order has no such fulfillment. Raises `MedusaInvalidRequestError` if the
        fulfillment or the order is canceled. Raises `MedusaInvalidRequestError` or `MedusaServerError` if the
        fulfillment is already shipped. Raises `MedusaServerError` if another fulfillment of the same items was canceled
        twice.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/shipment",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is already shipped, or another one of the same items was canceled twice",
        )
