"""Price lists: prices for a sale or for some customers, and the products that have them."""

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
    """The ID of the deleted price list."""


@entity
class AdminPriceListsListRes(Result):
    """A page of price lists."""

    price_lists: list[PriceList]
    count: int
    """How many price lists match in all."""
    offset: int
    limit: int


@entity
class AdminPriceListsProductsListRes(Result):
    """A page of products."""

    products: list[Product]
    count: int
    """How many products match in all."""
    offset: int
    limit: int


class AdminPriceListPricesCreateReq(TypedDict):
    """A price of a new price list. It names either a currency or a region."""

    variant_id: str
    """For an unknown variant, a price is made that no variant has."""
    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str]
    """ISO 4217, lower case. It must be one of the store's currencies."""
    region_id: NotRequired[str]
    """The price is in the currency of this region, and counts there alone."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity that has this price."""
    max_quantity: NotRequired[int | None]
    """The largest quantity that has this price."""


class PriceListCustomerGroup(TypedDict):
    """A group of customers."""

    id: str


class AdminPostPriceListsPriceListReq(TypedDict):
    """A new price list."""

    name: str
    description: str
    type: PriceListType | str
    """A sale lowers prices: of two prices the lower one counts. An override replaces them."""
    prices: list[AdminPriceListPricesCreateReq]
    status: NotRequired[PriceListStatus | str | None]
    """Draft by default: its prices do not count."""
    starts_at: NotRequired[datetime | str | None]
    ends_at: NotRequired[datetime | str | None]
    """The backend does not check that it ends after it starts."""
    customer_groups: NotRequired[list[PriceListCustomerGroup] | None]
    """Whom the prices are for; everybody by default."""
    includes_tax: NotRequired[bool]
    """Whether the prices include tax. Only on a backend with tax-inclusive pricing."""


class AdminPostPriceListsPriceListPriceListReq(TypedDict, total=False):
    """What to change of a price list."""

    name: str | None
    description: str | None
    type: PriceListType | str | None
    status: PriceListStatus | str | None
    starts_at: datetime | str | None
    """None removes it."""
    ends_at: datetime | str | None
    """None removes it."""
    prices: list[AdminPriceListPricesUpdateReq] | None
    """Prices to change, with their IDs, and prices to add. The others stay."""
    customer_groups: list[PriceListCustomerGroup] | None
    """Whom the prices are for from now on. An empty list makes it everybody."""
    includes_tax: bool
    """Whether the prices include tax. Only on a backend with tax-inclusive pricing."""


class AdminGetPriceListPaginationParams(TypedDict, total=False):
    """Which price lists to list. All filters that are given must hold."""

    q: str
    """A text in the name or the description, or in the name of a customer group, in any case."""
    id: str
    name: str
    """The whole name, case-sensitive."""
    description: str
    """The whole description, case-sensitive."""
    status: list[PriceListStatus | str]
    type: list[PriceListType | str]
    customer_groups: list[str]
    """The IDs of customer groups. Must be a list, even of one ID: Medusa's process ends otherwise."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to send as well, separated by commas, such as `prices,customer_groups`. An unknown name ends the
    backend's process."""
    order: str
    """The field to sort by, with `-` before it for the reverse order. An unknown field ends the backend's process."""
    limit: int
    """The size of the page, 10 by default; 0 for all price lists."""
    offset: int
    """How many price lists to skip."""


class AdminGetPriceListsPriceListProductsParams(TypedDict, total=False):
    """Which products of a price list to list. All filters that are given must hold."""

    q: str
    """A text in the title or description of the product, in the title or SKU of a variant, or in the title of the
    collection, in any case."""
    id: str | list[str]
    status: list[ProductStatus | str]
    collection_id: list[str]
    """Must be a list, even of one ID."""
    tags: list[str]
    """A list of the IDs of tags, not of their values. A product needs one of them."""
    title: str
    """The whole title, case-sensitive."""
    description: str
    """The whole description, case-sensitive."""
    handle: str
    is_giftcard: bool
    type: str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas. The relations stay."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 50 by default; 0 for all products."""
    offset: int
    """How many products to skip."""


class AdminPriceListResource(AdminPriceListPrices):
    """Price lists: prices that replace the usual ones, for some time or for some customers.

    Amounts are integers in the smallest currency unit, timestamps are UTC.
    """

    def create(self, payload: AdminPostPriceListsPriceListReq, custom_headers: Headers = None) -> AdminPriceListRes:
        """Create a price list. Return it, as `.price_list`, with its `prices` and `customer_groups`.

        `POST /admin/price-lists`

        It is a draft unless `status` says otherwise. The backend takes a price for an unknown variant: `variants` of
        that price is empty, and no variant has the price. Raises `ValueError` for a negative price. Raises
        `MedusaInvalidRequestError` for a missing or malformed value, `MedusaNotFoundError` for an unknown currency or
        customer group, and `MedusaServerError` for an unknown region or a malformed date.
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
        """Change a price list. Return it, as `.price_list`, with its `prices` and `customer_groups`.

        `POST /admin/price-lists/{id}`

        Keys that the payload leaves out keep their values. Prices without an ID are added each time, even if the same
        price is there: so a call with such prices is not retried. The backend takes a price for an unknown variant,
        which no variant then has. Raises `ValueError` for a negative price. Raises `MedusaInvalidRequestError` for a
        malformed value, `MedusaNotFoundError` for an unknown price list, currency or customer group, and
        `MedusaServerError` for an unknown region or a malformed date.
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
        """Delete a price list with its prices.

        `DELETE /admin/price-lists/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminPriceListDeleteRes, "/admin/price-lists/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminPriceListRes:
        """Return the price list with this ID, as `.price_list`, with its `prices` and `customer_groups`.

        `GET /admin/price-lists/{id}`

        Each price has its `variant`. Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminPriceListRes, "/admin/price-lists/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetPriceListPaginationParams | None = None, custom_headers: Headers = None
    ) -> AdminPriceListsListRes:
        """Return a page of price lists, as `.price_lists`, the newest first. A page has 10 price lists by default.

        `GET /admin/price-lists`

        They come without `prices` and `customer_groups`; `expand` names what to send. An unknown name in `expand` or
        `order` ends the backend's process: this raises `MedusaConnectionError`, and the call is not retried. Raises
        `TypeError` if `customer_groups` is no list, which would end it, too, and `MedusaInvalidRequestError` for an
        unknown key or a malformed value in `query`.
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
        """Return an iterator over all price lists, which fetches a page when it is needed.

        `GET /admin/price-lists`

        The price lists are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
        """Return a page of the products with a price in a price list, as `.products`. A page has 50 by default.

        `GET /admin/price-lists/{id}/products`

        The newest come first. `prices` of a variant are those of this price list and its usual ones, whose
        `price_list_id` is None. The list is empty for an unknown price list. Raises `MedusaInvalidRequestError` for an
        unknown key or a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields`
        or `order`.
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
        """Return an iterator over all products with a price in a price list, which fetches a page when it is needed.

        `GET /admin/price-lists/{id}/products`

        The products are sorted by ID unless `query` has an `order`. Raises what `list_products` raises.
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
