"""Cart."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer import Address, Customer
    from .discount import Discount
    from .gift_card import GiftCard
    from .line_item import LineItem
    from .payment import Payment, PaymentSession
    from .region import Region
    from .sales_channel import SalesChannel
    from .shipping import ShippingMethod

__all__ = ["Cart", "CartType"]


class CartType(StrEnum):
    """The purpose of a cart."""

    DEFAULT = "default"
    SWAP = "swap"
    DRAFT_ORDER = "draft_order"
    PAYMENT_LINK = "payment_link"
    CLAIM = "claim"


@entity
class Cart(Model):
    """A cart: the items that a customer wants to buy, with prices, shipping and payment.

    Amounts are integers in the smallest unit of the currency of `region`. Timestamps are timezone-aware datetimes in
    UTC. Reading a field that the response did not include raises `NotLoadedError`; `is_loaded` checks whether a field
    is loaded.
    """

    id: str = field()
    object: str = field()
    """Always "cart"."""
    type: CartType | str = field()
    email: str | None = field()
    """The e-mail address of the customer. It must be set before the cart is completed."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    billing_address: Address | None = field()
    billing_address_id: str | None = field()
    completed_at: datetime | None = field()
    """When the cart became an order or completed its swap."""
    context: JSONObject | None = field()
    """Custom data, such as the IP address and the user agent of the request that created the cart."""
    customer: Customer | None = field()
    customer_id: str | None = field()
    discount_total: int = field()
    """The total of all discounts, in the smallest currency unit."""
    discounts: list[Discount] = field()
    gift_card_tax_total: int = field()
    """The tax on the part of the cart that gift cards pay, in the smallest currency unit."""
    gift_card_total: int = field()
    """The part of the cart that gift cards pay, in the smallest currency unit."""
    gift_cards: list[GiftCard] = field()
    idempotency_key: str | None = field()
    item_tax_total: int | None = field()
    """The tax on the items, in the smallest currency unit."""
    items: list[LineItem] = field()
    metadata: JSONObject | None = field()
    """Custom data."""
    payment: Payment | None = field()
    payment_authorized_at: datetime | None = field()
    """When the payment was authorized. None if it is not authorized yet."""
    payment_id: str | None = field()
    payment_session: PaymentSession | None = field()
    """The selected payment session. It is not loaded until a payment session is selected."""
    payment_sessions: list[PaymentSession] = field()
    """A payment session for each payment provider of the region."""
    raw_discount_total: float = field()
    """The total of all discounts before rounding, in the smallest currency unit. May be fractional."""
    refundable_amount: int = field()
    """The amount that can still be refunded, in the smallest currency unit. Medusa 1.20 never returns it."""
    refunded_total: int = field()
    """The amount that was refunded, in the smallest currency unit. Medusa 1.20 never returns it."""
    region: Region | None = field()
    region_id: str = field()
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str | None = field()
    sales_channels: list[SalesChannel] | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
    shipping_tax_total: int | None = field()
    """The tax on shipping, in the smallest currency unit."""
    shipping_total: int | None = field()
    """The price of shipping before tax, in the smallest currency unit."""
    subtotal: int = field()
    """The price of the items before tax and discounts, without shipping, in the smallest currency unit."""
    tax_total: int | None = field()
    """The total of all taxes, in the smallest currency unit."""
    total: int = field()
    """The total that the customer pays, tax included, in the smallest currency unit."""
