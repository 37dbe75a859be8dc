"""Subclasses of entities: their fields, properties and errors."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest

from medusa import LineItem, Medusa, MedusaDecodeError, NotLoadedError, Order, entity, field, is_loaded

from .conftest import not_loaded
from .extended import EXTENDED, MyLineItem, MyOrder, MyOrderOfMyItems, PlainOrder, Tier, classes_inside, whole


def test_without_a_client_nested_classes_are_those_of_the_annotations() -> None:
    order = MyOrder.from_dict(whole(parent=whole()))
    assert classes_inside(order, LineItem) == {LineItem}
    assert type(order.parent) is Order
    assert order.items[0].extra == {"engraving": "Ada"}
    assert classes_inside(MyOrderOfMyItems.from_dict(whole()), LineItem) == {MyLineItem}


OWN: dict[str, Any] = {
    "loyalty_points": 7,
    "weights": [1, 2.5],
    "tiers": ["gold", "tin"],
    "tier": "gold",
    "delivered_at": "2024-01-01T14:00:00+02:00",
    "boxes": [[1, 2], []],
    "free": [{"a": [None, 1.5]}, "x"],
    "notes": ["x", None],
    "gifts": [None, {"id": "item_9", "engraving": None}],
}


def test_every_kind_of_field() -> None:
    body = whole(**OWN, unknown=[1])
    for _ in range(3):
        order = MyOrder.from_dict(body)
        assert order.to_dict() == body
        assert (order.tier, type(order.tier)) == (Tier.GOLD, Tier)
        assert [type(tier) for tier in order.tiers] == [Tier, str]
        assert type(order.gifts[1]) is MyLineItem
        assert order.delivered_at == datetime.fromisoformat("2024-01-01T12:00:00+00:00")
        assert order.extra == {"unknown": [1]}
        written = order.to_dict()
        written["free"][0]["a"].append(1)
        written["boxes"][0].append(1)
        assert order.to_dict() == body


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("loyalty_points", "7", "order.loyalty_points: expected integer, got string"),
        ("loyalty_points", None, "order.loyalty_points: expected integer, got null"),
        ("weights", [1, "2"], "order.weights[1]: expected number, got string"),
        ("weights", [True], "order.weights[0]: expected number, got boolean"),
        ("tiers", ["gold", 1], "order.tiers[1]: expected string, got integer"),
        ("tier", None, "order.tier: expected string, got null"),
        ("delivered_at", "soon", "order.delivered_at: expected timestamp with a time zone or null, got string"),
        ("boxes", [[1], [1.5]], "order.boxes[1][0]: expected integer, got number"),
        ("boxes", [1], "order.boxes[0]: expected array, got integer"),
        ("notes", [1], "order.notes[0]: expected string or null, got integer"),
        ("gifts", ["x"], "order.gifts[0]: expected object or null, got string"),
        ("gifts", [{"engraving": 1}], "order.gifts[0].engraving: expected string or null, got integer"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(
    medusa: Medusa, answer: Callable[..., None], name: str, value: Any, said: str
) -> None:
    extended = medusa.with_options(models=EXTENDED)
    for _ in range(3):
        with pytest.raises(MedusaDecodeError) as caught:
            MyOrder.from_dict(whole(**{**OWN, name: value}))
        assert str(caught.value) == said
        answer({"order": whole(**{**OWN, name: value})})
        with pytest.raises(MedusaDecodeError) as caught:
            extended.orders.retrieve("order_1")
        assert said in str(caught.value)


@pytest.mark.parametrize("cls", [MyOrder, PlainOrder, MyOrderOfMyItems])
def test_a_subclass_does_what_every_model_does(cls: Any) -> None:
    body = whole(unknown={"a": [1]})
    for _ in range(3):
        order = cls.from_dict(body)
        twins = [copy.copy(order), copy.deepcopy(order)]
        twins += [pickle.loads(pickle.dumps(order, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
        for twin in twins:
            assert type(twin) is cls
            assert twin == order
            assert twin.to_dict() == body
        assert repr(order).startswith(f"<{cls.__name__} id='{body['id']}'")
        assert order != Order.from_dict(body)
        assert order != cls.from_dict({**body, "unknown": 1})
        with pytest.raises(NotLoadedError, match=rf"^{cls.__name__}\.claims is not loaded"):
            print(order.claims)
        assert is_loaded(order, "items")
        assert not is_loaded(order, "claims")
        assert {"items", "to_dict"} <= set(dir(order))
        assert "claims" not in dir(order)
        assert cls(id="order_1").to_dict() == {"id": "order_1"}
        with pytest.raises(TypeError, match="has no field 'nonsense'"):
            cls(nonsense=1)


@pytest.mark.parametrize("cls", [MyOrder, PlainOrder])
def test_properties_are_no_part_of_the_value(cls: Any) -> None:
    body = whole()
    for _ in range(3):
        order, other = cls.from_dict(body), cls.from_dict(body)
        assert order.is_big
        assert cls is PlainOrder or order.total_in_words() == "4900 eur"
        assert order.shout == body["email"].upper()
        assert order.shout is order.shout
        assert order == other
        assert order.to_dict() == body
        assert pickle.loads(pickle.dumps(order)).to_dict() == body
        assert body["email"] not in repr(order)
    unloaded = cls(id="order_1")
    for name in ("is_big", "shout"):
        with pytest.raises(NotLoadedError):
            getattr(unloaded, name)


def test_own_fields_that_are_not_loaded() -> None:
    order = MyOrder.from_dict(whole())
    with pytest.raises(NotLoadedError, match=not_loaded("MyOrder.loyalty_points")):
        print(order.loyalty_points)
    assert not is_loaded(order, "loyalty_points")
    with pytest.raises(ValueError, match="Order has no field 'loyalty_points'"):
        is_loaded(Order(), "loyalty_points")
    assert MyOrder(id="order_1", loyalty_points=1).to_dict() == {"id": "order_1", "loyalty_points": 1}


@entity
class Nullable(Order):
    rank: Tier | str | None = field()
    labels: list[str] | None = field()
    score: int = field()


def test_fields_that_may_be_null() -> None:
    for _ in range(3):
        assert Nullable.from_dict({"rank": None, "labels": None}).rank is None
        assert Nullable.from_dict({"rank": "gold", "labels": ["x"]}).rank is Tier.GOLD
    with pytest.raises(MedusaDecodeError, match=r"^order\.rank: expected string or null, got integer$"):
        Nullable.from_dict({"rank": 1})
    with pytest.raises(MedusaDecodeError, match=r"^order\.labels\[1\]: expected string, got null$"):
        Nullable.from_dict({"rank": None, "labels": ["x", None]})
    with pytest.raises(MedusaDecodeError, match=r"^order\.metadata: expected object or null, got integer$"):
        Nullable.from_dict({"labels": None, "metadata": 1, "items": []})
    with pytest.raises(MedusaDecodeError, match=r"^order\.score: expected integer, got null$"):
        Nullable.from_dict({"labels": None, "score": None})


class Size(StrEnum):
    SMALL = "s"


@entity
class Shirt(LineItem):
    tiers: list[Tier | str] = field()
    sizes: list[Size | str] = field()
    gifts: list[MyLineItem | None] = field()
    parts: list[Order | None] = field()


def test_several_lists_of_the_same_kind() -> None:
    body = {"tiers": ["gold", "s"], "sizes": ["gold", "s"], "gifts": [{"id": "item_1"}], "parts": [{"id": "order_1"}]}
    for _ in range(3):
        shirt = Shirt.from_dict(body)
        assert [type(tier) for tier in shirt.tiers] == [Tier, str]
        assert [type(size) for size in shirt.sizes] == [str, Size]
        assert type(shirt.gifts[0]) is MyLineItem
        assert type(shirt.parts[0]) is Order
        assert shirt.to_dict() == body


def test_all_that_is_declared_wrong_is_named() -> None:
    class Careless(Order):
        one: int
        two: int

    with pytest.raises(TypeError, match=r"^Careless declares one, two: it must be a medusa\.entity$"):
        Medusa(models={Order: Careless})
