"""Orders of the Admin: read and change them, and handle their payments."""

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
    """A page of orders."""

    orders: list[Order]
    count: int
    """How many orders match in all."""
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
    """What to change of an order.

    The backend refuses `items`, `region` and `discounts`, which the published type has. It accepts `payment_method` and
    `shipping_method` without any effect. An order's `metadata` can't be changed.
    """

    email: str
    billing_address: AddressPayload | None
    """The parts that change, and always `country_code`, a country of the order's region."""
    shipping_address: AddressPayload | None
    """As `billing_address`."""
    items: list[dict[str, Any]] | None
    """Refused by the backend."""
    region: str | None
    """Refused by the backend."""
    discounts: list[dict[str, Any]] | None
    """Refused by the backend."""
    customer_id: str
    payment_method: AdminPostOrdersOrderReqPaymentMethod | None
    """Without effect."""
    shipping_method: list[AdminPostOrdersOrderReqShippingMethod] | None
    """Without effect."""
    no_notification: bool | None
    """Whether the customer is not notified of what happens to the order. The backend ignores False."""


class FindParams(TypedDict, total=False):
    """What to return of an object."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminGetOrdersParams(TypedDict, total=False):
    """Which orders to list, and what of them."""

    limit: int
    """The size of the page, 50 by default; 0 for all orders."""
    offset: int
    """How many orders to skip."""
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas. All totals are sent if this is given, and none without."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    q: str
    """A text to find in the display ID, the e-mail address, the customer's names and phone number, and the first name
    of the shipping address. It finds no order without a shipping address."""
    id: str
    status: list[OrderStatus | str]
    fulfillment_status: list[FulfillmentStatus | str]
    payment_status: list[PaymentStatus | str]
    display_id: str
    """The number that the customer knows the order by."""
    cart_id: str
    customer_id: str
    email: str
    """The whole e-mail address, in the case in which the order has it."""
    region_id: str | list[str]
    currency_code: str
    """ISO 4217, lower case."""
    tax_rate: str
    """Percent. It matches only orders that have a rate of their own."""
    sales_channel_id: list[str]
    canceled_at: DateComparisonOperator
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator


class AdminPostOrdersOrderRefundsReq(TypedDict):
    """What to refund of an order."""

    amount: int
    """Smallest currency unit, at least 1 and at most the order's `refundable_amount`."""
    reason: RefundReason | str
    note: NotRequired[str | None]
    no_notification: NotRequired[bool | None]
    """Whether the customer is not notified. The order's own setting holds if this is not given."""


class AdminPostOrdersOrderShippingMethodsReq(TypedDict):
    """A new shipping method."""

    price: int
    """Smallest currency unit, at least 0."""
    option_id: str
    data: NotRequired[dict[str, Any] | None]
    """What the fulfillment provider needs, such as a pick-up point."""


class AdminOrdersResource(AdminOrderFulfillments, AdminOrderReturns, AdminOrderSwaps, AdminOrderClaims):
    """Orders.

    Amounts are integers in the smallest unit of `order.currency_code`, rates are percentages, timestamps are UTC. A
    method that changes an order returns it as `retrieve` does, with all default relations and totals.
    """

    def update(self, id: str, payload: AdminPostOrdersOrderReq, custom_headers: Headers = None) -> AdminOrdersRes:
        """Change an order. Return it, as `.order`.

        `POST /admin/orders/{id}`

        Keys that the payload leaves out keep their values, in addresses too. Raises `MedusaNotFoundError` for an
        unknown order or customer, and `MedusaInvalidRequestError` for a canceled order, a malformed value, an address
        whose country is not in the order's region, and what the backend refuses.
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
        """Return the order with this ID, as `.order`, with its totals.

        `GET /admin/orders/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, and `MedusaServerError` for an unknown name in `expand` or
        `fields`.
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
        """Return a page of orders, as `.orders`, the newest first.

        `GET /admin/orders`

        `.count` is the number of all orders that match. Totals such as `total` are included only if `fields` is given,
        such as `{"fields": "id,display_id"}`. Raises `MedusaInvalidRequestError` for an unknown key or a malformed
        value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`, and for an
        `expand` that is a list.
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
        """Return an iterator over all orders, which fetches a page when it is needed.

        `GET /admin/orders`

        The orders are sorted by ID, the oldest first, unless `query` has an `order`. Raises what `list` raises.
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
        """Mark an order as completed. Return it, as `.order`.

        `POST /admin/orders/{id}/complete`

        The backend checks neither payment nor shipment. A completed order stays completed, an archived one becomes
        completed. Raises `MedusaNotFoundError` for an unknown order and `MedusaInvalidRequestError` for a canceled one.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/complete", id, headers=custom_headers, repeatable=True)

    def capture_payment(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Capture the payments of an order. Return it, as `.order`.

        `POST /admin/orders/{id}/capture`

        Payments that are captured already are left alone. If a payment provider fails, `payment_status` becomes
        "requires_action" and no error is raised. Raises `MedusaNotFoundError` for an unknown order and
        `MedusaInvalidRequestError` for a canceled one.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/capture", id, headers=custom_headers)

    def refund_payment(
        self, id: str, payload: AdminPostOrdersOrderRefundsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Refund an amount to the customer. Return the order, as `.order`, with its `refunds`.

        `POST /admin/orders/{id}/refund`

        Raises `ValueError` for an amount that is not greater than 0, `MedusaNotFoundError` for an unknown order,
        `MedusaInvalidRequestError` for an amount above what is captured and not refunded yet, for a canceled order, and
        if a value is missing or malformed, and `MedusaServerError` for an unknown `reason`.
        """
        check_positive(payload, "amount")
        return self._post(
            AdminOrdersRes,
            "/admin/orders/{id}/refund",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="reason is none of discount, return, swap, claim and other",
        )

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminOrdersRes:
        """Cancel an order. Return it, as `.order`.

        `POST /admin/orders/{id}/cancel`

        Call it once: a second call succeeds too, and puts the items into stock again, unless the backend has the
        inventory modules. A captured payment is not refunded, and can't be once the order is canceled. Raises
        `MedusaNotFoundError` for an unknown order, and `MedusaInvalidRequestError` for one that has a refund, or a
        fulfillment, return, swap or claim that is not canceled.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/cancel", id, headers=custom_headers)

    def add_shipping_method(
        self, id: str, payload: AdminPostOrdersOrderShippingMethodsReq, custom_headers: Headers = None
    ) -> AdminOrdersRes:
        """Add a shipping method to an order. Return the order, as `.order`.

        `POST /admin/orders/{id}/shipping-methods`

        The order must not have a shipping method of the same shipping profile yet, as most orders do: the backend tries
        to replace it, fails, and answers 404 with the message "null". Raises `MedusaNotFoundError` for this, and for an
        unknown order or shipping option, `MedusaInvalidRequestError` for a canceled order, and if a value is missing or
        malformed, and `MedusaServerError` for a negative price.
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
        """Archive a completed order. Return it, as `.order`.

        `POST /admin/orders/{id}/archive`

        Raises `MedusaNotFoundError` for an unknown order, and `MedusaInvalidRequestError` for one that is not
        completed, or is archived already.
        """
        return self._post(AdminOrdersRes, "/admin/orders/{id}/archive", id, headers=custom_headers)
