"""Check whether another library still has the undocumented names that this package uses."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Any


def missing_names(needed: Iterable[tuple[Any, Mapping[str, list[str] | None]]]) -> list[str]:
    """Return the names that these objects lack.

    A name maps to the parameters of a function, or to None for a value.
    """
    return [
        f"{getattr(owner, '__name__', type(owner).__name__)}.{name}"
        for owner, names in needed
        for name, parameters in names.items()
        if not _fits(owner, name, parameters)
    ]


def _fits(owner: Any, name: str, parameters: list[str] | None) -> bool:
    if parameters is None:
        return hasattr(owner, name)
    function = getattr(owner, name, None)
    return callable(function) and _parameters(function) == parameters


def _parameters(function: Any) -> list[str]:
    """Return the names of a function's parameters.

    `inspect` is imported only for wrapped functions, because the import takes a fifth of the time of creating a client.
    """
    code: Any = getattr(function, "__code__", None)
    if type(function) not in (types.FunctionType, types.MethodType) or code.co_flags & _TAKES_ANY:
        from inspect import signature

        return [*signature(function).parameters]
    is_method = type(function) is types.MethodType
    return [*code.co_varnames[is_method : code.co_argcount + code.co_kwonlyargcount]]


_TAKES_ANY = 0x04 | 0x08  # The flags of `*args` and `**kwargs`, which most wrappers take.
