"""Decoding returns the same models and raises the same errors with and without the accelerator.

Another process, which has MEDUSA_NO_ACCELERATOR set, decodes without the accelerator.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings, strategies as st

import medusa
from medusa import MedusaDecodeError, MedusaError, Model, Order, StoreAuthRes, StoreCompleteCartRes, StoreOrdersRes

from .any_json import any_json
from .conftest import CORPUS, recorded
from .extended import MyStoreOrdersRes
from .recorded_entities import ENTITIES, inner_entities, successes
from .recordings import admin_exchanges, exchange, exchanges
from .test_annotations import WHOLE, Everything

CLASSES: list[type[Model]] = [
    *[StoreOrdersRes, StoreAuthRes, StoreCompleteCartRes, MyStoreOrdersRes, Everything],
    *ENTITIES.values(),
]

WITHOUT = """
import sys
from tests.test_both_ways import CLASSES, outcome
from medusa.codec import json_text, hooks

assert not hooks.IS_ACCELERATED
json_text.orjson = None
for line in sys.stdin.buffer:
    number, _, text = line.partition(b" ")
    print(outcome(CLASSES[int(number)], bytes.fromhex(text.decode())), flush=True)
assert "medusa.codec.compiled" not in sys.modules
"""


def outcome(cls: type[Model], text: bytes) -> str:
    """Return the outcome of decoding as one line: the model with its classes and its JSON, or the error."""
    return told(lambda: cls.from_json(text))


def outcome_of_dict(cls: type[Model], text: bytes) -> str:
    """Return the same for a dict. The dict does not change, even if the model is emptied."""
    data = json.loads(text)
    found = told(lambda: cls.from_dict(data), change=True)
    assert data == json.loads(text)
    return found


def told(decode: Callable[[], Model], *, change: bool = False) -> str:
    try:
        model = decode()
    except MedusaError as error:
        return json.dumps(f"{type(error).__name__}: {error}")
    found = json.dumps([shown(model), model.to_dict()], sort_keys=True)
    if change:
        empty(model)
    return found


def empty(value: Any) -> None:
    """Empty all lists and dicts of a model."""
    if isinstance(value, Model):
        for name in dir(value):
            if name in value._field_names:
                empty(getattr(value, name))
        value.extra.clear()
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            empty(item)
        value.clear()


def shown(value: Any) -> Any:
    """Return a value that differs for 1 and 1.0, for a status and a string, and for a loaded and a missing field."""
    if isinstance(value, Model):
        state = {name: shown(getattr(value, name)) for name in sorted(dir(value)) if name in value._field_names}
        return [type(value).__name__, state, shown(value.extra)]
    if isinstance(value, dict):
        return [[key, shown(item)] for key, item in value.items()]
    return [shown(item) for item in value] if isinstance(value, list) else f"{type(value).__name__} {value!r}"


class Without:
    """The process without the accelerator."""

    def __init__(self) -> None:
        environment = {**os.environ, "MEDUSA_NO_ACCELERATOR": "1"}
        command = [sys.executable, "-c", WITHOUT]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent, **pipes)

    def outcome(self, cls: type[Model], text: bytes) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"%d %s\n" % (CLASSES.index(cls), text.hex().encode()))
        self._process.stdin.flush()
        line: bytes = self._process.stdout.readline()
        return line.decode().rstrip("\n")

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait() == 0


@pytest.fixture(scope="module")
def without() -> Iterator[Without]:
    process = Without()
    yield process
    process.close()


@contextmanager
def with_orjson() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("medusa.codec.json_text.orjson", orjson)
        yield


def check(without: Without, cls: type[Model], body: Any) -> None:
    """Check that each way of decoding has the outcome of the process without the accelerator.

    A function is generated for the second object with the same keys, so each way except the last decodes twice. The
    last way is orjson.
    """
    text = json.dumps(body).encode()
    expected = without.outcome(cls, text)
    for _ in range(2):
        assert outcome(cls, text) == expected
    for _ in range(2):
        assert outcome_of_dict(cls, text) == expected
    with with_orjson():
        assert outcome(cls, text) == expected


def forget() -> None:
    """Make the package generate all functions again, as it does when a hook is registered."""
    medusa.converter.register_structure_hook(_Unused, lambda value, _: value)


class _Unused:
    """A type that no field has."""


RECORDED = [
    exchange["body"]
    for path in sorted((CORPUS / "orders").glob("*.json"))
    for exchange in json.loads(path.read_text()).values()
]
SMALL: list[tuple[type[Model], Any]] = [
    (StoreOrdersRes, body) for body in RECORDED if "order" in body and len(json.dumps(body)) < 4_000
]
SMALL += [(MyStoreOrdersRes, body) for _, body in SMALL[:5]]
SMALL += [(StoreAuthRes, {"customer": {"id": "cus_1", "orders": [body["order"]]}}) for _, body in SMALL[:3]]
OF_ROUTES: dict[Any, tuple[type[Model], Any]] = {
    (cls, keys): (cls, data)
    for routes in (exchanges(), admin_exchanges())
    for (cls, keys, _), data in inner_entities(successes(routes).values()).items()
    if len(json.dumps(data)) < 30_000
}
"""One entity for each class and each combination of keys in the responses of the routes."""

COMPLETED: list[tuple[type[Model], Any]] = [
    (StoreCompleteCartRes, exchange(f"{case}_complete")["body"]) for case in ("co_plain", "co_requires_more")
]
BODIES: list[tuple[type[Model], Any]] = [
    *SMALL,
    *COMPLETED,
    *[(Everything, WHOLE)] * 5,
    *[(cls, data) for cls, data in OF_ROUTES.values() if len(json.dumps(data)) < 4_000][::15],
]


def test_recorded_answers(without: Without) -> None:
    forget()
    for body in RECORDED:
        check(without, StoreOrdersRes, body)
    for cls, body in [*BODIES, *OF_ROUTES.values()]:
        check(without, cls, body)


TEXTS = ["3", "12.50", "-1e3", "gold", "order", "", "2024-01-01T12:00:00.000Z", "2024-01-01T12:00:00+02"]
JSON_VALUES = any_json(*TEXTS, {"value": "1", "precision": 20})
KEYS = st.sampled_from(["id", "items", "order", "total", "raw_total", "summary", "metadata", "new", "created_at"])


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) in a JSON value."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def change(body: Any, chance: random.Random, value: Any, key: str) -> None:
    """Replace a value, delete a key, add a key, or copy a value from another place."""
    container, at = chance.choice(places(body))
    how = chance.randrange(8)
    if how == 0:
        del container[at]
    elif how == 1 and isinstance(container, dict):
        container[key] = value
    elif how == 2:
        other, there = chance.choice(places(body))
        container[at] = json.loads(json.dumps(other[there]))
    else:
        container[at] = value


@settings(max_examples=1200, deadline=None)
@given(st.sampled_from(BODIES), st.randoms(use_true_random=False), st.lists(st.tuples(JSON_VALUES, KEYS), max_size=3))
def test_mutated_answers(
    without: Without, sample: tuple[type[Model], Any], chance: random.Random, values: list[tuple[Any, str]]
) -> None:
    cls, body = sample[0], json.loads(json.dumps(sample[1]))
    forget()
    for value, key in values:
        if places(body):
            # Later changes may modify the value, so it must be a copy: Hypothesis needs the original.
            change(body, chance, deepcopy(value), key)
    check(without, cls, body)


ITEM = st.dictionaries(KEYS | st.sampled_from(["variant_id", "quantity", "tax_lines"]), JSON_VALUES, max_size=4)
FITTING_ITEM = st.fixed_dictionaries(
    {"id": st.sampled_from(["item_1", "item_2"])},
    optional={
        "quantity": st.integers(0, 3),
        "metadata": st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=2) | st.none(),
        "tax_lines": st.lists(
            st.fixed_dictionaries({"rate": st.integers(0, 3)}, optional={"new": st.none()}), max_size=3
        ),
        "variant": st.fixed_dictionaries({"id": st.just("variant_1")}, optional={"sku": st.none()}),
        "new": st.booleans(),
    },
)


@settings(max_examples=400, deadline=None)
@given(st.lists(FITTING_ITEM | FITTING_ITEM | FITTING_ITEM | ITEM | JSON_VALUES, max_size=9), st.booleans())
def test_lists_of_different_objects(without: Without, items: list[Any], is_new: bool) -> None:
    if is_new:
        forget()
    check(without, StoreOrdersRes, {"order": {"id": "order_1", "items": items, "returns": [{"items": items}, {}]}})


def test_known_keys_are_read_and_written_by_functions_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third object with the same keys on, the accelerator neither compiles nor works key by key."""
    plain = recorded("plain")
    bodies = [plain, {"order": {**plain["order"], "tiers": ["gold", "new"], "new": [1]}}, recorded("multi_item")]

    def read_and_write() -> None:
        for body in bodies:
            text = json.dumps(body)
            assert MyStoreOrdersRes.from_json(text).to_dict() == MyStoreOrdersRes.from_dict(body).to_dict() == body

    def refuse(*_: Any) -> Any:
        raise AssertionError("not by a function that exists")

    forget()
    read_and_write()
    monkeypatch.setattr("medusa.codec.compiled.compile", refuse, raising=False)
    monkeypatch.setattr("medusa.codec.hooks.EntityHook.read_by_key", refuse)
    monkeypatch.setattr("medusa.Model._state", refuse)
    read_and_write()


class Key(str):
    """A key that is not a plain string. Some JSON libraries cannot write such a key."""


def test_keys_that_are_no_plain_strings() -> None:
    """A model never contains a key that is not a plain string.

    Such a key is read if it is the name of a field, and rejected otherwise. Models that are decoded later contain plain
    strings only.
    """
    plain = {"id": "order_1", "new": 1}
    forget()
    for _ in range(3):
        for data in ({Key("id"): "order_1", "new": 1}, plain):
            assert {*map(type, Order.from_dict(data).to_dict())} == {str}
        with pytest.raises(MedusaDecodeError, match=r"^order: expected string keys, got Key$"):
            Order.from_dict({"id": "order_1", Key("new"): 1})
        assert {*map(type, Order.from_dict(plain).to_dict())} == {str}


def test_what_is_nested_deeply(without: Without) -> None:
    for depth in (1, 31, 32, 33, 34, 200):
        body: dict[str, Any] = {"id": "x"}
        for _ in range(depth):
            body = {"id": "x", "items": [{"id": "y", "order": body}]}
        for innermost in ({}, {"total": "1"}):
            check(without, StoreOrdersRes, {"order": {**body, **innermost}})
