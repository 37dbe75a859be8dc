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
"""Seconds."""


def get_cart(
    request: HttpRequest, *, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None
) -> Cart | None:
    """Return the session's cart, or None if there is none; `expand` and `fields` are those of `medusa.carts.retrieve`.

    A cart that was completed or that the backend does not have is forgotten, and so is one that the backend can't read
    any more because a variant in it was deleted. If a customer is logged in, the backend makes the cart theirs and
    updates its prices. Raises `MedusaNotFoundError` if the backend has no such route, because `base_url` is wrong.
    """
    return session_cart(request).get(expand=expand, fields=fields)


def get_or_create_cart(request: HttpRequest, payload: StorePostCartReq | None = None) -> Cart:
    """Return the session's cart, or create one; `payload` is that of `medusa.carts.create`, such as a `region_id`.

    The payload is not used if there is a cart. Requests of one session that arrive together get the same cart; see
    https://medusa-sdk.readthedocs.io/en/latest/django.html.

    Raises `ValueError` for a payload with `items`, and what `medusa.carts.create` raises.
    """
    return session_cart(request).get_or_create(payload)


def complete_cart(request: HttpRequest) -> Order:
    """Complete the session's cart, forget it, and return its order.

    If the session's cart was completed already, as by a double click, its order is returned again.

    Raises a `CartError`, whose `.text` is for the customer, and keeps the cart: `EmptyCartError`, `EmailMissingError`,
    `OutOfStockError`, `PaymentMissingError`, `PaymentDeclinedError`, and `PaymentRequiresMoreError` if the payment
    needs another step. Raises what else `medusa.carts.complete` raises.
    """
    return session_cart(request).complete()


def forget_cart(request: HttpRequest) -> None:
    """Let the session have no cart. The backend keeps it."""
    session_cart(request).forget()


def session_cart(request: HttpRequest) -> SessionCart:
    """Return what keeps the cart of this request's session."""
    # Tells Django's cache not to keep this answer: `cache_page` would not see yet that it varies by cookie.
    cast(Any, request)._cache_update_cache = False
    session = request.session
    carts = MachineCarts(nonce(session)) if isinstance(session, SessionInCookie) else StoreCarts(session)
    return SessionCart(cast(MedusaHttpRequest, request).medusa, cast(Any, session), carts)


class StoreCarts:
    """The carts of a web session, each in an entry of its own in the store of sessions.

    Every such store has an atomic way to create an entry that does not exist. What is in the session itself can be
    lost: the request that saves the session last also writes the old values of all that it did not change.
    """

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    def find(self, previous_id: str) -> str | None:
        """Return the ID of the cart after this one, if there is one."""
        if self._session.session_key is None:
            return None
        found: str | None = self._entry(previous_id).get(CART_ID)
        return found

    def add(self, previous_id: str, cart_id: str) -> str:
        """Make this cart the one after `previous_id`, unless there is one. Return the ID of the one that it is."""
        if self._session.session_key is None:
            self._session.save()
        entry = self._entry(previous_id)
        entry.clear()  # which keeps Django from loading it
        entry[CART_ID] = cart_id
        try:
            entry.save(must_create=True)
        except CreateError:
            return self._awaited(previous_id) or cart_id
        return cart_id

    def _awaited(self, previous_id: str) -> str | None:
        """The ID that another request wrote, or, into a file, is about to write. None if it failed to."""
        end = time.monotonic() + LONGEST_WRITE
        while (found := self.find(previous_id)) is None and time.monotonic() < end:
            time.sleep(0.01)
        return found

    def _entry(self, previous_id: str) -> SessionBase:
        key = salted_hmac(__name__, f"{self._session.session_key}:{previous_id}", algorithm="sha256").hexdigest()[:32]
        return self._session.__class__(key)
