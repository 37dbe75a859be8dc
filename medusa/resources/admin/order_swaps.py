"""Swaps: exchange items of an order for other items."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from ..base import Headers, Resource
from .checks import check_not_negative, check_positive
from .order_result import AdminOrdersRes

__all__ = [
    "AdminOrderSwaps",
    "AdminPostOrdersOrderSwapsReq",
    "AdminPostOrdersOrderSwapsReqAdditionalItem",
    "AdminPostOrdersOrderSwapsReqCustomShippingOption",
    "AdminPostOrdersOrderSwapsReqReturnItem",
    "AdminPostOrdersOrderSwapsReqReturnShipping",
    "AdminPostOrdersOrderSwapsSwapFulfillmentsReq",
    "AdminPostOrdersOrderSwapsSwapShipmentsReq",
]


class AdminPostOrdersOrderSwapsReqReturnItem(TypedDict):
    """A line item that the customer sends back."""

    item_id: str
    quantity: int
    """The quantity, at least 1."""
    reason_id: NotRequired[str | None]
    """The ID of a return reason without child reasons."""
    note: NotRequired[str | None]


class AdminPostOrdersOrderSwapsReqReturnShipping(TypedDict):
    """How the customer sends the items back."""

    option_id: str
    """The ID of a shipping option for returns."""
    price: NotRequired[int | None]
    """Smallest currency unit: the amount that the customer pays for return shipping."""


class AdminPostOrdersOrderSwapsReqAdditionalItem(TypedDict):
    """A new item for the customer."""

    variant_id: str
    quantity: int
    """The quantity, at least 1."""


class AdminPostOrdersOrderSwapsReqCustomShippingOption(TypedDict):
    """A shipping option with a custom price that the customer can choose for the new items."""

    option_id: str
    price: int
    """Smallest currency unit, at least 0."""


class AdminPostOrdersOrderSwapsReq(TypedDict):
    """Payload of `admin.orders.create_swap`."""

    return_items: list[AdminPostOrdersOrderSwapsReqReturnItem]
    """The items that the customer sends back."""
    return_shipping: NotRequired[AdminPostOrdersOrderSwapsReqReturnShipping | None]
    sales_channel_id: NotRequired[str | None]
    """The ID of the sales channel of the swap's cart."""
    additional_items: NotRequired[list[AdminPostOrdersOrderSwapsReqAdditionalItem] | None]
    """The new items for the customer."""
    custom_shipping_options: NotRequired[list[AdminPostOrdersOrderSwapsReqCustomShippingOption] | None]
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the order applies."""
    return_location_id: NotRequired[str | None]
    """The stock location that receives the items, if the backend has the inventory modules."""
    allow_backorder: NotRequired[bool | None]
    """Whether the swap's cart can be completed if items are out of stock. True by default."""


class AdminPostOrdersOrderSwapsSwapFulfillmentsReq(TypedDict, total=False):
    """How to fulfill the new items of a swap."""

    metadata: dict[str, Any] | None
    no_notification: bool | None
    """Whether to send the customer no notification. By default, the setting of the swap applies."""
    location_id: str | None
    """The stock location to take the items from, if the backend has the inventory modules."""


class AdminPostOrdersOrderSwapsSwapShipmentsReq(TypedDict):
    """The fulfillment that was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the swap applies."""


