"""Regions, which define the countries and the currency that the shop sells in: list and retrieve them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection
from .pages import iterate

if TYPE_CHECKING:
    from ..models.region import Region
    from .comparisons import DateComparisonOperator

__all__ = ["RegionsResource", "StoreGetRegionsParams", "StoreRegionsListRes", "StoreRegionsRes"]


@entity
class StoreRegionsRes(Result):
    """Response with one region."""

    region: Region


@entity
class StoreRegionsListRes(Result):
    """Response with a page of regions."""

    regions: list[Region]
    count: int
    """The number of matching regions on all pages."""
    offset: int
    """The number of regions that were skipped."""
    limit: int
    """The maximum number of regions on the page."""


class StoreGetRegionsParams(TypedDict):
    """Options of `regions.list`. A region must match all filters."""

    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    offset: NotRequired[int]
    """The number of regions to skip."""
    limit: NotRequired[int]
    """The maximum number of regions to return. The default is 100; 0 returns all."""
    order: NotRequired[str]
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    expand: NotRequired[str]
    """Relations to return instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to return instead of all fields, separated by commas."""


class RegionsResource(Resource):
    """Regions. `region.tax_rate` is in percent."""

    def list(
        self, custom_headers: Headers = None, *, query: StoreGetRegionsParams | None = None
    ) -> StoreRegionsListRes:
        """Return a page of regions as `.regions`.

        `GET /store/regions`

        A page has 100 regions by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, or if
        `expand` contains an unknown name. Raises `MedusaServerError` if `fields` or `order` contains an unknown name,
        or if `limit` or `offset` is negative.
        """
        return self._get(
            StoreRegionsListRes,
            "/store/regions",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetRegionsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Region]:
        """Return an iterator over all regions. Each page is fetched when it is needed.

        `GET /store/regions`

        The regions are sorted by ID unless `query` has an `order`. If several regions have the same value in the field
        of `order`, such as `currency_code`, their order is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            lambda query, headers: self.list(headers, query=query),
            "regions",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreRegionsRes:
        """Return the region with this ID as `.region`.

        `GET /store/regions/{id}`

        Raises `MedusaNotFoundError` if no region has this ID. Raises `MedusaInvalidRequestError` if `expand` contains
        an unknown name. Raises `MedusaServerError` if `fields` contains an unknown name.
        """
        return self._get(
            StoreRegionsRes,
            "/store/regions/{id}",
            id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="fields has an unknown name",
        )
