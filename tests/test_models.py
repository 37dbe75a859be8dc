"""Models are decoded from the recorded responses of a real backend, and encoded to the same data."""

from __future__ import annotations

import copy
import json
import pickle
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import medusa as package
from medusa import Customer, LineItem, Medusa, MedusaDecodeError, Model, Order, OrderStatus, StoreOrdersRes, is_loaded

from .any_json import any_json
from .conftest import fields_of, recorded

pytestmark = pytest.mark.usefixtures("no_garbage")

ORDERS = Path(__file__).parent / "corpus" / "orders"
BODIES = [
    pytest.param(exchange["body"]["order"], id=f"{path.stem}-{route}")
    for path in sorted(ORDERS.glob("*.json"))
    for route, exchange in json.loads(path.read_text()).items()
    if "order" in exchange["body"]
]


def unknown_keys(value: Any) -> list[str]:
    """Return the keys in `extra`, at every depth."""
    if isinstance(value, Model):
        loaded = [name for name in fields_of(type(value)) if is_loaded(value, name)]
        inner = [key for name in loaded for key in unknown_keys(getattr(value, name))]
        return [*value.extra, *inner]
    if isinstance(value, list):
        return [key for item in value for key in unknown_keys(item)]
    return []


@pytest.mark.parametrize("body", BODIES)
def test_recorded_order_comes_back_as_it_was(body: dict[str, Any]) -> None:
    order = Order.from_dict(body)
    assert order.to_dict() == body
    assert json.dumps(order.to_dict(), sort_keys=True) == json.dumps(body, sort_keys=True)
    assert unknown_keys(order) == []


MODELS = [cls for name in package.__all__ if isinstance(cls := getattr(package, name), type) and issubclass(cls, Model)]


@pytest.mark.parametrize("cls", MODELS)
def test_each_field_of_each_model_can_be_decoded(cls: type[Model]) -> None:
    """All annotations are valid. An annotation is only evaluated when an object first contains the field."""
    for name in fields_of(cls):
        with suppress(MedusaDecodeError):
            assert cls.from_dict({name: None}).to_dict() == {name: None}


# Unknown keys and values.


def test_unknown_keys_and_statuses_are_kept_at_every_depth() -> None:
    body = recorded("plain")["order"]
    body["status"] = "on_the_moon"
    body["loyalty"] = {"points": [1, None, 2.5]}
    body["items"][0]["engraving"] = "Ada"
    body["items"][0]["tax_lines"][0]["_extra"] = {"a": 1}
    body["shipping_address"]["extra"] = "door"
    order = Order.from_dict(body)
    assert order.status == "on_the_moon"
    assert type(order.status) is str
    assert order.extra == {"loyalty": {"points": [1, None, 2.5]}}
    assert order.items[0].extra == {"engraving": "Ada"}
    assert order.items[0].tax_lines[0].extra == {"_extra": {"a": 1}}
    assert order.shipping_address is not None
    assert order.shipping_address.extra == {"extra": "door"}
    assert order.to_dict() == body


def test_a_known_status_is_its_string() -> None:
    order = Order.from_dict({"status": "pending"})
    assert order.status == "pending"
    assert order.status is OrderStatus.PENDING
    assert type(order.to_dict()["status"]) is str


@pytest.mark.parametrize("number", [2**53 + 1, -(2**63), 10**30, 0, -1])
def test_integers_of_any_size(number: int) -> None:
    order = Order.from_dict({"total": number})
    assert order.total == number
    assert order.to_dict() == {"total": number}


@pytest.mark.parametrize("rate", [0, 20, 19.6, 0.1, 1e-9, 1e21, -0.0])
def test_a_number_keeps_its_type(rate: float) -> None:
    given = Order.from_dict({"tax_rate": rate}).to_dict()["tax_rate"]
    assert repr(given) == repr(rate)


