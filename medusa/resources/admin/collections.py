"""Product collections: create and change them, and choose their products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.product_groups import ProductCollection
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminCollectionsDeleteRes",
    "AdminCollectionsListRes",
    "AdminCollectionsRes",
    "AdminCollectionsResource",
    "AdminDeleteProductsFromCollectionReq",
    "AdminDeleteProductsFromCollectionRes",
    "AdminGetCollectionsParams",
    "AdminPostCollectionsCollectionReq",
    "AdminPostCollectionsReq",
    "AdminPostProductsToCollectionReq",
]


@entity
class AdminCollectionsRes(Result):
    """Response with one collection."""

    collection: ProductCollection


@entity
class AdminCollectionsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted collection."""


@entity
class AdminCollectionsListRes(Result):
    """Response with a page of collections."""

    collections: list[ProductCollection]
    count: int
    """The number of matching collections on all pages."""
    offset: int
    limit: int


@entity
class AdminDeleteProductsFromCollectionRes(Result):
    """Response with the collection that products were removed from."""

    id: str
    """The ID of the collection."""
    object: str
    removed_products: list[str]
    """The IDs that were sent, including IDs of products that were not in the collection."""


class AdminPostCollectionsReq(TypedDict):
    """Payload of `admin.collections.create`."""

    title: str
    handle: NotRequired[str | None]
    """The part of a URL that identifies the collection. By default, the backend derives it from the title."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostCollectionsCollectionReq(TypedDict, total=False):
    """Payload of `admin.collections.update`. Keys that you leave out keep their values."""

    title: str | None
    handle: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminGetCollectionsParams(TypedDict, total=False):
    """Options of `admin.collections.list`. A collection must match all filters."""

    q: str
    """Text to find in the title or the handle, ignoring case."""
    title: str
    """The exact title, case-sensitive."""
    handle: str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    discount_condition_id: str
    """The ID of a discount condition that lists the collections."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of collections to return. The default is 10; 0 returns all."""
    offset: int
    """The number of collections to skip."""


class AdminPostProductsToCollectionReq(TypedDict):
    """The products to add to a collection."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminDeleteProductsFromCollectionReq(TypedDict):
    """The products to remove from a collection."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminCollectionsResource(Resource):
    """Product collections. A product is in at most one collection."""

    def create(self, payload: AdminPostCollectionsReq, custom_headers: Headers = None) -> AdminCollectionsRes:
        """Create a collection and return it as `.collection`.

        `POST /admin/collections`

        Raises `MedusaInvalidRequestError` if a value is malformed or another collection has the same handle.
        """
        return self._post(AdminCollectionsRes, "/admin/collections", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostCollectionsCollectionReq, custom_headers: Headers = None
    ) -> AdminCollectionsRes:
        """Change a collection and return it as `.collection`.

        `POST /admin/collections/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaInvalidRequestError` if a value is malformed or another collection has the same handle. Raises
        `MedusaNotFoundError` if no collection has this ID.
        """
        return self._post(
            AdminCollectionsRes, "/admin/collections/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminCollectionsDeleteRes:
        """Delete a collection. Its products remain.

        `DELETE /admin/collections/{id}`

        Raises `MedusaNotFoundError` if no collection has this ID.
        """
        return self._delete(AdminCollectionsDeleteRes, "/admin/collections/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminCollectionsRes:
        """Return the collection with this ID as `.collection`, with all its `products`.

        `GET /admin/collections/{id}`

        Raises `MedusaNotFoundError` if no collection has this ID.
        """
        return self._get(AdminCollectionsRes, "/admin/collections/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetCollectionsParams | None = None, custom_headers: Headers = None
    ) -> AdminCollectionsListRes:
        """Return a page of collections as `.collections`, newest first.

        `GET /admin/collections`

        A page has 10 collections by default. Each collection has its `products` but not its `metadata`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `order` names an unknown field, or if `limit` or `offset` is negative.
        """
        return self._get(
            AdminCollectionsListRes,
            "/admin/collections",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="order has an unknown field, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetCollectionsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductCollection]:
        """Return an iterator over all collections. Each page is fetched when it is needed.

        `GET /admin/collections`

        The collections are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "collections",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def add_products(
        self, id: str, payload: AdminPostProductsToCollectionReq, custom_headers: Headers = None
    ) -> AdminCollectionsRes:
        """Add products to a collection and return it as `.collection`, with all its `products`.

        `POST /admin/collections/{id}/products/batch`

        The products are removed from their previous collections.

        Raises `MedusaInvalidRequestError` if the list is empty. Raises `MedusaNotFoundError` if no collection has this
        ID.
        """
        return self._post(
            AdminCollectionsRes,
            "/admin/collections/{id}/products/batch",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def remove_products(
        self, id: str, payload: AdminDeleteProductsFromCollectionReq, custom_headers: Headers = None
    ) -> AdminDeleteProductsFromCollectionRes:
        """Remove products from a collection and return the given IDs as `.removed_products`.

        `DELETE /admin/collections/{id}/products/batch`

        Raises `MedusaInvalidRequestError` if the list is empty. Raises `MedusaNotFoundError` if no collection has this
        ID.
        """
        return self._delete(
            AdminDeleteProductsFromCollectionRes,
            "/admin/collections/{id}/products/batch",
            id,
            json=payload,
            headers=custom_headers,
        )
