"""The command `medusa`, run as a program: what it prints, its exit codes, what it keeps and what it gives away."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import resource
import select
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import termios
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from examples.serve import listens

from .amounts import as_babel_writes, squeezed, written
from .conftest import CORPUS, recorded
from .pages import blocks, steps

Answer = Callable[..., None]
ORDERS = sorted(path.stem for path in (CORPUS / "orders").glob("*.json"))


def token(expires_in: float = 3600) -> str:
    """A JWT as the backend makes them; nobody checks its signature here."""
    claims = {"customer_id": "cus_1", "exp": int(time.time() + expires_in)}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJIUzI1NiJ9.{body}.c2lnbmF0dXJl"


class Store:
    """A backend with recorded orders and one customer, on a real socket."""

    password = "correct-horse"

    def __init__(self) -> None:
        self.customer = {
            "id": "cus_01G...",
            "email": "ada@example.com",
            "first_name": "Ada",
            "last_name": "Lovelace",
        }
        self.token = token()
        self.order = recorded("shipped_tracking")
        self.failing: dict[str, int] = {}
        """What to answer for an order instead: its id -> the status."""
        self.raw: dict[str, str] = {}
        """What to answer for an order instead: its id -> the body."""
        self.asked: Counter[str] = Counter()
        """How often each order was asked for."""
        self.answered: Counter[str] = Counter()
        self.delay = 0.0
        self.most_at_a_time = 0
        self._under_way = 0
        self._lock = threading.Lock()
        self.server = HTTPServer(threaded=True)
        self.server.expect_request(re.compile("")).respond_with_handler(self._answer)
        self.server.start()
        self.url = self.server.url_for("").rstrip("/")

    def _answer(self, request: Request) -> Response:
        is_customer = request.headers.get("Authorization") == f"Bearer {self.token}"
        unauthorized = Response("Unauthorized", 401)
        match request.method, request.path.strip("/").split("/")[1:]:
            case "POST", ["auth", "token"]:
                right = request.json == {"email": self.customer["email"], "password": self.password}
                return _json({"access_token": self.token}) if right else unauthorized
            case "GET", ["auth"]:
                return _json({"customer": self.customer}) if is_customer else unauthorized
            case "POST", ["orders", "batch", "customer", "token"]:
                return Response("OK", content_type="text/plain") if is_customer else unauthorized
            case "POST", ["orders", "customer", "confirm"]:
                return Response("OK", content_type="text/plain")
            case "GET", ["regions"]:
                regions = [{"id": "reg_01G...", "currency_code": "eur"}, {"id": "reg_01H...", "currency_code": "usd"}]
                return _json({"regions": regions[: int(request.args.get("limit", 2))]})
            case "GET", ["orders"]:
                found = dict(request.args) == {"display_id": "19", "email": "ada@example.com"}
                return _json(self.order) if found else Response("Not Found", 404, content_type="text/plain")
            case "GET", ["orders", *_, id]:
                return self._order(id)
            case _:
                return Response("no such route", 404)

    def _order(self, id: str) -> Response:
        with self._lock:
            self.asked[id] += 1
            self._under_way += 1
            self.most_at_a_time = max(self.most_at_a_time, self._under_way)
        time.sleep(self.delay)
        with self._lock:
            self._under_way -= 1
            self.answered[id] += 1
        if id in self.raw:
            return Response(self.raw[id], content_type="application/json; charset=utf-8")
        if not id.startswith(("order_", "cart_")) or self.failing.get(id) == 404:
            return _json({"type": "not_found", "message": f"Order with id {id} was not found"}, 404)
        if id in self.failing:
            return _json({"type": "unexpected_state", "message": "busy"}, self.failing[id])
        return _json({"order": {**self.order["order"], "id": id}})


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    yield store
    store.server.stop()


class Cli:
    """Runs the command with an environment of its own."""

    def __init__(self, home: Path, base_url: str) -> None:
        # Python starts in it as in a user's shell; COLUMNS is for the receipt.
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        self.environment |= {"MEDUSA_BASE_URL": base_url, "MEDUSA_MAX_RETRIES": "0", "LANG": "C.UTF-8"}
        self.command = [sys.executable, "-m", "medusa"]

    def __call__(self, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **variables}
        return subprocess.run(
            [*self.command, *arguments], input=stdin, env=environment, capture_output=True, encoding="utf-8", timeout=60
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *arguments], env=self.environment, stderr=subprocess.PIPE, encoding="utf-8"
        )

    def at_a_terminal(self, *arguments: str, typed: str = "", columns: int = 80, **variables: str) -> tuple[int, str]:
        """The exit code, and everything that a terminal of this width showed; `typed` is typed at the first prompt."""
        master, slave = os.openpty()
        termios.tcsetwinsize(slave, (40, columns))

        def make_it_the_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            [*self.command, *arguments],
            env={**self.environment, "TERM": "xterm-256color", **variables},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=make_it_the_terminal,
        )
        os.close(slave)
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                read = os.read(master, 65536)
            except OSError:  # the other side was closed
                break
            if not read:
                break
            shown += read
            if typed and shown.endswith(b": "):
                os.write(master, typed.encode() + b"\n")
                typed = ""
        os.close(master)
        return process.wait(timeout=60), shown.decode()


@pytest.fixture
def cli(tmp_path: Path, httpserver: HTTPServer) -> Cli:
    """On pytest's server, which `answer` scripts."""
    return Cli(tmp_path, httpserver.url_for("").rstrip("/"))


