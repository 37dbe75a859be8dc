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
    """What a cart was made for."""

    DEFAULT = "default"
    SWAP = "swap"
    DRAFT_ORDER = "draft_order"
    PAYMENT_LINK = "payment_link"
    CLAIM = "claim"


@entity
class Cart(Model):
    """A cart: what a customer is about to buy, with prices, shipping and payment."""

    id: str = field()
    object: str = field()
    """Always "cart"."""
    type: CartType | str = field()
    email: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    billing_address: Address | None = field()
    billing_address_id: str | None = field()
    completed_at: datetime | None = field()
    """When the cart became an order or completed its swap, in UTC."""
    context: JSONObject | None = field()
    """Free data, such as the IP address and user agent of the request that created the cart."""
    customer: Customer | None = field()
    customer_id: str | None = field()
    discount_total: int = field()
    """Smallest currency unit: what the discounts take off."""
    discounts: list[Discount] = field()
    gift_card_tax_total: int = field()
    """Smallest currency unit: the tax on what gift cards pay."""
    gift_card_total: int = field()
    """Smallest currency unit: what gift cards pay."""
    gift_cards: list[GiftCard] = field()
    idempotency_key: str | None = field()
    item_tax_total: int | None = field()
    """Smallest currency unit: the tax on the items."""
    items: list[LineItem] = field()
    metadata: JSONObject | None = field()
    payment: Payment | None = field()
    payment_authorized_at: datetime | None = field()
    payment_id: str | None = field()
    payment_session: PaymentSession | None = field()
    """The selected payment session. It is not loaded before one is selected."""
    payment_sessions: list[PaymentSession] = field()
    raw_discount_total: float = field()
    """Smallest currency unit, not rounded: may be fractional."""
    refundable_amount: int = field()
    """Smallest currency unit: what can still be refunded. Medusa 1.20 never sends it."""
    refunded_total: int = field()
    """Smallest currency unit: what was refunded. Medusa 1.20 never sends it."""
    region: Region | None = field()
    region_id: str = field()
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str | None = field()
    sales_channels: list[SalesChannel] | None = field()
    shipping_address: Address | None = field()
    shipping_address_id: str | None = field()
    shipping_methods: list[ShippingMethod] = field()
    shipping_tax_total: int | None = field()
    """Smallest currency unit: the tax on shipping."""
    shipping_total: int | None = field()
    """Smallest currency unit: shipping, before tax."""
    subtotal: int = field()
    """Smallest currency unit: the items alone, before tax and discounts."""
    tax_total: int | None = field()
    """Smallest currency unit: all taxes."""
    total: int = field()
    """Smallest currency unit: what the customer pays, tax included."""
