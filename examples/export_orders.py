"""Export the orders of a period to a CSV file, for example for an ERP system.

MEDUSA_API_KEY=... python examples/export_orders.py 2026-11-01 2026-12-01 november.csv

Each item and each delivery is a row, and amounts are decimals. The second day is not included. The file is replaced
only when the export is complete. If a run fails or is stopped, the file does not change: run the same command again.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from medusa import AdminGetOrdersParams, Medusa, MedusaError, Order
from medusa.contrib.money import to_decimal

COLUMNS = ["order", "date", "status", "payment", "email", "country", "currency", "sku", "title", "quantity"]
AMOUNTS = ["unit_price", "discount", "tax", "total", "order_total"]
FIELDS = "id,display_id,created_at,status,payment_status,email,currency_code"
TOTALS = "shipping_total,discount_total,tax_total,total"  # A list of orders has totals only if the query has `fields`.


def rows(order: Order) -> Iterator[list[object]]:
    """Yield a row for each item, and a row for the rest of the order's totals. The rows add up to the order's total."""
    country = order.shipping_address.country_code if order.shipping_address else None
    head = [order.display_id, f"{order.created_at:%Y-%m-%dT%H:%M:%SZ}", order.status, order.payment_status]
    head += [order.email, country, order.currency_code.upper()]

    def row(sku: str | None, title: str, quantity: int, *amounts: int) -> list[object]:
        decimals = [to_decimal(amount, order.currency_code) for amount in (*amounts, order.total)]
        return [*head, sku, title, quantity, *decimals]

    discount, tax, total = order.discount_total, order.tax_total or 0, order.total
    for item in sorted(order.items, key=lambda item: item.id):  # Medusa does not sort the items.
        sums = item.discount_total or 0, item.tax_total or 0, item.total or 0
        discount, tax, total = discount - sums[0], tax - sums[1], total - sums[2]
        yield row(item.variant.sku if item.variant else None, item.title, item.quantity, item.unit_price, *sums)
    yield row("SHIPPING", "Shipping, less gift cards", 1, order.shipping_total or 0, discount, tax, total)


def export(medusa: Medusa, start: datetime, end: datetime, file: Path) -> int:
    """Write the orders that were placed at or after `start` and before `end`. Return the number of orders."""
    period: AdminGetOrdersParams = {"created_at": {"gte": start, "lt": end}, "fields": f"{FIELDS},{TOTALS}"}
    period["expand"] = "items,items.variant,shipping_methods,shipping_address"
    console = Console(stderr=True)
    count = medusa.admin.orders.list({**period, "limit": 1}).count
    orders = medusa.admin.orders.iterate(period, read_ahead=True)
    bar = track(orders, "Orders", count, console=console, transient=True, disable=not console.is_terminal)
    written = 0
    unfinished = file.with_name(f"{file.name}.unfinished")
    with unfinished.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS + AMOUNTS)
        for written, order in enumerate(bar, 1):  # noqa: B007  # `written` is used after the loop.
            writer.writerows(rows(order))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
    return written


def day(text: str) -> datetime:
    """Parse a date like 2026-11-01, or a time like 2026-11-01T00:00+01:00. Without an offset, the time is in UTC."""
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def main() -> int:
    """Run the script. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start", type=day, help="the first day, in UTC unless it has an offset")
    parser.add_argument("end", type=day, help="the day after the last one")
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    try:
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            count = export(medusa, arguments.start, arguments.end, arguments.file)
    except (MedusaError, OSError) as error:
        print(f"No file was written: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. No file was written.", file=sys.stderr)
        return 130
    print(f"Wrote {count} orders to {arguments.file}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
