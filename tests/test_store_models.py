"""Every entity in the recorded answers of all Store routes, through its model and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import pytest

import medusa
from medusa import Cart, Model

from .recordings import exchanges
from .test_models import exactly, unknown_keys

ENTITIES: dict[str, type[Model]] = {
    name: cls
    for name in medusa.__all__
    if isinstance(cls := getattr(medusa, name), type) and cls.__module__.startswith("medusa.models.")
    if issubclass(cls, Model) and cls is not Model
}

WITHOUT_MODEL = {"echoed_options", "filter", "hits"}
"""The keys of a body that hold what a search service answered."""

NEVER_SENT = {
    *("ClaimImage", "ClaimItem", "ClaimTag"),
    *("CustomerGroup", "DiscountCondition", "DraftOrder", "PublishableApiKey", "SalesChannelLocation", "TaxProvider"),
}
"""The entities that no recorded answer holds: only an expanded relation of an order, or the Admin API, has them."""


@cache
def recorded_bodies() -> list[tuple[str, dict[str, Any]]]:
    """The body of each successful exchange that is a JSON object, with the exchange's name."""
    return [
        (case, exchange["body"])
        for case, exchange in exchanges().items()
        if 200 <= (exchange["status"] or 0) < 300 and isinstance(exchange["body"], dict)
    ]


def class_of(key: str, body: dict[str, Any]) -> type[Model] | None:
    """The entity that a key of a body holds."""
    if key == "data":  # of a completed cart, or the second copy of the cart with new payment sessions
        return ENTITIES[body["type"].title()] if "type" in body else Cart
    singular = re.sub("ies$", "y", key).removesuffix("s") if key.endswith("s") else key
    name = "".join(part.title() for part in singular.split("_"))
    return ENTITIES.get(name) or ENTITIES.get(f"Product{name}")


def class_of_field(cls: type[Model], name: str) -> type[Model] | None:
    """The entity that a field holds, one or a list of them."""
    annotations = {field.name: str(field.type) for field in attrs.fields(cls)}
    names = re.findall(r"\w+", annotations.get(name, ""))
    return next((ENTITIES[name] for name in names if name in ENTITIES), None)


def objects(value: Any) -> list[dict[str, Any]]:
    """The object that a key holds, or the objects of its list."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, dict)]


def entities(body: dict[str, Any]) -> Iterator[tuple[type[Model], dict[str, Any]]]:
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


def check(cls: type[Model], data: dict[str, Any]) -> None:
    model = cls.from_dict(data)
    assert exactly(model.to_dict()) == exactly(data)
    assert unknown_keys(model) == []


@pytest.mark.parametrize("body", [pytest.param(body, id=case) for case, body in recorded_bodies()])
def test_each_entity_of_a_body_comes_back_as_it_was(body: dict[str, Any]) -> None:
    for cls, data in entities(body):
        check(cls, data)


@cache
def inner_entities() -> dict[tuple[type[Model], tuple[str, ...], tuple[str, ...]], dict[str, Any]]:
    """One entity for each class, its keys and those that are null, of all that the bodies hold at any depth."""
    return {
        (cls, tuple(data), tuple(key for key in data if data[key] is None)): data
        for _, body in recorded_bodies()
        for outer, item in entities(body)
        for cls, data in within(outer, item)
    }


@pytest.mark.parametrize("cls", ENTITIES.values(), ids=ENTITIES)
def test_an_entity_comes_back_as_it_was_also_by_itself(cls: type[Model]) -> None:
    for (found, _, _), data in inner_entities().items():
        if found is cls:
            check(cls, data)


def test_all_other_entities_are_recorded() -> None:
    found = {cls for cls, _, _ in inner_entities()}
    assert {name for name, cls in ENTITIES.items() if cls not in found} == NEVER_SENT


def test_a_product_of_a_deleted_collection() -> None:
    """As recorded from the Admin API, which lists products by the same service as the Store API."""
    columns = ("created_at", "updated_at", "deleted_at", "title", "handle", "metadata")
    collection = {"id": "pcol_01M8G6WEHKBPSE2FHNX9K8FA2Q", **dict.fromkeys(columns)}
    check(medusa.Product, {"id": "prod_01M8G6VHP8RB0V4MZJ3TA4H6KY", "collection": collection})
