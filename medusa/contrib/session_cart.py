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
"""The key in the web session for the ID of its cart."""
PREVIOUS_CART_ID = "medusa_previous_cart_id"
"""The key in the web session for the ID of the previous cart, which was completed, deleted or forgotten."""
NONCE = "medusa_session"
"""The key in the web session for a random string that identifies the session, if it has no session key."""

LONGEST_COMPLETION = 5.0
"""How many seconds to wait while another request completes the same cart."""


class Carts(Protocol):
    """The sequence of carts of a web session: for each cart, the next one. All requests of the session share it."""

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart that follows `previous_id` ("" for the first cart), or None."""
        ...

    def add(self, previous_id: str, cart_id: str) -> str:
        """Record `cart_id` as the cart that follows `previous_id`, if there is none yet. Return the recorded ID."""
        ...


class SessionCart:
    """The cart of a web session, for one request."""

    def __init__(self, medusa: Medusa, session: MutableMapping[str, Any], carts: Carts) -> None:
        self._medusa = medusa
        self._session = session
        self._carts = carts

    def id(self) -> str | None:
        """Return the cart's ID. Another request may have created the cart after this request read the session."""
        if self._session.get(CART_ID) is None:
            found = self._carts.find(self._session.get(PREVIOUS_CART_ID, ""))
            if found is not None:
                self._session[CART_ID] = found
        return self._session.get(CART_ID)

    def get(
        self, *, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None
    ) -> Cart | None:
        """Return the cart. Forget the cart if it was completed or deleted, or if the backend cannot read it."""
        if fields is not None:
            fields = [*(fields.split(",") if isinstance(fields, str) else fields), "completed_at"]
        while (cart_id := self.id()) is not None:
            try:
                cart = self._medusa.carts.retrieve(cart_id, expand=expand, fields=fields).cart
            except MedusaNotFoundError as error:
                if not error.route_exists:
                    raise
            except MedusaServerError as error:
                # A variant of the cart was deleted. The backend can neither read nor complete such a cart.
                if not error.message.startswith("Tax Lines must be joined"):
                    raise
            else:
                # A completed cart must not be used: the backend would add items to it, and that would change the order.
                if cart.completed_at is None:
                    return cart
            self.forget()
        return None

    def get_or_create(self, payload: StorePostCartReq | None) -> Cart:
        """Return the cart. If there is none, create one with this payload."""
        if payload is not None and "items" in payload:
            raise ValueError(
                "payload must not have items, because they would be ignored if the session has a cart:"
                " add items with carts.line_items.create"
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
                raise EmptyCartError("the session's cart has no items")
            # Completing a cart without an e-mail address fails, and the backend can never complete that cart later.
            if not cart.email:
                raise EmailMissingError("the session's cart has no email: set it with carts.update")
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
        """Return the order of the previous cart: both requests of a double click get the same order."""
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
                f"the payment of the session's cart has the status {completed.payment_status}",
                cart=completed.data,
                payment_status=str(completed.payment_status),
            )
        if not isinstance(completed.data, Order):
            raise TypeError("the session's cart belongs to a swap: use carts.complete for the cart of a swap")
        return completed.data

    def _unless_busy(self, cart_id: str, end: float) -> StoreCompleteCartRes | None:
        try:
            return self._medusa.carts.complete(cart_id)
        except MedusaInvalidRequestError as error:
            # Another request is completing this cart. Try again until the backend returns its order.
            if error.type != "duplicate_error" or time.monotonic() > end:
                raise
            return None


def nonce(session: MutableMapping[str, Any]) -> str:
    """Return a random string that identifies this session. It is created on first use."""
    if NONCE not in session:
        session[NONCE] = secrets.token_urlsafe(16)
    text: str = session[NONCE]
    return text