class AdminOrderSwaps(Resource):
    """The methods of `admin.orders` for swaps.

    The customer completes the swap's cart, whose ID is `swap.cart_id`. Then `process_swap_payment` settles the
    difference, and `fulfill_swap` fulfills the new items. The items that the customer sends back belong to the return
    `swap.return_order`. Receive it with `admin.returns.receive`.
    """

    def create_swap(
        self, id: str, payload: AdminPostOrdersOrderSwapsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a swap with its cart and its return. Return the order as `.order`, with its `swaps`.

        `POST /admin/orders/{id}/swaps`

        `difference_due` of the swap is None until its cart is completed.

        Raises `ValueError` if a quantity is not greater than 0 or the price of a shipping option is negative. Raises
        `MedusaNotFoundError` if the order, a line item, a return reason or a shipping option does not exist. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed, if a variant does not exist, or if the order is
        not fulfilled. Also raises it if the `payment_status` of the order is not "captured": for example, after a
        refund.
        """
        check_positive(payload, "return_items[].quantity", "additional_items[].quantity")
        check_not_negative(payload, "custom_shipping_options[].price")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/swaps", id, json=payload, headers=custom_headers)

    def cancel_swap(self, id: str, swap_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a swap and return the order as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/cancel`

        This call must not be repeated: a second call also succeeds, and asks the payment provider to cancel the payment
        again.

        Raises `MedusaNotFoundError` if the order has no such swap. Raises `MedusaInvalidRequestError` if the return or
        a fulfillment of the swap is not canceled, or if the difference was refunded.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/cancel"
        return self._post(AdminOrdersRes, route, id, swap_id, headers=custom_headers)

    def fulfill_swap(
        self,
        id: str,
        swap_id: str,
        payload: AdminPostOrdersOrderSwapsSwapFulfillmentsReq,
        custom_headers: Headers = None,
    ) -> AdminOrdersRes:
        """Create a fulfillment of all new items of a swap and return the order as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/fulfillments`

        The backend fulfills the swap before it looks up the order. With the ID of another order, it returns that order.
        With an unknown order ID, the call raises `MedusaNotFoundError` although the swap was fulfilled.

        Raises `MedusaNotFoundError` if the order or the swap does not exist. Raises `MedusaInvalidRequestError` if a
        value is malformed, or if the swap is already fulfilled, is canceled, or has no shipping methods. A swap has
        shipping methods after the customer has completed its cart.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/fulfillments"
        return self._post(AdminOrdersRes, route, id, swap_id, json=payload, headers=custom_headers)

    def create_swap_shipment(
        self, id: str, swap_id: str, payload: AdminPostOrdersOrderSwapsSwapShipmentsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Mark a fulfillment of a swap as shipped and return the order as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/shipments`

        The backend marks the fulfillment as shipped before it looks up the order. With the ID of another order, it
        returns that order. With an unknown order ID, the call raises `MedusaNotFoundError` although the fulfillment was
        marked as shipped.

        Raises `MedusaNotFoundError` if the order, the swap or the fulfillment does not exist. Raises
        `MedusaInvalidRequestError` if the fulfillment is canceled. Raises `MedusaInvalidRequestError` or
        `MedusaServerError` if the fulfillment is already shipped.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/swaps/{swap_id}/shipments",
            id,
            swap_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is already shipped",
        )

    def process_swap_payment(self, id: str, swap_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Settle the difference of a swap and return the order as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/process-payment`

        The backend captures the amount that the customer authorized for the swap, or refunds the amount that the shop
        owes. If the payment provider fails, `payment_status` of the swap becomes "requires_action" and no error is
        raised. Calling this method again for a settled swap changes nothing.

        The backend settles the difference before it looks up the order. With the ID of another order, it returns that
        order. With an unknown order ID, the call raises `MedusaNotFoundError` although the difference was settled.

        Raises `MedusaNotFoundError` if the order or the swap does not exist. Raises `MedusaInvalidRequestError` if the
        swap is canceled, or if the customer has not completed its cart.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/process-payment"
        return self._post(AdminOrdersRes, route, id, swap_id, headers=custom_headers)

    def cancel_swap_fulfillment(
        self, id: str, swap_id: str, fulfillment_id: str, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Cancel a fulfillment of a swap that is not shipped. Return the order as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/fulfillments/{fulfillment_id}/cancel`

        This call must not be repeated: a second call also succeeds and reduces `fulfilled_quantity` of the items again.

        Raises `MedusaNotFoundError` if the swap has no such fulfillment. Raises `MedusaInvalidRequestError` if the
        fulfillment is shipped.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, swap_id, fulfillment_id, headers=custom_headers)
