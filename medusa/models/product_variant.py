"""ProductVariant, ProductVariantInventoryItem."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .price import MoneyAmount
    from .product import Product
    from .product_option import ProductOptionValue
    from .tax import TaxRate

__all__ = ["ProductVariant", "ProductVariantInventoryItem"]


@entity
class ProductVariant(Model):
    """One variant of a product, such as a shirt in one size and color. It is what a line item sells.

    The price fields are null unless the request names a region, a currency or a cart. Those about tax are also null if
    it names only a currency, or if the region does not calculate taxes automatically. A variant that has no price in
    the currency comes without them.
    """

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    allow_backorder: bool = field()
    barcode: str | None = field()
    calculated_price: int | None = field()
    """Smallest currency unit: the lowest price that applies. It includes tax if `calculated_price_includes_tax`."""
    calculated_price_incl_tax: int | None = field()
    """Smallest currency unit: the lowest price that applies, tax included."""
    calculated_price_includes_tax: bool | None = field()
    """Whether `calculated_price` includes tax. Only a backend with tax-inclusive pricing sends it."""
    calculated_price_type: str | None = field()
    """Where `calculated_price` comes from: "default", or the "sale" or "override" of a price list."""
    calculated_tax: int | None = field()
    """Smallest currency unit: the tax in `calculated_price_incl_tax`."""
    ean: str | None = field()
    height: int | None = field()
    hs_code: str | None = field()
    inventory_items: list[ProductVariantInventoryItem] = field()
    inventory_quantity: int = field()
    """How many are in stock. A backend with the inventory module leaves it out for a variant without inventory."""
    length: int | None = field()
    manage_inventory: bool = field()
    material: str | None = field()
    metadata: JSONObject | None = field()
    mid_code: str | None = field()
    options: list[ProductOptionValue] = field()
    origin_country: str | None = field()
    original_price: int | None = field()
    """Smallest currency unit: the price without price lists. It includes tax if `original_price_includes_tax`."""
    original_price_incl_tax: int | None = field()
    """Smallest currency unit: the price without price lists, tax included."""
    original_price_includes_tax: bool | None = field()
    """Whether `original_price` includes tax. Only a backend with tax-inclusive pricing sends it."""
    original_tax: int | None = field()
    """Smallest currency unit: the tax in `original_price_incl_tax`."""
    prices: list[MoneyAmount] = field()
    product: Product | None = field()
    product_id: str = field()
    purchasable: bool = field()
    """Whether the variant can be bought. Only a backend with the inventory module sends it."""
    sku: str | None = field()
    tax_rates: list[TaxRate] | None = field()
    upc: str | None = field()
    variant_rank: int | None = field()
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()


@entity
class ProductVariantInventoryItem(Model):
    """How many of one inventory item a variant takes."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    inventory_item_id: str = field()
    required_quantity: int = field()
    variant: ProductVariant | None = field()
    variant_id: str = field()
