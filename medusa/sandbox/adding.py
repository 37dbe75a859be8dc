"""The checks of the methods that add data to a store."""

from __future__ import annotations

import inspect
import keyword
import re
from collections.abc import Callable, Iterable
from typing import Any, cast

import attrs

from .. import Model
from .database import Database
from .entities import JSON
from .relations import COMPUTED, RELATIONS


def refuse_unknown(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Raise `TypeError` for an unknown name."""
    if unknown := [name for name in given if name not in known]:
        article = "an" if what[0] in "aeiou" else "a"
        raise TypeError(f"{article} {what} has no field {unknown[0]!r}")


def refuse_all_but_columns(kind: str, given: Iterable[str], model: type[Model]) -> None:
    """Raise `TypeError` for a name that is not a field of the model, or not a column of the row itself."""
    what = kind.replace("_", " ")
    refuse_unknown(what, given, attrs.fields_dict(cast("Any", model)))
    others = RELATIONS[kind].keys() | COMPUTED.get(kind, frozenset())
    if wrong := [name for name in given if name in others]:
        raise TypeError(
            f"{wrong[0]!r} is not a column of a {what}. To add an entity with its relations, use SandboxStore.add()"
        )


def check_route(method: str, path: str, response: Any) -> None:
    """Raise `ValueError` if the route is not valid, and `TypeError` if the function does not accept its arguments."""
    if not re.fullmatch("[A-Z]+", method):
        raise ValueError("method must be an HTTP method in upper case, for example GET")
    if method in ("HEAD", "OPTIONS"):
        raise ValueError(f"method must not be {method}: the sandbox handles {method} requests itself")
    if not path.startswith("/") or "?" in path:
        raise ValueError("path must begin with / and must not have a query")
    names: list[str] = re.findall(r"\{([^/]*?)\}", path)
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name) or name == "request":
            raise ValueError(f"a placeholder in path must be a Python identifier other than request, not {name!r}")
        if names.count(name) > 1:
            raise ValueError(f"path must not have the placeholder {name!r} twice")
    if callable(response):
        _check_function(response, names)


def _check_function(function: Callable[..., Any], placeholders: list[str]) -> None:
    try:
        signature = inspect.signature(function)
    except ValueError:  # Some functions that are written in C have no signature.
        return
    try:
        signature.bind(None, **dict.fromkeys(placeholders))
    except TypeError as error:
        names = "".join(f", {name}=..." for name in placeholders)
        raise TypeError(f"the function must accept the arguments (request{names}): {error}") from None


def refuse_taken(database: Database, kind: str, **value: str) -> None:
    """Raise `ValueError` if there is a row with this value in this column."""
    if database.find(kind, **value):
        ((column, text),) = value.items()
        raise ValueError(f"there already is a {kind.replace('_', ' ')} with the {column} {text!r}")


def known_row(database: Database, kind: str, id: str) -> JSON:
    """Return the row with this ID. Raises `ValueError` if it does not exist."""
    row = database.get(kind, id)
    if row is None:
        raise ValueError(f"there is no {kind.replace('_', ' ')} {id!r}")
    return row
