"""Receipts and JSON of orders, as the command prints them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..amounts import as_babel_writes, squeezed, written
from ..conftest import CORPUS, recorded
from .command import Answer, Cli, one_line
from .store import ORDERS


@pytest.mark.parametrize("name", ORDERS)
def test_a_receipt_of_every_recorded_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt fits the width, and has the total and all items.

    This test calls the function, because running the command would be slower. The tests below run the command.
    """
    from rich.console import Console

    from medusa import Order
    from medusa.cli.receipt import plain, receipt

    monkeypatch.setenv("LC_ALL", "C")
    for route in ("get", "cart", "get_expand_all", "get_expand_items", "get_expand_empty", "get_fields_id_email"):
        body = json.loads((CORPUS / "orders" / f"{name}.json").read_text()).get(route, {}).get("body", {})
        if "order" not in body:
            continue
        order = Order.from_dict(body["order"])
        for width in (20, 50, 80):
            console = Console(width=width, markup=False, highlight=False, emoji=False)
            with console.capture() as captured:
                console.print(receipt(order))
            lines = captured.get().splitlines()
            assert all(_cells(line) <= width for line in lines)
        text = " ".join(captured.get().split())
        code = body["order"].get("currency_code") or body["order"].get("region", {}).get("currency_code")
        if code:
            assert code in ("eur", "usd")  # Both have two digits.
            assert squeezed(f"Total {written(f'{order.total / 100:.2f}', code)}") in text
        for item in body["order"].get("items", ()):
            assert plain(item["title"]).split()[0] in text


def _cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line.rstrip())


def test_a_receipt(cli: Cli, answer: Answer) -> None:
    body = recorded("shipped_tracking")
    body["order"]["fulfillments"][0]["tracking_links"][0]["url"] = "https://example.com/track/1Z999AA10123456784"
    answer(body)
    done = cli("orders", "retrieve", "order_1")
    assert (done.returncode, done.stderr) == (0, "")
    for number in ("39.00", "10.00", "0.00", "49.00"):
        assert {len(line) for line in done.stdout.splitlines() if line.endswith(written(number, "eur"))} == {80}
    assert squeezed(done.stdout) == as_babel_writes(
        """\
Order #19
23 November 2026, 12:44 UTC
order_01M846ZM3YJAZ52ESS72093YXJ
pending · payment captured · delivery shipped

Qty  Item                                                     Unit price   Total
  2  Medusa T-Shirt                                               €19.50  €39.00
     S / Black

────────────────────────────────────────────────────────────────────────────────
                                                                Subtotal  €39.00
                                            Shipping (PostFake Standard)  €10.00
                                                                     Tax   €0.00
                                                                   Total  €49.00

Shipments
1. shipped 23 November 2026
   1Z999AA10123456784
   https://example.com/track/1Z999AA10123456784
   RR123456785DE
   ünï-追跡

Ship to
Ada Lovelace
1 St
10115 Berlin
DE
"""
    )


