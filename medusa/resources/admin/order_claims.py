"""Orders of the Admin: make good for items that were wrong, broken or missing."""

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
    """A line item that something was wrong with."""

    item_id: str
    quantity: int
    """How many, at least 1."""
    reason: ClaimReason | str
    """The published type makes it optional; the backend requires it."""
    note: NotRequired[str]
    tags: NotRequired[list[str]]
    images: NotRequired[list[str]]
    """The URLs of pictures."""


class AdminPostOrdersOrderClaimsReqReturnShipping(TypedDict, total=False):
    """How the items are sent back."""

    option_id: str
    """A shipping option for returns."""
    price: int
    """Smallest currency unit: what the customer pays for it."""


class AdminPostOrdersOrderClaimsReqAdditionalItem(TypedDict):
    """An item that replaces another."""

    variant_id: str
    quantity: int
    """How many, at least 1."""


class AdminPostOrdersOrderClaimsReqShippingMethod(TypedDict, total=False):
    """How the replacements are shipped: an existing shipping method, or a new one."""

    id: str
    """The ID of an existing shipping method."""
    option_id: str
    """The shipping option of a new shipping method."""
    price: int
    """Smallest currency unit, at least 0."""
    data: dict[str, Any]
    """What the fulfillment provider needs."""


class AdminPostOrdersOrderClaimsReq(TypedDict):
    """A new claim."""

    type: ClaimType | str
    claim_items: list[AdminPostOrdersOrderClaimsReqClaimItem]
    """At least one."""
    return_shipping: NotRequired[AdminPostOrdersOrderClaimsReqReturnShipping | None]
    """Without it, the customer does not send the items back."""
    additional_items: NotRequired[list[AdminPostOrdersOrderClaimsReqAdditionalItem] | None]
    """What replaces the items. A claim of the type "replace" must have some."""
    shipping_methods: NotRequired[list[AdminPostOrdersOrderClaimsReqShippingMethod] | None]
    """How the replacements are shipped. Without them, they can't be fulfilled."""
    refund_amount: NotRequired[int | None]
    """Smallest currency unit, at least 0, and only with the type "refund": what is refunded at once. It is the price of
    the items if this is not given."""
    shipping_address: NotRequired[AddressPayload | None]
    """Where the replacements go. It is the shipping address of the order if this is not given."""
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The order's own setting holds if this is not given."""
    return_location_id: NotRequired[str | None]
    """The stock location that the items come to, if the backend has the inventory modules."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrdersOrderClaimsClaimReqImage(TypedDict, total=False):
    """A picture of a claim item: one that it has, or a new one."""

    id: str
    """The ID of a picture that the claim item has."""
    url: str
    """The URL of a new picture."""


class AdminPostOrdersOrderClaimsClaimReqTag(TypedDict, total=False):
    """A tag of a claim item: one that it has, or a new one."""

    id: str
    """The ID of an existing tag."""
    value: str
    """The text of a new tag."""


class AdminPostOrdersOrderClaimsClaimReqClaimItem(TypedDict):
    """What to change of a claim item."""

    id: str
    """The ID of the claim item, not of its line item."""
    note: NotRequired[str | None]
    reason: NotRequired[ClaimReason | str | None]
    images: list[AdminPostOrdersOrderClaimsClaimReqImage]
    """All pictures: the list replaces the one before."""
    tags: list[AdminPostOrdersOrderClaimsClaimReqTag]
    """All tags: the list replaces the one before."""


class AdminPostOrdersOrderClaimsClaimReq(TypedDict, total=False):
    """What to change of a claim."""

    claim_items: list[AdminPostOrdersOrderClaimsClaimReqClaimItem] | None
    """The items that change. The others stay as they are."""
    shipping_methods: list[AdminPostOrdersOrderClaimsReqShippingMethod] | None
    """The backend answers 500 to this if the claim has a shipping method."""
    no_notification: bool | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminPostOrdersOrderClaimsClaimFulfillmentsReq(TypedDict, total=False):
    """How to fulfil the replacements."""

    metadata: dict[str, Any] | None
    no_notification: bool | None
    """Whether the customer is not notified. The claim's own setting holds if this is not given."""
    location_id: str | None
    """The stock location that the items are taken from, if the backend has the inventory modules."""


