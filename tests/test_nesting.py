"""Shoppers can set deeply nested metadata. Every model that is decoded can also be encoded, copied and compared."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from medusa import Medusa, MedusaDecodeError, Model, Note, Order, OrderStatus, StoreOrdersRes, converter, entity
from medusa.codec import nesting

pytestmark = pytest.mark.usefixtures("no_garbage")

DEPTHS = [50, 51, 400, 900, 2000]


def nested(depth: int, kind: str, innermost: Any = 1) -> Any:
    value = innermost
    for level in range(depth):
        value = [value, level] if kind == "arrays" or (kind == "both" and level % 2) else {"b": value, "a": level}
    return value


def innermost(value: Any) -> Any:
    """Return the container that contains no other container."""
    while True:
        items = value.values() if isinstance(value, dict) else value
        inner = [item for item in items if isinstance(item, (dict, list))]
        if not inner:
            return value
        value = inner[0]


def change(value: Any) -> None:
    """Add an item to the innermost container."""
    container = innermost(value)
    if isinstance(container, dict):
        container["c"] = 2
    else:
        container.append(2)


def body_of(depth: int, kind: str) -> dict[str, Any]:
    deep = nested(depth, kind)
    return {
        "id": "order_1",
        "metadata": {"deep": deep},
        "edits": [{"deep": nested(depth, kind)}],
        "items": [{"id": "item_1", "metadata": {"deep": nested(depth, kind)}}],
        "new": nested(depth, kind),
    }


def same(one: Any, other: Any) -> bool:
    return nesting.are_equal(one, other)


TWINS: list[Callable[[Any], Any]] = [
    copy.deepcopy,
    lambda order: pickle.loads(pickle.dumps(order)),
    lambda order: pickle.loads(pickle.dumps(order, 2)),
    copy.copy,
]


@pytest.mark.parametrize("kind", ["arrays", "objects", "both"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_what_is_decoded_is_given_back(depth: int, kind: str) -> None:
    body = body_of(depth, kind)
    for _ in range(2):
        order = Order.from_dict(body)
        assert same(order.to_dict(), body)
        assert repr(order) == "<Order id='order_1' edits=1 items=1>"
        assert order == Order.from_dict(body)
        for twin_of in TWINS:
            twin = twin_of(order)
            assert twin == order
            assert same(twin.to_dict(), body)
            if twin_of is not copy.copy:
                change(twin.items[0].metadata)
                assert twin != order
        assert same(order.to_dict(), body)
        written = order.to_dict()
        assert written["metadata"] is not order.metadata
        assert innermost(written["metadata"]) is not innermost(order.metadata)


@pytest.mark.parametrize("depth", [400, 900])
def test_an_answer(medusa: Medusa, answer: Callable[..., None], depth: int) -> None:
    order = '{"id": "order_1", "metadata": ' + '{"a": [' * (depth // 2) + "]}" * (depth // 2) + "}"
    answer(f'{{"order": {order}}}', content_type="application/json")
    for _ in range(3):
        result = medusa.orders.retrieve("order_1")
        assert same(result.order.to_dict(), json.loads(order))
        assert copy.deepcopy(result) == result
        assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize("depth", [400, 900, 5000])
def test_the_deepest_answer_that_is_parsed_at_all(medusa: Medusa, answer: Callable[..., None], depth: int) -> None:
    """A response is decoded if Python's JSON parser can parse it. The deepest JSON depends on the version of Python."""
    order = '{"id": "order_1", "metadata": {"a": ' + "[" * depth + "]" * depth + "}}"
    answer(f'{{"order": {order}}}', content_type="application/json")
    try:
        json.loads(order)
    except RecursionError:
        with pytest.raises(MedusaDecodeError, match=r"the body is nested too deeply$"):
            medusa.orders.retrieve("order_1")
    else:
        result = medusa.orders.retrieve("order_1")
        assert same(result.order.to_dict(), json.loads(order))


