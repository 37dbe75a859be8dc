"""The scripts about products, in a shop with a thousand products. Each script is killed halfway, and run again."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from medusa import Medusa, Product

from ..contract.shop import Shop
from ..faults.lossy_proxy import FATES
from .conftest import LossyProxy, Scripts, kill, scripts_of
from .copies import run_statements

PRODUCTS = 1000
COLUMNS = ["handle", "title", "description", "status", "images", "sku", "option:Size", "price:eur", "price:usd"]
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")

Row = dict[str, str]


@pytest.fixture(scope="module")
def scripts(backend: dict[str, Any]) -> Iterator[Scripts]:
    yield from scripts_of(backend)


@pytest.fixture(scope="module")
def medusa(backend: dict[str, Any], scripts: Scripts) -> Iterator[Medusa]:
    with Medusa(backend["url"], api_key=scripts.environment["MEDUSA_API_KEY"]) as medusa:
        yield medusa


@pytest.fixture(scope="module")
def sheet(backend: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file of a thousand products: every tenth has three variants, and the first three have images."""
    folder = tmp_path_factory.mktemp("products")
    for name in ("front.png", "back.png"):
        (folder / name).write_bytes(PIXEL + name.encode())
    rows: list[Row] = []
    for number in range(PRODUCTS):
        images = "https://cdn.example.com/shirt.png front.png back.png" if number < 3 else ""
        head = [f"script-{number}", f"Script {number}", "Made by a script", "draft", images]
        for index, size in enumerate("SML" if number % 10 == 0 else "S"):
            cells = [*(head if index == 0 else [head[0], "", "", "", ""]), f"SCRIPT-{number}-{size}", size]
            rows.append(dict(zip(COLUMNS, [*cells, f"{number}.95", str(number)], strict=True)))
    delete_products(backend)  # A killed run may have left products.
    yield write(folder / "products.csv", rows)
    delete_products(backend)


def delete_products(backend: dict[str, Any]) -> None:
    mine = "SELECT id FROM product WHERE handle LIKE 'script-%'"
    run_statements(
        backend,
        f"UPDATE product_variant SET deleted_at = now() WHERE product_id IN ({mine})",
        "UPDATE product SET deleted_at = now() WHERE handle LIKE 'script-%'",
    )


