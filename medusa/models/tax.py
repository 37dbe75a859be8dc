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
    """A tax rate of a region for some products, product types or shipping options.

    The tax rates of a variant or a shipping option can include the region's default rate. The default rate has only
    `name`, `code` and `rate`.
    """

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    metadata: JSONObject | None = field()
    product_count: int = field()
    """The number of products that the tax rate applies to."""
    product_type_count: int = field()
    """The number of product types that the tax rate applies to."""
    product_types: list[ProductType] = field()
    products: list[Product] = field()
    rate: float | None = field()
    """Percent. May be fractional."""
    region: Region | None = field()
    region_id: str = field()
    shipping_option_count: int = field()
    """The number of shipping options that the tax rate applies to."""
    shipping_options: list[ShippingOption] = field()


@entity
class TaxProvider(Model):
    """A tax provider."""

    id: str = field()
    is_installed: bool = field()
    """Whether the provider is installed in the backend."""