class AdminPostOrdersOrderClaimsClaimShipmentsReq(TypedDict):
    """What was shipped."""

    fulfillment_id: str
    tracking_numbers: NotRequired[list[str] | None]


class AdminOrderClaims(Resource):
    """The part of `admin.orders` that handles claims."""

    def create_claim(
        self, id: str, payload: AdminPostOrdersOrderClaimsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Create a claim. Return the order, as `.order`, with its `claims`.

        `POST /admin/orders/{id}/claims`

        A claim of the type "refund" refunds `refund_amount` at once. One of the type "replace" is fulfilled with
        `fulfill_claim`. Raises `ValueError` for a negative `refund_amount` and for a quantity that is not greater than
        0, `MedusaNotFoundError` for an unknown order, line item or shipping option, and `MedusaInvalidRequestError` if
        a value is missing or malformed, for more items than are fulfilled, for a canceled order, and for a
        `refund_amount` above what can be refunded or with the type "replace".
        """
        check_positive(payload, "claim_items[].quantity", "additional_items[].quantity")
        check_not_negative(payload, "refund_amount", "shipping_methods[].price")
        return self._post(AdminOrdersRes, "/admin/orders/{id}/claims", id, json=payload, headers=custom_headers)

    def cancel_claim(self, id: str, claim_id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel a claim. Return the order, as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/cancel`

        The backend does not put the replacements back into stock. A canceled claim stays canceled, with a new
        `canceled_at`. Raises `MedusaNotFoundError` if the order has no such claim, and `MedusaInvalidRequestError` if
        its return or one of its fulfillments is not canceled, or it has a `refund_amount`.
        """
        route = "/admin/orders/{id}/claims/{claim_id}/cancel"
        return self._post(AdminOrdersRes, route, id, claim_id, headers=custom_headers, repeatable=True)

    def update_claim(
        self, id: str, claim_id: str, payload: AdminPostOrdersOrderClaimsClaimReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Change a claim. Return the order, as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}`

        The backend changes the claim before it looks for the order: with the ID of another order it returns that one,
        and with an unknown ID it raises `MedusaNotFoundError` although the claim is changed. A call with images, tags
        or shipping methods that have no ID is not retried, because the backend may create them twice. Raises
        `MedusaNotFoundError` for an unknown claim or claim item, too, `MedusaInvalidRequestError` if a value is missing
        or malformed, and for a canceled claim, and `MedusaServerError` for `shipping_methods` of a claim that has one.
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
        """Create a fulfillment of all replacements of a claim. Return the order, as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/fulfillments`

        The backend looks for the order afterwards, as `update_claim` says. Raises `MedusaNotFoundError` for an unknown
        order or claim, and `MedusaInvalidRequestError` if a value is malformed, and for a claim that is fulfilled
        already, canceled, of the type "refund", or without shipping methods.
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
        """Mark a fulfillment of a claim as shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/shipments`

        The backend looks for the order afterwards, as `update_claim` says. Raises `MedusaNotFoundError` for an unknown
        order, claim or fulfillment, `MedusaInvalidRequestError` if the fulfillment is canceled, and this or
        `MedusaServerError` if it is shipped already.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/claims/{claim_id}/shipments",
            id,
            claim_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the fulfillment is shipped already",
        )

    def cancel_claim_fulfillment(
        self, id: str, claim_id: str, fulfillment_id: str, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Cancel a fulfillment of a claim that is not shipped. Return the order, as `.order`.

        `POST /admin/orders/{id}/claims/{claim_id}/fulfillments/{fulfillment_id}/cancel`

        Call it once: a second call succeeds too, and lowers `fulfilled_quantity` of the items again. Raises
        `MedusaNotFoundError` if the order has no such claim or the claim no such fulfillment, and
        `MedusaInvalidRequestError` if it is shipped.
        """
        route = "/admin/orders/{id}/claims/{claim_id}/fulfillments/{fulfillment_id}/cancel"
        return self._post(AdminOrdersRes, route, id, claim_id, fulfillment_id, headers=custom_headers)
