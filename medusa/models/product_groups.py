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
    """The categories directly below this one."""
    description: str | None = field()
    is_active: bool = field()
    """Whether the category is active. The Store API returns only active categories."""
    is_internal: bool = field()
    """Whether the category is internal. Only the Admin API returns internal categories."""
    metadata: JSONObject | None = field()
    mpath: str | None = field()
    """The path from the root to this category: the ID of each category, followed by a dot."""
    parent_category: ProductCategory | None = field()
    parent_category_id: str | None = field()
    products: list[Product] = field()
    rank: int = field()
    """The position among the categories with the same parent, starting at 0."""


@entity
class ProductCollection(Model):
    """A group of products that the shop shows together. A product is in at most one collection.

    After a collection is deleted, its products may still include it. All fields except the ID are then None.
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
    """A label for products."""

    id: str = field()
    value: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    usage_count: str = field()
    """The number of products with the tag, as a string of digits. Only the list of tags by usage returns it."""


@entity
class ProductType(Model):
    """A type of products, such as shirts. A product has at most one type."""

    id: str = field()
    value: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
