"""What an entity of a user may declare, and which declarations raise an error."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import attrs
import pytest

from medusa import LineItem, Medusa, MedusaDecodeError, NotLoadedError, Order, StoreOrdersRes, entity, field

from .conftest import not_loaded
from .extended import MyCustomer, MyOrderOfMyItems, MyStoreOrdersRes, Tier, new_module, whole


class Forgotten(Order):
    loyalty_points: int = field()


class ForgottenToo(Order):
    loyalty_points: int


@attrs.define
class OfAttrs(Order):
    pass


class Overridden(Order):
    @property
    def total(self) -> int:  # type: ignore[override]
        return 1


@entity
class OnAForgotten(ForgottenToo):
    pass


def declared(annotation: Any) -> type[Order]:
    return entity(type("Declared", (Order,), {"__annotations__": {"x": annotation}, "x": field()}))


@pytest.mark.parametrize(
    ("cls", "said"),
    [
        (Forgotten, "Forgotten declares loyalty_points: it must be a medusa.entity"),
        (ForgottenToo, "ForgottenToo declares loyalty_points: it must be a medusa.entity"),
        (OnAForgotten, "ForgottenToo declares loyalty_points: it must be a medusa.entity"),
        (OfAttrs, "OfAttrs declares fields: it must be a medusa.entity"),
        (Overridden, "Overridden.total is a field and can't be something else in a subclass"),
        (declared("Nowhere"), "Declared.x: name 'Nowhere' is not defined, in its module at run time"),
        (declared("Literal['a']"), "Declared.x: name 'Literal' is not defined, in its module at run time"),
    ],
)
def test_a_class_that_is_not_declared_right(cls: type[Order], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        Medusa(models={Order: cls})
    with pytest.raises(TypeError, match=said):
        cls.from_dict({"loyalty_points": 1})


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (bytes, "Declared.x: unsupported annotation: <class 'bytes'>"),
        (int | str, r"Declared.x: unsupported annotation: int \| str"),
        (Order | LineItem, "unsupported annotation: "),
        (Tier, "unsupported annotation: <enum 'Tier'>"),
        (Tier | None, "unsupported annotation: "),
        (list[datetime], r"unsupported annotation: list\[datetime"),
        (list, "unsupported annotation: <class 'list'>"),
        (dict[int, str], r"unsupported annotation: dict\[int, str\]"),
        (tuple[int, int], "unsupported annotation: "),
        (type("Moment", (datetime,), {}), "unsupported annotation: <class 'tests.test_declarations.Moment'>"),
        (date, "unsupported annotation: <class 'datetime.date'>"),
        ("list[", r"^Declared\.x: unsupported annotation: 'list\['"),
    ],
)
def test_an_unsupported_annotation_is_refused_when_the_class_is_declared(annotation: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        declared(annotation)


def test_an_unsupported_class_that_is_defined_after_the_annotation(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "import medusa\n@medusa.entity\nclass Box(medusa.Model):\n    size: 'Size'\nclass Size: pass\n"
    module = new_module(monkeypatch, source)
    with pytest.raises(TypeError, match=r"^Box\.size: unsupported annotation: <class 'shop_entities\.Size'>; register"):
        module.Box.from_dict({"size": 1})


def test_a_field_that_can_not_be_declared() -> None:
    def attempt(name: str, **members: Any) -> None:
        entity(type("Attempt", (StoreOrdersRes,), {"__annotations__": {name: int}, **members}))

    with pytest.raises(TypeError, match=r"Attempt\.points: a field can't have a default: write `= field\(\)` instead$"):
        attempt("points", points=0)
    for name in ("extra", "to_dict", "response", "_field_names", "__eq__"):
        with pytest.raises(TypeError, match=rf"Attempt\.{name}: the class already uses this name: choose another one$"):
            attempt(name)
    with pytest.raises(attrs.exceptions.UnannotatedAttributeError):
        entity(type("Attempt", (Order,), {"points": field()}))
    with pytest.raises(TypeError, match="Tier must be a subclass of"):
        entity(Tier)  # type: ignore[type-var]


def test_a_field_declared_again_is_as_required_as_before() -> None:
    with pytest.raises(NotLoadedError, match=not_loaded("MyOrderOfMyItems.items")):
        print(MyOrderOfMyItems(id="order_1").items)
    with pytest.raises(TypeError, match=r"^MyStoreOrdersRes requires order$"):
        MyStoreOrdersRes()  # type: ignore[call-arg]
    with pytest.raises(MedusaDecodeError, match=r"^customer\.vat_number: missing$"):
        MyCustomer.from_dict({"id": "cus_1"})


def test_a_class_of_the_same_name_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "from __future__ import annotations\nimport medusa\n"
        "@medusa.entity\nclass LineItem(medusa.LineItem):\n    engraving: str = medusa.field()\n"
        "@medusa.entity\nclass Order(medusa.Order):\n    items: list[LineItem] = medusa.field()\n"
    )
    module = new_module(monkeypatch, source)
    order = module.Order.from_dict(whole())
    assert type(order.items[0]) is module.LineItem
    assert order.items[0].engraving == "Ada"


def test_a_class_that_is_defined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that is defined again, as in a notebook's cell, uses the new classes that its annotations name."""
    module = new_module(monkeypatch)
    for _ in range(2):
        source = (
            "from __future__ import annotations\nimport medusa\n"
            "@medusa.entity\nclass Gift(medusa.LineItem):\n    engraving: str = medusa.field()\n"
            "@medusa.entity\nclass MyOrder(medusa.Order):\n    gift: Gift = medusa.field()\n"
        )
        exec(source, module.__dict__)
        assert type(module.MyOrder.from_dict({"gift": {"engraving": "Ada"}}).gift) is module.Gift