@pytest.fixture
def shop(tmp_path: Path, store: Store) -> Cli:
    """On the store."""
    return Cli(tmp_path, store.url)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a command that failed."""
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("medusa: ")
    return done.stderr.strip()


# Receipts


@pytest.mark.parametrize("name", ORDERS)
def test_a_receipt_of_every_recorded_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the function, for speed; those below by the command."""
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
            assert code in ("eur", "usd")  # which have two digits
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
    """In a program that prints receipts and has called `setlocale`."""
    make_locale = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(tmp_path / "de_DE.UTF-8")]
    if not shutil.which("localedef") or subprocess.run(make_locale, capture_output=True).returncode:
        pytest.skip("no locale can be made here")
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
    body["order"]["currency_code"] = "p\x1bts"  # no currency: nobody knows what its smallest unit is
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


# What is sent


def test_orders_by_cart_lookup_expand_and_fields(cli: Cli, answer: Answer, sent: Callable[[], Request]) -> None:
    answer(recorded("plain"))
    selection = ("--expand", "items, region", "--fields", "id")
    assert cli("orders", "retrieve", "order/1", *selection).returncode == 0
    assert (sent().path, dict(sent().args)) == ("/store/orders/order/1", {"expand": "items,region", "fields": "id"})
    assert cli("orders", "by-cart", "cart_1", *selection).returncode == 0
    assert (sent().path, dict(sent().args)) == ("/store/orders/cart/cart_1", {"expand": "items,region", "fields": "id"})
    assert cli("orders", "lookup", "--display-id", "1", "--email", "Ada@example.com", "--expand", "").returncode == 0
    assert dict(sent().args) == {"display_id": "1", "email": "Ada@example.com", "expand": ""}


def test_request(cli: Cli, answer: Answer, sent: Callable[[], Request], tmp_path: Path) -> None:
    answer({"a": [1, 2.5, 2**60]})
    done = cli("request", "get", "/store/x?y=1", "--param", "q=ü=&", "--param", "id=1", "--param", "id=2")
    assert json.loads(done.stdout) == {"a": [1, 2.5, 2**60]}
    assert (sent().method, dict(sent().args)) == ("GET", {"y": "1", "q": "ü=&", "id[0]": "1", "id[1]": "2"})
    file = tmp_path / "body.json"
    file.write_text('{"from": "a file"}')
    for given, stdin in (('{"from": "argument"}', ""), (f"@{file}", ""), ("-", '{"from": "stdin"}')):
        assert cli("request", "POST", "/store/x", "--json", given, stdin=stdin).returncode == 0
        assert sent().json in ({"from": "argument"}, {"from": "a file"}, {"from": "stdin"})
    assert sent().json == {"from": "stdin"}
    answer("plain text")
    assert cli("request", "GET", "/x").stdout == '"plain text"\n'
    answer(b"")
    assert cli("request", "GET", "/x").stdout == "null\n"


def test_the_environment(cli: Cli, answer: Answer, sent: Callable[[], Request]) -> None:
    answer({})
    secrets = {"MEDUSA_TOKEN": "tok_en", "MEDUSA_API_KEY": "api_key", "MEDUSA_PUBLISHABLE_API_KEY": "pk_1"}
    assert cli("request", "GET", "/store/x", **secrets).returncode == 0
    assert sent().headers["Authorization"] == "Bearer tok_en"
    assert sent().headers["x-publishable-api-key"] == "pk_1"
    assert "x-medusa-access-token" not in sent().headers
    assert cli("request", "GET", "/admin/x", **secrets).returncode == 0
    assert sent().headers["x-medusa-access-token"] == "api_key"
    assert "Authorization" not in sent().headers


# Exit codes


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, 3), (401, 4), (403, 4), (302, 6), (400, 6), (409, 6), (418, 6), (422, 6), (429, 6), (500, 7), (503, 7)],
)
def test_exit_codes_by_status(cli: Cli, answer: Answer, status: int, code: int) -> None:
    answer({"type": "some_type", "message": "what the\nbackend said"}, status=status)
    done = cli("orders", "retrieve", "order_1")
    assert done.returncode == code
    line = one_line(done)
    assert "nobody is logged in" in line if status == 401 else f"{status} some_type" in line


