"""Categories of products: build their tree, and choose their products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.product_groups import ProductCategory

__all__ = [
    "AdminDeleteProductCategoriesCategoryProductsBatchReq",
    "AdminGetProductCategoriesParams",
    "AdminGetProductCategoryParams",
    "AdminPostProductCategoriesCategoryProductsBatchReq",
    "AdminPostProductCategoriesCategoryReq",
    "AdminPostProductCategoriesReq",
    "AdminProductCategoriesCategoryDeleteRes",
    "AdminProductCategoriesCategoryRes",
    "AdminProductCategoriesListRes",
    "AdminProductCategoriesResource",
    "ProductBatchProductCategory",
]


@entity
class AdminProductCategoriesCategoryRes(Result):
    """A category."""

    product_category: ProductCategory


@entity
class AdminProductCategoriesListRes(Result):
    """A page of categories."""

    product_categories: list[ProductCategory]
    count: int
    """How many categories match in all."""
    offset: int
    limit: int


@entity
class AdminProductCategoriesCategoryDeleteRes(DeleteResponse):
    """The ID of the deleted category."""


class AdminGetProductCategoryParams(TypedDict, total=False):
    """What to send of a category."""

    expand: str
    """Relations to send instead of the default ones: `parent_category` or `category_children`, separated by commas."""
    fields: str
    """The backend accepts it and ignores it."""


class AdminPostProductCategoriesReq(TypedDict):
    """A new category."""

    name: str
    handle: NotRequired[str | None]
    """The part of a URL that identifies the category. Made of the name if it is not given."""
    description: NotRequired[str | None]
    is_internal: NotRequired[bool | None]
    """Whether the Store API hides the category. False by default."""
    is_active: NotRequired[bool | None]
    """Whether the Store API shows the category. False by default."""
    parent_category_id: NotRequired[str | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostProductCategoriesCategoryReq(TypedDict, total=False):
    """What to change of a category."""

    name: str | None
    handle: str | None
    description: str | None
    is_internal: bool | None
    is_active: bool | None
    parent_category_id: str | None
    """None makes it a category without a parent."""
    rank: int | None
    """The position among the categories with the same parent, from 0. The backend reduces one that is too high."""
    metadata: dict[str, Any] | None
    """It replaces the metadata that the category has."""


class AdminGetProductCategoriesParams(TypedDict, total=False):
    """Which categories to list. All filters that are given must hold."""

    q: str
    """A text in the name or the handle, in any case."""
    handle: str
    is_internal: bool
    is_active: bool
    parent_category_id: str | None
    """The category whose children to list. The text "null" lists the categories without a parent; None lists none."""
    include_descendants_tree: bool
    """Whether `category_children` holds all descendants, each in the category above it, and not the children alone."""
    expand: str
    """Relations to send instead of the default ones: `parent_category` or `category_children`, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas. Most selections fail with 500."""
    order: str
    """The backend accepts it and ignores it."""
    limit: int
    """The size of the page, 100 by default; 0 for all categories."""
    offset: int
    """How many categories to skip."""


class ProductBatchProductCategory(TypedDict):
    """A product."""

    id: str


class AdminDeleteProductCategoriesCategoryProductsBatchReq(TypedDict):
    """Which products to remove from a category."""

    product_ids: list[ProductBatchProductCategory]


class AdminPostProductCategoriesCategoryProductsBatchReq(TypedDict):
    """Which products to add to a category."""

    product_ids: list[ProductBatchProductCategory]


class AdminProductCategoriesResource(Resource):
    """Categories of products, which form a tree. A product can be in several.

    They exist only on a backend with the feature flag `product_categories`. Without it all methods raise
    `MedusaNotFoundError`.
    """

    def retrieve(
        self,
        product_category_id: str,
        query: AdminGetProductCategoryParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminProductCategoriesCategoryRes:
        """Return the category with this ID, as `.product_category`, with its parent and all its descendants.

        `GET /admin/product-categories/{product_category_id}`

        `category_children` holds the children, each with its own children. `expand` and `fields` stand in `query` or
        are arguments of their own; a `ValueError` refuses one that is given in both ways. Raises `MedusaNotFoundError`
        for an unknown ID and `MedusaInvalidRequestError` for an unknown name in `expand`.
        """
        return self._get(
            AdminProductCategoriesCategoryRes,
            "/admin/product-categories/{product_category_id}",
            product_category_id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="the category was made its own descendant",
        )

    def create(
        self, payload: AdminPostProductCategoriesReq, custom_headers: Headers = None
    ) -> AdminProductCategoriesCategoryRes:
        """Create a category. Return it, as `.product_category`.

        `POST /admin/product-categories`

        It becomes the last child of its parent. It is neither active nor internal by default. Raises
        `MedusaInvalidRequestError` for a missing or malformed value and for a handle that another category has, and
        `MedusaNotFoundError` for an unknown parent.
        """
        return self._post(
            AdminProductCategoriesCategoryRes, "/admin/product-categories", json=payload, headers=custom_headers
        )

    def update(
        self, product_category_id: str, payload: AdminPostProductCategoriesCategoryReq, custom_headers: Headers = None
    ) -> AdminProductCategoriesCategoryRes:
        """Change a category. Return it, as `.product_category`.

        `POST /admin/product-categories/{product_category_id}`

        Keys that the payload leaves out keep their values. Do not make a category the child of itself or of one of its
        descendants: the backend answers 500 and can't read the category any more. This raises `ValueError` for its own
        ID as `parent_category_id`. Raises `MedusaInvalidRequestError` for a malformed value and for a handle that
        another category has, and `MedusaNotFoundError` for an unknown ID.
        """
        if isinstance(payload, Mapping) and payload.get("parent_category_id") == product_category_id:
            raise ValueError("parent_category_id must not be the ID of the category itself")
        return self._post(
            AdminProductCategoriesCategoryRes,
            "/admin/product-categories/{product_category_id}",
            product_category_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="parent_category_id is the category itself or one of its descendants",
        )

    def list(
        self, query: AdminGetProductCategoriesParams | None = None, custom_headers: Headers = None
    ) -> AdminProductCategoriesListRes:
        """Return a page of categories of all levels, as `.product_categories`. A page has 100 categories by default.

        `GET /admin/product-categories`

        The categories are sorted by `rank`, then by `handle`. Each has its parent and its children. Raises
        `MedusaInvalidRequestError` for an unknown key, a malformed value or an unknown name in `expand`, and
        `MedusaServerError` for most selections of `fields`.
        """
        return self._get(
            AdminProductCategoriesListRes,
            "/admin/product-categories",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="fields has an unknown name or too few, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetProductCategoriesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductCategory]:
        """Return an iterator over all categories of all levels, which fetches a page when it is needed.

        `GET /admin/product-categories`

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

    def delete(
        self, product_category_id: str, custom_headers: Headers = None
    ) -> AdminProductCategoriesCategoryDeleteRes:
        """Delete a category that has no children. Its products stay.

        `DELETE /admin/product-categories/{product_category_id}`

        The result is the same for an unknown ID. Raises `MedusaInvalidRequestError` for a category with children.
        """
        return self._delete(
            AdminProductCategoriesCategoryDeleteRes,
            "/admin/product-categories/{product_category_id}",
            product_category_id,
            headers=custom_headers,
        )

    def remove_products(
        self,
        product_category_id: str,
        payload: AdminDeleteProductCategoriesCategoryProductsBatchReq,
        custom_headers: Headers = None,
    ) -> AdminProductCategoriesCategoryRes:
        """Take products out of a category. Return the category, as `.product_category`.

        `DELETE /admin/product-categories/{product_category_id}/products/batch`

        Products that are not in the category stay as they are. Raises `MedusaInvalidRequestError` for an unknown
        product and `MedusaNotFoundError` for an unknown category.
        """
        return self._delete(
            AdminProductCategoriesCategoryRes,
            "/admin/product-categories/{product_category_id}/products/batch",
            product_category_id,
            json=payload,
            headers=custom_headers,
        )

    def add_products(
        self,
        product_category_id: str,
        payload: AdminPostProductCategoriesCategoryProductsBatchReq,
        custom_headers: Headers = None,
    ) -> AdminProductCategoriesCategoryRes:
        """Put products into a category. Return the category, as `.product_category`.

        `POST /admin/product-categories/{product_category_id}/products/batch`

        The products stay in their other categories. Raises `MedusaInvalidRequestError` for an unknown product and
        `MedusaNotFoundError` for an unknown category.
        """
        return self._post(
            AdminProductCategoriesCategoryRes,
            "/admin/product-categories/{product_category_id}/products/batch",
            product_category_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
