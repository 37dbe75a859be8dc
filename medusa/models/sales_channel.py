"""SalesChannel, SalesChannelLocation, PublishableApiKey."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .order import Order
    from .product import Product

__all__ = ["PublishableApiKey", "SalesChannel", "SalesChannelLocation"]


@entity
class SalesChannel(Model):
    """A channel through which products are sold, such as a web shop."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    name: str = field()
    description: str | None = field()
    is_disabled: bool = field()
    metadata: JSONObject | None = field()
    carts: list[Cart] | None = field()
    locations: list[SalesChannelLocation] = field()
    """The stock locations that the sales channel sells from."""
    orders: list[Order] | None = field()
    products: list[Product] = field()
    publishableKeys: list[PublishableApiKey] | None = field()
    """The publishable API keys of the sales channel. The backend spells this key in camel case."""


@entity
class SalesChannelLocation(Model):
    """A stock location that a sales channel sells from."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    location_id: str = field()
    """The ID of the stock location."""
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str = field()


@entity
class PublishableApiKey(Model):
    """An API key that restricts a client to some sales channels. It is not secret."""

    id: str = field()
    """The API key itself: pass it to `Medusa(publishable_api_key=...)`."""
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    created_by: str | None = field()
    """The ID of the user who created the key."""
    revoked_at: datetime | None = field()
    revoked_by: str | None = field()
    """The ID of the user who revoked the key."""
