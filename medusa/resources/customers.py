"""Customers: register them, read and change their data, list their orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, NoContent, Resource, Result
from .lazy import Lazy, lazy
from .pages import iterate

if TYPE_CHECKING:
    from ..models.customer import Customer
    from ..models.order import Order
    from .addresses import AddressesResource, AddressPayload
    from .comparisons import DateComparisonOperator
    from .payment_methods import PaymentMethodsResource

__all__ = [
    "CustomersResource",
    "StoreCustomersListOrdersRes",
    "StoreCustomersRes",
    "StoreGetCustomersCustomerOrdersParams",
    "StorePostCustomersCustomerPasswordTokenReq",
    "StorePostCustomersCustomerReq",
    "StorePostCustomersReq",
    "StorePostCustomersResetPasswordReq",
]


@entity
class StoreCustomersRes(Result):
    """A customer."""

    customer: Customer


@entity
class StoreCustomersListOrdersRes(Result):
    """A page of a customer's orders."""

    orders: list[Order]
    count: int
    """How many orders match in all."""
    offset: int
    limit: int


class StorePostCustomersReq(TypedDict):
    """A new customer.

    The published type requires `first_name` and `last_name`. The backend does not.
    """

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    email: str
    """The backend stores it in lower case."""
    password: str
    phone: NotRequired[str | None]


class StorePostCustomersCustomerReq(TypedDict, total=False):
    """What to change of the logged-in customer."""

    first_name: str | None
    last_name: str | None
    email: str
    """The backend stores it in lower case."""
    password: str
    phone: str | None
    billing_address: AddressPayload | str | None
    """What to change of the present billing address, a new one if there is none, or the ID of an address. None removes
    it."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay. None changes nothing."""


class StoreGetCustomersCustomerOrdersParams(TypedDict, total=False):
    """Which orders to list.

    The published type requires `limit` and `offset`. The backend does not.
    """

    id: str
    q: str
    """A text to find in the e-mail address, the display ID, the names and the phone number."""
    status: list[str]
    """Values of `OrderStatus`."""
    fulfillment_status: list[str]
    """Values of `FulfillmentStatus`."""
    payment_status: list[str]
    """Values of `PaymentStatus`."""
    display_id: int | str
    """The number that the customer knows the order by."""
    cart_id: str
    email: str
    region_id: str
    currency_code: str
    """ISO 4217. Only lower case matches."""
    tax_rate: str
    """The backend accepts it, but no order ever matches."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    canceled_at: DateComparisonOperator
    limit: int
    """How many orders to return, 10 if not given; 0 returns all."""
    offset: int
    """How many orders to skip."""
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class StorePostCustomersResetPasswordReq(TypedDict):
    """A customer's new password, and the token that allows to set it."""

    email: str
    token: str
    password: str


class StorePostCustomersCustomerPasswordTokenReq(TypedDict):
    """The customer who has forgotten the password."""

    email: str


class CustomersResource(Resource):
    """Customers: the logged-in one, and those who register."""

    addresses: Lazy[AddressesResource] = lazy("medusa.resources.addresses:AddressesResource")
    payment_methods: Lazy[PaymentMethodsResource] = lazy("medusa.resources.payment_methods:PaymentMethodsResource")

    def create(self, payload: StorePostCustomersReq, custom_headers: Headers = None) -> StoreCustomersRes:
        """Register a customer. Return the customer, as `.customer`.

        `POST /store/customers`

        This client's login does not change: it does not keep the session that the backend opens. To log the new
        customer in, call `auth.get_token` with the same e-mail address and password. Orders that were placed with this
        address before stay with the guest; the customer can claim them with `orders.request_customer_orders`.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed (400), and, with the type
        `duplicate_error`, if a registered customer has this e-mail address (422).
        """
        return self._post(StoreCustomersRes, "/store/customers", json=payload, headers=custom_headers)

    def retrieve(self, custom_headers: Headers = None) -> StoreCustomersRes:
        """Return the logged-in customer, as `.customer`, with `billing_address` and `shipping_addresses`.

        `GET /store/customers/me`

        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._get(StoreCustomersRes, "/store/customers/me", headers=custom_headers)

    def update(self, payload: StorePostCustomersCustomerReq, custom_headers: Headers = None) -> StoreCustomersRes:
        """Change the logged-in customer. Return the customer, as `.customer`.

        `POST /store/customers/me`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value
        (400), and, with the type `duplicate_error`, if another registered customer has the new e-mail address (422).
        Raises `MedusaNotFoundError` for an unknown billing address and `MedusaAuthenticationError` if no customer is
        logged in.
        """
        return self._post(
            StoreCustomersRes, "/store/customers/me", json=payload, headers=custom_headers, repeatable=True
        )

    def list_orders(
        self, query: StoreGetCustomersCustomerOrdersParams | None = None, custom_headers: Headers = None
    ) -> StoreCustomersListOrdersRes:
        """Return a page of the logged-in customer's orders, as `.orders`, the newest first.

        `GET /store/customers/me/orders`

        `.count` is the number of all orders that match. The default page has 10 orders. Each order also has `claims`,
        `swaps`, `refunds`, `gift_cards` and `gift_card_transactions`. Raises `MedusaInvalidRequestError` for an unknown
        key or a malformed value in `query`, and `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._get(
            StoreCustomersListOrdersRes,
            "/store/customers/me/orders",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="display_id is not a number, expand or fields has an unknown name, or limit or offset is"
            " negative",
        )

    def iterate_orders(
        self,
        query: StoreGetCustomersCustomerOrdersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Order]:
        """Return an iterator over all orders of the logged-in customer, which fetches a page when it is needed.

        `GET /store/customers/me/orders`

        `query` is that of `list_orders`, without `limit` and `offset`. The newest order comes first. This order is
        stable, and the route takes no other one: the backend sorts by the time, in microseconds, at which an order was
        placed. A new order shifts the pages, but no order comes twice. A page that is fetched raises what `list_orders`
        raises.
        """
        return iterate(
            self.list_orders, "orders", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )

    def reset_password(
        self, payload: StorePostCustomersResetPasswordReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Set a new password by a token. Return the customer, as `.customer`, without addresses.

        `POST /store/customers/password-reset`

        A token works once, for 15 minutes; see `generate_password_token`. No login is needed, and this client's login
        does not change. Raises `MedusaAuthenticationError` if no registered customer has this e-mail address,
        `MedusaInvalidRequestError` if a value is missing, and `MedusaServerError` for a token that is not valid.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/password-reset",
            json=payload,
            headers=custom_headers,
            causes_of_500="the token is malformed, expired, used, or another customer's",
        )

    def generate_password_token(
        self, payload: StorePostCustomersCustomerPasswordTokenReq, custom_headers: Headers = None
    ) -> NoContent:
        """Make a token for `reset_password`. The result has only `.response`.

        `POST /store/customers/password-token`

        The backend emits `customer.password_reset` with the token, which the shop sends to the customer. It does
        nothing for an e-mail address that no registered customer has, and does not say so. Raises
        `MedusaInvalidRequestError` for a malformed address.
        """
        return self._post(
            NoContent,
            "/store/customers/password-token",
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
