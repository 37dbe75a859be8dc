"""ProductVariant."""

from __future__ import annotations

from datetime import datetime

from .base import JSONObject, Model, entity, field

__all__ = ["ProductVariant"]


@entity
class ProductVariant(Model):
    """The variant of a product that a line item sells."""

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    allow_backorder: bool = field()
    barcode: str | None = field()
    ean: str | None = field()
    height: int | None = field()
    hs_code: str | None = field()
    inventory_items: list[JSONObject] = field()
    inventory_quantity: int = field()
    length: int | None = field()
    manage_inventory: bool = field()
    material: str | None = field()
    metadata: JSONObject | None = field()
    mid_code: str | None = field()
    options: list[JSONObject] = field()
    origin_country: str | None = field()
    prices: list[JSONObject] = field()
    product: JSONObject | None = field()
    product_id: str = field()
    purchasable: bool = field()
    sku: str | None = field()
    upc: str | None = field()
    variant_rank: int | None = field()
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()
