"""Paths: fill the placeholders of a route with IDs."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote


@cache
def _placeholders(route: str) -> tuple[str, ...]:
    """Return the names of the placeholders of a route."""
    return tuple(re.findall(r"\{(\w+)\}", route))


def path_of(route: str, ids: tuple[str, ...]) -> str:
    """Return the route with its placeholders replaced. Raises `TypeError` or `ValueError` if an ID can't be sent."""
    names = _placeholders(route)
    if len(names) != len(ids):
        raise TypeError(f"{route} takes {len(names)} IDs, not {len(ids)}")
    return route.format_map({name: path_segment(name, id) for name, id in zip(names, ids, strict=True)})


def path_segment(name: str, id: str) -> str:
    """Return an ID as one path segment. Raises `TypeError` or `ValueError` if the ID can't be sent."""
    if not isinstance(id, str):
        raise TypeError(f"{name} must be a string, not {type(id).__name__}")
    if id in ("", ".", ".."):
        raise ValueError(f"{name} must not be {id!r}" if id else f"{name} must not be empty")
    try:
        return quote(id, safe="")
    except UnicodeEncodeError:
        raise ValueError(f"{name} contains a character that can't be encoded") from None
