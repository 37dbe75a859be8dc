"""Values that payloads and queries must not contain. The error names the path, and nothing is sent."""

from __future__ import annotations

import enum
import re
from collections import UserDict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, strategies as st
from pytest_httpserver import HTTPServer

from medusa import Address, LineItem, Medusa, Order

from .test_payloads import MOMENT, ON_A_SOCKET, Answer, Number, OfFloat, Plain

pytestmark = pytest.mark.usefixtures("no_garbage")


class Item:
    """A class that has no JSON form."""


class Xylophone:
    """Another class that has no JSON form."""


NO_FORM: list[tuple[Any, str]] = [
    ({1}, "a set has no JSON form"),
    (frozenset("x"), "a frozenset has no JSON form"),
    (b"x", "a bytes has no JSON form"),
    (bytearray(b"x"), "a bytearray has no JSON form"),
    ((number for number in (1, 2)), "a generator has no JSON form"),
    ({}.keys(), "a dict_keys has no JSON form"),
    (range(3), "a range has no JSON form"),
    (Item(), "an Item has no JSON form"),
    (Xylophone(), "a Xylophone has no JSON form"),
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
    (datetime(2026, 1, 1), "the datetime must be timezone-aware, such as datetime.now(UTC)"),
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
    """Yield payloads that contain the value, each with the path of the value in a payload and in a query."""
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


@pytest.mark.parametrize("value", NOT_FINITE)
def test_a_number_that_is_not_finite(medusa: Medusa, httpserver: HTTPServer, answer: Answer, value: float) -> None:
    calls: list[Callable[[Any], object]] = [
        medusa.orders.confirm_request,
        lambda payload: medusa.request("POST", "/store/custom", json=payload),
    ]
    for payload, path, _ in _places(value):
        for call in calls:
            with pytest.raises(ValueError) as caught:  # noqa: PT011  # The whole text is compared.
                call(payload)
            assert str(caught.value) == f"payload{path}: NaN and Infinity have no JSON form"
    assert httpserver.log == []
    answer({})
    medusa.request("GET", "/store/custom", params={"a": value})  # A query may contain NaN and Infinity, as in JS.
    assert httpserver.log[-1][0].args["a"] == {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(float(value))]


@pytest.mark.parametrize("payload", [{1}, b"x", 1j, object(), {1: 2}, datetime(2026, 1, 1), float("nan")])
def test_a_payload_that_has_no_form_as_a_whole(medusa: Medusa, httpserver: HTTPServer, payload: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^payload: "):
        medusa.request("POST", "/store/custom", json=payload)
    assert httpserver.log == []


def test_a_model_whose_timestamp_can_not_be_written_names_the_field(medusa: Medusa, httpserver: HTTPServer) -> None:
    naive = datetime(2026, 1, 1)
    items = [LineItem(title="x"), LineItem(thumbnail=None, updated_at=naive)]
    order = Order(id="order_1", canceled_at=None, created_at=MOMENT, items=items)
    for payload, path in ((order, "payload"), ({"orders": [order]}, "payload.orders[0]")):
        with pytest.raises(ValueError) as caught:  # noqa: PT011  # The whole text is compared.
            medusa.request("POST", "/store/custom", json=payload)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        said = "the datetime must be timezone-aware, such as datetime.now(UTC)"
        assert str(caught.value) == f"{path}.items[1].updated_at: {said}"
    order = Order.from_dict({"id": "order_1", "new": 1})
    order.extra["new"] = naive
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):  # It does not belong to a field.
        medusa.request("POST", "/store/custom", json=order)
    assert httpserver.log == []


class Shelf(Mapping[str, Any]):
    """A user's mapping that raises an error when a value is read."""

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
    with pytest.raises(TypeError, match=r"^payload\.x{492}: a set has no JSON form$"):
        medusa.request("POST", "/store/custom", json={"x" * 492: {1}})
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
