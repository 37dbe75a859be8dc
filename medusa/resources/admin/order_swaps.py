"""Orders of the Admin: exchange their items for others."""

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
    """How many, at least 1."""
    reason_id: NotRequired[str | None]
    """A return reason that has no narrower ones."""
    note: NotRequired[str | None]


class AdminPostOrdersOrderSwapsReqReturnShipping(TypedDict):
    """How the items are sent back."""

    option_id: str
    """A shipping option for returns."""
    price: NotRequired[int | None]
    """Smallest currency unit: what the customer pays for it."""


class AdminPostOrdersOrderSwapsReqAdditionalItem(TypedDict):
    """An item that the customer gets."""

    variant_id: str
    quantity: int
    """How many, at least 1."""


class AdminPostOrdersOrderSwapsReqCustomShippingOption(TypedDict):
    """A shipping option that the customer can choose for the new items, at a price of its own."""

    option_id: str
    price: int
    """Smallest currency unit, at least 0."""


class AdminPostOrdersOrderSwapsReq(TypedDict):
    """A new swap."""

    return_items: list[AdminPostOrdersOrderSwapsReqReturnItem]
    """What the customer sends back."""
    return_shipping: NotRequired[AdminPostOrdersOrderSwapsReqReturnShipping | None]
    sales_channel_id: NotRequired[str | None]
    """The sales channel of the swap's cart."""
    additional_items: NotRequired[list[AdminPostOrdersOrderSwapsReqAdditionalItem] | None]
    """What the customer gets instead."""
    custom_shipping_options: NotRequired[list[AdminPostOrdersOrderSwapsReqCustomShippingOption] | None]
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The order's own setting holds if this is not given."""
    return_location_id: NotRequired[str | None]
    """The stock location that the items come to, if the backend has the inventory modules."""
    allow_backorder: NotRequired[bool | None]
    """Whether the swap's cart can be completed with items that are out of stock, true by default."""


class AdminPostOrdersOrderSwapsSwapFulfillmentsReq(TypedDict, total=False):
    """How to fulfil the new items of a swap."""

    metadata: dict[str, Any] | None
    no_notification: bool | None
    """Whether the customer is not notified. The swap's own setting holds if this is not given."""
    location_id: str | None
    """The stock location that the items are taken from, if the backend has the inventory modules."""


class AdminPostOrdersOrderSwapsSwapShipmentsReq(TypedDict):
    """What was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The swap's own setting holds if this is not given."""


class AdminOrderSwaps(Resource):
    """The part of `admin.orders` that exchanges items.

    The customer completes the cart of the swap, `swap.cart_id`. Then the difference can be settled with
    `process_swap_payment`, and the new items fulfilled with `fulfill_swap`. The items that the customer sends back are
    those of the return `swap.return_order`, which `admin.returns.receive` receives.
    """

    def create_swap(
        self, id: str, payload: AdminPostOrdersOrderSwapsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a swap with its cart and its return. Return the order, as `.order`, with its `swaps`.

        `POST /admin/orders/{id}/swaps`

        `difference_due` of the swap is None until its cart is completed. Raises `ValueError` for a quantity that is not
        greater than 0 and for a negative price of a shipping option, `MedusaNotFoundError` for an unknown order, line
        item, return reason or shipping option, and `MedusaInvalidRequestError` if a value is missing or malformed, for
        an unknown variant, and for an order that is not fulfilled, or whose `payment_status` is not "captured", such as
        one with a refund.
        """
        check_positive(payload, "return_items[].quantity", "additional_items[].quantity")
        check_not_negative(payload, "custom_shipping_options[].price")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/swaps", id, json=payload, headers=custom_headers)

    def cancel_swap(self, id: str, swap_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a swap. Return the order, as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/cancel`

        A canceled swap is canceled again, its payment by the payment provider included. Raises `MedusaNotFoundError` if
        the order has no such swap, and `MedusaInvalidRequestError` if its return or one of its fulfillments is not
        canceled, or its difference was refunded.
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
        """Create a fulfillment of all new items of a swap. Return the order, as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/fulfillments`

        The backend fulfils the swap before it looks for the order: with the ID of another order it returns that one,
        and with an unknown ID it raises `MedusaNotFoundError` although the swap is fulfilled. Raises
        `MedusaNotFoundError` for an unknown swap, too, and `MedusaInvalidRequestError` if a value is malformed, and for
        a swap that is fulfilled already, canceled, or without shipping methods, which it has once the customer has
        completed its cart.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/fulfillments"
        return self._post(AdminOrdersRes, route, id, swap_id, json=payload, headers=custom_headers)

    def create_swap_shipment(
        self, id: str, swap_id: str, payload: AdminPostOrdersOrderSwapsSwapShipmentsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Mark a fulfillment of a swap as shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/shipments`

        The backend looks for the order afterwards, as `fulfill_swap` says. Raises `MedusaNotFoundError` for an unknown
        order, swap or fulfillment, `MedusaInvalidRequestError` if the fulfillment is canceled, and this or
        `MedusaServerError` if it is shipped already.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/swaps/{swap_id}/shipments",
            id,
            swap_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is shipped already",
        )

    def process_swap_payment(self, id: str, swap_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Settle the difference of a swap. Return the order, as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/process-payment`

        Captures what the customer has authorized for the swap, or refunds what the shop owes. If the payment provider
        fails, `payment_status` of the swap becomes "requires_action" and no error is raised. A settled swap is not
        settled again. The backend looks for the order afterwards, as `fulfill_swap` says.

        Raises `MedusaNotFoundError` for an unknown order or swap, and `MedusaInvalidRequestError` for a canceled swap
        and for one whose cart the customer has not completed.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/process-payment"
        return self._post(AdminOrdersRes, route, id, swap_id, headers=custom_headers)

    def cancel_swap_fulfillment(
        self, id: str, swap_id: str, fulfillment_id: str, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Cancel a fulfillment of a swap that is not shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/swaps/{swap_id}/fulfillments/{fulfillment_id}/cancel`

        Call it once: a second call succeeds too, and lowers `fulfilled_quantity` of the items again. Raises
        `MedusaNotFoundError` if the swap has no such fulfillment, and `MedusaInvalidRequestError` if it is shipped.
        """
        route = "/admin/orders/{id}/swaps/{swap_id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, swap_id, fulfillment_id, headers=custom_headers)
