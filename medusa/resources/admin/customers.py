"""Customers in the Admin API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .checks import check_list

if TYPE_CHECKING:
    from ...models.customer import Customer
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminCustomersListRes",
    "AdminCustomersRes",
    "AdminCustomersResource",
    "AdminGetCustomersParams",
    "AdminPostCustomersCustomerReq",
    "AdminPostCustomersCustomerReqGroup",
    "AdminPostCustomersReq",
]


@entity
class AdminCustomersRes(Result):
    """Response with one customer."""

    customer: Customer


@entity
class AdminCustomersListRes(Result):
    """Response with a page of customers."""

    customers: list[Customer]
    count: int
    """The number of matching customers on all pages."""
    offset: int
    limit: int


class AdminPostCustomersReq(TypedDict):
    """Payload of `admin.customers.create`."""

    email: str
    """The backend stores it in lower case."""
    first_name: str
    last_name: str
    password: str
    phone: NotRequired[str | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostCustomersCustomerReqGroup(TypedDict):
    """A customer group."""

    id: str


class AdminPostCustomersCustomerReq(TypedDict, total=False):
    """Payload of `admin.customers.update`. Keys that you leave out keep their values."""

    email: str
    """The new address. Only the address of a guest can be changed."""
    first_name: str | None
    last_name: str | None
    password: str
    phone: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values. None changes nothing."""
    groups: list[AdminPostCustomersCustomerReqGroup] | None
    """All groups of the customer. The list replaces the current groups. None changes nothing."""


class AdminGetCustomersParams(TypedDict, total=False):
    """Options of `admin.customers.list`. A customer must match all filters."""

    limit: int
    """The maximum number of customers to return. The default is 50; 0 returns all."""
    offset: int
    """The number of customers to skip."""
    expand: str
    """Relations to return, separated by commas. An unknown name stops the backend's process."""
    fields: str
    """The backend accepts this key and ignores it."""
    q: str
    """Text to find in the e-mail address, the first name and the last name, ignoring case."""
    has_account: bool
    """True lists registered customers, False lists guests."""
    groups: list[str]
    """The IDs of customer groups. Must be a list, even for one ID: a string would stop the backend's process."""
    order: str
    """The field to sort by. Put `-` before the field for descending order. An unknown field stops the backend's
    process.
    """
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator


class AdminCustomersResource(Resource):
    """Customers: people who registered, and guests who ordered.

    The Admin API cannot delete customers.
    """

    def create(self, payload: AdminPostCustomersReq, custom_headers: Headers = None) -> AdminCustomersRes:
        """Register a customer and return the customer as `.customer`.

        `POST /admin/customers`

        The response contains the secret `password_hash`, but not `orders` and `shipping_addresses`.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed (400), or, with the type
        `duplicate_error`, if a registered customer has this e-mail address (422).
        """
        return self._post(AdminCustomersRes, "/admin/customers", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostCustomersCustomerReq, custom_headers: Headers = None
    ) -> AdminCustomersRes:
        """Change a customer and return the customer as `.customer`, with `orders` and `shipping_addresses`.

        `POST /admin/customers/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaInvalidRequestError` if a value is malformed, or if the payload changes the e-mail address of a
        registered customer. Raises `MedusaNotFoundError` if the customer or a group does not exist.
        """
        return self._post(
            AdminCustomersRes, "/admin/customers/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def retrieve(self, id: str, custom_headers: Headers = None, *, expand: Names = None) -> AdminCustomersRes:
        """Return the customer with this ID as `.customer`, with `orders` and `shipping_addresses`.

        `GET /admin/customers/{id}`

        This route does not support `fields`.

        Raises `MedusaNotFoundError` if no customer has this ID. Raises `MedusaServerError` if `expand` contains an
        unknown name.
        """
        return self._get(
            AdminCustomersRes,
            "/admin/customers/{id}",
            id,
            query=selection(expand=expand),
            headers=custom_headers,
            causes_of_500="expand has an unknown name",
        )

    def list(
        self, query: AdminGetCustomersParams | None = None, custom_headers: Headers = None
    ) -> AdminCustomersListRes:
        """Return a page of customers as `.customers`.

        `GET /admin/customers`

        A page has 50 customers by default. The order is not stable unless `query` has an `order`. `.count` is the
        number of all customers that match.

        An unknown name in `expand` or `order` stops the backend's process: the call raises `MedusaConnectionError` and
        is not retried.

        Raises `TypeError` if `groups` is not a list. Raises `MedusaInvalidRequestError` if `query` contains an unknown
        key or a malformed value. Raises `MedusaServerError` if `limit` or `offset` is negative.
        """
        query = {} if query is None else query
        check_list(query, "groups")
        return self._get(
            AdminCustomersListRes,
            "/admin/customers",
            query=query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
            fatal_keys=("expand", "order"),
        )

    def iterate(
        self,
        query: AdminGetCustomersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Customer]:
        """Return an iterator over all customers. Each page is fetched when it is needed.

        `GET /admin/customers`

        The customers are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "customers",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
