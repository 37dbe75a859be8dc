"""Claims: replace or refund items of an order that were wrong, broken or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ..base import Headers, Resource
from .checks import check_not_negative, check_positive, has_new_parts
from .order_result import AdminOrdersRes

if TYPE_CHECKING:
    from ...models.claim import ClaimReason, ClaimType
    from ..addresses import AddressPayload

__all__ = [
    "AdminOrderClaims",
    "AdminPostOrdersOrderClaimsClaimFulfillmentsReq",
    "AdminPostOrdersOrderClaimsClaimReq",
    "AdminPostOrdersOrderClaimsClaimReqClaimItem",
    "AdminPostOrdersOrderClaimsClaimReqImage",
    "AdminPostOrdersOrderClaimsClaimReqTag",
    "AdminPostOrdersOrderClaimsClaimShipmentsReq",
    "AdminPostOrdersOrderClaimsReq",
    "AdminPostOrdersOrderClaimsReqAdditionalItem",
    "AdminPostOrdersOrderClaimsReqClaimItem",
    "AdminPostOrdersOrderClaimsReqReturnShipping",
    "AdminPostOrdersOrderClaimsReqShippingMethod",
]

_PARTS = ("claim_items[].images[]", "claim_items[].tags[]", "shipping_methods[]")


class AdminPostOrdersOrderClaimsReqClaimItem(TypedDict):
    """A line item that the customer complains about."""

    item_id: str
    quantity: int
    """The quantity, at least 1."""
    reason: ClaimReason | str
    """The published type makes this key optional, but the backend requires it."""
    note: NotRequired[str]
    tags: NotRequired[list[str]]
    images: NotRequired[list[str]]
    """The URLs of images."""


class AdminPostOrdersOrderClaimsReqReturnShipping(TypedDict, total=False):
    """How the customer sends the items back."""

    option_id: str
    """The ID of a shipping option for returns."""
    price: int
    """Smallest currency unit: the amount that the customer pays for return shipping."""


class AdminPostOrdersOrderClaimsReqAdditionalItem(TypedDict):
    """A replacement item."""

    variant_id: str
    quantity: int
    """The quantity, at least 1."""


class AdminPostOrdersOrderClaimsReqShippingMethod(TypedDict, total=False):
    """How to ship the replacements: an existing shipping method or a new one."""

    id: str
    """The ID of an existing shipping method."""
    option_id: str
    """The ID of the shipping option for a new shipping method."""
    price: int
    """Smallest currency unit, at least 0."""
    data: dict[str, Any]
    """Data that the fulfillment provider needs."""


class AdminPostOrdersOrderClaimsReq(TypedDict):
    """Payload of `admin.orders.create_claim`."""

    type: ClaimType | str
    claim_items: list[AdminPostOrdersOrderClaimsReqClaimItem]
    """At least one item."""
    return_shipping: NotRequired[AdminPostOrdersOrderClaimsReqReturnShipping | None]
    """Without this key, the customer does not send the items back."""
    additional_items: NotRequired[list[AdminPostOrdersOrderClaimsReqAdditionalItem] | None]
    """The replacement items. A claim of the type "replace" requires at least one."""
    shipping_methods: NotRequired[list[AdminPostOrdersOrderClaimsReqShippingMethod] | None]
    """How to ship the replacements. Without shipping methods, the replacements cannot be fulfilled."""
    refund_amount: NotRequired[int | None]
    """Smallest currency unit, at least 0: the amount to refund immediately. Allowed only with the type "refund". By
    default, the price of the items.
    """
    shipping_address: NotRequired[AddressPayload | None]
    """The shipping address of the replacements. By default, the shipping address of the order."""
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the order applies."""
    return_location_id: NotRequired[str | None]
    """The stock location that receives the items, if the backend has the inventory modules."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrdersOrderClaimsClaimReqImage(TypedDict, total=False):
    """An image of a claim item: an existing or a new one."""

    id: str
    """The ID of an image that the claim item already has."""
    url: str
    """The URL of a new image."""


class AdminPostOrdersOrderClaimsClaimReqTag(TypedDict, total=False):
    """A tag of a claim item: an existing or a new one."""

    id: str
    """The ID of an existing tag."""
    value: str
    """The text of a new tag."""


class AdminPostOrdersOrderClaimsClaimReqClaimItem(TypedDict):
    """Changes to a claim item."""

    id: str
    """The ID of the claim item, not of the line item."""
    note: NotRequired[str | None]
    reason: NotRequired[ClaimReason | str | None]
    images: list[AdminPostOrdersOrderClaimsClaimReqImage]
    """All images. The list replaces the current images."""
    tags: list[AdminPostOrdersOrderClaimsClaimReqTag]
    """All tags. The list replaces the current tags."""


class AdminPostOrdersOrderClaimsClaimReq(TypedDict, total=False):
    """Payload of `admin.orders.update_claim`."""

    claim_items: list[AdminPostOrdersOrderClaimsClaimReqClaimItem] | None
    """The items to change. Other items stay unchanged."""
    shipping_methods: list[AdminPostOrdersOrderClaimsReqShippingMethod] | None
    """The backend responds with 500 to this key if the claim already has a shipping method."""
    no_notification: bool | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminPostOrdersOrderClaimsClaimFulfillmentsReq(TypedDict, total=False):
    """How to fulfill the replacements."""

    metadata: dict[str, Any] | None
    no_notification: bool | None
    """Whether to send the customer no notification. By default, the setting of the claim applies."""
    location_id: str | None
    """The stock location to take the items from, if the backend has the inventory modules."""


class AdminPostOrdersOrderClaimsClaimShipmentsReq(TypedDict):
    """The fulfillment that was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]


