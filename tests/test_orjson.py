"""Every response gives the same value or error with the extra `speed` as without it."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings, strategies as st

from medusa import MedusaError, Order

from .conftest import CORPUS
from .faults.test_fuzz import ADAPTER, MEDUSA

BODIES = [
    json.dumps(exchange["body"], ensure_ascii=False).encode()
    for path in sorted((CORPUS / "orders").glob("*.json"))
    for exchange in json.loads(path.read_text()).values()
]
ODD = [
    *[
        "",
        " ",
        "{}",
        "[]",
        "null",
        "NaN",
        "[NaN]",
        "-Infinity",
        "1e999",
        "-1e999",
        "1e400",
        '"\\ud800"',
        "\x00",
        "{",
        '{"a":',
    ],
    *["9007199254740993", "18446744073709551615", "18446744073709551616", "-9223372036854775809", "9" * 30, "9" * 5000],
    *["1.0", "10.0", "-0", "-0.0", "1E2", "0.1", "123456789.123456789123456789", "5e-324", "01", "1.", ".5", "+1"],
    *['{"a": 1, "a": 2}', "[" * 2000 + "]" * 2000, "\ufeff{}", '"\u2028"', "[1,]", " [1] ", "true false", "'a'"],
]


def outcome(body: bytes) -> object:
    ADAPTER.status, ADAPTER.headers, ADAPTER.body = 200, {"Content-Type": "application/json"}, body
    try:
        value: Any = MEDUSA.request("GET", "/store/custom")
    except MedusaError as error:
        return str(error)
    return repr(value)


def check(body: bytes) -> None:
    without = outcome(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("medusa.codec.json_text.orjson", orjson)
        assert outcome(body) == without


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_bodies(body: str) -> None:
    check(body.encode("utf-8", "surrogatepass"))


def test_recorded_bodies() -> None:
    for body in BODIES:
        check(body)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=40) | st.text('0123456789.eE+-[]{},:"nulltrefas\\ ', max_size=40).map(str.encode))
def test_any_bytes(body: bytes) -> None:
    check(body)


@pytest.mark.parametrize("number", [1, 9007199254740993, 18446744073709551616])
def test_a_text_that_is_a_str(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    text = f'{{"id": "é€", "new": {number}}}'
    monkeypatch.setattr("medusa.codec.json_text.orjson", orjson)
    assert Order.from_json(text).to_dict() == {"id": "é€", "new": number}
