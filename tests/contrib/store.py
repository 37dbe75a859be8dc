"""A small Store on a real socket: customers log in by JWT, orders have owners, one route says whose token it got."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from typing import Any

from ..conftest import recorded
from ..faults.peer import Peer, Request, http

PASSWORD = "correct-horse"


class Store:
    """Knows everybody at example.com by the one password; `order_of_ada` belongs to ada."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: dict[str, str] = {}
        self._order = recorded("registered_customer")["order"]
        self.peer = Peer(self._answer)
        self.url = self.peer.url

    def expire(self) -> None:
        """End the validity of all tokens."""
        with self._lock:
            self._owners.clear()

    def token(self, name: str) -> str:
        """A token of this customer."""
        with self._lock:
            token = f"{name}.{random.randbytes(16).hex()}"
            self._owners[token] = name
        return token

    @property
    def tokens_sent(self) -> list[str | None]:
        """What each request so far had for an Authorization."""
        return [request.headers.get("authorization") for request in self.peer.requests]

    def _answer(self, sock: socket.socket, request: Request) -> bool:
        status, body = self._route(request)
        kind = "text/plain; charset=utf-8" if isinstance(body, str) else "application/json; charset=utf-8"
        sock.sendall(http(body if isinstance(body, str) else json.dumps(body), status, Content_Type=kind))
        return True

    def _route(self, request: Request) -> tuple[int, Any]:
        method, path, _ = request.head.split(" ")
        path = path.partition("?")[0]
        name = self._owners.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if path == "/store/whoami":
            time.sleep(random.random() / 200)  # so that answers overtake each other
            return 200, {"email": name and f"{name}@example.com"}
        if (method, path) == ("POST", "/store/auth/token"):
            given = json.loads(request.body)
            if given["password"] != PASSWORD:
                return 401, "Unauthorized"
            return 200, {"access_token": self.token(given["email"].partition("@")[0])}
        if path == "/store/auth" and name:
            return 200, {"customer": {"id": f"cus_{name}", "email": f"{name}@example.com"}}
        if path.startswith("/store/orders/order_of_"):
            id = path.rpartition("/")[2]
            return 200, {"order": {**self._order, "id": id, "customer_id": id.replace("order_of", "cus")}}
        if path.startswith("/store/orders/"):
            return 404, {"type": "not_found", "message": "Order was not found"}
        return 401, "Unauthorized"