def test_it_works_where_few_calls_are_left() -> None:
    """Models are decoded, encoded and copied near the limit of Python's stack."""
    body = body_of(400, "both")

    def call(levels: int) -> None:
        if levels:
            call(levels - 1)
        else:
            order = Order.from_dict(body)
            assert same(order.to_dict(), body)
            assert copy.deepcopy(order) == pickle.loads(pickle.dumps(order)) == order

    call(sys.getrecursionlimit() - 350)


def test_a_write_near_the_limit_of_the_stack_does_not_change_later_writes() -> None:
    """Each class is first written with another number of calls left. If that fails, later writes still use the hook."""

    class Mine:
        pass

    def call(levels: int, write: Callable[[], Any]) -> None:
        if levels:
            call(levels - 1, write)
        else:
            write()

    @entity
    class MyNote(Note):
        pass

    for cls in (Mine, MyNote):
        converter.register_unstructure_hook(cls, lambda mine: "mine")
    for levels in range(sys.getrecursionlimit() - 200, sys.getrecursionlimit()):
        in_a_field, in_a_dict = [cast("Any", type("MyOwn", (Mine,), {})()) for _ in range(2)]
        for order in (Order(metadata=in_a_field), Order(metadata={"a": in_a_dict})):
            with suppress(RecursionError):
                call(levels, order.to_dict)
        assert Order(metadata=in_a_field).to_dict() == {"metadata": "mine"}
        assert Order(metadata={"a": in_a_dict}).to_dict() == {"metadata": {"a": "mine"}}
        note: Any = cast("Any", entity(type("Own", (MyNote,), {})))()
        with suppress(RecursionError):
            call(levels, note.to_dict)
        assert note.to_dict() == "mine"


def test_models_are_nested_64_deep_at_most() -> None:
    def parents(depth: int, innermost: Any = "item_0") -> dict[str, Any]:
        data: dict[str, Any] = {"id": innermost}
        for level in range(1, depth + 1):
            data = {"id": str(level), "items": [data]} if level % 2 == 0 else {"id": str(level), "order": data}
        return data

    body = parents(64)
    for _ in range(4):
        order = Order.from_dict(body)
        assert order.to_dict() == body
        for twin_of in TWINS:
            assert twin_of(order) == order
            assert twin_of(order).to_dict() == body
        for depth in (66, 300, 5000):
            with pytest.raises(MedusaDecodeError, match=r"^nested too deeply$"):
                Order.from_dict(parents(depth))
        with pytest.raises(MedusaDecodeError, match=r"\.id: expected string, got integer$"):
            Order.from_dict(parents(64, innermost=1))


def test_a_cycle_is_refused() -> None:
    """Data that contains itself raises an error. A list that the data contains twice is copied twice."""
    data: dict[str, Any] = {"id": "order_1", "metadata": {"a": [1]}}
    data["metadata"]["a"].append(data["metadata"])
    with pytest.raises(MedusaDecodeError, match=r"^the data is nested too deeply$"):
        Order.from_dict(data)
    shared = [1]
    twice = {"id": "order_1", "metadata": {"deep": nested(2000, "both"), "a": shared, "b": shared}}
    order = Order.from_dict(twice)
    assert cast("dict[str, Any]", order.metadata)["a"] is not cast("dict[str, Any]", order.metadata)["b"]


def deep_order(innermost: Any, depth: int = 20_000) -> Order:
    """Return an order whose metadata is too deep for the `==` of dicts."""
    return Order(metadata=nested(depth, "objects", innermost))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2], [3, 2]),
        ([1, float("2.5")], [3, float("2.5")]),
        ([1], [1, 2]),
        ([1, 2], [1]),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({0: 1}, [1]),
        ({}, []),
        ([1], 1),
    ],
    ids=str,
)
def test_deep_metadata_is_not_equal_if_its_innermost_value_differs(one: Any, other: Any) -> None:
    assert deep_order(one) != deep_order(other)
    assert deep_order(other) == deep_order(copy.deepcopy(other))


