"""Customer groups: customers who share prices or discounts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .checks import check_list
from .customers import AdminCustomersListRes
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.customer import Customer
    from ...models.customer_group import CustomerGroup
    from ..comparisons import DateComparisonOperator, StringComparisonOperator
    from .customers import AdminGetCustomersParams

__all__ = [
    "AdminCustomerGroupsDeleteRes",
    "AdminCustomerGroupsListRes",
    "AdminCustomerGroupsRes",
    "AdminCustomerGroupsResource",
    "AdminDeleteCustomerGroupsGroupCustomerBatchReq",
    "AdminGetCustomerGroupsGroupParams",
    "AdminGetCustomerGroupsParams",
    "AdminPostCustomerGroupsGroupCustomersBatchReq",
    "AdminPostCustomerGroupsGroupReq",
    "AdminPostCustomerGroupsReq",
    "CustomerGroupsBatchCustomer",
]


@entity
class AdminCustomerGroupsRes(Result):
    """A customer group."""

    customer_group: CustomerGroup


@entity
class AdminCustomerGroupsDeleteRes(DeleteResponse):
    """The ID of the deleted customer group."""


@entity
class AdminCustomerGroupsListRes(Result):
    """A page of customer groups."""

    customer_groups: list[CustomerGroup]
    count: int
    """How many customer groups match in all."""
    offset: int
    limit: int


class AdminPostCustomerGroupsReq(TypedDict):
    """A new customer group."""

    name: str
    """Must be unique."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostCustomerGroupsGroupReq(TypedDict, total=False):
    """What to change of a customer group."""

    name: str
    """Must be unique."""
    metadata: dict[str, Any]
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminGetCustomerGroupsGroupParams(TypedDict, total=False):
    """What to send of a customer group."""

    expand: str
    """Relations to send, separated by commas: `customers`, `price_lists`."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminGetCustomerGroupsParams(TypedDict, total=False):
    """Which customer groups to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 10 by default; 0 for all customer groups."""
    offset: int
    """How many customer groups to skip."""
    q: str
    """A text to find in the name, in any case."""
    id: str | list[str] | StringComparisonOperator
    """The published type has it, but the backend refuses it in every form (400)."""
    name: list[str]
    """Whole names, case-sensitive. Must be a list, even of one name."""
    discount_condition_id: str
    """List the groups that this condition of a discount names."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order; `-created_at` by default."""
    expand: str
    """Relations to send, separated by commas: `customers`, `price_lists`."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class CustomerGroupsBatchCustomer(TypedDict):
    """A customer."""

    id: str


class AdminPostCustomerGroupsGroupCustomersBatchReq(TypedDict):
    """The customers to add to a group."""

    customer_ids: list[CustomerGroupsBatchCustomer]


class AdminDeleteCustomerGroupsGroupCustomerBatchReq(TypedDict):
    """The customers to remove from a group."""

    customer_ids: list[CustomerGroupsBatchCustomer]


class AdminCustomerGroupsResource(Resource):
    """Customer groups and their customers."""

    def create(self, payload: AdminPostCustomerGroupsReq, custom_headers: Headers = None) -> AdminCustomerGroupsRes:
        """Create a customer group. Return it, as `.customer_group`.

        `POST /admin/customer-groups`

        Raises `MedusaInvalidRequestError` if a value is missing or malformed (400), and, with the type
        `duplicate_error`, if another group has this name (422).
        """
        return self._post(AdminCustomerGroupsRes, "/admin/customer-groups", json=payload, headers=custom_headers)

    def retrieve(
        self,
        id: str,
        query: AdminGetCustomerGroupsGroupParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminCustomerGroupsRes:
        """Return the customer group with this ID, as `.customer_group`.

        `GET /admin/customer-groups/{id}`

        Its `customers` and `price_lists` are sent if `expand` names them. Raises `MedusaNotFoundError` for an unknown
        ID.
        """
        return self._get(
            AdminCustomerGroupsRes,
            "/admin/customer-groups/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def update(
        self, id: str, payload: AdminPostCustomerGroupsGroupReq, custom_headers: Headers = None
    ) -> AdminCustomerGroupsRes:
        """Change a customer group. Return it, as `.customer_group`.

        `POST /admin/customer-groups/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value
        (400), and, with the type `duplicate_error`, if another group has this name (422). Raises `MedusaNotFoundError`
        for an unknown ID.
        """
        return self._post(
            AdminCustomerGroupsRes,
            "/admin/customer-groups/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="metadata is null",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminCustomerGroupsDeleteRes:
        """Delete a customer group. Its customers stay.

        `DELETE /admin/customer-groups/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminCustomerGroupsDeleteRes, "/admin/customer-groups/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetCustomerGroupsParams | None = None, custom_headers: Headers = None
    ) -> AdminCustomerGroupsListRes:
        """Return a page of customer groups, as `.customer_groups`, the newest first.

        `GET /admin/customer-groups`

        `.count` is the number of all customer groups that match. The default page has 10 customer groups. Raises
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`.
        """
        return self._get(
            AdminCustomerGroupsListRes,
            "/admin/customer-groups",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetCustomerGroupsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[CustomerGroup]:
        """Return an iterator over all customer groups, which fetches a page when it is needed.

        `GET /admin/customer-groups`

        The customer groups are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "customer_groups",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def add_customers(
        self, id: str, payload: AdminPostCustomerGroupsGroupCustomersBatchReq, custom_headers: Headers = None
    ) -> AdminCustomerGroupsRes:
        """Add customers to a group. Return the group, as `.customer_group`, without its customers.

        `POST /admin/customer-groups/{id}/customers/batch`

        Customers who are in the group already stay in it. Raises `MedusaInvalidRequestError` for a malformed value, and
        `MedusaNotFoundError` for an unknown group or customer.
        """
        return self._post(
            AdminCustomerGroupsRes,
            "/admin/customer-groups/{id}/customers/batch",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="customer_ids is missing",
        )

    def remove_customers(
        self, id: str, payload: AdminDeleteCustomerGroupsGroupCustomerBatchReq, custom_headers: Headers = None
    ) -> AdminCustomerGroupsRes:
        """Remove customers from a group. Return the group, as `.customer_group`, without its customers.

        `DELETE /admin/customer-groups/{id}/customers/batch`

        Customers who are not in the group are ignored, unknown ones too. Raises `MedusaInvalidRequestError` for a
        malformed value, and `MedusaNotFoundError` for an unknown group.
        """
        return self._delete(
            AdminCustomerGroupsRes,
            "/admin/customer-groups/{id}/customers/batch",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="customer_ids is missing",
        )

    def list_customers(
        self, id: str, query: AdminGetCustomersParams | None = None, custom_headers: Headers = None
    ) -> AdminCustomersListRes:
        """Return a page of the customers of a group, as `.customers`.

        `GET /admin/customer-groups/{id}/customers`

        `.count` is the number of all customers that match. It is 0 for an unknown group. The default page has 50
        customers; its order is not stable unless `query` has an `order`. An unknown name in `expand` or `order` ends
        the backend's process: this raises `MedusaConnectionError`, and the call is not retried. Raises `TypeError` if
        `groups` is no list, and `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`.
        """
        query = {} if query is None else query
        check_list(query, "groups")
        return self._get(
            AdminCustomersListRes,
            "/admin/customer-groups/{id}/customers",
            id,
            query=query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
            fatal_keys=("expand", "order"),
        )

    def iterate_customers(
        self,
        id: str,
        query: AdminGetCustomersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Customer]:
        """Return an iterator over all customers of a group, which fetches a page when it is needed.

        `GET /admin/customer-groups/{id}/customers`

        The customers are sorted by ID unless `query` has an `order`. Raises what `list_customers` raises.
        """
        return iterate(
            partial(self.list_customers, id),
            "customers",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
