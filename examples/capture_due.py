"""Capture the payments of shipped orders.

MEDUSA_API_KEY=... python examples/capture_due.py
MEDUSA_API_KEY=... python examples/capture_due.py --status fulfilled --status shipped --before 2026-11-01 --dry-run

The script reads each order again right before its capture, and tries each capture once. If a response is lost, the
script reads the order to find out whether the payment was captured. If a capture fails or the script is stopped, the
next run tries the remaining payments.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import track

from medusa import FulfillmentStatus, Medusa, MedusaAuthenticationError, MedusaError, Order, PaymentStatus
from medusa.contrib.money import to_decimal

FIELDS = ["id", "status", "payment_status"]
DUE = [PaymentStatus.AWAITING, PaymentStatus.REQUIRES_ACTION]
"""An order has the status `requires_action` if a payment provider refused the capture."""


def is_due(order: Order) -> bool:
    """Return whether the payment of an order can be captured."""
    return order.payment_status in DUE and order.status != "canceled"


def capture(medusa: Medusa, id: str) -> bool:
    """Capture the payment of an order if it is still due. Return whether this call captured it.

    Raises `MedusaError` if the payment is not captured, or if the result is unknown.
    """
    orders = medusa.admin.orders
    if not is_due(orders.retrieve(id, fields=FIELDS, expand=[]).order):
        return False
    try:
        order = orders.capture_payment(id).order
    except MedusaError as error:
        # The response was lost. A second call could capture twice while the first one is running, so only read here.
        if not error.may_have_happened or is_due(orders.retrieve(id, fields=FIELDS, expand=[]).order):
            raise
        return True
    if is_due(order):
        raise MedusaError("the payment provider refused the capture")
    return True


def capture_all(medusa: Medusa, statuses: list[str], before: datetime, is_dry_run: bool) -> int:
    """Capture the due payments of the orders with these statuses. Return how many captures failed."""
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    # Read the whole list first: captured orders disappear from the list, and that shifts its pages.
    found = medusa.admin.orders.iterate(
        {
            "payment_status": [*DUE],
            "fulfillment_status": [*statuses],
            "created_at": {"lt": before},
            "fields": f"{','.join(FIELDS)},display_id,currency_code,total",
            "expand": "",
        }
    )
    due = [order for order in found if is_due(order)]
    captured = failed = 0
    for order in track(due, "Captures", console=console, transient=True, disable=not console.is_terminal):
        name = f"order {order.display_id}, {order.currency_code.upper()} {to_decimal(order.total, order.currency_code)}"
        if is_dry_run:
            print(name)
            continue
        try:
            captured += capture(medusa, order.id)
        except MedusaAuthenticationError:
            raise  # All other captures would fail too.
        except MedusaError as error:
            failed += 1
            console.print(f"{name}: {error}")
    console.print(f"{len(due)} due, {captured} captured, {failed} failed")
    return failed


def day(text: str) -> datetime:
    """Parse a date like 2026-11-01, or a time like 2026-11-01T00:00+01:00. Without an offset, the time is in UTC."""
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def main() -> int:
    """Run the script. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        *["--status", "-s"],
        action="append",
        choices=[status.value for status in FulfillmentStatus],
        help="the fulfillment status of the orders; can be given several times; default: shipped",
    )
    parser.add_argument("--before", type=day, default=datetime.now(UTC), help="only orders placed before this day")
    parser.add_argument("--dry-run", action="store_true", help="print the due payments, but capture nothing")
    given = parser.parse_args()
    statuses = given.status or ["shipped"]
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    try:
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            return 1 if capture_all(medusa, statuses, given.before, given.dry_run) else 0
    except MedusaError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The next run captures the remaining payments.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
