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
    from ..comparisons import DateComparisonOperator
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
    """Response with one customer group."""

    customer_group: CustomerGroup


@entity
class AdminCustomerGroupsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted customer group."""


@entity
class AdminCustomerGroupsListRes(Result):
    """Response with a page of customer groups."""

    customer_groups: list[CustomerGroup]
    count: int
    """The number of matching customer groups on all pages."""
    offset: int
    limit: int


class AdminPostCustomerGroupsReq(TypedDict):
    """Payload of `admin.customer_groups.create`."""

    name: str
    """Must be unique."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostCustomerGroupsGroupReq(TypedDict, total=False):
    """Payload of `admin.customer_groups.update`. Keys that you leave out keep their values."""

    name: str
    """Must be unique."""
    metadata: dict[str, Any]
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminGetCustomerGroupsGroupParams(TypedDict, total=False):
    """Which relations and fields of a customer group to return."""

    expand: str
    """Relations to return, separated by commas: `customers`, `price_lists`."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminGetCustomerGroupsParams(TypedDict, total=False):
    """Options of `admin.customer_groups.list`. A customer group must match all filters.

    The published type also has `id`, but the backend rejects it in every form.
    """

    limit: int
    """The maximum number of customer groups to return. The default is 10; 0 returns all."""
    offset: int
    """The number of customer groups to skip."""
    q: str
    """Text to find in the name, ignoring case."""
    name: list[str]
    """The exact names, case-sensitive. Must be a list, even for one name."""
    discount_condition_id: str
    """The ID of a discount condition that lists the groups."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    expand: str
    """Relations to return, separated by commas: `customers`, `price_lists`."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


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
        """Create a customer group and return it as `.customer_group`.

        `POST /admin/customer-groups`

        Raises `MedusaInvalidRequestError` if a value is missing or malformed (400), or, with the type
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
        """Return the customer group with this ID as `.customer_group`.

        `GET /admin/customer-groups/{id}`

        The response includes `customers` and `price_lists` only if `expand` names them.

        Raises `MedusaNotFoundError` if no group has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
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
        """Change a customer group and return it as `.customer_group`.

        `POST /admin/customer-groups/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaInvalidRequestError` if a value is malformed (400), or, with the type `duplicate_error`, if
        another group has this name (422). Raises `MedusaNotFoundError` if no group has this ID. Raises
        `MedusaServerError` if `metadata` is None.
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
        """Delete a customer group. Its customers remain.

        `DELETE /admin/customer-groups/{id}`

        The result is the same if no group has this ID.
        """
        return self._delete(AdminCustomerGroupsDeleteRes, "/admin/customer-groups/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetCustomerGroupsParams | None = None, custom_headers: Headers = None
    ) -> AdminCustomerGroupsListRes:
        """Return a page of customer groups as `.customer_groups`, newest first.

        `GET /admin/customer-groups`

        A page has 10 customer groups by default. `.count` is the number of all customer groups that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
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
        """Return an iterator over all customer groups. Each page is fetched when it is needed.

        `GET /admin/customer-groups`

        The customer groups are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Add customers to a group and return the group as `.customer_group`, without its customers.

        `POST /admin/customer-groups/{id}/customers/batch`

        Customers who are already in the group stay in it.

        Raises `MedusaInvalidRequestError` if a value is malformed. Raises `MedusaNotFoundError` if the group or a
        customer does not exist. Raises `MedusaServerError` if `customer_ids` is missing.
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
        """Remove customers from a group and return the group as `.customer_group`, without its customers.

        `DELETE /admin/customer-groups/{id}/customers/batch`

        The backend ignores unknown customers and customers who are not in the group.

        Raises `MedusaInvalidRequestError` if a value is malformed. Raises `MedusaNotFoundError` if no group has this
        ID. Raises `MedusaServerError` if `customer_ids` is missing.
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
        """Return a page of the customers of a group as `.customers`.

        `GET /admin/customer-groups/{id}/customers`

        A page has 50 customers by default. The order is not stable unless `query` has an `order`. `.count` is the
        number of all customers that match, and 0 if no group has this ID.

        An unknown name in `expand` or `order` stops the backend's process: the call raises `MedusaConnectionError` and
        is not retried.

        Raises `TypeError` if `groups` is not a list. Raises `MedusaInvalidRequestError` if `query` contains an unknown
        key or a malformed value. Raises `MedusaServerError` if `limit` or `offset` is negative.
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
        """Return an iterator over all customers of a group. Each page is fetched when it is needed.

        `GET /admin/customer-groups/{id}/customers`

        The customers are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list_customers`.
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
