"""A small store on a real socket. Customers log in with JWTs, and orders have owners.

Users log in to the Admin in the same way. The routes `/store/whoami` and `/admin/whoami` return whose token was sent.
"""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from medusa import Cart, Medusa

from ..conftest import recorded
from ..faults.peer import Peer, Request, http

PASSWORD = "correct-horse"


class Store:
    """A store in which every address at example.com has the same password. `order_of_ada` belongs to ada."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: dict[str, str] = {}
        self._order = recorded("registered_customer")["order"]
        self.peer = Peer(self._answer)
        self.url = self.peer.url

    def expire(self) -> None:
        """Make all tokens invalid."""
        with self._lock:
            self._owners.clear()

    def token(self, name: str) -> str:
        """Return a new token of this customer."""
        with self._lock:
            token = f"{name}.{random.randbytes(16).hex()}"
            self._owners[token] = name
        return token

    @property
    def tokens_sent(self) -> list[str | None]:
        """The Authorization header of each request so far."""
        return [request.headers.get("authorization") for request in self.peer.requests]

    def _answer(self, sock: socket.socket, request: Request) -> bool:
        status, body = self._route(request)
        kind = "text/plain; charset=utf-8" if isinstance(body, str) else "application/json; charset=utf-8"
        if status == 404 and isinstance(body, str):
            kind = "text/html; charset=utf-8"
        sock.sendall(http(body if isinstance(body, str) else json.dumps(body), status, Content_Type=kind))
        return True

    def _route(self, request: Request) -> tuple[int, Any]:
        method, path, _ = request.head.split(" ")
        path = path.partition("?")[0]
        if path.startswith("/store/store/"):  # Express sends this if no route matches.
            return 404, f"<!DOCTYPE html><html><body><pre>Cannot {method} {path}</pre></body></html>"
        name = self._owners.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if path in ("/store/whoami", "/admin/whoami"):
            time.sleep(random.random() / 200)  # Responses overtake each other.
            return 200, {"email": name and f"{name}@example.com"}
        if method == "POST" and path in ("/store/auth/token", "/admin/auth/token"):
            given = json.loads(request.body)
            if given["password"] != PASSWORD:
                return 401, "Unauthorized"
            return 200, {"access_token": self.token(given["email"].partition("@")[0])}
        if path == "/store/auth" and name:
            return 200, {"customer": {"id": f"cus_{name}", "email": f"{name}@example.com"}}
        if path.startswith("/store/orders/order_of_"):
            id = path.rpartition("/")[2]
            return 200, {"order": {**self._order, "id": id, "customer_id": id.replace("order_of", "cus")}}
        if method == "GET" and path.startswith("/store/orders/"):
            return 404, {"type": "not_found", "message": "Order was not found"}
        return 401, "Unauthorized"


def cart_as_json(cart: Cart) -> dict[str, Any]:
    """Return what the tests check: the ID, and the quantity of each variant."""
    items: dict[str, int] = {}
    for item in cart.items:
        items[str(item.variant_id)] = items.get(str(item.variant_id), 0) + item.quantity
    return {"id": cart.id, "items": items}


def seen_while_switching(client: Medusa, session: MutableMapping[str, Any], tokens: list[str]) -> list[str | None]:
    """Return whose address several threads with one client see while the web session switches between customers."""
    over = threading.Event()

    def call() -> set[str | None]:
        seen = set()
        while not over.is_set():
            seen.add(client.request("GET", "/store/whoami")["email"])
        return seen

    session["medusa_token"] = tokens[0]
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(call) for _ in range(4)]
        try:
            for _ in range(40):
                for token in tokens * 50:
                    session["medusa_token"] = token
                time.sleep(0.002)
                session["medusa_token"] = tokens[0]
                time.sleep(0.002)
        finally:
            over.set()
    return sorted(set().union(*(made.result() for made in calls)), key=str)
