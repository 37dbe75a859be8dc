"""ProductCategory, ProductCollection, ProductTag, ProductType."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .product import Product

__all__ = ["ProductCategory", "ProductCollection", "ProductTag", "ProductType"]


@entity
class ProductCategory(Model):
    """A category of products. Categories form a tree."""

    id: str = field()
    name: str = field()
    handle: str = field()
    """The part of a URL that identifies the category."""
    created_at: datetime = field()
    updated_at: datetime = field()
    category_children: list[ProductCategory] = field()
    description: str | None = field()
    is_active: bool = field()
    is_internal: bool = field()
    metadata: JSONObject | None = field()
    mpath: str | None = field()
    """The IDs of the categories from the root to this one, each followed by a dot."""
    parent_category: ProductCategory | None = field()
    parent_category_id: str | None = field()
    products: list[Product] = field()
    rank: int = field()
    """The position among the categories with the same parent, from 0."""


@entity
class ProductCollection(Model):
    """Products that the shop shows together. A product is in one collection at most.

    After a collection is deleted, its products may still come with it. Then everything but its ID is null.
    """

    id: str = field()
    title: str | None = field()
    handle: str | None = field()
    """The part of a URL that identifies the collection."""
    created_at: datetime | None = field()
    updated_at: datetime | None = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    products: list[Product] = field()


@entity
class ProductTag(Model):
    """A label of products."""

    id: str = field()
    value: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    usage_count: str = field()
    """How many products have the tag, as a string of digits. Only the list of tags by usage has it."""


@entity
class ProductType(Model):
    """A kind of products, such as shirts. A product has one type at most."""

    id: str = field()
    value: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
