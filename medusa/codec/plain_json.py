"""JSON as Python holds it: what does not fit, and copies of what a caller hands in."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, cast

from ..errors import MedusaDecodeError
from . import nesting

OF_V2, NO_JSON = 1, 2  # ranks of a mismatch, by which it is told before others; those have rank 0


class Mismatch(MedusaDecodeError):
    """Data that is not what the model promises. The text says where and why, and quotes no value.

    The path is built on the way out: each level that the error passes puts its own step, `.items` or `[3]`, before
    it. A problem of the whole data has no path.
    """

    def __init__(self, problem: str = "", *, expected: str = "", path: str | None = None, rank: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.expected, self.path, self.rank = problem, expected, path, rank

    def at(self, step: str) -> Mismatch:
        """Put a step before the path."""
        if self.path is not None:
            self.path = step + self.path
        return self

    def told(self, root: str) -> str:
        """Return the text, with a path that begins with `root`."""
        problem = f"expected {self.expected}, {self.problem}" if self.expected else self.problem
        if self.path is None:
            return problem
        path = root + self.path if root else self.path.removeprefix(".")
        return f"{path or ('the data' if self.rank == NO_JSON else 'the body')}: {problem}"

    def __str__(self) -> str:
        return self.told("")


def graver(first: Mismatch | None, other: Mismatch) -> Mismatch:
    """Return the one to report of two: the first, unless the other explains it."""
    return other if first is None or other.rank > first.rank else first


def unfit(expected: str, value: Any) -> Mismatch:
    """Return the error for a value that is not what is expected."""
    return Mismatch(f"got {json_type(value)}", expected=expected, path="")


def bad_key(key: Any) -> Mismatch:
    """Return the error for an object with this key."""
    return Mismatch(f"expected string keys, got {json_type(key)}", path="", rank=NO_JSON)


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
_FINITE_TYPES = SCALAR_TYPES - {float}
_KEY_TYPES = frozenset((str,))


def _is_scalar(value: Any) -> bool:
    return value.__class__ in _FINITE_TYPES or (value.__class__ is float and isfinite(value))


def copied_json(data: Any) -> Any:
    """Return a copy of JSON. Raises `Mismatch`, with the path, for anything else."""
    try:
        return _copied(data)
    except (Mismatch, RecursionError):
        return _copied_step_by_step(data)


def _copied(value: Any) -> Any:
    cls = value.__class__
    if cls is dict:
        if not {*map(type, value)} <= _KEY_TYPES:
            raise Mismatch
        return {key: item if item.__class__ in _FINITE_TYPES else _copied(item) for key, item in value.items()}
    if cls is list:
        return [item if item.__class__ in _FINITE_TYPES else _copied(item) for item in value]
    if _is_scalar(value):
        return value
    raise Mismatch


def _copied_step_by_step(data: Any) -> Any:
    """The same, of data nested to any depth, and with the path to what is no JSON."""
    copy: list[Any] = []
    path: list[str] = []
    # The containers under way, from the outermost: each of the data, its copy, and the items that are left to copy.
    under_way: list[tuple[Any, Any, Iterator[tuple[Any, Any]]]] = [(None, copy, iter([("", data)]))]
    identities: set[int] = set()
    while under_way:
        _, target, items = under_way[-1]
        for key, item in items:
            path.append("" if target is copy else f"[{key}]" if target.__class__ is list else f".{key}")
            if id(item) in identities:
                raise Mismatch("the data is nested too deeply", rank=NO_JSON)
            _refuse_other_than_json(item, path)
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


def _refuse_other_than_json(value: Any, path: list[str]) -> None:
    """Raise `Mismatch` for a value that, apart from what is in it, is no JSON."""
    if value.__class__ is dict:
        for key in cast("dict[Any, Any]", value):
            if type(key) is not str:
                raise bad_key(key).at("".join(path))
    elif value.__class__ is not list and not _is_scalar(value):
        raise Mismatch(f"expected JSON, got {json_type(value)}", path="".join(path), rank=NO_JSON)
