"""Orders in the Admin API: read and change them, and handle their payments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Result, selection
from ..pages import iterate
from .checks import check_positive
from .order_claims import AdminOrderClaims
from .order_fulfillments import AdminOrderFulfillments
from .order_result import AdminOrdersRes
from .order_returns import AdminOrderReturns
from .order_swaps import AdminOrderSwaps

if TYPE_CHECKING:
    from ...models.order import FulfillmentStatus, Order, OrderStatus, PaymentStatus
    from ...models.payment import RefundReason
    from ..addresses import AddressPayload
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminGetOrdersParams",
    "AdminOrdersListRes",
    "AdminOrdersResource",
    "AdminPostOrdersOrderRefundsReq",
    "AdminPostOrdersOrderReq",
    "AdminPostOrdersOrderReqPaymentMethod",
    "AdminPostOrdersOrderReqShippingMethod",
    "AdminPostOrdersOrderShippingMethodsReq",
    "FindParams",
]


@entity
class AdminOrdersListRes(Result):
    """Response with a page of orders."""

    orders: list[Order]
    count: int
    """The number of matching orders on all pages."""
    offset: int
    limit: int


class AdminPostOrdersOrderReqPaymentMethod(TypedDict, total=False):
    """A payment method."""

    provider_id: str
    data: dict[str, Any]


class AdminPostOrdersOrderReqShippingMethod(TypedDict, total=False):
    """A shipping method."""

    provider_id: str
    profile_id: str
    price: int
    """Smallest currency unit."""
    data: dict[str, Any]
    items: list[dict[str, Any]]


class AdminPostOrdersOrderReq(TypedDict, total=False):
    """Payload of `admin.orders.update`. Keys that you leave out keep their values.

    The backend rejects `items`, `region` and `discounts`, although the published type has them. It accepts
    `payment_method` and `shipping_method` but ignores them. The `metadata` of an order cannot be changed.
    """

    email: str
    billing_address: AddressPayload | None
    """The parts to change. `country_code` is always required and must be a country of the order's region."""
    shipping_address: AddressPayload | None
    """The same rules as for `billing_address` apply."""
    items: list[dict[str, Any]] | None
    """The backend rejects this key."""
    region: str | None
    """The backend rejects this key."""
    discounts: list[dict[str, Any]] | None
    """The backend rejects this key."""
    customer_id: str
    payment_method: AdminPostOrdersOrderReqPaymentMethod | None
    """The backend accepts this key and ignores it."""
    shipping_method: list[AdminPostOrdersOrderReqShippingMethod] | None
    """The backend accepts this key and ignores it."""
    no_notification: bool | None
    """Whether to send the customer no notifications about the order. The backend ignores False."""


class FindParams(TypedDict, total=False):
    """Which relations and fields to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminGetOrdersParams(TypedDict, total=False):
    """Options of `admin.orders.list`."""

    limit: int
    """The maximum number of orders to return. The default is 50; 0 returns all."""
    offset: int
    """The number of orders to skip."""
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas. The totals are included only if this key is given.
    """
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    q: str
    """Text to find in the display ID, the e-mail address, the customer's names and phone number, and the first name in
    the shipping address. Orders without a shipping address never match.
    """
    id: str
    status: list[OrderStatus | str]
    fulfillment_status: list[FulfillmentStatus | str]
    payment_status: list[PaymentStatus | str]
    display_id: str
    """The order number that the customer sees."""
    cart_id: str
    customer_id: str
    email: str
    """The exact e-mail address, case-sensitive."""
    region_id: str | list[str]
    currency_code: str
    """ISO 4217 code in lower case."""
    tax_rate: str
    """Percent. Only orders with their own tax rate match."""
    sales_channel_id: list[str]
    canceled_at: DateComparisonOperator
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator


class AdminPostOrdersOrderRefundsReq(TypedDict):
    """Payload of `admin.orders.refund_payment`."""

    amount: int
    """Smallest currency unit, at least 1 and at most the order's `refundable_amount`."""
    reason: RefundReason | str
    note: NotRequired[str | None]
    no_notification: NotRequired[bool | None]
    """Whether to send the customer no notification. By default, the setting of the order applies."""


class AdminPostOrdersOrderShippingMethodsReq(TypedDict):
    """Payload of `admin.orders.add_shipping_method`."""

    price: int
    """Smallest currency unit, at least 0."""
    option_id: str
    data: NotRequired[dict[str, Any] | None]
    """Data that the fulfillment provider needs, such as a pick-up point."""


