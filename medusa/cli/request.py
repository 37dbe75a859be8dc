"""`medusa request`: call any route."""

from __future__ import annotations

import re
from typing import Any

import click

from .body import read_json
from .client import connected
from .outputs import print_json


@click.command()
@click.argument("method")
@click.argument("path")
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="For the query. Can be given several times."
)
@click.option("--json", "body", metavar="JSON", help="The body as JSON, @FILE, or - for standard input.")
@click.pass_obj
def request(options: dict[str, Any], method: str, path: str, params: tuple[str, ...], body: str | None) -> None:
    """Send a request to any route, and print the response as JSON.

    Requests to /admin are sent with MEDUSA_API_KEY or the token of the admin user, all other requests with the token of
    the customer. A plain text response is printed as a JSON string, an empty response as null. If the body contains a
    secret, read it from a file or standard input.

    \b
      medusa request GET /store/products --param limit=3
      medusa request POST /store/carts --json '{"region_id": "reg_01G..."}'
      medusa request POST /store/customers --json @customer.json
    """
    query, json_body = _query(params), None if body is None else read_json(body, "--json")
    with connected(options, admin=re.match("/admin(?![^/?])", path) is not None) as medusa:
        response = medusa.request(method, path, params=query, json=json_body)
    print_json(response)


def _query(params: tuple[str, ...]) -> dict[str, str | list[str]]:
    query: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not name or not equals:
            raise click.BadParameter("must be NAME=VALUE", param_hint="'--param'")
        query.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in query.items()}
