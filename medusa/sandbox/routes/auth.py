"""The auth routes: customers log in and out."""

from __future__ import annotations

from typing import Any

from ..logins import matches
from ..relations import load
from ..responses import Response, json_response, refuse_data, status_response
from ..selection import row
from ..validation import complaints, email, not_empty
from .call import Call, Routes

_TOKEN_SECONDS = 30 * 24 * 3600


def get_session(call: Call) -> Response:
    """Return the logged-in customer."""
    return _logged_in(call, call.customer())


def create_session(call: Call) -> Response:
    """Log in with a cookie."""
    customer = _customer_by_password(call)
    if customer is None:
        return status_response(401)
    call.log_in(customer)
    return _logged_in(call, customer)


def delete_session(call: Call) -> Response:
    """Log out."""
    call.session.is_ended = True
    call.database.put("session", {"id": call.session.id, "customer_id": None, "has_ended": True})
    return status_response(200)


def create_token(call: Call) -> Response:
    """Log in with a token."""
    customer = _customer_by_password(call)
    if customer is None:
        return status_response(401)
    return json_response(
        {"access_token": call.sign({"customer_id": customer["id"], "domain": "store"}, _TOKEN_SECONDS)}
    )


def email_exists(call: Call, address: str) -> Response:
    """Return whether there is an account with this e-mail address."""
    return json_response({"exists": call.database.account(address.lower()) is not None})


def _customer_by_password(call: Call) -> dict[str, Any] | None:
    body = call.json_object()
    refuse_data(complaints(body, {"email": email, "password": not_empty}))
    account = call.database.account(body["email"].lower())
    return account[0] if account and matches(str(body["password"]), account[1]) else None


def _logged_in(call: Call, customer: dict[str, Any]) -> Response:
    orders = [row(order) for order in call.database.find("order", customer_id=customer["id"])]
    with_addresses = load(call.database, "customer", customer, ["shipping_addresses"])
    addresses = with_addresses.pop("shipping_addresses")
    return json_response({"customer": {**with_addresses, "orders": orders, "shipping_addresses": addresses}})


ROUTES: Routes = {
    ("GET", "/store/auth"): get_session,
    ("POST", "/store/auth"): create_session,
    ("DELETE", "/store/auth"): delete_session,
    ("POST", "/store/auth/token"): create_token,
    ("GET", "/store/auth/{email}"): email_exists,
}
