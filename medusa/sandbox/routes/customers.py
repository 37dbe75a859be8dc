"""The customer routes: customers register, and list their orders."""

from __future__ import annotations

from typing import Any

from .. import filters, selection
from ..answers import Answer, error_answer, failure_answer, json_answer, refuse_data
from ..entities import new_customer
from ..json_text import now
from ..logins import hashed
from ..selection import Route
from ..totals import round_half_up
from ..validation import is_email, js_number, not_strings, unknown
from .call import Call, Routes

_LARGEST_LIMIT = 2**63 - 1


def create(call: Call) -> Answer:
    """Register a customer, and log them in."""
    body = call.json_object()
    problems = unknown(body, {"first_name", "last_name", "email", "password", "phone"})
    problems += not_strings(body, ["first_name", "last_name"])
    if not is_email(body.get("email")):
        problems.append("email must be an email")
    if not isinstance(body.get("password"), str):
        problems.append("password must be a string")
    refuse_data([*problems, *not_strings(body, ["phone"])])
    email = body["email"].lower()
    if call.database.account(email):
        text = "A customer with the given email already has an account. Log in instead"
        return error_answer(422, "duplicate_error", text, "invalid_request_error")
    names = {name: body.get(name) for name in ("first_name", "last_name", "phone")}
    has_account = bool(body["password"])
    customer = new_customer(email, created_at=now(), has_account=has_account, **names)
    call.database.put("customer", customer)
    if has_account:
        call.database.put("password", {"id": customer["id"], "hash": hashed(body["password"])})
    call.log_in(customer)
    return _customer_answer(customer)


def retrieve(call: Call) -> Answer:
    """Answer with the logged-in customer."""
    return _customer_answer(call.customer())


def _customer_answer(customer: dict[str, Any]) -> Answer:
    return json_answer({"customer": {**customer, "billing_address": None, "shipping_addresses": []}})


def list_orders(call: Call) -> Answer:
    """Answer with a page of the logged-in customer's orders, the newest first."""
    customer = call.customer()
    query = call.query
    limit, offset = _limit_and_offset(query)
    if query.get("q") and "expand" in query:
        query["expand"] += ",shipping_address,customer"
    conditions = filters.conditions(query)
    _selected({"items": []}, query)  # A wrong selection is refused even where there is no order.
    if not (0 <= limit <= _LARGEST_LIMIT and 0 <= offset <= _LARGEST_LIMIT):
        return failure_answer()
    orders = [selection.with_all_columns(order) for order in call.database.find("order", customer_id=customer["id"])]
    found = [order for order in orders if all(is_met(order) for is_met in conditions)]
    found.sort(key=lambda order: str(order["created_at"]), reverse=True)
    page = found[round_half_up(offset) :][: round_half_up(limit) if limit else None]
    selected = [_selected(order, query) for order in page]
    return json_answer({"orders": selected, "count": len(found), "offset": _plain(offset), "limit": _plain(limit)})


def _limit_and_offset(query: dict[str, Any]) -> tuple[float, float]:
    """Check the whole query. Raises `Refused`."""
    problems = unknown(query, {"limit", "offset", "expand", "fields", *filters.NAMES}) + filters.problems(query)
    limit, offset = (js_number(query.get(name, default)) for name, default in (("limit", 10), ("offset", 0)))
    for name, number in (("limit", limit), ("offset", offset)):
        if number is None:
            problems.append(f"{name} must be a number conforming to the specified constraints")
    refuse_data([*problems, *not_strings(query, ["fields", "expand"])])
    assert limit is not None
    assert offset is not None
    return limit, offset


def _selected(order: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    return selection.select(order, Route.MINE, query.get("fields"), query.get("expand"))


def _plain(number: float) -> float:
    """A number as JSON writes one of JS: without a fraction where it has none."""
    return int(number) if number == int(number) else number


ROUTES: Routes = {
    ("POST", "/store/customers"): create,
    ("GET", "/store/customers/me"): retrieve,
    ("GET", "/store/customers/me/orders"): list_orders,
}
