"""What the methods that add something to a store check."""

from __future__ import annotations

from collections.abc import Iterable
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
    others = RELATIONS[kind].keys() | COMPUTED.get(kind, set())
    if wrong := [name for name in given if name in others]:
        raise TypeError(
            f"{wrong[0]!r} is no column of a {what}, and can't be given as one. SandboxStore.add() adds an entity with"
            " all that it holds"
        )


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
