"""Set the stock quantities from a CSV file, for example every night from a warehouse.

MEDUSA_API_KEY=... python examples/sync_stock.py stock.csv
MEDUSA_API_KEY=... python examples/sync_stock.py stock.csv --location sloc_01G...

    sku,quantity
    SHIRT-S,12
    SHIRT-M,0

The quantities are absolute, and the script sends only quantities that differ. So it is safe to repeat, and a second run
continues a run that was stopped. SKUs that are not in the file keep their stock. A backend with the inventory modules
has stock at locations: choose one with --location.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import track

from medusa import Medusa, MedusaAuthenticationError, MedusaError

Stock = dict[str, tuple[int | None, Callable[[int], object]]]
"""The quantity of each SKU, or None if Medusa has no quantity for it, and the function that sets the quantity."""


def read(file: Path) -> dict[str, int]:
    """Return the quantity of each SKU. Raises `ValueError` if a line is not valid, before any stock is changed."""
    quantities: dict[str, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            sku, quantity = row.get("sku"), row.get("quantity")
            if not sku or not quantity or not quantity.strip().isdecimal():
                raise ValueError(f"{file}, line {reader.line_num}: the line must have a sku and a quantity")
            if quantities.setdefault(sku, int(quantity)) != int(quantity):
                raise ValueError(f"{file}, line {reader.line_num}: an earlier line has another quantity for {sku}")
    return quantities


def stock_of_variants(medusa: Medusa) -> Stock:
    """Return the stock of all variants, on a backend without the inventory modules."""
    stock: Stock = {}
    variants = medusa.admin.variants.iterate({"fields": "id,sku,product_id,inventory_quantity", "expand": "product"})
    for variant in variants:
        if variant.sku:
            update = partial(_set_variant, medusa, variant.product_id, variant.id)
            stock[variant.sku] = (variant.inventory_quantity, update)
    return stock


def stock_at(medusa: Medusa, location: str) -> Stock:
    """Return the stock of all inventory items at a location."""
    stock: Stock = {}
    for item in medusa.admin.inventory_items.iterate():
        levels = [level for level in item.location_levels if level.location_id == location]
        if item.sku:
            update = partial(_set_level if levels else _add_level, medusa, item.id, location)
            stock[item.sku] = (levels[0].stocked_quantity if levels else None, update)
    return stock


def _set_variant(medusa: Medusa, product: str, variant: str, quantity: int) -> None:
    medusa.admin.products.update_variant(product, variant, {"inventory_quantity": quantity})


def _set_level(medusa: Medusa, item: str, location: str, quantity: int) -> None:
    medusa.admin.inventory_items.update_location_level(item, location, {"stocked_quantity": quantity})


def _add_level(medusa: Medusa, item: str, location: str, quantity: int) -> None:
    medusa.admin.inventory_items.create_location_level(item, {"location_id": location, "stocked_quantity": quantity})


def main() -> int:
    """Run the script. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--location", metavar="ID", help="the stock location, on a backend with the inventory modules")
    arguments = parser.parse_args()
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    changed = failed = 0
    try:
        quantities = read(arguments.file)
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            stock = stock_at(medusa, arguments.location) if arguments.location else stock_of_variants(medusa)
            hidden = not console.is_terminal
            for sku, quantity in track(quantities.items(), "Stock", console=console, transient=True, disable=hidden):
                try:
                    if sku not in stock:
                        raise ValueError("Medusa does not have this SKU")
                    before, update = stock[sku]
                    if before != quantity:
                        update(quantity)
                        changed += 1
                except MedusaAuthenticationError:
                    raise  # All other calls would fail too.
                except (ValueError, MedusaError) as error:
                    failed += 1
                    console.print(f"{sku}: {error}")
    except (ValueError, OSError, MedusaError) as error:
        console.print(str(error))
        return 1
    except KeyboardInterrupt:
        console.print("Stopped. Run the same command again to continue.")
        return 130
    console.print(f"{changed} changed, {len(quantities) - changed - failed} unchanged, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
