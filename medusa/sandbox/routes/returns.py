"""The routes of returns and return reasons."""

from __future__ import annotations

from typing import Any, cast

from ..entities import JSON
from ..idempotency import idempotent
from ..queries import not_found
from ..relations import load
from ..responses import Response, json_response, refuse_data
from ..returns import create_return, whole_reason
from ..validation import array, at_least, complaints, every, nested, not_empty, number, optional, string
from .call import Call, Routes

_ITEM = {
    "item_id": every(not_empty, string),
    "quantity": every(at_least(1), number),
    "reason_id": optional(string),
    "note": optional(string),
}
_RETURN = {
    "order_id": every(not_empty, string),
    "items": every(array, nested(_ITEM, each=True)),
    "return_shipping": optional(nested({"option_id": every(not_empty, string)})),
}


def create(call: Call) -> Response:
    """Request the return of items of an order."""
    body = call.json_object()
    refuse_data(complaints(body, _RETURN if "items" in body else {**_RETURN, "items": array}))
    shipping: Any = body.get("return_shipping")
    option_id: str | None = cast("JSON", shipping)["option_id"] if isinstance(shipping, dict) else None

    def response() -> Response:
        with call.database.transaction():
            created = create_return(call.database, body["order_id"], body["items"], option_id, call.idempotency_key)
        return json_response({"return": load(call.database, "return", created)})

    return idempotent(call, response)


def list_reasons(call: Call) -> Response:
    """Return the return reasons, each with its child reasons."""
    reasons = call.database.find("return_reason", parent_return_reason_id=None)
    return json_response({"return_reasons": [_reason(call, reason) for reason in reasons]})


def retrieve_reason(call: Call, id: str) -> Response:
    """Return the return reason with this ID."""
    reason = call.database.get("return_reason", id)
    if reason is None:
        raise not_found(f"Return Reason with id: {id} was not found.")
    return json_response({"return_reason": _reason(call, reason)})


def _reason(call: Call, reason: JSON) -> JSON:
    loaded = load(call.database, "return_reason", reason, ["parent_return_reason", "return_reason_children"])
    if parent := loaded["parent_return_reason"]:
        loaded["parent_return_reason"] = whole_reason(parent)
    loaded["return_reason_children"] = [whole_reason(child) for child in loaded["return_reason_children"]]
    return {name: value for name, value in loaded.items() if name != "metadata"}


ROUTES: Routes = {
    ("GET", "/store/return-reasons"): list_reasons,
    ("GET", "/store/return-reasons/{id}"): retrieve_reason,
    ("POST", "/store/returns"): create,
}
