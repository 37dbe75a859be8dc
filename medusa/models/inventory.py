"""InventoryItem, InventoryLevel, ReservationItem, VariantInventory, SalesChannelAvailability."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .line_item import LineItem
    from .product_variant import ProductVariant

__all__ = ["InventoryItem", "InventoryLevel", "ReservationItem", "SalesChannelAvailability", "VariantInventory"]


@entity
class InventoryItem(Model):
    """An item that is kept in stock and sold as variants.

    Only a backend with the inventory module has inventory items.
    """

    id: str = field()
    sku: str | None = field()
    title: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    description: str | None = field()
    height: int | None = field()
    """In the unit that the shop uses."""
    hs_code: str | None = field()
    """The Harmonized System code for customs."""
    length: int | None = field()
    """In the unit that the shop uses."""
    location_levels: list[InventoryLevel] = field()
    """The stock at each location."""
    material: str | None = field()
    metadata: JSONObject | None = field()
    mid_code: str | None = field()
    """The manufacturer identification code for customs."""
    origin_country: str | None = field()
    """The country where the item was made."""
    requires_shipping: bool = field()
    reserved_quantity: int = field()
    """The number of reserved units at all locations."""
    stocked_quantity: int = field()
    """The number of units in stock at all locations, including reserved units."""
    thumbnail: str | None = field()
    """The URL of an image."""
    variants: list[ProductVariant | None] = field()
    """The variants of the item. None stands for a deleted variant."""
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()
    """In the unit that the shop uses."""


@entity
class InventoryLevel(Model):
    """The stock of an inventory item at one stock location."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    available_quantity: int = field()
    """The number of units that can be sold: units in stock minus reserved units."""
    incoming_quantity: int = field()
    """The number of units on their way to the location."""
    inventory_item_id: str = field()
    location_id: str = field()
    """The ID of the stock location."""
    metadata: JSONObject | None = field()
    reserved_quantity: int = field()
    """The number of reserved units."""
    stocked_quantity: int = field()
    """The number of units in stock, including reserved units."""


@entity
class ReservationItem(Model):
    """Units of an inventory item that are reserved for a line item or another purpose."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    created_by: str | None = field()
    """The ID of the user who created the reservation."""
    description: str | None = field()
    external_id: str | None = field()
    """The ID of the reservation in another system."""
    inventory_item: InventoryItem | None = field()
    inventory_item_id: str = field()
    line_item: LineItem | None = field()
    line_item_id: str | None = field()
    location_id: str = field()
    """The ID of the stock location."""
    metadata: JSONObject | None = field()
    quantity: int = field()
    """The number of reserved units."""


@entity
class VariantInventory(Model):
    """The inventory items of a variant, and the number of units that each sales channel can sell."""

    id: str = field()
    """The ID of the variant."""
    inventory: list[InventoryItem] = field()
    sales_channel_availability: list[SalesChannelAvailability] = field()


@entity
class SalesChannelAvailability(Model):
    """The number of units of a variant that a sales channel can sell."""

    channel_id: str = field()
    """The ID of the sales channel."""
    channel_name: str = field()
    available_quantity: int | None = field()
    """The number of units that the sales channel can sell."""
