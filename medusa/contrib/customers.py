"""Code that the Django and Flask integrations share: the shared client, the login in the web session, the redirect."""

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

TOKEN = "medusa_token"  # noqa: S105  # This is not a secret, but the key of the token in the web session.
CUSTOMER_ID = "medusa_customer_id"
"""The key in the web session for the ID of the customer who logged in last. It stays when the token expires."""

LONGEST_ID = 255
DOWN = "The shop is not available at the moment. Please try again later."
RETRY_AFTER = 30
"""The value of the header Retry-After, in seconds, if the backend did not send one."""

Session = MutableMapping[str, Any]
"""The web session of Django or Flask."""


def make_client(options: Any) -> Medusa:
    """Return the client whose connections all requests of a process share.

    Raises `TypeError` or `ValueError` if the options are not valid. The messages contain no secrets.
    """
    if not isinstance(options, Mapping):
        raise TypeError(f"must be a dict of the parameters of medusa.Medusa, not {type(options).__name__}")
    given = cast("Mapping[str, Any]", options)
    if "token" in given:
        raise ValueError("token must not be set, because all requests would use it: log in each customer with login()")
    client = Medusa(**given)
    for name in dict(given.get("custom_headers") or {}):
        if name.lower() in ("authorization", "cookie"):
            raise ValueError(
                f"custom_headers must not include {name}, because it would replace the login of each customer"
            )
    return client


def checked_flag(value: Any) -> bool:
    """Return the value of a True or False setting; the default is False. Raises `TypeError` for other types."""
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"must be True or False, not {type(value).__name__}")
    return bool(value)


def authenticate(medusa: Medusa, email: str, password: str) -> tuple[str, Customer]:
    """Return the customer's token and the customer, without changing the client."""
    anonymous = medusa.with_options(token=None)
    token = anonymous.auth.get_token({"email": email, "password": password}).access_token
    return token, anonymous.auth.get_session().customer


def is_another(session: Session, customer: Customer) -> bool:
    """Return whether the session belongs to another customer."""
    return bool(session.get(CUSTOMER_ID, customer.id) != customer.id)


def remember(medusa: Medusa, session: Session, token: str, customer: Customer) -> None:
    """Store the login in the session, and let the request's client act as this customer from now on."""
    session[TOKEN], session[CUSTOMER_ID] = token, customer.id
    # This must follow the change of the session, because a new token in the session would replace the client's token.
    medusa.token = token


def concerns_customer(error: MedusaAuthenticationError, medusa: Medusa) -> bool:
    """Return whether the error is about a customer's login, and not about an Admin login."""
    if error.response is None:
        return True
    path = str(error.response.request.url).removeprefix(medusa.base_url).partition("?")[0]
    return not f"{path}/".lower().startswith("/admin/")


def drop_refused(session: Session, error: MedusaAuthenticationError) -> None:
    """Drop the session's token if the backend rejected it."""
    token = session.get(TOKEN)
    if token is not None and _sent_with(error).get("Authorization") == f"Bearer {token}":
        session.pop(TOKEN, None)


def _sent_with(error: MedusaAuthenticationError) -> Mapping[str, Any]:
    return {} if error.response is None else error.response.request.headers


def login_redirect(login_url: str, *, method: str, page: str, referrer: str | None, host: str) -> tuple[str, int]:
    """Return the URL of the redirect to the login page, and its status.

    The parameter `next` in the URL is the page to return to. After a POST, this is the referring page if it is on this
    host, because the requested page may accept only POST.
    """
    parts = urlsplit(login_url)
    if method in ("GET", "HEAD"):
        status, back = 302, page
    else:
        status, back = 303, _page_of(referrer or "", host)
        if not parts.netloc and back.partition("?")[0] == parts.path:  # The customer came from the login page itself.
            back = ""
    if back:
        query = urlencode({"next": back})
        parts = parts._replace(query=f"{parts.query}&{query}" if parts.query else query)
    return urlunsplit(parts), status


def _page_of(url: str, host: str) -> str:
    """Return the path and query of a URL on this host, or an empty string for any other URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_here = parts.scheme in ("http", "https") and parts.netloc == host
    if not is_here or parts.path[1:2] in ("/", "\\"):  # A browser would read such a path as a URL of another host.
        return ""
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def is_down(error: MedusaError) -> bool:
    """Return whether the backend could not be reached, did not respond in time, or is too busy."""
    if isinstance(error, MedusaConnectionError):
        # Both are False for a request that cannot be sent at all.
        return error.retryable or error.may_have_happened
    return isinstance(error, MedusaAPIError) and error.status in (429, 502, 503, 504)


def seconds_to_wait(error: MedusaError) -> int:
    """Return the value of Retry-After for a 503 response."""
    seconds = error.retry_after if isinstance(error, MedusaAPIError) else None
    return RETRY_AFTER if seconds is None else math.ceil(seconds)


def find_order(
    medusa: Medusa,
    id: str,
    *,
    customer_only: bool,
    expand: str | Iterable[str] | None,
    fields: str | Iterable[str] | None,
) -> Order | None:
    """Return the order, or None if there is none or, with `customer_only`, if it belongs to another customer."""
    try:
        path_segment("id", id)
    except ValueError:
        return None
    if "\0" in id or len(id) > LONGEST_ID:  # The backend would respond with 500 or 431.
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
