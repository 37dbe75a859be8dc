"""Tags of products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product_groups import ProductTag
    from .comparisons import DateComparisonOperator, StringComparisonOperator

__all__ = ["ProductTagsResource", "StoreGetProductTagsParams", "StoreProductTagsListRes"]


@entity
class StoreProductTagsListRes(Result):
    """A page of product tags."""

    product_tags: list[ProductTag]
    count: int
    """The number of tags on all pages."""
    offset: int
    limit: int


class StoreGetProductTagsParams(TypedDict):
    """Which product tags to list. All filters that are given must hold."""

    id: NotRequired[str | list[str] | StringComparisonOperator]
    q: NotRequired[str]
    """A text in the value, in any case."""
    value: NotRequired[str | list[str] | StringComparisonOperator]
    """The whole value, case-sensitive."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    order: NotRequired[str]
    """The field to sort by; a minus before it sorts descending. `-created_at` by default."""
    discount_condition_id: NotRequired[str]
    """Only tags that this condition of a discount names."""
    offset: NotRequired[int]
    """How many tags to skip."""
    limit: NotRequired[int]
    """The size of the page, 20 by default; 0 for all tags."""


class ProductTagsResource(Resource):
    """Tags of products. `medusa.products.list({"tags": [...]})` takes their IDs, not their values."""

    def list(
        self, query: StoreGetProductTagsParams | None = None, custom_headers: Headers = None
    ) -> StoreProductTagsListRes:
        """Return a page of product tags, as `.product_tags`. A page has 20 tags by default.

        `GET /store/product-tags`

        Raises `MedusaInvalidRequestError` for an unknown key, a value of the wrong type and an unknown field in
        `order`.
        """
        return self._get(
            StoreProductTagsListRes,
            "/store/product-tags",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetProductTagsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductTag]:
        """Return an iterator over all product tags, which fetches a page when it is needed.

        `GET /store/product-tags`

        The tags are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        tags, such as `created_at` after an import, is not stable. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "product_tags",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