def test_exit_codes_without_an_answer_that_can_be_used(cli: Cli, answer: Answer, shop: Cli, store: Store) -> None:
    answer("<html>", content_type="text/html")
    assert cli("orders", "retrieve", "order_1").returncode == 8
    store.delay = 30
    done = shop("--timeout", "0.2", "orders", "retrieve", "order_1")
    assert done.returncode == 5
    assert "Timeout" in one_line(done)
    done = cli("orders", "retrieve", "order_1", MEDUSA_BASE_URL="http://127.0.0.1:1")
    assert done.returncode == 5
    assert "/store/orders/{id} received no complete response from http://127.0.0.1:1: " in one_line(done)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["orders", "retrieve"],
        ["orders", "retrieve", "."],
        ["orders", "retrieve", "x", "--nope"],
        ["orders", "lookup", "--display-id", "x", "--email", "a@b.co"],
        ["--base-url", "ftp://x", "orders", "retrieve", "x"],
        ["--base-url", "http://ada:pw@x", "orders", "retrieve", "x"],
        ["--timeout", "0", "orders", "retrieve", "x"],
        ["--max-retries", "-1", "orders", "retrieve", "x"],
        ["request", "GET", "store"],
        ["request", "G E T", "/store"],
        ["request", "GET", "/store", "--param", "x"],
        ["request", "POST", "/store", "--json", "{"],
        ["request", "POST", "/store", "--json", "@nowhere.json"],
        ["orders", "export", "--ids-from", "nowhere.txt", "--output", "x.jsonl"],
        ["orders", "export", "--ids-from", "-", "--output", "x.jsonl", "--threads", "0"],
        ["auth", "login", "ada@example.com"],
        ["orders", "confirm"],
    ],
)
def test_a_wrong_usage_sends_nothing(cli: Cli, httpserver: HTTPServer, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert done.returncode == 2
    assert "--help`" in one_line(done)
    assert httpserver.log == []


def test_an_option_of_all_commands_in_another_place(cli: Cli) -> None:
    done = cli("orders", "retrieve", "x", "--base-url", "http://127.0.0.1:1")
    assert one_line(done) == "medusa: --base-url stands before the command (see `medusa --help`)"
    assert done.returncode == 2
    assert one_line(cli("--timeout", "0", "orders", "retrieve", "x")).endswith("(see `medusa --help`)")


def test_help_and_version(cli: Cli) -> None:
    done = cli("--help")
    assert done.returncode == 0
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 130):
        assert re.search(rf"^ +{code}  \w", done.stdout, re.MULTILINE)
    assert (cli().returncode, "Usage: medusa" in cli().stderr) == (2, True)
    assert re.match(r"medusa, version \d", cli("--version").stdout)
    assert "_medusa_completion" in cli("--help", _MEDUSA_COMPLETE="bash_source").stdout


def test_ctrl_c_and_a_closed_pipe(shop: Cli, store: Store) -> None:
    store.delay = 30
    process = shop.start("orders", "retrieve", "order_1")
    wait_for(lambda: store.asked["order_1"] == 1)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1].strip() == ""
    assert process.returncode == 130
    store.delay = 0
    piped = subprocess.run(
        f"{sys.executable} -m medusa orders retrieve order_1 --json | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        env=shop.environment,
        capture_output=True,
        timeout=60,
    )
    assert (piped.returncode, piped.stderr) == (1, b"")


@pytest.mark.parametrize("missing", ["click", "rich", "babel"])
def test_without_the_extra(missing: str, tmp_path: Path) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from medusa.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert one_line(done) == "medusa: the command line is not installed: pip install 'medusa-sdk[cli]'"


# Logins and secrets


def token_files(home: Path) -> list[Path]:
    return [path for path in (home / "config").rglob("*") if path.is_file()]


def test_login_whoami_logout(shop: Cli, store: Store, tmp_path: Path) -> None:
    done = shop("auth", "whoami")
    assert done.returncode == 4
    assert one_line(done) == "medusa: nobody is logged in: run `medusa auth login EMAIL`"
    done = shop("auth", "login", "ada@example.com", "--password-stdin", stdin="wrong\n")
    assert (done.returncode, one_line(done)) == (4, "medusa: wrong e-mail address or password")
    assert token_files(tmp_path) == []

    done = shop("auth", "login", "ada@example.com", "--password-stdin", stdin=f"{store.password}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Logged in at {store.url}.\n")
    (file,) = token_files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() == store.token

    assert shop("auth", "whoami").stdout == "Ada Lovelace <ada@example.com> cus_01G...\n"
    assert json.loads(shop("auth", "whoami", "--json").stdout) == store.customer
    assert shop("orders", "claim", "order_1", "order_2").returncode == 0
    assert store.server.log[-1][0].json == {"order_ids": ["order_1", "order_2"]}

    other = shop("auth", "whoami", MEDUSA_BASE_URL=f"{store.url}/other")
    assert other.returncode == 3
    assert "Authorization" not in store.server.log[-1][0].headers

    assert shop("auth", "logout").stderr == f"Logged out at {store.url}.\n"
    assert token_files(tmp_path) == []
    assert shop("auth", "logout").stderr == f"Nobody was logged in at {store.url}.\n"
    assert shop("auth", "whoami").returncode == 4


