"""The order routes: orders are looked up and claimed."""

from __future__ import annotations

import re
import time
from typing import Any, cast

from ..answers import Answer, Refused, error_answer, failure_answer, json_answer, refuse_data, status_answer
from ..entities import CLAIM
from ..json_text import now
from ..selection import Route, select
from ..validation import is_email, js_number, nested, not_strings, unknown
from .call import Call, Routes

_CLAIM_TOKEN_SECONDS = 900
_LARGEST_INTEGER = 2**31 - 1


def retrieve(call: Call, id: str) -> Answer:
    """Answer with the order with this id."""
    return _order(call, Route.RETRIEVE, f"Order with id {id} was not found", id=id)


def retrieve_by_cart(call: Call, cart_id: str) -> Answer:
    """Answer with the order that was made of this cart."""
    return _order(call, Route.CART, f"Order with cart id {cart_id} was not found", cart_id=cart_id)


def _order(call: Call, route: Route, not_found: str, **where: str) -> Answer:
    query = call.query
    refuse_data([*unknown(query, {"expand", "fields"}), *not_strings(query, ["expand", "fields"])])
    orders = call.database.find("order", **where)
    selected = _selected(orders, route, query)
    return json_answer({"order": selected}) if orders else error_answer(404, "not_found", not_found)


def look_up(call: Call) -> Answer:
    """Answer with the only order that has this number and this e-mail address."""
    query = call.query
    problems = unknown(query, {"display_id", "email", "shipping_address", "expand", "fields"})
    display_id = js_number(query.get("display_id"))
    if display_id is None:
        problems.append("display_id must be a number conforming to the specified constraints")
    if not is_email(query.get("email")):
        problems.append("email must be an email")
    problems += nested(query, "shipping_address", _address_problems)
    refuse_data([*problems, *not_strings(query, ["expand", "fields"])])
    assert display_id is not None
    is_integer = display_id == int(display_id) and abs(display_id) <= _LARGEST_INTEGER
    orders = call.database.find("order", display_id=int(display_id), email=query["email"]) if is_integer else []
    is_one = len(orders) == 1
    selected = _selected(orders if is_one else [], Route.LOOKUP, query)
    if not is_integer:
        return failure_answer()
    return json_answer({"order": selected}) if is_one else status_answer(404)


def _address_problems(address: dict[str, Any]) -> list[str]:
    return [*unknown(address, {"postal_code"}), *not_strings(address, ["postal_code"])]


def _selected(orders: list[dict[str, Any]], route: Route, query: dict[str, Any]) -> dict[str, Any]:
    """What the route sends of the first order. A wrong selection is refused even where there is no order."""
    return select(orders[0] if orders else {"items": []}, route, query.get("fields"), query.get("expand"))


def request_claim(call: Call) -> Answer:
    """Mail a token for the orders that the customer claims, one to each e-mail address."""
    customer = call.customer()
    ids = _claimed_ids(call)
    by_email: dict[str, list[str]] = {}
    for id in dict.fromkeys(ids):
        for order in call.database.find("order", id=id):
            by_email.setdefault(order["email"], []).append(id)
    for email, order_ids in by_email.items():
        claim = {"claimingCustomerId": customer["id"], "orders": order_ids}
        token = call.sign(claim, _CLAIM_TOKEN_SECONDS)
        call.database.put_event(
            CLAIM, {"old_email": email, "new_customer_id": customer["id"], "orders": order_ids, "token": token}
        )
    return status_answer(200)


def _claimed_ids(call: Call) -> list[Any]:
    if call.body == []:  # Without a condition on the id, Medusa claims all orders.
        return [order["id"] for order in call.database.find("order")]
    body = _claim_object(call.body)
    ids = body.get("order_ids")
    values = cast("list[Any]", ids) if isinstance(ids, list) else [ids]
    problems = unknown(body, {"order_ids"})
    if not all(isinstance(value, str) for value in values):
        problems.append("each value in order_ids must be a string")
    if not all(value not in (None, "") for value in values):
        problems.append("each value in order_ids should not be empty")
    refuse_data(problems)
    return values


def confirm_claim(call: Call) -> Answer:
    """Make the orders of a claim token those of the customer who claimed them."""
    body = _claim_object(call.body)
    token = body.get("token")
    problems = unknown(body, {"token"})
    if not isinstance(token, str) or not re.fullmatch(r"[\w-]*\.[\w-]*\.[\w-]*", token, re.ASCII):
        problems.append("token must be a jwt string")
    if token in (None, ""):
        problems.append("token should not be empty")
    refuse_data(problems)
    claim = call.verified(str(token))
    if claim is None or not _is_fresh(claim):
        return failure_answer()
    if "claimingCustomerId" not in claim:
        return error_answer(404, "not_found", '"customerId" must be defined')
    customer = call.existing_customer(claim["claimingCustomerId"])
    order_ids: list[str] = claim.get("orders") or []
    for id in order_ids:
        for order in call.database.find("order", id=id):
            order.update(customer_id=customer["id"], email=customer["email"], customer=customer, updated_at=now())
            call.database.put("order", order)
    return status_answer(200)


def _claim_object(body: Any) -> dict[str, Any]:
    """Return a parsed body as the object that the claim routes expect. Raises `Refused`."""
    if isinstance(body, list):
        refuse_data(f"property {index} should not exist" for index in range(len(cast("list[Any]", body))))
        raise Refused(failure_answer())
    return cast("dict[str, Any]", body)


def _is_fresh(claim: dict[str, Any]) -> bool:
    """Whether a claim token has an `iat`, and it is less than 15 minutes ago."""
    issued = claim.get("iat")
    return isinstance(issued, (int, float)) and time.time() < issued + _CLAIM_TOKEN_SECONDS


ROUTES: Routes = {
    ("GET", "/store/orders"): look_up,
    ("GET", "/store/orders/{id}"): retrieve,
    ("GET", "/store/orders/cart/{cart_id}"): retrieve_by_cart,
    ("POST", "/store/orders/batch/customer/token"): request_claim,
    ("POST", "/store/orders/customer/confirm"): confirm_claim,
}
