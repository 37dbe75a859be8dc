"""Create the client for a command from the options, the environment and the stored login."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import click

from .. import Medusa, MedusaAuthenticationError
from .app import NotAllowed
from .login import ADMIN, CUSTOMER, Logins, has_expired


def new_client(options: dict[str, Any], **more: Any) -> Medusa:
    """Return an anonymous client with these options and the API keys from the environment."""
    given = {name: value for name, value in {**options, **more}.items() if value is not None}
    publishable_api_key = os.environ.get("MEDUSA_PUBLISHABLE_API_KEY") or None
    api_key = os.environ.get("MEDUSA_API_KEY") or None
    try:
        return Medusa(**given, publishable_api_key=publishable_api_key, api_key=api_key)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context().find_root()) from None


def act_as(medusa: Medusa, logins: Logins) -> None:
    """Use the token from the environment, or else the stored login for this backend, if there is one."""
    given = os.environ.get(logins.variable)
    try:
        if token := given or logins.read(medusa.base_url):
            setattr(medusa, logins.option, token)
    except ValueError as error:
        if given:
            raise click.UsageError(f"{logins.variable}: {error}") from None
        raise NotAllowed(f"the stored login is damaged: run `{logins.command}`") from None


@contextmanager
def connected(options: dict[str, Any], *, admin: bool = False) -> Generator[Medusa]:
    """Yield a client that acts as the logged-in customer, or with `admin` as the admin user.

    If the client raises an error about an argument, it becomes a usage error. If the backend rejects the login, the
    error says what to do.
    """
    with new_client(options) as medusa:
        if not admin:
            act_as(medusa, CUSTOMER)
        elif not _has_api_key():  # The backend would prefer a stored token to the API key from the environment.
            act_as(medusa, ADMIN)
        try:
            yield medusa
        except (TypeError, ValueError) as error:
            raise click.UsageError(str(error)) from None
        except MedusaAuthenticationError as error:
            raise _not_allowed(medusa, ADMIN if admin else CUSTOMER, error) from None


def _has_api_key() -> bool:
    return bool(os.environ.get("MEDUSA_API_KEY")) and not os.environ.get(ADMIN.variable)


def _not_allowed(medusa: Medusa, logins: Logins, error: MedusaAuthenticationError) -> NotAllowed:
    """Return an error that says why the backend rejected the login, and what to do."""
    token: str | None = getattr(medusa, logins.option)
    if token is None and logins is ADMIN and _has_api_key():
        return NotAllowed(f"{error}: set another MEDUSA_API_KEY")
    if token is None:
        why = "no admin user is logged in" if logins is ADMIN else "no customer is logged in"
    else:
        why = "the login has expired" if has_expired(token) else str(error)
    is_given = bool(os.environ.get(logins.variable))
    what_to_do = f"set another {logins.variable}" if is_given else f"run `{logins.command}`"
    if token is None and logins is ADMIN:
        what_to_do += " or set MEDUSA_API_KEY"
    return NotAllowed(f"{why}: {what_to_do}")
