"""ProductOption, ProductOptionValue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .product import Product
    from .product_variant import ProductVariant

__all__ = ["ProductOption", "ProductOptionValue"]


@entity
class ProductOption(Model):
    """A property in which the variants of a product differ, such as size."""

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    product: Product | None = field()
    product_id: str = field()
    values: list[ProductOptionValue] = field()


@entity
class ProductOptionValue(Model):
    """The value of an option for one variant, such as the size M."""

    id: str = field()
    value: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    option: ProductOption | None = field()
    option_id: str = field()
    variant: ProductVariant | None = field()
    variant_id: str = field()
