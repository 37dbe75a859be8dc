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
    """A channel that products are sold through."""

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
    orders: list[Order] | None = field()
    products: list[Product] = field()
    publishableKeys: list[PublishableApiKey] | None = field()  # Medusa's spelling


@entity
class SalesChannelLocation(Model):
    """A stock location that a sales channel sells from."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    location_id: str = field()
    sales_channel: SalesChannel | None = field()
    sales_channel_id: str = field()


@entity
class PublishableApiKey(Model):
    """A key that limits a client to some sales channels."""

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    created_by: str | None = field()
    revoked_at: datetime | None = field()
    revoked_by: str | None = field()