def test_the_token_file_is_private(shop: Cli, store: Store, tmp_path: Path) -> None:
    """Under the laxest umask."""
    command = [*shop.command, "auth", "login", "ada@example.com"]
    environment = {**shop.environment, "MEDUSA_PASSWORD": store.password}
    for _ in range(2):  # the second replaces the first
        subprocess.run(command, env=environment, check=True, umask=0, timeout=60, capture_output=True)
        (file,) = token_files(tmp_path)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_an_expired_login(shop: Cli, store: Store) -> None:
    shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password)
    store.token = token()[:-1] + "x"  # what it kept is no longer taken
    done = shop("auth", "whoami")
    assert (done.returncode, "answered 401" in one_line(done)) == (4, True)
    store.token, expired = token(), token(expires_in=-60)
    for arguments in (["auth", "whoami"], ["orders", "claim", "order_1"]):
        done = shop(*arguments, MEDUSA_TOKEN=expired)
        assert done.returncode == 4
        assert one_line(done) == "medusa: the login has expired: set another MEDUSA_TOKEN"


def test_a_damaged_login_is_replaced_by_the_next(shop: Cli, store: Store, tmp_path: Path) -> None:
    shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password)
    (file,) = token_files(tmp_path)
    for damaged in (b"a b", b"\xff\xfe"):
        file.write_bytes(damaged)
        done = shop("orders", "retrieve", "order_1")
        assert (done.returncode, "is damaged" in one_line(done)) == (4, True)
    assert shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password).returncode == 0
    assert shop("auth", "whoami").returncode == 0
    done = shop("auth", "whoami", MEDUSA_TOKEN="a b")
    assert (done.returncode, "MEDUSA_TOKEN: " in one_line(done)) == (2, True)


def test_secrets_are_typed_without_echo(shop: Cli, store: Store) -> None:
    code, shown = shop.at_a_terminal("auth", "login", "ada@example.com", typed=store.password)
    assert (code, f"Logged in at {store.url}." in shown) == (0, True)
    assert "Password: " in shown
    assert store.password not in shown
    code, shown = shop.at_a_terminal("orders", "confirm", typed="claim.to.ken")
    assert (code, "claim.to.ken" in shown) == (0, False)
    assert store.server.log[-1][0].json == {"token": "claim.to.ken"}


def test_login_takes_the_password_from_stdin_or_the_environment(shop: Cli, store: Store) -> None:
    right, wrong = store.password, "wrong"
    for arguments, stdin, variable in (
        ([], f"{right}\n", ""),
        ([], right, ""),
        ([], f"{right}\r\n", ""),
        ([], wrong, right),  # the environment is asked first,
        (["--password-stdin"], right, wrong),  # unless the option says otherwise
    ):
        shop("auth", "logout")
        done = shop("auth", "login", "ada@example.com", *arguments, stdin=stdin, MEDUSA_PASSWORD=variable)
        assert (done.returncode, done.stdout) == (0, "")
    assert shop("auth", "login", "ada@example.com", stdin=wrong).returncode == 4


@pytest.mark.parametrize("arguments", [["auth", "login", "ada@example.com"], ["orders", "confirm"]])
def test_where_a_secret_is_missing(shop: Cli, store: Store, arguments: list[str]) -> None:
    said = "type it at a terminal, pipe it in, or set MEDUSA_"
    for redirection in ("< /dev/null", "<&-"):
        done = redirected(shop, redirection, *arguments)
        assert (done.returncode, said in one_line(done)) == (2, True)
    piped = subprocess.run([*shop.command, *arguments], input=b"\xff\xfe", env=shop.environment, capture_output=True)
    assert (piped.returncode, b"must be UTF-8" in piped.stderr, piped.stderr.count(b"\n")) == (2, True, 1)
    assert store.server.log == []