class AdminOrdersResource(AdminOrderFulfillments, AdminOrderReturns, AdminOrderSwaps, AdminOrderClaims):
    """Orders.

    Amounts are integers in the smallest unit of `order.currency_code`, rates are percentages, and timestamps are in
    UTC. A method that changes an order returns it like `retrieve`, with all default relations and totals.
    """

    def update(self, id: str, payload: AdminPostOrdersOrderReq, custom_headers: Headers = None) -> AdminOrdersRes:
        """Change an order and return it as `.order`.

        `POST /admin/orders/{id}`

        Keys that you leave out keep their values. This also applies to addresses.

        Raises `MedusaNotFoundError` if the order or the customer does not exist. Raises `MedusaInvalidRequestError` if
        the order is canceled, a value is malformed, the country of an address is not in the order's region, or the
        payload contains a key that the backend rejects.
        """
        return self._post(
            AdminOrdersRes, "/admin/orders/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def retrieve(
        self,
        id: str,
        query: FindParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminOrdersRes:
        """Return the order with this ID as `.order`, with its totals.

        `GET /admin/orders/{id}`

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
        """
        return self._get(
            AdminOrdersRes,
            "/admin/orders/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def list(self, query: AdminGetOrdersParams | None = None, custom_headers: Headers = None) -> AdminOrdersListRes:
        """Return a page of orders as `.orders`, newest first.

        `GET /admin/orders`

        `.count` is the number of all orders that match. The orders include totals, such as `total`, only if `fields` is
        given: for example, `{"fields": "id,display_id"}`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, if `expand` is a list, or if
        `limit` or `offset` is negative.
        """
        return self._get(
            AdminOrdersListRes,
            "/admin/orders",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=(
                "expand, fields or order has an unknown name, expand is a list, or limit or offset is negative"
            ),
        )

    def iterate(
        self,
        query: AdminGetOrdersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Order]:
        """Return an iterator over all orders. Each page is fetched when it is needed.

        `GET /admin/orders`

        The orders are sorted by ID, oldest first, unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "orders",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def complete(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Mark an order as completed and return it as `.order`.

        `POST /admin/orders/{id}/complete`

        The backend does not check whether the order is paid or shipped. Completing a completed order changes nothing,
        and an archived order becomes completed.

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaInvalidRequestError` if the order is
        canceled.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/complete", id, headers=custom_headers, repeatable=True)

    def capture_payment(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Capture the payments of an order and return it as `.order`.

        `POST /admin/orders/{id}/capture`

        Payments that are already captured are not captured again. If a payment provider fails, `payment_status` becomes
        "requires_action" and no error is raised.

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaInvalidRequestError` if the order is
        canceled.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/capture", id, headers=custom_headers)

    def refund_payment(
        self, id: str, payload: AdminPostOrdersOrderRefundsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Refund an amount to the customer. Return the order as `.order`, with its `refunds`.

        `POST /admin/orders/{id}/refund`

        Raises `ValueError` if the amount is not greater than 0. Raises `MedusaNotFoundError` if no order has this ID.
        Raises `MedusaInvalidRequestError` if the amount is above the captured amount that is not refunded yet, if the
        order is canceled, or if a value is missing or malformed. Raises `MedusaServerError` if `reason` is unknown.
        """
        check_positive(payload, "amount")
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/refund",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="reason is not discount, return, swap, claim or other",
        )

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel an order and return it as `.order`.

        `POST /admin/orders/{id}/cancel`

        This call must not be repeated: a second call also succeeds, and puts the items into stock again unless the
        backend has the inventory modules. Canceling does not refund a captured payment, and a canceled order can no
        longer be refunded.

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaInvalidRequestError` if the order has a
        refund, or has a fulfillment, return, swap or claim that is not canceled.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/cancel", id, headers=custom_headers)

    def add_shipping_method(
        self, id: str, payload: AdminPostOrdersOrderShippingMethodsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Add a shipping method to an order and return the order as `.order`.

        `POST /admin/orders/{id}/shipping-methods`

        The order must not have a shipping method of the same shipping profile. Most orders have one: the backend then
        tries to replace it, fails, and responds with 404 and the message "null".

        Raises `MedusaNotFoundError` in this case, and if the order or the shipping option does not exist. Raises
        `MedusaInvalidRequestError` if the order is canceled, or if a value is missing or malformed. Raises
        `MedusaServerError` if the price is negative.
        """
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/shipping-methods",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the price is negative",
        )

    def archive(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Archive a completed order and return it as `.order`.

        `POST /admin/orders/{id}/archive`

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaInvalidRequestError` if the order is not
        completed or is already archived.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/archive", id, headers=custom_headers)
