"""JSON of any depth, and JSON with characters that a terminal does not show."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import recorded
from .command import Answer, Cli, Export, exported, exported_ids, one_line
from .store import ORDERS, Store


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

    def value(depth: int) -> Any:
        value: Any = 1
        for _ in range(depth):
            value = {"a": value}
        return value

    assert json_text.line(value(20_000)) == nested(20_000)
    # The indentation makes this text grow with the square of the depth: 20,000 levels would need 1.5 GB.
    assert json_text.lines(value(3_000), ensure_ascii=True).count("\n") == 6_000


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
    """Add an order with nested metadata. On a real backend, a customer can nest the metadata of an order."""
    body = json.dumps({"order": {"id": "order_deep", "metadata": "M"}})
    store.raw["order_deep"] = body.replace('"M"', nested(depth))


@pytest.mark.parametrize("depth", [400, 900])
def test_an_order_nested_deeply(shop: Cli, store: Store, export: Export, depth: int) -> None:
    ids, output, command = export
    put_deep_order(store, depth)
    ids.write_text("order_1\norder_deep\norder_2\n")
    done = shop(*command)
    assert (done.returncode, done.stderr) == (0, "medusa: 3 written, 0 already in the file, 0 not found, 0 left\n")
    assert sorted(exported_ids(output)) == ["order_1", "order_2", "order_deep"]
    for arguments in (["orders", "retrieve", "order_deep", "--json"], ["request", "GET", "/store/orders/order_deep"]):
        printed = shop(*arguments)
        assert (printed.returncode, printed.stderr, printed.stdout.count('"a"')) == (0, "", depth)


def test_an_order_nested_too_deeply(shop: Cli, store: Store, export: Export) -> None:
    """An order that is nested too deeply is one failure of an export, and the export continues."""
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
    output.write_text(f"{deep}\n{deep[:-5]}")  # The second line is cut.
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
