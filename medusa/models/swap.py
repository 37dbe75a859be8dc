"""Swap."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .customer import Address
    from .fulfillment import Fulfillment
    from .line_item import LineItem
    from .order import Order
    from .payment import Payment
    from .returns import Return
    from .shipping import ShippingMethod

__all__ = ["Swap", "SwapFulfillmentStatus", "SwapPaymentStatus"]


class SwapFulfillmentStatus(StrEnum):
    """How far a swap's new items have been shipped."""

    NOT_FULFILLED = "not_fulfilled"
    FULFILLED = "fulfilled"
    SHIPPED = "shipped"
    PARTIALLY_SHIPPED = "partially_shipped"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class SwapPaymentStatus(StrEnum):
    """How far a swap's difference has been paid."""

    NOT_PAID = "not_paid"
    AWAITING = "awaiting"
    CAPTURED = "captured"
    CONFIRMED = "confirmed"
    CANCELED = "canceled"
    DIFFERENCE_REFUNDED = "difference_refunded"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    REQUIRES_ACTION = "requires_action"


@entity
class Swap(Model):
    """An exchange: items sent back for others."""

    id: str = field()
    fulfillment_status: SwapFulfillmentStatus | str = field()
    payment_status: SwapPaymentStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    additional_items: list[LineItem] = field()
    allow_backorder: bool = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    confirmed_at: datetime | None = field()
    difference_due: int | None = field()
    """Smallest currency unit: what the customer still owes, negative if the shop does."""
    fulfillments: list[Fulfillment] = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    order: Order | None = field()
    order_id: str = field()
    payment: Payment | None = field()
    return_order: Return | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
