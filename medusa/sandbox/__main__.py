"""`python -m medusa.sandbox`: a store that runs until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import threading
from contextlib import suppress

from . import SandboxStore
from .shop import PASSWORD


def main() -> None:
    """Serve, and print where, and what there is to try."""
    parser = argparse.ArgumentParser(prog="python -m medusa.sandbox", description=SandboxStore.__doc__)
    parser.add_argument("--port", type=int, default=9000, help="0 for a free one (default: 9000)")
    parser.add_argument("--database", help="a file that keeps the store's state")
    parser.add_argument("--empty", action="store_true", help="begin without orders and customers")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C
    with SandboxStore(orders=not arguments.empty, database=arguments.database, port=arguments.port) as store:
        print(f"A Store API at {store.url} until Ctrl-C. Customers' password: {PASSWORD}. Its orders:", flush=True)
        for order in store.orders:
            print(f"  {order.id}  display_id {order.display_id}, email {order.email}", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
