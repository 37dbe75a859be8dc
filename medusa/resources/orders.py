"""Orders: retrieve them, look them up, claim them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import JSONObject, entity
from .base import Headers, Names, Resource, Result, selection

if TYPE_CHECKING:
    from ..models.order import Order

__all__ = [
    "OrdersResource",
    "StoreGetOrdersParams",
    "StoreOrdersRes",
    "StorePostCustomersCustomerAcceptClaimReq",
    "StorePostCustomersCustomerOrderClaimReq",
]


@entity
class StoreOrdersRes(Result):
    """An order."""

    order: Order


class StoreGetOrdersParams(TypedDict):
    """What to look an order up by."""

    display_id: int
    """The number that the customer knows the order by."""
    email: str
    """The e-mail address of the order. The backend compares it case-sensitively."""
    shipping_address: NotRequired[JSONObject]
    """`{"postal_code": ...}`, which the backend accepts and ignores."""
    expand: NotRequired[str]
    """Relations to send instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to send instead of all, separated by commas."""


class StorePostCustomersCustomerOrderClaimReq(TypedDict):
    """The orders that a customer claims."""

    order_ids: list[str]


class StorePostCustomersCustomerAcceptClaimReq(TypedDict):
    """The token that confirms a claim."""

    token: str


class OrdersResource(Resource):
    """Orders.

    Amounts are integers in the smallest unit of `order.currency_code`, rates are percentages, timestamps are UTC.
    """

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrdersRes:
        """Return the order with this ID, as `.order`.

        `GET /store/orders/{id}`

        Raises `MedusaNotFoundError` for an unknown ID and `MedusaInvalidRequestError` for an unknown name in `expand`
        or `fields`.
        """
        query = selection(expand=expand, fields=fields)
        return self._get(StoreOrdersRes, "/store/orders/{id}", id, query=query, headers=custom_headers)

    def retrieve_by_cart_id(
        self, cart_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrdersRes:
        """Return the order that was made from this cart, as `.order`.

        `GET /store/orders/cart/{cart_id}`

        Unlike `retrieve`, it also sends `claims`, `swaps`, `refunds`, `gift_cards` and `gift_card_transactions`. Raises
        what `retrieve` raises.
        """
        query = selection(expand=expand, fields=fields)
        return self._get(StoreOrdersRes, "/store/orders/cart/{cart_id}", cart_id, query=query, headers=custom_headers)

    def lookup_order(self, payload: StoreGetOrdersParams, custom_headers: Headers = None) -> StoreOrdersRes:
        """Return the order with this `display_id` and `email`, as `.order`.

        `GET /store/orders?display_id={display_id}&email={email}`

        Raises `MedusaNotFoundError` if no order, or more than one, matches, and `MedusaInvalidRequestError` if either
        value is missing or malformed.
        """
        return self._get(StoreOrdersRes, "/store/orders", query=payload, headers=custom_headers)

    def request_customer_orders(
        self, payload: StorePostCustomersCustomerOrderClaimReq, custom_headers: Headers = None
    ) -> Result:
        """Ask to make orders the logged-in customer's own. The result has only `.response`.

        `POST /store/orders/batch/customer/token`

        The backend emits `order-update-token.created` with a token for `confirm_request`, which the shop sends to the
        e-mail address of each order. Unknown orders are ignored. Raises `MedusaAuthenticationError` if no customer is
        logged in.
        """
        route = "/store/orders/batch/customer/token"
        return self._post(Result, route, json=payload, headers=custom_headers, repeatable=True)

    def confirm_request(
        self, payload: StorePostCustomersCustomerAcceptClaimReq, custom_headers: Headers = None
    ) -> Result:
        """Confirm a claim by its token, which is valid for 900 seconds. The result has only `.response`.

        `POST /store/orders/customer/confirm`

        Afterwards the orders belong to the customer who claimed them and have that customer's e-mail address. No
        login is needed. Raises `MedusaInvalidRequestError` for a malformed token and `MedusaServerError` for an
        expired or forged one.
        """
        route = "/store/orders/customer/confirm"
        return self._post(
            Result,
            route,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="the token is expired or forged",
        )
