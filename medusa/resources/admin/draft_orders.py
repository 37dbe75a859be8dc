"""Draft orders: orders that the shop prepares for a customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative, check_positive, check_whole
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.draft_order import DraftOrder, DraftOrderStatus
    from ...models.order import Order
    from ..addresses import AddressPayload
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminDraftOrdersDeleteRes",
    "AdminDraftOrdersListRes",
    "AdminDraftOrdersRes",
    "AdminDraftOrdersResource",
    "AdminGetDraftOrdersParams",
    "AdminPostDraftOrdersDraftOrderLineItemsItemReq",
    "AdminPostDraftOrdersDraftOrderLineItemsReq",
    "AdminPostDraftOrdersDraftOrderRegisterPaymentRes",
    "AdminPostDraftOrdersDraftOrderReq",
    "AdminPostDraftOrdersReq",
    "AdminPostDraftOrdersReqDiscount",
    "AdminPostDraftOrdersReqItem",
    "AdminPostDraftOrdersReqShippingMethod",
]


@entity
class AdminDraftOrdersRes(Result):
    """A draft order."""

    draft_order: DraftOrder


@entity
class AdminDraftOrdersListRes(Result):
    """A page of draft orders."""

    draft_orders: list[DraftOrder]
    count: int
    """How many draft orders match in all."""
    offset: int
    limit: int


@entity
class AdminDraftOrdersDeleteRes(DeleteResponse):
    """The ID of the deleted draft order."""


@entity
class AdminPostDraftOrdersDraftOrderRegisterPaymentRes(Result):
    """The order that a draft order has become."""

    order: Order


class AdminPostDraftOrdersReqItem(TypedDict):
    """An item: a variant, or anything else with a title and a price of its own."""

    quantity: int
    variant_id: NotRequired[str]
    title: NotRequired[str]
    """`Custom item` if neither this nor `variant_id` is given."""
    unit_price: NotRequired[int]
    """Smallest currency unit, at least 0. It replaces the variant's price; without a variant it is 0 by default."""
    metadata: NotRequired[dict[str, Any]]


class AdminPostDraftOrdersReqDiscount(TypedDict):
    """A discount."""

    code: str


class AdminPostDraftOrdersReqShippingMethod(TypedDict):
    """How the items are sent."""

    option_id: str
    data: NotRequired[dict[str, Any]]
    price: NotRequired[int]
    """Smallest currency unit, at least 0. It replaces the price of the shipping option."""


class AdminPostDraftOrdersReq(TypedDict):
    """A new draft order."""

    email: str
    region_id: str
    shipping_methods: list[AdminPostDraftOrdersReqShippingMethod]
    items: NotRequired[list[AdminPostDraftOrdersReqItem] | None]
    billing_address: NotRequired[AddressPayload | str | None]
    """An address, or the ID of one."""
    shipping_address: NotRequired[AddressPayload | str | None]
    """An address, or the ID of one."""
    discounts: NotRequired[list[AdminPostDraftOrdersReqDiscount] | None]
    customer_id: NotRequired[str | None]
    """The backend does not check it."""
    no_notification_order: NotRequired[bool | None]
    """Whether the customer gets no notification of the order."""
    status: NotRequired[DraftOrderStatus | str | None]
    """The backend accepts it, but a new draft order is always open."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDraftOrdersDraftOrderReq(TypedDict, total=False):
    """What to change of a draft order."""

    region_id: str | None
    country_code: str | None
    """ISO 3166-1 alpha-2 in lower case, such as "fr"."""
    email: str | None
    billing_address: AddressPayload | str | None
    """An address, or the ID of one."""
    shipping_address: AddressPayload | str | None
    """An address, or the ID of one."""
    discounts: list[AdminPostDraftOrdersReqDiscount] | None
    """All discounts that the draft order shall have."""
    no_notification_order: bool | None
    customer_id: str | None


class AdminPostDraftOrdersDraftOrderLineItemsReq(TypedDict):
    """An item to add."""

    quantity: int
    variant_id: NotRequired[str | None]
    title: NotRequired[str | None]
    """`Custom item` if neither this nor `variant_id` is given."""
    unit_price: NotRequired[int | None]
    """Smallest currency unit, at least 0. It replaces the variant's price; without a variant it is 0 by default."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDraftOrdersDraftOrderLineItemsItemReq(TypedDict, total=False):
    """What to change of an item."""

    title: str | None
    unit_price: int | None
    """Smallest currency unit, at least 0."""
    quantity: int | None
    """0 removes the item."""
    metadata: dict[str, Any] | None


