"""Complete a cart: authorize its payment, reduce the stock, and create its order."""

from __future__ import annotations

import secrets
import string
from operator import itemgetter
from typing import Any

from .carts import cart_row_of_update, whole_cart
from .database import Database
from .entities import JSON, new_entity, new_id
from .json_text import now
from .orders import new_order, new_tax_line
from .payment_sessions import selected_session
from .payments import next_mode, payment_provider
from .relations import load
from .responses import Refused, Response, error_response, json_response
from .selection import completed_order
from .totals import add_totals
from .validation import NotInSandboxError

_COLUMNS = ("billing_address_id", "customer_id", "email", "region_id", "sales_channel_id", "shipping_address_id")
_RELATIONS = ("billing_address", "customer", "discounts.rule", "region", "shipping_address")
"""The columns that an order copies from its cart."""


def complete(database: Database, cart_id: str) -> Response:
    """Create the order of a cart, or return its existing order, or an error that says what is missing."""
    if order := _order_of(database, cart_id):
        return order
    if cart_row_of_update(database, cart_id)["type"] == "swap":
        raise NotInSandboxError("The sandbox does not have swaps, so it cannot complete the cart of a swap.")
    cart = whole_cart(database, cart_id, force_taxes=True)
    if cart["total"] > 0:
        session = selected_session(database, cart)
        if session is None:
            text = "You cannot complete a cart without a payment session."
            raise Refused(error_response(400, "not_allowed", text))
        mode = next_mode(database)
        with database.transaction():
            status = _authorize(database, cart, session, mode)
        if status in ("requires_more", "pending"):
            return json_response({"data": _bare(database, cart_id), "payment_status": status, "type": "cart"})
    else:
        _change(database, "cart", cart_id, payment_authorized_at=now())
    with database.transaction():
        return _order_of(database, cart_id) or _place_order(database, cart_id)


def _order_of(database: Database, cart_id: str) -> Response | None:
    orders = database.find("order", cart_id=cart_id)
    return json_response({"data": completed_order(orders[0]), "type": "order"}) if orders else None


def _bare(database: Database, cart_id: str) -> JSON:
    """Return the response if the payment needs more than a payment session: the cart without items and totals."""
    cart = load(database, "cart", _row(database, "cart", cart_id), ["payment_sessions"])
    return {"object": "cart", **cart, "payment_session": selected_session(database, cart)}


def _authorize(database: Database, cart: JSON, session: JSON, mode: str | None) -> str:
    """Authorize the payment of a cart, and return its status. Raises `Refused`."""
    status, data = payment_provider(session["provider_id"]).authorize(session["data"], mode)
    is_authorized = status == "authorized"
    changes: JSON = {"status": status, "data": data, "updated_at": now()}
    if is_authorized:
        changes["payment_authorized_at"] = now()
        _add_payment(database, cart, session["provider_id"], data)
    database.put("payment_session", {**session, **changes})
    return status


def _add_payment(database: Database, cart: JSON, provider_id: str, data: JSON) -> None:
    if any(not payment["canceled_at"] for payment in database.find("payment", cart_id=cart["id"])):
        text = f"Payment with cart_id {cart['id']} already exists."
        raise Refused(error_response(422, "duplicate_error", text, "invalid_request_error"))
    payment = new_entity(
        "pay",
        now(),
        swap_id=None,
        cart_id=cart["id"],
        order_id=None,
        amount=cart["total"],
        currency_code=cart["region"]["currency_code"],
        amount_refunded=0,
        provider_id=provider_id,
        data=data,
        captured_at=None,
        canceled_at=None,
        metadata=None,
        idempotency_key=None,
    )
    database.put("payment", payment)
    _change(database, "cart", cart["id"], payment_id=payment["id"], payment_authorized_at=now())


def _place_order(database: Database, cart_id: str) -> Response:
    """Create the order of a cart that is free or whose payment is authorized. Raises `Refused`."""
    if errors := _take_stock(database, whole_cart(database, cart_id)["items"]):
        return _out_of_stock(database, cart_id, errors)
    cart = whole_cart(database, cart_id, force_taxes=True)  # This includes the remaining stock.
    payment = cart["payment"] if cart["total"] else None
    if cart["total"] > 0 and (payment is None or payment["canceled_at"]):
        raise Refused(error_response(400, "invalid_data", "Cart payment not authorized"))
    if not cart["items"]:
        raise Refused(error_response(400, "invalid_data", "Cannot create order from empty cart"))
    if not cart["customer_id"]:
        text = "Cannot create an order from the cart without a customer"
        raise Refused(error_response(400, "invalid_data", text))
    order = _order_from_cart(database, cart, payment)
    _pay_by_gift_cards(database, order, cart)
    add_totals(order)
    _sell_gift_cards(database, order, cart)
    database.put("order", order)
    for discount in cart["discounts"]:
        _change(database, "discount", discount["id"], usage_count=discount["usage_count"] + 1)
    _change(database, "cart", cart_id, completed_at=now())
    return json_response({"data": completed_order(order), "type": "order"})


