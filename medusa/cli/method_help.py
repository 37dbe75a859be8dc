"""The help of a method's command, from the method's docstring and the types of its arguments."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, is_typeddict

from .hints import Key, alternatives, described, item_of, keys_of
from .methods import Method


def summary(method: Method) -> str:
    """Return the first sentence of a method's docstring."""
    first = " ".join(_paragraphs(method)[0].split())
    return re.split(r"(?<=\.)\s", first)[0]


def paragraphs(method: Method) -> str:
    """Return a method's docstring for Click. Click wraps every paragraph that does not begin with `\\b`."""
    return "\n\n".join(f"\b\n{text}" if text.startswith(" ") else text for text in _paragraphs(method))


def key_rows(kind: type[Any], *, in_brackets: bool) -> list[tuple[str, str]]:
    """Return each key of a TypedDict and of the objects in it, with its type and its description.

    With `in_brackets`, the keys of an object are written as in a query, `created_at[gt]`. Without it, they are written
    as in jq, `items[].quantity`.
    """
    return [
        (name, ". ".join(filter(None, (f"{described(key.hint)}{', required' * key.is_required}", key.description))))
        for name, key in _all_keys(kind, in_brackets, ())
    ]


def _all_keys(kind: type[Any], in_brackets: bool, parents: tuple[type[Any], ...]) -> list[tuple[str, Key]]:
    rows: list[tuple[str, Key]] = []
    for name, key in keys_of(kind).items():
        is_object_only = all(map(is_typeddict, alternatives(key.hint)))
        if not (in_brackets and is_object_only):  # In a query, only the keys of such an object can be given.
            rows.append((name, key))
        for inner, suffix in _inner(key.hint):
            if inner not in parents:
                for inner_name, inner_key in _all_keys(inner, in_brackets, (*parents, kind)):
                    below = f"[{inner_name}]" if in_brackets else f".{inner_name}"
                    rows.append((f"{name}{suffix}{below}", inner_key))
    return rows


def _inner(hint: Any) -> Iterator[tuple[type[Any], str]]:
    """Yield each TypedDict in this type, with the suffix `[]` if it is the item of a list."""
    for each in alternatives(hint):
        if is_typeddict(each):
            yield each, ""
        elif item := item_of(each):
            yield from ((kind, "[]") for kind in alternatives(item) if is_typeddict(kind))


def _paragraphs(method: Method) -> list[str]:
    return re.split(r"\n\s*\n", (inspect.getdoc(method) or "").replace("::\n", ":\n"))
