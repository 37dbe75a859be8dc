"""Order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .claim import ClaimOrder
    from .customer import Address, Customer
    from .discount import Discount
    from .draft_order import DraftOrder
    from .fulfillment import Fulfillment
    from .gift_card import GiftCard, GiftCardTransaction
    from .line_item import LineItem
    from .order_edit import OrderEdit
    from .payment import Payment, Refund
    from .price import Currency
    from .region import Region
    from .returns import Return
    from .sales_channel import SalesChannel
    from .shipping import ShippingMethod
    from .swap import Swap

__all__ = ["FulfillmentStatus", "Order", "OrderStatus", "PaymentStatus"]


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING = "pending"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class FulfillmentStatus(StrEnum):
    """How far an order's items have been packed and shipped."""

    NOT_FULFILLED = "not_fulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    FULFILLED = "fulfilled"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    PARTIALLY_RETURNED = "partially_returned"
    RETURNED = "returned"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class PaymentStatus(StrEnum):
    """How far an order has been paid."""

    NOT_PAID = "not_paid"
    AWAITING = "awaiting"
    CAPTURED = "captured"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


@entity
class Order(Model):
    """An order: what was bought, for whom, and how far payment and delivery have come."""

    id: str = field()
    object: str = field()
    """Always "order"."""
    display_id: int = field()
    """The number that customers know the order by."""
    status: OrderStatus | str = field()
    fulfillment_status: FulfillmentStatus | str = field()
    payment_status: PaymentStatus | str = field()
    email: str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    billing_address: Address | None = field()
    billing_address_id: str | None = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    claims: list[ClaimOrder] = field()
    currency: Currency | None = field()
    customer: Customer | None = field()
    customer_id: str = field()
    discount_total: int = field()
    """Smallest currency unit: what the discounts take off."""
    discounts: list[Discount] = field()
    draft_order: DraftOrder | None = field()
    draft_order_id: str | None = field()
    edits: list[OrderEdit] = field()
    external_id: str | None = field()
    fulfillments: list[Fulfillment] = field()
    gift_card_tax_total: int = field()
    """Smallest currency unit: the tax on what gift cards pay."""
    gift_card_total: int = field()
    """Smallest currency unit: what gift cards pay."""
    gift_card_transactions: list[GiftCardTransaction] = field()
    gift_cards: list[GiftCard] = field()
    idempotency_key: str | None = field()
    item_tax_total: int | None = field()
    """Smallest currency unit: the tax on the items."""
    items: list[LineItem] = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    paid_total: int = field()
    """Smallest currency unit: what was paid."""
    payments: list[Payment] = field()
    raw_discount_total: float = field()
    """Smallest currency unit, not rounded."""
    refundable_amount: int = field()
    """Smallest currency unit: what can still be refunded."""
    refunded_total: int = field()
    """Smallest currency unit: what was refunded."""
    refunds: list[Refund] = field()
    region: Region | None = field()
    region_id: str = field()
    returnable_items: list[LineItem] = field()
    returns: list[Return] = field()
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str | None = field()
    sales_channels: list[SalesChannel] | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
    shipping_tax_total: int = field()
    """Smallest currency unit: the tax on shipping."""
    shipping_total: int | None = field()
    """Smallest currency unit: shipping, before tax."""
    subtotal: int = field()
    """Smallest currency unit: items and nothing else, before tax and discounts."""
    swaps: list[Swap] = field()
    tax_rate: float | None = field()
    """Percent; null unless the order has a rate of its own."""
    tax_total: int = field()
    """Smallest currency unit: all taxes."""
    total: int = field()
    """Smallest currency unit: what the customer pays in all, tax included."""