def _take_stock(database: Database, items: list[JSON]) -> list[JSON]:
    """Reduce the stock by the items. Return an error for each item whose stock is too small.

    Like in Medusa, the stock of the other items is not restored.
    """
    errors: list[JSON] = []
    for item in items:
        variant = database.get("product_variant", item["variant_id"] or "")
        if variant is None:
            continue
        is_limited = variant["manage_inventory"] and not variant["allow_backorder"]
        left = variant["inventory_quantity"] - item["quantity"]
        if is_limited and left < 0:
            text = f"Variant with id: {variant['id']} does not have the required inventory"
            errors.append({"message": text, "type": "not_allowed", "code": "insufficient_inventory"})
        else:
            _change(database, "product_variant", variant["id"], inventory_quantity=left)
    return errors


def _out_of_stock(database: Database, cart_id: str, errors: list[JSON]) -> Response:
    """Cancel the payment of a cart, and return the errors."""
    for payment in database.find("payment", cart_id=cart_id):
        if not payment["canceled_at"]:
            data = payment_provider(payment["provider_id"]).cancel(payment["data"])
            _change(database, "payment", payment["id"], data=data, canceled_at=now())
    _change(database, "cart", cart_id, payment_authorized_at=None)
    return json_response({"errors": errors}, 409)


def _order_from_cart(database: Database, cart: JSON, payment: JSON | None) -> JSON:
    """Return the order of a cart, without totals. The cart's rows refer to the order from now on."""
    created_at = now()
    row = load(database, "cart", _row(database, "cart", cart["id"]), _RELATIONS)
    order = new_order(
        created_at,
        display_id=database.next_display_id(),
        cart_id=cart["id"],
        metadata=cart["metadata"] or {},
        currency_code=row["region"]["currency_code"],
        **{name: row[name] for name in (*_COLUMNS, *_RELATIONS) if name in row},
        discounts=row["discounts"],
    )
    ids = {"order_id": order["id"]}
    for item in cart["items"]:
        _change(database, "line_item", item["id"], **ids)
        lines = [new_tax_line("litl", created_at, line, item_id=item["id"]) for line in item["tax_lines"]]
        order["items"].append({**item, **ids, "updated_at": created_at, "tax_lines": lines})
        _put_all(database, "line_item_tax_line", lines)
    for method in cart["shipping_methods"]:
        owner = {"shipping_method_id": method["id"]}
        database.put("shipping_method", {**_row(database, "shipping_method", method["id"]), **ids})
        lines = [new_tax_line("smtl", created_at, line, **owner) for line in method["tax_lines"]]
        order["shipping_methods"].append({**method, **ids, "tax_lines": lines})
        _put_all(database, "shipping_method_tax_line", lines)
    if payment:
        order["payments"] = [_change(database, "payment", payment["id"], **ids)]
    return order


def _pay_by_gift_cards(database: Database, order: JSON, cart: JSON) -> None:
    """Reduce the balances of a cart's gift cards by the paid amount. Gift cards that end first are used first."""
    due: int = cart["gift_card_total"]
    for card in sorted(cart["gift_cards"], key=lambda card: (card["ends_at"] or "2100", card["balance"])):
        amount = min(card["balance"], due)
        left = card["balance"] - amount
        _change(database, "gift_card", card["id"], balance=left, is_disabled=left == 0)
        order["gift_card_transactions"].append(
            {
                "id": new_id("gct"),
                "gift_card_id": card["id"],
                "order_id": order["id"],
                "amount": amount,
                "created_at": order["created_at"],
                "is_taxable": bool(card["tax_rate"]),
                "tax_rate": card["tax_rate"],
            }
        )
        due -= amount
        if not due:
            break
    cards = (_row(database, "gift_card", card["id"]) for card in cart["gift_cards"])
    order["gift_cards"] = [load(database, "gift_card", card) for card in cards]


def _sell_gift_cards(database: Database, order: JSON, cart: JSON) -> None:
    """Create the gift cards that are among the items."""
    for item in filter(itemgetter("is_giftcard"), order["items"]):
        value = item["subtotal"] / item["quantity"]
        rate = sum(line["rate"] for line in item["tax_lines"]) or cart["region"]["tax_rate"]
        for _ in range(item["quantity"] if value else 0):
            card = new_entity(
                "gift",
                order["created_at"],
                deleted_at=None,
                code=_new_code(),
                value=int(value),
                balance=int(value),
                region_id=order["region_id"],
                order_id=order["id"],
                is_disabled=False,
                ends_at=None,
                tax_rate=(rate or None) if cart["region"]["gift_cards_taxable"] else None,
                metadata=item["metadata"],
            )
            database.put("gift_card", card)


def _new_code() -> str:
    symbols = string.ascii_uppercase + string.digits
    return "-".join("".join(secrets.choice(symbols) for _ in range(4)) for _ in range(4))


def _put_all(database: Database, kind: str, rows: list[JSON]) -> None:
    for row in rows:
        database.put(kind, row)


def _row(database: Database, kind: str, id: str) -> JSON:
    row = database.get(kind, id)
    assert row is not None
    return row


def _change(database: Database, kind: str, id: str, **values: Any) -> JSON:
    """Set columns of a row, and return it."""
    row = {**_row(database, kind, id), **values, "updated_at": now()}
    database.put(kind, row)
    return row
