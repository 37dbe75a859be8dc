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
    """Whether a product is published."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"


@entity
class Product(Model):
    """A product. Customers buy one of its variants, and the variants have the prices.

    Timestamps are timezone-aware datetimes in UTC. Reading a field that the response did not include raises
    `NotLoadedError`; `is_loaded` checks whether a field is loaded.
    """

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
    """Whether discounts apply to the product."""
    external_id: str | None = field()
    """The ID of the product in another system."""
    height: int | None = field()
    """In the unit that the shop uses."""
    hs_code: str | None = field()
    """The Harmonized System code for customs."""
    images: list[Image] = field()
    is_giftcard: bool = field()
    """Whether the product is a gift card."""
    length: int | None = field()
    """In the unit that the shop uses."""
    material: str | None = field()
    metadata: JSONObject | None = field()
    """Custom data."""
    mid_code: str | None = field()
    """The manufacturer identification code for customs."""
    options: list[ProductOption] = field()
    """The properties in which the variants differ, such as size."""
    origin_country: str | None = field()
    """The country where the product was made."""
    profile: ShippingProfile | None = field()
    """The shipping profile, which determines the shipping options of the product."""
    profile_id: str = field()
    profiles: list[ShippingProfile] | None = field()
    sales_channels: list[SalesChannel] = field()
    subtitle: str | None = field()
    tags: list[ProductTag] = field()
    thumbnail: str | None = field()
    """The URL of an image."""
    type: ProductType | None = field()
    type_id: str | None = field()
    variants: list[ProductVariant] = field()
    weight: int | None = field()
    """In the unit that the shop uses."""
    width: int | None = field()
    """In the unit that the shop uses."""


@entity
class Image(Model):
    """An image of a product."""

    id: str = field()
    url: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
