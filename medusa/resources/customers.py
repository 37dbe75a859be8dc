"""Customers: register them, read and change their data, and list their orders."""

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
    """Response with one customer."""

    customer: Customer


@entity
class StoreCustomersListOrdersRes(Result):
    """Response with a page of a customer's orders."""

    orders: list[Order]
    count: int
    """The number of matching orders on all pages."""
    offset: int
    """The number of orders that were skipped."""
    limit: int
    """The maximum number of orders on the page."""


class StorePostCustomersReq(TypedDict):
    """Payload of `customers.create`.

    The published type requires `first_name` and `last_name`. The backend does not.
    """

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    email: str
    """The e-mail address. The backend stores it in lower case."""
    password: str
    phone: NotRequired[str | None]


class StorePostCustomersCustomerReq(TypedDict, total=False):
    """Payload of `customers.update`. Keys that you leave out keep their values."""

    first_name: str | None
    last_name: str | None
    email: str
    """The new e-mail address. The backend stores it in lower case."""
    password: str
    """The new password."""
    phone: str | None
    billing_address: AddressPayload | str | None
    """An address or the ID of an address. An address changes the current billing address, or creates one if the
    customer has none. None removes the billing address."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values. None changes nothing."""


class StoreGetCustomersCustomerOrdersParams(TypedDict, total=False):
    """Options of `customers.list_orders`. An order must match all filters.

    The published type requires `limit` and `offset`. The backend does not.
    """

    id: str
    """The ID of an order."""
    q: str
    """Text to search for in the e-mail address, the display ID, the names and the phone number."""
    status: list[str]
    """A list of values of `OrderStatus`."""
    fulfillment_status: list[str]
    """A list of values of `FulfillmentStatus`."""
    payment_status: list[str]
    """A list of values of `PaymentStatus`."""
    display_id: int | str
    """The order number that the customer sees."""
    cart_id: str
    email: str
    region_id: str
    currency_code: str
    """ISO 4217 code. Must be in lower case, or no order matches."""
    tax_rate: str
    """The backend accepts this filter, but no order ever matches."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    canceled_at: DateComparisonOperator
    limit: int
    """The maximum number of orders to return. The default is 10; 0 returns all."""
    offset: int
    """The number of orders to skip."""
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class StorePostCustomersResetPasswordReq(TypedDict):
    """Payload of `customers.reset_password`."""

    email: str
    """The e-mail address of the customer."""
    token: str
    """The token from the event `customer.password_reset`."""
    password: str
    """The new password."""


class StorePostCustomersCustomerPasswordTokenReq(TypedDict):
    """Payload of `customers.generate_password_token`."""

    email: str
    """The e-mail address of the customer who forgot the password."""


class CustomersResource(Resource):
    """Customers: the logged-in customer, and registration of new customers."""

    addresses: Lazy[AddressesResource] = lazy("medusa.resources.addresses:AddressesResource")
    """Add, change and delete the shipping addresses of the logged-in customer."""
    payment_methods: Lazy[PaymentMethodsResource] = lazy("medusa.resources.payment_methods:PaymentMethodsResource")
    """List the saved payment methods of the logged-in customer."""

    def create(self, payload: StorePostCustomersReq, custom_headers: Headers = None) -> StoreCustomersRes:
        """Register a customer and return the customer as `.customer`.

        `POST /store/customers`

        This call does not log the customer in: the client discards the session that the backend creates. To log in,
        call `auth.get_token` with the same e-mail address and password. Orders that were placed with this e-mail
        address before registration still belong to a guest. The customer can claim them with
        `orders.request_customer_orders`.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed (400). Raises `MedusaInvalidRequestError`
        with the type "duplicate_error" if a registered customer already has this e-mail address (422).
        """
        return self._post(StoreCustomersRes, "/store/customers", json=payload, headers=custom_headers)

    def retrieve(self, custom_headers: Headers = None) -> StoreCustomersRes:
        """Return the logged-in customer as `.customer`.

        `GET /store/customers/me`

        The response includes `billing_address` and `shipping_addresses`.

        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._get(StoreCustomersRes, "/store/customers/me", headers=custom_headers)

    def update(self, payload: StorePostCustomersCustomerReq, custom_headers: Headers = None) -> StoreCustomersRes:
        """Change the logged-in customer. Return the customer as `.customer`.

        `POST /store/customers/me`

        Raises `MedusaInvalidRequestError` if a value is malformed (400). Raises `MedusaInvalidRequestError` with the
        type "duplicate_error" if another registered customer has the new e-mail address (422). Raises
        `MedusaNotFoundError` if no address has the given ID. Raises `MedusaAuthenticationError` if no customer is
        logged in.
        """
        return self._post(
            StoreCustomersRes, "/store/customers/me", json=payload, headers=custom_headers, repeatable=True
        )

    def list_orders(
        self, query: StoreGetCustomersCustomerOrdersParams | None = None, custom_headers: Headers = None
    ) -> StoreCustomersListOrdersRes:
        """Return a page of the logged-in customer's orders as `.orders`.

        `GET /store/customers/me/orders`

        The newest orders come first. A page has 10 orders by default, and `.count` is the number of matching orders on
        all pages. Unlike the response to `orders.retrieve`, the response includes `claims`, `swaps`, `refunds`,
        `gift_cards` and `gift_card_transactions`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `display_id` is not a number, if `expand` or `fields` contains an unknown name, or if
        `limit` or `offset` is negative. Raises `MedusaAuthenticationError` if no customer is logged in.
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
        """Return an iterator over all orders of the logged-in customer. Each page is fetched when it is needed.

        `GET /store/customers/me/orders`

        `query` accepts the same keys as in `list_orders`, except `limit` and `offset`. The newest orders come first.
        The backend sorts the orders by the time when they were placed, in microseconds. This order is stable, and the
        route does not accept another one. If an order is placed during the iteration, the pages shift, but no order is
        returned twice.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list_orders`.
        """
        return iterate(
            self.list_orders, "orders", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )

    def reset_password(
        self, payload: StorePostCustomersResetPasswordReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Set a new password with a token. Return the customer as `.customer`.

        `POST /store/customers/password-reset`

        A token from `generate_password_token` works once and is valid for 15 minutes. No login is required, and the
        login of this client does not change. The response does not include the customer's addresses.

        Raises `MedusaAuthenticationError` if no registered customer has this e-mail address. Raises
        `MedusaInvalidRequestError` if a value is missing. Raises `MedusaServerError` if the token is malformed,
        expired, already used, or belongs to another customer.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/password-reset",
            json=payload,
            headers=custom_headers,
            causes_of_500="the token is malformed, expired, already used, or belongs to another customer",
        )

    def generate_password_token(
        self, payload: StorePostCustomersCustomerPasswordTokenReq, custom_headers: Headers = None
    ) -> NoContent:
        """Create a token for `reset_password`. The result has only `.response`.

        `POST /store/customers/password-token`

        The backend emits the event `customer.password_reset` with the token. The shop must send the token to the
        customer. If no registered customer has this e-mail address, the backend does nothing and returns the same
        response.

        Raises `MedusaInvalidRequestError` if the e-mail address is malformed.
        """
        return self._post(
            NoContent,
            "/store/customers/password-token",
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
