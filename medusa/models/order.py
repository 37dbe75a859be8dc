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
    """The status of an order."""

    PENDING = "pending"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


class FulfillmentStatus(StrEnum):
    """Whether the items of an order have been packed, shipped and returned."""

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
    """Whether an order has been paid and refunded."""

    NOT_PAID = "not_paid"
    AWAITING = "awaiting"
    CAPTURED = "captured"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    CANCELED = "canceled"
    REQUIRES_ACTION = "requires_action"


@entity
class Order(Model):
    """An order: the items that a customer bought, and the status of payment and delivery.

    Amounts are integers in the smallest unit of `currency_code`. Timestamps are timezone-aware datetimes in UTC.
    Reading a field that the response did not include raises `NotLoadedError`; `is_loaded` checks whether a field is
    loaded.
    """

    id: str = field()
    object: str = field()
    """Always "order"."""
    display_id: int = field()
    """The order number that customers see."""
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
    """The cart that the order was created from."""
    cart_id: str | None = field()
    claims: list[ClaimOrder] = field()
    """Claims for missing or wrong items."""
    currency: Currency | None = field()
    customer: Customer | None = field()
    customer_id: str = field()
    discount_total: int = field()
    """The total of all discounts, in the smallest currency unit."""
    discounts: list[Discount] = field()
    """The discounts that were applied to the order."""
    draft_order: DraftOrder | None = field()
    """The draft order that this order was created from."""
    draft_order_id: str | None = field()
    edits: list[OrderEdit] = field()
    """Changes to the order that the shop proposed."""
    external_id: str | None = field()
    """The ID of the order in another system."""
    fulfillments: list[Fulfillment] = field()
    gift_card_tax_total: int = field()
    """The tax on the part of the order that gift cards pay, in the smallest currency unit."""
    gift_card_total: int = field()
    """The part of the order that gift cards pay, in the smallest currency unit."""
    gift_card_transactions: list[GiftCardTransaction] = field()
    """The payments with gift cards."""
    gift_cards: list[GiftCard] = field()
    """The gift cards that paid for the order."""
    idempotency_key: str | None = field()
    item_tax_total: int | None = field()
    """The tax on the items, in the smallest currency unit."""
    items: list[LineItem] = field()
    metadata: JSONObject | None = field()
    """Custom data."""
    no_notification: bool | None = field()
    """Whether the customer does not receive notifications about this order."""
    paid_total: int = field()
    """The total that the customer has paid, in the smallest currency unit."""
    payments: list[Payment] = field()
    raw_discount_total: float = field()
    """The total of all discounts before rounding, in the smallest currency unit. May be fractional."""
    refundable_amount: int = field()
    """The amount that can still be refunded, in the smallest currency unit."""
    refunded_total: int = field()
    """The amount that was refunded, in the smallest currency unit."""
    refunds: list[Refund] = field()
    """The refunds for the order. `refunded_total` is their sum."""
    region: Region | None = field()
    region_id: str = field()
    returnable_items: list[LineItem] = field()
    """The items of the order, its swaps and its claims that can be returned."""
    returns: list[Return] = field()
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str | None = field()
    sales_channels: list[SalesChannel] | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
    shipping_tax_total: int = field()
    """The tax on shipping, in the smallest currency unit."""
    shipping_total: int | None = field()
    """The price of shipping before tax, in the smallest currency unit."""
    subtotal: int = field()
    """The price of the items before tax and discounts, without shipping, in the smallest currency unit."""
    swaps: list[Swap] = field()
    tax_rate: float | None = field()
    """Percent. None unless the order has its own tax rate."""
    tax_total: int = field()
    """The total of all taxes, in the smallest currency unit."""
    total: int = field()
    """The total that the customer pays, tax included, in the smallest currency unit."""
