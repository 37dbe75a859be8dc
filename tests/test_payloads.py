"""The values that payloads and queries may contain, and the bytes that the backend receives for them."""

from __future__ import annotations

import enum
import json
import sys
import time
from collections import OrderedDict, UserDict, namedtuple
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from werkzeug import Request

from medusa import Address, LineItem, Medusa, Order, OrderStatus

from .conftest import Sent, recorded

Answer = Callable[..., None]


class Plain(enum.Enum):
    TEXT = "eur"
    NUMBER = 3
    NOTHING = None
    DAY = date(2026, 1, 2)
    MANY = ("a", 1)


class Text(enum.StrEnum):
    A = "a"


class OlderText(str, enum.Enum):  # noqa: UP042  # A StrEnum has a different __str__.
    A = "a"


class Number(enum.IntEnum):
    ONE = 1


class Flags(enum.Flag):
    A = 1
    B = 2


class OfStr(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "not this"


class OfInt(int):
    def __repr__(self) -> str:
        return "not this"

    __str__ = __repr__


class OfFloat(float):
    def __repr__(self) -> str:
        return "not this"

    __str__ = __repr__


class OfDict(dict[str, Any]):
    pass


class OfList(list[Any]):
    pass


class OfDatetime(datetime):
    pass


class OfDate(date):
    pass


Pair = namedtuple("Pair", "left right")
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
ID = UUID("12345678-1234-5678-1234-567812345678")

# Each value, its JSON, and the unescaped query with the value as `a`. An empty query is not tested.
KINDS: list[tuple[Any, str, str]] = [
    (None, "null", "a="),
    (True, "true", "a=true"),
    (False, "false", "a=false"),
    (0, "0", "a=0"),
    (2**70, "1180591620717411303424", "a=1180591620717411303424"),
    (1.5, "1.5", "a=1.5"),
    ("", '""', "a="),
    ("ü", '"ü"', "a=ü"),
    (MOMENT, '"2026-01-02T03:04:05.678Z"', "a=2026-01-02T03:04:05.678Z"),
    (MOMENT.replace(tzinfo=timezone(timedelta(hours=2))), '"2026-01-02T01:04:05.678Z"', "a=2026-01-02T01:04:05.678Z"),
    (MOMENT.replace(microsecond=1), '"2026-01-02T03:04:05.000001Z"', "a=2026-01-02T03:04:05.000001Z"),
    (OfDatetime(2026, 1, 2, tzinfo=UTC), '"2026-01-02T00:00:00.000Z"', "a=2026-01-02T00:00:00.000Z"),
    (date(2026, 1, 2), '"2026-01-02"', "a=2026-01-02"),
    (date(1, 1, 1), '"0001-01-01"', "a=0001-01-01"),
    (OfDate(2026, 1, 2), '"2026-01-02"', "a=2026-01-02"),
    (ID, '"12345678-1234-5678-1234-567812345678"', "a=12345678-1234-5678-1234-567812345678"),
    (Plain.TEXT, '"eur"', "a=eur"),
    (Plain.NUMBER, "3", "a=3"),
    (Plain.NOTHING, "null", "a="),
    (Plain.DAY, '"2026-01-02"', "a=2026-01-02"),
    (Plain.MANY, '["a",1]', "a[0]=a&a[1]=1"),
    (Text.A, '"a"', "a=a"),
    (OlderText.A, '"a"', "a=a"),
    (OrderStatus.PENDING, '"pending"', "a=pending"),
    (Number.ONE, "1", "a=1"),
    (Flags.A | Flags.B, "3", "a=3"),
    (OfStr("x"), '"x"', "a=x"),
    (OfInt(7), "7", "a=7"),
    (OfFloat(7.5), "7.5", "a=7.5"),
    ([], "[]", ""),
    ((), "[]", ""),
    ({}, "{}", ""),
    ((1, (2,)), "[1,[2]]", "a[0]=1&a[1][0]=2"),
    (OfList([1]), "[1]", "a[0]=1"),
    (Pair(1, None), "[1,null]", "a[0]=1&a[1]="),
    (OfDict(b=1), '{"b":1}', "a[b]=1"),
    (OrderedDict(b=1, a=2), '{"b":1,"a":2}', "a[b]=1&a[a]=2"),
    (UserDict({"b": UserDict({"c": 1})}), '{"b":{"c":1}}', "a[b][c]=1"),
    (MappingProxyType({"b": [MappingProxyType({"c": MOMENT})]}), '{"b":[{"c":"2026-01-02T03:04:05.678Z"}]}', ""),
    ({Text.A: 1, OlderText.A.value + "b": 2}, '{"a":1,"ab":2}', "a[a]=1&a[ab]=2"),
    ({OlderText.A: 1, OfStr("x"): 2}, '{"a":1,"x":2}', "a[a]=1&a[x]=2"),
    (Address(city="London", first_name=None), '{"city":"London","first_name":null}', "a[city]=London&a[first_name]="),
    ([Order(items=[LineItem(quantity=2)])], '[{"items":[{"quantity":2}]}]', "a[0][items][0][quantity]=2"),
    (Order(metadata={"on": date(2026, 1, 2)}), '{"metadata":{"on":"2026-01-02"}}', "a[metadata][on]=2026-01-02"),
]
IDS = [f"{number} {type(kind[0]).__name__}" for number, kind in enumerate(KINDS)]


@pytest.mark.parametrize(("value", "text", "query"), KINDS, ids=IDS)
def test_what_a_payload_may_hold(medusa: Medusa, answer: Answer, sent: Sent, value: Any, text: str, query: str) -> None:
    answer("OK")
    orders: Any = medusa.orders
    for place in ('{"a":%s}', '{"z":[1,{"a":%s}]}', '[[%s],"ü"]'):
        payload = _filled(json.loads(place % '"here"'), value)
        medusa.request("POST", "/store/custom", json=payload)
        assert sent().data == (place % text).encode()
        assert sent().headers["Content-Type"] == "application/json"
        if isinstance(payload, dict):
            orders.confirm_request(payload)
            assert sent().data == (place % text).encode()


def _filled(place: Any, value: Any) -> Any:
    """Return `place` with `value` in the position of the text "here"."""
    if isinstance(place, dict):
        return {key: _filled(item, value) for key, item in place.items()}
    if isinstance(place, list):
        return [_filled(item, value) for item in place]
    return value if place == "here" else place


@pytest.mark.parametrize(("value", "text", "query"), [kind for kind in KINDS if kind[2]])
def test_what_a_query_may_hold(medusa: Medusa, answer: Answer, sent: Sent, value: Any, text: str, query: str) -> None:
    answer(recorded("plain", "lookup"))
    medusa.request("GET", "/store/custom", params={"a": value})
    assert _query(sent()) == query
    orders: Any = medusa.orders
    orders.lookup_order({"display_id": 1, "email": "ada", "a": value})
    assert _query(sent()) == f"display_id=1&email=ada&{query}"


def _query(request: Request) -> str:
    return unquote(request.environ["RAW_URI"].partition("?")[2])


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the local time zone to New York's."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
@pytest.mark.usefixtures("in_new_york")
def test_the_local_time_zone_makes_no_difference(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    # No other test writes this moment, so its text is not cached.
    moment = MOMENT.replace(minute=59, tzinfo=timezone(timedelta(hours=2)))
    answer("OK")
    medusa.request("POST", "/store/custom", json={"a": moment}, params={"b": moment})
    assert sent().data == b'{"a":"2026-01-02T01:59:05.678Z"}'
    assert sent().args["b"] == "2026-01-02T01:59:05.678Z"
    assert Order(created_at=moment).to_dict() == {"created_at": "2026-01-02T01:59:05.678Z"}


def test_a_payload_of_any_mapping(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer("OK")
    orders: Any = medusa.orders
    for payload in (UserDict(token="t"), MappingProxyType({"token": "t"}), OrderedDict(token="t"), OfDict(token="t")):
        orders.confirm_request(payload)
        assert sent().data == b'{"token":"t"}'


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
ON_A_SOCKET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@ON_A_SOCKET
@given(payload=st.dictionaries(st.text(), ANY_JSON, max_size=4))
def test_plain_json_goes_out_as_it_is(medusa: Medusa, answer: Answer, sent: Sent, payload: dict[str, Any]) -> None:
    answer("OK")
    medusa.request("POST", "/store/custom", json=payload)
    assert sent().data == json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def test_the_same_container_twice_is_no_cycle(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer("OK")
    address = {"city": "London"}
    medusa.request("POST", "/store/custom", json={"shipping": address, "billing": address, "all": [address, address]})
    assert sent().get_json() == {"shipping": address, "billing": address, "all": [address, address]}


def test_the_callers_payload_is_not_changed(medusa: Medusa, answer: Answer) -> None:
    answer("OK")
    payload: dict[str, Any] = {"x": [MOMENT, (1, 2)], "y": {"z": Plain.TEXT}, Text.A: ID}
    before = {**payload, "x": list(payload["x"]), "y": dict(payload["y"])}
    medusa.request("POST", "/store/custom", params=payload, json=payload)
    assert payload == before
