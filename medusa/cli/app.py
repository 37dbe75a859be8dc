"""The command `medusa` itself: the options of all commands, and what its exit codes say."""

from __future__ import annotations

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
    MedusaAPIError: 6,  # after its subclasses
    MedusaDecodeError: 8,
}


def exit_code(error: MedusaError) -> int:
    """Return the exit code that stands for this error."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1)


class NotAllowed(click.ClickException):
    """The customer is not logged in, or may not do this."""

    exit_code = NOT_ALLOWED


class Group(click.Group):
    """A group whose help lists the commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--base-url",
    metavar="URL",
    envvar="MEDUSA_BASE_URL",
    default="http://localhost:9000",
    show_default=True,
    show_envvar=True,
    help="Where the backend is.",
)
@click.option(
    "--max-retries",
    type=click.IntRange(min=0),
    envvar="MEDUSA_MAX_RETRIES",
    default=2,
    show_default=True,
    show_envvar=True,
    help="How often to try again after a failure that could go away.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=float,
    envvar="MEDUSA_TIMEOUT",
    show_envvar=True,
    help="To connect, and for each read.  [default: 5 to connect, 30 for a read]",
)
@click.option(
    "--deadline",
    metavar="SECONDS",
    type=float,
    envvar="MEDUSA_DEADLINE",
    show_envvar=True,
    help="For a whole call, retries included.  [default: none]",
)
@click.version_option(__version__, prog_name="medusa")
@click.pass_context
def app(ctx: click.Context, /, **options: Any) -> None:
    """Orders, customers and all methods of a Medusa v1 store.

    Put the options of all commands before the command: medusa --timeout 5 orders retrieve order_01G...

    Secrets are never arguments. They come from the environment, or from a prompt, the standard input or the login
    that is kept: MEDUSA_TOKEN (a customer's JWT), MEDUSA_PUBLISHABLE_API_KEY, MEDUSA_API_KEY and MEDUSA_ADMIN_TOKEN (an
    admin user's key and JWT), MEDUSA_PASSWORD, MEDUSA_ADMIN_PASSWORD, MEDUSA_CLAIM_TOKEN.

    \b
    Exit codes:
      0  done
      1  something else went wrong, such as a file that can't be written
      2  the command was not understood
      3  not found
      4  not allowed: not logged in, expired, wrong password (401, 403)
      5  no connection, or no answer in time
      6  the backend refused the request (any other 3xx or 4xx)
      7  the backend failed (5xx)
      8  the answer was not understood
      130  stopped by Ctrl-C
    """
    ctx.obj = options


json_option = click.option("--json", "as_json", is_flag=True, help="Print the whole object as JSON.")


def selection(command: _F) -> _F:
    """Give a command the options `--expand` and `--fields`: a decorator."""
    fields = click.option("--fields", metavar="NAMES", help="Fields to send instead of all, with commas between.")
    expand = click.option(
        "--expand", metavar="NAMES", help="Relations to send instead of the usual ones, with commas between."
    )
    return expand(fields(command))
