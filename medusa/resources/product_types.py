"""Product types: list them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product_groups import ProductType
    from .comparisons import DateComparisonOperator, StringComparisonOperator

__all__ = ["ProductTypesResource", "StoreGetProductTypesParams", "StoreProductTypesListRes"]


@entity
class StoreProductTypesListRes(Result):
    """Response with a page of product types."""

    product_types: list[ProductType]
    count: int
    """The number of matching types on all pages."""
    offset: int
    """The number of types that were skipped."""
    limit: int
    """The maximum number of types on the page."""


class StoreGetProductTypesParams(TypedDict):
    """Options of `product_types.list`. A type must match all filters."""

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
    """The ID of a discount condition. Only types that the condition contains match."""
    offset: NotRequired[int]
    """The number of types to skip."""
    limit: NotRequired[int]
    """The maximum number of types to return. The default is 20; 0 returns all."""


class ProductTypesResource(Resource):
    """Product types.

    To list the products of a type, call `medusa.products.list({"type_id": [...]})` with the IDs of types, not with
    their values.
    """

    def list(
        self, query: StoreGetProductTypesParams | None = None, custom_headers: Headers = None
    ) -> StoreProductTypesListRes:
        """Return a page of product types as `.product_types`.

        `GET /store/product-types`

        A page has 20 types by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type. Raises
        `MedusaServerError` if `order` contains an unknown name, or if `limit` or `offset` is negative.
        """
        return self._get(
            StoreProductTypesListRes,
            "/store/product-types",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetProductTypesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductType]:
        """Return an iterator over all product types. Each page is fetched when it is needed.

        `GET /store/product-types`

        The types are sorted by ID unless `query` has an `order`. If several types have the same value in the field of
        `order`, such as `created_at` after an import, their order is not stable.

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
