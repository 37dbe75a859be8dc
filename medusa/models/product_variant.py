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
    """A variant of a product, such as a shirt in one size and color. Line items refer to variants.

    The price fields are None unless the request specifies a region, a currency or a cart. The tax fields are also None
    if the request specifies only a currency, or if the region does not calculate taxes automatically. If the variant
    has no price in the currency, the price and tax fields are not loaded.
    """

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    allow_backorder: bool = field()
    """Whether customers can buy the variant when it is out of stock."""
    barcode: str | None = field()
    calculated_price: int | None = field()
    """The lowest price that applies, in the smallest currency unit. It includes tax if `calculated_price_includes_tax`
    is True."""
    calculated_price_incl_tax: int | None = field()
    """The lowest price that applies, tax included, in the smallest currency unit."""
    calculated_price_includes_tax: bool | None = field()
    """Whether `calculated_price` includes tax. Only a backend with tax-inclusive pricing returns it."""
    calculated_price_type: str | None = field()
    """The source of `calculated_price`: "default", or "sale" or "override" for a price from a price list."""
    calculated_tax: int | None = field()
    """The tax in `calculated_price_incl_tax`, in the smallest currency unit."""
    ean: str | None = field()
    height: int | None = field()
    """In the unit that the shop uses."""
    hs_code: str | None = field()
    """The Harmonized System code for customs."""
    inventory_items: list[ProductVariantInventoryItem] = field()
    inventory_quantity: int = field()
    """The number of units in stock. If the backend has the inventory module, it is not loaded for a variant without
    inventory."""
    length: int | None = field()
    """In the unit that the shop uses."""
    manage_inventory: bool = field()
    """Whether the backend keeps track of the stock of the variant."""
    material: str | None = field()
    metadata: JSONObject | None = field()
    """Custom data."""
    mid_code: str | None = field()
    """The manufacturer identification code for customs."""
    options: list[ProductOptionValue] = field()
    """The values of the product's options, such as size and color."""
    origin_country: str | None = field()
    """The country where the variant was made."""
    original_price: int | None = field()
    """The price without price lists, in the smallest currency unit. It includes tax if `original_price_includes_tax` is
    True."""
    original_price_incl_tax: int | None = field()
    """The price without price lists, tax included, in the smallest currency unit."""
    original_price_includes_tax: bool | None = field()
    """Whether `original_price` includes tax. Only a backend with tax-inclusive pricing returns it."""
    original_tax: int | None = field()
    """The tax in `original_price_incl_tax`, in the smallest currency unit."""
    prices: list[MoneyAmount] = field()
    """All prices of the variant. If the request specifies a region, a currency or a cart, only the prices that apply to
    it."""
    product: Product | None = field()
    product_id: str = field()
    purchasable: bool = field()
    """Whether customers can buy the variant. Only a backend with the inventory module returns it."""
    sku: str | None = field()
    """The stock keeping unit: the shop's own article number."""
    tax_rates: list[TaxRate] | None = field()
    """The tax rates that apply to the variant."""
    upc: str | None = field()
    variant_rank: int | None = field()
    """The position among the variants of the product."""
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()
    """In the unit that the shop uses."""


@entity
class ProductVariantInventoryItem(Model):
    """The number of units of an inventory item that one unit of a variant requires."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    inventory_item_id: str = field()
    required_quantity: int = field()
    variant: ProductVariant | None = field()
    variant_id: str = field()
