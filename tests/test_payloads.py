"""What payloads and queries may hold: what arrives, byte for byte, and what is refused before anything is sent."""

from __future__ import annotations

import enum
import json
import re
from collections import OrderedDict, UserDict, namedtuple
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request

from medusa import Address, LineItem, Medusa, Order, OrderStatus

from .conftest import recorded

Answer = Callable[..., None]
Sent = Callable[[], Request]


class Plain(enum.Enum):
    TEXT = "eur"
    NUMBER = 3
    NOTHING = None
    DAY = date(2026, 1, 2)
    MANY = ("a", 1)


class Text(enum.StrEnum):
    A = "a"


class OlderText(str, enum.Enum):  # noqa: UP042  # a StrEnum has another __str__
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

# Each value, its JSON, and its query as the value of `a`, unescaped.
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
    """The place with the value in it, which stands there for `here`."""
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


@ON_A_SOCKET
@given(
    payload=st.recursive(
        st.just({1}),
        lambda inner: (
            st.tuples(st.lists(st.integers(), max_size=3), inner).map(lambda pair: [*pair[0], pair[1]])
            | st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=1).map(lambda one: {"z": 1, **one})
        ),
    )
)
def test_the_path_leads_to_the_value(medusa: Medusa, httpserver: HTTPServer, payload: Any) -> None:
    with pytest.raises(TypeError) as caught:
        medusa.request("POST", "/store/custom", json=payload)
    path = str(caught.value).removeprefix("payload").removesuffix(": a set has no JSON form")
    steps = re.findall(r"\.(\w)|\[(\d+)\]", path)
    assert "".join(f".{key}" if key else f"[{index}]" for key, index in steps) == path
    for key, index in steps:
        payload = payload[key or int(index)]
    assert payload == {1}
    assert httpserver.log == []


class Item:
    """A class that JSON does not know."""


NO_FORM: list[tuple[Any, str]] = [
    ({1}, "a set has no JSON form"),
    (frozenset("x"), "a frozenset has no JSON form"),
    (b"x", "a bytes has no JSON form"),
    (bytearray(b"x"), "a bytearray has no JSON form"),
    ((number for number in (1, 2)), "a generator has no JSON form"),
    ({}.keys(), "a dict_keys has no JSON form"),
    (range(3), "a range has no JSON form"),
    (Item(), "an Item has no JSON form"),
    (Item, "a type has no JSON form"),
    (..., "an ellipsis has no JSON form"),
    (1j, "a complex has no JSON form"),
    (time(1), "a time has no JSON form"),
    (timedelta(1), "a timedelta has no JSON form"),
    (enum.Enum("Made", {"SET": {1}}).SET, "a set has no JSON form"),  # type: ignore[attr-defined]
    (
        Decimal("12.5"),
        "a Decimal has no single JSON form: convert an amount with medusa.contrib.money.from_decimal, and any other"
        " number with float",
    ),
    ({1: "x"}, "a key must be a string, not int"),
    ({None: "x"}, "a key must be a string, not NoneType"),
    ({True: "x"}, "a key must be a string, not bool"),
    ({1.5: "x"}, "a key must be a string, not float"),
    ({b"a": "x"}, "a key must be a string, not bytes"),
    ({(1, 2): "x"}, "a key must be a string, not tuple"),
    ({"a": 1, Plain.TEXT: "x"}, "a key must be a string, not Plain"),
    ({Number.ONE: "x"}, "a key must be a string, not Number"),
    (MappingProxyType({1: "x"}), "a key must be a string, not int"),
]
NOT_POSSIBLE: list[tuple[Any, str]] = [
    (datetime(2026, 1, 1), "the datetime must be timezone-aware: give it a tzinfo"),
    (
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        "the datetime must be in the years 1 to 9999 in UTC",
    ),
]
NOT_FINITE = [float("nan"), float("inf"), float("-inf"), OfFloat("nan"), OfFloat("inf")]
REFUSED = [
    *((value, TypeError, said) for value, said in NO_FORM),
    *((value, ValueError, said) for value, said in NOT_POSSIBLE),
]


def _places(value: Any) -> Iterator[tuple[Any, str, str]]:
    """Payloads with the value in them, and its path in a payload and in a query."""
    yield {"a": value}, ".a", ".a"
    yield {"items": [{}, 1, 2.5, {"quantity": value}]}, ".items[3].quantity", ".items[3][quantity]"
    yield {"created_at": {"gt": value}}, ".created_at.gt", ".created_at[gt]"
    yield {"a": 1, "b": ("x", [value])}, ".b[1][0]", ".b[1][0]"
    yield MappingProxyType({"a": UserDict({"b": value})}), ".a.b", ".a[b]"
    yield {"address": Address(metadata={"a": [value]})}, ".address.metadata.a[0]", ".address[metadata][a][0]"
    yield (
        {"order": Order(items=[LineItem(metadata={"a": value})])},
        ".order.items[0].metadata.a",
        (".order[items][0][metadata][a]"),
    )


