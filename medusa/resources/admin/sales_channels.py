"""Sales channels: which products are sold where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.sales_channel import SalesChannel
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminDeleteSalesChannelsChannelProductsBatchReq",
    "AdminDeleteSalesChannelsChannelStockLocationsReq",
    "AdminGetSalesChannelsParams",
    "AdminPostSalesChannelsChannelProductsBatchReq",
    "AdminPostSalesChannelsChannelStockLocationsReq",
    "AdminPostSalesChannelsReq",
    "AdminPostSalesChannelsSalesChannelReq",
    "AdminSalesChannelsDeleteLocationRes",
    "AdminSalesChannelsDeleteRes",
    "AdminSalesChannelsListRes",
    "AdminSalesChannelsRes",
    "AdminSalesChannelsResource",
    "ProductBatchSalesChannel",
]


@entity
class AdminSalesChannelsRes(Result):
    """Response with one sales channel."""

    sales_channel: SalesChannel


@entity
class AdminSalesChannelsListRes(Result):
    """Response with a page of sales channels."""

    sales_channels: list[SalesChannel]
    count: int
    """The number of matching sales channels on all pages."""
    offset: int
    limit: int


@entity
class AdminSalesChannelsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted sales channel."""


@entity
class AdminSalesChannelsDeleteLocationRes(DeleteResponse):
    """Response with the channel's ID after a location was removed from it. `object` is `stock-location`."""


class AdminPostSalesChannelsReq(TypedDict):
    """Payload of `admin.sales_channels.create`."""

    name: str
    """Several sales channels may have the same name."""
    description: NotRequired[str | None]
    is_disabled: NotRequired[bool]
    """False by default."""


class AdminPostSalesChannelsSalesChannelReq(TypedDict, total=False):
    """Payload of `admin.sales_channels.update`. Keys that you leave out keep their values."""

    name: str
    description: str | None
    is_disabled: bool