# Wrong types.


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("id", None, "order.id: expected string, got null"),
        ("id", 5, "order.id: expected string, got integer"),
        ("total", "3", "order.total: expected integer, got string"),
        ("total", 1.5, "order.total: expected integer, got number"),
        ("total", 10.0, "order.total: expected integer, got number"),
        ("total", True, "order.total: expected integer, got boolean"),
        ("total", None, "order.total: expected integer, got null"),
        ("tax_rate", "20", "order.tax_rate: expected number or null, got string"),
        ("tax_rate", True, "order.tax_rate: expected number or null, got boolean"),
        ("tax_rate", float("nan"), "order.tax_rate: expected JSON, got a number that JSON does not have"),
        ("no_notification", "false", "order.no_notification: expected boolean or null, got string"),
        ("no_notification", 0, "order.no_notification: expected boolean or null, got integer"),
        ("status", 1, "order.status: expected string, got integer"),
        ("status", None, "order.status: expected string, got null"),
        ("items", {}, "order.items: expected array, got object"),
        ("items", None, "order.items: expected array, got null"),
        ("items", [None], "order.items[0]: expected object, got null"),
        ("items", [{}, []], "order.items[1]: expected object, got array"),
        ("region", [], "order.region: expected object or null, got array"),
        ("metadata", "{}", "order.metadata: expected object or null, got string"),
        ("created_at", "yesterday", "order.created_at: expected timestamp with a time zone, got string"),
        ("created_at", "2024-01-01T00:00:00", "order.created_at: expected timestamp with a time zone, got string"),
        ("created_at", "2024-02-30T00:00:00Z", "order.created_at: expected timestamp with a time zone, got string"),
        ("created_at", "", "order.created_at: expected timestamp with a time zone, got string"),
        ("created_at", 1704067200, "order.created_at: expected timestamp with a time zone, got integer"),
    ],
)
def test_a_wrong_type_is_told_with_its_path(name: str, value: Any, said: str) -> None:
    with pytest.raises(MedusaDecodeError) as caught:
        Order.from_dict({"id": "order_1", name: value})
    assert str(caught.value) == said


def test_the_path_goes_all_the_way_down() -> None:
    body = recorded("multi_item")["order"]
    body["items"][2]["tax_lines"][0]["rate"] = "20"
    with pytest.raises(MedusaDecodeError) as caught:
        Order.from_dict(body)
    assert str(caught.value) == "order.items[2].tax_lines[0].rate: expected number, got string"
    with pytest.raises(MedusaDecodeError) as caught:
        LineItem.from_dict(body["items"][2])
    assert str(caught.value) == "line_item.tax_lines[0].rate: expected number, got string"


@pytest.mark.parametrize(
    ("data", "of_order", "of_result"),
    [
        (None, "order: expected object, got null", "the body: expected object, got null"),
        ([], "order: expected object, got array", "the body: expected object, got array"),
        ("x", "order: expected object, got string", "the body: expected object, got string"),
        (5, "order: expected object, got integer", "the body: expected object, got integer"),
        (1j, "order: expected JSON, got complex", "the data: expected JSON, got complex"),
        ({1: 2}, "order: expected string keys, got integer", "the data: expected string keys, got integer"),
        ({"a": {1: 2}}, "order.a: expected string keys, got integer", "a: expected string keys, got integer"),
        ({"a": [{"b": (1,)}]}, "order.a[0].b: expected JSON, got tuple", "a[0].b: expected JSON, got tuple"),
        ({"a.": {"b": {1}}}, "order.a..b: expected JSON, got set", "a..b: expected JSON, got set"),
        ({"X": b""}, "order.X: expected JSON, got bytes", "X: expected JSON, got bytes"),
    ],
)
def test_data_that_is_no_json_object(data: Any, of_order: str, of_result: str) -> None:
    for cls, said in ((Order, of_order), (StoreOrdersRes, of_result)):
        with pytest.raises(MedusaDecodeError) as caught:
            cls.from_dict(data)
        assert str(caught.value) == said


def test_data_nested_without_end() -> None:
    data: dict[str, Any] = {}
    data["metadata"] = data
    with pytest.raises(MedusaDecodeError, match=r"^the data is nested too deeply$"):
        Order.from_dict(data)


# Recorded bodies in which one value is replaced.


def places(value: Any, path: str) -> list[tuple[Any, Any, str]]:
    """Return every (container, key, path) in a JSON value."""
    inner: list[tuple[Any, Any, str]] = []
    if isinstance(value, dict):
        inner = [(value, key, f"{path}.{key}") for key in value]
    elif isinstance(value, list):
        inner = [(value, index, f"{path}[{index}]") for index in range(len(value))]
    return inner + [place for container, key, at in inner for place in places(container[key], at)]


