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
    """How far a claim's replacements have been shipped."""

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
    """What a claim asks for."""

    REFUND = "refund"
    REPLACE = "replace"


class ClaimReason(StrEnum):
    """What was wrong with a claimed item."""

    MISSING_ITEM = "missing_item"
    WRONG_ITEM = "wrong_item"
    PRODUCTION_FAILURE = "production_failure"
    OTHER = "other"


@entity
class ClaimOrder(Model):
    """A claim for an order: items to be replaced or refunded."""

    id: str = field()
    fulfillment_status: ClaimFulfillmentStatus | str = field()
    payment_status: ClaimPaymentStatus | str = field()
    type: ClaimType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    additional_items: list[LineItem] = field()
    claim_items: list[ClaimItem] = field()
    fulfillments: list[Fulfillment] = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    order: Order | None = field()
    order_id: str = field()
    refund_amount: int | None = field()
    """Smallest currency unit."""
    return_order: Return | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()


@entity
class ClaimItem(Model):
    """One line item that a claim is about."""

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
    """A picture given with a claim item."""

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
    """A label of a claim item."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    value: str = field()
    metadata: JSONObject | None = field()