def test_confirm_takes_the_token_from_stdin_or_the_environment(shop: Cli, store: Store) -> None:
    for stdin, variables in (("from.stdin.x\n", {}), ("", {"MEDUSA_CLAIM_TOKEN": "from.the.environment"})):
        assert shop("orders", "confirm", stdin=stdin, **variables).returncode == 0
        assert store.server.log[-1][0].json == {"token": stdin.strip() or "from.the.environment"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["orders", "confirm", "hunter-two"],
        ["orders", "confirm", "--token", "hunter-two"],
        ["orders", "confirm", "--token=hunter-two"],
        ["auth", "login", "ada@example.com", "hunter-two"],
        ["auth", "login", "ada@example.com", "--password=hunter-two"],
        ["--token=hunter-two", "auth", "whoami"],
        ["--api-key", "hunter-two", "auth", "whoami"],
    ],
)
def test_a_secret_is_no_argument_and_is_not_repeated(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert done.returncode == 2
    assert "hunter-two" not in one_line(done)


def test_no_secret_in_ps(shop: Cli, store: Store) -> None:
    store.delay = 30
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    process = shop.start("orders", "retrieve", "order_1")
    try:
        wait_for(lambda: store.asked["order_1"] == 1)
        listed = subprocess.run(["ps", "-o", "args=", "-p", str(process.pid)], capture_output=True, text=True).stdout
        assert "orders retrieve order_1" in listed
        assert store.token not in listed
        assert store.server.log == []
    finally:
        process.kill()
        process.communicate()


# Standard streams that are closed, full or broken


def redirected(cli: Cli, redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with this redirection of a shell; what it printed, and its exit code."""
    command = f"{shlex.join([*cli.command, *arguments])} {redirection}"
    script = ["bash", "-c", f"exec {command}"]
    return subprocess.run(script, env=cli.environment, capture_output=True, encoding="utf-8", timeout=60)


PRINTING = [
    ["orders", "retrieve", "order_1"],
    ["orders", "retrieve", "order_1", "--json"],
    ["orders", "by-cart", "cart_1", "--json"],
    ["orders", "lookup", "--display-id", "19", "--email", "ada@example.com"],
    ["auth", "whoami"],
    ["auth", "whoami", "--json"],
    ["request", "GET", "/store/regions"],
    ["--help"],
    ["orders", "export", "--help"],
    ["--version"],
]


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_an_output_that_takes_nothing(shop: Cli, store: Store, arguments: list[str]) -> None:
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    closed = redirected(shop, ">&-", *arguments)
    assert (closed.returncode, one_line(closed)) == (1, "medusa: the standard output is closed")
    full = redirected(shop, "> /dev/full", *arguments)
    assert (full.returncode, one_line(full)) == (1, "medusa: No space left on device")
    read_end, write_end = os.pipe()
    os.close(read_end)
    broken = subprocess.run(
        [*shop.command, *arguments], env=shop.environment, stdout=write_end, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write_end)
    assert (broken.returncode, broken.stderr) == (1, b"")
    for redirection in (">&- 2>&-", ">&- 2>&- <&-", "> /dev/full 2>&1"):
        assert redirected(shop, redirection, *arguments).returncode == 1
    whole = redirected(shop, "<&-", *arguments)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert redirected(shop, "2>&-", *arguments).stdout == whole.stdout


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full", "2>&- <&-"])
def test_an_error_that_cannot_be_shown(shop: Cli, store: Store, redirection: str) -> None:
    """Its exit code remains, and it does not go where data belongs."""
    for arguments, code in (
        (["orders", "retrieve", "missing"], 3),
        (["auth", "whoami"], 4),
        (["orders", "retrieve", "x", "--nope"], 2),
        (["orders"], 2),
        (["orders", "confirm"], 2),
        (["auth", "logout"], 0),
    ):
        done = redirected(shop, f"< /dev/null {redirection}", *arguments)
        assert (done.returncode, done.stdout) == (code, "")


def test_no_socket_takes_the_place_of_a_closed_stream(shop: Cli, store: Store) -> None:
    """What was written to descriptor 2 would reach the backend."""
    assert redirected(shop, ">&- 2>&- <&-", "orders", "claim", "order_1").returncode == 4
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    assert redirected(shop, ">&- 2>&- <&-", "orders", "claim", "order_1").returncode == 0
    assert store.server.log[-1][0].json == {"order_ids": ["order_1"]}


def test_an_export_without_any_stream(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("order_1\nmissing\norder_2\n")
    for redirection in (">&- 2>&- <&-", "2> /dev/full", "2>&1 | true; exit ${PIPESTATUS[0]}"):
        output.unlink(missing_ok=True)
        assert redirected(shop, redirection, *command).returncode == 3
        assert sorted(exported(output)) == ["order_1", "order_2"]


@pytest.mark.parametrize("module", [["medusa", "sandbox"], ["medusa.sandbox"]])
def test_a_sandbox_whose_output_is_closed(shop: Cli, module: list[str]) -> None:
    """It serves where the output was closed before, as a daemon's is, and ends where its reader went away."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = shlex.join([sys.executable, "-m", *module, "--port", port])
    closed = ["bash", "-c", f"exec {command} <&- >&-"]
    with subprocess.Popen(closed, env=shop.environment, stderr=subprocess.PIPE) as process:
        try:
            wait_for(lambda: listens(int(port)))
            process.terminate()
            assert (process.communicate(timeout=30)[1], process.returncode) == (b"", 0)
        finally:
            process.kill()
    read_end, write_end = os.pipe()
    os.close(read_end)
    broken = subprocess.run(
        shlex.split(command), env=shop.environment, stdout=write_end, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write_end)
    assert (broken.returncode, broken.stderr) == (1, b"")


# JSON of any depth, and what a terminal would make of it


def nested(depth: int, inner: str = "1") -> str:
    return '{"a":' * depth + inner + "}" * depth


def test_json_is_written_as_json_dumps_does() -> None:
    from medusa.cli import json_text

    values: list[Any] = [recorded(name) for name in ORDERS]
    values += [
        [],
        {},
        [[]],
        {"": {}},
        [{}, [], [1, [2.5, None]], "a"],
        True,
        None,
        "ü\u2028\x7f",
        {"ä": [False, 1e300]},
    ]
    for value in values:
        assert json_text.line(value) == json.dumps(value, separators=(",", ":"))
        assert json_text.lines(value, ensure_ascii=True) == json.dumps(value, indent=2).replace("\x7f", "\\u007f")
        assert json.loads(json_text.lines(value, ensure_ascii=False)) == value


def test_json_of_any_depth() -> None:
    from medusa.cli import json_text

    value: Any = 1
    for _ in range(20_000):
        value = {"a": value}
    assert json_text.line(value) == nested(20_000)
    assert json_text.lines(value, ensure_ascii=True).count("\n") == 40_000


def test_json_at_a_terminal_shows_what_is_hidden(cli: Cli, answer: Answer) -> None:
    hidden = "\x7f\x85\x9b\xad\u061c\u200b\u200e\u200f\u2028\u202e\u2066\ufeff\U000e0041\U0001f600\u200d"
    shown = "ü\u0301 追跡 \U0001f469\u200d\U0001f680"
    answer({"customer": {"id": "cus_1", "first_name": hidden, "last_name": shown}})
    for arguments in (["request", "GET", "/store/auth"], ["auth", "whoami", "--json"]):
        done = cli(*arguments, MEDUSA_TOKEN="t")
        assert done.returncode == 0
        assert all(character.isprintable() or character in "\n\u200d" for character in done.stdout)
        assert shown in done.stdout
        body = json.loads(done.stdout)
        assert body.get("customer", body)["first_name"] == hidden


def put_deep_order(store: Store, depth: int) -> None:
    """A shopper can nest the metadata of an order."""
    body = json.dumps({"order": {"id": "order_deep", "metadata": "M"}})
    store.raw["order_deep"] = body.replace('"M"', nested(depth))


@pytest.mark.parametrize("depth", [400, 900])
def test_an_order_nested_deeply(shop: Cli, store: Store, export: Export, depth: int) -> None:
    ids, output, command = export
    put_deep_order(store, depth)
    ids.write_text("order_1\norder_deep\norder_2\n")
    done = shop(*command)
    assert (done.returncode, done.stderr) == (0, "medusa: 3 written, 0 there before, 0 not found, 0 left\n")
    assert sorted(exported_ids(output)) == ["order_1", "order_2", "order_deep"]
    for arguments in (["orders", "retrieve", "order_deep", "--json"], ["request", "GET", "/store/orders/order_deep"]):
        printed = shop(*arguments)
        assert (printed.returncode, printed.stderr, printed.stdout.count('"a"')) == (0, "", depth)


def test_an_order_nested_too_deeply(shop: Cli, store: Store, export: Export) -> None:
    """It is one failure of an export, which goes on."""
    ids, output, command = export
    put_deep_order(store, 100_000)
    ids.write_text("order_1\norder_deep\norder_2\n")
    done = shop(*command)
    assert done.returncode == 8
    (line,) = [line for line in done.stderr.splitlines() if "order_deep" in line]
    assert "nested too deeply" in line
    assert sorted(exported(output)) == ["order_1", "order_2"]
    for arguments in (["orders", "retrieve", "order_deep", "--json"], ["request", "GET", "/store/orders/order_deep"]):
        printed = shop(*arguments)
        assert (printed.returncode, "nested too deeply" in one_line(printed)) == (8, True)


def test_an_export_reads_a_line_that_is_nested_deeply(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("order_1\norder_deep\n")
    deep = f'{{"id":"order_deep","metadata":{nested(100_000)}}}'
    output.write_text(f"{deep}\n")
    assert shop(*command).returncode == 0
    assert (store.asked["order_deep"], store.asked["order_1"]) == (0, 1)
    output.write_text(f"{deep}\n{deep[:-5]}")  # cut short
    assert shop(*command).returncode == 0
    assert output.read_text().startswith(f"{deep}\n{{")
    assert output.read_text().count("order_deep") == 1


def test_deep_orders_are_no_sign_of_a_backend_that_is_down(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    deep = [f"order_deep_{number}" for number in range(60)]
    store.raw |= {id: '{"order": {"id": "order_1", "metadata": ' + nested(100_000) + "}}" for id in deep}
    ids.write_text("\n".join([*deep, "order_1"]))
    done = shop(*command, "--threads", "1")
    assert (done.returncode, "gave up" in done.stderr) == (8, False)
    assert exported(output) == ["order_1"]


# Export


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def exported_ids(file: Path) -> list[str]:
    """The ids in the file, at whatever depth the orders are."""
    return re.findall(r'^{"id":"(\w+)"', file.read_text(), re.MULTILINE)


def exported(file: Path) -> list[str]:
    """The ids in the file, each line of which is a whole order."""
    text = file.read_bytes()
    assert text.endswith(b"\n") or not text
    return [json.loads(line)["id"] for line in text.splitlines()]


@pytest.fixture
def export(shop: Cli, tmp_path: Path) -> tuple[Path, Path, list[str]]:
    """The file of ids, the one of orders, the command's arguments."""
    ids, output = tmp_path / "ids.txt", tmp_path / "orders.jsonl"
    return ids, output, ["orders", "export", "--ids-from", str(ids), "--output", str(output)]


Export = tuple[Path, Path, list[str]]


def test_export(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(300)]
    ids.write_text("\ufeff" + "\r\n".join([*wanted, "", "  ", *wanted[:50]]))
    store.delay = 0.01
    done = shop(*command, "--threads", "5")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "medusa: 300 written, 0 there before, 0 not found, 0 left\n"
    assert sorted(exported(output)) == sorted(wanted)
    assert json.loads(output.read_text().splitlines()[0]) | {"id": ""} == store.order["order"] | {"id": ""}
    assert set(store.asked.values()) == {1}
    assert 1 < store.most_at_a_time <= 5

    before = output.read_bytes()
    done = shop(*command)
    assert done.stderr == "medusa: 0 written, 300 there before, 0 not found, 0 left\n"
    assert output.read_bytes() == before
    assert set(store.asked.values()) == {1}


def test_export_goes_on_after_failures(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(120)]
    store.failing = dict.fromkeys(wanted[::7], 503) | dict.fromkeys(wanted[3::40], 404)
    ids.write_text("\n".join(wanted))
    done = shop(*command)
    assert done.returncode == 7
    lines = done.stderr.splitlines()
    missing = [line for line in lines if line.endswith(": not found")]
    assert missing == lines[-1 - len(missing) : -1]
    assert {line.split(": ")[1] for line in missing} == {id for id, status in store.failing.items() if status == 404}
    failed = {id for id, status in store.failing.items() if status == 503}
    assert {line.split(": ")[1] for line in lines if "answered 503" in line} == failed
    assert lines[-1].endswith(f"{len(failed)} left; run the same command again for those")

    store.failing = {id: status for id, status in store.failing.items() if status == 404}
    done = shop(*command)
    assert done.returncode == 3
    assert sorted(exported(output)) == sorted(set(wanted) - set(store.failing))
    assert all(store.asked[id] == 1 for id in wanted if id not in failed and id not in store.failing)


def test_export_gives_up_where_the_backend_is_down(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(500)]
    ids.write_text("\n".join(wanted))
    store.failing = dict.fromkeys(wanted[20:], 500)
    done = shop(*command)
    assert done.returncode == 7
    assert "medusa: gave up after 50 failures in a row\n" in done.stderr
    assert sum(store.asked.values()) < 100
    store.failing = {}
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == sorted(wanted)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_export_continues_where_it_was_stopped(shop: Cli, store: Store, export: Export, sent: signal.Signals) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(200)]
    ids.write_text("\n".join(wanted))
    store.delay = 0.02
    for lines in (20, 70, 120):
        process = shop.start(*command)
        wait_for(lambda lines=lines: output.exists() and output.read_bytes().count(b"\n") >= lines)  # type: ignore[misc]
        process.send_signal(sent)
        stderr = process.communicate(timeout=30)[1]
        if sent == signal.SIGINT:
            assert process.returncode == 130
            assert "Traceback" not in stderr
            assert stderr.rstrip().endswith("left; run the same command again for those")
            exported(output)
        else:
            assert process.returncode == -sent
        whole = [json.loads(line)["id"] for line in output.read_bytes().split(b"\n")[:-1]]
        assert len(whole) >= lines
        asked = store.asked.copy()
        if lines == 120:
            assert shop(*command).returncode == 0
            assert all(store.asked[id] == asked[id] for id in whole)
    assert sorted(exported(output)) == sorted(wanted)


def test_export_continues_after_a_full_disk(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(60)]
    ids.write_text("\n".join(wanted))
    limited = subprocess.run(
        [*shop.command, *command],
        env=shop.environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (limited.returncode, limited.stderr.splitlines()[-1]) == (1, "medusa: File too large")
    assert output.stat().st_size == 100_000
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == sorted(wanted)


def test_ctrl_c_does_not_wait_for_answers_under_way(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("\n".join(f"order_{number}" for number in range(20)))
    store.delay = 25
    process = shop.start(*command)
    wait_for(lambda: sum(store.asked.values()) == 8)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert sum(store.answered.values()) == 0
    assert exported(output) == []


def test_a_line_cut_short_anywhere_is_mended(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("order_1\norder_2\norder_3\n")
    assert shop(*command).returncode == 0
    whole = output.read_bytes()
    last = whole.rstrip(b"\n").rindex(b"\n") + 1
    for cut in (last, last + 1, last + 2, last + 40, len(whole) - 2, len(whole) - 1):
        for rest in (b"", b"\0" * 100):
            output.write_bytes(whole[:cut] + (rest if cut < len(whole) - 1 else b""))
            assert shop(*command).returncode == 0
            assert sorted(exported(output)) == ["order_1", "order_2", "order_3"]
    first = whole.index(b"\n") + 1
    output.write_bytes(whole[: first - 10])  # not one whole line
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == ["order_1", "order_2", "order_3"]


@pytest.mark.parametrize(
    "text", ["notes of mine", "notes\nof mine\n", "[1, 2]", '{"a": 1}', '{\n"id": "x"\n}', '{"id": "x"}\nnotes\n{}\n']
)
def test_a_file_that_is_no_export_is_left_alone(shop: Cli, store: Store, export: Export, text: str) -> None:
    ids, output, command = export
    ids.write_text("order_1\n")
    output.write_text(text)
    done = shop(*command)
    assert done.returncode == 1
    assert "is no export of orders: line " in one_line(done)
    assert output.read_text() == text
    assert not store.asked


def test_two_exports_into_one_file(shop: Cli, store: Store, export: Export) -> None:
    ids, _, command = export
    ids.write_text("order_1\n")
    store.delay = 30
    process = shop.start(*command)
    try:
        wait_for(lambda: bool(store.asked))
        done = shop(*command)
        assert done.returncode == 1
        assert "another export is writing" in one_line(done)
    finally:
        process.kill()
        process.communicate()


def test_export_of_bad_ids_and_into_bad_places(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    ids, output, command = export
    for text, said in ((b"order_1\n..\n", "line 2: the id must not be"), (b"order_1\n\n\xff\n", "line 3: ")):
        ids.write_bytes(text)
        done = shop(*command)
        assert (done.returncode, said in one_line(done)) == (2, True)
    assert not output.exists()
    ids.write_text("order_1\n")
    for place in ("/dev/null", str(tmp_path / "nowhere" / "x.jsonl")):
        done = shop(*command[:-1], place)
        assert (done.returncode, place in one_line(done)) == (1, True)
    assert not store.asked


def test_export_into_what_is_no_regular_file(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    """It is refused at once, and not waited for, whoever reads from it."""
    ids, _, command = export
    ids.write_text("order_1\n")
    fifo, link, folder = tmp_path / "fifo", tmp_path / "link", tmp_path / "folder"
    os.mkfifo(fifo)
    link.symlink_to(fifo)
    folder.mkdir()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket"))
    for place in (fifo, link, tmp_path / "socket", Path("/dev/null"), Path("/dev/tty"), Path("/dev/stdout")):
        done = shop(*command[:-1], str(place))
        assert (done.returncode, one_line(done)) == (1, f"medusa: {place} is no regular file")
    listener.close()
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    assert shop(*command[:-1], str(fifo)).returncode == 1
    assert os.read(reader, 100) == b""
    os.close(reader)
    done = shop(*command[:-1], str(folder))
    assert (done.returncode, "is a directory" in one_line(done)) == (2, True)
    assert not store.asked


def test_export_of_ids_from_a_fifo(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    _, output, command = export
    os.mkfifo(tmp_path / "fifo")
    writer = threading.Thread(target=lambda: (tmp_path / "fifo").write_text("order_1\norder_2\n"))
    writer.start()
    command[3] = str(tmp_path / "fifo")
    assert shop(*command).returncode == 0
    writer.join()
    assert sorted(exported(output)) == ["order_1", "order_2"]


def test_export_from_stdin_with_fields(shop: Cli, store: Store, export: Export) -> None:
    _, output, _ = export
    command = ["orders", "export", "--ids-from", "-", "--output", str(output), "--fields", "total,status"]
    for _ in range(2):
        assert shop(*command, stdin="order_1\norder_2").returncode == 0
        assert sorted(exported(output)) == ["order_1", "order_2"]
    assert store.server.log[-1][0].args["fields"] == "id,total,status"


def test_the_progress_bar_is_for_terminals(shop: Cli, store: Store, export: Export) -> None:
    ids, _, command = export
    ids.write_text("\n".join(f"order_{number}" for number in range(100)))
    store.delay = 0.05
    code, shown = shop.at_a_terminal(*command)
    assert code == 0
    assert "/100" in shown
    assert "100 written" in shown


# docs/cli.md


def test_the_page_shows_what_happens(shop: Cli, store: Store, tmp_path: Path) -> None:
    """Every `$` line of docs/cli.md, one after the other in one shell: its output and its exit code."""
    shown = [step for language, code in blocks("cli.md") if language == "console" for step in steps(code)]
    assert len(shown) > 15
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "password.txt").write_text(store.password)
    (folder / "token.txt").write_text("claim.to.ken\n")
    (folder / "ids.txt").write_text("order_01G...\norder_01H...\n\norder_01H...\nmissing\n")
    script = [f'medusa() {{ {sys.executable} -m medusa "$@"; }}']
    for number, (command, _) in enumerate(shown):
        here = command.replace("http://localhost:9000", store.url)
        script.append(f"{{ {here}\n}} > ../{number}.out 2>&1; code=$?; echo $code > ../{number}.code; (exit $code)")
    subprocess.run(["bash", "-c", "\n".join(script)], cwd=folder, env=shop.environment, timeout=120)
    for number, (command, expected) in enumerate(shown):
        printed = (tmp_path / f"{number}.out").read_text().replace(store.url, "http://localhost:9000")
        if "€" in expected:  # how the amounts are written, and with it the columns' widths, depends on Babel
            printed, expected = squeezed(printed), as_babel_writes(expected)
        assert f"$ {command}\n{printed}" == f"$ {command}\n{expected}"
        follows = shown[number + 1] if number + 1 < len(shown) else ("", "")
        code = follows[1].strip() if follows[0] == "echo $?" else "0"
        assert (command, (tmp_path / f"{number}.code").read_text().strip()) == (command, code)
