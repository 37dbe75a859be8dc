"""Collections of products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product_groups import ProductCollection
    from .comparisons import DateComparisonOperator

__all__ = ["CollectionsResource", "StoreCollectionsListRes", "StoreCollectionsRes", "StoreGetCollectionsParams"]


@entity
class StoreCollectionsRes(Result):
    """A collection."""

    collection: ProductCollection


@entity
class StoreCollectionsListRes(Result):
    """A page of collections."""

    collections: list[ProductCollection]
    count: int
    """The number of collections on all pages."""
    offset: int
    limit: int


class StoreGetCollectionsParams(TypedDict):
    """Which collections to list. All filters that are given must hold."""

    handle: NotRequired[list[str]]
    """Must be a list, even of one handle."""
    limit: NotRequired[int]
    """The size of the page, 10 by default; 0 for all collections."""
    offset: NotRequired[int]
    """How many collections to skip."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]


class CollectionsResource(Resource):
    """Collections of products. `medusa.products.list({"collection_id": [...]})` lists the products in them."""

    def retrieve(self, id: str, custom_headers: Headers = None) -> StoreCollectionsRes:
        """Return the collection with this ID, as `.collection`.

        `GET /store/collections/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, also for a handle.
        """
        return self._get(StoreCollectionsRes, "/store/collections/{id}", id, headers=custom_headers)

    def list(
        self, query: StoreGetCollectionsParams | None = None, custom_headers: Headers = None
    ) -> StoreCollectionsListRes:
        """Return a page of collections, as `.collections`. A page has 10 collections by default.

        `GET /store/collections`

        The newest collections come first. Raises `MedusaInvalidRequestError` for an unknown key and for a value of the
        wrong type, such as a string in the place of a list.
        """
        return self._get(
            StoreCollectionsListRes,
            "/store/collections",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetCollectionsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductCollection]:
        """Return an iterator over all collections, which fetches a page when it is needed.

        `GET /store/collections`

        The newest collections come first. The route takes no `order`. The order is not stable among collections that
        were created at the same moment, as by an import: give a `page_size` that holds them all. Raises what `list`
        raises.
        """
        return iterate(
            self.list, "collections", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
