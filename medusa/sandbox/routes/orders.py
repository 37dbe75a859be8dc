"""The order routes: look up and claim orders."""

from __future__ import annotations

import re
import time
from typing import Any, cast

from ..entities import CLAIM
from ..json_text import now
from ..orders import find_orders
from ..queries import query_number
from ..responses import Response, error_response, failed, failure_response, json_response, refuse_data, status_response
from ..selection import Route, select
from ..validation import complaints, each, email, every, js_number, nested, not_empty, optional, string
from .call import SELECTION, Call, Routes

_CLAIM_TOKEN_SECONDS = 900
_LARGEST_INTEGER = 2**31 - 1


def retrieve(call: Call, id: str) -> Response:
    """Return the order with this ID."""
    return _order(call, Route.RETRIEVE, f"Order with id {id} was not found", id=id)


def retrieve_by_cart(call: Call, cart_id: str) -> Response:
    """Return the order that was created from this cart."""
    return _order(call, Route.CART, f"Order with cart id {cart_id} was not found", cart_id=cart_id)


def _order(call: Call, route: Route, not_found: str, **where: str) -> Response:
    query = call.query
    call.check_selection()
    orders = find_orders(call.database, **where)
    selected = _selected(orders, route, query)
    return json_response({"order": selected}) if orders else error_response(404, "not_found", not_found)


def look_up(call: Call) -> Response:
    """Return the order with this number and e-mail address, if there is exactly one."""
    query = call.query
    address = optional(nested({"postal_code": optional(string)}))
    refuse_data(
        complaints(query, {"display_id": query_number, "email": email, "shipping_address": address, **SELECTION})
    )
    display_id = js_number(query["display_id"])
    assert display_id is not None
    is_integer = display_id == int(display_id) and abs(display_id) <= _LARGEST_INTEGER
    orders = find_orders(call.database, display_id=int(display_id), email=query["email"]) if is_integer else []
    is_one = len(orders) == 1
    selected = _selected(orders if is_one else [], Route.LOOKUP, query)
    if not is_integer:
        return failure_response()
    return json_response({"order": selected}) if is_one else status_response(404)


def _selected(orders: list[dict[str, Any]], route: Route, query: dict[str, Any]) -> dict[str, Any]:
    """Return the first order for the route. An invalid selection is refused even if there is no order."""
    return select(orders[0] if orders else {"items": []}, route, query.get("fields"), query.get("expand"))


def request_claim(call: Call) -> Response:
    """Emit a token for the orders that the customer claims, one for each e-mail address."""
    customer = call.customer()
    ids = _claimed_ids(call)
    by_email: dict[str, list[str]] = {}
    for id in dict.fromkeys(ids):
        for order in call.database.find("order", id=id):
            by_email.setdefault(order["email"], []).append(id)
    for old_email, order_ids in by_email.items():
        claim = {"claimingCustomerId": customer["id"], "orders": order_ids}
        token = call.sign(claim, _CLAIM_TOKEN_SECONDS)
        call.database.put_event(
            CLAIM, {"old_email": old_email, "new_customer_id": customer["id"], "orders": order_ids, "token": token}
        )
    return status_response(200)


def _claimed_ids(call: Call) -> list[Any]:
    if call.body == []:  # Without a condition on the id, Medusa claims all orders.
        return [order["id"] for order in call.database.find("order")]
    body = _claim_object(call.body)
    refuse_data(complaints(body, {"order_ids": each(string, not_empty)}))
    ids = body["order_ids"]
    return cast("list[Any]", ids) if isinstance(ids, list) else [ids]


def confirm_claim(call: Call) -> Response:
    """Assign the orders of a claim token to the customer who claimed them."""
    body = _claim_object(call.body)
    refuse_data(complaints(body, {"token": every(_jwt, not_empty)}))
    claim = call.verified(body["token"])
    if claim is None or not _is_fresh(claim):
        return failure_response()
    if "claimingCustomerId" not in claim:
        return error_response(404, "not_found", '"customerId" must be defined')
    customer = call.existing_customer(claim["claimingCustomerId"])
    order_ids: list[str] = claim.get("orders") or []
    for id in order_ids:
        for order in call.database.find("order", id=id):
            order.update(customer_id=customer["id"], email=customer["email"], updated_at=now())
            call.database.put("order", order)
    return status_response(200)


def _jwt(name: str, value: Any) -> list[str]:
    is_jwt = isinstance(value, str) and re.fullmatch(r"[\w-]*\.[\w-]*\.[\w-]*", value, re.ASCII)
    return [] if is_jwt else [f"{name} must be a jwt string"]


def _claim_object(body: Any) -> dict[str, Any]:
    """Return a parsed body if it is an object, as the claim routes expect. Raises `Refused`."""
    if isinstance(body, list):
        refuse_data(f"property {index} should not exist" for index in range(len(cast("list[Any]", body))))
        raise failed()
    return cast("dict[str, Any]", body)


def _is_fresh(claim: dict[str, Any]) -> bool:
    """Return whether a claim token has an `iat` that is less than 15 minutes ago."""
    issued = claim.get("iat")
    return isinstance(issued, (int, float)) and time.time() < issued + _CLAIM_TOKEN_SECONDS


ROUTES: Routes = {
    ("GET", "/store/orders"): look_up,
    ("GET", "/store/orders/{id}"): retrieve,
    ("GET", "/store/orders/cart/{cart_id}"): retrieve_by_cart,
    ("POST", "/store/orders/batch/customer/token"): request_claim,
    ("POST", "/store/orders/customer/confirm"): confirm_claim,
}