@pytest.mark.parametrize(
    ("currency", "unit_price", "total"),
    [("eur", "19.50", "49.00"), ("huf", "19.50", "49.00"), ("jpy", "1950", "4900"), ("kwd", "1.950", "4.900")],
)
def test_amounts_have_the_digits_of_the_admin(
    cli: Cli, answer: Answer, currency: str, unit_price: str, total: str
) -> None:
    body = recorded("plain")
    body["order"]["currency_code"] = currency
    answer(body)
    shown = squeezed(cli("orders", "retrieve", "order_1").stdout)
    assert squeezed(f" {written(unit_price, currency)} ") in shown
    assert squeezed(f"Total {written(total, currency)}\n") in shown


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LC_MONETARY": "de_DE.UTF-8"}, "en"),
        ({"LC_MONETARY": "C", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "xx_XX.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de_DE"),
        ({"LC_MONETARY": "de_DE@euro", "LANG": "en_US.UTF-8", "LC_CTYPE": "fr_FR", "LANGUAGE": "fr"}, "de_DE"),
        ({"LC_ALL": "", "LC_MONETARY": "", "LANG": "de_DE.UTF-8"}, "de_DE"),
    ],
)
def test_the_locale_of_a_receipt(cli: Cli, answer: Answer, environment: dict[str, str], locale: str) -> None:
    answer(recorded("plain"))
    cli.environment.pop("LANG")
    done = cli("orders", "retrieve", "order_1", PYTHONUTF8="1", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert squeezed(f"Total {written('49.00', 'eur', locale)}\n") in squeezed(done.stdout)


@pytest.mark.parametrize(
    ("created_at", "shown"),
    [
        ("0001-01-01T00:00:00+01:00", "1 January 1, 00:00 UTC+01:00"),
        ("9999-12-31T23:59:59-01:00", "31 December 9999, 23:59 UTC-01:00"),
    ],
)
def test_a_date_that_utc_cannot_hold(cli: Cli, answer: Answer, created_at: str, shown: str) -> None:
    answer({"order": {"id": "order_1", "created_at": created_at}})
    done = cli("orders", "retrieve", "order_1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == shown


def test_dates_do_not_follow_the_locale_of_the_process(tmp_path: Path) -> None:
    """A program that has called `setlocale` still prints receipts with English dates."""
    make_locale = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(tmp_path / "de_DE.UTF-8")]
    is_made = shutil.which("localedef") and subprocess.run(make_locale, capture_output=True).returncode == 0
    if not is_made and not os.environ.get("CI"):
        pytest.skip("needs localedef and the sources of locales, such as Debian's package locales")
    assert is_made
    code = """if True:
        import locale
        from rich.console import Console
        from medusa import Order
        from medusa.cli.receipt import receipt
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
        order = Order.from_dict({"id": "order_1", "created_at": "2026-10-23T12:44:00.000Z"})
        print(f"{order.created_at:%B}")
        Console().print(receipt(order))
    """
    environment = {"PATH": os.environ["PATH"], "LOCPATH": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    month, printed = done.stdout.splitlines()[:2]
    assert (month, printed.rstrip()) == ("Oktober", "23 October 2026, 12:44 UTC")


def test_discounts_refunds_gift_cards_and_prices_with_tax(cli: Cli, answer: Answer) -> None:
    body = recorded("discount_percentage_and_free_shipping")
    body["order"] |= {"refunded_total": 1000, "gift_card_total": 200, "total": 3310}
    body["order"]["items"][0]["includes_tax"] = True
    answer(body)
    shown = cli("orders", "retrieve", "order_1").stdout
    shown = squeezed(shown)
    assert re.search(rf"Discount \(FREESHIP\w+, PCT10\w+\) {re.escape(as_babel_writes('-€3.90'))}\n", shown)
    for row in ("Gift cards -€2.00\n", "Refunded €10.00\n"):
        assert as_babel_writes(row) in shown
    assert "Prices of items include tax; the subtotal does not." in shown


def test_a_receipt_of_what_was_not_loaded(cli: Cli, answer: Answer) -> None:
    answer({"order": {"id": "order_1"}})
    assert cli("orders", "retrieve", "order_1", "--fields", "id").stdout == "order_1\n"
    body = recorded("plain")
    body["order"]["currency_code"] = "p\x1bts"  # The smallest unit of this text is unknown.
    answer(body)
    shown = cli("orders", "retrieve", "order_1").stdout
    assert ("Medusa T-Shirt" in shown, "Total" in shown, "\x1b" in shown) == (True, False, False)
    answer({"order": {"items": [{"id": "item_1"}], "fulfillments": [{"id": "ful_1"}], "shipping_address": {}}})
    assert cli("orders", "retrieve", "order_1").returncode == 0


def test_nothing_in_the_data_reaches_the_terminal_as_a_command(cli: Cli, answer: Answer) -> None:
    evil = "\x1b]0;title\x07\x1b[31mred\x9b1m\u202e [bold]loud[/bold] [link=http://x]l[/link] :smile: \r\n\b"
    body = recorded("shipped_tracking")
    order = body["order"]
    order["status"] = order["payment_status"] = order["shipping_address"]["city"] = evil
    order["items"][0]["title"] = order["items"][0]["description"] = evil
    order["fulfillments"][0]["tracking_links"][0] |= {"url": evil, "tracking_number": evil}
    order["shipping_methods"][0]["shipping_option"]["name"] = evil
    answer(body)
    code, shown = cli.at_a_terminal("orders", "retrieve", "order_1")
    assert code == 0
    ours = re.sub(r"\x1b\[[012]m", "", shown).replace("\r\n", "")
    assert "[bold]loud[/bold] [link=http://x]l[/link] :smile:" in ours
    assert ours.isprintable()
    assert not set(cli("orders", "retrieve", "order_1").stdout) & set("\x1b\x07\x9b\u202e\r\b")

    printed = cli("orders", "retrieve", "order_1", "--json").stdout
    assert json.loads(printed) == body["order"]
    assert not set(printed) & set("\x1b\x07\x9b\u202e\r\b")
    answer({"type": "\x1b[31m", "message": evil}, status=400)
    assert one_line(cli("orders", "retrieve", "order_1")).isprintable()
    answer({"customer": {"id": "cus_1", "email": f"{evil}@x", "first_name": evil, "last_name": None}})
    assert cli("auth", "whoami", MEDUSA_TOKEN="t").stdout.rstrip("\n").isprintable()


def test_colours_at_a_terminal_alone(cli: Cli, answer: Answer) -> None:
    answer(recorded("plain"))
    assert "\x1b[1m" in cli.at_a_terminal("orders", "retrieve", "order_1")[1]
    assert "\x1b" not in cli("orders", "retrieve", "order_1", TERM="xterm-256color").stdout
    coloured = cli.at_a_terminal("orders", "retrieve", "order_1", NO_COLOR="1")[1]
    assert not re.search(r"\x1b\[[0-9;]*(3|4|9|10)[0-7]m", coloured)


def test_a_narrow_terminal(cli: Cli, answer: Answer) -> None:
    answer(recorded("unicode"))
    shown = cli.at_a_terminal("orders", "retrieve", "order_1", columns=50)[1]
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).split("\r\n")
    assert max(map(_cells, lines)) <= 50
    assert any(squeezed(line).endswith(as_babel_writes("€9.99")) for line in lines)


def test_json_in_an_encoding_without_the_letters(cli: Cli, answer: Answer) -> None:
    body = recorded("unicode")
    answer(body)
    assert "Käse" in cli("orders", "retrieve", "order_1", "--json").stdout
    for encoding in ("ascii", "latin-1", "cp1252"):
        done = cli("orders", "retrieve", "order_1", "--json", PYTHONIOENCODING=encoding)
        assert json.loads(done.stdout) == body["order"]
        assert cli("orders", "retrieve", "order_1", PYTHONIOENCODING="ascii").returncode == 0