class AdminGetSalesChannelsParams(TypedDict, total=False):
    """Options of `admin.sales_channels.list`. A sales channel must match all filters."""

    limit: int
    """The maximum number of sales channels to return. The default is 20; 0 returns all."""
    offset: int
    """The number of sales channels to skip."""
    q: str
    """Text to find in the name and the description, ignoring case."""
    id: str
    name: str
    """The exact name, case-sensitive."""
    description: str
    """The exact description, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`. The backend
    ignores `order` if `q` is given.
    """
    expand: str
    """Relations to return, separated by commas: for example, `locations`."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class ProductBatchSalesChannel(TypedDict):
    """A product."""

    id: str


class AdminPostSalesChannelsChannelProductsBatchReq(TypedDict):
    """The products to add to a sales channel."""

    product_ids: list[ProductBatchSalesChannel]


class AdminDeleteSalesChannelsChannelProductsBatchReq(TypedDict):
    """The products to remove from a sales channel."""

    product_ids: list[ProductBatchSalesChannel]


class AdminPostSalesChannelsChannelStockLocationsReq(TypedDict):
    """The stock location to add to a sales channel."""

    location_id: str


class AdminDeleteSalesChannelsChannelStockLocationsReq(TypedDict):
    """The stock location to remove from a sales channel."""

    location_id: str


class AdminSalesChannelsResource(Resource):
    """Sales channels, their products, and the stock locations that they sell from."""

    def retrieve(self, sales_channel_id: str, custom_headers: Headers = None) -> AdminSalesChannelsRes:
        """Return the sales channel with this ID as `.sales_channel`.

        `GET /admin/sales-channels/{sales_channel_id}`

        This route does not support `expand`. To get the stock locations, use `list({"id": ..., "expand":
        "locations"})`.

        Raises `MedusaNotFoundError` if no sales channel has this ID.
        """
        return self._get(
            AdminSalesChannelsRes, "/admin/sales-channels/{sales_channel_id}", sales_channel_id, headers=custom_headers
        )

    def create(self, payload: AdminPostSalesChannelsReq, custom_headers: Headers = None) -> AdminSalesChannelsRes:
        """Create a sales channel and return it as `.sales_channel`.

        `POST /admin/sales-channels`

        Raises `MedusaInvalidRequestError` if a value is missing or malformed.
        """
        return self._post(AdminSalesChannelsRes, "/admin/sales-channels", json=payload, headers=custom_headers)

    def update(
        self, sales_channel_id: str, payload: AdminPostSalesChannelsSalesChannelReq, custom_headers: Headers = None
    ) -> AdminSalesChannelsRes:
        """Change a sales channel and return it as `.sales_channel`.

        `POST /admin/sales-channels/{sales_channel_id}`

        Keys that you leave out keep their values.

        Raises `MedusaInvalidRequestError` if a value is malformed. Raises `MedusaNotFoundError` if no sales channel has
        this ID.
        """
        return self._post(
            AdminSalesChannelsRes,
            "/admin/sales-channels/{sales_channel_id}",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def list(
        self, query: AdminGetSalesChannelsParams | None = None, custom_headers: Headers = None
    ) -> AdminSalesChannelsListRes:
        """Return a page of sales channels as `.sales_channels`, newest first.

        `GET /admin/sales-channels`

        A page has 20 sales channels by default. With `q`, the order is not defined. `.count` is the number of all sales
        channels that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
        """
        return self._get(
            AdminSalesChannelsListRes,
            "/admin/sales-channels",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetSalesChannelsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[SalesChannel]:
        """Return an iterator over all sales channels. Each page is fetched when it is needed.

        `GET /admin/sales-channels`

        The sales channels are sorted by ID unless `query` has an `order` or a `q`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "sales_channels",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def delete(self, sales_channel_id: str, custom_headers: Headers = None) -> AdminSalesChannelsDeleteRes:
        """Delete a sales channel. Its products remain.

        `DELETE /admin/sales-channels/{sales_channel_id}`

        The result is the same if no sales channel has this ID.

        Raises `MedusaInvalidRequestError` if it is the default sales channel.
        """
        return self._delete(
            AdminSalesChannelsDeleteRes,
            "/admin/sales-channels/{sales_channel_id}",
            sales_channel_id,
            headers=custom_headers,
        )

    def remove_products(
        self,
        sales_channel_id: str,
        payload: AdminDeleteSalesChannelsChannelProductsBatchReq,
        custom_headers: Headers = None,
    ) -> AdminSalesChannelsRes:
        """Remove products from a sales channel. Return the channel as `.sales_channel`, without its products.

        `DELETE /admin/sales-channels/{sales_channel_id}/products/batch`

        The backend ignores unknown products and products that are not in the channel.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed. Raises `MedusaNotFoundError` if no sales
        channel has this ID.
        """
        return self._delete(
            AdminSalesChannelsRes,
            "/admin/sales-channels/{sales_channel_id}/products/batch",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
        )

    def add_products(
        self,
        sales_channel_id: str,
        payload: AdminPostSalesChannelsChannelProductsBatchReq,
        custom_headers: Headers = None,
    ) -> AdminSalesChannelsRes:
        """Add products to a sales channel. Return the channel as `.sales_channel`, without its products.

        `POST /admin/sales-channels/{sales_channel_id}/products/batch`

        Products that are already in the channel stay in it.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if a product does not exist. Raises
        `MedusaNotFoundError` if no sales channel has this ID.
        """
        return self._post(
            AdminSalesChannelsRes,
            "/admin/sales-channels/{sales_channel_id}/products/batch",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def add_location(
        self,
        sales_channel_id: str,
        payload: AdminPostSalesChannelsChannelStockLocationsReq,
        custom_headers: Headers = None,
    ) -> AdminSalesChannelsRes:
        """Add a stock location to a sales channel and return the channel as `.sales_channel`.

        `POST /admin/sales-channels/{sales_channel_id}/stock-locations`

        The channel then sells from this location. Adding a location again creates a second `SalesChannelLocation`, and
        `remove_location` removes both. Requires the modules for stock locations and inventory.

        Raises `MedusaInvalidRequestError` if `location_id` is missing or malformed. Raises `MedusaNotFoundError` if the
        channel or the location does not exist. Raises `MedusaServerError` if the backend has no module for stock
        locations.
        """
        return self._post(
            AdminSalesChannelsRes,
            "/admin/sales-channels/{sales_channel_id}/stock-locations",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the backend has no module for stock locations",
        )

    def remove_location(
        self,
        sales_channel_id: str,
        payload: AdminDeleteSalesChannelsChannelStockLocationsReq,
        custom_headers: Headers = None,
    ) -> AdminSalesChannelsDeleteLocationRes:
        """Remove a stock location from a sales channel. Return the ID of the channel as `.id`.

        `DELETE /admin/sales-channels/{sales_channel_id}/stock-locations`

        The result is the same if the channel or the location does not exist. Requires the modules for stock locations
        and inventory.

        Raises `MedusaInvalidRequestError` if `location_id` is missing or malformed. Raises `MedusaServerError` if the
        backend has no module for stock locations.
        """
        return self._delete(
            AdminSalesChannelsDeleteLocationRes,
            "/admin/sales-channels/{sales_channel_id}/stock-locations",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the backend has no module for stock locations",
        )