def write(file: Path, rows: list[Row]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def read(file: Path) -> list[Row]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def products_of(medusa: Medusa) -> dict[str, Product]:
    found = medusa.admin.products.iterate({"q": "Made by a script"}, page_size=250)
    return {product.handle or "": product for product in found}


def cells(product: Product) -> Iterator[tuple[str, str, str, str, str, int, int]]:
    """Yield what the row of each variant contains."""
    for variant in product.variants:
        prices = {price.currency_code: price.amount for price in variant.prices}
        head = (product.handle or "", product.title, product.status, variant.sku or "", variant.options[0].value)
        yield *head, prices["eur"], prices["usd"]


@pytest.fixture(scope="module")
def imported(scripts: Scripts, medusa: Medusa, sheet: Path) -> dict[str, Product]:
    """The products after an import that was killed, and a second import."""
    process = scripts.start("import_products", str(sheet))
    while medusa.admin.products.list({"q": "Made by a script", "limit": 1}).count < PRODUCTS // 3:
        assert process.poll() is None
        time.sleep(0.2)
    kill(process)
    code, _, stderr = scripts("import_products", str(sheet))
    created = PRODUCTS - int(stderr.split(", ")[2].split()[0])
    assert (code, stderr) == (0, f"{created} created, 0 changed, {PRODUCTS - created} unchanged, 0 failed\n")
    assert 0 < created <= PRODUCTS - PRODUCTS // 3
    return products_of(medusa)


def test_import(imported: dict[str, Product], sheet: Path) -> None:
    assert len(imported) == PRODUCTS
    expected = {
        (row["handle"], f"Script {number}", "draft", row["sku"], row["option:Size"], number * 100 + 95, number * 100)
        for row in read(sheet)
        for number in [int(row["handle"].removeprefix("script-"))]
    }
    assert {row for product in imported.values() for row in cells(product)} == expected
    images = [{image.url.rpartition("-")[2] for image in imported[f"script-{number}"].images} for number in range(4)]
    assert images == [*[{"https://cdn.example.com/shirt.png", "front.png", "back.png"}] * 3, set()]


def test_a_second_import_changes_nothing(
    scripts: Scripts, medusa: Medusa, imported: dict[str, Product], sheet: Path
) -> None:
    unchanged = f"0 created, 0 changed, {PRODUCTS} unchanged, 0 failed\n"
    assert scripts("import_products", str(sheet)) == (0, "", unchanged)
    assert products_of(medusa) == imported


def test_import_of_what_changed(scripts: Scripts, medusa: Medusa, imported: dict[str, Product], sheet: Path) -> None:
    gbp: Any = [{"amount": 1, "currency_code": "gbp"}]
    variant = imported["script-5"].variants[0]
    prices: Any = [
        {"id": price.id, "amount": price.amount, "currency_code": price.currency_code} for price in variant.prices
    ]
    medusa.admin.products.update_variant(imported["script-5"].id, variant.id, {"prices": [*prices, *gbp]})

    rows = read(sheet)[:20]
    assert rows[-1]["handle"] == "script-15"
    by_sku = {row["sku"]: row for row in rows}
    by_sku["SCRIPT-3-S"]["title"] = "Another title"
    by_sku["SCRIPT-5-S"]["price:eur"] = "7.00"
    by_sku["SCRIPT-7-S"]["price:eur"] = "7,00"
    by_sku["SCRIPT-8-S"]["price:eur"] = "7.001"
    by_sku["SCRIPT-9-S"]["images"] = "missing.png"
    by_sku["SCRIPT-11-S"]["status"] = "sold"
    by_sku["SCRIPT-12-S"]["images"] = "/etc/hostname"
    by_sku["SCRIPT-13-S"]["images"] = "../products.csv"
    rows.append({**by_sku["SCRIPT-14-S"], "sku": "SCRIPT-14-M", "option:Size": ""})
    rows.append({**by_sku["SCRIPT-4-S"], "sku": "SCRIPT-4-M", "option:Size": "M"})
    rows.append({**by_sku["SCRIPT-6-S"], "sku": "SCRIPT-10-M", "option:Size": "M"})
    changes = write(sheet.with_name("changes.csv"), rows)
    (sheet.parent / "back.png").write_bytes(PIXEL + b"another")

    code, _, stderr = scripts("import_products", str(changes))
    *failures, summary = stderr.splitlines()
    assert code == 1
    assert summary == "0 created, 6 changed, 2 unchanged, 8 failed"
    assert [line.split(": ")[0] for line in failures] == [f"script-{number}" for number in (6, 7, 8, 9, 11, 12, 13, 14)]
    now = products_of(medusa)
    assert now["script-3"].title == "Another title"
    assert {(row[3], row[5]) for row in cells(now["script-4"])} == {("SCRIPT-4-S", 495), ("SCRIPT-4-M", 495)}
    assert {price.currency_code: price.amount for price in now["script-5"].variants[0].prices} == {
        "eur": 700,
        "usd": 500,
        "gbp": 1,
    }
    for handle in ("script-0", "script-1", "script-2"):
        before, after = ([image.url for image in products[handle].images] for products in (imported, now))
        assert len({*before} & {*after}) == 2  # Only the new file was uploaded.
        assert len(after) == 3
    # Medusa rejected the last step of the products 6 and 11.
    untouched = imported.keys() - {f"script-{number}" for number in (0, 1, 2, 3, 4, 5, 6, 11)}
    assert all(now[handle] == imported[handle] for handle in untouched)


def test_no_product_is_created_twice(scripts: Scripts, medusa: Medusa, sheet: Path) -> None:
    """No product is created twice, even if a proxy loses requests and responses."""
    prices = {"price:eur": "1.00", "price:usd": "1"}
    common = {"title": "Lossy", "description": "Some are lost", "status": "draft", "images": "", "option:Size": ""}
    rows = [{"handle": f"script-l{number}", **common, "sku": f"LOSSY-{number}", **prices} for number in range(40)]
    file = str(write(sheet.with_name("lossy.csv"), rows))
    with LossyProxy(scripts.environment["MEDUSA_BASE_URL"], "POST /admin/products ", FATES) as proxy:
        codes = [1]
        while codes[-1] == 1 and len(codes) < 10:
            codes.append(scripts("import_products", file, MEDUSA_BASE_URL=proxy.url)[0])
    assert codes[-1] == 0
    assert len(codes) > 2
    assert proxy.reached == {"POST /admin/products HTTP/1.1": len(rows)}
    found = medusa.admin.products.list({"q": "Some are lost", "limit": 100}).products
    assert sorted(product.handle or "" for product in found) == sorted(row["handle"] for row in rows)
    assert all(len(product.variants) == 1 for product in found)


def stock(medusa: Medusa) -> dict[str, int]:
    query: Any = {"q": "SCRIPT-", "fields": "id,sku,inventory_quantity", "expand": "product"}
    variants = medusa.admin.variants.iterate(query, page_size=1000)
    return {variant.sku or "": variant.inventory_quantity for variant in variants}


def stock_sheet(file: Path, quantities: dict[str, int]) -> str:
    return str(write(file, [{"sku": sku, "quantity": str(quantity)} for sku, quantity in quantities.items()]))


@pytest.mark.usefixtures("imported")
def test_stock(scripts: Scripts, medusa: Medusa, tmp_path: Path) -> None:
    wanted = dict.fromkeys(stock(medusa), 0)
    assert len(wanted) >= PRODUCTS * 12 // 10
    different = list(wanted)[::12]
    wanted |= {sku: number for number, sku in enumerate(different, 1)}
    file = stock_sheet(tmp_path / "stock.csv", wanted)
    process = scripts.start("sync_stock", file)
    halfway = medusa.admin.variants.list({"q": different[len(different) // 3]}).variants[0].id
    while not medusa.admin.variants.retrieve(halfway).variant.inventory_quantity:
        assert process.poll() is None
        time.sleep(0.05)
    kill(process)
    set_before = sum(map(bool, stock(medusa).values()))
    assert len(different) // 3 <= set_before < len(different)
    left = len(different) - set_before
    assert scripts("sync_stock", file) == (0, "", f"{left} changed, {len(wanted) - left} unchanged, 0 failed\n")
    assert stock(medusa) == wanted
    assert scripts("sync_stock", file) == (0, "", f"0 changed, {len(wanted)} unchanged, 0 failed\n")

    others = stock_sheet(tmp_path / "others.csv", {"NO-SUCH-SKU": 1, different[0]: 777})
    told = "NO-SUCH-SKU: Medusa does not have this SKU\n1 changed, 0 unchanged, 1 failed\n"
    assert scripts("sync_stock", others) == (1, "", told)
    assert stock(medusa) == wanted | {different[0]: 777}


@pytest.mark.usefixtures("imported")
def test_a_stock_file_that_is_not_valid_sets_nothing(scripts: Scripts, medusa: Medusa, tmp_path: Path) -> None:
    before = stock(medusa)
    file = tmp_path / "stock.csv"
    for last in ("SCRIPT-1-S,", "SCRIPT-1-S,-1", "SCRIPT-1-S,1.5", "SCRIPT-0-S,6", "SCRIPT-1-S"):
        file.write_text(f"sku,quantity\nSCRIPT-0-S,5\n{last}")
        code, _, stderr = scripts("sync_stock", str(file))
        assert (code, stderr.startswith(f"{file}, line 3: ")) == (1, True), last
    assert stock(medusa) == before


def test_stock_at_a_location(backend_with_inventory: dict[str, Any], tmp_path: Path) -> None:
    """On a backend with stock at locations, the script sets the stock at a location."""
    scripts = next(running := scripts_of(backend_with_inventory))
    with closing(Shop(backend_with_inventory)) as shop, shop.own_product("KITE", "BOAT") as product:
        medusa = shop.merchant
        kite, boat = (variant["sku"] for variant in product["variants"])
        location = medusa.admin.stock_locations.create({"name": "Of the scripts"}).stock_location.id

        def stocked() -> dict[str | None, int]:
            items = medusa.admin.inventory_items.iterate({"location_id": location})
            return {
                item.sku: level.stocked_quantity
                for item in items
                for level in item.location_levels
                if level.location_id == location
            }

        try:
            wanted = {kite: 12, boat: 0}
            file = stock_sheet(tmp_path / "stock.csv", wanted)
            assert scripts("sync_stock", file, "--location", location) == (0, "", "2 changed, 0 unchanged, 0 failed\n")
            assert stocked() == wanted
            file = stock_sheet(tmp_path / "stock.csv", wanted | {kite: 11})
            assert scripts("sync_stock", file, "--location", location) == (0, "", "1 changed, 1 unchanged, 0 failed\n")
            assert stocked() == wanted | {kite: 11}
        finally:
            medusa.admin.stock_locations.delete(location)
            for item in medusa.admin.inventory_items.list({"sku": [kite, boat]}).inventory_items:
                medusa.admin.inventory_items.delete(item.id)
    next(running, None)
