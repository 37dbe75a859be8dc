"""Categories of products, which form a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product_groups import ProductCategory

__all__ = [
    "ProductCategoriesResource",
    "StoreGetProductCategoriesCategoryParams",
    "StoreGetProductCategoriesCategoryRes",
    "StoreGetProductCategoriesParams",
    "StoreGetProductCategoriesRes",
]


@entity
class StoreGetProductCategoriesCategoryRes(Result):
    """A category."""

    product_category: ProductCategory


@entity
class StoreGetProductCategoriesRes(Result):
    """A page of categories."""

    product_categories: list[ProductCategory]
    count: int
    """The number of categories on all pages."""
    offset: int
    limit: int


class StoreGetProductCategoriesCategoryParams(TypedDict):
    """What to send of a category."""

    expand: NotRequired[str]
    """Relations to send instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to send instead of all, separated by commas."""


class StoreGetProductCategoriesParams(TypedDict):
    """Which categories to list. All filters that are given must hold."""

    q: NotRequired[str]
    """A text in the name or the handle, in any case."""
    handle: NotRequired[str]
    parent_category_id: NotRequired[str | None]
    """The category whose children to list. The text "null" lists the categories without a parent; None lists none."""
    include_descendants_tree: NotRequired[bool]
    """Whether `category_children` holds all descendants, each in the category above it, and not the children alone."""
    expand: NotRequired[str]
    """Relations to send instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to send instead of all, separated by commas. `rank` and `handle` must be among them, unless `expand` is
    empty."""
    offset: NotRequired[int]
    """How many categories to skip."""
    limit: NotRequired[int]
    """The size of the page, 100 by default; 0 for all categories."""
    order: NotRequired[str]
    """The backend accepts it and ignores it."""


class ProductCategoriesResource(Resource):
    """Categories of products, as far as they are active and not internal.

    A backend without the feature flag `product_categories` has none: its list is empty.
    """

    def retrieve(
        self,
        id: str,
        query: StoreGetProductCategoriesCategoryParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> StoreGetProductCategoriesCategoryRes:
        """Return the category with this ID, as `.product_category`, with all its descendants.

        `GET /store/product-categories/{id}`

        `category_children` holds the children, each with its own children. `expand` and `fields` stand in `query` or
        are arguments of their own; a `ValueError` refuses one that is given in both ways. Raises `MedusaNotFoundError`
        for an unknown, inactive or internal category, `MedusaInvalidRequestError` for an unknown name in `fields`, and
        `MedusaServerError` for one in `expand`.
        """
        return self._get(
            StoreGetProductCategoriesCategoryRes,
            "/store/product-categories/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand has an unknown name",
        )

    def list(
        self, query: StoreGetProductCategoriesParams | None = None, custom_headers: Headers = None
    ) -> StoreGetProductCategoriesRes:
        """Return a page of categories of all levels, as `.product_categories`. A page has 100 categories by default.

        `GET /store/product-categories`

        The categories are sorted by `rank`, then by `handle`. Each has its children in `category_children`. Raises
        `MedusaInvalidRequestError` for an unknown key, a value of the wrong type or an unknown name in `fields`, and
        `MedusaServerError` for an unknown name in `expand`, or for `fields` without `rank` and `handle`.
        """
        return self._get(
            StoreGetProductCategoriesRes,
            "/store/product-categories",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand has an unknown name, fields lacks rank or handle, or limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetProductCategoriesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductCategory]:
        """Return an iterator over all categories of all levels, which fetches a page when it is needed.

        `GET /store/product-categories`

        The categories are sorted by `rank`, then by `handle`, which is stable. The backend ignores `order`. Raises
        what `list` raises.
        """
        return iterate(
            self.list,
            "product_categories",
            query,
            custom_headers,
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
