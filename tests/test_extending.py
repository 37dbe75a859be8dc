"""Entities that a backend has extended: users' subclasses in the place of our classes, in every answer."""

from __future__ import annotations

import copy
import json
import pickle
import random
import sys
import types
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, ClassVar

import attrs
import pytest
from pytest_httpserver import HTTPServer

import medusa as package
from medusa import (
    Customer,
    LineItem,
    Medusa,
    MedusaDecodeError,
    Model,
    NotLoadedError,
    Order,
    Resource,
    Result,
    StoreAuthRes,
    StoreOrdersRes,
    StorePostAuthReq,
    entity,
    field,
    is_loaded,
)

from .conftest import CORPUS, fields_of, not_loaded, recorded


class Tier(StrEnum):
    GOLD = "gold"


@entity
class MyLineItem(LineItem):
    engraving: str | None = field()


@entity
class MyOrder(Order):
    loyalty_points: int = field()
    weights: list[float] | None = field()
    tiers: list[Tier | str] = field()
    tier: Tier | str = field()
    delivered_at: datetime | None = field()
    boxes: list[list[int]] = field()
    free: Any = field()
    notes: list[str | None] = field()
    gifts: list[MyLineItem | None] = field()
    parent: Order | None = field()

    @property
    def is_big(self) -> bool:
        return self.total > 1000

    @cached_property
    def shout(self) -> str:
        return self.email.upper()

    def total_in_words(self) -> str:
        return f"{self.total} {super().currency_code}"


@entity
class MyOrderOfMyItems(Order):
    items: list[MyLineItem] = field()  # type: ignore[assignment]


class PlainOrder(Order):
    """No entity: it has no field of its own."""

    limit: ClassVar[int] = 1000

    @property
    def is_big(self) -> bool:
        return self.total > self.limit

    @cached_property
    def shout(self) -> str:
        return self.email.upper()


@entity
class MyStoreOrdersRes(StoreOrdersRes):
    order: MyOrder


@entity
class MyCustomer(Customer):
    vat_number: str


@entity
class Wishlist(Model):
    id: str = field()
    last_order: Order | None = field()
    items: list[LineItem] = field()


@entity
class StoreWishlistsRes(Result):
    wishlist: Wishlist


class WishlistsResource(Resource):
    def retrieve(self, id: str) -> StoreWishlistsRes:
        return self._get(StoreWishlistsRes, "/store/wishlists/{id}", id)


EXTENDED = {Order: MyOrder, LineItem: MyLineItem}


def whole(**added: Any) -> dict[str, Any]:
    order: dict[str, Any] = {**recorded("plain")["order"], **added}
    order["items"][0]["engraving"] = "Ada"
    return order


