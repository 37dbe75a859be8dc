"""The routes of carts: their items, addresses, discounts, gift cards and taxes."""

from __future__ import annotations

from ..addresses import refuse_unless_address
from ..cart_updates import remove_discount, update_cart
from ..carts import CART, CART_RELATIONS, cart_body, cart_row, cart_row_of_update, create_cart, whole_cart
from ..entities import JSON
from ..idempotency import idempotent
from ..line_items import add_items, change_item, refuse_missing, remove_items
from ..payment_sessions import update_sessions
from ..responses import Refused, Response, error_response, json_response, refuse_data
from ..validation import (
    NotInSandboxError,
    Rule,
    anything,
    array,
    complaints,
    email,
    every,
    integer,
    nested,
    not_empty,
    optional,
    string,
)
from .call import Call, Routes

_ITEM: dict[str, Rule] = {"variant_id": every(string, not_empty), "quantity": every(integer, not_empty)}
_NEW_CART: dict[str, Rule] = {
    "region_id": optional(string),
    "country_code": optional(string),
    "items": optional(array, nested(_ITEM, each=True)),
    "context": anything,
    "sales_channel_id": optional(string),
}
_CODES = optional(array, nested({"code": string}, each=True))
_CART: dict[str, Rule] = {
    "region_id": optional(string),
    "country_code": optional(string),
    "email": optional(email),
    "billing_address": anything,
    "shipping_address": anything,
    "gift_cards": _CODES,
    "discounts": _CODES,
    "customer_id": optional(string),
    "context": anything,
    "sales_channel_id": optional(string),
}


def _body(call: Call) -> JSON:
    """Return the body. An empty list means the same as an empty object. Raises `Refused`."""
    return call.json_object() if call.body else {}


def create(call: Call) -> Response:
    """Create a cart, with optional items."""
    call.check_selection()
    body = _body(call)
    refuse_data(complaints(body, _NEW_CART))
    user_agent = call.request.headers.get("User-Agent")
    context = {"ip": "127.0.0.1"} | ({"user_agent": user_agent} if user_agent else {})
    customer_id = call.customer()["id"] if call.customer_id else None
    with call.database.transaction():
        new = {"customer_id": customer_id, "channel_id": _channel_id(call, body.get("sales_channel_id"))}
        cart = create_cart(call.database, body, **new, context=context)
        if body.get("items"):
            # Like in Medusa, prices for the customer's groups are not used here.
            add_items(call.database, cart, body["items"], customer_id=None)
        return json_response({"cart": cart_body(call.database, cart["id"])})


def _channel_id(call: Call, given: str | None) -> str | None:
    """Return the sales channel of a new cart, from the body or the publishable key. Raises `Refused`."""
    channels = call.channels(given)
    channels.refuse_others()
    if given or not channels.of_key:
        return given
    if len(channels.of_key) > 1:
        text = "The PublishableApiKey provided in the request header has multiple associated sales channels."
        raise Refused(error_response(500, "unexpected_state", text))
    return channels.of_key[0]


def retrieve(call: Call, id: str) -> Response:
    """Return a cart. It is assigned to the logged-in customer."""
    call.check_selection()
    cart = cart_row(call.database, id)
    if call.customer_id:
        with call.database.transaction():
            update_cart(call.database, cart, {"customer_id": call.customer_id})
    selection = CART.select(_without_signs(call.query), is_list=False)
    return json_response({"cart": cart_body(call.database, id, selection.relations, fields=selection.fields)})


def _without_signs(query: JSON) -> JSON:
    """If all `fields` have a sign, keep only the fields with a plus. A cart has no default fields that they change."""
    fields = [field for field in query.get("fields", "").split(",") if field]
    if not fields or not all(field[0] in "+-" for field in fields):
        return query
    return {**query, "fields": ",".join(field[1:] for field in fields if field[0] == "+")}


def update(call: Call, id: str) -> Response:
    """Change a cart."""
    call.check_selection()
    body = _body(call)
    for name in ("billing_address", "shipping_address"):
        refuse_unless_address(name, body.get(name))
    refuse_data(complaints(body, _CART))
    if call.customer_id:
        body = {**body, "customer_id": call.customer_id}
    with call.database.transaction():
        update_cart(call.database, cart_row_of_update(call.database, id), body)
        return _response(call, id, updates_sessions=not body.get("region_id"))


def _response(call: Call, id: str, *, updates_sessions: bool = True) -> Response:
    """Return a cart that has changed, after updating its payment sessions."""
    if updates_sessions:
        update_sessions(call.database, id, lambda: whole_cart(call.database, id, force_taxes=True))
    return json_response({"cart": cart_body(call.database, id)})


def create_line_item(call: Call, id: str) -> Response:
    """Add a variant to a cart."""
    call.check_selection()
    body = call.json_object()
    refuse_data(complaints(body, {"variant_id": string, "quantity": integer, "metadata": anything}))

    def response() -> Response:
        with call.database.transaction():
            cart = cart_row(call.database, id)
            refuse_missing(body["variant_id"], body["quantity"])
            add_items(call.database, cart, [body], customer_id=call.customer_id or cart["customer_id"])
            update_sessions(call.database, id, lambda: whole_cart(call.database, id, force_taxes=True))
        return json_response({"cart": cart_body(call.database, id, [*CART_RELATIONS, "customer"])})

    return idempotent(call, response)


def update_line_item(call: Call, id: str, line_id: str) -> Response:
    """Change the quantity and the metadata of an item. A quantity of 0 removes the item."""
    call.check_selection()
    if not isinstance(call.body, dict):
        raise NotInSandboxError("The sandbox requires an object, not a list, to change a line item.")
    body = call.json_object()
    refuse_data(complaints(body, {"quantity": integer, "metadata": anything}))
    with call.database.transaction():
        cart = cart_row_of_update(call.database, id)
        if body["quantity"] == 0:
            remove_items(call.database, cart, [line_id])
        else:
            change_item(call.database, cart, line_id, body["quantity"], body.get("metadata"))
        return _response(call, id)


def delete_line_item(call: Call, id: str, line_id: str) -> Response:
    """Remove an item from a cart, if it is there."""
    call.check_selection()
    with call.database.transaction():
        remove_items(call.database, cart_row_of_update(call.database, id), [line_id])
        return _response(call, id)


def delete_discount(call: Call, id: str, code: str) -> Response:
    """Remove a discount from a cart, if it is there."""
    call.check_selection()
    with call.database.transaction():
        remove_discount(call.database, cart_row_of_update(call.database, id), code)
        return _response(call, id)


def calculate_taxes(call: Call, id: str) -> Response:
    """Return a cart with taxes, even in a region without automatic taxes."""
    call.check_selection()

    def response() -> Response:
        cart_row_of_update(call.database, id)
        return json_response({"cart": cart_body(call.database, id, (), force_taxes=True)})

    return idempotent(call, response)


ROUTES: Routes = {
    ("POST", "/store/carts"): create,
    ("GET", "/store/carts/{id}"): retrieve,
    ("POST", "/store/carts/{id}"): update,
    ("POST", "/store/carts/{id}/line-items"): create_line_item,
    ("POST", "/store/carts/{id}/line-items/{line_id}"): update_line_item,
    ("DELETE", "/store/carts/{id}/line-items/{line_id}"): delete_line_item,
    ("DELETE", "/store/carts/{id}/discounts/{code}"): delete_discount,
    ("POST", "/store/carts/{id}/taxes"): calculate_taxes,
}
