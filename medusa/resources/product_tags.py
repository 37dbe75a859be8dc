"""Product tags: list them."""

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
    """Response with a page of product tags."""

    product_tags: list[ProductTag]
    count: int
    """The number of matching tags on all pages."""
    offset: int
    """The number of tags that were skipped."""
    limit: int
    """The maximum number of tags on the page."""


class StoreGetProductTagsParams(TypedDict):
    """Options of `product_tags.list`. A tag must match all filters."""

    id: NotRequired[str | list[str] | StringComparisonOperator]
    q: NotRequired[str]
    """Text to search for in the value. The search is case-insensitive."""
    value: NotRequired[str | list[str] | StringComparisonOperator]
    """The exact value, a list of values, or conditions for the value. A given value is case-sensitive."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    order: NotRequired[str]
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    discount_condition_id: NotRequired[str]
    """The ID of a discount condition. Only tags that the condition contains match."""
    offset: NotRequired[int]
    """The number of tags to skip."""
    limit: NotRequired[int]
    """The maximum number of tags to return. The default is 20; 0 returns all."""


class ProductTagsResource(Resource):
    """Product tags.

    To list the products with a tag, call `medusa.products.list({"tags": [...]})` with the IDs of tags, not with their
    values.
    """

    def list(
        self, query: StoreGetProductTagsParams | None = None, custom_headers: Headers = None
    ) -> StoreProductTagsListRes:
        """Return a page of product tags as `.product_tags`.

        `GET /store/product-tags`

        A page has 20 tags by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, or if
        `order` contains an unknown name. Raises `MedusaServerError` if `limit` or `offset` is negative.
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
        """Return an iterator over all product tags. Each page is fetched when it is needed.

        `GET /store/product-tags`

        The tags are sorted by ID unless `query` has an `order`. If several tags have the same value in the field of
        `order`, such as `created_at` after an import, their order is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
