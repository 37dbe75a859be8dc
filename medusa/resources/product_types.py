"""Types of products."""

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
    """A page of product types."""

    product_types: list[ProductType]
    count: int
    """The number of types on all pages."""
    offset: int
    limit: int


class StoreGetProductTypesParams(TypedDict):
    """Which product types to list. All filters that are given must hold."""

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
    """Only types that this condition of a discount names."""
    offset: NotRequired[int]
    """How many types to skip."""
    limit: NotRequired[int]
    """The size of the page, 20 by default; 0 for all types."""


class ProductTypesResource(Resource):
    """Types of products. `medusa.products.list({"type_id": [...]})` takes their IDs, not their values."""

    def list(
        self, query: StoreGetProductTypesParams | None = None, custom_headers: Headers = None
    ) -> StoreProductTypesListRes:
        """Return a page of product types, as `.product_types`. A page has 20 types by default.

        `GET /store/product-types`

        Raises `MedusaInvalidRequestError` for an unknown key and a value of the wrong type, and `MedusaServerError` for
        an unknown field in `order`.
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
        """Return an iterator over all product types, which fetches a page when it is needed.

        `GET /store/product-types`

        The types are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        types, such as `created_at` after an import, is not stable. Raises what `list` raises.
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
