"""`python -m medusa.sandbox`: run a sandbox store until Ctrl-C."""

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
    """Run a store until Ctrl-C. Print its URL and what it contains.

    Raises `OSError` if the port or the file cannot be used.
    """
    # Signals are handled without KeyboardInterrupt: if it is raised inside code that was compiled from a string, like
    # the codec's, Python exits as if it was killed, even if the exception is caught.
    ends: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # A shell makes a background process ignore Ctrl-C.
            signal.signal(number, lambda number, _: ends.put(number))
    with SandboxStore(orders=orders, database=database, port=port) as store:
        _say(f"Sandbox store running at {store.url} (stop it with Ctrl-C)")
        for line in _contents(store):
            _say(line)
        ends.get()


def _contents(store: SandboxStore) -> Iterator[str]:
    """Yield lines that describe the contents of a store."""
    customers = [customer.email for customer in store.customers if customer.has_account]
    if own := [email for email in customers if email in CUSTOMERS]:
        yield f"The password of the customers {' and '.join(own)} is {PASSWORD}."
    orders = [f"{order.id}  display_id {order.display_id}, email {order.email}" for order in store.orders]
    yield from _section("Orders:", orders, most=20)
    products = [f"{product.variants[0].id}  {product.title}" for product in store.products if product.variants]
    yield from _section("One variant of each product:", products, most=5)
    yield from _section("Discount codes:", [discount.code for discount in store.discounts], most=20)
    cards = [f"{card.code}  balance {card.balance}" for card in store.gift_cards if not card.is_disabled]
    yield from _section("Gift cards:", cards, most=20)


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
        _discard_output()  # A daemon's standard output is closed on purpose.


def _discard_output() -> None:
    """Discard output that could not be written. Otherwise Python would try to write it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Read the arguments and run the store."""
    parser = argparse.ArgumentParser(
        prog="python -m medusa.sandbox", description="Run a sandbox store on this machine until Ctrl-C."
    )
    parser.add_argument("--port", type=int, default=9000, help="0 chooses a free port (default: 9000)")
    parser.add_argument("--database", metavar="FILE", help="keep the data in this file (default: in memory)")
    parser.add_argument(
        "--empty", action="store_true", help="start without the made-up shop: no products, customers or orders"
    )
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
