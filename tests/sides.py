"""The two sides on which a client logs in, for tests that run on both."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from medusa import Medusa, StorePostAuthReq

LOGIN = StorePostAuthReq(email="ada@example.com", password="correct-horse")


@dataclass(frozen=True)
class Side:
    """How a client logs in on one side, the Store or the Admin."""

    prefix: str
    option: str
    resource: str
    by_cookie: str
    """The name of the method that logs in with a cookie."""
    body: dict[str, Any]
    """The response body of the route of this method."""

    def auth(self, medusa: Medusa) -> Any:
        """Return the resource that logs in and out."""
        return attrgetter(self.resource)(medusa)

    def log_in(self, medusa: Medusa, *arguments: Any) -> Any:
        """Log in with a cookie."""
        return getattr(self.auth(medusa), self.by_cookie)(*arguments)

    def log_in_by(self, method: str, medusa: Medusa, *arguments: Any) -> Any:
        """Log in with the method `by_cookie` or `get_token`."""
        if method == "by_cookie":
            return self.log_in(medusa, *arguments)
        return self.auth(medusa).get_token(*arguments)

    def copy(self, medusa: Medusa, token: Any) -> Medusa:
        """Return a copy of the client with this token."""
        options: dict[str, Any] = {self.option: token}
        return medusa.with_options(**options)

    def token(self, medusa: Medusa) -> str | None:
        token: str | None = getattr(medusa, self.option)
        return token


CUSTOMER = {"id": "cus_1", "email": LOGIN["email"], "has_account": True, "orders": [], "shipping_addresses": []}
USER = {"id": "usr_1", "email": LOGIN["email"], "role": "admin"}

STORE = Side("/store", "token", "auth", "authenticate", {"customer": CUSTOMER})
ADMIN = Side("/admin", "admin_token", "admin.auth", "create_session", {"user": USER})
