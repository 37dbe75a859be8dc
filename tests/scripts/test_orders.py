"""The scripts about orders, in a shop with a thousand orders.

The export and the captures are killed halfway, and run again.
"""

from __future__ import annotations

import csv
import signal
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from examples.receipt import place_order
from medusa import Medusa
from medusa.contrib.money import to_decimal

from ..cli.command import Cli
from ..faults.lossy_proxy import FATES, PASSED_ON
from ..faults.peer import until
from .conftest import LossyProxy, Scripts, kill, scripts_of
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
    """The IDs of two orders, of which the second one is shipped. The shop has a thousand copies of them."""
    delete_copies(backend_with_inventory)  # A killed run may have left copies.
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
    until(lambda: unfinished.exists() and unfinished.read_bytes().count(b"\n") > 2 * NUMBER, 300)
    kill(process)
    assert not file.exists()
    assert scripts("export_orders", *PERIOD, str(file))[0] == 0
    assert file.read_bytes() == undisturbed.read_bytes()
    assert sorted(tmp_path.iterdir()) == [file, undisturbed]

    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == NUMBER * 4  # Each order has three items and a delivery.
    assert set(Counter(row["order"] for row in rows).values()) == {4}
    order = medusa.admin.orders.retrieve(originals[0]).order
    for numbers in zip(*[iter(rows)] * 4, strict=True):
        total = to_decimal(order.total, "eur")
        assert sum(Decimal(row["total"]) for row in numbers) == total == Decimal(numbers[0]["order_total"])
        assert sum(Decimal(row["tax"]) for row in numbers) == to_decimal(order.tax_total or 0, "eur")
        assert sum(Decimal(row["discount"]) for row in numbers) == to_decimal(order.discount_total, "eur")
        assert {row["sku"] for row in numbers} == {"BLANKET-MOSS", "MUG-350", "CANDLE-CEDAR", "SHIPPING"}
    assert rows[0]["date"].startswith("2019-06-01T00:01:")


