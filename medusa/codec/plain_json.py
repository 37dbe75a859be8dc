"""JSON as Python holds it: what a caller hands in is checked and copied."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, cast

from . import nesting


class Mismatch(Exception):
    """Data that is not what the model promises. The text says where and why, and quotes no value."""


def json_type(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is float and not isfinite(value):
        return "a number that JSON does not have"
    name = type(value).__name__
    return _JSON_NAMES.get(name, name)


_JSON_NAMES = {
    "str": "string",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "dict": "object",
    "list": "array",
}


SCALAR_TYPES = frozenset((str, int, bool, float, type(None)))


def copied_json(data: Any, root: str) -> Any:
    """A copy of JSON. Raises `Mismatch`, with the path, for anything else."""
    try:
        return _copied(data)
    except (Mismatch, RecursionError):
        return _copied_step_by_step(data, root)


def _copied(value: Any) -> Any:
    cls = value.__class__
    if cls in SCALAR_TYPES and (cls is not float or isfinite(value)):
        return value
    if cls is dict:
        if not {*map(type, value)} <= _KEY_TYPES:
            raise Mismatch
        return {key: item if item.__class__ in _FINITE_TYPES else _copied(item) for key, item in value.items()}
    if cls is list:
        return [item if item.__class__ in _FINITE_TYPES else _copied(item) for item in value]
    raise Mismatch


_KEY_TYPES = frozenset((str,))
_FINITE_TYPES = SCALAR_TYPES - {float}


def _copied_step_by_step(data: Any, root: str) -> Any:
    """The same, of data nested to any depth, and with the path to what is no JSON."""
    copy: list[Any] = []
    path: list[str] = []
    # The containers under way, from the outermost: each of the data, its copy, and the items that are left to copy.
    under_way: list[tuple[Any, Any, Iterator[tuple[Any, Any]]]] = [(None, copy, iter([(root, data)]))]
    identities: set[int] = set()
    while under_way:
        _, target, items = under_way[-1]
        for key, item in items:
            path.append(key if target is copy else f"[{key}]" if target.__class__ is list else f".{key}")
            problem = "the data is nested too deeply" if id(item) in identities else _no_json(item, path)
            if problem:
                raise Mismatch(problem)
            made: Any = item.__class__() if nesting.is_container(item) else item
            if target.__class__ is dict:
                target[key] = made
            else:
                target.append(made)
            if nesting.is_container(item):
                identities.add(id(item))
                under_way.append((item, made, iter(nesting.items(item))))
                break
            path.pop()
        else:
            identities.discard(id(under_way.pop()[0]))
            del path[-1:]
    return copy[0]


def _no_json(value: Any, path: list[str]) -> str:
    """Why a value, apart from what is in it, is no JSON; an empty text if it is."""
    if value.__class__ is dict:
        bad = next((key for key in cast("dict[Any, Any]", value) if type(key) is not str), None)
        if bad is None and None not in value:
            return ""
        problem = f"expected string keys, got {json_type(bad)}"
    elif value.__class__ is list or value.__class__ in _FINITE_TYPES or (type(value) is float and isfinite(value)):
        return ""
    else:
        problem = f"expected JSON, got {json_type(value)}"
    return f"{''.join(path).lstrip('.') or 'the data'}: {problem}"
