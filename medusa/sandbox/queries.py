"""Common code for the lists of a catalog: the rules of their queries, comparisons, pages and sorting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

import attrs

from .entities import JSON
from .filters import has_words, time_conditions
from .responses import Refused, error_response, failed
from .totals import round_half_up
from .validation import NotInSandboxError, js_number

_LARGEST_LIMIT = 2**63 - 1


def not_found(text: str) -> Refused:
    """Return the error for an entity that does not exist."""
    return Refused(error_response(404, "not_found", text))


# Rules of queries


def query_number(name: str, value: Any) -> list[str]:
    """Accept a text that JS converts to a number."""
    return [] if js_number(value) is not None else [f"{name} must be a number conforming to the specified constraints"]


def query_integer(name: str, value: Any) -> list[str]:
    """Accept a text that JS converts to an integer."""
    number = js_number(value)
    return [] if number is not None and number == int(number) else [f"{name} must be an integer number"]


def texts(name: str, value: Any) -> list[str]:
    """Accept one or more texts. For other values, Medusa's message contains JSON; the sandbox does not support this."""
    if not isinstance(value, str | list) or not all(isinstance(each, str) for each in cast("list[Any]", value)):
        raise NotInSandboxError(f"The sandbox requires a string or a list of strings as {name}.")
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
    """Accept one or more texts, or an object of comparisons, for example `value[contains]`."""
    if not isinstance(value, dict):
        return texts(name, value)
    compared = cast("dict[str, Any]", value)
    if not compared.keys() <= _COMPARISONS.keys() or not all(isinstance(each, str) for each in compared.values()):
        raise NotInSandboxError(
            f"The sandbox compares {name} only with strings, and only with {', '.join(_COMPARISONS)}."
        )
    return []


def meets(value: str | None, wanted: Any) -> bool:
    """Return whether a value is the wanted text, one of the wanted texts, or matches the comparisons."""
    if value is None:
        return False
    if isinstance(wanted, dict):
        compared = cast("dict[str, str]", wanted)
        return all(_COMPARISONS[name](value, other) for name, other in compared.items())
    return value in wanted if isinstance(wanted, list) else value == wanted


def at_times(query: JSON) -> Callable[[JSON], bool]:
    """Return a function that checks a row against the dates of creation and update in the query."""
    conditions = time_conditions(query, ("created_at", "updated_at"))
    return lambda row: all(is_met(row) for is_met in conditions)


# Pages


@attrs.frozen
class Page:
    """A page of a list."""

    limit: float
    offset: float

    @classmethod
    def of(cls, query: JSON, limit: int) -> Page:
        """Return the page for a valid query."""
        numbers = (js_number(query.get(name, default)) for name, default in (("limit", limit), ("offset", 0)))
        return cls(*(_plain(number or 0) for number in numbers))

    def cut(self, rows: list[JSON]) -> list[JSON]:
        """Return the rows on this page. A limit of 0 means all rows. Raises `Refused`."""
        if not (0 <= self.limit <= _LARGEST_LIMIT and 0 <= self.offset <= _LARGEST_LIMIT):
            raise failed()
        return rows[round_half_up(self.offset) :][: round_half_up(self.limit) if self.limit else None]

    def numbers(self, count: int) -> JSON:
        """Return the count, offset and limit of a list."""
        return {"count": count, "offset": self.offset, "limit": self.limit}


def _plain(number: float) -> float:
    """Return a number like JS writes it in JSON: a whole number has no fraction."""
    return int(number) if number == int(number) else number


def ordered(rows: list[JSON], query: JSON, columns: Iterable[str], *, allowed: Iterable[str] = ()) -> list[JSON]:
    """Return rows in the order from the query. The default is newest first. Raises `Refused`."""
    order = str(query.get("order", "-created_at"))
    is_falling = order.startswith("-")
    name = order.split("-")[1] if is_falling else order
    if allowed and name not in allowed:
        raise Refused(error_response(400, "invalid_data", f"Order field {name} is not valid"))
    if "." in name:
        raise NotInSandboxError(f"The sandbox cannot sort by {name}.")
    if name not in columns:
        raise failed()
    return sorted(rows, key=partial(_place, name), reverse=is_falling)


def _place(name: str, row: JSON) -> tuple[bool, Any]:
    value = row.get(name)  # Like in PostgreSQL, null sorts after all other values.
    return (value is None, 0 if value is None else value)
