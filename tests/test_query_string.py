"""Query strings are the same as those of the JS library qs and of its Python port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import qs_codec
from hypothesis import given, strategies as st
from werkzeug import Request

from medusa import Medusa
from medusa.http.query_string import encode

from .conftest import CORPUS

PAYLOADS: dict[str, dict[str, Any]] = {
    "basic": {"display_id": 1, "email": "user@example.com"},
    "nested": {"display_id": 1, "email": "a@b.c", "shipping_address": {"postal_code": "10115"}},
    "nullval": {"display_id": 1, "email": None},
    "nestednull": {"display_id": 1, "email": "a@b.c", "shipping_address": {"postal_code": None}},
    "addrnull": {"display_id": 1, "shipping_address": None},
    "addrempty": {"display_id": 1, "shipping_address": {}},
    "emptyarr": {"order": []},
    "bool": {"a": True, "b": False},
    "plus": {"email": "user+tag@example.com"},
    "space": {"email": "a b@c.d", "shipping_address": {"postal_code": "SW1A 1AA"}},
    "unicode": {"email": "ünï@例え.jp", "x": "😀"},
    "array": {"order": ["a", "b"]},
    "arrayobj": {"a": [{"b": 1}, {"b": 2}]},
    "nestedarr": {"a": [["b"]]},
    "special": {"a": "!*'()~-_.;/?:@&=$,#[]{}|\\^`\"<>%"},
    "keyspecial": {"a b": 1, "é": {"x": 2}, "a&b": 3, "": 4},
    "number": {"a": 1.5, "b": 1e21, "c": float("nan"), "d": float("inf"), "e": 0, "f": 10.0},
    "date": {"d": datetime(2024, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)},
    "expand": {"display_id": 1, "email": "a@b.c", "expand": "items,billing_address", "fields": "id"},
    "order": {"z": 1, "a": 2, "m": 3},
    "deep": {"a": {"b": {"c": {"d": 1}}}},
    "lone": {"a": "\ud800"},
    "newline": {"a": "x\r\ny\t"},
    "emptystr": {"email": "", "display_id": 0},
    "dots": {"a.b": 1},
    "numstr": {"display_id": "007"},
}
RECORDED = dict(line.split("\t") for line in (CORPUS / "qs.tsv").read_text().splitlines()[1:])


@pytest.mark.parametrize("case", PAYLOADS)
def test_as_js_writes_it(medusa: Medusa, answer: Callable[..., None], sent: Callable[[], Request], case: str) -> None:
    answer({})
    medusa.request("GET", "/store/x", params=PAYLOADS[case])
    assert sent().environ["RAW_URI"] == "/store/x" + RECORDED[case].rstrip("?")


texts = st.text("aü例😀 &+=%[]\n\\~", max_size=8)
keys = st.text("abcé &=+.%", max_size=4)
scalars = st.none() | st.booleans() | st.integers() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3))


@given(st.dictionaries(keys, values, max_size=4))
def test_as_its_port_writes_it(payload: dict[str, Any]) -> None:
    assert encode(payload) == qs_codec.encode(payload)


@pytest.mark.parametrize("params", [{"a": {1}}, {"a": b"x"}, {"a": object()}, {1: "a"}, {"a": {1: 2}}])
def test_what_has_no_form_is_refused(medusa: Medusa, params: Any) -> None:
    with pytest.raises(TypeError):
        medusa.request("GET", "/store/x", params=params)


def test_a_naive_datetime_is_refused(medusa: Medusa) -> None:
    with pytest.raises(
        ValueError, match=r"^params\.a: the datetime must be timezone-aware, such as datetime\.now\(UTC\)$"
    ):
        medusa.request("GET", "/store/x", params={"a": datetime(2026, 1, 1)})


def test_a_datetime_out_of_range_in_utc_is_refused(medusa: Medusa) -> None:
    for moment in ("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"):
        with pytest.raises(ValueError, match=r"^params\.a: the datetime must be in the years 1 to 9999 in UTC$"):
            medusa.request("GET", "/store/x", params={"a": datetime.fromisoformat(moment)})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.2345678901234567e20, "123456789012345670000"),
        (-9.999999999999999e20, "-999999999999999900000"),
        (1e21, "1e%2B21"),
        (0.000015, "0.000015"),
        (1e-6, "0.000001"),
        (-1.5e-7, "-1.5e-7"),
        (-0.0, "0"),
    ],
)
def test_a_float_has_the_digits_of_js(value: float, written: str) -> None:
    assert encode({"a": value}) == f"a={written}"
