"""Checks of payloads: reject values that harm Medusa, and find objects that each call creates again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

_GREATEST = 2**31 - 1


def check_not_negative(payload: Mapping[str, Any], *paths: str) -> None:
    """Raise `ValueError` if a number at one of these paths, such as `prices[].amount`, is negative."""
    for path, value in _numbers(payload, paths):
        if value < 0:
            raise ValueError(f"{path} must not be negative")


def check_positive(payload: Mapping[str, Any], *paths: str) -> None:
    """Raise `ValueError` if a number at one of these paths is not greater than 0."""
    for path, value in _numbers(payload, paths):
        if value <= 0:
            raise ValueError(f"{path} must be greater than 0")


def check_whole(payload: Mapping[str, Any], *paths: str) -> None:
    """Raise `ValueError` if a number at one of these paths does not fit an integer column of PostgreSQL."""
    for path, value in _numbers(payload, paths):
        if value % 1 or value > _GREATEST:
            problem = f"must be a whole number of at most {_GREATEST}: other values stop the backend's process"
            raise ValueError(f"{path} {problem}")


def check_list(mapping: Mapping[str, Any], key: str) -> None:
    """Raise `TypeError` unless this value is None or a list without None: others would stop the backend's process."""
    value = mapping.get(key) if isinstance(mapping, Mapping) else None
    if value is None:
        return
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{key} must be a list, not {type(value).__name__}")
    if None in value:
        raise TypeError(f"{key} must not contain None")


def has_new_parts(payload: Mapping[str, Any], *paths: str) -> bool:
    """Whether any object at one of these paths, such as `variants[]`, has no `id`. Each call creates these objects
    again.
    """
    values = (value for path in paths for _, value in _values(payload, path.split("."), "") if value is not None)
    return not all(isinstance(value, Mapping) and cast("Mapping[str, Any]", value).get("id") for value in values)


def _numbers(payload: Mapping[str, Any], paths: tuple[str, ...]) -> Iterator[tuple[str, int | float]]:
    for path in paths:
        for written, value in _values(payload, path.split("."), ""):
            if isinstance(value, (int, float)):
                yield written, value


def _values(value: Any, keys: list[str], path: str) -> Iterator[tuple[str, Any]]:
    """Yield each value at a path together with its own path. `[]` after a key means all items of a list."""
    if not keys:
        yield path, value
    elif isinstance(value, Mapping):
        key, is_list = keys[0].removesuffix("[]"), keys[0].endswith("[]")
        inner = cast("Mapping[str, Any]", value).get(key)
        path = f"{path}.{key}" if path else key
        if not is_list:
            yield from _values(inner, keys[1:], path)
        elif isinstance(inner, (list, tuple)):
            for number, item in enumerate(cast("list[Any]", inner)):
                yield from _values(item, keys[1:], f"{path}[{number}]")
