"""The data of one request for a route."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

import attrs

from .. import logins
from ..channels import Channels
from ..database import Database
from ..logins import Session
from ..received import ReceivedRequest
from ..responses import Refused, Response, error_response, refuse_data
from ..validation import Rule, complaints, normalized, optional, string

Routes = dict[tuple[str, str], Callable[..., Response]]
"""The function for each method and path."""

SELECTION: dict[str, Rule] = dict.fromkeys(("expand", "fields"), optional(string))
"""The rules of the query names that select the fields of the response."""

# Unlike the 401 for a wrong password, this response has no Content-Type.
_UNAUTHORIZED = Response(401, b"Unauthorized")


@attrs.define(slots=False)
class Call:
    """The request and the store for a route."""

    database: Database
    request: ReceivedRequest
    session: Session
    body: Any
    """The parsed JSON: an object or a list."""
    idempotency_key: str = ""
    """The store's idempotency key of this request, after `idempotent` has set it."""

    @cached_property
    def query(self) -> dict[str, Any]:
        """The query for the routes that check it."""
        return normalized(self.request.query)

    def check_selection(self) -> None:
        """Check the query of a route that accepts only `expand` and `fields`. Raises `Refused`."""
        refuse_data(complaints(self.query, SELECTION))

    def json_object(self) -> dict[str, Any]:
        """Return the body if it is an object, as the auth and customer routes expect. Raises `Refused`."""
        if type(cast("object", self.body)) is list:
            refuse_data(["an unknown value was passed to the validate function"])
        return cast("dict[str, Any]", self.body)

    def sign(self, payload: dict[str, Any], seconds: int) -> str:
        """Return a token of this store."""
        return logins.sign(payload, seconds, self.database.secret)

    def verified(self, token: str) -> dict[str, Any] | None:
        """Return the payload of a valid token of this store."""
        return logins.verified(token, self.database.secret)

    @property
    def customer_id(self) -> str | None:
        """The ID of the customer of the session, or else of the bearer token, or None if no customer is logged in."""
        if self.session.customer_id:
            return self.session.customer_id
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        payload = self.verified(token) if scheme.lower() == "bearer" else None
        return payload.get("customer_id") if payload and payload.get("domain") == "store" else None

    def customer(self) -> dict[str, Any]:
        """Return the customer of the session, or else of the bearer token. Raises `Refused`."""
        if not self.customer_id:
            raise Refused(_UNAUTHORIZED)
        return self.existing_customer(self.customer_id)

    def channels(self, wanted: str | list[str] | None) -> Channels:
        """Return the sales channels of the request. `wanted`: the channels in its query."""
        ids = [wanted] if isinstance(wanted, str) else wanted or []
        return Channels(self.database, self.request.headers.get("X-Publishable-Api-Key"), ids)

    def existing_customer(self, id: str) -> dict[str, Any]:
        """Return the customer with this ID. Raises `Refused`."""
        customer = self.database.get("customer", id)
        if customer is None:
            raise Refused(error_response(404, "not_found", f"Customer with id: {id} was not found"))
        return customer

    def log_in(self, customer: dict[str, Any]) -> None:
        """Assign the session to this customer."""
        self.session.is_changed = self.session.customer_id != customer["id"]
        self.session.customer_id = customer["id"]
        self.database.put("session", {"id": self.session.id, "customer_id": customer["id"], "has_ended": False})