def test_the_same_object_in_deep_metadata_is_equal_to_itself() -> None:
    """Two lists with the same NaN object are equal, as with `==`, although the NaN is not equal to itself."""
    nan = float("nan")
    assert deep_order([nan]) == deep_order([nan])
    assert deep_order([nan]) != deep_order([float("nan")])


def test_a_container_that_occurs_often_in_deep_metadata_is_compared_once() -> None:
    class Counted:
        compared = 0

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return True

    def tree() -> Any:
        value: Any = [Counted()]
        for _ in range(4):
            value = [value, value]
        return value

    # On every version of Python, `==` fails at this depth before it reaches the trees.
    assert deep_order(tree(), 100_000) == deep_order(tree(), 100_000)
    assert Counted.compared == 1


def test_metadata_that_contains_itself_is_copied_and_compared() -> None:
    order = Order.from_dict({"id": "order_1", "metadata": {"deep": nested(2000, "both")}})
    metadata = cast("dict[str, Any]", order.metadata)
    metadata["twice"] = [metadata["deep"]]
    metadata["last"] = []
    for twin in (copy.deepcopy(order), pickle.loads(pickle.dumps(order))):
        copied = cast("dict[str, Any]", twin.metadata)
        assert copied["twice"][0] is copied["deep"]
    metadata["self"] = metadata
    twins = [copy.deepcopy(order), pickle.loads(pickle.dumps(order))]
    for twin in twins:
        assert twin.metadata["self"] is twin.metadata
        assert twin == order
        twin.metadata["last"].append(1)
        assert twin != order
    for each in (order, *twins):
        each.metadata.clear()  # This breaks the cycle, because the garbage collector is paused.


def test_what_is_no_json_is_told_with_its_path_at_any_depth() -> None:
    for bad, said in ((1j, "expected JSON, got complex"), ({1: 2}, "expected string keys, got integer")):
        path = "".join("[0]" if level % 2 else ".b" for level in reversed(range(1000)))
        with pytest.raises(MedusaDecodeError) as caught:
            Order.from_dict({"id": "order_1", "metadata": nested(1000, "both", bad)})
        assert str(caught.value) == f"order.metadata{path}: {said}"


def test_what_a_caller_puts_into_deep_metadata() -> None:
    """A datetime, an enum and a model that a caller puts into deep metadata are encoded, copied and compared."""
    order = Order.from_dict({"id": "order_1", "metadata": nested(2000, "objects")})
    inner = innermost(order.metadata)
    inner["at"], inner["status"], inner["price"] = datetime(2024, 1, 1, tzinfo=UTC), OrderStatus.PENDING, Decimal("1.5")
    # The Decimal is not written as a string, because sending it must raise an error.
    at, price = "2024-01-01T00:00:00.000Z", Decimal("1.5")
    assert innermost(order.to_dict()["metadata"]) == {"b": 1, "a": 0, "at": at, "status": "pending", "price": price}
    inner["order"] = Order(id="x")
    written = innermost(order.to_dict()["metadata"])
    assert written == {"id": "x"}
    twin = copy.deepcopy(order)
    assert twin == order
    assert innermost(twin.metadata)["order"] is not inner["order"]
    innermost(twin.metadata)["order"].id = "y"
    assert twin != order
    unpickled: Model = pickle.loads(pickle.dumps(order))
    assert unpickled == order


def test_a_result_shares_its_response(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer(
        json.dumps({"order": {"id": "order_1", "metadata": nested(400, "objects")}}), content_type="application/json"
    )
    result = medusa.orders.retrieve("order_1")
    assert copy.deepcopy(result).response is copy.copy(result).response is result.response
    assert isinstance(copy.deepcopy(result), StoreOrdersRes)
