"""The customer routes: register, change the customer's data, and list orders."""

from __future__ import annotations

import time

import jwt

from .. import filters, selection
from ..addresses import ADDRESS, NEW_ADDRESS, add_address, change_address, refuse_unless_address, with_country_lowered
from ..entities import JSON, PASSWORD_RESET, new_customer, updated
from ..json_text import jsonb, merged_metadata, now
from ..logins import hashed
from ..orders import find_orders
from ..queries import Page, query_number
from ..relations import load
from ..responses import Refused, Response, error_response, failure_response, json_response, refuse_data, status_response
from ..selection import Route
from ..validation import anything, complaints, email, json_object, nested, optional, string
from .call import Call, Routes

_PASSWORD_TOKEN_SECONDS = 15 * 60


def create(call: Call) -> Response:
    """Register a customer, and log them in."""
    body = call.json_object()
    names = dict.fromkeys(("first_name", "last_name"), optional(string))
    refuse_data(complaints(body, {**names, "email": email, "password": string, "phone": optional(string)}))
    address, password = body["email"].lower(), body["password"]
    if password and call.database.account(address):
        raise _duplicate("A customer with the given email already has an account. Log in instead")
    if not password and call.database.guest(address):
        raise _duplicate("Guest customer with email already exists")
    known = {name: body.get(name) for name in ("first_name", "last_name", "phone")}
    customer = new_customer(address, created_at=now(), has_account=bool(password), **known)
    call.database.put("customer", customer)
    if password:
        call.database.put("password", {"id": customer["id"], "hash": hashed(password)})
    call.log_in(customer)
    return _customer_response(call, customer)


def _duplicate(text: str) -> Refused:
    return Refused(error_response(422, "duplicate_error", text, "invalid_request_error"))


def retrieve(call: Call) -> Response:
    """Return the logged-in customer."""
    return _customer_response(call, call.customer())


def _customer_response(call: Call, customer: JSON) -> Response:
    return json_response(
        {"customer": load(call.database, "customer", customer, ["billing_address", "shipping_addresses"])}
    )


def update(call: Call) -> Response:
    """Change the logged-in customer."""
    customer, body = call.customer(), call.json_object()
    refuse_unless_address("billing_address", body.get("billing_address"))
    texts = dict.fromkeys(("first_name", "last_name", "password", "phone"), optional(string))
    others = {"billing_address": anything, "email": optional(email), "metadata": optional(json_object)}
    refuse_data(complaints(body, {**texts, **others}))
    changes: JSON = {name: body[name] for name in ("email", "first_name", "last_name", "phone") if name in body}
    if body.get("metadata") is not None:
        changes["metadata"] = merged_metadata(customer["metadata"] or {}, body["metadata"])
    with call.database.transaction():
        if "billing_address" in body:
            changes["billing_address_id"] = _billing_address_id(call, customer, body["billing_address"])
        _refuse_taken_email(call, customer, changes)
        customer = updated(customer, changes)
        if body.get("password"):
            customer = _with_password(call, customer, body["password"])
        call.database.put("customer", customer)
    return _customer_response(call, customer)


def _billing_address_id(call: Call, customer: JSON, given: JSON | str | None) -> str | None:
    """Return the ID of the given address, or of the changed or new address."""
    if given is None:
        return None
    if isinstance(given, str):
        if call.database.get("address", given) is None:
            raise Refused(error_response(404, "not_found", f"Address with id {given} was not found"))
        return given
    id = customer["billing_address_id"]
    address = call.database.get("address", id) if id else None
    given = with_country_lowered(given)
    if address:
        return str(change_address(call.database, address, given)["id"])
    return str(add_address(call.database, given)["id"])


def _refuse_taken_email(call: Call, customer: JSON, changes: JSON) -> None:
    for other in call.database.find("customer", email=changes.get("email", customer["email"])):
        if other["id"] != customer["id"] and other["has_account"] == customer["has_account"]:
            has_account = "t" if customer["has_account"] else "f"
            raise _duplicate(f"Customer with email, has_account {other['email']}, {has_account} already exists.")


def _with_password(call: Call, customer: JSON, password: str) -> JSON:
    call.database.put("password", {"id": customer["id"], "hash": hashed(password)})
    return {**customer, "updated_at": now()}


def create_password_token(call: Call) -> Response:
    """Emit a token for a new password, if the account exists."""
    body = call.json_object()
    refuse_data(complaints(body, {"email": email}))
    if account := call.database.account(body["email"].lower()):
        customer, hash = account
        # The token is signed with the hash of the password, so that it is not valid after the password has changed.
        issued = int(time.time())
        payload = {"customer_id": customer["id"], "exp": issued + _PASSWORD_TOKEN_SECONDS, "iat": issued}
        event = {name: customer[name] for name in ("id", "email", "last_name", "first_name")}
        call.database.put_event(PASSWORD_RESET, jsonb({**event, "token": jwt.encode(payload, hash, "HS256")}))
    return status_response(204)


