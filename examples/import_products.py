"""Import products with variants, prices and images from a CSV file.

MEDUSA_API_KEY=... python examples/import_products.py products.csv

    handle,title,description,status,images,sku,option:Size,price:eur,price:usd
    shirt,Linen Shirt,For warm days,published,front.jpg https://cdn.example.com/back.jpg,SHIRT-S,S,40.00,44.00
    shirt,,,,,SHIRT-M,M,40.00,44.00

A row is a variant, and the rows of a product share its handle. Images are URLs, or files in the folder of the CSV file,
which are uploaded. Each product keeps in its metadata a hash of the rows and files that it was made of. If the hash is
the same, a run leaves the product alone, and so goes on where one was stopped. Variants that the file does not name
stay, and so do prices in other currencies.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from medusa import AdminGetProductsParams, Medusa, MedusaAuthenticationError, MedusaError, ProductVariant
from medusa.contrib.money import from_decimal

Row = dict[str, str]
KEY = "csv_import"
"""Of the metadata: what a product was made of, and where its files were uploaded."""


def values(row: Row, kind: str) -> dict[str, str]:
    """The columns of a kind that are not empty: the options, or the prices by currency."""
    return {name.removeprefix(kind): text for name, text in row.items() if name.startswith(kind) and text}


def prices(row: Row, variant: ProductVariant | None = None) -> list[Any]:
    """The prices of a variant: those of the row, and those that it has in other currencies or for a region."""
    found: list[Any] = []
    for currency, text in values(row, "price:").items():
        try:
            found.append({"currency_code": currency, "amount": from_decimal(Decimal(text), currency)})
        except InvalidOperation:
            raise ValueError(f"the price of {row['sku']} is not a number: {text}") from None
    for price in variant.prices if variant else []:
        if price.price_list_id is None and (price.region_id or not row.get(f"price:{price.currency_code}")):
            place = {"region_id": price.region_id} if price.region_id else {"currency_code": price.currency_code}
            found.append({"id": price.id, "amount": price.amount, **place})
    return found


class Import:
    """Creates and changes products."""

    def __init__(self, medusa: Medusa, folder: Path) -> None:
        self._products, self._uploads = medusa.admin.products, medusa.admin.uploads
        self._folder = folder.resolve()
        query: AdminGetProductsParams = {"fields": "id,handle,metadata", "expand": ""}
        self._existing = {product.handle: product for product in self._products.iterate(query, page_size=1000)}

    def run(self, handle: str, rows: list[Row]) -> str:
        """Create or change a product. Return what was done. Raises `ValueError`, `OSError` and `MedusaError`."""
        if not handle or not all(row["sku"] for row in rows):
            raise ValueError("a row has no handle or no SKU")
        if len({frozenset(values(row, "option:")) for row in rows}) > 1:
            raise ValueError("a row lacks an option that another one has")
        head = {name: next(filter(None, (row[name] for row in rows)), "") for name in rows[0]}
        images = head.get("images", "").split()
        hashes = {name: _hash(self._file(name).read_bytes()) for name in images if "://" not in name}
        made_of = _hash(repr((rows, hashes)).encode())
        existing = self._existing.get(handle)
        before: dict[str, Any] = ((existing and existing.metadata) or {}).get(KEY, {})
        if before.get("hash") == made_of:
            return "unchanged"
        urls: dict[str, str] = before.get("files", {})
        for name, hash in hashes.items():
            if hash not in urls:
                urls[hash] = self._uploads.create(self._file(name)).uploads[0].url
        product: dict[str, Any] = {name: head[name] for name in ("title", "description", "status") if head.get(name)}
        product["metadata"] = {KEY: {"hash": made_of, "files": urls}}
        if images:
            product["images"] = [urls[hashes[name]] if name in hashes else name for name in images]
            product["thumbnail"] = product["images"][0]
        if existing:
            self._change(existing.id, rows, product)
            return "changed"
        self._create(handle, rows, product)
        return "created"

    def _file(self, name: str) -> Path:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder):  # Or a supplier's CSV file could publish any file of this machine.
            raise ValueError(f"{name} is not in the folder of the CSV file")
        return path

    def _create(self, handle: str, rows: list[Row], product: dict[str, Any]) -> None:
        options = list(values(rows[0], "option:"))
        variants = [
            {
                **{"title": title(row), "sku": row["sku"], "prices": prices(row), "inventory_quantity": 0},
                "options": [{"value": row[f"option:{option}"]} for option in options],
            }
            for row in rows
        ]
        titles = [{"title": option} for option in options]
        payload: Any = {"title": handle, **product, "handle": handle, "options": titles, "variants": variants}
        self._products.create(payload)

    def _change(self, id: str, rows: list[Row], product: dict[str, Any]) -> None:
        before = self._products.retrieve(id).product
        variants = {variant.sku: variant for variant in before.variants}
        options = {option.title: option.id for option in before.options}
        for row in rows:
            chosen = values(row, "option:")
            if unknown := chosen.keys() - options.keys():
                raise ValueError(f"the product has no option {', '.join(sorted(unknown))}")
            variant = variants.get(row["sku"])
            payload: Any = {"title": title(row), "prices": prices(row, variant)}
            payload["options"] = [{"option_id": options[name], "value": value} for name, value in chosen.items()]
            if variant:
                self._products.update_variant(id, variant.id, payload)
            else:
                payload |= {"sku": row["sku"], "inventory_quantity": 0}
                self._products.create_variant(id, payload)
        update: Any = product
        self._products.update(id, update)  # It comes last, so that the hash tells that all of this is done.


def title(row: Row) -> str:
    """The title of a variant, such as `M / Blue`."""
    return " / ".join(values(row, "option:").values()) or row["sku"]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(file: Path) -> dict[str, list[Row]]:
    """The rows of each product, by its handle."""
    products: dict[str, list[Row]] = {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        if not {"handle", "sku"} <= {*(reader.fieldnames or ())}:
            raise ValueError(f"{file} must have the columns handle and sku")
        for row in reader:
            if None in row:
                raise ValueError(f"{file}, line {reader.line_num}: more cells than columns")
            products.setdefault(row["handle"], []).append(row)
    return products


def main() -> int:
    """Import the file that is the argument. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    done = dict.fromkeys(["created", "changed", "unchanged", "failed"], 0)
    try:
        products = read(file)
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            importing = Import(medusa, file.parent)
            hidden = not console.is_terminal
            for handle, rows in track(products.items(), "Products", console=console, transient=True, disable=hidden):
                try:
                    done[importing.run(handle, rows)] += 1
                except MedusaAuthenticationError:
                    raise  # So would all others.
                except (ValueError, OSError, MedusaError) as error:
                    done["failed"] += 1
                    console.print(f"{handle}: {error}")
    except (ValueError, OSError, MedusaError) as error:
        console.print(str(error))
        return 1
    except KeyboardInterrupt:
        console.print("Stopped. The next run goes on from here.")
        return 130
    console.print(", ".join(f"{count} {what}" for what, count in done.items()))
    return 1 if done["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