@pytest.mark.usefixtures("originals")
def test_ctrl_c(scripts: Scripts, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    process = scripts.start("export_orders", *PERIOD, str(file))
    until((tmp_path / "orders.csv.unfinished").exists, 300)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[1] == "Stopped. No file was written.\n"
    assert process.returncode == 130
    assert not file.exists()


@pytest.mark.usefixtures("originals")
def test_the_progress_bar_is_shown_at_a_terminal(scripts: Scripts, tmp_path: Path) -> None:
    terminal = Cli(tmp_path, scripts.environment["MEDUSA_BASE_URL"])
    terminal.command = scripts.command("export_orders", "2019-06-01", "2019-06-01T02:00", str(tmp_path / "orders.csv"))
    code, shown = terminal.at_a_terminal(MEDUSA_API_KEY=scripts.environment["MEDUSA_API_KEY"])
    assert code == 0
    assert "Orders" in shown
    assert "%" in shown
    assert "Wrote 2" in shown


def test_an_export_that_fails_leaves_the_file_as_it_was(scripts: Scripts, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("of yesterday")
    code, stdout, stderr = scripts("export_orders", *PERIOD, str(file), MEDUSA_API_KEY="wrong")
    assert (code, stdout, file.read_text()) == (1, "", "of yesterday")
    assert stderr.startswith("No file was written: GET /admin/orders returned 401: Unauthorized (")


def payments(medusa: Medusa, status: str) -> set[str]:
    query: Any = {"created_at": {"lt": "2019-07-01"}, "payment_status": [status], "fields": "id", "expand": ""}
    return {order.id for order in medusa.admin.orders.iterate(query)}


def test_captures(scripts: Scripts, medusa: Medusa, originals: list[str]) -> None:
    due = {f"{originals[1]}-{number}" for number in range(1, SHIPPED + 1)}
    command = ("capture_due", "--before", PERIOD[1])  # This excludes the orders of other tests.
    code, stdout, stderr = scripts(*command, "--dry-run")
    assert (code, stderr) == (0, f"{SHIPPED} due, 0 captured, 0 failed\n")
    total = to_decimal(medusa.admin.orders.retrieve(originals[1]).order.total, "eur")
    assert {line.partition(", ")[2] for line in stdout.splitlines()} == {f"EUR {total}"}
    assert len(stdout.splitlines()) == SHIPPED
    with LossyProxy(scripts.environment["MEDUSA_BASE_URL"], "/capture", FATES) as proxy:
        lossy = {"MEDUSA_BASE_URL": proxy.url}
        process = scripts.start(*command, **lossy)
        until(lambda: len(proxy.reached) > SHIPPED // 3, 300)
        kill(process)
        assert len(proxy.reached) < SHIPPED
        codes = [scripts(*command, **lossy)[0]]
        while codes[-1] == 1 and len(codes) < 10:
            codes.append(scripts(*command, **lossy)[0])
    assert codes == [*[1] * (len(codes) - 1), 0]
    assert len(codes) > 1
    assert len(proxy.fates) > 8
    assert {*proxy.reached.values()} == {1}
    assert payments(medusa, "captured") == due
    assert len(payments(medusa, "awaiting")) == NOT_SHIPPED
    assert scripts(*command) == (0, "", "0 due, 0 captured, 0 failed\n")


@pytest.fixture
def number(medusa: Medusa) -> str:
    """The number of an order whose payment is not captured."""
    return str(medusa.admin.orders.retrieve(place_order(medusa)).order.display_id)


def refunds(medusa: Medusa, number: str) -> dict[str | None, int]:
    """Return the amounts of an order's refunds by reference."""
    order = medusa.admin.orders.list({"display_id": number, "fields": "id"}).orders[0]
    refunds = medusa.admin.orders.retrieve(order.id).order.refunds
    assert len({refund.note for refund in refunds}) == len(refunds)
    return {refund.note: refund.amount for refund in refunds}


def capture(medusa: Medusa, number: str) -> None:
    medusa.admin.orders.capture_payment(medusa.admin.orders.list({"display_id": number, "fields": "id"}).orders[0].id)


def test_refunds(scripts: Scripts, medusa: Medusa, number: str) -> None:
    def run(*arguments: str, yes: str = "--yes") -> tuple[int, str]:
        code, stdout, stderr = scripts("refund_order", number, *arguments, *[yes] * bool(yes))
        return code, (stdout + stderr).strip()

    some = ("--reference", "RMA-1", "--amount", "12.30")
    assert run(*some) == (1, f"cannot refund 12.30 EUR: 0.00 EUR of order {number} can be refunded")
    capture(medusa, number)
    assert run(*some, yes="") == (1, "nothing was refunded: confirm the refund, or pass --yes")
    assert refunds(medusa, number) == {}
    assert run(*some) == (0, f"Order {number}: refunded 12.30 EUR for RMA-1")
    for same in (some, some[:2]):
        code, text = run(*same)
        assert code == 0
        assert text.startswith(f"Order {number}: 12.30 EUR were already refunded for RMA-1 at 2")
    assert run(*some[:3], "1.00") == (1, "there already is a refund for RMA-1, of 12.30 EUR, not 1.00 EUR")
    assert run("--reference", "RMA-2", "--amount", "204.08")[1].startswith("cannot refund 204.08 EUR: 204.07 EUR of ")
    code, text = run("--reference", "RMA-2", "--amount", "1.001")
    assert (code, "EUR has 2 digits" in text) == (1, True)
    assert run("--reference", "RMA-2", "--amount", "-1")[0] == 1
    assert run("--reference", "RMA-2", "--amount", "a lot")[0] == 2
    assert refunds(medusa, number) == {"RMA-1": 1230}
    assert run("--reference", "RMA-2") == (0, f"Order {number}: refunded 204.07 EUR for RMA-2")
    assert refunds(medusa, number) == {"RMA-1": 1230, "RMA-2": 20407}
    unknown = scripts("refund_order", "999999", "--reference", "RMA-1")
    assert unknown == (1, "", "there is no order 999999\n")


@pytest.mark.parametrize(
    "fate", ["the answer is cut", "reset after it", "502 after it", "closed", "503 with Retry-After"]
)
def test_a_refund_is_made_once(scripts: Scripts, medusa: Medusa, number: str, fate: str) -> None:
    capture(medusa, number)
    command = ("refund_order", number, "--reference", "RMA-1", "--amount", "12.30", "--yes")
    with LossyProxy(scripts.environment["MEDUSA_BASE_URL"], "/refund", {fate: 1}) as proxy:
        code, _, stderr = scripts(*command, MEDUSA_BASE_URL=proxy.url)
    if fate in PASSED_ON:
        assert (code, stderr) == (0, "")
        assert refunds(medusa, number) == {"RMA-1": 1230}
    else:
        assert code == 1
        assert refunds(medusa, number) == {}
    assert scripts(*command)[0] == 0
    assert refunds(medusa, number) == {"RMA-1": 1230}
