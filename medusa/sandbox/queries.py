"""What the routes of a catalogue have in common: `fields` and `expand`, pages, the order, and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

import attrs

from .answers import Refused, error_answer, failure_answer
from .database import Database
from .entities import JSON
from .filters import has_words, time_conditions
from .relations import RELATIONS, load
from .totals import round_half_up
from .validation import NotInSandboxError, js_number

_LARGEST_LIMIT = 2**63 - 1


def failed() -> Refused:
    """Return what ends a request that the backend's database can't answer."""
    return Refused(failure_answer())


def not_found(text: str) -> Refused:
    """Return what ends a request for something that is not there."""
    return Refused(error_answer(404, "not_found", text))


# Rules of queries


def query_number(name: str, value: Any) -> list[str]:
    """Take a text that JS makes a number of."""
    return [] if js_number(value) is not None else [f"{name} must be a number conforming to the specified constraints"]


def query_integer(name: str, value: Any) -> list[str]:
    """Take a text that JS makes a whole number of."""
    number = js_number(value)
    return [] if number is not None and number == int(number) else [f"{name} must be an integer number"]


def texts(name: str, value: Any) -> list[str]:
    """Take a text or several. Medusa answers other values with JSON within its message, which the sandbox does not."""
    if not isinstance(value, str | list) or not all(isinstance(each, str) for each in cast("list[Any]", value)):
        raise NotInSandboxError(f"The sandbox takes a string or a list of strings as {name}.")
    return []


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "lt": lambda value, other: value < other,
    "gt": lambda value, other: value > other,
    "lte": lambda value, other: value <= other,
    "gte": lambda value, other: value >= other,
    "contains": lambda value, other: has_words(f"%{other}%", value),
    "starts_with": lambda value, other: has_words(f"{other}%", value),
    "ends_with": lambda value, other: has_words(f"%{other}", value),
}


def text_comparison(name: str, value: Any) -> list[str]:
    """Take a text, several, or an object of comparisons, such as `value[contains]`."""
    if not isinstance(value, dict):
        return texts(name, value)
    compared = cast("dict[str, Any]", value)
    if not compared.keys() <= _COMPARISONS.keys() or not all(isinstance(each, str) for each in compared.values()):
        raise NotInSandboxError(f"The sandbox compares {name} with strings, by {', '.join(_COMPARISONS)}.")
    return []


def meets(value: str | None, wanted: Any) -> bool:
    """Tell whether a value is the text that is wanted, one of several, or compares as it should."""
    if value is None:
        return False
    if isinstance(wanted, dict):
        compared = cast("dict[str, str]", wanted)
        return all(_COMPARISONS[name](value, other) for name, other in compared.items())
    return value in wanted if isinstance(wanted, list) else value == wanted


def at_times(query: JSON) -> Callable[[JSON], bool]:
    """Return what tells whether a row was created and updated when the query wants."""
    conditions = time_conditions(query, ("created_at", "updated_at"))
    return lambda row: all(is_met(row) for is_met in conditions)


# Pages


@attrs.frozen
class Page:
    """A part of a list."""

    limit: float
    offset: float

    @classmethod
    def of(cls, query: JSON, limit: int) -> Page:
        """Return the page that a checked query asks for."""
        numbers = (js_number(query.get(name, default)) for name, default in (("limit", limit), ("offset", 0)))
        return cls(*(_plain(number or 0) for number in numbers))

    def cut(self, rows: list[JSON]) -> list[JSON]:
        """Return the rows on this page; a limit of 0 stands for all. Raises `Refused`."""
        if not (0 <= self.limit <= _LARGEST_LIMIT and 0 <= self.offset <= _LARGEST_LIMIT):
            raise failed()
        return rows[round_half_up(self.offset) :][: round_half_up(self.limit) if self.limit else None]

    def numbers(self, count: int) -> JSON:
        """Return what a list says of itself."""
        return {"count": count, "offset": self.offset, "limit": self.limit}


def _plain(number: float) -> float:
    """Return a number as JSON writes one of JS: without a fraction where it has none."""
    return int(number) if number == int(number) else number


def ordered(rows: list[JSON], query: JSON, columns: Iterable[str], *, allowed: Iterable[str] = ()) -> list[JSON]:
    """Return rows in the order that the query asks for, the newest first without one. Raises `Refused`."""
    order = str(query.get("order", "-created_at"))
    is_falling = order.startswith("-")
    name = order.split("-")[1] if is_falling else order
    if allowed and name not in allowed:
        raise Refused(error_answer(400, "invalid_data", f"Order field {name} is not valid"))
    if "." in name:
        raise NotInSandboxError(f"The sandbox does not order by {name}.")
    if name not in columns:
        raise failed()
    return sorted(rows, key=partial(_place, name), reverse=is_falling)


def _place(name: str, row: JSON) -> tuple[bool, Any]:
    value = row.get(name)  # As in PostgreSQL, null comes after everything else.
    return (value is None, 0 if value is None else value)


# Fields and relations


@attrs.frozen
class Shape:
    """What a route sends of an entity, and what `fields` and `expand` may change."""

    kind: str
    columns: tuple[str, ...]
    """All columns of the entity."""
    relations: tuple[str, ...] = ()
    """The relations that are sent without `expand`."""
    allowed_fields: tuple[str, ...] = ()
    """What `fields` may name; everything where this is empty, but what is no column makes the backend fail."""
    allowed_relations: tuple[str, ...] = ()
    default_fields: tuple[str, ...] = ()
    """What is sent without `fields`; all columns where this is empty."""

    def select(self, query: JSON, *, is_list: bool) -> Selection:
        """Return what a query asks for. Raises `Refused`."""
        fields = (
            self._fields(query["fields"], is_list) if "fields" in query else [*(self.default_fields or self.columns)]
        )
        relations = [*self.relations]
        if "expand" in query:
            relations = [name for name in query["expand"].split(",") if name]
            wrong = [name for name in dict.fromkeys(relations) if name not in self.allowed_relations]
            if wrong and self.allowed_relations:
                raise _invalid(wrong)
            if not all(_is_relation(self.kind, name) for name in relations):
                raise failed()
        return Selection(self.kind, fields, relations)

    def _fields(self, text: str, is_list: bool) -> list[str]:
        given = [field for field in text.split(",") if field]
        if given and all(field[0] in "+-*" for field in given):
            fields = [*(self.default_fields or self.columns)]
            for field in given:
                name = field.lstrip("+-")
                fields = [each for each in fields if each != name] + ([] if field.startswith("-") else [name])
        else:
            fields = [field.lstrip("+-") for field in given]
        fields = list(dict.fromkeys([*fields, *(["created_at"] if is_list else []), "id"]))
        wrong = [field for field in fields if not field.startswith(self.allowed_fields)] if self.allowed_fields else []
        if wrong:
            raise _invalid([field.removeprefix("*") for field in wrong])
        if nested_fields := [field for field in fields if "." in field and field in self.allowed_fields]:
            raise NotInSandboxError(f"The sandbox has no fields of relations, such as {nested_fields[0]}.")
        if not set(fields) <= set(self.columns):
            raise failed()
        return fields


def _invalid(names: list[str]) -> Refused:
    return Refused(error_answer(400, "invalid_data", f"Requested fields [{', '.join(names)}] are not valid"))


def _is_relation(kind: str, path: str) -> bool:
    name, _, deeper = path.partition(".")
    relation = RELATIONS.get(kind, {}).get(name)
    return relation is not None and (not deeper or _is_relation(relation.kind, deeper))


@attrs.frozen
class Selection:
    """The columns and relations of an entity that are sent."""

    kind: str
    fields: list[str]
    relations: list[str]

    def of(self, database: Database, row: JSON) -> JSON:
        """Return what is sent of a row."""
        loaded = load(database, self.kind, row, self.relations)
        relations = {name.partition(".")[0] for name in self.relations}
        return {name: value for name, value in loaded.items() if name in self.fields or name in relations}