def test_a_class_of_no_module() -> None:
    source = "@entity\nclass MyOrder(Order):\n    points: int = field()\n    parent: Order = field()\n"
    namespace: dict[str, Any] = {"__name__": "nowhere", "Order": Order, "entity": entity, "field": field}
    exec(source, namespace)
    assert namespace["MyOrder"].from_dict({"points": 1, "parent": {}}).points == 1


def test_an_enum_that_holds_no_strings_never_fits() -> None:
    """A string never becomes a member of an enum that has no string as a value."""
    numbers = Enum("numbers", {"ONE": 1})
    assert declared(numbers | str).from_dict({"x": "1"}).to_dict() == {"x": "1"}


@entity
class Route(LineItem):
    from_: str
    class_: str | None = field()
    return_: datetime = field()
    note_: str = field()


def test_a_key_that_is_a_python_keyword() -> None:
    data = {
        "id": "item_1",
        "from": "Berlin",
        "class": None,
        "return": "2026-11-28T09:00:00+01:00",
        "note_": "n",
        "x": 1,
    }
    for _ in range(3):  # The first object is read key by key. A function for these keys reads the other objects.
        route = Route.from_dict(data)
        assert (route.from_, route.class_, route.note_, route.extra) == ("Berlin", None, "n", {"x": 1})
        assert route.return_.hour == 9
        assert route.to_dict() == data
    route.return_ = datetime(2026, 1, 1, tzinfo=UTC)
    assert route.to_dict() == {**data, "return": "2026-01-01T00:00:00.000Z"}
    refused: list[tuple[dict[str, Any], str]] = [
        ({}, "line_item.from: missing"),
        ({"id": "item_1"}, "line_item.from: missing"),
        ({"from": 1}, "line_item.from: expected string, got integer"),
    ]
    for wrong, said in refused:
        with pytest.raises(MedusaDecodeError, match=rf"^{re.escape(said)}$"):
            Route.from_dict(wrong)
    assert Route.from_dict({"from": "Berlin"}).to_dict() == {"from": "Berlin"}