JSON_VALUES = any_json("null", "3", "false", "", "2024-01-01T12:00:00.000Z", "2024-01-01T12:00:00+0200", 2**53 + 1)
SAMPLE = [(body.values[0], body.id) for body in BODIES if len(json.dumps(body.values[0])) < 30_000]


def exactly(value: Any) -> str:
    """Return a text that differs for 1, 1.0 and True, and for 0.0 and -0.0."""
    return json.dumps(value, sort_keys=True)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(SAMPLE), st.randoms(use_true_random=False), JSON_VALUES)
def test_nothing_is_ever_bent_or_lost(sample: tuple[Any, str], chance: random.Random, value: Any) -> None:
    """A changed body either raises an error with the path of the changed value, or is decoded and encoded unchanged."""
    body = json.loads(json.dumps(sample[0]))
    container, key, path = chance.choice(places(body, "order"))
    container[key] = value
    before = exactly(body)
    try:
        order = Order.from_dict(body)
    except MedusaDecodeError as error:
        told, _, _ = str(error).partition(": ")
        assert told.startswith(path)
    else:
        assert exactly(order.to_dict()) == before
    assert exactly(body) == before


def test_what_is_no_json_is_named() -> None:
    with pytest.raises(MedusaDecodeError, match=r"^order\.created_at: expected JSON, got datetime$"):
        Order.from_dict({"created_at": datetime.now(UTC)})


def test_a_field_is_taken_for_another() -> None:
    """`to_dict` is correct if one field was deleted and another was set, so that the number of fields is unchanged."""
    for _ in range(3):
        order = Order.from_dict({"id": "order_1", "total": 100})
        del order.total
        order.email = "ada"
        assert order.to_dict() == {"id": "order_1", "email": "ada"}


def test_two_timestamps_spelled_in_another_way() -> None:
    spelled = {"created_at": "2024-01-01T14:00:00+02:00", "updated_at": "2024-01-01 12:00:00Z", "canceled_at": None}
    order = Order.from_dict(spelled)
    assert order.created_at == order.updated_at == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert order.to_dict() == spelled


def test_timestamps_that_are_spelled_almost_as_the_backend_does() -> None:
    """A model keeps the received text even if it differs from the backend's spelling by one character."""
    longest = f"2024-01-01T12:00:00.{'0' * 38}+00:00"  # 64 characters. A longer text is refused.
    texts = ["2024-01-01 12:00:00.000Z", "2024-01-01t12:00:00.000Z", "2024-01-01T12:00:00,000Z"]
    for text in (*texts, "2024-01-01T12:00:00.0000Z", longest):
        for _ in range(3):
            order = Order.from_dict({"created_at": text})
            assert order.created_at == datetime(2024, 1, 1, 12, tzinfo=UTC)
            assert order.to_dict() == {"created_at": text}


def test_a_timestamp_with_the_hour_24_is_kept_or_refused() -> None:
    """Python 3.14 reads the hour 24 as the next midnight, which the client would write in another way."""
    body = {"created_at": "2024-01-01T24:00:00.000Z"}
    for _ in range(3):
        if sys.version_info >= (3, 14):
            assert Order.from_dict(body).to_dict() == body
        else:
            with pytest.raises(MedusaDecodeError, match=r"^order\.created_at: expected timestamp"):
                Order.from_dict(body)


# The first and the last timestamps of the calendar.

EXTREMES = [
    "0001-01-01T00:00:00+01:00",
    "0001-01-01T00:00:00.000+23:59",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59-01:00",
    "9999-12-31T23:59:59.999999-00:00:01",
    "9999-12-31T23:59:59.999Z",
]


