"""Missing, null and empty fields of models are different. These tests also prove what all models have in common."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import attrs
import pytest

import medusa as package
from medusa import (
    Address,
    LineItem,
    Medusa,
    MedusaError,
    Model,
    NoContent,
    NotLoadedError,
    Order,
    OrderStatus,
    Region,
    Result,
    StoreGetOrdersParams,
    StoreOrdersRes,
    is_loaded,
)

from .conftest import fields_of, not_loaded, recorded

MODELS = [
    value
    for name in package.__all__
    if isinstance(value := getattr(package, name), type) and issubclass(value, Model) and value is not Model
]


def whole() -> dict[str, Any]:
    order: dict[str, Any] = recorded("plain")["order"]
    return order


def test_absent_null_and_empty() -> None:
    order = Order.from_dict({"id": "order_1", "region": None, "items": []})
    assert order.region is None
    assert order.items == []
    for name in ("claims", "payments", "email"):
        with pytest.raises(NotLoadedError, match=not_loaded(f"Order.{name}")) as caught:
            getattr(order, name)
        assert (caught.value.model, caught.value.field) == ("Order", name)
    with pytest.raises(NotLoadedError, match=not_loaded("LineItem.variant")):
        print(LineItem(id="item_1").variant)


def test_not_loaded_is_no_attribute_error() -> None:
    order = Order.from_dict({"id": "order_1"})
    assert not issubclass(NotLoadedError, AttributeError)
    assert issubclass(NotLoadedError, MedusaError)
    with pytest.raises(NotLoadedError):
        getattr(order, "claims", [])
    with pytest.raises(NotLoadedError):
        hasattr(order, "claims")
    assert getattr(order, "nonsense", "none") == "none"
    with pytest.raises(AttributeError, match="'Order' object has no attribute 'nonsense'"):
        order.nonsense  # type: ignore[attr-defined]  # noqa: B018  # a misspelt name is the point


def test_is_loaded() -> None:
    order = Order.from_dict({"id": "order_1", "region": None, "items": []})
    assert is_loaded(order, "id")
    assert is_loaded(order, "region")
    assert is_loaded(order, "items")
    assert not is_loaded(order, "claims")
    for name in ("nonsense", "extra", "_extra", "to_dict", ""):
        with pytest.raises(ValueError, match="Order has no field"):
            is_loaded(order, name)


def test_dir_lists_what_is_loaded() -> None:
    names = dir(Order.from_dict({"id": "order_1", "items": []}))
    assert {"id", "items", "extra", "to_dict"} <= set(names)
    assert not {"claims", "email", "region"} & set(names)


def test_a_field_can_be_set_and_taken_away() -> None:
    order = Order(id="order_1")
    order.email = "ada@example.com"
    assert is_loaded(order, "email")
    del order.email
    assert not is_loaded(order, "email")
    with pytest.raises(NotLoadedError):
        order.email  # noqa: B018
    with pytest.raises(AttributeError):
        order.emial = "x"  # type: ignore[attr-defined]  # a misspelt name is the point


def test_equality_is_by_value() -> None:
    body = whole()
    assert Order.from_dict(body) == Order.from_dict(body)
    assert Order.from_dict(body) != Order.from_dict({**body, "total": body["total"] + 1})
    assert Order.from_dict(body) != Order.from_dict({**body, "new_column": 1})
    assert Order(id="x") != Order(id="x", region=None)
    assert Order(id="x") != Region(id="x")
    assert Order(id="x") != {"id": "x"}
    untouched, read = Order(id="x"), Order(id="x")
    assert read.extra == {}
    assert untouched == read
    utc = Order.from_dict({"created_at": "2024-01-01T12:00:00.000Z"})
    assert utc == Order.from_dict({"created_at": "2024-01-01T14:00:00+02:00"})
    with pytest.raises(TypeError, match="unhashable"):
        hash(untouched)


def test_repr_identifies_in_one_line_and_tells_nobodys_name() -> None:
    body = recorded("multi_item")["order"]
    text = repr(Order.from_dict(body))
    identity = f"id='{body['id']}' display_id={body['display_id']} status='pending' total={body['total']}"
    assert text.startswith(f"<Order {identity} ")
    assert f"items={len(body['items'])}" in text
    assert "\n" not in text
    person = {"id": "x_1", "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "phone": "555"}
    address = {"address_1": "Main St", "city": "Turin", "postal_code": "10100", "company": "Lovelace Ltd"}
    for cls in MODELS:
        if not cls._required:
            stranger = cls()
            stranger.extra.update({**person, **address})
            known: dict[str, Any] = {
                key: value for key, value in {**person, **address}.items() if key in fields_of(cls)
            }
            if cls is package.Country:
                known = {"id": 1}
            for partly in (cls.from_dict(known), stranger):
                for secret in {*person.values(), *address.values()} - {"x_1"}:
                    assert secret not in repr(partly)
    assert repr(package.StoreBearerAuthRes(access_token="a.b.c")) == "<StoreBearerAuthRes>"


@pytest.mark.parametrize("cls", MODELS)
def test_every_model_survives_pickle_and_copy(cls: type[Model]) -> None:
    values: dict[str, Any] = dict.fromkeys(cls._required, "x")
    full: dict[str, Any] = {name: ["x"] for name in fields_of(cls)}
    for fields in (values, full):
        model = cls(**fields)
        if fields_of(cls) or issubclass(cls, Result):
            model.extra["new_column"] = {"deep": [1]}
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(model, protocol)) == model
        deep = copy.deepcopy(model)
        assert deep == model
        assert copy.copy(model) == model
        deep.extra["new_column"]["deep"].append(2)
        assert deep != model


def test_a_copy_keeps_how_timestamps_were_spelled() -> None:
    body = {"created_at": "2024-01-01T14:00:00+02:00"}
    order = Order.from_dict(body)
    for twin in (order, copy.copy(order), copy.deepcopy(order), pickle.loads(pickle.dumps(order))):
        assert twin.to_dict() == body
    order.created_at = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert order.to_dict() == body
    order.created_at = datetime(2024, 1, 1, 13, tzinfo=UTC)
    assert order.to_dict() == {"created_at": "2024-01-01T13:00:00.000Z"}
    order.created_at = datetime(2024, 1, 1)
    with pytest.raises(ValueError, match=r"^the datetime must be timezone-aware, such as datetime\.now\(UTC\)$"):
        order.to_dict()


def test_a_copy_shares_nothing_that_can_change() -> None:
    order = Order.from_dict({**whole(), "new_column": {"a": [1]}})
    deep = copy.deepcopy(order)
    deep.items[0].title = "other"
    deep.extra["new_column"]["a"].append(2)
    assert order.items[0].title != "other"
    assert order.extra == {"new_column": {"a": [1]}}


def test_from_dict_and_to_dict_share_nothing_with_the_model() -> None:
    body = {**whole(), "new_column": {"a": [1]}, "metadata": {"k": ["v"]}}
    order = Order.from_dict(body)
    body["metadata"]["k"].append("w")
    body["new_column"]["a"].append(2)
    given = order.to_dict()
    assert given["metadata"] == {"k": ["v"]}
    given["new_column"]["a"].append(3)
    given["items"].clear()
    assert order.extra == {"new_column": {"a": [1]}}
    assert order.items


def test_built_by_keywords() -> None:
    order = Order(id="order_1", status=OrderStatus.PENDING, items=[LineItem(id="item_1", quantity=2)])
    order.created_at = datetime(2024, 1, 1, 12, tzinfo=UTC)
    order.shipping_address = Address(city="Turin")
    assert order.to_dict() == {
        "id": "order_1",
        "status": "pending",
        "items": [{"id": "item_1", "quantity": 2}],
        "created_at": "2024-01-01T12:00:00.000Z",
        "shipping_address": {"city": "Turin"},
    }
    assert Order.from_dict(order.to_dict()) == order
    with pytest.raises(TypeError, match=r"^Order has no field 'nonsense'$"):
        Order(nonsense=1)  # type: ignore[call-arg]  # a misspelt name is the point
    with pytest.raises(TypeError, match=r"^StoreOrdersRes requires order$"):
        StoreOrdersRes()  # type: ignore[call-arg]  # a missing field is the point


def test_models_are_attrs_classes() -> None:
    assert [cls for cls in MODELS if not attrs.has(cls)] == [NoContent, Result]
    assert [field.name for field in attrs.fields(StoreOrdersRes)] == ["order"]
    assert "claims" in attrs.fields_dict(Order)


def test_a_result_survives_without_the_requests_secrets(medusa: Medusa, answer: Any) -> None:
    answer(recorded("plain"), headers={"Set-Cookie": "connect.sid=s3cret; Path=/"})
    private = medusa.with_options(token="jwt.s3cret", publishable_api_key="pk.s3cret")
    payload = StoreGetOrdersParams(display_id=1, email="lookup-s3cret@example.com")
    result = private.orders.lookup_order(payload, {"X-Key": "s3cret"})
    pickled = pickle.dumps(result)
    assert b"s3cret" not in pickled
    twin = pickle.loads(pickled)
    assert twin == result
    assert twin.response.json() == result.response.json()
    assert (twin.response.status_code, twin.response.request.method) == (200, "GET")
    assert twin.response.headers["Content-Type"] == result.response.headers["Content-Type"]
    assert copy.copy(result).response is result.response
    assert copy.deepcopy(result).response is result.response
    assert copy.deepcopy(result).order is not result.order
    assert repr(result) == f"<StoreOrdersRes order={result.order!r}>"


def test_to_dict_after_changes_of_a_decoded_order() -> None:
    """`to_dict` returns the current fields of an order, even if a function for its original keys decoded the order."""

    def unload(order: Order) -> None:
        del order.total

    def unload_one_and_load_another(order: Order) -> None:
        del order.total
        order.claims = []

    def load(order: Order) -> None:
        order.claims = []

    def add_unknown_key(order: Order) -> None:
        order.extra["gift"] = [{"wrap": True}]

    def read_extra(order: Order) -> None:
        assert order.extra == {}

    def move(order: Order) -> None:
        order.created_at = order.created_at.astimezone(ZoneInfo("Asia/Tokyo"))

    def replace_items(order: Order) -> None:
        order.items = [order.items[0], LineItem(id="item_2"), cast(Any, {"id": "item_3"})]

    item = whole()["items"][0]
    changes: list[tuple[Callable[[Order], None], dict[str, Any], set[str]]] = [
        (lambda _: None, {}, set()),
        (read_extra, {}, set()),
        (unload, {}, {"total"}),
        (load, {"claims": []}, set()),
        (unload_one_and_load_another, {"claims": []}, {"total"}),
        (add_unknown_key, {"gift": [{"wrap": True}]}, set()),
        (move, {}, set()),
        (replace_items, {"items": [item, {"id": "item_2"}, {"id": "item_3"}]}, set()),
    ]
    for change, added, gone in changes:
        for _ in range(3):
            order = Order.from_dict(whole())
            change(order)
            expected = {key: value for key, value in {**whole(), **added}.items() if key not in gone}
            assert order.to_dict() == expected
            assert copy.deepcopy(order).to_dict() == expected
            assert pickle.loads(pickle.dumps(order)).to_dict() == expected


def test_to_dict_with_unknown_keys_shares_nothing() -> None:
    body = {**whole(), "loyalty": {"points": [1]}}
    for _ in range(3):
        order = Order.from_dict(body)
        written = order.to_dict()
        assert written == body
        written["loyalty"]["points"].append(2)
        written["items"][0]["metadata"] = {"changed": True}
        written["discounts"].append({})
        assert order.to_dict() == body


def test_to_dict_has_one_order_of_keys() -> None:
    shuffled = dict(sorted(whole().items(), key=lambda pair: pair[0][::-1]))
    written = [list(Order.from_dict(body).to_dict()) for body in (whole(), shuffled) for _ in range(3)]
    assert written == [written[0]] * 6


def test_the_hour_that_a_clock_repeats() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))
    assert Order(created_at=first).to_dict() == {"created_at": "2026-10-25T00:30:00.000Z"}
    assert Order(created_at=second).to_dict() == {"created_at": "2026-10-25T01:30:00.000Z"}
