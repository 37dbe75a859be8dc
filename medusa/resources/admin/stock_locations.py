"""Stock locations: the places that keep stock."""

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
    """A stock location."""

    stock_location: StockLocation


@entity
class AdminStockLocationsDeleteRes(DeleteResponse):
    """The ID of the deleted stock location."""


@entity
class AdminStockLocationsListRes(Result):
    """A page of stock locations."""

    stock_locations: list[StockLocation]
    count: int
    """How many stock locations match in all."""
    offset: int
    limit: int


class AdminPostStockLocationsReqAddress(TypedDict):
    """The postal address of a stock location."""

    address_1: str
    country_code: str
    """ISO 3166-1 alpha-2. The backend does not check it."""
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    company: NotRequired[str | None]
    phone: NotRequired[str | None]
    postal_code: NotRequired[str | None]
    province: NotRequired[str | None]


class AdminPostStockLocationsReq(TypedDict):
    """A new stock location."""

    name: str
    """Must not be empty."""
    address: NotRequired[AdminPostStockLocationsReqAddress]
    address_id: NotRequired[str | None]
    """The ID of an address, in the place of `address`. The backend does not check that it exists."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostStockLocationsLocationReq(TypedDict, total=False):
    """What to change of a stock location."""

    name: str
    address: AdminPostStockLocationsReqAddress
    """What to change of the address that it has, or a new one. `address_1` and `country_code` are required."""
    address_id: str | None
    """None removes the address. The backend does not check that another one exists."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminGetStockLocationsParams(TypedDict, total=False):
    """Which stock locations to list. All filters that are given must hold."""

    id: str | list[str]
    q: str
    """A text to find in the name, in any case."""
    name: str | list[str]
    """The whole name, case-sensitive."""
    address_id: str | list[str]
    sales_channel_id: str | list[str]
    """The IDs of sales channels that sell from the location."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    expand: str
    """Relations to send, separated by commas: `address`, `sales_channels`. None by default."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    limit: int
    """The size of the page, 20 by default; 0 for all stock locations."""
    offset: int
    """How many stock locations to skip."""


class AdminStockLocationsResource(Resource):
    """Stock locations. Only a backend with the stock location module has them; another one answers 500.

    `admin.sales_channels.add_location` lets a sales channel sell from a location.
    """

    def create(self, payload: AdminPostStockLocationsReq, custom_headers: Headers = None) -> AdminStockLocationsRes:
        """Create a stock location. Return it, as `.stock_location`, without its address.

        `POST /admin/stock-locations`

        Raises `MedusaInvalidRequestError` for an empty name and for a missing or malformed value, and
        `MedusaServerError` for a name that is no text.
        """
        return self._post(
            AdminStockLocationsRes,
            "/admin/stock-locations",
            json=payload,
            headers=custom_headers,
            causes_of_500=f"name is no text, or {_NO_MODULE}",
        )

    def retrieve(
        self, item_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> AdminStockLocationsRes:
        """Return the stock location with this ID, as `.stock_location`.

        `GET /admin/stock-locations/{item_id}`

        It has its `address` and its `sales_channels` only if `expand` names them. Raises `MedusaNotFoundError` for an
        unknown ID, and `MedusaServerError` for an unknown name in `expand` or `fields`.
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
        """Change a stock location. Return it, as `.stock_location`, without its address.

        `POST /admin/stock-locations/{stock_location_id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown ID, and
        `MedusaInvalidRequestError` for a malformed value.
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
        """Delete a stock location.

        `DELETE /admin/stock-locations/{id}`

        The result is the same for an unknown ID.
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
        """Return a page of stock locations, as `.stock_locations`, the newest first. A page has 20 by default.

        `GET /admin/stock-locations`

        `.count` is the number of all stock locations that match. Raises `MedusaInvalidRequestError` for an unknown key
        or a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`.
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
        """Return an iterator over all stock locations, which fetches a page when it is needed.

        `GET /admin/stock-locations`

        The stock locations are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
