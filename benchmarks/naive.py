"""The models as plain attrs classes whose fields are all optional, for cattrs with its default settings."""

from __future__ import annotations

import enum
import sys
import types
import typing
from typing import Any

import attrs

import medusa
from medusa import Model

_PUBLIC = {name: getattr(medusa, name) for name in medusa.__all__}
_made: dict[type[Model], Any] = {}


def naive_class(cls: type[Model]) -> Any:
    """Return the plain attrs class for a model."""
    if cls not in _made:
        # A placeholder, because models may refer to each other in cycles.
        _made[cls] = attrs.make_class(cls.__name__, {}, slots=False)
        fields: dict[str, Any] = {}
        for field in attrs.fields(typing.cast(Any, cls)):
            annotation = _naive(_annotation(cls, field))
            default: Any = attrs.Factory(list) if typing.get_origin(annotation) is list else None
            fields[field.name] = attrs.field(default=default, type=annotation)
        made = attrs.make_class(cls.__name__, fields)
        _made[cls] = made
    return _made[cls]


def _annotation(cls: type[Model], field: attrs.Attribute[Any]) -> Any:
    home = next(c for c in cls.__mro__ if field.name in c.__dict__.get("__annotations__", ()))
    return eval(str(field.type), vars(sys.modules[home.__module__]), _PUBLIC)  # noqa: S307


def _naive(annotation: Any) -> Any:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
        plain = [a for a in arguments if not (isinstance(a, type) and issubclass(a, enum.Enum))]
        return typing.Optional[_naive(plain[0])]  # noqa: UP045  # The class is created at run time.
    if typing.get_origin(annotation) is list:
        return list[_naive(typing.get_args(annotation)[0])]  # type: ignore[misc]
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return naive_class(annotation)
    return annotation
