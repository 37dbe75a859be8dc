"""Convert the values of a payload or a query to plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any, cast
from uuid import UUID

import attrs

from ..http.redaction import mask, printable
from ..models.base import Model, is_loaded
from . import timestamps

# The path of the container (None for the root), and the key or index in it. Only errors format it as a text.
_Path = tuple[Any, str | int]
PAYLOAD: _Path = (None, "payload")
PARAMS: _Path = (None, "params")

_PLAIN = frozenset((str, int, bool, type(None)))
_LONGEST_PATH = 500


def plain(value: Any, path: _Path) -> Any:
    """Return a value as dicts with string keys, lists, strings, numbers, booleans and None.

    Raises `TypeError` if a value or a key has no single JSON form. Raises `ValueError` if a datetime is not
    timezone-aware or is out of range in UTC, and for NaN and Infinity in a payload. The message begins with the path.
    """
    if value.__class__ in _PLAIN or (value.__class__ is float and isfinite(value)):
        return value
    # Each level of nesting takes one frame of Python's stack, which a comprehension would double.
    if isinstance(value, (dict, Mapping)):
        members: dict[str, Any] = {}
        for key, item in cast("Mapping[Any, Any]", value).items():
            if key.__class__ is not str:
                key = _text_of_key(key, path)
            members[key] = item if item.__class__ in _PLAIN else plain(item, (path, key))
        return members
    if isinstance(value, (list, tuple)):
        items: list[Any] = []
        for index, item in enumerate(cast("list[Any]", value)):
            items.append(item if item.__class__ in _PLAIN else plain(item, (path, index)))
        return items
    return _plain_scalar(value, path)


def _plain_scalar(value: Any, path: _Path) -> Any:
    if isinstance(value, float):
        if isfinite(value) or _root(path) is PARAMS:  # JS writes NaN and Infinity into a query.
            return value
        raise ValueError(f"{_text(path)}: NaN and Infinity have no JSON form")
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, Enum):
        return plain(value.value, path)
    if isinstance(value, timestamps.Real.DATETIME):
        try:
            return timestamps.write(value)
        except ValueError as error:
            raise ValueError(f"{_text(path)}: {error}") from None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Model):
        return plain(_object(value, path), path)
    if isinstance(value, Decimal):
        raise TypeError(
            f"{_text(path)}: a Decimal has no single JSON form: convert an amount with"
            " medusa.contrib.money.from_decimal, and any other number with float"
        )
    name = type(value).__name__
    raise TypeError(f"{_text(path)}: {'an' if name[0] in 'aeiouAEIO' else 'a'} {name} has no JSON form")


def _object(model: Model, path: _Path) -> dict[str, Any]:
    try:
        return model.to_dict()
    except ValueError as error:
        problem = error
    # `to_dict` does not say which field contains the datetime that it can't write.
    for field in attrs.fields(cast("Any", type(model))):
        if is_loaded(model, field.name):
            plain(getattr(model, field.name), (path, field.name))
    raise problem


def _text_of_key(key: Any, path: _Path) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{_text(path)}: a key must be a string, not {type(key).__name__}")
    return str.__str__(key)


def _root(path: _Path) -> _Path:
    while path[0] is not None:
        path = path[0]
    return path


def _text(path: _Path) -> str:
    """Return a path as `payload.items[3].quantity`, or for a query with brackets: `params.created_at[gt]`."""
    keys: list[str | int] = []
    while path[0] is not None:
        path, key = path
        # A key may be an e-mail address. It is masked separately, because the mask would include the rest of the path.
        keys.append(printable(mask(key)) if isinstance(key, str) else key)
    text = str(path[1])
    for depth, key in enumerate(reversed(keys)):
        bracketed = isinstance(key, int) or (path is PARAMS and depth > 0)
        text += f"[{key}]" if bracketed else f".{key}"
        if len(text) > _LONGEST_PATH:
            return text[:_LONGEST_PATH] + "..."
    return text
