"""The payment sessions of a cart. There is one for each provider of the region, and one is selected.

The functions take a cart with all of its columns and totals.
"""

from __future__ import annotations

from collections.abc import Callable

from .database import Database
from .entities import JSON, new_entity
from .json_text import now
from .payments import payment_provider
from .relations import related
from .responses import Refused, error_response, failed


def sessions_of(database: Database, cart: JSON) -> list[JSON]:
    """Return the rows of a cart's sessions."""
    return database.find("payment_session", cart_id=cart["id"])


_LARGEST_AMOUNT = 2**31 - 1
"""The largest amount that fits PostgreSQL's column."""


def selected_session(database: Database, cart: JSON) -> JSON | None:
    """Return the selected session."""
    return next((session for session in sessions_of(database, cart) if session["is_selected"]), None)


def create_sessions(database: Database, cart: JSON) -> None:
    """Update the sessions for the total and the region. If the region has one provider, it is selected."""
    if cart["total"] > _LARGEST_AMOUNT:
        raise failed()
    provider_ids = [] if cart["total"] <= 0 else _provider_ids(database, cart)
    for session in sessions_of(database, cart):
        if session["provider_id"] not in provider_ids:
            database.delete("payment_session", session["id"])
        elif session["is_selected"] and session["is_initiated"]:
            _update(database, session, cart)
        elif session["is_initiated"]:
            database.delete("payment_session", session["id"])
            database.put("payment_session", _new_session(cart, session["provider_id"]))
        else:
            database.put("payment_session", {**session, "amount": cart["total"], "updated_at": now()})
    known = {session["provider_id"] for session in sessions_of(database, cart)}
    for id in provider_ids:
        if id not in known:
            database.put("payment_session", _new_session(cart, id))
    if len(provider_ids) == 1 and not selected_session(database, cart):
        select_session(database, cart, provider_ids[0])


def update_sessions(database: Database, cart_id: str, whole_cart: Callable[[], JSON]) -> None:
    """Update the sessions of a cart whose amount may have changed, if the cart has any."""
    if database.find("payment_session", cart_id=cart_id):
        create_sessions(database, whole_cart())


def select_session(database: Database, cart: JSON, provider_id: str) -> None:
    """Select the session of a provider, and start its payment. Raises `Refused`."""
    if provider_id != "system" and provider_id not in _provider_ids(database, cart):
        text = "The payment method is not available in this region"
        raise Refused(error_response(400, "not_allowed", text))
    chosen: JSON | None = None
    for session in sessions_of(database, cart):
        if session["provider_id"] == provider_id:
            chosen = session
        else:
            row = {**session, "is_selected": None, "is_initiated": False, "updated_at": now()}
            database.put("payment_session", row)
    if chosen is None:
        raise Refused(error_response(500, "unexpected_state", "Could not find payment session"))
    chosen["is_selected"] = True
    if chosen["is_initiated"]:
        _update(database, chosen, cart)
    else:
        _begin(database, chosen, cart)


def refresh_session(database: Database, cart: JSON, provider_id: str) -> None:
    """Start the payment of a session again. Like in Medusa, the new session is not selected."""
    for session in sessions_of(database, cart):
        if session["provider_id"] != provider_id:
            continue
        if session["is_selected"]:
            database.delete("payment_session", session["id"])
            _begin(database, _new_session(cart, provider_id), cart)
        else:
            database.put("payment_session", {**session, "amount": cart["total"], "updated_at": now()})


def delete_session(database: Database, cart: JSON, provider_id: str) -> None:
    """Delete the session of a provider, if there is one."""
    for session in database.find("payment_session", cart_id=cart["id"], provider_id=provider_id):
        database.delete("payment_session", session["id"])


def add_session_data(database: Database, cart: JSON, data: JSON) -> None:
    """Add the shop's payment data to the selected session. Raises `Refused`."""
    if session := selected_session(database, cart):
        added = payment_provider(session["provider_id"]).add_data(session, data)
        database.put("payment_session", {**session, "data": added, "updated_at": now()})


def _provider_ids(database: Database, cart: JSON) -> list[str]:
    return [provider["id"] for provider in related(database, "region", _region(database, cart), "payment_providers")]


def _region(database: Database, cart: JSON) -> JSON:
    (region,) = related(database, "cart", cart, "region")
    return region


def _new_session(cart: JSON, provider_id: str) -> JSON:
    return new_entity(
        "ps",
        now(),
        cart_id=cart["id"],
        provider_id=provider_id,
        is_selected=None,
        is_initiated=False,
        status="pending",
        data={},
        idempotency_key=None,
        amount=cart["total"],
        payment_authorized_at=None,
    )


def _begin(database: Database, session: JSON, cart: JSON) -> None:
    provider = payment_provider(session["provider_id"])
    data = provider.begin(cart, cart["total"], _region(database, cart)["currency_code"])
    begun = {"data": data, "status": "pending", "amount": cart["total"], "is_initiated": True, "updated_at": now()}
    database.put("payment_session", {**session, **begun})
    customer = database.get("customer", cart["customer_id"] or "")
    if customer and provider.customer_metadata:
        metadata: JSON = {**(customer["metadata"] or {}), **provider.customer_metadata}
        database.put("customer", {**customer, "metadata": metadata, "updated_at": now()})


def _update(database: Database, session: JSON, cart: JSON) -> None:
    data = payment_provider(session["provider_id"]).update(session["data"], cart["total"])
    database.put("payment_session", {**session, "data": data, "amount": cart["total"], "updated_at": now()})
