"""Product categories: build their tree, and choose their products."""

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
    """Response with one category."""

    product_category: ProductCategory


@entity
class AdminProductCategoriesListRes(Result):
    """Response with a page of categories."""

    product_categories: list[ProductCategory]
    count: int
    """The number of matching categories on all pages."""
    offset: int
    limit: int


@entity
class AdminProductCategoriesCategoryDeleteRes(DeleteResponse):
    """Response with the ID of the deleted category."""


class AdminGetProductCategoryParams(TypedDict, total=False):
    """Which relations and fields of a category to return."""

    expand: str
    """Relations to return instead of the default ones: `parent_category` or `category_children`, separated by commas.
    """
    fields: str
    """The backend accepts this key and ignores it."""


class AdminPostProductCategoriesReq(TypedDict):
    """Payload of `admin.product_categories.create`."""

    name: str
    handle: NotRequired[str | None]
    """The part of a URL that identifies the category. By default, the backend derives it from the name."""
    description: NotRequired[str | None]
    is_internal: NotRequired[bool | None]
    """Whether the Store API hides the category. False by default."""
    is_active: NotRequired[bool | None]
    """Whether the Store API shows the category. False by default."""
    parent_category_id: NotRequired[str | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostProductCategoriesCategoryReq(TypedDict, total=False):
    """Payload of `admin.product_categories.update`. Keys that you leave out keep their values."""

    name: str | None
    handle: str | None
    description: str | None
    is_internal: bool | None
    is_active: bool | None
    parent_category_id: str | None
    """None makes the category a top-level category."""
    rank: int | None
    """The position among the categories with the same parent, starting at 0. The backend lowers a rank that is too
    high.
    """
    metadata: dict[str, Any] | None
    """This value replaces the current metadata."""


class AdminGetProductCategoriesParams(TypedDict, total=False):
    """Options of `admin.product_categories.list`. A category must match all filters."""

    q: str
    """Text to find in the name or the handle, ignoring case."""
    handle: str
    is_internal: bool
    is_active: bool
    parent_category_id: str | None
    """The ID of the category whose children to list. The text "null" lists the categories without a parent. None lists
    none.
    """
    include_descendants_tree: bool
    """Whether `category_children` contains all descendants as a tree, and not only the children."""
    expand: str
    """Relations to return instead of the default ones: `parent_category` or `category_children`, separated by commas.
    """
    fields: str
    """Fields to return instead of all fields, separated by commas. The backend responds to most selections with 500."""
    order: str
    """The backend accepts this key and ignores it."""
    limit: int
    """The maximum number of categories to return. The default is 100; 0 returns all."""
    offset: int
    """The number of categories to skip."""


class ProductBatchProductCategory(TypedDict):
    """A product."""

    id: str


class AdminDeleteProductCategoriesCategoryProductsBatchReq(TypedDict):
    """The products to remove from a category."""

    product_ids: list[ProductBatchProductCategory]


class AdminPostProductCategoriesCategoryProductsBatchReq(TypedDict):
    """The products to add to a category."""

    product_ids: list[ProductBatchProductCategory]


class AdminProductCategoriesResource(Resource):
    """Product categories, which form a tree. A product can be in several categories.

    Categories exist only on a backend with the feature flag `product_categories`. On other backends, all methods raise
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
        """Return the category with this ID as `.product_category`, with its parent and all its descendants.

        `GET /admin/product-categories/{product_category_id}`

        `category_children` contains the children, and each child contains its own children. Pass `expand` and `fields`
        either in `query` or as arguments.

        Raises `MedusaNotFoundError` if no category has this ID. Raises `MedusaInvalidRequestError` if `expand` contains
        an unknown name. Raises `MedusaServerError` if the category was made its own descendant. Raises `ValueError` if
        an option is given both in `query` and as an argument.
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
        """Create a category and return it as `.product_category`.

        `POST /admin/product-categories`

        The category becomes the last child of its parent. By default, it is neither active nor internal.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if another category has the same
        handle. Raises `MedusaNotFoundError` if the parent does not exist.
        """
        return self._post(
            AdminProductCategoriesCategoryRes, "/admin/product-categories", json=payload, headers=custom_headers
        )

    def update(
        self, product_category_id: str, payload: AdminPostProductCategoriesCategoryReq, custom_headers: Headers = None
    ) -> AdminProductCategoriesCategoryRes:
        """Change a category and return it as `.product_category`.

        `POST /admin/product-categories/{product_category_id}`

        Keys that you leave out keep their values. Do not make a category the child of one of its descendants: the
        backend can then no longer read the category.

        Raises `ValueError` if `parent_category_id` is the ID of the category itself. Raises `MedusaServerError` if it
        is the ID of a descendant. Raises `MedusaInvalidRequestError` if a value is malformed or another category has
        the same handle. Raises `MedusaNotFoundError` if no category has this ID.
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
        """Return a page of the categories of all levels as `.product_categories`, sorted by `rank`, then by `handle`.

        `GET /admin/product-categories`

        A page has 100 categories by default. Each category includes its parent and its children.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key, a malformed value, or an unknown name in
        `expand`. Raises `MedusaServerError` for most selections of `fields`, or if `limit` or `offset` is negative.
        """
        return self._get(
            AdminProductCategoriesListRes,
            "/admin/product-categories",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="fields has an unknown name or lacks a required one, or limit or offset is negative",
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
        """Return an iterator over the categories of all levels. Each page is fetched when it is needed.

        `GET /admin/product-categories`

        The categories are always sorted by `rank`, then by `handle`. The backend ignores `order`.

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

    def delete(
        self, product_category_id: str, custom_headers: Headers = None
    ) -> AdminProductCategoriesCategoryDeleteRes:
        """Delete a category that has no children. Its products remain.

        `DELETE /admin/product-categories/{product_category_id}`

        The result is the same if no category has this ID.

        Raises `MedusaInvalidRequestError` if the category has children.
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
        """Remove products from a category and return the category as `.product_category`.

        `DELETE /admin/product-categories/{product_category_id}/products/batch`

        Products that are not in the category are not changed.

        Raises `MedusaInvalidRequestError` if a product does not exist. Raises `MedusaNotFoundError` if no category has
        this ID.
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
        """Add products to a category and return the category as `.product_category`.

        `POST /admin/product-categories/{product_category_id}/products/batch`

        The products stay in their other categories.

        Raises `MedusaInvalidRequestError` if a product does not exist. Raises `MedusaNotFoundError` if no category has
        this ID.
        """
        return self._post(
            AdminProductCategoriesCategoryRes,
            "/admin/product-categories/{product_category_id}/products/batch",
            product_category_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
