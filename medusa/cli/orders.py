"""`medusa orders`: show, claim and export orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import click

from .. import StoreGetOrdersParams
from .app import Group, exit_code, json_option, selection
from .client import act_as, connected, new_client
from .export import read_ids, write_orders
from .login import CUSTOMER
from .outputs import show_order
from .prompt import read_secret
from .streams import write_error


@click.group(cls=Group)
def orders() -> None:
    """Show, claim and export orders."""


@orders.command()
@click.argument("id", metavar="ORDER_ID")
@selection
@json_option
@click.pass_obj
def retrieve(options: dict[str, Any], id: str, expand: str | None, fields: str | None, as_json: bool) -> None:
    """Show the order with this ID as a receipt.

    Data that --expand or --fields exclude is not on the receipt.

    \b
      medusa orders retrieve order_01G...
      medusa orders retrieve order_01G... --json | jq .total
      medusa orders retrieve order_01G... --expand items,billing_address --json
    """
    with connected(options) as medusa:
        order = medusa.orders.retrieve(id, expand=expand, fields=fields).order
    show_order(order, as_json)


@orders.command()
@click.argument("cart_id")
@selection
@json_option
@click.pass_obj
def by_cart(options: dict[str, Any], cart_id: str, expand: str | None, fields: str | None, as_json: bool) -> None:
    """Show the order that was created from this cart.

    The JSON also contains the order's claims, swaps, refunds and gift cards.
    """
    with connected(options) as medusa:
        order = medusa.orders.retrieve_by_cart_id(cart_id, expand=expand, fields=fields).order
    show_order(order, as_json)


@orders.command()
@click.option("--display-id", type=int, required=True, metavar="NUMBER", help="The order number for customers.")
@click.option("--email", required=True, metavar="ADDRESS", help="The order's e-mail address (case-sensitive).")
@selection
@json_option
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
    with connected(options) as medusa:
        order = medusa.orders.lookup_order(params).order
    show_order(order, as_json)


@orders.command()
@click.argument("order_ids", metavar="ORDER_ID...", nargs=-1, required=True)
@click.pass_obj
def claim(options: dict[str, Any], order_ids: tuple[str, ...]) -> None:
    """Request that orders be assigned to the logged-in customer.

    The store sends a token for `medusa orders confirm` to the e-mail address of each order. Unknown orders are ignored.
    """
    with connected(options) as medusa:
        medusa.orders.request_customer_orders({"order_ids": list(order_ids)})
    write_error("Claim requested. The store sends a token for `medusa orders confirm` to the orders' e-mail address.")


@orders.command()
@click.pass_obj
def confirm(options: dict[str, Any]) -> None:
    """Confirm a claim with the token from the e-mail.

    You are prompted for the token. In scripts, set MEDUSA_CLAIM_TOKEN or use standard input:

    \b
      medusa orders confirm < token.txt
    """
    token = read_secret("Token", "MEDUSA_CLAIM_TOKEN")
    with connected(options) as medusa:
        medusa.orders.confirm_request({"token": token})
    write_error("Confirmed. The orders now belong to the customer who claimed them.")


@orders.command()
@click.option(
    "--ids-from",
    required=True,
    type=click.File("rb"),
    metavar="FILE",
    help="The file with one order ID on each line, or - for standard input.",
)
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write, with one order as JSON on each line. The orders are not sorted.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="How many calls at a time.")
@selection
@click.pass_obj
def export(
    options: dict[str, Any],
    ids_from: BinaryIO,
    output: Path,
    threads: int,
    expand: str | None,
    fields: str | None,
) -> int:
    """Export many orders to a file of JSON lines.

    If the command is stopped or fails, run it again to continue. Orders that are already in the file are not requested
    again. IDs that were not found are listed at the end.

    \b
      medusa orders export --ids-from ids.txt --output orders.jsonl
    """
    if str(output) == "-":
        raise click.UsageError("--output must be a file, because the next run reads it to continue")
    ids = read_ids(ids_from)
    if fields is not None and "id" not in fields.split(","):
        fields = f"id,{fields}"  # The next run needs the IDs to continue.
    with new_client(options, pool_maxsize=threads) as medusa:
        act_as(medusa, CUSTOMER)
        error = write_orders(
            ids, output, threads, lambda id: medusa.orders.retrieve(id, expand=expand, fields=fields).order
        )
    return exit_code(error) if error else 0
