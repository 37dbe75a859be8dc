"""Find the methods of the client by their dotted names, for example `carts.line_items.create`."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from .. import Lazy, Medusa, Resource

Method = Callable[..., Any]

_MOST_NAMES = 12
"""An error message lists at most this number of names."""


def find(medusa: Medusa, name: str) -> Method | None:
    """Return the method with this name, or None. This imports only the resources in the name."""
    *path, last = name.split(".")
    parent = _resource(medusa, path)
    if not isinstance(parent, Resource) or last.startswith("_") or not inspect.isfunction(_member(parent, last)):
        return None
    method: Method = getattr(parent, last)
    return method


def methods(parent: Medusa | Resource, beginning: str = "", prefix: str = "") -> Iterator[tuple[str, Method]]:
    """Yield the name of each method that starts with `beginning`, and the method. This imports only their resources."""
    for attribute in dir(type(parent)):
        name = prefix + attribute
        if attribute.startswith("_"):
            continue
        if isinstance(_member(parent, attribute), Lazy):
            group = f"{name}."
            if group.startswith(beginning) or beginning.startswith(group):
                yield from methods(getattr(parent, attribute), beginning, group)
        elif (
            isinstance(parent, Resource)
            and name.startswith(beginning)
            and inspect.isfunction(_member(parent, attribute))
        ):
            yield name, getattr(parent, attribute)


def iterate_of(medusa: Medusa, name: str) -> Method | None:
    """Return the method that iterates over all pages of the list with this name, or None."""
    return _twin(medusa, name, "iterate")


def list_of(medusa: Medusa, name: str) -> Method | None:
    """Return the method that requests a page of the list with this name, or None."""
    return _twin(medusa, name, "list")


def _twin(medusa: Medusa, name: str, verb: str) -> Method | None:
    found = re.fullmatch(r"(.*\.)(?:list|iterate)(\w*)", name)
    return find(medusa, f"{found[1]}{verb}{found[2]}") if found else None


def hint(medusa: Medusa, name: str) -> str:
    """Return the end of the error message for an unknown name: the names of similar methods."""
    in_python = re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    if find(medusa, in_python):
        return f": the Python name is {in_python}"
    if _resource(medusa, in_python.split(".")):
        names = [found for found, _ in methods(medusa, f"{in_python}.")]
        return ": choose one of " + ", ".join(names[:_MOST_NAMES]) + " and more" * (len(names) > _MOST_NAMES)
    close = difflib.get_close_matches(in_python, [found for found, _ in methods(medusa)])
    return f": did you mean {' or '.join(close)}?" if close else ""


def _resource(medusa: Medusa, path: list[str]) -> Medusa | Resource | None:
    parent: Any = medusa
    for attribute in path:
        if attribute.startswith("_") or not isinstance(_member(parent, attribute), Lazy):
            return None
        parent = getattr(parent, attribute)
    found: Medusa | Resource = parent
    return found


def _member(parent: Medusa | Resource, name: str) -> Any:
    return inspect.getattr_static(type(parent), name, None)