def reset_password(call: Call) -> Response:
    """Change the password with a token."""
    body = call.json_object()
    refuse_data(complaints(body, {"email": email, "token": string, "password": string}))
    account = call.database.account(body["email"].lower())
    if account is None:
        return error_response(401, "unauthorized", "Invalid or expired password reset token")
    customer, hash = account
    try:
        payload = jwt.decode(body["token"], hash, ["HS256"], options={"verify_iat": False, "verify_sub": False})
    except jwt.InvalidTokenError:
        return failure_response()
    if payload.get("customer_id") != customer["id"]:
        return error_response(401, "unauthorized", "Invalid or expired password reset token")
    if body["password"]:
        customer = _with_password(call, customer, body["password"])
        call.database.put("customer", customer)
    return json_response({"customer": load(call.database, "customer", customer)})


# Addresses


def create_address(call: Call) -> Response:
    """Add an address for the logged-in customer, unless the customer already has it."""
    customer, body = call.customer(), call.json_object()
    refuse_data(complaints(body, {"address": nested(NEW_ADDRESS) if "address" in body else anything}))
    if not isinstance(body.get("address"), dict):
        return failure_response()
    given = with_country_lowered(body["address"])
    known = call.database.find("address", customer_id=customer["id"])
    if not any(_is_same(address, given) for address in known):
        add_address(call.database, given, customer["id"])
    return _customer_response(call, customer)


def _is_same(address: JSON, given: JSON) -> bool:
    """Like in Medusa, a missing value is not equal to null, so that such an address is added again."""
    names = ("country_code", "address_1", "address_2", "city", "phone", "postal_code", "province")
    return all(name in given and address[name] == given[name] for name in (*names, "first_name", "last_name"))


def update_address(call: Call, address_id: str) -> Response:
    """Change an address of the logged-in customer."""
    customer, body = call.customer(), call.json_object()
    refuse_data(complaints(body, ADDRESS))
    address = call.database.get("address", address_id)
    if address is None or address["customer_id"] != customer["id"]:
        return error_response(400, "invalid_data", "Could not find address for customer")
    change_address(call.database, address, with_country_lowered(body))
    return _customer_response(call, customer)


def delete_address(call: Call, address_id: str) -> Response:
    """Delete an address of the logged-in customer, if it exists."""
    customer = call.customer()
    address = call.database.get("address", address_id)
    if address and address["customer_id"] == customer["id"]:
        call.database.delete("address", address_id)
    return _customer_response(call, customer)


def list_payment_methods(call: Call) -> Response:
    """Return the saved payment methods. The providers of the sandbox save none."""
    call.customer()
    return json_response({"payment_methods": []})


# Orders


def list_orders(call: Call) -> Response:
    """Return a page of the logged-in customer's orders. The newest is first."""
    customer, query = call.customer(), call.query
    numbers = dict.fromkeys(("limit", "offset"), optional(query_number))
    texts = dict.fromkeys(("fields", "expand"), optional(string))
    refuse_data(complaints(query, filters.RULES | numbers | texts))
    if query.get("q") and "expand" in query:
        query["expand"] += ",shipping_address,customer"
    conditions = filters.conditions(query)
    _selected({"items": []}, query)  # An invalid selection is refused even if there is no order.
    orders = [selection.with_all_columns(order) for order in find_orders(call.database, customer_id=customer["id"])]
    found = [order for order in orders if all(is_met(order) for is_met in conditions)]
    found.sort(key=lambda order: str(order["created_at"]), reverse=True)
    page = Page.of(query, 10)
    return json_response({"orders": [_selected(order, query) for order in page.cut(found)], **page.numbers(len(found))})


def _selected(order: JSON, query: JSON) -> JSON:
    return selection.select(order, Route.MINE, query.get("fields"), query.get("expand"))


ROUTES: Routes = {
    ("POST", "/store/customers"): create,
    ("POST", "/store/customers/password-reset"): reset_password,
    ("POST", "/store/customers/password-token"): create_password_token,
    ("GET", "/store/customers/me"): retrieve,
    ("POST", "/store/customers/me"): update,
    ("GET", "/store/customers/me/orders"): list_orders,
    ("POST", "/store/customers/me/addresses"): create_address,
    ("POST", "/store/customers/me/addresses/{address_id}"): update_address,
    ("DELETE", "/store/customers/me/addresses/{address_id}"): delete_address,
    ("GET", "/store/customers/me/payment-methods"): list_payment_methods,
}
