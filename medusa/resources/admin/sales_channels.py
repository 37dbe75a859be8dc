"""Sales channels: what is sold where."""

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
    """A sales channel."""

    sales_channel: SalesChannel


@entity
class AdminSalesChannelsListRes(Result):
    """A page of sales channels."""

    sales_channels: list[SalesChannel]
    count: int
    """How many sales channels match in all."""
    offset: int
    limit: int


@entity
class AdminSalesChannelsDeleteRes(DeleteResponse):
    """The ID of the deleted sales channel."""


@entity
class AdminSalesChannelsDeleteLocationRes(DeleteResponse):
    """The ID of the sales channel that lost a stock location. `object` is `stock-location`."""


class AdminPostSalesChannelsReq(TypedDict):
    """A new sales channel."""

    name: str
    """Several channels may have the same name."""
    description: NotRequired[str | None]
    is_disabled: NotRequired[bool]
    """False by default."""


class AdminPostSalesChannelsSalesChannelReq(TypedDict, total=False):
    """What to change of a sales channel."""

    name: str
    description: str | None
    is_disabled: bool


class AdminGetSalesChannelsParams(TypedDict, total=False):
    """Which sales channels to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 20 by default; 0 for all sales channels."""
    offset: int
    """How many sales channels to skip."""
    q: str
    """A text to find in the name and the description, in any case."""
    id: str
    name: str
    """The whole name, case-sensitive."""
    description: str
    """The whole description, case-sensitive."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order; `-created_at` by default. With `q`, the backend
    ignores it."""
    expand: str
    """Relations to send, separated by commas, such as `locations`."""
    fields: str
    """Fields to send instead of all, separated by commas."""


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
    """A stock location that a sales channel is to sell from."""

    location_id: str


class AdminDeleteSalesChannelsChannelStockLocationsReq(TypedDict):
    """A stock location that a sales channel is not to sell from."""

    location_id: str


class AdminSalesChannelsResource(Resource):
    """Sales channels, their products and the stock locations that they sell from."""

    def retrieve(self, sales_channel_id: str, custom_headers: Headers = None) -> AdminSalesChannelsRes:
        """Return the sales channel with this ID, as `.sales_channel`.

        `GET /admin/sales-channels/{sales_channel_id}`

        The route has no `expand`: `list({"id": ..., "expand": "locations"})` returns the stock locations. Raises
        `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(
            AdminSalesChannelsRes, "/admin/sales-channels/{sales_channel_id}", sales_channel_id, headers=custom_headers
        )

    def create(self, payload: AdminPostSalesChannelsReq, custom_headers: Headers = None) -> AdminSalesChannelsRes:
        """Create a sales channel. Return it, as `.sales_channel`.

        `POST /admin/sales-channels`

        Raises `MedusaInvalidRequestError` if a value is missing or malformed.
        """
        return self._post(AdminSalesChannelsRes, "/admin/sales-channels", json=payload, headers=custom_headers)

    def update(
        self, sales_channel_id: str, payload: AdminPostSalesChannelsSalesChannelReq, custom_headers: Headers = None
    ) -> AdminSalesChannelsRes:
        """Change a sales channel. Return it, as `.sales_channel`.

        `POST /admin/sales-channels/{sales_channel_id}`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value,
        and `MedusaNotFoundError` for an unknown ID.
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
        """Return a page of sales channels, as `.sales_channels`, the newest first.

        `GET /admin/sales-channels`

        `.count` is the number of all sales channels that match. The default page has 20 sales channels. With `q` they
        come in no order that the backend promises. Raises `MedusaInvalidRequestError` for an unknown key or a malformed
        value in `query`.
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
        """Return an iterator over all sales channels, which fetches a page when it is needed.

        `GET /admin/sales-channels`

        The sales channels are sorted by ID unless `query` has an `order` or `q`. Raises what `list` raises.
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
        """Delete a sales channel. Its products stay.

        `DELETE /admin/sales-channels/{sales_channel_id}`

        The result is the same for an unknown ID. Raises `MedusaInvalidRequestError` for the default sales channel.
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
        """Remove products from a sales channel. Return the channel, as `.sales_channel`, without its products.

        `DELETE /admin/sales-channels/{sales_channel_id}/products/batch`

        Products that are not in the channel are ignored, unknown ones too. Raises `MedusaInvalidRequestError` if a
        value is missing or malformed, and `MedusaNotFoundError` for an unknown channel.
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
        """Add products to a sales channel. Return the channel, as `.sales_channel`, without its products.

        `POST /admin/sales-channels/{sales_channel_id}/products/batch`

        Products that are in the channel already stay in it. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed and for an unknown product, and `MedusaNotFoundError` for an unknown channel.
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
        """Let a sales channel sell from a stock location. Return the channel, as `.sales_channel`.

        `POST /admin/sales-channels/{sales_channel_id}/stock-locations`

        Adding a location twice makes a second `SalesChannelLocation`; `remove_location` removes both. Needs the modules
        for stock locations and inventory. Raises `MedusaInvalidRequestError` if `location_id` is missing or malformed,
        and `MedusaNotFoundError` for an unknown channel or location.
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
        """Stop a sales channel from selling from a stock location. `.id` is the ID of the channel.

        `DELETE /admin/sales-channels/{sales_channel_id}/stock-locations`

        The result is the same for an unknown channel or location. Needs the modules for stock locations and inventory.
        Raises `MedusaInvalidRequestError` if `location_id` is missing or malformed.
        """
        return self._delete(
            AdminSalesChannelsDeleteLocationRes,
            "/admin/sales-channels/{sales_channel_id}/stock-locations",
            sales_channel_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the backend has no module for stock locations",
        )
