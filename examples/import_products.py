"""Import products with variants, prices and images from a CSV file.

MEDUSA_API_KEY=... python examples/import_products.py products.csv

    handle,title,description,status,images,sku,option:Size,price:eur,price:usd
    shirt,Linen Shirt,For warm days,published,front.jpg https://cdn.example.com/back.jpg,SHIRT-S,S,40.00,44.00
    shirt,,,,,SHIRT-M,M,40.00,44.00

Each row is a variant. The rows of a product have the same handle. Images are URLs, or files in the folder of the CSV
file, which the script uploads. The script stores a hash of the rows and files in the metadata of each product. If the
hash is unchanged, the script skips the product, so that a second run continues a run that was stopped. Variants that
are not in the file and prices in other currencies do not change.
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
"""The key in the metadata for the hash of a product, and for the URLs of its uploaded files."""


def values(row: Row, kind: str) -> dict[str, str]:
    """Return the columns of a kind that are not empty: the options, or the prices by currency."""
    return {name.removeprefix(kind): text for name, text in row.items() if name.startswith(kind) and text}


def prices(row: Row, variant: ProductVariant | None = None) -> list[Any]:
    """Return the prices in the row, and the prices that the variant already has in other currencies or for a region."""
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
    """Create and change products."""

    def __init__(self, medusa: Medusa, folder: Path) -> None:
        self._products, self._uploads = medusa.admin.products, medusa.admin.uploads
        self._folder = folder.resolve()
        query: AdminGetProductsParams = {"fields": "id,handle,metadata", "expand": ""}
        self._existing = {product.handle: product for product in self._products.iterate(query, page_size=1000)}

    def run(self, handle: str, rows: list[Row]) -> str:
        """Create or change a product. Return "created", "changed" or "unchanged".

        Raises `ValueError`, `OSError` and `MedusaError`.
        """
        if not handle or not all(row["sku"] for row in rows):
            raise ValueError("each row must have a handle and a SKU")
        if len({frozenset(values(row, "option:")) for row in rows}) > 1:
            raise ValueError("all rows of a product must have the same options")
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
        if not path.is_relative_to(self._folder):  # Otherwise a CSV file could publish any file of this machine.
            raise ValueError(f"{name} must be in the folder of the CSV file")
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
        # This must be last: it stores the hash, and the hash means that the whole import of the product is done.
        self._products.update(id, update)


def title(row: Row) -> str:
    """Return the title of a variant, for example `M / Blue`."""
    return " / ".join(values(row, "option:").values()) or row["sku"]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(file: Path) -> dict[str, list[Row]]:
    """Return the rows of each product by its handle."""
    products: dict[str, list[Row]] = {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        if not {"handle", "sku"} <= {*(reader.fieldnames or ())}:
            raise ValueError(f"{file} must have the columns handle and sku")
        for row in reader:
            if None in row:
                raise ValueError(f"{file}, line {reader.line_num}: the row has more cells than there are columns")
            products.setdefault(row["handle"], []).append(row)
    return products


def main() -> int:
    """Run the script. Return the exit code."""
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
                    raise  # All other calls would fail too.
                except (ValueError, OSError, MedusaError) as error:
                    done["failed"] += 1
                    console.print(f"{handle}: {error}")
    except (ValueError, OSError, MedusaError) as error:
        console.print(str(error))
        return 1
    except KeyboardInterrupt:
        console.print("Stopped. Run the same command again to continue.")
        return 130
    console.print(", ".join(f"{count} {what}" for what, count in done.items()))
    return 1 if done["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
