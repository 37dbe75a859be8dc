"""TaxRate, TaxProvider."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .product import Product
    from .product_groups import ProductType
    from .region import Region
    from .shipping import ShippingOption

__all__ = ["TaxProvider", "TaxRate"]


@entity
class TaxRate(Model):
    """A tax rate of a region, for some products, product types or shipping options.

    Of the rates that apply to a variant or a shipping option, the region's own has only `name`, `code` and `rate`.
    """

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    metadata: JSONObject | None = field()
    product_count: int = field()
    product_type_count: int = field()
    product_types: list[ProductType] = field()
    products: list[Product] = field()
    rate: float | None = field()
    """Percent, may be fractional."""
    region: Region | None = field()
    region_id: str = field()
    shipping_option_count: int = field()
    shipping_options: list[ShippingOption] = field()


@entity
class TaxProvider(Model):
    """A tax provider, and whether the backend has it."""

    id: str = field()
    is_installed: bool = field()
