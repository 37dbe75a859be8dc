"""Capture the payments that are due: those of orders that are shipped.

MEDUSA_API_KEY=... python examples/capture_due.py
MEDUSA_API_KEY=... python examples/capture_due.py --status fulfilled --status shipped --before 2026-11-01 --dry-run

Each order is looked at again right before its capture, and a run tries each capture once. If a response is lost, the
script reads the order to find out whether the payment was captured. What failed is due again in the next run, and so is
what was left when a run was stopped.
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
"""An order has the second one if a payment provider refused the capture."""


def is_due(order: Order) -> bool:
    """Whether the payment of an order can be captured."""
    return order.payment_status in DUE and order.status != "canceled"


def capture(medusa: Medusa, id: str) -> bool:
    """Capture the payment of an order if it is still due. Return whether this call did so.

    Raises `MedusaError` if the payment is not captured, or if nobody knows.
    """
    orders = medusa.admin.orders
    if not is_due(orders.retrieve(id, fields=FIELDS, expand=[]).order):
        return False
    try:
        order = orders.capture_payment(id).order
    except MedusaError as error:
        # The response was lost. A second call could capture twice while the first one is under way: read, don't repeat.
        if not error.may_have_happened or is_due(orders.retrieve(id, fields=FIELDS, expand=[]).order):
            raise
        return True
    if is_due(order):
        raise MedusaError("the payment provider refused the capture")
    return True


def capture_all(medusa: Medusa, statuses: list[str], before: datetime, is_dry_run: bool) -> int:
    """Capture what is due of the orders that this chooses. Return how many captures failed."""
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    # The whole list comes first: captured orders leave it, and would move its pages.
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
            raise  # So would all others.
        except MedusaError as error:
            failed += 1
            console.print(f"{name}: {error}")
    console.print(f"{len(due)} due, {captured} captured, {failed} failed")
    return failed


def day(text: str) -> datetime:
    """A date such as 2026-11-01, or a time such as 2026-11-01T00:00+01:00. Without an offset it is in UTC."""
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def main() -> int:
    """Capture what the arguments choose. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        *["--status", "-s"],
        action="append",
        choices=[status.value for status in FulfillmentStatus],
        help="the fulfillment status of the orders; may be given several times; shipped by default",
    )
    parser.add_argument("--before", type=day, default=datetime.now(UTC), help="only orders placed before this day")
    parser.add_argument("--dry-run", action="store_true", help="print what is due, and capture nothing")
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
        print("Stopped. What is left is due in the next run.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
