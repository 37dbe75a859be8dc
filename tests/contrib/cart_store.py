"""The store of store.py with carts. A test can hold back its responses until several requests have arrived."""

from __future__ import annotations

import json
import threading
from typing import Any

from ..faults.peer import Request
from .store import Store


class CartStore(Store):
    """A store with simple carts.

    As in Medusa, a completed cart still accepts items, and a request of a customer assigns the cart to this customer.
    """

    def __init__(self) -> None:
        self.carts: dict[str, dict[str, Any]] = {}
        self.has_routes = True
        self.together: threading.Barrier | None = None
        """Tests set this. It holds back the responses to requests for a new cart until all of them have arrived."""
        self.hold: threading.Event | None = None
        """Tests set this. `GET /store/whoami` waits for it."""
        self.held = threading.Event()
        """Set when a request waits for `hold`."""
        super().__init__()

    def _route(self, request: Request) -> tuple[int, Any]:
        method, path, _ = request.head.split(" ")
        parts = path.partition("?")[0].removeprefix("/store/").split("/")
        if not self.has_routes:
            return 404, "<pre>Cannot GET /store/carts</pre>"
        if parts == ["whoami"] and self.hold is not None:
            self.held.set()
            self.hold.wait(20)
        if parts[0] != "carts":
            return super()._route(request)
        if method == "POST" and self.together is not None and len(parts) == 1:
            self.together.wait(20)
        with self._lock:
            return self._cart_route(method, parts[1:], json.loads(request.body or b"{}"), self._customer(request))

    def _customer(self, request: Request) -> str | None:
        return self._owners.get(request.headers.get("authorization", "").removeprefix("Bearer "))

    def _cart_route(self, method: str, parts: list[str], sent: Any, customer: str | None) -> tuple[int, Any]:
        if not parts:
            cart: dict[str, Any] = {"id": f"cart_{len(self.carts)}", "items": [], "completed_at": None, "email": None}
            self.carts[cart["id"]] = cart
        elif parts[0] not in self.carts:
            return 404, {"type": "not_found", "message": f"Cart with {parts[0]} was not found"}
        else:
            cart = self.carts[parts[0]]
        if customer is not None:
            cart["customer_id"], cart["email"] = f"cus_{customer}", f"{customer}@example.com"
        if parts[1:] == ["line-items"]:
            cart["items"].append({"id": f"item_{len(cart['items'])}", **sent})
        if parts[1:] == ["complete"]:
            cart["completed_at"] = cart["completed_at"] or "2026-11-28T12:00:00.000Z"
            return 200, {"type": "order", "data": {**self._order, "id": cart["id"].replace("cart", "order")}}
        if method == "POST" and len(parts) == 1:
            cart.update(sent)
        return 200, {"cart": cart}
