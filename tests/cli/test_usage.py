"""What the command sends, errors in its usage, and its exit codes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request

from ..conftest import recorded
from .command import Answer, Cli, Run, one_line, wait_for
from .store import Store


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
    for given, origin in (('{"from": "the argument"}', "the argument"), (f"@{file}", "a file"), ("-", "stdin")):
        assert cli("request", "POST", "/store/x", "--json", given, stdin='{"from": "stdin"}').returncode == 0
        assert sent().json == {"from": origin}
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


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, 3), (401, 4), (403, 4), (302, 6), (400, 6), (409, 6), (418, 6), (422, 6), (429, 6), (500, 7), (503, 7)],
)
def test_exit_codes_by_status(run: Run, answer: Answer, status: int, code: int) -> None:
    answer({"type": "some_type", "message": "what the\nbackend said"}, status=status)
    done = run("--max-retries", "0", "orders", "retrieve", "order_1")
    assert done.returncode == code
    line = one_line(done)
    assert "no customer is logged in" in line if status == 401 else f"{status} some_type" in line


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
    ],
)
def test_a_wrong_usage_sends_nothing(run: Run, httpserver: HTTPServer, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "--help`" in one_line(done)
    assert httpserver.log == []


@pytest.mark.parametrize("arguments", [["auth", "login", "ada@example.com"], ["orders", "confirm"]])
def test_an_empty_standard_input_sends_nothing(cli: Cli, httpserver: HTTPServer, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert done.returncode == 2
    assert "--help`" in one_line(done)
    assert httpserver.log == []


def test_an_option_of_all_commands_in_another_place(cli: Cli) -> None:
    done = cli("orders", "retrieve", "x", "--base-url", "http://127.0.0.1:1")
    assert one_line(done) == "medusa: put `--base-url` before the command (see `medusa --help`)"
    assert done.returncode == 2
    assert one_line(cli("--timeout", "0", "orders", "retrieve", "x")).endswith("(see `medusa --help`)")


def test_the_name_of_a_method_is_no_command(cli: Cli) -> None:
    done = cli("products.list")
    said = "no such command: to call a method, run `medusa call METHOD` (see `medusa --help`)"
    assert (done.returncode, one_line(done)) == (2, f"medusa: {said}")


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
