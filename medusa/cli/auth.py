"""`medusa auth`: log in and out as a customer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from .. import Medusa, MedusaAuthenticationError, is_loaded
from .app import Group, NotAllowed, json_option
from .client import connected, new_client
from .login import CUSTOMER, Logins
from .outputs import print_json
from .prompt import read_secret
from .receipt import plain
from .streams import write_error

if TYPE_CHECKING:
    from .. import AdminAuthResource, AuthResource, StorePostAuthReq


def log_in(resource: AuthResource | AdminAuthResource, medusa: Medusa, logins: Logins, login: StorePostAuthReq) -> None:
    """Log in and store the token."""
    try:
        token = resource.get_token(login).access_token
    except MedusaAuthenticationError:
        raise NotAllowed("wrong e-mail address or password") from None
    logins.keep(medusa.base_url, token)
    write_error(f"Logged in at {medusa.base_url}.")


def log_out(options: dict[str, Any], logins: Logins) -> None:
    """Delete the stored token for this backend."""
    with new_client(options) as medusa:
        was_there = logins.forget(medusa.base_url)
        write_error(f"{'Logged out' if was_there else 'You were not logged in'} at {medusa.base_url}.")
    if os.environ.get(logins.variable):
        write_error(f"{logins.variable} is still set. Commands keep using its token.")


@click.group(cls=Group)
def auth() -> None:
    """Log in and out as a customer."""


@auth.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def login(options: dict[str, Any], email: str, password_stdin: bool) -> None:
    """Log in as a customer of this backend.

    You are prompted for the password. In scripts, set MEDUSA_PASSWORD or use standard input. The token from the
    backend is stored in a file that only you can read. The login lasts until the token expires.

    \b
      medusa auth login ada@example.com
      medusa auth login ada@example.com --password-stdin < password.txt
    """
    password = read_secret("Password", "MEDUSA_PASSWORD", from_stdin=password_stdin)
    with new_client(options) as medusa:
        log_in(medusa.auth, medusa, CUSTOMER, {"email": email, "password": password})


@auth.command()
@click.pass_obj
def logout(options: dict[str, Any]) -> None:
    """Log out: delete the stored login for this backend."""
    log_out(options, CUSTOMER)


@auth.command()
@json_option
@click.pass_obj
def whoami(options: dict[str, Any], as_json: bool) -> None:
    """Show the logged-in customer."""
    with connected(options) as medusa:
        customer = medusa.auth.get_session().customer
    if as_json:
        print_json(customer.to_dict())
        return
    shown = [getattr(customer, name) for name in ("first_name", "last_name") if is_loaded(customer, name)]
    shown += [f"<{customer.email}>"] if is_loaded(customer, "email") else []
    shown += [customer.id] if is_loaded(customer, "id") else []
    click.echo(plain(" ".join(filter(None, shown))))
