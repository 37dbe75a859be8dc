"""Regions: where the shop sells, and in which currency."""

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
    """A region."""

    region: Region


@entity
class StoreRegionsListRes(Result):
    """A page of regions."""

    regions: list[Region]
    count: int
    """The number of regions on all pages."""
    offset: int
    limit: int


class StoreGetRegionsParams(TypedDict):
    """Which regions to list. All filters that are given must hold."""

    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    offset: NotRequired[int]
    """How many regions to skip."""
    limit: NotRequired[int]
    """The size of the page, 100 by default; 0 for all regions."""
    order: NotRequired[str]
    """The field to sort by; a minus before it sorts descending. `-created_at` by default."""
    expand: NotRequired[str]
    """Relations to send instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to send instead of all, separated by commas."""


class RegionsResource(Resource):
    """Regions. The `tax_rate` of a region is in percent."""

    def list(
        self, custom_headers: Headers = None, *, query: StoreGetRegionsParams | None = None
    ) -> StoreRegionsListRes:
        """Return a page of regions, as `.regions`. A page has 100 regions by default.

        `GET /store/regions`

        Raises `MedusaInvalidRequestError` for an unknown key, a value of the wrong type or an unknown name in `expand`,
        and `MedusaServerError` for an unknown field in `fields` or `order`.
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
        """Return an iterator over all regions, which fetches a page when it is needed.

        `GET /store/regions`

        The regions are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        regions, such as `currency_code`, is not stable. Raises what `list` raises.
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
        """Return the region with this ID, as `.region`.

        `GET /store/regions/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, `MedusaInvalidRequestError` for an unknown name in `expand`, and
        `MedusaServerError` for one in `fields`.
        """
        return self._get(
            StoreRegionsRes,
            "/store/regions/{id}",
            id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="fields has an unknown name",
        )
