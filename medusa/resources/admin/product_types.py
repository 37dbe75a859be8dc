"""Types of products: list the kinds of products that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.product_groups import ProductType
    from ..comparisons import DateComparisonOperator, StringComparisonOperator

__all__ = ["AdminGetProductTypesParams", "AdminProductTypesListRes", "AdminProductTypesResource"]


@entity
class AdminProductTypesListRes(Result):
    """A page of types."""

    product_types: list[ProductType]
    count: int
    """How many types match in all."""
    offset: int
    limit: int


class AdminGetProductTypesParams(TypedDict, total=False):
    """Which types to list. All filters that are given must hold."""

    q: str
    """A text in the value of the type, in any case."""
    id: str | list[str] | StringComparisonOperator
    value: str | list[str] | StringComparisonOperator
    """The whole value, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    discount_condition_id: str
    """The condition of a discount that names the types."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 20 by default; 0 for all types."""
    offset: int
    """How many types to skip."""


class AdminProductTypesResource(Resource):
    """Types of products.

    A type is made when a product is created or changed with it: see `products.create`.
    """

    def list(
        self, query: AdminGetProductTypesParams | None = None, custom_headers: Headers = None
    ) -> AdminProductTypesListRes:
        """Return a page of types, as `.product_types`, the newest first. A page has 20 types by default.

        `GET /admin/product-types`

        Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, and `MedusaServerError`
        for an unknown field in `order`.
        """
        return self._get(
            AdminProductTypesListRes,
            "/admin/product-types",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="order has an unknown field, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetProductTypesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductType]:
        """Return an iterator over all types, which fetches a page when it is needed.

        `GET /admin/product-types`

        The types are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "product_types",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