@pytest.mark.parametrize(("value", "error", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_has_no_json_form_is_refused_with_its_path(
    medusa: Medusa, httpserver: HTTPServer, value: Any, error: type[Exception], said: str
) -> None:
    for payload, in_payload, in_query in _places(value):
        calls: list[tuple[str, Callable[[], object]]] = [
            (f"payload{in_payload}", lambda: medusa.request("POST", "/store/custom", json=payload)),  # noqa: B023
            (f"payload{in_payload}", lambda: medusa.orders.confirm_request(payload)),  # noqa: B023
            (f"params{in_query}", lambda: medusa.request("GET", "/store/custom", params=payload)),  # noqa: B023
            (f"params{in_query}", lambda: medusa.orders.lookup_order(payload)),  # noqa: B023
        ]
        for path, call in calls:
            with pytest.raises(error) as caught:
                call()
            assert (type(caught.value), str(caught.value)) == (error, f"{path}: {said}")
    for root in ([value], (1, [value])):
        with pytest.raises(error) as caught:
            medusa.request("POST", "/store/custom", json=root)
        assert str(caught.value) == f"payload{'[0]' if root == [value] else '[1][0]'}: {said}"
    assert httpserver.log == []


@pytest.mark.parametrize("value", NOT_FINITE)
def test_a_number_that_is_not_finite(medusa: Medusa, httpserver: HTTPServer, answer: Answer, value: float) -> None:
    calls: list[Callable[[Any], object]] = [
        medusa.orders.confirm_request,
        lambda payload: medusa.request("POST", "/store/custom", json=payload),
    ]
    for payload, path, _ in _places(value):
        for call in calls:
            with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole text is compared
                call(payload)
            assert str(caught.value) == f"payload{path}: NaN and Infinity have no JSON form"
    assert httpserver.log == []
    answer({})
    medusa.request("GET", "/store/custom", params={"a": value})  # JS writes these into a query.
    assert httpserver.log[-1][0].args["a"] == {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(float(value))]


@pytest.mark.parametrize("payload", [{1}, b"x", 1j, object(), {1: 2}, datetime(2026, 1, 1), float("nan")])
def test_a_payload_that_has_no_form_as_a_whole(medusa: Medusa, httpserver: HTTPServer, payload: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^payload: "):
        medusa.request("POST", "/store/custom", json=payload)
    assert httpserver.log == []


def test_a_model_whose_timestamp_can_not_be_written_names_the_field(medusa: Medusa, httpserver: HTTPServer) -> None:
    naive = datetime(2026, 1, 1)
    order = Order(id="order_1", created_at=MOMENT, items=[LineItem(title="x"), LineItem(updated_at=naive)])
    for payload, path in ((order, "payload"), ({"orders": [order]}, "payload.orders[0]")):
        with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole text is compared
            medusa.request("POST", "/store/custom", json=payload)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        said = "the datetime must be timezone-aware: give it a tzinfo"
        assert str(caught.value) == f"{path}.items[1].updated_at: {said}"
    assert httpserver.log == []


class Shelf(Mapping[str, Any]):
    """A mapping of a user's, of which reading a value raises."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getitem__(self, key: str) -> Any:
        raise self.error

    def __iter__(self) -> Iterator[str]:
        return iter(["a"])

    def __len__(self) -> int:
        return 1


@pytest.mark.parametrize(
    "error", [KeyError("a"), LookupError("x"), TypeError("mine"), ValueError("mine"), OSError("x")]
)
def test_what_reading_a_value_raises_passes_through(medusa: Medusa, httpserver: HTTPServer, error: Exception) -> None:
    calls: list[Callable[[Any], object]] = [
        medusa.orders.confirm_request,
        medusa.orders.lookup_order,
        lambda payload: medusa.request("POST", "/store/custom", json=payload),
        lambda payload: medusa.request("GET", "/store/custom", params=payload),
    ]
    for call in calls:
        for payload in (Shelf(error), {"a": [Shelf(error)]}):
            with pytest.raises(type(error)) as caught:
                call(payload)
            assert caught.value is error
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ada@example.com", "[hidden]"),
        ("ada%40example.com", "[hidden]"),
        ("a\nb\r\t\x00", "a b   "),
        ("a.b", "a.b"),
        ("ü", "ü"),
        ("", ""),
    ],
)
def test_a_text_shows_neither_values_nor_addresses(
    medusa: Medusa, httpserver: HTTPServer, key: str, shown: str
) -> None:
    payload = {"by_email": {key: {"password": b"correct-horse", "card": {"4111"}}}, "email": "grace@example.com"}
    with pytest.raises(TypeError) as caught:
        medusa.request("POST", "/store/custom", json=payload)
    assert str(caught.value) == f"payload.by_email.{shown}.password: a bytes has no JSON form"
    with pytest.raises(TypeError) as caught:
        medusa.request("GET", "/store/custom", params=payload)
    assert str(caught.value) == f"params.by_email[{shown}][password]: a bytes has no JSON form"
    with pytest.raises(TypeError) as caught:
        medusa.request("GET", "/store/custom", params={key: {1}})
    assert str(caught.value) == f"params.{shown}: a set has no JSON form"
    assert httpserver.log == []


def test_a_long_path_is_cut(medusa: Medusa, httpserver: HTTPServer) -> None:
    with pytest.raises(TypeError, match=r"^payload\.x{492}\.\.\.: a set has no JSON form$"):
        medusa.request("POST", "/store/custom", json={"x" * 100_000: {1}})
    deep: Any = {1}
    for _ in range(300):
        deep = {"a": deep}
    with pytest.raises(TypeError, match=r"^payload(\.a){246}\.{4}: a set has no JSON form$"):
        medusa.request("POST", "/store/custom", json=deep)
    assert httpserver.log == []


def test_what_contains_itself_is_refused(medusa: Medusa, httpserver: HTTPServer) -> None:
    cycle: dict[str, Any] = {}
    cycle["a"] = [MappingProxyType({"again": cycle})]
    with pytest.raises(ValueError, match=r"^the payload is nested too deeply, or contains itself$"):
        medusa.request("POST", "/store/custom", json=cycle)
    with pytest.raises(ValueError, match=r"^params are nested too deeply, or contain themselves$"):
        medusa.request("GET", "/store/custom", params=cycle)
    assert httpserver.log == []


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
