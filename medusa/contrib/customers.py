"""What Django and Flask share: the client of the process, a customer's copy of it, their login in the web session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, cast

from .. import Medusa, MedusaAuthenticationError, MedusaNotFoundError
from ..models import Customer, Order
from ..resources.base import names, path_segment

TOKEN = "medusa_token"  # noqa: S105  # the key in the web session
CUSTOMER_ID = "medusa_customer_id"
"""The key in the web session of the customer who logged in last; it outlives an expired token."""

LONGEST_ID = 255

Session = MutableMapping[str, Any]
"""The web session of either framework."""


def make_client(options: Any) -> Medusa:
    """The client whose connections all requests of a process share.

    Raises `TypeError` and `ValueError`, without a secret in them, for options that can't be right.
    """
    if not isinstance(options, Mapping):
        raise TypeError(f"must be a dict of the parameters of medusa.Medusa, not {type(options).__name__}")
    given = cast("Mapping[str, Any]", options)
    if "token" in given:
        raise ValueError("token must not be set for everybody: it is each customer's own")
    client = Medusa(**given)
    for name in dict(given.get("custom_headers") or {}):
        if name.lower() in ("authorization", "cookie"):
            raise ValueError(f"custom_headers must not hold {name}: it would replace each customer's own")
    return client


def customers_client(client: Medusa, token_in_session: Callable[[], str | None]) -> Medusa:
    """A copy of the process's client that acts as the customer whose token is in the web session as it sends."""
    return client.with_options(token=token_in_session)


def authenticate(medusa: Medusa, email: str, password: str) -> tuple[str, Customer]:
    """A customer's token, and who they are; the client given stays as it is."""
    nobody = medusa.with_options(token=None)
    token = nobody.auth.get_token({"email": email, "password": password}).access_token
    return token, nobody.auth.get_session().customer


def is_another(session: Session, customer: Customer) -> bool:
    """Whether what is in the session belongs to another customer."""
    return bool(session.get(CUSTOMER_ID, customer.id) != customer.id)


def remember(medusa: Medusa, session: Session, token: str, customer: Customer) -> None:
    """Keep the login in the session; the request's client acts as this customer from now on."""
    session[TOKEN], session[CUSTOMER_ID] = token, customer.id
    # After the session, because a login of the client counts until the session has another token.
    medusa.token = token


def forget(medusa: Medusa) -> None:
    """Have the request's client act as nobody."""
    medusa.token = None


def concerns_customer(error: MedusaAuthenticationError) -> bool:
    """Whether it is a customer's login that is missing, wrong or over, and not an API key that was refused."""
    return "x-medusa-access-token" not in _sent_with(error)


def drop_refused(session: Session, error: MedusaAuthenticationError) -> None:
    """Drop the session's token if it is what was refused."""
    token = session.get(TOKEN)
    if token is not None and _sent_with(error).get("Authorization") == f"Bearer {token}":
        session.pop(TOKEN)


def _sent_with(error: MedusaAuthenticationError) -> Mapping[str, Any]:
    return {} if error.response is None else error.response.request.headers


def find_order(
    medusa: Medusa,
    id: str,
    *,
    customer_only: bool,
    expand: str | Iterable[str] | None,
    fields: str | Iterable[str] | None,
) -> Order | None:
    """The order, unless there is none, or it is not the logged-in customer's."""
    try:
        path_segment("id", id)
    except ValueError:
        return None
    if "\0" in id or len(id) > LONGEST_ID:  # the backend would answer 500 or 431
        return None
    if customer_only and fields is not None:
        fields = f"{names('fields', fields)},customer_id"
    try:
        customer_id = medusa.auth.get_session().customer.id if customer_only else None
        order = medusa.orders.retrieve(id, expand=expand, fields=fields).order
    except MedusaNotFoundError:
        return None
    return None if customer_only and order.customer_id != customer_id else order
