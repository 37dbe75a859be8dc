"""The cart of a web session."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, cast

from django.contrib.sessions.backends.base import CreateError, SessionBase
from django.contrib.sessions.backends.signed_cookies import SessionStore as SessionInCookie
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ... import Cart, Order, StorePostCartReq
from ..machine_carts import MachineCarts
from ..session_cart import CART_ID, SessionCart, nonce
from .middleware import MedusaHttpRequest

LONGEST_WRITE = 5.0
"""How many seconds to wait while another request writes the ID of its cart."""


def get_cart(
    request: HttpRequest, *, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None
) -> Cart | None:
    """Return the session's cart, or None if the session has no cart.

    `expand` and `fields` mean the same as in `medusa.carts.retrieve`. If a customer is logged in, the backend assigns
    the cart to this customer and updates its prices.

    The session forgets a cart if it was completed, if the backend does not have it, or if the backend can no longer
    read it because one of its variants was deleted.

    Raises `MedusaNotFoundError` if the backend does not have this route because `base_url` is wrong.
    """
    return session_cart(request).get(expand=expand, fields=fields)


def get_or_create_cart(request: HttpRequest, payload: StorePostCartReq | None = None) -> Cart:
    """Return the session's cart. If there is no cart, create one with `payload`.

    `payload` is the payload of `medusa.carts.create`, for example `{"region_id": region.id}`. Simultaneous requests of
    one session get the same cart: see https://medusa-sdk.readthedocs.io/en/latest/django.html.

    Raises `ValueError` if the payload has `items`, and every error that `medusa.carts.create` raises.
    """
    return session_cart(request).get_or_create(payload)


def complete_cart(request: HttpRequest) -> Order:
    """Complete the session's cart, forget the cart, and return its order.

    If the cart was already completed, for example by a double click, this returns the same order again.

    Raises a `CartError` and keeps the cart if the customer must act: `EmptyCartError`, `EmailMissingError`,
    `OutOfStockError`, `PaymentMissingError`, `PaymentDeclinedError`, or `PaymentRequiresMoreError` if the payment needs
    another step. Show its `.text` to the customer. Also raises the other errors of `medusa.carts.complete`.
    """
    return session_cart(request).complete()


def forget_cart(request: HttpRequest) -> None:
    """Remove the cart from the session. The backend keeps the cart."""
    session_cart(request).forget()


def session_cart(request: HttpRequest) -> SessionCart:
    """Return the `SessionCart` of this request's session."""
    # The response depends on the session, so Django's cache must not store it. `cache_page` runs before the
    # SessionMiddleware adds `Vary: Cookie`.
    cast(Any, request)._cache_update_cache = False
    session = request.session
    carts = MachineCarts(nonce(session)) if isinstance(session, SessionInCookie) else StoreCarts(session)
    return SessionCart(cast(MedusaHttpRequest, request).medusa, cast(Any, session), carts)


class StoreCarts:
    """The sequence of carts of a web session, with a separate entry for each cart in Django's session store.

    Every session store can create a new entry atomically. The session's own data is not safe for this: when several
    requests save the session, the last one overwrites the changes of the others.
    """

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart that follows `previous_id`, or None."""
        if self._session.session_key is None:
            return None
        found: str | None = self._entry(previous_id).get(CART_ID)
        return found

    def add(self, previous_id: str, cart_id: str) -> str:
        """Record `cart_id` as the cart that follows `previous_id`, if there is none yet. Return the recorded ID."""
        if self._session.session_key is None:
            self._session.save()
        entry = self._entry(previous_id)
        entry.clear()  # Without this, Django would load the entry from the store.
        entry[CART_ID] = cart_id
        try:
            entry.save(must_create=True)
        except CreateError:
            return self._awaited(previous_id) or cart_id
        return cart_id

    def _awaited(self, previous_id: str) -> str | None:
        """Return the ID that another request wrote, or None if it failed. Writing a session file may take a moment."""
        end = time.monotonic() + LONGEST_WRITE
        while (found := self.find(previous_id)) is None and time.monotonic() < end:
            time.sleep(0.01)
        return found

    def _entry(self, previous_id: str) -> SessionBase:
        key = salted_hmac(__name__, f"{self._session.session_key}:{previous_id}", algorithm="sha256").hexdigest()[:32]
        return self._session.__class__(key)
