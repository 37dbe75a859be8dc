"""Collections of products: create and change them, and choose their products."""

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
    """A collection."""

    collection: ProductCollection


@entity
class AdminCollectionsDeleteRes(DeleteResponse):
    """The ID of the deleted collection."""


@entity
class AdminCollectionsListRes(Result):
    """A page of collections."""

    collections: list[ProductCollection]
    count: int
    """How many collections match in all."""
    offset: int
    limit: int


@entity
class AdminDeleteProductsFromCollectionRes(Result):
    """The collection that products were removed from."""

    id: str
    """The ID of the collection."""
    object: str
    removed_products: list[str]
    """The IDs that were sent, those of products that were not in the collection included."""


class AdminPostCollectionsReq(TypedDict):
    """A new collection."""

    title: str
    handle: NotRequired[str | None]
    """The part of a URL that identifies the collection. Made of the title if it is not given."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostCollectionsCollectionReq(TypedDict, total=False):
    """What to change of a collection."""

    title: str | None
    handle: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminGetCollectionsParams(TypedDict, total=False):
    """Which collections to list. All filters that are given must hold."""

    q: str
    """A text in the title or the handle, in any case."""
    title: str
    """The whole title, case-sensitive."""
    handle: str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    discount_condition_id: str
    """The condition of a discount that names the collections."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 10 by default; 0 for all collections."""
    offset: int
    """How many collections to skip."""


class AdminPostProductsToCollectionReq(TypedDict):
    """Which products to add to a collection."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminDeleteProductsFromCollectionReq(TypedDict):
    """Which products to remove from a collection."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminCollectionsResource(Resource):
    """Collections of products. A product is in one collection at most."""

    def create(self, payload: AdminPostCollectionsReq, custom_headers: Headers = None) -> AdminCollectionsRes:
        """Create a collection. Return it, as `.collection`.

        `POST /admin/collections`

        Raises `MedusaInvalidRequestError` for a malformed value and for a handle that another collection has.
        """
        return self._post(AdminCollectionsRes, "/admin/collections", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostCollectionsCollectionReq, custom_headers: Headers = None
    ) -> AdminCollectionsRes:
        """Change a collection. Return it, as `.collection`.

        `POST /admin/collections/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value and
        for a handle that another collection has, and `MedusaNotFoundError` for an unknown ID.
        """
        return self._post(
            AdminCollectionsRes, "/admin/collections/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminCollectionsDeleteRes:
        """Delete a collection. Its products stay.

        `DELETE /admin/collections/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._delete(AdminCollectionsDeleteRes, "/admin/collections/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminCollectionsRes:
        """Return the collection with this ID, as `.collection`, with all its `products`.

        `GET /admin/collections/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminCollectionsRes, "/admin/collections/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetCollectionsParams | None = None, custom_headers: Headers = None
    ) -> AdminCollectionsListRes:
        """Return a page of collections, as `.collections`, the newest first. A page has 10 collections by default.

        `GET /admin/collections`

        Each collection has its `products`, but not its `metadata`. Raises `MedusaInvalidRequestError` for an unknown
        key or a malformed value in `query`, and `MedusaServerError` for an unknown field in `order`.
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
        """Return an iterator over all collections, which fetches a page when it is needed.

        `GET /admin/collections`

        The collections are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
        """Put products into a collection. Return it, as `.collection`, with all its `products`.

        `POST /admin/collections/{id}/products/batch`

        The products leave the collections that they were in. Raises `MedusaInvalidRequestError` for an empty list and
        `MedusaNotFoundError` for an unknown collection.
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
        """Take products out of a collection. Return the IDs that were sent, as `.removed_products`.

        `DELETE /admin/collections/{id}/products/batch`

        Raises `MedusaInvalidRequestError` for an empty list and `MedusaNotFoundError` for an unknown collection.
        """
        return self._delete(
            AdminDeleteProductsFromCollectionRes,
            "/admin/collections/{id}/products/batch",
            id,
            json=payload,
            headers=custom_headers,
        )
