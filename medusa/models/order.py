"""Order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import BY_CART_ID, FIELDS, NOT_ON_STORE, JSONObject, Model, entity, expand, field

if TYPE_CHECKING:
    from .claim import ClaimOrder
    from .customer import Address, Customer
    from .discount import Discount
    from .fulfillment import Fulfillment
    from .gift_card import GiftCard, GiftCardTransaction
    from .line_item import LineItem
    from .payment import Payment, Refund
    from .region import Region
    from .returns import Return
    from .sales_channel import SalesChannel
    from .shipping import ShippingMethod
    from .swap import Swap


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

    id: str = field(FIELDS)
    object: str = field(FIELDS)
    """Always "order" on the Store routes."""
    display_id: int = field(FIELDS)
    """The number that customers know the order by."""
    status: OrderStatus | str = field(FIELDS)
    fulfillment_status: FulfillmentStatus | str = field(FIELDS)
    payment_status: PaymentStatus | str = field(FIELDS)
    email: str = field(FIELDS)
    currency_code: str = field(FIELDS)
    """ISO 4217, lower case."""
    created_at: datetime = field(FIELDS)
    updated_at: datetime = field(NOT_ON_STORE)
    canceled_at: datetime | None = field(NOT_ON_STORE)
    billing_address: Address | None = field(expand("billing_address"))
    billing_address_id: str | None = field(NOT_ON_STORE)
    cart: JSONObject | None = field(NOT_ON_STORE)
    cart_id: str | None = field(FIELDS)
    claims: list[ClaimOrder] = field(BY_CART_ID)
    currency: JSONObject | None = field(NOT_ON_STORE)
    customer: Customer | None = field(expand("customer"))
    customer_id: str = field(FIELDS)
    discount_total: int = field(FIELDS)
    """Smallest currency unit: what the discounts take off."""
    discounts: list[Discount] = field(expand("discounts"))
    draft_order: JSONObject | None = field(NOT_ON_STORE)
    draft_order_id: str | None = field(NOT_ON_STORE)
    edits: list[JSONObject] = field(NOT_ON_STORE)
    external_id: str | None = field(NOT_ON_STORE)
    fulfillments: list[Fulfillment] = field(expand("fulfillments"))
    gift_card_tax_total: int = field(FIELDS)
    """Smallest currency unit: the tax on what gift cards pay."""
    gift_card_total: int = field(FIELDS)
    """Smallest currency unit: what gift cards pay."""
    gift_card_transactions: list[GiftCardTransaction] = field(BY_CART_ID)
    gift_cards: list[GiftCard] = field(BY_CART_ID)
    idempotency_key: str | None = field(NOT_ON_STORE)
    item_tax_total: int | None = field(FIELDS)
    """Smallest currency unit: the tax on the items."""
    items: list[LineItem] = field(expand("items"))
    metadata: JSONObject | None = field(NOT_ON_STORE)
    no_notification: bool | None = field(NOT_ON_STORE)
    paid_total: int = field(FIELDS)
    """Smallest currency unit: what was paid."""
    payments: list[Payment] = field(expand("payments"))
    raw_discount_total: float = field(NOT_ON_STORE)
    """Smallest currency unit, not rounded."""
    refundable_amount: int = field(FIELDS)
    """Smallest currency unit: what can still be refunded."""
    refunded_total: int = field(FIELDS)
    """Smallest currency unit: what was refunded."""
    refunds: list[Refund] = field(BY_CART_ID)
    region: Region | None = field(expand("region"))
    region_id: str = field(FIELDS)
    returnable_items: list[LineItem] = field(NOT_ON_STORE)
    returns: list[Return] = field(NOT_ON_STORE)
    sales_channel: SalesChannel | None = field(NOT_ON_STORE)
    sales_channel_id: str | None = field(NOT_ON_STORE)
    sales_channels: list[SalesChannel] | None = field(NOT_ON_STORE)
    shipping_address: Address | None = field(expand("shipping_address"))
    shipping_address_id: str | None = field(NOT_ON_STORE)
    shipping_methods: list[ShippingMethod] = field(expand("shipping_methods"))
    shipping_tax_total: int = field(FIELDS)
    """Smallest currency unit: the tax on shipping."""
    shipping_total: int | None = field(FIELDS)
    """Smallest currency unit: shipping, before tax."""
    subtotal: int = field(FIELDS)
    """Smallest currency unit: items and nothing else, before tax and discounts."""
    swaps: list[Swap] = field(BY_CART_ID)
    tax_rate: float | None = field(FIELDS)
    """Percent; null unless the order has a rate of its own."""
    tax_total: int = field(FIELDS)
    """Smallest currency unit: all taxes."""
    total: int = field(FIELDS)
    """Smallest currency unit: what the customer pays in all, tax included."""
