"""The entities in recorded bodies: which class each one is, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

import medusa
from medusa import Cart, Model, VariantInventory

from .test_models import exactly, unknown_keys

Body = dict[str, Any]

ENTITIES: dict[str, type[Model]] = {
    name: cls
    for name in medusa.__all__
    if isinstance(cls := getattr(medusa, name), type) and cls.__module__.startswith("medusa.models.")
    if issubclass(cls, Model) and cls is not Model
}

WITHOUT_MODEL = {"echoed_options", "filter", "hits"}
"""The keys of a body that hold what a search service answered."""


def successes(exchanges: dict[str, dict[str, Any]]) -> dict[str, Body]:
    """The body of each successful exchange that is a JSON object, by case."""
    return {
        case: exchange["body"]
        for case, exchange in exchanges.items()
        if 200 <= (exchange["status"] or 0) < 300 and isinstance(exchange["body"], dict)
    }


def class_of(key: str, body: Body) -> type[Model] | None:
    """The entity that a key of a body holds."""
    if key == "data":  # of a completed cart, or the second copy of the cart with new payment sessions
        return ENTITIES[body["type"].title()] if "type" in body else Cart
    if key == "variant" and "inventory" in body[key]:
        return VariantInventory
    singular = re.sub("ies$", "y", key).removesuffix("s") if key.endswith("s") else key
    name = "".join(part.title() for part in singular.split("_"))
    return next((ENTITIES[each] for each in (name, f"Product{name}", f"{name}Item") if each in ENTITIES), None)


def class_of_field(cls: type[Model], key: str) -> type[Model] | None:
    """The entity that a key of an entity holds, one or a list of them."""
    annotations = {field.name: str(field.type) for field in attrs.fields(cls)}
    names = re.findall(r"\w+", annotations.get(key, ""))
    return next((ENTITIES[name] for name in names if name in ENTITIES), None)


def objects(value: Any) -> list[dict[str, Any]]:
    """The object that a key holds, or the objects of its list."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, dict)]


def entities(body: Body) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Each entity that a body itself holds, and its class."""
    for key, value in body.items():
        if key not in WITHOUT_MODEL and objects(value):
            cls = class_of(key, body)
            assert cls, key
            for item in objects(value):
                yield cls, item


def within(cls: type[Model], data: dict[str, Any]) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """An entity and those in it, at every depth."""
    yield cls, data
    for key, value in data.items():
        if held := class_of_field(cls, key):
            for item in objects(value):
                yield from within(held, item)


def inner_entities(
    bodies: Iterable[Body],
) -> dict[tuple[type[Model], tuple[str, ...], tuple[str, ...]], dict[str, Any]]:
    """One entity for each class, its keys and those that are null, of all that the bodies hold at any depth."""
    return {
        (cls, tuple(data), tuple(key for key in data if data[key] is None)): data
        for body in bodies
        for outer, item in entities(body)
        for cls, data in within(outer, item)
    }


def check(cls: type[Model], data: dict[str, Any]) -> None:
    """The entity decodes, knows all its keys, and gives itself back exactly."""
    model = cls.from_dict(data)
    assert exactly(model.to_dict()) == exactly(data)
    assert unknown_keys(model) == []
