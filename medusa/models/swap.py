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
    """Whether the new items of a swap have been packed and shipped."""

    NOT_FULFILLED = "not_fulfilled"
    FULFILLED = "fulfilled"
    SHIPPED = "shipped"
    PARTIALLY_SHIPPED = "partially_shipped"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class SwapPaymentStatus(StrEnum):
    """Whether the difference of a swap has been paid or refunded."""

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
    """An exchange: the customer returns items of an order and receives other items."""

    id: str = field()
    fulfillment_status: SwapFulfillmentStatus | str = field()
    payment_status: SwapPaymentStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    additional_items: list[LineItem] = field()
    """The items that the customer receives."""
    allow_backorder: bool = field()
    """Whether the swap can be completed if a new item is out of stock."""
    cart: Cart | None = field()
    """The cart that completes the swap."""
    cart_id: str | None = field()
    confirmed_at: datetime | None = field()
    difference_due: int | None = field()
    """The amount that the customer still has to pay, in the smallest currency unit. Negative if the shop owes money to
    the customer."""
    fulfillments: list[Fulfillment] = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    """Whether the customer does not receive notifications about this swap."""
    order: Order | None = field()
    order_id: str = field()
    payment: Payment | None = field()
    return_order: Return | None = field()
    """The return of the old items."""
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
