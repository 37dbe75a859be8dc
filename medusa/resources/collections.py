"""Product collections: retrieve and list them."""

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
    """Response with one collection."""

    collection: ProductCollection


@entity
class StoreCollectionsListRes(Result):
    """Response with a page of collections."""

    collections: list[ProductCollection]
    count: int
    """The number of matching collections on all pages."""
    offset: int
    """The number of collections that were skipped."""
    limit: int
    """The maximum number of collections on the page."""


class StoreGetCollectionsParams(TypedDict):
    """Options of `collections.list`. A collection must match all filters."""

    handle: NotRequired[list[str]]
    """A list of handles. Must be a list, even for one handle."""
    limit: NotRequired[int]
    """The maximum number of collections to return. The default is 10; 0 returns all."""
    offset: NotRequired[int]
    """The number of collections to skip."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]


class CollectionsResource(Resource):
    """Product collections.

    To list the products of a collection, call `medusa.products.list({"collection_id": [...]})`.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> StoreCollectionsRes:
        """Return the collection with this ID as `.collection`.

        `GET /store/collections/{id}`

        Raises `MedusaNotFoundError` if no collection has this ID. A collection's handle is not an ID.
        """
        return self._get(StoreCollectionsRes, "/store/collections/{id}", id, headers=custom_headers)

    def list(
        self, query: StoreGetCollectionsParams | None = None, custom_headers: Headers = None
    ) -> StoreCollectionsListRes:
        """Return a page of collections as `.collections`.

        `GET /store/collections`

        A page has 10 collections by default. The newest collections come first.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, such as a
        string instead of a list. Raises `MedusaServerError` if `limit` or `offset` is negative.
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
        """Return an iterator over all collections. Each page is fetched when it is needed.

        `GET /store/collections`

        The newest collections come first. The route does not accept `order`. If several collections were created at the
        same moment, for example by an import, their order is not stable. Choose a `page_size` that is large enough for
        all of them.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list, "collections", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
