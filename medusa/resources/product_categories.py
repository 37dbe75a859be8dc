"""Product categories, which form a tree: retrieve and list them."""

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
    """Response with one category."""

    product_category: ProductCategory


@entity
class StoreGetProductCategoriesRes(Result):
    """Response with a page of categories."""

    product_categories: list[ProductCategory]
    count: int
    """The number of matching categories on all pages."""
    offset: int
    """The number of categories that were skipped."""
    limit: int
    """The maximum number of categories on the page."""


class StoreGetProductCategoriesCategoryParams(TypedDict):
    """Options of `product_categories.retrieve`."""

    expand: NotRequired[str]
    """Relations to return instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to return instead of all fields, separated by commas."""


class StoreGetProductCategoriesParams(TypedDict):
    """Options of `product_categories.list`. A category must match all filters."""

    q: NotRequired[str]
    """Text to search for in the name and the handle. The search is case-insensitive."""
    handle: NotRequired[str]
    parent_category_id: NotRequired[str | None]
    """The ID of the category whose children to list. The text "null" lists the categories without a parent. None lists
    no categories."""
    include_descendants_tree: NotRequired[bool]
    """Whether `category_children` includes all descendants as a tree. By default, it includes only the children."""
    expand: NotRequired[str]
    """Relations to return instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to return instead of all fields, separated by commas. Must contain `rank` and `handle` unless `expand` is
    empty."""
    offset: NotRequired[int]
    """The number of categories to skip."""
    limit: NotRequired[int]
    """The maximum number of categories to return. The default is 100; 0 returns all."""
    order: NotRequired[str]
    """The backend accepts this key and ignores it."""


class ProductCategoriesResource(Resource):
    """Product categories. Only categories that are active and not internal are returned.

    If the feature flag `product_categories` of the backend is off, the list is empty.
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
        """Return the category with this ID as `.product_category`.

        `GET /store/product-categories/{id}`

        `category_children` has the children, each with its own children, down to the last level. Pass `expand` and
        `fields` either as keys of `query` or as keyword arguments.

        Raises `ValueError` if `expand` or `fields` is given in both ways. Raises `MedusaNotFoundError` if no category
        has this ID, or if the category is inactive or internal. Raises `MedusaInvalidRequestError` if `fields` contains
        an unknown name. Raises `MedusaServerError` if `expand` contains an unknown name.
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
        """Return a page of the categories of all levels as `.product_categories`.

        `GET /store/product-categories`

        A page has 100 categories by default. The categories are sorted by `rank` and then by `handle`.
        `category_children` has the children of each category.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, or if
        `fields` contains an unknown name. Raises `MedusaServerError` if `expand` contains an unknown name, if `fields`
        does not contain `rank` and `handle`, or if `limit` or `offset` is negative.
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
        """Return an iterator over the categories of all levels. Each page is fetched when it is needed.

        `GET /store/product-categories`

        The categories are sorted by `rank` and then by `handle`. This order is stable. The backend ignores `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
