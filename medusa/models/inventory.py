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
    """What is kept in stock and sold through variants. Only a backend with the inventory module has it."""

    id: str = field()
    sku: str | None = field()
    title: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    description: str | None = field()
    height: int | None = field()
    hs_code: str | None = field()
    length: int | None = field()
    location_levels: list[InventoryLevel] = field()
    material: str | None = field()
    metadata: JSONObject | None = field()
    mid_code: str | None = field()
    origin_country: str | None = field()
    requires_shipping: bool = field()
    reserved_quantity: int = field()
    """How many are reserved, at all locations together."""
    stocked_quantity: int = field()
    """How many are in stock, at all locations together, the reserved ones included."""
    thumbnail: str | None = field()
    """A URL."""
    variants: list[ProductVariant | None] = field()
    """None stands for a variant that was deleted."""
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()


@entity
class InventoryLevel(Model):
    """How many of an inventory item one stock location has."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    available_quantity: int = field()
    """How many can be sold: those in stock without the reserved ones."""
    incoming_quantity: int = field()
    """How many are on their way to the location."""
    inventory_item_id: str = field()
    location_id: str = field()
    metadata: JSONObject | None = field()
    reserved_quantity: int = field()
    stocked_quantity: int = field()
    """How many are in stock, the reserved ones included."""


@entity
class ReservationItem(Model):
    """How many of an inventory item are kept for a line item, or for another purpose."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    created_by: str | None = field()
    """The ID of the user who made the reservation."""
    description: str | None = field()
    external_id: str | None = field()
    inventory_item: InventoryItem | None = field()
    inventory_item_id: str = field()
    line_item: LineItem | None = field()
    line_item_id: str | None = field()
    location_id: str = field()
    metadata: JSONObject | None = field()
    quantity: int = field()


@entity
class VariantInventory(Model):
    """The inventory items of a variant, and how many of the variant each sales channel can sell."""

    id: str = field()
    """The ID of the variant."""
    inventory: list[InventoryItem] = field()
    sales_channel_availability: list[SalesChannelAvailability] = field()


@entity
class SalesChannelAvailability(Model):
    """How many of a variant one sales channel can sell."""

    channel_id: str = field()
    channel_name: str = field()
    available_quantity: int | None = field()