@pytest.mark.parametrize("text", EXTREMES)
def test_timestamps_at_the_ends_of_the_calendar(medusa: Medusa, answer: Callable[..., None], text: str) -> None:
    body = {"id": "order_1", "created_at": text, "canceled_at": text, "items": [{"id": "item_1", "updated_at": text}]}
    answer({"order": body})
    for _ in range(3):
        order = medusa.orders.retrieve("order_1").order
        assert order.to_dict() == body
        assert order == Order.from_dict(body)
        assert order != Order.from_dict({**body, "created_at": "2024-01-01T00:00:00.000Z"})
        assert order.created_at == datetime.fromisoformat(text)
        assert repr(order) == "<Order id='order_1' items=1>"
        for twin in (copy.copy(order), copy.deepcopy(order), pickle.loads(pickle.dumps(order))):
            assert twin == order
            assert twin.to_dict() == body
        del order.canceled_at
        order.email = "ada"
        assert order.to_dict() == {**{name: body[name] for name in ("id", "created_at", "items")}, "email": "ada"}


@pytest.mark.parametrize(
    "moment",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(minutes=1))),
        datetime.max.replace(tzinfo=timezone(-timedelta(minutes=1))),
    ],
)
def test_a_timestamp_that_utc_does_not_have_can_not_be_written(medusa: Medusa, moment: datetime) -> None:
    said = r"^the datetime must be in the years 1 to 9999 in UTC$"
    for order in (Order(id="order_1"), Order.from_dict({"id": "order_1", "created_at": "0001-01-01T00:00:00+01:00"})):
        order.created_at = moment
        with pytest.raises(ValueError, match=said):
            order.to_dict()
    with pytest.raises(ValueError, match=r"^payload\.at: the datetime must be in the years 1 to 9999 in UTC$"):
        medusa.request("POST", "/store/carts", json={"at": moment})


# A whole body instead of the object in it.


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"order": {"id": "order_1"}}, 'Order; it looks like a whole response body: pass data["order"]'),
        ({"order": None, "took": 1}, 'Order; it looks like a whole response body: pass data["order"]'),
        ({"orders": [{"id": "order_1"}], "count": 1}, "Order"),
        ({"data": {"id": "order_1"}}, "Order"),
        ({"loyalty_points": 1}, "Order"),
    ],
)
def test_an_object_without_any_field_of_the_model_is_refused(data: dict[str, Any], said: str) -> None:
    for _ in range(3):
        with pytest.raises(MedusaDecodeError) as caught:
            Order.from_dict(data)
        assert str(caught.value) == f"the data has none of the fields of {said}"


def test_one_field_or_none_at_all_is_enough() -> None:
    assert Order.from_dict({}) == Order()
    assert Order.from_dict({"order": {"id": "order_1"}, "id": "order_2"}).extra == {"order": {"id": "order_1"}}
    assert Customer.from_dict({"orders": []}).orders == []
    assert LineItem.from_dict({"order": {"unknown": 1}}).to_dict() == {"order": {"unknown": 1}}
    assert StoreOrdersRes.from_dict({"order": {"unknown": 1}}).order.extra == {"unknown": 1}
    with pytest.raises(
        MedusaDecodeError, match=r'^the data has none of the fields of LineItem; .* pass data\["line_item"\]$'
    ):
        LineItem.from_dict({"line_item": {"id": "item_1"}})


def test_objects_of_many_keys_come_back_as_they_were() -> None:
    for count in (250, 254, 255, 256, 257, 300):
        body = {"id": "order_1", **{f"unknown_{number}": [number] for number in range(count)}}
        for _ in range(4):
            order = Order.from_dict(body)
            assert order.to_dict() == body
            order.extra["unknown_0"].append(1)
            assert order.to_dict() != body
        items = {"items": [body] * 3}
        assert Order.from_dict(items).to_dict() == items


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("raw_discount_total", 1.5, "1.5"),
        ("no_notification", True, 1),
        ("total", 1, 1.0),
        ("total", 1, True),
        ("email", "ada", 1),
        ("metadata", {}, []),
        ("status", "new", 1),
        ("created_at", "2024-01-01T00:00:00.000Z", 1),
        ("items", [], {}),
        ("customer", {}, []),
    ],
)
def test_what_was_right_before_is_checked_again(name: str, good: Any, bad: Any) -> None:
    """A function that has read valid objects still checks the next object with the same keys."""
    for _ in range(4):
        assert Order.from_dict({name: good}).to_dict() == {name: good}
        with pytest.raises(MedusaDecodeError, match=rf"^order\.{name}: expected "):
            Order.from_dict({name: bad})