class AdminGetDraftOrdersParams(TypedDict, total=False):
    """Which draft orders to list."""

    q: str
    """A text to find in the display ID and in the e-mail address."""
    status: list[DraftOrderStatus | str]
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    offset: int
    """How many draft orders to skip."""
    limit: int
    """The size of the page, 50 by default; 0 for all draft orders."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """The backend refuses every value but a number, and ignores that."""


class AdminDraftOrdersResource(Resource):
    """Draft orders. Amounts are in the smallest unit of the region's currency."""

    def create(self, payload: AdminPostDraftOrdersReq, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Create a draft order. Return it, as `.draft_order`, with its `cart`.

        `POST /admin/draft-orders`

        The backend does not look whether the items are in stock. Raises `ValueError` for a negative price, and for a
        quantity or unit price that would end Medusa's process: a quantity of 0, a fraction, or more than 2147483647.
        Raises `MedusaNotFoundError` for an unknown region, discount or shipping option, `MedusaInvalidRequestError` if
        a value is missing or malformed and for an unknown variant, and `MedusaServerError` for a shipping price that is
        a fraction.
        """
        check_positive(payload, "items[].quantity")
        check_not_negative(payload, "items[].unit_price", "shipping_methods[].price")
        check_whole(payload, "items[].quantity", "items[].unit_price")
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders",
            json=payload,
            headers=custom_headers,
            causes_of_500="the price of a shipping method is not a whole number",
        )

    def add_line_item(
        self, id: str, payload: AdminPostDraftOrdersDraftOrderLineItemsReq, custom_headers: Headers = None
    ) -> AdminDraftOrdersRes:
        """Add an item. Return the draft order, as `.draft_order`.

        `POST /admin/draft-orders/{id}/line-items`

        The response has no `order`. Raises `ValueError` for a negative price and for a quantity that is not greater
        than 0, `MedusaNotFoundError` for an unknown draft order, and `MedusaInvalidRequestError` if a value is missing
        or malformed and for a draft order that is paid.
        """
        check_positive(payload, "quantity")
        check_not_negative(payload, "unit_price")
        route = "/admin/draft-orders/{id}/line-items"
        return self._post(AdminDraftOrdersRes, route, id, json=payload, headers=custom_headers)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDraftOrdersDeleteRes:
        """Delete a draft order that is not paid.

        `DELETE /admin/draft-orders/{id}`

        The result is the same for an unknown ID. Raises `MedusaNotFoundError` for a draft order that is paid.
        """
        return self._delete(AdminDraftOrdersDeleteRes, "/admin/draft-orders/{id}", id, headers=custom_headers)

    def remove_line_item(self, id: str, item_id: str, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Remove an item. Return the draft order, as `.draft_order`.

        `DELETE /admin/draft-orders/{id}/line-items/{item_id}`

        An unknown item changes nothing. The response has no `order`. Raises `MedusaNotFoundError` for an unknown draft
        order and `MedusaInvalidRequestError` for one that is paid.
        """
        route = "/admin/draft-orders/{id}/line-items/{item_id}"
        return self._delete(AdminDraftOrdersRes, route, id, item_id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Return the draft order with this ID, as `.draft_order`, with its `cart`, its `order` and the cart's totals.

        `GET /admin/draft-orders/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminDraftOrdersRes, "/admin/draft-orders/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetDraftOrdersParams | None = None, custom_headers: Headers = None
    ) -> AdminDraftOrdersListRes:
        """Return a page of draft orders, as `.draft_orders`, the newest first.

        `GET /admin/draft-orders`

        `.count` is the number of all draft orders that match. Raises `MedusaInvalidRequestError` for an unknown key or
        a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand` or `order`.
        """
        return self._get(
            AdminDraftOrdersListRes,
            "/admin/draft-orders",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetDraftOrdersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[DraftOrder]:
        """Return an iterator over all draft orders, which fetches a page when it is needed.

        `GET /admin/draft-orders`

        The draft orders are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "draft_orders",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def mark_paid(self, id: str, custom_headers: Headers = None) -> AdminPostDraftOrdersDraftOrderRegisterPaymentRes:
        """Turn a draft order into an order that counts as paid. Return the order, as `.order`.

        `POST /admin/draft-orders/{id}/pay`

        The order's payment has the provider `system`; nothing is charged. The backend does not look whether the items
        are in stock. Raises `MedusaNotFoundError` for an unknown ID, and `MedusaInvalidRequestError` for a draft order
        without items (400) or one that is paid (422, with the type `duplicate_error`).
        """
        route = "/admin/draft-orders/{id}/pay"
        return self._post(AdminPostDraftOrdersDraftOrderRegisterPaymentRes, route, id, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostDraftOrdersDraftOrderReq, custom_headers: Headers = None
    ) -> AdminDraftOrdersRes:
        """Change a draft order. Return it, as `.draft_order`.

        `POST /admin/draft-orders/{id}`

        Keys that the payload leaves out keep their values. An address replaces the former one. The response has no
        `order`. Raises `MedusaNotFoundError` for an unknown draft order, region or discount, and
        `MedusaInvalidRequestError` for a malformed value and for a draft order that is paid.
        """
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def update_line_item(
        self,
        id: str,
        item_id: str,
        payload: AdminPostDraftOrdersDraftOrderLineItemsItemReq,
        custom_headers: Headers = None,
    ) -> AdminDraftOrdersRes:
        """Change an item. Return the draft order, as `.draft_order`.

        `POST /admin/draft-orders/{id}/line-items/{item_id}`

        Keys that the payload leaves out keep their values. Raises `ValueError` for a negative price or quantity,
        `MedusaNotFoundError` for an unknown draft order, and `MedusaInvalidRequestError` for an unknown item, a
        malformed value, or a draft order that is paid.
        """
        check_not_negative(payload, "unit_price", "quantity")
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders/{id}/line-items/{item_id}",
            id,
            item_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
