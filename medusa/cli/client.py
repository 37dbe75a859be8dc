"""The client that a command uses: from the options, the environment and the login that is kept."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import click

from .. import Medusa, MedusaAuthenticationError
from . import login as logins
from .app import NotAllowed


def new_client(options: dict[str, Any], **more: Any) -> Medusa:
    """Return an anonymous client with these options and the API keys of the environment."""
    given = {name: value for name, value in {**options, **more}.items() if value is not None}
    publishable_api_key = os.environ.get("MEDUSA_PUBLISHABLE_API_KEY") or None
    api_key = os.environ.get("MEDUSA_API_KEY") or None
    try:
        return Medusa(**given, publishable_api_key=publishable_api_key, api_key=api_key)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context().find_root()) from None


def act_as_customer(medusa: Medusa) -> None:
    """Use the token of the environment, or of the login that is kept for this backend, if there is one."""
    given = os.environ.get("MEDUSA_TOKEN")
    try:
        if token := given or logins.read(medusa.base_url):
            medusa.token = token
    except ValueError as error:
        if given:
            raise click.UsageError(f"MEDUSA_TOKEN: {error}") from None
        raise NotAllowed("the login that is kept is damaged: run `medusa auth login EMAIL`") from None


@contextmanager
def connected(options: dict[str, Any], *, admin: bool = False) -> Generator[Medusa]:
    """Yield a client that acts as the logged-in customer, for one call.

    An argument that the client refuses becomes a usage error. For a login that the backend refuses, the error says what
    to do.
    """
    with new_client(options) as medusa:
        act_as_customer(medusa)
        try:
            yield medusa
        except (TypeError, ValueError) as error:
            raise click.UsageError(str(error)) from None
        except MedusaAuthenticationError as error:
            token = medusa.token
            if token is None:
                why = "nobody is logged in"
            else:
                why = "the login has expired" if logins.has_expired(token) else str(error)
            is_given = bool(os.environ.get("MEDUSA_TOKEN"))
            what_to_do = "set another MEDUSA_TOKEN" if is_given else "run `medusa auth login EMAIL`"
            raise NotAllowed(f"{why}: {what_to_do}") from None
