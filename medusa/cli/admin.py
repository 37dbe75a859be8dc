"""`medusa admin`: log in on the Admin, and out."""

from __future__ import annotations

from typing import Any

import click

from .app import Group
from .auth import log_in, log_out
from .client import new_client
from .login import ADMIN
from .prompt import read_secret


@click.group(cls=Group)
def admin() -> None:
    """Log in on the Admin, and out."""


@admin.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
@click.pass_obj
def login(options: dict[str, Any], email: str, password_stdin: bool) -> None:
    """Log in as an admin user, and stay so on this backend until the login expires.

    The password is asked for. In scripts it comes from MEDUSA_ADMIN_PASSWORD or the standard input. What is kept is the
    backend's token, in a file that only you can read. MEDUSA_API_KEY does without a login.

    \b
      medusa admin login admin@example.com
      medusa call admin.orders.list --query limit=3
    """
    password = read_secret("Password", "MEDUSA_ADMIN_PASSWORD", from_stdin=password_stdin)
    with new_client(options) as medusa:
        log_in(medusa.admin.auth, medusa, ADMIN, {"email": email, "password": password})


@admin.command()
@click.pass_obj
def logout(options: dict[str, Any]) -> None:
    """Forget the login on the Admin of this backend."""
    log_out(options, ADMIN)
