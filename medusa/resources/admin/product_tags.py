"""Product tags: list the labels of products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.product_groups import ProductTag
    from ..comparisons import DateComparisonOperator, StringComparisonOperator

__all__ = ["AdminGetProductTagsParams", "AdminProductTagsListRes", "AdminProductTagsResource"]


@entity
class AdminProductTagsListRes(Result):
    """Response with a page of tags."""

    product_tags: list[ProductTag]
    count: int
    """The number of matching tags on all pages."""
    offset: int
    limit: int


class AdminGetProductTagsParams(TypedDict, total=False):
    """Options of `admin.product_tags.list`. A tag must match all filters."""

    q: str
    """Text to find in the value of the tag, ignoring case."""
    id: str | list[str] | StringComparisonOperator
    value: str | list[str] | StringComparisonOperator
    """The exact value, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    discount_condition_id: str
    """The ID of a discount condition that lists the tags."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of tags to return. The default is 10; 0 returns all."""
    offset: int
    """The number of tags to skip."""


class AdminProductTagsResource(Resource):
    """Product tags.

    The backend creates a tag when a product is created or changed with a new tag: see `products.create`.
    `products.list_tags` returns how many products have each tag.
    """

    def list(
        self, query: AdminGetProductTagsParams | None = None, custom_headers: Headers = None
    ) -> AdminProductTagsListRes:
        """Return a page of tags as `.product_tags`, newest first.

        `GET /admin/product-tags`

        A page has 10 tags by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `order` names an unknown field, or if `limit` or `offset` is negative.
        """
        return self._get(
            AdminProductTagsListRes,
            "/admin/product-tags",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="order has an unknown field, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetProductTagsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductTag]:
        """Return an iterator over all tags. Each page is fetched when it is needed.

        `GET /admin/product-tags`

        The tags are sorted by ID unless `query` has an `order`.

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
