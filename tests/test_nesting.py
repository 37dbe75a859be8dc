"""Shoppers can set deeply nested metadata. Every model that is decoded can also be encoded, copied and compared."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from medusa import Medusa, MedusaDecodeError, Model, Order, OrderStatus, StoreOrdersRes
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
    inner["at"], inner["status"], inner["order"] = datetime(2024, 1, 1, tzinfo=UTC), OrderStatus.PENDING, Order(id="x")
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
