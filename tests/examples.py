"""An example value for each annotation of the package: of payloads, of results, and of the objects in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import Enum
from inspect import get_annotations, signature
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import medusa
from medusa import Model

PUBLIC = {**{name: getattr(medusa, name) for name in medusa.__all__}, "Iterator": Iterator}
VALUES: dict[Any, Any] = {
    str: "a.b.c",
    int: 1,
    float: 0.5,
    bool: True,
    dict: {"a": [1]},
    datetime: datetime(2026, 11, 28, 9, tzinfo=UTC),
    Any: None,
}


def hints(thing: Callable[..., Any]) -> dict[str, Any]:
    """Return the annotations of a class or function. They may name classes that the module only imports for checkers.

    `PUBLIC` defines these names at run time.
    """
    return get_type_hints(thing, localns=PUBLIC, include_extras=True)


def example(hint: Any, *, whole: bool = False) -> Any:
    """Return a value of this type. The value of a union has the first type of the union.

    A payload has only the required keys, or every key if `whole` is true. A model has only the required fields.
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType, Required, NotRequired, Annotated):
        return example(args[0], whole=whole)
    if origin is Literal:
        return args[0]
    if origin is list:
        return [example(args[0], whole=whole)]
    if is_typeddict(hint):
        keys = hints(hint) if whole else required_keys(hint)
        return {key: example(of_key, whole=whole) for key, of_key in hints(hint).items() if key in keys}
    if isinstance(hint, type) and issubclass(hint, Model):
        return example_of(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return VALUES[origin or hint]


def example_of(cls: type[Any]) -> Model:
    """Return a model that has only the required fields."""
    model: Model = cls(**{name: example(hint) for name, hint in required_fields(cls).items()})
    return model


def annotations_of(cls: type[Any]) -> dict[str, Any]:
    """Return the types of a model's fields."""
    annotations: dict[str, Any] = {}
    for home in reversed(cls.__mro__):
        if "__attrs_attrs__" in vars(home):
            annotations |= get_annotations(home, locals=PUBLIC, eval_str=True)
    return annotations


def required_fields(cls: type[Any]) -> dict[str, Any]:
    annotations = annotations_of(cls)
    parameters = signature(cls).parameters.values() if annotations else ()
    return {each.name: annotations[each.name] for each in parameters if each.default is each.empty}


def required_keys(payload: type[Any]) -> set[str]:
    # `__required_keys__` ignores NotRequired[...] if the annotations are strings.
    required: set[str] = set(payload.__required_keys__)
    for key, hint in hints(payload).items():
        if get_origin(hint) is Required:
            required.add(key)
        elif get_origin(hint) is NotRequired:
            required.discard(key)
    return required
