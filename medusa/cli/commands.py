"""The commands, their options, and what their exit codes say."""

from __future__ import annotations

import errno
import getpass
import io
import json
import os
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
from rich.console import Console

from .. import (
    Medusa,
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    MedusaNotFoundError,
    MedusaPermissionError,
    MedusaServerError,
    Order,
    StoreGetOrdersParams,
    __version__,
    is_loaded,
)
from . import json_text, login as logins
from .export import read_ids, write_orders
from .receipt import plain, receipt
from .streams import write_error

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


class _NotAllowed(click.ClickException):
    exit_code = NOT_ALLOWED


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of this file


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
    """Orders and customers of a Medusa v1 store.

    Options of all commands stand before the command: medusa --timeout 5 orders retrieve order_01G...

    Secrets are never arguments. They come from the environment, or from a prompt, the standard input or the login
    that is kept: MEDUSA_TOKEN (a customer's JWT), MEDUSA_PUBLISHABLE_API_KEY, MEDUSA_API_KEY (for /admin paths),
    MEDUSA_PASSWORD, MEDUSA_CLAIM_TOKEN.

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


_json_option = click.option("--json", "as_json", is_flag=True, help="Print the whole object as JSON.")


def _selection(command: _F) -> _F:
    fields = click.option("--fields", metavar="NAMES", help="Fields to send instead of all, with commas between.")
    expand = click.option(
        "--expand", metavar="NAMES", help="Relations to send instead of the usual ones, with commas between."
    )
    return expand(fields(command))


# medusa orders


@app.group(cls=_Group)
def orders() -> None:
    """Show orders, claim them, export them."""


@orders.command()
@click.argument("id", metavar="ORDER_ID")
@_selection
@_json_option
@click.pass_obj
def retrieve(options: dict[str, Any], id: str, expand: str | None, fields: str | None, as_json: bool) -> None:
    """Show the order with this id as a receipt.

    What --expand or --fields leave out is left out of the receipt too.

    \b
      medusa orders retrieve order_01G...
      medusa orders retrieve order_01G... --json | jq .total
      medusa orders retrieve order_01G... --expand items,billing_address --json
    """
    with _connected(options) as medusa:
        order = medusa.orders.retrieve(id, expand=expand, fields=fields).order
    _show(order, as_json)


@orders.command()
@click.argument("cart_id")
@_selection
@_json_option
@click.pass_obj
def by_cart(options: dict[str, Any], cart_id: str, expand: str | None, fields: str | None, as_json: bool) -> None:
    """Show the order that was made of this cart.

    Its JSON also has the order's claims, swaps, refunds and gift cards.
    """
    with _connected(options) as medusa:
        order = medusa.orders.retrieve_by_cart_id(cart_id, expand=expand, fields=fields).order
    _show(order, as_json)


@orders.command()
@click.option("--display-id", type=int, required=True, metavar="NUMBER", help="The number the customer knows it by.")
@click.option("--email", required=True, metavar="ADDRESS", help="The order's e-mail address; its case counts.")
@_selection
@_json_option
@click.pass_obj
def lookup(
    options: dict[str, Any], display_id: int, email: str, expand: str | None, fields: str | None, as_json: bool
) -> None:
    """Show the order with this number and e-mail address.

    \b
      medusa orders lookup --display-id 42 --email ada@example.com
    """
    params = StoreGetOrdersParams(display_id=display_id, email=email)
    if expand is not None:
        params["expand"] = expand
    if fields is not None:
        params["fields"] = fields
    with _connected(options) as medusa:
        order = medusa.orders.lookup_order(params).order
    _show(order, as_json)


@orders.command()
@click.argument("order_ids", metavar="ORDER_ID...", nargs=-1, required=True)
@click.pass_obj
def claim(options: dict[str, Any], order_ids: tuple[str, ...]) -> None:
    """Ask to make orders the logged-in customer's own.

    The store mails a token to the address of each order, for `medusa orders confirm`. Unknown orders are ignored.
    """
    with _connected(options) as medusa:
        medusa.orders.request_customer_orders({"order_ids": list(order_ids)})
    write_error("Asked. The owner of the orders' e-mail address gets a token for `medusa orders confirm`.")


@orders.command()
@click.pass_obj
def confirm(options: dict[str, Any]) -> None:
    """Confirm a claim by the token that was mailed.

    The token is asked for. In scripts it comes from MEDUSA_CLAIM_TOKEN or the standard input:

    \b
      medusa orders confirm < token.txt
    """
    token = _secret("Token", "MEDUSA_CLAIM_TOKEN")
    with _connected(options) as medusa:
        medusa.orders.confirm_request({"token": token})
    write_error("Confirmed. The orders are now those of the customer who claimed them.")


@orders.command()
@click.option("--ids-from", required=True, type=click.File("rb"), metavar="FILE", help="An id a line; - is stdin.")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Gets an order a line, as JSON, in any order.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Calls at a time.")
@_selection
@click.pass_obj
def export(
    options: dict[str, Any],
    ids_from: BinaryIO,
    output: Path,
    threads: int,
    expand: str | None,
    fields: str | None,
) -> int:
    """Read many orders into a file of JSON lines.

    Stopped, killed or failed in part, the same command continues where it was: orders that the file holds are not
    read again, an order whose line was cut short is. Ids that were not found are listed at the end.

    \b
      medusa orders export --ids-from ids.txt --output orders.jsonl
    """
    if str(output) == "-":
        raise click.UsageError("--output must be a file: the next run reads it to know what it has")
    ids = read_ids(ids_from)
    if fields is not None and "id" not in fields.split(","):
        fields = f"id,{fields}"  # by which the next run knows what it has
    with _client(options, pool_maxsize=threads) as medusa:
        _act_as_customer(medusa)
        error = write_orders(
            ids, output, threads, lambda id: medusa.orders.retrieve(id, expand=expand, fields=fields).order
        )
    return _exit_code(error) if error else 0


# medusa auth


@app.group(cls=_Group)
def auth() -> None:
    """Log in as a customer, and out."""


@auth.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
@click.pass_obj
def login(options: dict[str, Any], email: str, password_stdin: bool) -> None:
    """Log in, and stay so on this backend until the login expires.

    The password is asked for. In scripts it comes from MEDUSA_PASSWORD or the standard input. What is kept is the
    backend's token, in a file that only you can read.

    \b
      medusa auth login ada@example.com
      medusa auth login ada@example.com --password-stdin < password.txt
    """
    password = _secret("Password", "MEDUSA_PASSWORD", from_stdin=password_stdin)
    with _client(options) as medusa:
        try:
            token = medusa.auth.get_token({"email": email, "password": password}).access_token
        except MedusaAuthenticationError:
            raise _NotAllowed("wrong e-mail address or password") from None
        logins.keep(medusa.base_url, token)
        write_error(f"Logged in at {medusa.base_url}.")


@auth.command()
@click.pass_obj
def logout(options: dict[str, Any]) -> None:
    """Forget the login on this backend."""
    with _client(options) as medusa:
        was_there = logins.forget(medusa.base_url)
        write_error(f"{'Logged out' if was_there else 'Nobody was logged in'} at {medusa.base_url}.")
    if os.environ.get("MEDUSA_TOKEN"):
        write_error("MEDUSA_TOKEN is still set.")


@auth.command()
@_json_option
@click.pass_obj
def whoami(options: dict[str, Any], as_json: bool) -> None:
    """Show the logged-in customer."""
    with _connected(options) as medusa:
        customer = medusa.auth.get_session().customer
    if as_json:
        _print_json(customer.to_dict())
        return
    shown = [getattr(customer, name) for name in ("first_name", "last_name") if is_loaded(customer, name)]
    shown += [f"<{customer.email}>"] if is_loaded(customer, "email") else []
    shown += [customer.id] if is_loaded(customer, "id") else []
    click.echo(plain(" ".join(filter(None, shown))))


# medusa request, medusa sandbox


@app.command()
@click.argument("method")
@click.argument("path")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="For the query; can be repeated.")
@click.option("--json", "body", metavar="JSON", help="The body: JSON, @FILE, or - for the standard input.")
@click.pass_obj
def request(options: dict[str, Any], method: str, path: str, params: tuple[str, ...], body: str | None) -> None:
    """Call any route, and print the answer as JSON.

    The token goes with every path but /admin, where MEDUSA_API_KEY does. A plain text comes as a JSON string, an
    empty answer as null. A body with a secret in it belongs into a file or the standard input.

    \b
      medusa request GET /store/products --param limit=3
      medusa request POST /store/carts --json '{"region_id": "reg_01G..."}'
      medusa request POST /store/customers --json @customer.json
    """
    query, json_body = _query(params), None if body is None else _body(body)
    with _connected(options) as medusa:
        answer = medusa.request(method, path, params=query, json=json_body)
    _print_json(answer)


@app.command()
@click.option("--port", type=click.IntRange(0, 65535), default=9000, show_default=True, help="0 takes a free one.")
@click.option("--database", type=click.Path(dir_okay=False), metavar="FILE", help="Keeps the data.  [default: memory]")
@click.option("--empty", is_flag=True, help="Begin without orders and customers.")
def sandbox(port: int, database: str | None, empty: bool) -> None:
    """Run a store on this machine, to try things on, until Ctrl-C.

    \b
      medusa sandbox &
      medusa orders lookup --display-id 1 --email ada@example.com
      medusa auth login grace@example.com
    """
    try:
        from ..sandbox.__main__ import serve
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("medusa"):
            raise
        raise click.ClickException("the sandbox is not installed: pip install 'medusa-sdk[sandbox]'") from None
    try:
        serve(port, database, orders=not empty)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(str(error)) from None


# What the commands share


def _client(options: dict[str, Any], **more: Any) -> Medusa:
    """A client with these options and the API keys of the environment, as nobody yet."""
    given = {name: value for name, value in {**options, **more}.items() if value is not None}
    publishable_api_key = os.environ.get("MEDUSA_PUBLISHABLE_API_KEY") or None
    api_key = os.environ.get("MEDUSA_API_KEY") or None
    try:
        return Medusa(**given, publishable_api_key=publishable_api_key, api_key=api_key)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context().find_root()) from None


def _act_as_customer(medusa: Medusa) -> None:
    """Use the token of the environment, or of the login that is kept for this backend, if there is one."""
    given = os.environ.get("MEDUSA_TOKEN")
    try:
        if token := given or logins.read(medusa.base_url):
            medusa.token = token
    except ValueError as error:
        if given:
            raise click.UsageError(f"MEDUSA_TOKEN: {error}") from None
        raise _NotAllowed("the login that is kept is damaged: run `medusa auth login EMAIL`") from None


@contextmanager
def _connected(options: dict[str, Any]) -> Generator[Medusa]:
    """A client for one call, whose refusal of an argument is a wrong usage, and of a login says what to do."""
    with _client(options) as medusa:
        _act_as_customer(medusa)
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
            raise _NotAllowed(f"{why}: {what_to_do}") from None


def _secret(name: str, variable: str, *, from_stdin: bool = False) -> str:
    """A secret: of the environment, or else of the standard input, which at a terminal is asked for it."""
    secret = "" if from_stdin else os.environ.get(variable, "")
    if not secret and (from_stdin or not sys.stdin.isatty()):
        try:
            secret = sys.stdin.read().rstrip("\r\n")
        except UnicodeDecodeError:
            raise click.UsageError(f"the {name.lower()} in the standard input must be UTF-8") from None
    elif not secret:
        secret = getpass.getpass(f"{name}: ")
    if not secret:
        raise click.UsageError(f"no {name.lower()}: type it at a terminal, pipe it in, or set {variable}")
    return secret


def _query(params: tuple[str, ...]) -> dict[str, str | list[str]]:
    query: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not name or not equals:
            raise click.BadParameter("must be NAME=VALUE", param_hint="'--param'")
        query.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in query.items()}


def _body(given: str) -> Any:
    try:
        text = sys.stdin.read() if given == "-" else Path(given[1:]).read_text("utf-8") if given[:1] == "@" else given
        return json.loads(text)
    except OSError as error:
        raise click.BadParameter(f"{given[1:]}: {error.strerror}", param_hint="'--json'") from None
    except ValueError as error:  # its text says where, not what
        raise click.BadParameter(f"is no JSON: {error}", param_hint="'--json'") from None
    except RecursionError:
        raise click.BadParameter("is nested too deeply", param_hint="'--json'") from None


def _show(order: Order, as_json: bool) -> None:
    if as_json:
        _print_json(order.to_dict())
        return
    console = Console(markup=False, highlight=False, emoji=False)
    console.width = min(console.width, 80)
    with console.capture() as captured:
        console.print(receipt(order))
    click.echo(re.sub(r" +$", "", captured.get().rstrip(), flags=re.MULTILINE))


def _print_json(value: Any) -> None:
    click.echo(json_text.lines(value, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf")))


# Errors


def run() -> int:
    """Run the command that `sys.argv` holds and return its exit code. An error is one line on stderr."""
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        code: int | None = app.main(prog_name="medusa", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.NoArgsIsHelpError as error:
        write_error(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        # What was typed too much is not repeated: it may be a secret.
        said = error.format_message()
        said = re.sub(r"(unexpected extra arguments?) .*", r"\1", said, flags=re.DOTALL)
        path = error.ctx.command_path if error.ctx else "medusa"
        if isinstance(error, click.NoSuchOption) and any(error.option_name in option.opts for option in app.params):
            said, path = f"{error.option_name} stands before the command", "medusa"
        return _fail(f"{said.rstrip('.')} (see `{path} --help`)", error.exit_code)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except click.Abort:
        return 130
    except MedusaError as error:
        return _fail(str(error), _exit_code(error))
    except RecursionError:
        return _fail("the JSON is nested too deeply", EXIT_CODES[MedusaDecodeError])
    except BrokenPipeError:  # of `| head`
        return 1
    except OSError as error:
        if error.errno == errno.EBADF:
            return _fail("the standard output is closed", 1)
        return _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part), 1)


def _exit_code(error: MedusaError) -> int:
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1)


def _fail(text: str, code: int) -> int:
    write_error(f"medusa: {plain(text)}")
    return code
