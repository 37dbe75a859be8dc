"""Price lists: prices for a sale or for some customers, and the products with these prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Result
from ..pages import iterate
from .checks import check_list, check_not_negative, has_new_parts
from .deletion import DeleteResponse
from .price_list_prices import AdminPriceListPrices, AdminPriceListPricesUpdateReq, AdminPriceListRes

if TYPE_CHECKING:
    from ...models.price import PriceList, PriceListStatus, PriceListType
    from ...models.product import Product, ProductStatus
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminGetPriceListPaginationParams",
    "AdminGetPriceListsPriceListProductsParams",
    "AdminPostPriceListsPriceListPriceListReq",
    "AdminPostPriceListsPriceListReq",
    "AdminPriceListDeleteRes",
    "AdminPriceListPricesCreateReq",
    "AdminPriceListResource",
    "AdminPriceListsListRes",
    "AdminPriceListsProductsListRes",
    "PriceListCustomerGroup",
]


@entity
class AdminPriceListDeleteRes(DeleteResponse):
    """Response with the ID of the deleted price list."""


@entity
class AdminPriceListsListRes(Result):
    """Response with a page of price lists."""

    price_lists: list[PriceList]
    count: int
    """The number of matching price lists on all pages."""
    offset: int
    limit: int


@entity
class AdminPriceListsProductsListRes(Result):
    """Response with a page of products."""

    products: list[Product]
    count: int
    """The number of matching products on all pages."""
    offset: int
    limit: int


class AdminPriceListPricesCreateReq(TypedDict):
    """A price of a new price list. It must have either a currency or a region."""

    variant_id: str
    """If no variant has this ID, the backend creates a price that belongs to no variant."""
    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str]
    """ISO 4217 code in lower case. The store must have this currency."""
    region_id: NotRequired[str]
    """The price is in the region's currency and applies only in this region."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity to which the price applies."""
    max_quantity: NotRequired[int | None]
    """The largest quantity to which the price applies."""


class PriceListCustomerGroup(TypedDict):
    """A group of customers."""

    id: str


class AdminPostPriceListsPriceListReq(TypedDict):
    """Payload of `admin.price_lists.create`."""

    name: str
    description: str
    type: PriceListType | str
    """With a "sale", the lower of the usual and the listed price applies. An "override" always replaces the usual
    price.
    """
    prices: list[AdminPriceListPricesCreateReq]
    status: NotRequired[PriceListStatus | str | None]
    """"draft" by default. The prices of a draft do not apply."""
    starts_at: NotRequired[datetime | str | None]
    ends_at: NotRequired[datetime | str | None]
    """The backend does not check whether this is after `starts_at`."""
    customer_groups: NotRequired[list[PriceListCustomerGroup] | None]
    """The customer groups that the prices are for. All customers by default."""
    includes_tax: NotRequired[bool]
    """Whether the prices include tax. Only a backend with tax-inclusive pricing accepts this key."""


class AdminPostPriceListsPriceListPriceListReq(TypedDict, total=False):
    """Payload of `admin.price_lists.update`. Keys that you leave out keep their values."""

    name: str | None
    description: str | None
    type: PriceListType | str | None
    status: PriceListStatus | str | None
    starts_at: datetime | str | None
    """None removes the start date."""
    ends_at: datetime | str | None
    """None removes the end date."""
    prices: list[AdminPriceListPricesUpdateReq] | None
    """Prices to change, with their IDs, and prices to add. Other prices stay unchanged."""
    customer_groups: list[PriceListCustomerGroup] | None
    """The customer groups that the prices are for. They replace the current ones. An empty list means all customers."""
    includes_tax: bool
    """Whether the prices include tax. Only a backend with tax-inclusive pricing accepts this key."""


class AdminGetPriceListPaginationParams(TypedDict, total=False):
    """Options of `admin.price_lists.list`. A price list must match all filters."""

    q: str
    """Text to find in the name or the description, or in the name of a customer group, ignoring case."""
    id: str
    name: str
    """The exact name, case-sensitive."""
    description: str
    """The exact description, case-sensitive."""
    status: list[PriceListStatus | str]
    type: list[PriceListType | str]
    customer_groups: list[str]
    """The IDs of customer groups. Must be a list, even for one ID: a string would stop the backend's process."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to return in addition, separated by commas: for example, `prices,customer_groups`. An unknown name
    stops the backend's process.
    """
    order: str
    """The field to sort by. Put `-` before the field for descending order. An unknown field stops the backend's
    process.
    """
    limit: int
    """The maximum number of price lists to return. The default is 10; 0 returns all."""
    offset: int
    """The number of price lists to skip."""


