"""ClaimOrder, ClaimItem, ClaimImage, ClaimTag."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer import Address
    from .fulfillment import Fulfillment
    from .line_item import LineItem
    from .order import Order
    from .product_variant import ProductVariant
    from .returns import Return
    from .shipping import ShippingMethod

__all__ = [
    "ClaimFulfillmentStatus",
    "ClaimImage",
    "ClaimItem",
    "ClaimOrder",
    "ClaimPaymentStatus",
    "ClaimReason",
    "ClaimTag",
    "ClaimType",
]


class ClaimFulfillmentStatus(StrEnum):
    """Whether the replacement items of a claim have been packed, shipped and returned."""

    NOT_FULFILLED = "not_fulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    FULFILLED = "fulfilled"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    PARTIALLY_RETURNED = "partially_returned"
    RETURNED = "returned"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class ClaimPaymentStatus(StrEnum):
    """Whether a claim has been refunded."""

    NA = "na"
    NOT_REFUNDED = "not_refunded"
    REFUNDED = "refunded"


class ClaimType(StrEnum):
    """Whether a claim is for a refund or for replacement items."""

    REFUND = "refund"
    REPLACE = "replace"


class ClaimReason(StrEnum):
    """The problem with a claimed item."""

    MISSING_ITEM = "missing_item"
    WRONG_ITEM = "wrong_item"
    PRODUCTION_FAILURE = "production_failure"
    OTHER = "other"


@entity
class ClaimOrder(Model):
    """A claim for an order: items to replace or refund."""

    id: str = field()
    fulfillment_status: ClaimFulfillmentStatus | str = field()
    payment_status: ClaimPaymentStatus | str = field()
    type: ClaimType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    additional_items: list[LineItem] = field()
    """The replacement items."""
    claim_items: list[ClaimItem] = field()
    """The items that the customer complains about."""
    fulfillments: list[Fulfillment] = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    """Whether the customer does not receive notifications about this claim."""
    order: Order | None = field()
    order_id: str = field()
    refund_amount: int | None = field()
    """The amount to refund, in the smallest currency unit."""
    return_order: Return | None = field()
    """The return of the claimed items."""
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()


@entity
class ClaimItem(Model):
    """A line item of a claim."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    claim_order_id: str = field()
    claim_order: ClaimOrder | None = field()
    item_id: str = field()
    item: LineItem | None = field()
    variant_id: str = field()
    variant: ProductVariant | None = field()
    reason: ClaimReason | str = field()
    note: str | None = field()
    quantity: int = field()
    images: list[ClaimImage] = field()
    tags: list[ClaimTag] = field()
    metadata: JSONObject | None = field()


@entity
class ClaimImage(Model):
    """An image for a claim item, such as a photo of the damage."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    claim_item_id: str = field()
    claim_item: ClaimItem | None = field()
    url: str = field()
    metadata: JSONObject | None = field()


@entity
class ClaimTag(Model):
    """A label for claim items."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    value: str = field()
    metadata: JSONObject | None = field()
