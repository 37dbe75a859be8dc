"""The entities in recorded bodies: the class of each entity, and the entities in it."""

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
"""The keys of a body whose values come from a search service."""


def successes(exchanges: dict[str, dict[str, Any]]) -> dict[str, Body]:
    """Return the bodies of the successful exchanges by their cases, if they are JSON objects."""
    return {
        case: exchange["body"]
        for case, exchange in exchanges.items()
        if 200 <= (exchange["status"] or 0) < 300 and isinstance(exchange["body"], dict)
    }


def class_of(key: str, body: Body) -> type[Model] | None:
    """Return the class of the entities that a key of a body contains."""
    if key == "data":  # The result of completing a cart, or a second copy of the cart if payment sessions were created.
        return ENTITIES[body["type"].title()] if "type" in body else Cart
    if key == "variant" and "inventory" in body[key]:
        return VariantInventory
    singular = re.sub("ies$", "y", key).removesuffix("s") if key.endswith("s") else key
    name = "".join(part.title() for part in singular.split("_"))
    return next((ENTITIES[each] for each in (name, f"Product{name}", f"{name}Item") if each in ENTITIES), None)


def entity_in(annotation: str) -> type[Model] | None:
    """Return the class of the entity, or of the list of entities, that an annotation names."""
    return next((ENTITIES[name] for name in re.findall(r"\w+", annotation) if name in ENTITIES), None)


CLASSES_OF_FIELDS = {
    cls: {field.name: entity_in(str(field.type)) for field in attrs.fields(cls)} for cls in ENTITIES.values()
}
"""The class of the entities that each field of an entity contains."""


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the value in a list if it is an object, or the objects in it if it is a list."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, dict)]


def entities(body: Body) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Yield each entity at the top level of a body, with its class."""
    for key, value in body.items():
        if key not in WITHOUT_MODEL and objects(value):
            cls = class_of(key, body)
            assert cls, key
            for item in objects(value):
                yield cls, item


def within(cls: type[Model], data: dict[str, Any]) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Yield an entity and all entities in it, at any depth."""
    yield cls, data
    for key, value in data.items():
        if held := CLASSES_OF_FIELDS[cls].get(key):
            for item in objects(value):
                yield from within(held, item)


def inner_entities(
    bodies: Iterable[Body],
) -> dict[tuple[type[Model], tuple[str, ...], tuple[str, ...]], dict[str, Any]]:
    """Return one entity for each combination of class, keys and null keys that the bodies contain at any depth."""
    return {
        (cls, tuple(data), tuple(key for key in data if data[key] is None)): data
        for body in bodies
        for outer, item in entities(body)
        for cls, data in within(outer, item)
    }


def check(cls: type[Model], data: dict[str, Any]) -> None:
    """Check that an entity is decoded, that the model knows all its keys, and that `to_dict` returns the same data."""
    model = cls.from_dict(data)
    assert exactly(model.to_dict()) == exactly(data)
    assert unknown_keys(model) == []
