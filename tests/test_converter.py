"""Hooks that a user registers on `medusa.converter`, in the ways that the documentation of cattrs shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NewType

import attrs
import pytest
from cattrs.strategies import configure_tagged_union

import medusa as package
from medusa import JSONObject, LineItem, Medusa, MedusaDecodeError, Model, Order, entity, field

Cents = NewType("Cents", int)


@attrs.frozen
class Weight:
    grams: int


def read_weight(value: Any, _: Any) -> Weight:
    number, unit = value.split()
    if unit != "g":
        raise MedusaDecodeError("expected grams")
    return Weight(int(number))


package.converter.register_structure_hook(Weight, read_weight)
package.converter.register_unstructure_hook(Weight, lambda weight: f"{weight.grams} g")
package.converter.register_structure_hook(Cents, lambda value, _: int(value["cents"]))
package.converter.register_unstructure_hook(Cents, lambda cents: {"cents": str(cents)})


@entity
class Label(Model):
    text: str = field()
    sheet: Sheet | None = field()


@entity
class SmallLabel(Label):
    pass


# The annotations of Label contain a name that is declared below.
package.converter.register_unstructure_hook(Label, lambda label: label.text)


@entity
class Sheet(Model):
    label: Label = field()
    labels: list[Label] = field()
    small: SmallLabel | None = field()


@entity
class Parcel(Model):
    weight: Weight
    weights: list[Weight | None] = field()
    by_name: dict[str, Weight] = field()
    price: Cents = field()
    id: str = field()


@entity
class Depot(Model):
    id: str


@entity
class HeavyOrder(Order):
    weight: Weight = field()
    depot: Depot = field()
    price: Cents | None = field()


@entity
class HeavyItem(LineItem):
    weight: Weight = field()


BODY = {
    "id": "parcel_1",
    "weight": "12 g",
    "weights": ["1 g", None],
    "by_name": {"x": "3 g"},
    "price": {"cents": "7"},
    "new": [1],
}


def test_values_of_ones_own_types() -> None:
    for _ in range(3):
        parcel = Parcel.from_dict(BODY)
        assert parcel.weight == Weight(12)
        assert parcel.weights == [Weight(1), None]
        assert parcel.by_name == {"x": Weight(3)}
        assert parcel.price == 7
        assert parcel.to_dict() == BODY
        parcel.weight = Weight(13)
        assert parcel.to_dict() == {**BODY, "weight": "13 g"}
    assert Parcel(weight=Weight(1), price=Cents(2)).to_dict() == {"weight": "1 g", "price": {"cents": "2"}}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("weight", "12 kg", "parcel.weight: expected grams"),
        ("weight", "x g", "parcel.weight: the structure hook of Weight raised ValueError"),
        ("weights", ["1 g", "1"], "parcel.weights[1]: the structure hook of Weight raised ValueError"),
        ("by_name", {"x": "3"}, "parcel.by_name.x: the structure hook of Weight raised ValueError"),
        ("price", {}, "parcel.price: the structure hook of Cents raised KeyError"),
        ("price", {"cents": {1}}, "parcel.price.cents: expected JSON, got set"),
    ],
)
def test_what_a_hook_refuses_is_told_with_its_path(name: str, value: Any, said: str) -> None:
    for _ in range(3):
        with pytest.raises(MedusaDecodeError) as caught:
            Parcel.from_dict({**BODY, name: value})
        assert str(caught.value) == said


def test_an_error_that_is_not_about_the_value_is_the_users() -> None:
    """An error that shows a bug in a hook, such as AttributeError, is raised unchanged."""

    def broken(value: Any, _: Any) -> Any:
        raise AttributeError("a bug")

    package.converter.register_structure_hook(Fraction, broken)
    holder: type[Model] = entity(type("Holder", (Model,), {"__annotations__": {"x": Fraction}}))
    for _ in range(3):
        with pytest.raises(AttributeError, match=r"^a bug$"):
            holder.from_dict({"x": 1})


def test_hooks_count_for_a_clients_own_classes(medusa: Medusa, answer: Callable[..., None]) -> None:
    body = {"order": {"id": "order_1", "weight": "5 g", "price": None, "items": [{"id": "item_1", "weight": "6 g"}]}}
    answer(body)
    mine = medusa.with_options(models={Order: HeavyOrder, LineItem: HeavyItem})
    for _ in range(3):
        result = mine.orders.retrieve("order_1")
        order = result.order
        assert isinstance(order, HeavyOrder)
        assert order.weight == Weight(5)
        assert isinstance(order.items[0], HeavyItem)
        assert order.items[0].weight == Weight(6)
        assert result.to_dict() == body


def test_a_hook_that_is_registered_later_counts_too(medusa: Medusa, answer: Callable[..., None]) -> None:
    order = {"id": "order_1", "depot": {"id": "d1"}}
    answer({"order": order})
    mine = medusa.with_options(models={Order: HeavyOrder})

    def ids() -> list[str]:
        made: list[Any] = [
            mine.orders.retrieve("x").order,
            HeavyOrder.from_dict(order),
            HeavyOrder.from_json(json.dumps(order)),
        ]
        return [heavy.depot.id for heavy in made]

    for _ in range(3):
        assert ids() == ["d1"] * 3
    plain = package.converter.get_structure_hook(Depot)

    def upper(value: Any, annotation: Any) -> Any:
        depot = plain(value, annotation)
        depot.id = depot.id.upper()
        return depot

    package.converter.register_structure_hook(Depot, upper)
    for _ in range(3):
        assert ids() == ["D1"] * 3


def test_a_hook_of_an_entity_covers_its_subclasses() -> None:
    @entity
    class Box(Model):
        id: str

    @entity
    class SmallBox(Box):
        pass

    @entity
    class Shelf(Model):
        boxes: list[Box | None]
        small: SmallBox

    package.converter.register_structure_hook(Box, lambda value, annotation: annotation(id=f"{value['id']}!"))
    for _ in range(3):
        shelf = Shelf.from_dict({"boxes": [{"id": "1"}, None], "small": {"id": "2"}})
        assert [box and box.id for box in shelf.boxes] == ["1!", None]
        assert type(shelf.small) is SmallBox
        assert shelf.small.id == "2!"
        assert shelf.to_dict() == {"boxes": [{"id": "1!"}, None], "small": {"id": "2!"}}


def test_an_unstructure_hook_of_an_entity_covers_entities_in_entities_and_subclasses() -> None:
    for _ in range(3):
        sheet = Sheet.from_dict({"label": {"text": "a"}, "labels": [{"text": "b"}], "small": {"text": "c"}})
        assert sheet.to_dict() == {"label": "a", "labels": ["b"], "small": "c"}
        assert package.converter.unstructure(sheet.labels) == ["b"]


def test_a_hook_of_a_union() -> None:
    @entity
    class Cat(Model):
        name: str = field()

    @entity
    class Dog(Model):
        name: str = field()

    def read_pet(value: Any, _: Any) -> Cat | Dog:
        cls: type[Cat | Dog] = Cat if value["type"] == "cat" else Dog
        return package.converter.structure(value["pet"], cls)

    package.converter.register_structure_hook(Cat | Dog, read_pet)
    package.converter.register_unstructure_hook(
        Cat | Dog, lambda pet: {"type": type(pet).__name__.lower(), "pet": pet.to_dict()}
    )

    @entity
    class Owner(Model):
        pets: list[Cat | Dog] = field()
        pet: Cat | Dog | None = field()

    body = {"pets": [{"type": "dog", "pet": {"name": "Rex"}}], "pet": {"type": "cat", "pet": {"name": "Tom", "x": 1}}}
    for _ in range(3):
        owner = Owner.from_dict(body)
        assert type(owner.pets[0]) is Dog
        assert type(owner.pet) is Cat
        assert owner.to_dict() == body
    with pytest.raises(MedusaDecodeError, match=r"^owner\.pets\[0\]\.name: expected string, got integer$"):
        Owner.from_dict({"pets": [{"type": "dog", "pet": {"name": 1}}]})


def test_a_strategy_of_cattrs() -> None:
    @entity
    class Card(Model):
        brand: str = field()

    @entity
    class Transfer(Model):
        bank: str = field()

    configure_tagged_union(Card | Transfer, package.converter, tag_name="type")

    @entity
    class Paid(Model):
        by: list[Card | Transfer] = field()

    body = {"by": [{"type": "Card", "brand": "x"}, {"type": "Transfer", "bank": "y"}]}
    for _ in range(3):
        paid = Paid.from_dict(body)
        assert [type(way).__name__ for way in paid.by] == ["Card", "Transfer"]
        assert paid.to_dict() == body
    name = r"(\S+\.Card \| \S+\.Transfer|Union)"  # Since Python 3.14, a union has the attribute `__name__`.
    with pytest.raises(MedusaDecodeError, match=rf"^paid\.by\[0\]: the structure hook of {name} raised KeyError$"):
        Paid.from_dict({"by": [{"type": "Cash"}]})


def test_the_converter_decodes_too() -> None:
    order = package.converter.structure({"id": "order_1", "items": [{"id": "item_1"}]}, Order)
    assert type(order.items[0]) is LineItem
    assert package.converter.unstructure(order) == {"id": "order_1", "items": [{"id": "item_1"}]}
    of_null: Any = Order | None
    assert package.converter.structure({"id": "order_1"}, of_null) == Order(id="order_1")
    orders = package.converter.structure([{"id": "order_1"}], list[Order])
    assert package.converter.unstructure(orders) == [{"id": "order_1"}]
    with pytest.raises(MedusaDecodeError, match=r"^\[1\]\.items\[0\]: expected object, got null$") as caught:
        package.converter.structure([{}, {"items": [None]}], list[Order])
    assert "got null" in repr(caught.value)
    with pytest.raises(MedusaDecodeError, match=r"^the body: expected integer, got string$"):
        package.converter.structure("1", int)


def test_data_that_is_no_json_is_reported_before_a_value_that_does_not_fit() -> None:
    cycle: dict[str, Any] = {}
    cycle["again"] = cycle
    for data, said in (
        ({"email": 1, 2: "x"}, "the data: expected string keys, got integer"),
        ({"email": 1, "metadata": cycle}, "the data is nested too deeply"),
        ({"email": 1, "metadata": {"a": {1}}}, "metadata.a: expected JSON, got set"),
    ):
        for _ in range(3):
            with pytest.raises(MedusaDecodeError) as caught:
                package.converter.structure(data, Order)
            assert str(caught.value) == said


@pytest.mark.parametrize("cls", [bytes, Path])
def test_types_without_a_json_form_are_not_decoded(cls: type[Any]) -> None:
    for data, said in (("x", "the body: got string"), (None, "the body: got null")):
        with pytest.raises(MedusaDecodeError) as caught:
            package.converter.structure(data, cls)
        assert str(caught.value) == said


def test_a_model_shares_nothing_with_the_callers_dict() -> None:
    @attrs.define
    class Ratings:
        stars: list[int]

    package.converter.register_structure_hook(Ratings, lambda value, _: Ratings(value))

    @entity
    class WithParts(Order):
        parts: list[JSONObject] = field()
        ratings: Ratings = field()

    data: dict[str, Any] = {"id": "order_1", "metadata": {"a": [1]}, "new": {"b": [2]}, "parts": [{"c": 1}]}
    data["ratings"] = [5]
    for _ in range(3):
        order = WithParts.from_dict(data)
        assert order.metadata is not None
        order.metadata["a"].append(3)
        order.extra["new"]["b"].append(3)
        order.parts[0]["c"] = 3
        order.parts.append({})
        order.ratings.stars.append(4)
        before = {"id": "order_1", "metadata": {"a": [1]}, "new": {"b": [2]}, "parts": [{"c": 1}], "ratings": [5]}
        assert data == before


def test_a_json_text_is_read_as_strictly_as_an_answer() -> None:
    """`from_json` is as strict as the decoding of a response."""
    for text in ('{"id": "order_1", "total": 1}', b'\xef\xbb\xbf{"id": "order_1", "total": 1}'):
        assert Order.from_json(text).to_dict() == {"id": "order_1", "total": 1}
    for text, said in (
        ('{"total": "1"}', "order.total: expected integer, got string"),
        ('{"tax_rate": NaN}', "the body contains NaN, which is not JSON"),
        ("", "the body is empty"),
        (b"\xff", "the body is not UTF-8"),
        ("\ud800", "the body is not UTF-8"),
        ("[]", "order: expected object, got array"),
        (
            '{"order": {}}',
            'the data has none of the fields of Order; it looks like a whole response body: pass data["order"]',
        ),
    ):
        with pytest.raises(MedusaDecodeError) as caught:
            Order.from_json(text)
        assert str(caught.value) == said
    # A str is encoded in pieces of 16,384 characters, to find a lone surrogate.
    for index in (16_383, 16_384, 40_000):
        text = '{"id": "'.ljust(index, "é") + "\ud800" + "é" * 20_000 + '"}'
        with pytest.raises(MedusaDecodeError, match=r"^the body is not UTF-8$"):
            Order.from_json(text)
    with pytest.raises(TypeError, match=r"^the JSON text must be str or bytes, not dict$"):
        Order.from_json({})  # type: ignore[arg-type]


def test_a_decimal_of_a_number_by_a_hook() -> None:
    Price = NewType("Price", Decimal)
    package.converter.register_structure_hook(Price, lambda value, _: Decimal(str(value)))
    package.converter.register_unstructure_hook(Price, lambda price: float(price))
    priced: type[Model] = entity(type("Priced", (Model,), {"__annotations__": {"price": Price}}))
    made: Any = priced.from_dict({"price": 12.5})
    assert made.price == Decimal("12.5")
    assert made.to_dict() == {"price": 12.5}


def test_a_hook_of_the_class_that_is_decoded() -> None:
    @entity
    class Ticket(Model):
        number: int = field()

    received: list[Any] = []
    plain = package.converter.get_structure_hook(Ticket)

    def read_ticket(value: Any, annotation: Any) -> Any:
        received.append(value)
        number = value["number"]
        return plain({"new": 1}, annotation) if number is None else Ticket(number=int(number))

    package.converter.register_structure_hook(Ticket, read_ticket)
    for _ in range(3):
        assert Ticket.from_dict({"number": "7"}).number == 7
        assert Ticket.from_json('{"number": "8"}').number == 8
    assert received == [{"number": "7"}, {"number": "8"}] * 3
    with pytest.raises(MedusaDecodeError, match=r"^none of the fields of Ticket is loaded$"):
        Ticket.from_dict({"number": None})
    with pytest.raises(MedusaDecodeError, match=r"^ticket: the structure hook of Ticket raised ValueError$"):
        Ticket.from_json('{"number": "x"}')
