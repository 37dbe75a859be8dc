"""Entities that a backend has extended: a user's subclasses replace our classes in every response."""

from __future__ import annotations

import copy
import json
import pickle
import random
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

import medusa as package
from medusa import (
    Customer,
    LineItem,
    Medusa,
    MedusaDecodeError,
    Model,
    NoContent,
    Order,
    Result,
    StoreAuthRes,
    StoreOrdersRes,
    StorePostAuthReq,
    entity,
)

from .conftest import CORPUS, recorded
from .extended import (
    EXTENDED,
    MyCustomer,
    MyLineItem,
    MyOrder,
    MyOrderOfMyItems,
    MyStoreOrdersRes,
    PlainOrder,
    Tier,
    Wishlist,
    WishlistsResource,
    classes_inside,
    inside,
    whole,
)

# The models in a response.


def test_every_order_and_line_item_is_replaced_at_every_depth(medusa: Medusa, answer: Callable[..., None]) -> None:
    order, item = whole(loyalty_points=7), whole()["items"][0]
    claim = {"id": "claim_1", "order": whole(loyalty_points=8), "additional_items": [item], "claim_items": []}
    swap = {"id": "swap_1", "order": None, "additional_items": [{**item, "order": whole(loyalty_points=9)}]}
    body = {"order": {**order, "claims": [claim], "swaps": [swap], "returnable_items": [item]}}
    answer(body)
    extended = medusa.with_options(models=EXTENDED)
    for _ in range(3):  # The first response is read key by key. Functions are generated when the second one is read.
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


REPLACEABLE = [
    cls
    for name in package.__all__
    if isinstance(cls := getattr(package, name), type)
    and issubclass(cls, Model)
    and cls not in (Model, NoContent, Result)
]


@pytest.mark.parametrize("is_entity", [True, False], ids=["entity", "plain"])
def test_every_class_replaced(medusa: Medusa, answer: Callable[..., None], is_entity: bool) -> None:
    mine = {cls: trivial(cls, is_entity=is_entity) for cls in REPLACEABLE}
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
    """Return every (container, key) in a JSON value."""
    if not isinstance(value, (dict, list)):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def test_the_same_is_refused_in_the_same_words(medusa: Medusa, answer: Callable[..., None]) -> None:
    """A client with replaced classes accepts the same bodies as other clients, and raises the same errors."""
    replaced = medusa.with_options(models={cls: trivial(cls, is_entity=True) for cls in REPLACEABLE})
    chance = random.Random(7)
    rejected = 0
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
        rejected += isinstance(outcomes[0], str)
        assert isinstance(outcomes[0], str) or outcomes[0] == body
    assert 20 < rejected < 180


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
    """A class in an annotation of a user's entity is not replaced by the class in `models`."""
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


# The option `models`.


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

    monkeypatch.setattr("medusa.codec.compiled.compile", compile_nothing, raising=False)
    for _ in range(3):
        medusa.with_options(models={LineItem: MyLineItem, Order: MyOrder}).orders.retrieve("order_1")


@pytest.mark.parametrize(
    ("models", "error", "said"),
    [
        ([Order], TypeError, "models must be a mapping of classes, not list"),
        ({"Order": MyOrder}, TypeError, "models must map classes to classes, not str"),
        ({Order: "MyOrder"}, TypeError, "models must map classes to classes, not str"),
        ({Order: MyOrder()}, TypeError, "models must map classes to classes, not MyOrder"),
        ({dict: MyOrder}, ValueError, "dict is not an entity or a result of medusa"),
        ({Model: MyOrder}, ValueError, "Model is not an entity or a result of medusa"),
        ({Result: MyStoreOrdersRes}, ValueError, "Result is not an entity or a result of medusa"),
        ({MyOrder: MyOrder}, ValueError, "MyOrder is not an entity or a result of medusa"),
        ({StorePostAuthReq: StorePostAuthReq}, ValueError, "StorePostAuthReq is not an entity or a result of medusa"),
        ({package.OrderStatus: Tier}, ValueError, "OrderStatus is not an entity or a result of medusa"),
        ({Order: MyLineItem}, ValueError, "MyLineItem must be a subclass of Order"),
        ({Order: dict}, ValueError, "dict must be a subclass of Order"),
    ],
)
def test_bad_options(medusa: Medusa, models: Any, error: type[Exception], said: str) -> None:
    for make in (Medusa, medusa.with_options):
        with pytest.raises(error, match=said):
            make(models=models)
