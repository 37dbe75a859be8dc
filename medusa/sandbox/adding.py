"""What the methods that add something to a store check."""

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
    """Raise `TypeError` for a name that is not known."""
    if unknown := [name for name in given if name not in known]:
        article = "an" if what[0] in "aeiou" else "a"
        raise TypeError(f"{article} {what} has no field {unknown[0]!r}")


def refuse_all_but_columns(kind: str, given: Iterable[str], model: type[Model]) -> None:
    """Raise `TypeError` for a name that is no field of the model, and for what is not stored with the row itself."""
    what = kind.replace("_", " ")
    refuse_unknown(what, given, attrs.fields_dict(cast("Any", model)))
    others = RELATIONS[kind].keys() | COMPUTED.get(kind, frozenset())
    if wrong := [name for name in given if name in others]:
        raise TypeError(
            f"{wrong[0]!r} is no column of a {what}, and can't be given as one. SandboxStore.add() adds an entity with"
            " all that it holds"
        )


def check_route(method: str, path: str, answer: Any) -> None:
    """Raise `ValueError` for a route that can't be, and `TypeError` for a function that can't answer it."""
    if not re.fullmatch("[A-Z]+", method):
        raise ValueError("method must be an HTTP method in upper case, such as GET")
    if method in ("HEAD", "OPTIONS"):
        raise ValueError(f"method must not be {method}: the sandbox answers {method} requests itself")
    if not path.startswith("/") or "?" in path:
        raise ValueError("path must begin with / and have no query")
    names: list[str] = re.findall(r"\{([^/]*?)\}", path)
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name) or name == "request":
            raise ValueError(f"a placeholder of the path must be a name of Python other than request, not {name!r}")
        if names.count(name) > 1:
            raise ValueError(f"the path has the placeholder {name!r} twice")
    if callable(answer):
        _check_function(answer, names)


def _check_function(function: Callable[..., Any], placeholders: list[str]) -> None:
    try:
        signature = inspect.signature(function)
    except ValueError:  # as of some functions that are written in C
        return
    try:
        signature.bind(None, **dict.fromkeys(placeholders))
    except TypeError as error:
        names = "".join(f", {name}=..." for name in placeholders)
        raise TypeError(f"the function is called with (request{names}), which it can't take: {error}") from None


def refuse_taken(database: Database, kind: str, **value: str) -> None:
    """Raise `ValueError` if there is a row with this value in this column."""
    if database.find(kind, **value):
        ((column, text),) = value.items()
        raise ValueError(f"there is a {kind.replace('_', ' ')} with the {column} {text!r}")


def known_row(database: Database, kind: str, id: str) -> JSON:
    """Return the row with this id. Raises `ValueError` if it is not there."""
    row = database.get(kind, id)
    if row is None:
        raise ValueError(f"there is no {kind.replace('_', ' ')} {id!r}")
    return row