class AdminGetPriceListsPriceListProductsParams(TypedDict, total=False):
    """Options of `admin.price_lists.list_products`. A product must match all filters."""

    q: str
    """Text to find in the title or description of the product, in the title or SKU of a variant, or in the title of the
    collection, ignoring case.
    """
    id: str | list[str]
    status: list[ProductStatus | str]
    collection_id: list[str]
    """Must be a list, even for one ID."""
    tags: list[str]
    """The IDs, not the values, of tags. Must be a list. A product needs at least one of the tags."""
    title: str
    """The exact title, case-sensitive."""
    description: str
    """The exact description, case-sensitive."""
    handle: str
    is_giftcard: bool
    type: str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas. The relations are returned as well."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of products to return. The default is 50; 0 returns all."""
    offset: int
    """The number of products to skip."""


class AdminPriceListResource(AdminPriceListPrices):
    """Price lists: prices that replace the usual ones for a period of time or for some customers.

    Amounts are integers in the smallest currency unit. Timestamps are in UTC.
    """

    def create(self, payload: AdminPostPriceListsPriceListReq, custom_headers: Headers = None) -> AdminPriceListRes:
        """Create a price list and return it as `.price_list`, with its `prices` and `customer_groups`.

        `POST /admin/price-lists`

        The price list is a draft by default. The backend also accepts a price for an unknown variant, but that price
        belongs to no variant, and its `variants` is empty.

        Raises `ValueError` if a price is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed. Raises `MedusaNotFoundError` if a currency or a customer group does not exist. Raises
        `MedusaServerError` if a region does not exist or a date is malformed.
        """
        check_not_negative(payload, "prices[].amount")
        return self._post(
            AdminPriceListRes,
            "/admin/price-lists",
            json=payload,
            headers=custom_headers,
            causes_of_500="a region is unknown or a date is malformed",
        )

    def update(
        self, id: str, payload: AdminPostPriceListsPriceListPriceListReq, custom_headers: Headers = None
    ) -> AdminPriceListRes:
        """Change a price list and return it as `.price_list`, with its `prices` and `customer_groups`.

        `POST /admin/price-lists/{id}`

        Keys that you leave out keep their values. Prices without an ID are always added, even if the list already has
        the same prices. A call with such prices is therefore not retried. The backend also accepts a price for an
        unknown variant, but that price belongs to no variant.

        Raises `ValueError` if a price is negative. Raises `MedusaInvalidRequestError` if a value is malformed. Raises
        `MedusaNotFoundError` if the price list, a currency or a customer group does not exist. Raises
        `MedusaServerError` if a region does not exist or a date is malformed.
        """
        check_not_negative(payload, "prices[].amount")
        return self._post(
            AdminPriceListRes,
            "/admin/price-lists/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=not has_new_parts(payload, "prices[]"),
            causes_of_500="a region is unknown or a date is malformed",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminPriceListDeleteRes:
        """Delete a price list and its prices.

        `DELETE /admin/price-lists/{id}`

        The result is the same if no price list has this ID.
        """
        return self._delete(AdminPriceListDeleteRes, "/admin/price-lists/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminPriceListRes:
        """Return the price list with this ID as `.price_list`, with its `prices` and `customer_groups`.

        `GET /admin/price-lists/{id}`

        Each price has its `variant`.

        Raises `MedusaNotFoundError` if no price list has this ID.
        """
        return self._get(AdminPriceListRes, "/admin/price-lists/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetPriceListPaginationParams | None = None, custom_headers: Headers = None
    ) -> AdminPriceListsListRes:
        """Return a page of price lists as `.price_lists`, newest first.

        `GET /admin/price-lists`

        A page has 10 price lists by default. The price lists include `prices` and `customer_groups` only if `expand`
        names them. An unknown name in `expand` or `order` stops the backend's process: the call raises
        `MedusaConnectionError` and is not retried.

        Raises `TypeError` if `customer_groups` is not a list, because this would also stop the backend's process.
        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `limit` or `offset` is negative.
        """
        query = {} if query is None else query
        check_list(query, "customer_groups")
        return self._get(
            AdminPriceListsListRes,
            "/admin/price-lists",
            query=query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
            fatal_keys=("expand", "order"),
        )

    def iterate(
        self,
        query: AdminGetPriceListPaginationParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[PriceList]:
        """Return an iterator over all price lists. Each page is fetched when it is needed.

        `GET /admin/price-lists`

        The price lists are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "price_lists",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def list_products(
        self, id: str, query: AdminGetPriceListsPriceListProductsParams | None = None, custom_headers: Headers = None
    ) -> AdminPriceListsProductsListRes:
        """Return a page of the products with a price in a price list as `.products`, newest first.

        `GET /admin/price-lists/{id}/products`

        A page has 50 products by default, and is empty if no price list has this ID. The `prices` of a variant are its
        prices in this price list and its usual prices. Usual prices have the `price_list_id` None.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
        """
        return self._get(
            AdminPriceListsProductsListRes,
            "/admin/price-lists/{id}/products",
            id,
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate_products(
        self,
        id: str,
        query: AdminGetPriceListsPriceListProductsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Product]:
        """Return an iterator over all products with a price in a price list. Each page is fetched when it is needed.

        `GET /admin/price-lists/{id}/products`

        The products are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list_products`.
        """
        return iterate(
            partial(self.list_products, id),
            "products",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