class AdminOrderClaims(Resource):
    """The methods of `admin.orders` for claims."""

    def create_claim(
        self, id: str, payload: AdminPostOrdersOrderClaimsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a claim. Return the order as `.order`, with its `claims`.

        `POST /admin/orders/{id}/claims`

        A claim of the type "refund" refunds `refund_amount` immediately. A claim of the type "replace" is fulfilled
        with `fulfill_claim`.

        Raises `ValueError` if `refund_amount` or the price of a shipping method is negative, or a quantity is not
        greater than 0. Raises `MedusaNotFoundError` if the order, a line item or a shipping option does not exist.
        Raises `MedusaInvalidRequestError` if a value is missing or malformed, if the quantity of an item is above its
        fulfilled quantity, or if the order is canceled. Also raises it if `refund_amount` is above the refundable
        amount, or is given with the type "replace".
        """
        check_positive(payload, "claim_items[].quantity", "additional_items[].quantity")
        check_not_negative(payload, "refund_amount", "shipping_methods[].price")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/claims", id, json=payload, headers=custom_headers)

    def cancel_claim(self, id: str, claim_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a claim and return the order as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/cancel`

        The backend does not put the replacements back into stock. Canceling a claim again only sets a new
        `canceled_at`.

        Raises `MedusaNotFoundError` if the order has no such claim. Raises `MedusaInvalidRequestError` if the return or
        a fulfillment of the claim is not canceled, or if the claim has a `refund_amount`.
        """
        route = "/admin/orders/{id}/claims/{claim_id}/cancel"
        return self._post(AdminOrdersRes, route, id, claim_id, headers=custom_headers, repeatable=True)

    def update_claim(
        self, id: str, claim_id: str, payload: AdminPostOrdersOrderClaimsClaimReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Change a claim and return the order as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}`

        The backend changes the claim before it looks up the order. With the ID of another order, it returns that order.
        With an unknown order ID, the call raises `MedusaNotFoundError` although the claim was changed. A call with
        images, tags or shipping methods that have no ID is not retried, because the backend may create them twice.

        Raises `MedusaNotFoundError` if the order, the claim or a claim item does not exist. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed, or if the claim is canceled. Raises
        `MedusaServerError` if `shipping_methods` is given and the claim already has a shipping method.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/claims/{claim_id}",
            id,
            claim_id,
            json=payload,
            headers=custom_headers,
            repeatable=not has_new_parts(payload, *_PARTS),
            causes_of_500="shipping_methods is given for a claim that has a shipping method",
        )

    def fulfill_claim(
        self,
        id: str,
        claim_id: str,
        payload: AdminPostOrdersOrderClaimsClaimFulfillmentsReq,
        custom_headers: Headers = None,
    ) -> AdminOrdersRes:
        """Create a fulfillment of all replacements of a claim and return the order as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/fulfillments`

        The backend fulfills the claim before it looks up the order. With the ID of another order, it returns that
        order. With an unknown order ID, the call raises `MedusaNotFoundError` although the claim was fulfilled.

        Raises `MedusaNotFoundError` if the order or the claim does not exist. Raises `MedusaInvalidRequestError` if a
        value is malformed, or if the claim is already fulfilled, is canceled, has the type "refund", or has no shipping
        methods.
        """
        route = "/admin/orders/{id}/claims/{claim_id}/fulfillments"
        return self._post(AdminOrdersRes, route, id, claim_id, json=payload, headers=custom_headers)

    def create_claim_shipment(
        self,
        id: str,
        claim_id: str,
        payload: AdminPostOrdersOrderClaimsClaimShipmentsReq,
        custom_headers: Headers = None,
    ) -> AdminOrdersRes:
        """Mark a fulfillment of a claim as shipped and return the order as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/shipments`

        The backend marks the fulfillment as shipped before it looks up the order. With the ID of another order, it
        returns that order. With an unknown order ID, the call raises `MedusaNotFoundError` although the fulfillment was
        marked as shipped.

        Raises `MedusaNotFoundError` if the order, the claim or the fulfillment does not exist. Raises
        `MedusaInvalidRequestError` if the fulfillment is canceled. Raises `MedusaInvalidRequestError` or
        `MedusaServerError` if the fulfillment is already shipped.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/claims/{claim_id}/shipments",
            id,
            claim_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is already shipped",
        )

    def cancel_claim_fulfillment(
        self, id: str, claim_id: str, fulfillment_id: str, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Cancel a fulfillment of a claim that is not shipped. Return the order as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/fulfillments/{fulfillment_id}/cancel`

        This call must not be repeated: a second call also succeeds and reduces `fulfilled_quantity` of the items again.

        Raises `MedusaNotFoundError` if the order has no such claim, or the claim has no such fulfillment. Raises
        `MedusaInvalidRequestError` if the fulfillment is shipped.
        """
        route = "/admin/orders/{id}/claims/{claim_id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, claim_id, fulfillment_id, headers=custom_headers)
