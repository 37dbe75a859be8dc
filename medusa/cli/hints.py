"""Read the annotations of a method: the types of its arguments, and the keys of its payload and its query."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import medusa

_NAMES = {str: "text", int: "integer", float: "number", bool: "boolean", datetime: "time", NoneType: "null"}


@dataclass(frozen=True)
class Key:
    """A key of a payload or of a query."""

    hint: Any
    is_required: bool
    description: str


def parameters_of(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the parameters of a bound method by name, with their annotations evaluated."""
    names = {"Iterator": Iterator, **_public_names(str(function.__annotations__))}
    return dict(inspect.signature(function, locals=names, eval_str=True).parameters)


def alternatives(hint: Any) -> list[Any]:
    """Return the members of a union type, or the type itself in a list."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return [each for arg in get_args(hint) for each in alternatives(arg)]
    if origin in (Annotated, NotRequired, Required):
        return alternatives(get_args(hint)[0])
    return [hint]


def item_of(hint: Any) -> Any:
    """Return the type of the items if this is the type of a list, or None."""
    return get_args(hint)[0] if get_origin(hint) is list else None


def typed_dict(hint: Any) -> type[Any] | None:
    """Return the TypedDict among the alternatives of a type, or None."""
    return next((each for each in alternatives(hint) if is_typeddict(each)), None)


def keys_of(cls: type[Any]) -> dict[str, Key]:
    """Return the keys of a TypedDict by name."""
    hints = get_type_hints(cls, localns=_public_names(str(cls.__annotations__)), include_extras=True)
    descriptions = _descriptions(cls)
    keys: dict[str, Key] = {}
    for name, hint in hints.items():
        # `__required_keys__` ignores NotRequired and Required if the annotations are strings.
        is_required = name in cls.__required_keys__ and get_origin(hint) is not NotRequired
        is_required = is_required or get_origin(hint) is Required
        keys[name] = Key(hint, is_required, descriptions.get(name, ""))
    return keys


def described(hint: Any) -> str:
    """Describe a type in a few words, for example "list of text"."""
    words: dict[str, None] = {}
    for each in alternatives(hint):
        item = item_of(each)
        if item is not None:
            words[f"list of {described(item)}"] = None
        elif get_origin(each) is Literal:
            words |= dict.fromkeys(str(value) for value in get_args(each))
        elif is_typeddict(each) or get_origin(each) in (dict, Mapping):
            words["object"] = None
        else:
            words[_NAMES.get(each, "JSON" if each is Any else "text")] = None
    if "time" in words:
        words.pop("text", None)  # The text is the time as a string.
    return " or ".join(words)


def _public_names(annotations: str) -> dict[str, Any]:
    """Return the public classes in these annotations. Their module may import them for type checkers only."""
    return {name: getattr(medusa, name) for name in set(re.findall(r"\w+", annotations)) & {*medusa.__all__}}


def _descriptions(cls: type[Any]) -> dict[str, str]:
    """Return the docstrings of a TypedDict's keys, including inherited keys. Empty if there is no source code."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    except OSError:
        return {}
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    for base in tree.bases:  # Only the source names the base classes: in Python 3.11, a TypedDict does not keep them.
        extended: Any = getattr(sys.modules[cls.__module__], base.id, None) if isinstance(base, ast.Name) else None
        if is_typeddict(extended):
            found |= _descriptions(extended)
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            match after:
                case ast.Expr(ast.Constant(str(text))):
                    found[before.target.id] = " ".join(inspect.cleandoc(text).split())
                case _:
                    pass
    return found
