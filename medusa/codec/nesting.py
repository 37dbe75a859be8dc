"""Copy, compare and pickle lists and dicts that are nested as deeply as in a JSON text.

The JSON parser accepts about a thousand levels, and more on newer Pythons. `copy`, `==` and `pickle` are recursive and
fail at fewer levels. The functions of this module are not recursive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

_DEEP = 50  # levels. The caller may need most of Python's default limit of 1,000 calls.

_Link = tuple[int, Any, int]


def is_container(value: Any) -> bool:
    return value.__class__ is dict or value.__class__ is list


def items(container: Any) -> Iterable[tuple[Any, Any]]:
    """Return the items of a dict or a list, each with its key or index."""
    return cast("Iterable[tuple[Any, Any]]", container.items() if isinstance(container, dict) else enumerate(container))


def is_deep(value: Any) -> bool:
    """Return whether containers are nested too deeply for recursive functions."""
    level: Iterable[Any] = (value,) if is_container(value) else ()
    for _ in range(_DEEP):
        # By identity, so that a container that occurs twice is checked once.
        level = {
            id(item): item
            for container in level
            for item in (container.values() if container.__class__ is dict else container)
            if item.__class__ is dict or item.__class__ is list
        }.values()
        if not level:
            return False
    return True


def copied(value: Any, copy_item: Callable[[Any], Any]) -> Any:
    """Return a copy of a container and of all containers in it. `copy_item` copies all other items."""
    containers, links = taken_apart(value)
    inner = {(number, key) for number, key, _ in links}
    for number, container in enumerate(containers):
        for key, item in items(container):
            if (number, key) not in inner:
                container[key] = copy_item(item)
    return put_together(containers, links)


def taken_apart(value: Any) -> tuple[list[Any], list[_Link]]:
    """Return shallow copies of a container and of all containers in it, and the links between them.

    In each copy, inner containers are replaced by None. A link (0, "key", 1) says that container 1 is the item "key" of
    container 0.
    """
    containers, numbers, links = [value], {id(value): 0}, list[_Link]()
    for number, container in enumerate(containers):  # The list grows during the loop.
        for key, item in items(container):
            if is_container(item):
                if id(item) not in numbers:
                    numbers[id(item)] = len(containers)
                    containers.append(item)
                links.append((number, key, numbers[id(item)]))
    copies = [container.copy() for container in containers]
    for number, key, _ in links:
        copies[number][key] = None
    return copies, links


def put_together(containers: list[Any], links: list[_Link]) -> Any:
    """Return the container that `taken_apart` took apart."""
    for number, key, inner in links:
        containers[number][key] = containers[inner]
    return containers[0]


class Pickled:
    """Replaces a container while it is pickled. Unpickling returns the container."""

    def __init__(self, value: Any) -> None:
        self._parts = taken_apart(value)

    def __reduce__(self) -> Any:
        return put_together, self._parts


def are_equal(one: Any, other: Any) -> bool:
    """Return whether two values are equal, as `==` does."""
    pairs, seen = [(one, other)], set[tuple[int, int]]()
    while pairs:
        one, other = pairs.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        if not (is_container(one) and type(one) is type(other)):
            if one != other:
                return False
            continue
        seen.add((id(one), id(other)))
        if len(one) != len(other) or (type(one) is dict and one.keys() != other.keys()):
            return False
        pairs.extend((item, other[key]) for key, item in items(one))
    return True
