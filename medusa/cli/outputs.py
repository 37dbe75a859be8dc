"""Print the output of a command: an order as a receipt, or a value as JSON."""

from __future__ import annotations

import re
import sys
from typing import Any

import click
from rich.console import Console

from .. import Order
from . import json_text
from .receipt import receipt


def show_order(order: Order, as_json: bool) -> None:
    """Print an order as a receipt, or as JSON."""
    if as_json:
        print_json(order.to_dict())
        return
    console = Console(markup=False, highlight=False, emoji=False)
    console.width = min(console.width, 80)
    with console.capture() as captured:
        console.print(receipt(order))
    click.echo(re.sub(r" +$", "", captured.get().rstrip(), flags=re.MULTILINE))


def print_json(value: Any) -> None:
    """Print a value as indented JSON, in the encoding of the standard output."""
    click.echo(json_text.lines(value, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf")))
