"""The cart of a web session, for Django and Flask."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, MutableMapping
from typing import Any, Protocol

from .. import (
    Cart,
    Medusa,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    StoreCompleteCartRes,
    StorePostCartReq,
)
from .carts import EmailMissingError, EmptyCartError, PaymentRequiresMoreError, cart_errors

CART_ID = "medusa_cart_id"
"""The key in the web session of its cart."""
PREVIOUS_CART_ID = "medusa_previous_cart_id"
"""The key in the web session of the cart before: one that was completed, is gone, or was forgotten."""
NONCE = "medusa_session"
"""The key in the web session of a text that no other session has, where the framework has no such text itself."""

LONGEST_COMPLETION = 5.0
"""Seconds: how long to wait for another request that completes the same cart."""


class Carts(Protocol):
    """Which cart of a web session came after which. All requests of the session see the same one."""

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart after this one ("" for the first cart), if there is one."""
        ...

    def add(self, previous_id: str, cart_id: str) -> str:
        """Make this cart the one after `previous_id`, unless there is one. Return the ID of the one that it is."""
        ...


class SessionCart:
    """The cart of a web session, for one request."""

    def __init__(self, medusa: Medusa, session: MutableMapping[str, Any], carts: Carts) -> None:
        self._medusa = medusa
        self._session = session
        self._carts = carts

    def id(self) -> str | None:
        """Return the cart's ID. Another request may have made the cart since this one read the session."""
        if self._session.get(CART_ID) is None:
            found = self._carts.find(self._session.get(PREVIOUS_CART_ID, ""))
            if found is not None:
                self._session[CART_ID] = found
        return self._session.get(CART_ID)

    def get(
        self, *, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None
    ) -> Cart | None:
        """Return the cart. Forget it if it was completed, is gone, or can't be read any more."""
        if fields is not None:
            fields = [*(fields.split(",") if isinstance(fields, str) else fields), "completed_at"]
        while (cart_id := self.id()) is not None:
            try:
                cart = self._medusa.carts.retrieve(cart_id, expand=expand, fields=fields).cart
            except MedusaNotFoundError as error:
                if not error.route_exists:
                    raise
            except MedusaServerError as error:
                # A variant was deleted. The backend never reads or completes the cart again.
                if not error.message.startswith("Tax Lines must be joined"):
                    raise
            else:
                # The backend would still add items to a completed cart, and so change the order.
                if cart.completed_at is None:
                    return cart
            self.forget()
        return None

    def get_or_create(self, payload: StorePostCartReq | None) -> Cart:
        """Return the cart. Create one with this payload if there is none."""
        if payload is not None and "items" in payload:
            raise ValueError(
                "payload must not have items, which would be lost if there is a cart: use carts.line_items.create"
            )
        while (cart := self.get()) is None:
            created = self._medusa.carts.create(payload).cart
            previous_id = self._session.get(PREVIOUS_CART_ID, "")
            self._session[CART_ID] = self._carts.add(previous_id, created.id)
            if self._session[CART_ID] == created.id:
                return created
        return cart

    def complete(self) -> Order:
        """Complete the cart, forget it, and return its order."""
        with cart_errors():
            cart = self.get()
            if cart is None:
                return self._order_before()
            if not cart.items:
                raise EmptyCartError("the cart of the session has no items")
            # A cart that was once completed without an e-mail address can never be completed.
            if not cart.email:
                raise EmailMissingError("the cart of the session has no email")
            order = self._completed(cart.id)
        self.forget()
        return order

    def forget(self) -> None:
        """Forget the cart. The backend keeps it."""
        cart_id = self.id()
        if cart_id is not None:
            self._session[PREVIOUS_CART_ID] = cart_id
            del self._session[CART_ID]

    def _order_before(self) -> Order:
        """The order of the cart before: two requests to complete a cart, as by a double click, get the same order."""
        previous_id = self._session.get(PREVIOUS_CART_ID)
        if previous_id is not None:
            try:
                cart = self._medusa.carts.retrieve(previous_id, fields="completed_at").cart
            except MedusaNotFoundError as error:
                if not error.route_exists:
                    raise
            else:
                if cart.completed_at is not None:
                    return self._completed(previous_id)
        raise EmptyCartError("the session has no cart")

    def _completed(self, cart_id: str) -> Order:
        end = time.monotonic() + LONGEST_COMPLETION
        while (completed := self._unless_busy(cart_id, end)) is None:
            time.sleep(0.2)
        if isinstance(completed.data, Cart):
            raise PaymentRequiresMoreError(
                f"the payment of the cart has the status {completed.payment_status}",
                cart=completed.data,
                payment_status=str(completed.payment_status),
            )
        if not isinstance(completed.data, Order):
            raise TypeError("the cart of the session is that of a swap")
        return completed.data

    def _unless_busy(self, cart_id: str, end: float) -> StoreCompleteCartRes | None:
        try:
            return self._medusa.carts.complete(cart_id)
        except MedusaInvalidRequestError as error:
            # Another request completes this cart. Its order comes back as soon as it exists.
            if error.type != "duplicate_error" or time.monotonic() > end:
                raise
            return None


def nonce(session: MutableMapping[str, Any]) -> str:
    """Return the text that tells this session from all others. It is made when it is first needed."""
    if NONCE not in session:
        session[NONCE] = secrets.token_urlsafe(16)
    text: str = session[NONCE]
    return text
