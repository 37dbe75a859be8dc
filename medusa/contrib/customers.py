"""What Django and Flask share: the client of the process, a customer's login in the web session, the way to log in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from .. import (
    Customer,
    Medusa,
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaConnectionError,
    MedusaError,
    MedusaNotFoundError,
    Order,
)
from ..resources.paths import path_segment

TOKEN = "medusa_token"  # noqa: S105  # the key in the web session
CUSTOMER_ID = "medusa_customer_id"
"""The key in the web session of the customer who logged in last; it outlives an expired token."""

LONGEST_ID = 255
DOWN = "The shop is not available at the moment. Please try again later."
RETRY_AFTER = 30
"""Seconds."""

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


def checked_flag(value: Any) -> bool:
    """A setting that is on or off, and off where it is not set. Raises `TypeError` for another type."""
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"must be True or False, not {type(value).__name__}")
    return bool(value)


def authenticate(medusa: Medusa, email: str, password: str) -> tuple[str, Customer]:
    """Return a customer's token, and the customer. The client that is passed does not change."""
    anonymous = medusa.with_options(token=None)
    token = anonymous.auth.get_token({"email": email, "password": password}).access_token
    return token, anonymous.auth.get_session().customer


def is_another(session: Session, customer: Customer) -> bool:
    """Whether what is in the session belongs to another customer."""
    return bool(session.get(CUSTOMER_ID, customer.id) != customer.id)


def remember(medusa: Medusa, session: Session, token: str, customer: Customer) -> None:
    """Keep the login in the session; the request's client acts as this customer from now on."""
    session[TOKEN], session[CUSTOMER_ID] = token, customer.id
    # After the session, because a login of the client counts until the session has another token.
    medusa.token = token


def concerns_customer(error: MedusaAuthenticationError, medusa: Medusa) -> bool:
    """Whether it is a customer's login that is missing, wrong or over, and not one on the Admin."""
    if error.response is None:
        return True
    path = str(error.response.request.url).removeprefix(medusa.base_url).partition("?")[0]
    return not f"{path}/".lower().startswith("/admin/")


def drop_refused(session: Session, error: MedusaAuthenticationError) -> None:
    """Drop the session's token if it is what was refused."""
    token = session.get(TOKEN)
    if token is not None and _sent_with(error).get("Authorization") == f"Bearer {token}":
        session.pop(TOKEN, None)


def _sent_with(error: MedusaAuthenticationError) -> Mapping[str, Any]:
    return {} if error.response is None else error.response.request.headers


def login_redirect(login_url: str, *, method: str, page: str, referrer: str | None, host: str) -> tuple[str, int]:
    """Where a customer who asked for this page goes to log in, and the status of this redirect.

    `next` is the page to come back to. After a POST this is the page of this host that the customer came from, because
    the page itself may take nothing but POST.
    """
    parts = urlsplit(login_url)
    if method in ("GET", "HEAD"):
        status, back = 302, page
    else:
        status, back = 303, _page_of(referrer or "", host)
        if not parts.netloc and back.partition("?")[0] == parts.path:  # They came from the login page itself.
            back = ""
    if back:
        query = urlencode({"next": back})
        parts = parts._replace(query=f"{parts.query}&{query}" if parts.query else query)
    return urlunsplit(parts), status


def _page_of(url: str, host: str) -> str:
    """The path and the query of a URL on this host; nothing for any other URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_here = parts.scheme in ("http", "https") and parts.netloc == host
    if not is_here or parts.path[1:2] in ("/", "\\"):  # A browser would take the path for another host's URL.
        return ""
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def is_down(error: MedusaError) -> bool:
    """Whether the backend could not be reached, did not answer in time, or is too busy."""
    if isinstance(error, MedusaConnectionError):
        return error.retryable or error.may_have_happened  # Neither is true of a request that can't be sent at all.
    return isinstance(error, MedusaAPIError) and error.status in (429, 502, 503, 504)


def seconds_to_wait(error: MedusaError) -> int:
    """What to answer as Retry-After where the backend is down."""
    asked = error.retry_after if isinstance(error, MedusaAPIError) else None
    return RETRY_AFTER if asked is None else math.ceil(asked)


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
        names = fields.split(",") if isinstance(fields, str) else fields
        fields = [*names, "customer_id"]
    try:
        customer_id = medusa.auth.get_session().customer.id if customer_only else None
        order = medusa.orders.retrieve(id, expand=expand, fields=fields).order
    except MedusaNotFoundError as error:
        if error.route_exists:
            return None
        raise
    return None if customer_only and order.customer_id != customer_id else order
