"""`python -m medusa.sandbox`: a store that runs until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Iterator
from queue import SimpleQueue

from . import SandboxStore
from .shop import CUSTOMERS, PASSWORD


def serve(port: int, database: str | None, *, orders: bool = True) -> None:
    """Run a store until Ctrl-C; print where it is, and what there is to try.

    Raises `OSError` for a port or a file that can't be used.
    """
    # A KeyboardInterrupt within code that was compiled from a text, as the codec's is, would let Python exit as killed,
    # even if it was caught. So a signal raises nothing here.
    ends: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as a shell lets a process in the background ignore Ctrl-C
            signal.signal(number, lambda number, _: ends.put(number))
    with SandboxStore(orders=orders, database=database, port=port) as store:
        _say(f"A Store API at {store.url} until Ctrl-C.")
        for line in _contents(store):
            _say(line)
        ends.get()


def _contents(store: SandboxStore) -> Iterator[str]:
    """Tell what there is to try in a store."""
    customers = [customer.email for customer in store.customers if customer.has_account]
    if own := [email for email in customers if email in CUSTOMERS]:
        yield f"Its customers {' and '.join(own)} have the password {PASSWORD}."
    orders = [f"{order.id}  display_id {order.display_id}, email {order.email}" for order in store.orders]
    yield from _section("Its orders:", orders, most=20)
    products = [f"{product.variants[0].id}  {product.title}" for product in store.products if product.variants]
    yield from _section("A variant of each product:", products, most=5)
    yield from _section("Its discount codes:", [discount.code for discount in store.discounts], most=20)
    cards = [f"{card.code}  balance {card.balance}" for card in store.gift_cards if not card.is_disabled]
    yield from _section("Its gift cards:", cards, most=20)


def _section(heading: str, lines: list[str], *, most: int) -> Iterator[str]:
    if lines:
        yield heading
    for line in lines[:most]:
        yield f"  {line}"
    if len(lines) > most:
        yield f"  and {len(lines) - most} more"


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except OSError as error:
        if error.errno != errno.EBADF:
            raise
        _discard_output()  # a daemon's standard output is closed on purpose


def _discard_output() -> None:
    """Throw away what the standard output did not take: Python would try to write it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Read the arguments, and serve."""
    parser = argparse.ArgumentParser(prog="python -m medusa.sandbox", description="A Store API on this machine.")
    parser.add_argument("--port", type=int, default=9000, help="0 for a free one (default: 9000)")
    parser.add_argument("--database", help="a file that keeps the store's state")
    parser.add_argument("--empty", action="store_true", help="let a new store begin without orders and customers")
    arguments = parser.parse_args()
    try:
        serve(arguments.port, arguments.database, orders=not arguments.empty)
    except BrokenPipeError:
        _discard_output()
        sys.exit(1)
    except OSError as error:
        sys.exit(f"medusa.sandbox: {error}")


if __name__ == "__main__":
    main()
