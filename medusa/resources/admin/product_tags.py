"""Tags of products: list the labels that products have."""

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
    """A page of tags."""

    product_tags: list[ProductTag]
    count: int
    """How many tags match in all."""
    offset: int
    limit: int


class AdminGetProductTagsParams(TypedDict, total=False):
    """Which tags to list. All filters that are given must hold."""

    q: str
    """A text in the value of the tag, in any case."""
    id: str | list[str] | StringComparisonOperator
    value: str | list[str] | StringComparisonOperator
    """The whole value, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    discount_condition_id: str
    """The condition of a discount that names the tags."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 10 by default; 0 for all tags."""
    offset: int
    """How many tags to skip."""


class AdminProductTagsResource(Resource):
    """Tags of products.

    A tag is made when a product is created or changed with it: see `products.create`. `products.list_tags` says how
    many products have each tag.
    """

    def list(
        self, query: AdminGetProductTagsParams | None = None, custom_headers: Headers = None
    ) -> AdminProductTagsListRes:
        """Return a page of tags, as `.product_tags`, the newest first. A page has 10 tags by default.

        `GET /admin/product-tags`

        Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, and `MedusaServerError`
        for an unknown field in `order`.
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
        """Return an iterator over all tags, which fetches a page when it is needed.

        `GET /admin/product-tags`

        The tags are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
