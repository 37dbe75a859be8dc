"""Product, Image."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .product_groups import ProductCategory, ProductCollection, ProductTag, ProductType
    from .product_option import ProductOption
    from .product_variant import ProductVariant
    from .sales_channel import SalesChannel
    from .shipping_profile import ShippingProfile

__all__ = ["Image", "Product", "ProductStatus"]


class ProductStatus(StrEnum):
    """Whether a product is for sale."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"


@entity
class Product(Model):
    """A product. Customers buy one of its variants."""

    id: str = field()
    title: str = field()
    handle: str | None = field()
    """The part of a URL that identifies the product."""
    status: ProductStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    categories: list[ProductCategory] = field()
    collection: ProductCollection | None = field()
    collection_id: str | None = field()
    description: str | None = field()
    discountable: bool = field()
    external_id: str | None = field()
    height: int | None = field()
    hs_code: str | None = field()
    images: list[Image] = field()
    is_giftcard: bool = field()
    length: int | None = field()
    material: str | None = field()
    metadata: JSONObject | None = field()
    mid_code: str | None = field()
    options: list[ProductOption] = field()
    origin_country: str | None = field()
    profile: ShippingProfile | None = field()
    profile_id: str = field()
    profiles: list[ShippingProfile] | None = field()
    sales_channels: list[SalesChannel] = field()
    subtitle: str | None = field()
    tags: list[ProductTag] = field()
    thumbnail: str | None = field()
    """A URL."""
    type: ProductType | None = field()
    type_id: str | None = field()
    variants: list[ProductVariant] = field()
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()


@entity
class Image(Model):
    """A picture of a product."""

    id: str = field()
    url: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
