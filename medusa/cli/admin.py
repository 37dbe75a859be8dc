"""`medusa admin`: log in and out as an admin user."""

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
    """Log in and out as an admin user."""


@admin.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def login(options: dict[str, Any], email: str, password_stdin: bool) -> None:
    """Log in as an admin user of this backend.

    You are prompted for the password. In scripts, set MEDUSA_ADMIN_PASSWORD or use standard input. The token from
    the backend is stored in a file that only you can read. The login lasts until the token expires. You do not need to
    log in if MEDUSA_API_KEY is set.

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
    """Log out: delete the stored login of the admin user for this backend."""
    log_out(options, ADMIN)
