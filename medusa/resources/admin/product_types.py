"""Product types: list the types of products."""

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
    """Response with a page of types."""

    product_types: list[ProductType]
    count: int
    """The number of matching types on all pages."""
    offset: int
    limit: int


class AdminGetProductTypesParams(TypedDict, total=False):
    """Options of `admin.product_types.list`. A type must match all filters."""

    q: str
    """Text to find in the value of the type, ignoring case."""
    id: str | list[str] | StringComparisonOperator
    value: str | list[str] | StringComparisonOperator
    """The exact value, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    discount_condition_id: str
    """The ID of a discount condition that lists the types."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of types to return. The default is 20; 0 returns all."""
    offset: int
    """The number of types to skip."""


class AdminProductTypesResource(Resource):
    """Product types.

    The backend creates a type when a product is created or changed with a new type: see `products.create`.
    """

    def list(
        self, query: AdminGetProductTypesParams | None = None, custom_headers: Headers = None
    ) -> AdminProductTypesListRes:
        """Return a page of types as `.product_types`, newest first.

        `GET /admin/product-types`

        A page has 20 types by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `order` names an unknown field, or if `limit` or `offset` is negative.
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
        """Return an iterator over all types. Each page is fetched when it is needed.

        `GET /admin/product-types`

        The types are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
