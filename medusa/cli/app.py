"""The command `medusa`: its own options and its exit codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from .. import (
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    MedusaNotFoundError,
    MedusaPermissionError,
    MedusaServerError,
    __version__,
)

_F = TypeVar("_F", bound=Callable[..., Any])

NOT_ALLOWED = 4
EXIT_CODES: dict[type[MedusaError], int] = {
    MedusaNotFoundError: 3,
    MedusaAuthenticationError: NOT_ALLOWED,
    MedusaPermissionError: NOT_ALLOWED,
    MedusaConnectionError: 5,
    MedusaServerError: 7,
    MedusaAPIError: 6,  # The first match wins, so this must follow the subclasses.
    MedusaDecodeError: 8,
}


def exit_code(error: MedusaError) -> int:
    """Return the exit code for this error."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1)


class NotAllowed(click.ClickException):
    """The login is missing, expired or wrong, or does not permit the call."""

    exit_code = NOT_ALLOWED


class Group(click.Group):
    """A group whose help lists the commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first argument. For the name of a method, the error names `medusa call`."""
        if re.fullmatch(r"[A-Za-z_]+(\.[A-Za-z_]+)+", args[0]):
            ctx.fail("no such command: to call a method, run `medusa call METHOD`")
        return super().resolve_command(ctx, args)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--base-url",
    metavar="URL",
    envvar="MEDUSA_BASE_URL",
    default="http://localhost:9000",
    show_default=True,
    show_envvar=True,
    help="The URL of the backend.",
)
@click.option(
    "--max-retries",
    type=click.IntRange(min=0),
    envvar="MEDUSA_MAX_RETRIES",
    default=2,
    show_default=True,
    show_envvar=True,
    help="How many times to retry after a temporary failure.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=float,
    envvar="MEDUSA_TIMEOUT",
    show_envvar=True,
    help="Time limit for connecting and for each read.  [default: 5 to connect, 30 for a read]",
)
@click.option(
    "--deadline",
    metavar="SECONDS",
    type=float,
    envvar="MEDUSA_DEADLINE",
    show_envvar=True,
    help="Time limit for a whole call, including retries.  [default: none]",
)
@click.version_option(__version__, prog_name="medusa")
@click.pass_context
def app(ctx: click.Context, /, **options: Any) -> None:
    """Show orders, manage logins, and call any method of a Medusa v1 store.

    Put the options below before the command: medusa --timeout 5 orders retrieve order_01G...

    Secrets are never arguments. Log in with `medusa auth login` or `medusa admin login`, or set these variables:

    \b
      MEDUSA_TOKEN                a customer's token (JWT)
      MEDUSA_PUBLISHABLE_API_KEY  a publishable API key
      MEDUSA_API_KEY              an admin user's API key
      MEDUSA_ADMIN_TOKEN          an admin user's token (JWT)
      MEDUSA_PASSWORD             the password for `medusa auth login`
      MEDUSA_ADMIN_PASSWORD       the password for `medusa admin login`
      MEDUSA_CLAIM_TOKEN          the token for `medusa orders confirm`

    \b
    Exit codes:
      0  success
      1  any other error, for example a file that cannot be written
      2  wrong arguments or options; no request was sent
      3  not found
      4  not allowed: not logged in, login expired, wrong password (401, 403)
      5  no connection, or no response in time
      6  the backend refused the request (any other 3xx or 4xx)
      7  the backend failed (5xx)
      8  the response does not match the route
      130  stopped with Ctrl-C
    """
    ctx.obj = options


EXPAND = "Relations to return instead of the default ones, separated by commas."
FIELDS = "Fields to return instead of all fields, separated by commas."

json_option = click.option("--json", "as_json", is_flag=True, help="Print the whole object as JSON.")


def selection(command: _F) -> _F:
    """Add the options `--expand` and `--fields` to a command. This is a decorator."""
    fields = click.option("--fields", metavar="NAMES", help=FIELDS)
    expand = click.option("--expand", metavar="NAMES", help=EXPAND)
    return expand(fields(command))
