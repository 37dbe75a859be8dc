"""`medusa call`: its arguments, its help, its completion, and what it prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request

from ..conftest import target
from .command import Answer, Cli, Run, one_line

PRODUCTS: dict[str, Any] = {
    "products": [
        {"id": "prod_1", "title": "Medusa \x1b[31mShirt", "handle": "shirt", "variants": [{"id": "variant_1"}]},
        {"id": "prod_2", "title": "Mug", "handle": None, "variants": []},
    ],
    "count": 27,
    "offset": 0,
    "limit": 2,
}


def words_of(shown: str) -> list[list[str]]:
    """Return the words of each line that a terminal shows, without their styles."""
    return [line.split() for line in re.sub(r"\x1b\[\d+m", "", shown).splitlines()]


@pytest.mark.parametrize(
    ("given", "sent_as"),
    [
        (["limit=3"], "limit=3"),
        (["q=a=b&c"], "q=a%3Db%26c"),
        (["is_giftcard=true"], "is_giftcard=true"),
        (["tags=a"], "tags%5B0%5D=a"),
        (["tags=a", "tags=b"], "tags%5B0%5D=a&tags%5B1%5D=b"),
        (["tags[]=a"], "tags%5B0%5D=a"),
        (["id=a"], "id=a"),
        (["id=a", "id=b"], "id%5B0%5D=a&id%5B1%5D=b"),
        (["id[]=a"], "id%5B0%5D=a"),
        (
            ["created_at[gt]=2026-11-28T09:00Z", "created_at[lt]=x"],
            "created_at%5Bgt%5D=2026-11-28T09%3A00Z&created_at%5Blt%5D=x",
        ),
        (["of_a_plugin=1", "of_a_plugin=2"], "of_a_plugin%5B0%5D=1&of_a_plugin%5B1%5D=2"),
        (["of_a_plugin[a][b]=1"], "of_a_plugin%5Ba%5D%5Bb%5D=1"),
    ],
)
def test_a_query_is_sent_as_its_types_say(
    run: Run, answer: Answer, sent: Callable[[], Request], given: list[str], sent_as: str
) -> None:
    answer(PRODUCTS)
    done = run("call", "products.list", *(part for each in given for part in ("--query", each)))
    assert (done.returncode, done.stderr) == (0, "")
    assert target(sent()) == f"/store/products?{sent_as}"


def test_data_is_json_a_file_or_the_standard_input(
    cli: Cli, answer: Answer, sent: Callable[[], Request], tmp_path: Path
) -> None:
    answer({"cart": {"id": "cart_1"}})
    item = {"variant_id": "variant_1", "quantity": 2}
    file = tmp_path / "item.json"
    file.write_text(json.dumps(item))
    for given, stdin in ((json.dumps(item), ""), (f"@{file}", ""), ("-", json.dumps(item)), ("@-", json.dumps(item))):
        done = cli("call", "carts.line_items.create", "cart/1", "--data", given, stdin=stdin)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout) == {"cart": {"id": "cart_1"}}
        assert (sent().method, target(sent())) == ("POST", "/store/carts/cart%2F1/line-items")
        assert sent().json == item


def test_keywords_are_options(cli: Cli, answer: Answer, sent: Callable[[], Request]) -> None:
    answer({"product": {"id": "prod_1"}})
    options = ("--expand", "variants,tags", "--fields", "id", "--region-id", "reg_1")
    assert cli("call", "products.retrieve", "prod_1", *options).returncode == 0
    assert target(sent()) == "/store/products/prod_1?expand=variants%2Ctags&fields=id&region_id=reg_1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["products.lst"], "no such method: did you mean products.list"),
        (["carts.lineItems.create"], "no such method: the Python name is carts.line_items.create"),
        (["productTypes.list"], "no such method: the Python name is product_types.list"),
        (["return_reasons"], "no such method: choose one of return_reasons.list, return_reasons.retrieve"),
        (["products._get"], "no such method"),
        (["carts.session"], "no such method"),
        (["_custom.request"], "no such method"),
        (["."], "no such method"),
        (["products.list."], "no such method"),
        (["carts.retrieve"], "Missing argument 'CART_ID'"),
        (["carts.retrieve", ""], "cart_id must not be empty"),
        (["carts.retrieve", "a", "secret"], "unexpected extra argument (see"),
        (["carts.line_items.create", "cart_1"], "Missing option '--data'"),
        (["carts.create", "--data", "{secret"], "'--data': must be valid JSON"),
        (["carts.create", "--data", "[1]"], "payload must be a mapping, not list"),
        (["carts.create", "--data", "@nowhere.json"], "nowhere.json: No such file"),
        (["products.retrieve", "prod_1", "--feilds", "id"], "--fields"),
        (["products.list", "--limit", "secret"], "no such option: use --query limit=VALUE"),
        (["carts.create", "--region-id=secret"], """no such option: use --data '{"region_id": VALUE}'"""),
        (["products.list", "--query", "secret"], "'--query': must be NAME=VALUE or NAME[KEY]=VALUE"),
        (["products.list", "--query", "limit=secret"], "'--query': limit must be an integer"),
        (["products.list", "--query", "is_giftcard=secret"], "'--query': is_giftcard must be true or false"),
        (["products.list", "--query", "limit=1", "--query", "limit=2"], "limit must be a single value, not a list"),
        (["products.list", "--query", "created_at=secret"], "'--query': created_at requires a key: use created_at[lt]"),
        (["products.list", "--query", "a=1", "--query", "a[b]=1"], "a must have a value or keys, not both"),
        (["products.list", "--query", "a[b]=1", "--query", "a=1"], "a must have a value or keys, not both"),
        (["products.list", "--output", "x.jsonl"], "--output requires --all"),
        (["products.list", "--page-size", "5"], "--page-size requires --all"),
        (["products.list", "--all", "--page-size", "0"], "page_size must be at least 1"),
        (["products.list", "--all", "--query", "limit=5"], "query must not contain limit"),
        (["products.list", "--all", "--output", "-"], "--output must be a file"),
        (["admin.nope.list"], "no such method"),
    ],
)  # fmt: skip
def test_a_wrong_call_sends_nothing_and_repeats_no_value(
    run: Run, httpserver: HTTPServer, arguments: list[str], said: str
) -> None:
    done = run("call", *arguments)
    line = one_line(done)
    assert (done.returncode, said in line, "--help`" in line, "secret" in line) == (2, True, True, False)
    assert httpserver.log == []


def test_help_is_made_of_the_docstring_the_signature_and_the_types(cli: Cli) -> None:
    shown = " ".join(cli("call", "carts.line_items.create", "--help").stdout.split())
    for text in (
        "Usage: medusa call carts.line_items.create [OPTIONS] CART_ID",
        "Add a variant to the cart. Return the cart as `.cart`. `POST /store/carts/{cart_id}/line-items`",
        "Raises `MedusaNotFoundError` if no cart has this ID.",
        "--data JSON The payload as JSON, @FILE to read a file, or - to read standard input. [required]",
        "Keys of --data: variant_id text, required",
        "quantity integer, required. The number of units to add.",
        "metadata object. Custom data.",
    ):
        assert text in shown
    shown = " ".join(cli("call", "products.list", "--help").stdout.split())
    for text in (
        "id text or list of text",
        "tags list of text. A list of tag IDs, not of tag values.",
        "is_giftcard boolean",
        "created_at[gt] time. After this time.",
        "limit integer. The maximum number of products to return.",
        "--page-size INTEGER",
    ):
        assert text in shown
    shown = " ".join(cli("call", "carts.update", "--help").stdout.split())
    assert "shipping_address object or text" in shown
    assert "shipping_address.first_name text" in shown
    assert "discounts[].code text, required" in shown
    shown = " ".join(cli("call", "admin.products.create", "--help").stdout.split())
    for text in ("images list of text or null. The URLs of all images.", "status text or null. Draft by default."):
        assert text in shown


def test_json_in_a_pipe_and_a_table_on_a_terminal(cli: Cli, answer: Answer) -> None:
    answer(PRODUCTS)
    assert json.loads(cli("call", "products.list").stdout) == PRODUCTS
    code, shown = cli.at_a_terminal("call", "products.list")
    assert code == 0
    assert words_of(shown) == [
        ["id", "title", "handle"],
        ["prod_1", "Medusa", "[31mShirt", "shirt"],
        ["prod_2", "Mug"],
        ["count", "27", "·", "offset", "0", "·", "limit", "2"],
    ]
    code, shown = cli.at_a_terminal("call", "products.list", "--json")
    assert json.loads(shown) == PRODUCTS


def test_a_table_has_the_columns_that_there_is_room_for(cli: Cli, answer: Answer) -> None:
    answer(
        {
            **PRODUCTS,
            "products": [
                {"created_at": "2026-11-28T09:00:00.000Z", "width": 1, "title": "t" * 60, "id": "prod_1", "a": None}
            ],
        }
    )
    _, shown = cli.at_a_terminal("call", "products.list", columns=60)
    head, row, _ = words_of(shown)
    assert head == ["id", "title", "width"]
    assert row == ["prod_1", "t" * 39 + "…", "1"]


def test_one_object_is_a_row_a_value(cli: Cli, answer: Answer) -> None:
    answer(
        {
            "product": {
                "id": "prod_1",
                "title": "Shirt",
                "is_giftcard": False,
                "subtitle": None,
                "variants": [{"id": "variant_1"}, {"id": "variant_2"}],
                "collection": {"id": "pcol_1"},
                "metadata": {"a": 1},
            }
        }
    )
    code, shown = cli.at_a_terminal("call", "products.retrieve", "prod_1")
    assert code == 0
    assert [" ".join(words) for words in words_of(shown)] == [
        "id prod_1",
        "title Shirt",
        "collection pcol_1",
        "is_giftcard false",
        'metadata {"a":1}',
        "variants 2 items",
    ]


def test_a_result_without_data(cli: Cli, answer: Answer) -> None:
    answer("OK")
    claim = ("call", "orders.request_customer_orders", "--data", '{"order_ids": ["order_1"]}')
    assert cli(*claim).stdout == "{}\n"
    code, shown = cli.at_a_terminal(*claim)
    assert (code, shown.strip()) == (0, "Done.")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(cli: Cli, shell: str) -> None:
    def completed(*words: str) -> list[str]:
        typed = {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1)}
        done = cli(**typed, _MEDUSA_COMPLETE=f"{shell}_complete")
        assert done.returncode in (0, 1)
        return done.stdout.splitlines()

    found = "\n".join(completed("medusa", "call", "carts.line"))
    for name in ("create", "delete", "update"):
        assert f"carts.line_items.{name}" in found
    assert "carts.list" not in found
    found = "\n".join(completed("medusa", "call", "products.list", "--"))
    for option in ("--query", "--all", "--page-size", "--output"):
        assert option in found


def imported(*arguments: str, **variables: str) -> set[str]:
    """Return the modules of the resources that a command imports."""
    code = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))  # Completion ends the process.
from medusa.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=variables, capture_output=True, text=True, timeout=60
    )
    parts = [
        name.removeprefix("medusa.resources.") for name in done.stderr.split() if name.startswith("medusa.resources.")
    ]
    # These modules are left out, because every command may import them. `medusa orders` needs `orders`.
    return {*parts} - {"orders", "admin", "addresses", "base", "comparisons", "lazy", "login", "pages", "paths"}


def test_only_the_resource_that_is_called_is_imported() -> None:
    assert imported("--help") == set()
    assert imported("call", "products.list", "--help") == {"products"}
    completing = {"_MEDUSA_COMPLETE": "bash_complete", "COMP_WORDS": "medusa call carts.", "COMP_CWORD": "2"}
    assert imported(**completing) == {"carts", "line_items"}
