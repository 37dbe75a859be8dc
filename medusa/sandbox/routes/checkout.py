"""The checkout routes of a cart: shipping method, payment and completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..carts import CART_RELATIONS, cart_body, cart_row_of_update, whole_cart
from ..completion import complete
from ..entities import JSON
from ..idempotency import idempotent
from ..payment_sessions import (
    add_session_data,
    create_sessions,
    delete_session,
    refresh_session,
    select_session,
    update_sessions,
)
from ..responses import Response, json_response, refuse_data
from ..shipping import add_method, cart_options, priced_options
from ..validation import Rule, anything, complaints, json_object, string
from .call import Call, Routes

_RELATIONS_OF_REFRESH = (
    *("region", "region.countries", "region.payment_providers", "shipping_methods", "payment_sessions"),
    "shipping_methods.shipping_option",
)


def list_options(call: Call, cart_id: str) -> Response:
    """Return the shipping options for a cart."""
    options = cart_options(call.database, _whole(call, cart_id))
    return json_response({"shipping_options": priced_options(call.database, options)})


def add_shipping_method(call: Call, id: str) -> Response:
    """Add a shipping method."""
    body = _checked(call, option_id=string, data=anything)
    with call.database.transaction():
        add_method(call.database, _whole(call, id), body["option_id"], body.get("data", {}))
        update_sessions(call.database, id, lambda: _whole(call, id, force_taxes=True))
        return _cart(call, id)


def create_payment_sessions(call: Call, id: str) -> Response:
    """Create a payment session for each provider of the region."""
    call.check_selection()
    return idempotent(call, lambda: _create_payment_sessions(call, id))


def _create_payment_sessions(call: Call, id: str) -> Response:
    with call.database.transaction():
        create_sessions(call.database, _whole(call, id, force_taxes=True))
        relations = (*CART_RELATIONS, "customer")
        cart = whole_cart(call.database, id, relations, force_taxes=True)
        data = cart_body(call.database, id, relations, force_taxes=True)
        return json_response({"cart": cart, "data": data})


def set_payment_session(call: Call, id: str) -> Response:
    """Select a payment session."""
    provider_id = _checked(call, provider_id=string)["provider_id"]
    with call.database.transaction():
        select_session(call.database, _whole(call, id), provider_id)
        return _cart(call, id)


def update_payment_session(call: Call, id: str, provider_id: str) -> Response:
    """Select a payment session, and pass data to its provider."""
    data = _checked(call, data=json_object)["data"]
    with call.database.transaction():
        cart = _whole(call, id)
        select_session(call.database, cart, provider_id)
        add_session_data(call.database, cart, data)
        return _cart(call, id)


def refresh_payment_session(call: Call, id: str, provider_id: str) -> Response:
    """Start a payment session again."""
    call.check_selection()
    with call.database.transaction():
        refresh_session(call.database, _whole(call, id), provider_id)
        return _cart(call, id, _RELATIONS_OF_REFRESH)


def delete_payment_session(call: Call, id: str, provider_id: str) -> Response:
    """Delete a payment session."""
    call.check_selection()
    with call.database.transaction():
        delete_session(call.database, _whole(call, id), provider_id)
        return _cart(call, id)


def complete_cart(call: Call, id: str) -> Response:
    """Complete a cart."""
    call.check_selection()
    return idempotent(call, lambda: complete(call.database, id))


def _checked(call: Call, **rules: Rule) -> dict[str, Any]:
    """Return the body, checked with these rules. Raises `Refused`."""
    call.check_selection()
    body = call.json_object()
    refuse_data(complaints(body, rules))
    return body


def _whole(call: Call, id: str, *, force_taxes: bool = False) -> JSON:
    """Return a cart with all of its relations. Raises `Refused`."""
    cart_row_of_update(call.database, id)
    return whole_cart(call.database, id, force_taxes=force_taxes)


def _cart(call: Call, id: str, relations: Iterable[str] = CART_RELATIONS) -> Response:
    return json_response({"cart": cart_body(call.database, id, relations)})


ROUTES: Routes = {
    ("GET", "/store/shipping-options/{cart_id}"): list_options,
    ("POST", "/store/carts/{id}/shipping-methods"): add_shipping_method,
    ("POST", "/store/carts/{id}/payment-sessions"): create_payment_sessions,
    ("POST", "/store/carts/{id}/payment-session"): set_payment_session,
    ("POST", "/store/carts/{id}/payment-sessions/{provider_id}"): update_payment_session,
    ("POST", "/store/carts/{id}/payment-sessions/{provider_id}/refresh"): refresh_payment_session,
    ("DELETE", "/store/carts/{id}/payment-sessions/{provider_id}"): delete_payment_session,
    ("POST", "/store/carts/{id}/complete"): complete_cart,
    ("POST", "/store/carts/{id}/complete-cart"): complete_cart,
}
