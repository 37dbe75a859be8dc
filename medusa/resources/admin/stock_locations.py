"""Stock locations: the places where stock is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.stock_location import StockLocation

__all__ = [
    "AdminGetStockLocationsParams",
    "AdminPostStockLocationsLocationReq",
    "AdminPostStockLocationsReq",
    "AdminPostStockLocationsReqAddress",
    "AdminStockLocationsDeleteRes",
    "AdminStockLocationsListRes",
    "AdminStockLocationsRes",
    "AdminStockLocationsResource",
]

_NO_MODULE = "the backend has no stock location module"


@entity
class AdminStockLocationsRes(Result):
    """Response with one stock location."""

    stock_location: StockLocation


@entity
class AdminStockLocationsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted stock location."""


@entity
class AdminStockLocationsListRes(Result):
    """Response with a page of stock locations."""

    stock_locations: list[StockLocation]
    count: int
    """The number of matching stock locations on all pages."""
    offset: int
    limit: int


class AdminPostStockLocationsReqAddress(TypedDict):
    """The postal address of a stock location."""

    address_1: str
    country_code: str
    """ISO 3166-1 alpha-2 code. The backend does not check this value."""
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    company: NotRequired[str | None]
    phone: NotRequired[str | None]
    postal_code: NotRequired[str | None]
    province: NotRequired[str | None]


class AdminPostStockLocationsReq(TypedDict):
    """Payload of `admin.stock_locations.create`."""

    name: str
    """Must not be empty."""
    address: NotRequired[AdminPostStockLocationsReqAddress]
    address_id: NotRequired[str | None]
    """The ID of an address, as an alternative to `address`. The backend does not check whether it exists."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostStockLocationsLocationReq(TypedDict, total=False):
    """Payload of `admin.stock_locations.update`. Keys that you leave out keep their values."""

    name: str
    address: AdminPostStockLocationsReqAddress
    """Changes to the current address, or a new address. `address_1` and `country_code` are required."""
    address_id: str | None
    """None removes the address. The backend does not check whether another ID exists."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminGetStockLocationsParams(TypedDict, total=False):
    """Options of `admin.stock_locations.list`. A stock location must match all filters."""

    id: str | list[str]
    q: str
    """Text to find in the name, ignoring case."""
    name: str | list[str]
    """The exact name, case-sensitive."""
    address_id: str | list[str]
    sales_channel_id: str | list[str]
    """The IDs of sales channels that sell from the location."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    expand: str
    """Relations to return, separated by commas: `address`, `sales_channels`. No relations by default."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    limit: int
    """The maximum number of stock locations to return. The default is 20; 0 returns all."""
    offset: int
    """The number of stock locations to skip."""


class AdminStockLocationsResource(Resource):
    """Stock locations. They require the stock location module: a backend without this module responds with 500.

    `admin.sales_channels.add_location` lets a sales channel sell from a location.
    """

    def create(self, payload: AdminPostStockLocationsReq, custom_headers: Headers = None) -> AdminStockLocationsRes:
        """Create a stock location and return it as `.stock_location`, without its address.

        `POST /admin/stock-locations`

        Raises `MedusaInvalidRequestError` if the name is empty, or if a value is missing or malformed. Raises
        `MedusaServerError` if the name is not a string, or if the backend has no stock location module.
        """
        return self._post(
            AdminStockLocationsRes,
            "/admin/stock-locations",
            json=payload,
            headers=custom_headers,
            causes_of_500=f"name is not a string, or {_NO_MODULE}",
        )

    def retrieve(
        self, item_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> AdminStockLocationsRes:
        """Return the stock location with this ID as `.stock_location`.

        `GET /admin/stock-locations/{item_id}`

        The response includes `address` and `sales_channels` only if `expand` names them.

        Raises `MedusaNotFoundError` if no stock location has this ID. Raises `MedusaServerError` if `expand` or
        `fields` contains an unknown name, or if the backend has no stock location module.
        """
        return self._get(
            AdminStockLocationsRes,
            "/admin/stock-locations/{item_id}",
            item_id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500=f"expand or fields has an unknown name, or {_NO_MODULE}",
        )

    def update(
        self, stock_location_id: str, payload: AdminPostStockLocationsLocationReq, custom_headers: Headers = None
    ) -> AdminStockLocationsRes:
        """Change a stock location and return it as `.stock_location`, without its address.

        `POST /admin/stock-locations/{stock_location_id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no stock location has this ID. Raises `MedusaInvalidRequestError` if a value is
        malformed. Raises `MedusaServerError` if the backend has no stock location module.
        """
        return self._post(
            AdminStockLocationsRes,
            "/admin/stock-locations/{stock_location_id}",
            stock_location_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_NO_MODULE,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminStockLocationsDeleteRes:
        """Delete a stock location and the levels of inventory items at this location.

        `DELETE /admin/stock-locations/{id}`

        The result is the same if no stock location has this ID.

        Raises `MedusaServerError` if the backend has no stock location module.
        """
        return self._delete(
            AdminStockLocationsDeleteRes,
            "/admin/stock-locations/{id}",
            id,
            headers=custom_headers,
            causes_of_500=_NO_MODULE,
        )

    def list(
        self, query: AdminGetStockLocationsParams | None = None, custom_headers: Headers = None
    ) -> AdminStockLocationsListRes:
        """Return a page of stock locations as `.stock_locations`, newest first.

        `GET /admin/stock-locations`

        A page has 20 stock locations by default. `.count` is the number of all stock locations that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, if `limit` or `offset` is
        negative, or if the backend has no stock location module.
        """
        return self._get(
            AdminStockLocationsListRes,
            "/admin/stock-locations",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=(
                f"expand, fields or order has an unknown name, limit or offset is negative, or {_NO_MODULE}"
            ),
        )

    def iterate(
        self,
        query: AdminGetStockLocationsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[StockLocation]:
        """Return an iterator over all stock locations. Each page is fetched when it is needed.

        `GET /admin/stock-locations`

        The stock locations are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "stock_locations",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
