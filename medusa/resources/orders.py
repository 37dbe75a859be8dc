"""Orders: retrieve, look up and claim them."""

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
    """Response with one order."""

    order: Order


class StoreGetOrdersParams(TypedDict):
    """Parameters of `orders.lookup_order`."""

    display_id: int
    """The order number that the customer sees."""
    email: str
    """The e-mail address of the order. It is case-sensitive."""
    shipping_address: NotRequired[JSONObject]
    """`{"postal_code": ...}`. The backend accepts this key and ignores it."""
    expand: NotRequired[str]
    """Relations to return instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to return instead of all fields, separated by commas."""


class StorePostCustomersCustomerOrderClaimReq(TypedDict):
    """Payload of `orders.request_customer_orders`."""

    order_ids: list[str]
    """The IDs of the orders to claim."""


class StorePostCustomersCustomerAcceptClaimReq(TypedDict):
    """Payload of `orders.confirm_request`."""

    token: str
    """The token that confirms the claim."""


class OrdersResource(Resource):
    """Orders.

    Amounts are integers in the smallest unit of `order.currency_code`, rates are percentages, and timestamps are in
    UTC.
    """

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrdersRes:
        """Return the order with this ID as `.order`.

        `GET /store/orders/{id}`

        Raises `MedusaNotFoundError` if no order has this ID. Raises `MedusaInvalidRequestError` if `expand` or `fields`
        contains an unknown name.
        """
        query = selection(expand=expand, fields=fields)
        return self._get(StoreOrdersRes, "/store/orders/{id}", id, query=query, headers=custom_headers)

    def retrieve_by_cart_id(
        self, cart_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreOrdersRes:
        """Return the order that was created from this cart as `.order`.

        `GET /store/orders/cart/{cart_id}`

        Unlike the response to `retrieve`, the response includes `claims`, `swaps`, `refunds`, `gift_cards` and
        `gift_card_transactions`.

        Raises `MedusaNotFoundError` if no order was created from this cart. Raises `MedusaInvalidRequestError` if
        `expand` or `fields` contains an unknown name. Raises `MedusaServerError` if `fields` contains a total. All
        totals are in the response even if `fields` does not name them.
        """
        return self._get(
            StoreOrdersRes,
            "/store/orders/cart/{cart_id}",
            cart_id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="`fields` contains a total",
        )

    def lookup_order(self, payload: StoreGetOrdersParams, custom_headers: Headers = None) -> StoreOrdersRes:
        """Return the order with this `display_id` and `email` as `.order`.

        `GET /store/orders?display_id={display_id}&email={email}`

        Raises `MedusaNotFoundError` if no order or more than one order matches. Raises `MedusaInvalidRequestError` if
        `display_id` or `email` is missing or malformed.
        """
        return self._get(StoreOrdersRes, "/store/orders", query=payload, headers=custom_headers)

    def request_customer_orders(
        self, payload: StorePostCustomersCustomerOrderClaimReq, custom_headers: Headers = None
    ) -> Result:
        """Request that the backend assigns orders to the logged-in customer. The result has only `.response`.

        `POST /store/orders/batch/customer/token`

        The backend emits the event `order-update-token.created` with a token for `confirm_request`. The shop must send
        the token to the e-mail address of each order. The backend ignores unknown orders.

        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        route = "/store/orders/batch/customer/token"
        return self._post(Result, route, json=payload, headers=custom_headers, repeatable=True)

    def confirm_request(
        self, payload: StorePostCustomersCustomerAcceptClaimReq, custom_headers: Headers = None
    ) -> Result:
        """Confirm a claim with its token. The result has only `.response`.

        `POST /store/orders/customer/confirm`

        The token is valid for 900 seconds. After this call, the orders belong to the customer who claimed them and have
        that customer's e-mail address. No login is required.

        Raises `MedusaInvalidRequestError` if the token is malformed. Raises `MedusaServerError` if the token is expired
        or forged.
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
