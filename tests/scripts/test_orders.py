"""The scripts about orders, in a shop with a thousand of them: each is killed halfway, and run again."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from examples.receipt import place_order
from medusa import Medusa
from medusa.contrib.money import to_decimal

from ..faults.peer import Request, until
from ..faults.test_twice_on_medusa import FATES, Proxy
from .conftest import Scripts, kill, scripts_of
from .copies import copy_order, delete_copies

NOT_SHIPPED, SHIPPED = 900, 100
NUMBER = NOT_SHIPPED + SHIPPED
PERIOD = ["2019-06-01", "2019-07-01"]


@pytest.fixture(scope="module")
def scripts(backend_with_inventory: dict[str, Any]) -> Iterator[Scripts]:
    yield from scripts_of(backend_with_inventory)


@pytest.fixture(scope="module")
def medusa(backend_with_inventory: dict[str, Any], scripts: Scripts) -> Iterator[Medusa]:
    with Medusa(backend_with_inventory["url"], api_key=scripts.environment["MEDUSA_API_KEY"]) as medusa:
        yield medusa


def ship(medusa: Medusa, id: str) -> None:
    orders = medusa.admin.orders
    items = orders.retrieve(id).order.items
    order = orders.create_fulfillment(
        id, {"items": [{"item_id": each.id, "quantity": each.quantity} for each in items]}
    )
    orders.create_shipment(id, {"fulfillment_id": order.order.fulfillments[0].id})


@pytest.fixture(scope="module")
def originals(backend_with_inventory: dict[str, Any], medusa: Medusa) -> Iterator[list[str]]:
    """The IDs of two orders, of which the second one is shipped. A thousand orders are copies of them."""
    delete_copies(backend_with_inventory)  # of a run that was killed
    originals = [place_order(medusa) for _ in range(2)]
    for id, count, is_shipped in zip(originals, [NOT_SHIPPED, SHIPPED], [False, True], strict=True):
        if is_shipped:
            ship(medusa, id)
        copy_order(backend_with_inventory, id, count, PERIOD[0])
    yield originals
    delete_copies(backend_with_inventory)


def test_export(scripts: Scripts, medusa: Medusa, originals: list[str], tmp_path: Path) -> None:
    undisturbed, file = tmp_path / "undisturbed.csv", tmp_path / "orders.csv"
    unfinished = tmp_path / "orders.csv.unfinished"
    assert scripts("export_orders", *PERIOD, str(undisturbed)) == (0, "", f"Wrote {NUMBER} orders to {undisturbed}.\n")

    process = scripts.start("export_orders", *PERIOD, str(file))
    until(lambda: unfinished.exists() and unfinished.read_bytes().count(b"\n") > 2 * NUMBER)
    kill(process)
    assert not file.exists()
    assert scripts("export_orders", *PERIOD, str(file))[0] == 0
    assert file.read_bytes() == undisturbed.read_bytes()
    assert sorted(tmp_path.iterdir()) == [file, undisturbed]

    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == NUMBER * 4  # each has three items and a delivery
    assert set(Counter(row["order"] for row in rows).values()) == {4}
    order = medusa.admin.orders.retrieve(originals[0]).order
    for numbers in zip(*[iter(rows)] * 4, strict=True):
        total = to_decimal(order.total, "eur")
        assert sum(Decimal(row["total"]) for row in numbers) == total == Decimal(numbers[0]["order_total"])
        assert sum(Decimal(row["tax"]) for row in numbers) == to_decimal(order.tax_total or 0, "eur")
        assert sum(Decimal(row["discount"]) for row in numbers) == to_decimal(order.discount_total, "eur")
        assert {row["sku"] for row in numbers} == {"BLANKET-MOSS", "MUG-350", "CANDLE-CEDAR", "SHIPPING"}
    assert rows[0]["date"].startswith("2019-06-01T00:01:")


def test_an_export_that_fails_leaves_the_file_as_it_was(scripts: Scripts, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("of yesterday")
    code, stdout, stderr = scripts("export_orders", *PERIOD, str(file), MEDUSA_API_KEY="wrong")
    assert (code, stdout, file.read_text()) == (1, "", "of yesterday")
    assert stderr == "No file was written: GET /admin/orders answered 401: Unauthorized\n"


class ProxyOfCaptures(Proxy):
    """Passes all requests on, and loses the answers of some captures, or the captures themselves."""

    def _mark(self, request: Request) -> str:
        return request.head

    @staticmethod
    def _fate(mark: str, attempt: int) -> str:
        fate = random.Random(f"{mark}, attempt {attempt}").choices([*FATES], [*FATES.values()])[0]
        return fate if "/capture" in mark else "answered"

    @property
    def captures(self) -> dict[str, int]:
        """How often the capture of an order reached the backend."""
        return {head: len(all) for head, all in list(self.answers_of_backend.items()) if "/capture" in head}


def payments(medusa: Medusa, status: str) -> set[str]:
    query: Any = {"created_at": {"lt": "2019-07-01"}, "payment_status": [status], "fields": "id", "expand": ""}
    return {order.id for order in medusa.admin.orders.iterate(query)}


def test_captures(scripts: Scripts, medusa: Medusa, originals: list[str]) -> None:
    due = {f"{originals[1]}-{number}" for number in range(1, SHIPPED + 1)}
    with ProxyOfCaptures(scripts.environment["MEDUSA_BASE_URL"]) as proxy:
        lossy = {"MEDUSA_BASE_URL": proxy.url}
        process = scripts.start("capture_due", **lossy)
        until(lambda: len(proxy.captures) > SHIPPED // 3)
        kill(process)
        assert len(proxy.captures) < SHIPPED
        codes = [scripts("capture_due", **lossy)[0]]
        while codes[-1] == 1 and len(codes) < 10:
            codes.append(scripts("capture_due", **lossy)[0])
    assert codes == [*[1] * (len(codes) - 1), 0]
    assert len(codes) > 1
    assert {*FATES} - {"goes away"} <= proxy.fates.keys()
    assert {*proxy.captures.values()} == {1}
    assert payments(medusa, "captured") == due
    assert len(payments(medusa, "awaiting")) == NOT_SHIPPED
    assert scripts("capture_due") == (0, "", "0 due, 0 captured, 0 failed\n")
