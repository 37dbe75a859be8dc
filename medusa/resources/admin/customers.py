"""Customers, as the merchant sees them."""

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
    """A customer."""

    customer: Customer


@entity
class AdminCustomersListRes(Result):
    """A page of customers."""

    customers: list[Customer]
    count: int
    """How many customers match in all."""
    offset: int
    limit: int


class AdminPostCustomersReq(TypedDict):
    """A new customer."""

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
    """What to change of a customer."""

    email: str
    """Only the address of a guest can change."""
    first_name: str | None
    last_name: str | None
    password: str
    phone: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay. None changes nothing."""
    groups: list[AdminPostCustomersCustomerReqGroup] | None
    """All groups of the customer: they replace the present ones. None changes nothing."""


class AdminGetCustomersParams(TypedDict, total=False):
    """Which customers to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 50 by default; 0 for all customers."""
    offset: int
    """How many customers to skip."""
    expand: str
    """Relations to send, separated by commas. An unknown name ends the backend's process."""
    fields: str
    """The backend accepts it and ignores it."""
    q: str
    """A text to find in the e-mail address, the first name and the last name, in any case."""
    has_account: bool
    """Whether to list registered customers or guests."""
    groups: list[str]
    """IDs of customer groups. Must be a list, even of one ID: a text would end the backend's process."""
    order: str
    """The field to sort by, with `-` before it for the reverse order. An unknown field ends the backend's process."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator


class AdminCustomersResource(Resource):
    """Customers: those who registered, and guests who ordered.

    Customers can't be deleted.
    """

    def create(self, payload: AdminPostCustomersReq, custom_headers: Headers = None) -> AdminCustomersRes:
        """Register a customer. Return the customer, as `.customer`.

        `POST /admin/customers`

        The response holds the secret `password_hash`, but not `orders` and `shipping_addresses`. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed (400), and, with the type `duplicate_error`, if a
        registered customer has this e-mail address (422).
        """
        return self._post(AdminCustomersRes, "/admin/customers", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostCustomersCustomerReq, custom_headers: Headers = None
    ) -> AdminCustomersRes:
        """Change a customer. Return the customer, as `.customer`, with `orders` and `shipping_addresses`.

        `POST /admin/customers/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value and
        for another e-mail address of a registered customer, and `MedusaNotFoundError` for an unknown customer or group.
        """
        return self._post(
            AdminCustomersRes, "/admin/customers/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def retrieve(self, id: str, custom_headers: Headers = None, *, expand: Names = None) -> AdminCustomersRes:
        """Return the customer with this ID, as `.customer`, with `orders` and `shipping_addresses`.

        `GET /admin/customers/{id}`

        The route has no `fields`. Raises `MedusaNotFoundError` for an unknown ID.
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
        """Return a page of customers, as `.customers`.

        `GET /admin/customers`

        `.count` is the number of all customers that match. The default page has 50 customers; its order is not stable
        unless `query` has an `order`. An unknown name in `expand` or `order` ends the backend's process: this raises
        `MedusaConnectionError`, and the call is not retried. Raises `TypeError` if `groups` is no list, and
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`.
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
        """Return an iterator over all customers, which fetches a page when it is needed.

        `GET /admin/customers`

        The customers are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
