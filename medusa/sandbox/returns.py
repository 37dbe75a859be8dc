"""Returns: the returned items of an order, and the refund."""

from __future__ import annotations

from typing import Any

from .database import Database
from .entities import JSON, new_entity, new_id
from .json_text import now
from .responses import Refused, error_response, failed
from .totals import refund_of, tax
from .validation import NotInSandboxError


def create_return(
    database: Database, order_id: str, items: list[JSON], shipping_option_id: str | None, idempotency_key: str
) -> JSON:
    """Store a return of these items of an order, and return it with its relations. Raises `Refused`."""
    for given in items:
        _refuse_item_of_canceled_order(database, given["item_id"])
    order = database.get("order", order_id)
    if order is None:
        raise Refused(error_response(404, "not_found", f"Order with id: {order_id} was not found"))
    lines = [_returned_item(order, given) for given in items]
    refund_amount = sum(
        refund_of(_taxed(item, order), given["quantity"]) for item, given in zip(lines, items, strict=True)
    )
    _refuse_reason_with_children(database, items)
    created = new_entity(
        "ret",
        now(),
        status="requested",
        swap_id=None,
        claim_order_id=None,
        order_id=order_id,
        location_id=None,
        shipping_data=None,
        refund_amount=refund_amount,
        received_at=None,
        no_notification=None,
        metadata=None,
        idempotency_key=idempotency_key,
    )
    _refuse_item_twice(created, items)
    created["items"] = [
        _return_item(database, created, given, item["metadata"]) for given, item in zip(items, lines, strict=True)
    ]
    if shipping_option_id is not None:
        _ship(database, created, order, shipping_option_id)
    database.put("return", created)
    return created


def _items_of(order: JSON) -> list[JSON]:
    """Return the items of an order, including replacement items."""
    items: list[JSON] = list(order.get("items") or [])  # A recorded order may not have items.
    for name in ("swaps", "claims"):
        exchanges: list[JSON] = order.get(name) or []
        for each in exchanges:
            items += each.get("additional_items") or []
    return items


def _refuse_item_of_canceled_order(database: Database, item_id: str) -> None:
    for order in database.find("order"):
        if any(item["id"] == item_id for item in _items_of(order)):
            if order.get("canceled_at"):
                raise _invalid("Cannot create a return for a canceled item.")
            return
    if database.get("line_item", item_id) is None:
        raise Refused(error_response(404, "not_found", f"Line item with {item_id} was not found"))


def _returned_item(order: JSON, given: JSON) -> JSON:
    item = next((item for item in _items_of(order) if item["id"] == given["item_id"]), None)
    if item is None:
        raise _invalid("Return contains invalid line item")
    if given["quantity"] > item["quantity"] - (item.get("returned_quantity") or 0):
        text = "Cannot return more items than have been purchased"
        raise Refused(error_response(400, "not_allowed", text))
    if given["quantity"] != int(given["quantity"]):
        raise failed()
    return item


def _taxed(item: JSON, order: JSON) -> JSON:
    """Return the item with the tax rate of the order, if there is one. Only orders from before Medusa 1.8 have one."""
    rate = order.get("tax_rate")
    return item if rate is None else {**item, "tax_lines": [{"rate": rate}]}


def _refuse_reason_with_children(database: Database, items: list[JSON]) -> None:
    for given in items:
        if given.get("reason_id") and database.find("return_reason", parent_return_reason_id=given["reason_id"]):
            raise _invalid("Cannot apply return reason category")


def _refuse_item_twice(created: JSON, items: list[JSON]) -> None:
    ids = [given["item_id"] for given in items]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        text = f"Return_item with return_id, item_id {created['id']}, {twice} already exists."
        raise Refused(error_response(422, "duplicate_error", text, "invalid_request_error"))


def _return_item(database: Database, created: JSON, given: JSON, metadata: Any) -> JSON:
    reason_id = given.get("reason_id")
    reason = database.get("return_reason", reason_id) if reason_id else None
    if reason_id is not None and reason is None:
        text = f"Return_reason with reason_id {reason_id} does not exist." if reason_id else "null"
        raise Refused(error_response(404, "not_found", text))
    return {
        "return_id": created["id"],
        "item_id": given["item_id"],
        "quantity": given["quantity"],
        "is_requested": True,
        "requested_quantity": given["quantity"],
        "received_quantity": None,
        "reason_id": reason_id,
        "note": given.get("note"),
        "metadata": metadata,
        "reason": whole_reason(reason) if reason else None,
    }


def whole_reason(reason: JSON) -> JSON:
    """Return a reason with all columns. A reason from a real backend may lack its metadata."""
    return {"metadata": None, **reason}


def _ship(database: Database, created: JSON, order: JSON, option_id: str) -> None:
    """Add this shipping option to the return. Its price is subtracted from the refund."""
    option = database.get("shipping_option", option_id)
    if option is None:
        raise Refused(error_response(404, "not_found", f"Shipping Option with {option_id} was not found"))
    if option["price_type"] != "flat_rate":
        raise NotInSandboxError("The sandbox cannot calculate the price of a return's shipping option.")
    region = database.get("region", order["region_id"]) or order["region"]
    price = option["amount"]
    created["refund_amount"] -= price + tax(price, [region["tax_rate"]])
    created["shipping_data"] = {}
    created["_shipping_method"] = {
        "id": new_id("sm"),
        "shipping_option_id": option_id,
        "order_id": None,
        "claim_order_id": None,
        "cart_id": None,
        "swap_id": None,
        "return_id": created["id"],
        "price": price,
        "data": {},
    }


def _invalid(text: str) -> Refused:
    return Refused(error_response(400, "invalid_data", text))