def inside(value: Any) -> Iterator[Model]:
    """A model and all that are in it."""
    if isinstance(value, Model):
        yield value
        for name in fields_of(type(value)):
            if is_loaded(value, name):
                yield from inside(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from inside(item)


def classes_inside(value: Any, cls: type[Model]) -> set[type[Model]]:
    return {type(model) for model in inside(value) if isinstance(model, cls)}


# What stands in an answer.


def test_every_order_and_line_item_is_replaced_at_every_depth(medusa: Medusa, answer: Callable[..., None]) -> None:
    order, item = whole(loyalty_points=7), whole()["items"][0]
    claim = {"id": "claim_1", "order": whole(loyalty_points=8), "additional_items": [item], "claim_items": []}
    swap = {"id": "swap_1", "order": None, "additional_items": [{**item, "order": whole(loyalty_points=9)}]}
    body = {"order": {**order, "claims": [claim], "swaps": [swap], "returnable_items": [item]}}
    answer(body)
    extended = medusa.with_options(models=EXTENDED)
    for _ in range(3):  # taken key by key, then by the function of its shape, which is written at the second
        result = extended.orders.retrieve("order_1")
        assert type(result) is StoreOrdersRes
        assert classes_inside(result, Order) == {MyOrder}
        assert classes_inside(result, LineItem) == {MyLineItem}
        assert result.to_dict() == body
        assert [model.extra for model in inside(result)] == [{}] * len([*inside(result)])
        assert isinstance(result.order, MyOrder)
        assert result.order.loyalty_points == 7
        theirs = result.order.claims[0].order
        assert isinstance(theirs, MyOrder)
        assert theirs.loyalty_points == 8
        assert isinstance(result.order.items[0], MyLineItem)
        assert result.order.items[0].engraving == "Ada"
    plain = medusa.orders.retrieve("order_1")
    assert classes_inside(plain, Order) == {Order}
    assert plain.order.extra == {"loyalty_points": 7}
    assert plain.to_dict() == body


def trivial(cls: type[Model], *, is_entity: bool) -> type[Model]:
    subclass = type(f"My{cls.__name__}", (cls,), {"__module__": __name__})
    return entity(subclass) if is_entity else subclass


ANSWERED = [
    cls
    for name in package.__all__
    if isinstance(cls := getattr(package, name), type)
    and issubclass(cls, Model)
    and cls not in (Model, Result)
    and cls.__module__ != StorePostAuthReq.__module__
]


@pytest.mark.parametrize("is_entity", [True, False], ids=["entity", "plain"])
def test_every_class_replaced(medusa: Medusa, answer: Callable[..., None], is_entity: bool) -> None:
    mine = {cls: trivial(cls, is_entity=is_entity) for cls in ANSWERED}
    replaced = medusa.with_options(models=mine)
    for path in sorted((CORPUS / "orders").glob("*.json")):
        for route, exchange in json.loads(path.read_text()).items():
            if "order" in exchange["body"]:
                answer(exchange["body"])
                results = [replaced.orders.retrieve("order_1"), replaced.orders.retrieve("order_1")]
                assert {type(model) for model in inside(results)} <= set(mine.values()), (path, route)
                assert [result.to_dict() for result in results] == [exchange["body"]] * 2
                assert results[0] == results[1]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    if not isinstance(value, (dict, list)):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def test_the_same_is_refused_in_the_same_words(medusa: Medusa, answer: Callable[..., None]) -> None:
    replaced = medusa.with_options(models={cls: trivial(cls, is_entity=True) for cls in ANSWERED})
    chance = random.Random(7)
    refused = 0
    for _ in range(200):
        body = recorded(chance.choice(["plain", "claim_refund", "swap_requested", "multi_item"]), "get")
        container, key = chance.choice(places(body))
        container[key] = chance.choice([None, 1, 1.5, "x", True, [], {}, [None], [{}], "2024-01-01T12:00:00+02:00"])
        answer(body)
        outcomes: list[Any] = []
        for client in (medusa, replaced):
            try:
                outcomes.append(client.orders.retrieve("order_1").to_dict())
            except MedusaDecodeError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]
        refused += isinstance(outcomes[0], str)
        assert isinstance(outcomes[0], str) or outcomes[0] == body
    assert 20 < refused < 180


