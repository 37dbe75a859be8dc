"""The Store's order routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models import (
    Model,
    Result,
    StoreGetOrdersParams,
    StoreOrdersRes,
    StorePostCustomersCustomerAcceptClaimReq,
    StorePostCustomersCustomerOrderClaimReq,
)
from .base import Resource, names, payload_mapping


class OrdersResource(Resource):
    """Orders: retrieve them, look them up, claim them.

    Every method raises `MedusaConnectionError` (`MedusaTimeoutError`) when no whole answer came, a `MedusaAPIError`
    when the backend refused, and `MedusaDecodeError` when its answer is not what the route promises. Bad arguments
    are a `TypeError` or a `ValueError`, before anything is sent.

    `custom_headers` go over those of the client. `expand` names the relations to send *instead of* the default
    ones, `fields` the order's own fields to send instead of all; each is a list of names or a comma-separated
    string. What was not sent is not loaded: reading it raises `NotLoadedError`.
    """

    def retrieve(
        self,
        id: str,
        custom_headers: Mapping[str, str] | None = None,
        *,
        expand: str | Iterable[str] | None = None,
        fields: str | Iterable[str] | None = None,
    ) -> StoreOrdersRes:
        """The order with this id, as `.order`.

        `GET /store/orders/{id}`

        Amounts are integers in the smallest unit of `order.currency_code`, rates are percent, timestamps are UTC.
        Raises `MedusaNotFoundError` where there is none, `MedusaInvalidRequestError` for a name that `expand` or
        `fields` can't have.
        """
        return self._request(
            StoreOrdersRes,
            "GET",
            "/store/orders/{id}",
            ids={"id": id},
            params=_selection(expand, fields),
            custom_headers=custom_headers,
        )

    def retrieve_by_cart_id(
        self,
        cart_id: str,
        custom_headers: Mapping[str, str] | None = None,
        *,
        expand: str | Iterable[str] | None = None,
        fields: str | Iterable[str] | None = None,
    ) -> StoreOrdersRes:
        """The order that was made of this cart, as `.order`.

        `GET /store/orders/cart/{cart_id}`

        The only route that also sends `claims`, `swaps`, `refunds`, `gift_cards` and `gift_card_transactions`.
        Units and errors are those of `retrieve`.
        """
        return self._request(
            StoreOrdersRes,
            "GET",
            "/store/orders/cart/{cart_id}",
            ids={"cart_id": cart_id},
            params=_selection(expand, fields),
            custom_headers=custom_headers,
        )

    def lookup_order(
        self,
        payload: StoreGetOrdersParams | Mapping[str, Any],
        custom_headers: Mapping[str, str] | None = None,
    ) -> StoreOrdersRes:
        """The one order with this `display_id` and `email`, as `.order`.

        `GET /store/orders?display_id={display_id}&email={email}`

        The e-mail address is compared with its case. Raises `MedusaNotFoundError` where no order, or more than one,
        matches, and `MedusaInvalidRequestError` where one of the two is missing or malformed. Units are those of
        `retrieve`.
        """
        params = payload_mapping(payload)
        if isinstance(payload, Model):
            selection = {option: names(option, params[option]) for option in ("expand", "fields") if option in params}
            params = {**params, **selection}
        return self._request(StoreOrdersRes, "GET", "/store/orders", params=params, custom_headers=custom_headers)

    def request_customer_orders(
        self,
        payload: StorePostCustomersCustomerOrderClaimReq | Mapping[str, Any],
        custom_headers: Mapping[str, str] | None = None,
    ) -> Result:
        """Ask to make orders the logged-in customer's own; the result has `.response` alone.

        `POST /store/orders/batch/customer/token`

        The backend emits `order-update-token.created`, whose token, sent to the e-mail address of each order,
        `confirm_request` takes. Raises `MedusaAuthenticationError` where nobody is logged in: call
        `medusa.auth.get_token` or `medusa.auth.authenticate` first. Unknown orders are ignored.
        """
        return self._request(
            Result,
            "POST",
            "/store/orders/batch/customer/token",
            json=payload_mapping(payload),
            custom_headers=custom_headers,
        )

    def confirm_request(
        self,
        payload: StorePostCustomersCustomerAcceptClaimReq | Mapping[str, Any],
        custom_headers: Mapping[str, str] | None = None,
    ) -> Result:
        """Confirm a claim by its token, which is valid for 900 seconds; the result has `.response` alone.

        `POST /store/orders/customer/confirm`

        From then on the orders' customer and e-mail address are those of the customer who claimed them. Needs no
        login. Raises `MedusaInvalidRequestError` for what is no token, and `MedusaServerError` for an expired or
        forged one, of which the backend says no more.
        """
        return self._request(
            Result,
            "POST",
            "/store/orders/customer/confirm",
            json=payload_mapping(payload),
            custom_headers=custom_headers,
        )


def _selection(expand: str | Iterable[str] | None, fields: str | Iterable[str] | None) -> dict[str, str]:
    given = {"expand": expand, "fields": fields}
    return {option: names(option, value) for option, value in given.items() if value is not None}
