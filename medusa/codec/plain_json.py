"""Parsed JSON: the error for a value that does not fit, and copies of a caller's data."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

from ..errors import MedusaDecodeError
from . import nesting

OF_V2, NO_JSON = 1, 2  # Ranks of a mismatch. The highest rank is reported; all others have rank 0.


class Mismatch(MedusaDecodeError):
    """Data that does not fit the model. The text says where and why, and contains no value.

    Each level that the error passes adds its own step, such as `.items` or `[3]`, to the beginning of the path. A
    problem of the whole data has no path.
    """

    def __init__(self, problem: str = "", *, expected: str = "", path: str | None = None, rank: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.expected, self.path, self.rank = problem, expected, path, rank

    def at(self, step: str) -> Mismatch:
        """Add a step to the beginning of the path."""
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
    """Return the mismatch to report: the first, unless the other one has a higher rank."""
    return other if first is None or other.rank > first.rank else first


def unfit(expected: str, value: Any) -> Mismatch:
    """Return the error for a value of an unexpected type."""
    return Mismatch(f"got {json_type(value)}", expected=expected, path="")


def bad_key(key: Any) -> Mismatch:
    """Return the error for an object with this key, which is not a string."""
    return Mismatch(f"expected string keys, got {json_type(key)}", path="", rank=NO_JSON)


def check_keys(data: Iterable[Any]) -> None:
    """Raise `Mismatch` if a key of an object is not a string."""
    for key in data:
        if not isinstance(key, str):
            raise bad_key(key)


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
    """Return a copy of JSON. Raises `Mismatch`, with the path, if the data is not JSON."""
    if data.__class__ is dict:
        for key, value in data.items():
            if key.__class__ is not str or value.__class__ not in _FINITE_TYPES:
                break
        else:
            return data.copy()  # Most metadata has only such values.
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
    """Return a copy of data of any depth. The `Mismatch` has the path of the value that is not JSON."""
    copy = [data]
    left: list[tuple[str, Any, Any]] = [("", copy, 0)]  # A stack of values to copy: path, container and key.
    around: list[int] = []  # The identities of the containers around the value.
    while left:
        path, container, key = left.pop()
        if container is None:  # This is the end of a container.
            around.pop()
            continue
        value = container[key]
        if nesting.is_container(value):
            if id(value) in around:
                raise Mismatch("the data is nested too deeply", rank=NO_JSON)
            around.append(id(value))
            container[key] = value.copy()
            left.append(("", None, None))
            for inner in reversed([key for key, _ in nesting.items(value)]):
                if value.__class__ is dict and type(inner) is not str:
                    raise bad_key(inner).at(path)
                step = f".{inner}" if value.__class__ is dict else f"[{inner}]"
                left.append((path + step, container[key], inner))
        elif not _is_scalar(value):
            raise Mismatch(f"expected JSON, got {json_type(value)}", path=path, rank=NO_JSON)
    return copy[0]