def test_a_result_of_ones_own(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer({"order": whole(loyalty_points=7), "took_ms": 3})
    mine = medusa.with_options(models={StoreOrdersRes: MyStoreOrdersRes})
    result = mine.orders.retrieve("order_1")
    assert type(result) is MyStoreOrdersRes
    assert type(result.order) is MyOrder
    assert type(result.order.items[0]) is LineItem
    assert result.extra == {"took_ms": 3}
    assert result.response.status_code == 200
    answer({})
    with pytest.raises(MedusaDecodeError, match="order: missing"):
        mine.orders.retrieve("order_1")
    answer({"customer": {"id": "cus_1", "orders": [{}], "vat_number": "IT1"}})
    session = medusa.with_options(models={Customer: MyCustomer, Order: MyOrder}).auth.get_session()
    assert type(session) is StoreAuthRes
    assert isinstance(session.customer, MyCustomer)
    assert session.customer.vat_number == "IT1"
    assert type(session.customer.orders[0]) is MyOrder


def test_what_a_class_declares_itself_goes_before_the_option(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer({"order": whole()})
    other = trivial(LineItem, is_entity=True)
    result = medusa.with_options(models={Order: MyOrderOfMyItems, LineItem: other}).orders.retrieve("order_1")
    assert classes_inside(result, LineItem) == {MyLineItem}


def test_resources_of_ones_own_and_other_routes(medusa: Medusa, answer: Callable[..., None]) -> None:
    body: dict[str, Any] = {
        "wishlist": {"id": "wish_1", "last_order": whole(loyalty_points=7), "items": [whole()["items"][0]]}
    }
    answer(body)
    result = WishlistsResource(medusa.with_options(models=EXTENDED)).retrieve("wish_1")
    assert classes_inside(result, Order) == {MyOrder}
    assert classes_inside(result, LineItem) == {MyLineItem}
    assert classes_inside(WishlistsResource(medusa).retrieve("wish_1"), Order) == {Order}
    assert medusa.with_options(models=EXTENDED).request("GET", "/store/wishlists/wish_1") == body
    answer("OK")
    assert type(medusa.with_options(models=EXTENDED).auth.delete_session()) is Result
    body["wishlist"]["last_order"]["total"] = "1"
    answer(body)
    with pytest.raises(MedusaDecodeError, match=r"wishlist\.last_order\.total: expected integer, got string"):
        WishlistsResource(medusa.with_options(models=EXTENDED)).retrieve("wish_1")
    with pytest.raises(MedusaDecodeError, match=r"^wishlist\.id: expected string"):
        Wishlist.from_dict({"id": 1})


# The option.


def test_options_and_copies(medusa: Medusa, answer: Callable[..., None], httpserver: HTTPServer) -> None:
    answer({"order": whole()})

    def kind(client: Medusa) -> type[Order]:
        return type(client.orders.retrieve("order_1").order)

    with Medusa(httpserver.url_for(""), models={Order: MyOrder}) as extended:
        assert kind(extended) is MyOrder
        assert kind(extended.with_options(token="a.b.c")) is MyOrder
        assert kind(extended.with_options(models={Order: PlainOrder})) is PlainOrder
        assert kind(extended.with_options(models={LineItem: MyLineItem})) is Order
        assert kind(extended) is MyOrder
        for nothing in (None, {}, {Order: Order}):
            assert kind(extended.with_options(models=nothing)) is Order
        assert kind(pickle.loads(pickle.dumps(extended))) is MyOrder
        assert kind(copy.deepcopy(extended)) is MyOrder
        assert type(pickle.loads(pickle.dumps(extended.orders)).retrieve("order_1").order) is MyOrder
    replaced: dict[Any, Any] = {Order: MyOrder}
    client = medusa.with_options(models=replaced)
    replaced[Order] = PlainOrder
    assert kind(client) is MyOrder


def test_functions_are_written_once_for_equal_options(
    medusa: Medusa, answer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer({"order": whole()})
    for _ in range(3):
        medusa.with_options(models={Order: MyOrder, LineItem: MyLineItem}).orders.retrieve("order_1")

    def compile_nothing(*_: Any) -> Any:
        raise AssertionError("compiled again")

    monkeypatch.setattr("medusa.codec.converter.compile", compile_nothing, raising=False)
    for _ in range(3):
        medusa.with_options(models={LineItem: MyLineItem, Order: MyOrder}).orders.retrieve("order_1")


@pytest.mark.parametrize(
    ("models", "error", "said"),
    [
        ([Order], TypeError, "models must be a mapping of classes, not list"),
        ({"Order": MyOrder}, TypeError, "models must map classes to classes, not str"),
        ({Order: "MyOrder"}, TypeError, "models must map classes to classes, not str"),
        ({Order: MyOrder()}, TypeError, "models must map classes to classes, not MyOrder"),
        ({dict: MyOrder}, ValueError, "dict is no class of medusa that stands in an answer"),
        ({Model: MyOrder}, ValueError, "Model is no class of medusa that stands in an answer"),
        ({Result: MyStoreOrdersRes}, ValueError, "Result is no class of medusa that stands in an answer"),
        ({MyOrder: MyOrder}, ValueError, "MyOrder is no class of medusa that stands in an answer"),
        ({StorePostAuthReq: StorePostAuthReq}, ValueError, "StorePostAuthReq is no class of medusa that"),
        ({package.OrderStatus: Tier}, ValueError, "OrderStatus is no class of medusa that stands in an answer"),
        ({Order: MyLineItem}, ValueError, "MyLineItem must be a subclass of Order"),
        ({Order: dict}, ValueError, "dict must be a subclass of Order"),
    ],
)
def test_bad_options(medusa: Medusa, models: Any, error: type[Exception], said: str) -> None:
    for make in (Medusa, medusa.with_options):
        with pytest.raises(error, match=said):
            make(models=models)


# Declarations.


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
        (declared(bytes), "Declared.x: unsupported annotation: <class 'bytes'>"),
        (declared(int | str), r"Declared.x: unsupported annotation: int \| str"),
        (declared(Order | LineItem), "unsupported annotation: "),
        (declared(Tier), "unsupported annotation: <enum 'Tier'>"),
        (declared(Tier | None), "unsupported annotation: "),
        (declared(list[datetime]), r"unsupported annotation: list\[datetime"),
        (declared(list), "unsupported annotation: <class 'list'>"),
        (declared(dict[str, int]), r"unsupported annotation: dict\[str, int\]"),
        (declared(tuple[int, int]), "unsupported annotation: "),
        (declared(type("Moment", (datetime,), {})), "unsupported annotation: <class 'tests.test_extending.Moment'>"),
        (declared(date), "unsupported annotation: <class 'datetime.date'>"),
    ],
)
def test_a_class_that_is_not_declared_right(cls: type[Order], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        Medusa(models={Order: cls})
    with pytest.raises(TypeError, match=said):
        cls.from_dict({"loyalty_points": 1})


def test_a_field_that_can_not_be_declared() -> None:
    def attempt(name: str, **members: Any) -> None:
        entity(type("Attempt", (StoreOrdersRes,), {"__annotations__": {name: int}, **members}))

    with pytest.raises(TypeError, match=r"Attempt\.points: a field has no default"):
        attempt("points", points=0)
    for name in ("extra", "to_dict", "response", "_fields", "__eq__"):
        with pytest.raises(TypeError, match=rf"Attempt\.{name}: the name is taken"):
            attempt(name)
    with pytest.raises(attrs.exceptions.UnannotatedAttributeError):
        entity(type("Attempt", (Order,), {"points": field()}))
    with pytest.raises(TypeError, match="Tier must be a subclass of"):
        entity(Tier)  # type: ignore[type-var]


def test_a_field_declared_again_is_as_required_as_before() -> None:
    with pytest.raises(NotLoadedError, match=not_loaded("MyOrderOfMyItems.items")):
        print(MyOrderOfMyItems(id="order_1").items)
    with pytest.raises(TypeError, match="MyStoreOrdersRes needs order"):
        MyStoreOrdersRes()  # type: ignore[call-arg]
    with pytest.raises(MedusaDecodeError, match=r"^customer\.vat_number: missing$"):
        MyCustomer.from_dict({"id": "cus_1"})


def test_a_class_of_the_same_name_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "from __future__ import annotations\nimport medusa\n"
        "@medusa.entity\nclass LineItem(medusa.LineItem):\n    engraving: str = medusa.field()\n"
        "@medusa.entity\nclass Order(medusa.Order):\n    items: list[LineItem] = medusa.field()\n"
    )
    module: Any = types.ModuleType("shop_models")
    monkeypatch.setitem(sys.modules, "shop_models", module)
    exec(source, module.__dict__)
    order = module.Order.from_dict(whole())
    assert type(order.items[0]) is module.LineItem
    assert order.items[0].engraving == "Ada"


def test_a_class_that_is_defined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a notebook's cell does: the annotations are the same, the classes are not."""
    module: Any = types.ModuleType("notebook")
    monkeypatch.setitem(sys.modules, "notebook", module)
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


# What a subclass is, apart from any client.


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


def test_an_enum_that_holds_no_strings_never_fits() -> None:
    numbers = Enum("numbers", {"ONE": 1})
    assert declared(numbers | str).from_dict({"x": "1"}).to_dict() == {"x": "1"}


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


def test_all_that_is_declared_wrong_is_named() -> None:
    class Careless(Order):
        one: int
        two: int

    with pytest.raises(TypeError, match=r"^Careless declares one, two: it must be a medusa\.entity$"):
        Medusa(models={Order: Careless})
