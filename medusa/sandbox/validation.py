"""Check the values of a query or a body like Medusa, with the same error messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast


class NotInSandboxError(Exception):
    """The sandbox does not support this request, but a real Medusa may. The response is 501. The message says why."""


class UnreadableQueryError(Exception):
    """The backend fails while it reads the query. The response is 500."""


def normalized(query: dict[str, Any]) -> dict[str, Any]:
    """Return the query. A list with one text becomes the list of the texts between its commas."""
    result: dict[str, Any] = {}
    for name, value in query.items():
        if isinstance(value, list) and len(cast("list[Any]", value)) == 1:
            (text,) = cast("list[Any]", value)
            if not isinstance(text, str):
                raise UnreadableQueryError
            value = text.split(",")
        result[name] = value
    return result


def unknown(given: dict[Any, Any], known: set[str]) -> list[str]:
    """Return Medusa's complaints about unknown names."""
    return [f"property {name} should not exist" for name in given if name not in known]


Rule = Callable[[str, Any], list[str]]
"""A function that returns Medusa's complaints about the value of a name. A missing name has the value None."""


def complaints(given: dict[str, Any], rules: Mapping[str, Rule]) -> list[str]:
    """Return Medusa's complaints about a query or a body: first about unknown names, then from the rules."""
    return [
        *unknown(given, set(rules)),
        *(text for name, rule in rules.items() for text in rule(name, given.get(name))),
    ]


def optional(*rules: Rule) -> Rule:
    """Accept null, a missing name, and values that all rules accept."""
    return lambda name, value: [] if value is None else [text for rule in rules for text in rule(name, value)]


def every(*rules: Rule) -> Rule:
    """Accept values that all rules accept."""
    return lambda name, value: [text for rule in rules for text in rule(name, value)]


def each(*rules: Rule) -> Rule:
    """Accept a value, or a list of values, that the rules accept. Medusa reports each problem only once."""

    def check(name: str, value: Any) -> list[str]:
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        found = (text for rule in rules for one in values for text in rule(name, one))
        return [f"each value in {text}" for text in dict.fromkeys(found)]

    return check


def nested(rules: Mapping[str, Rule], *, each: bool = False) -> Rule:
    """Accept an object, or a list of objects, whose values the rules accept. `each` is for fields that are lists."""
    text = "each value in nested property" if each else "nested property"

    def check(name: str, value: Any) -> list[str]:
        problems: list[str] = []
        for one in cast("list[Any]", value) if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                problems += complaints(cast("dict[str, Any]", one), rules)
            elif isinstance(one, list):
                problems += check(name, one)
            else:
                problems.append(f"{text} {name} must be either object or array")
        return problems

    return check


def anything(name: str, value: Any) -> list[str]:
    """Accept any value."""
    return []


def string(name: str, value: Any) -> list[str]:
    """Accept a string."""
    return [] if isinstance(value, str) else [f"{name} must be a string"]


def not_empty(name: str, value: Any) -> list[str]:
    """Accept all values except null and an empty string."""
    return [f"{name} should not be empty"] if value in (None, "") else []


def number(name: str, value: Any) -> list[str]:
    """Accept a JSON number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [] if is_number else [f"{name} must be a number conforming to the specified constraints"]


def integer(name: str, value: Any) -> list[str]:
    """Accept a JSON number without a fraction."""
    is_whole = not number(name, value) and value == int(value)
    return [] if is_whole else [f"{name} must be an integer number"]


def at_least(least: float) -> Rule:
    """Accept a number that is not smaller than the limit."""

    def check(name: str, value: Any) -> list[str]:
        is_wrong = number(name, value) or value < least
        return [f"{name} must not be less than {least}"] if is_wrong else []

    return check


def boolean_string(name: str, value: Any) -> list[str]:
    """Accept true and false as strings of a query."""
    return [] if value in ("true", "false", "1", "0") else [f"{name} must be a boolean string"]


def array(name: str, value: Any) -> list[str]:
    """Accept a list."""
    return [] if isinstance(value, list) else [f"{name} must be an array"]


def json_object(name: str, value: Any) -> list[str]:
    """Accept an object."""
    return [] if isinstance(value, dict) else [f"{name} must be an object"]


def email(name: str, value: Any) -> list[str]:
    """Accept an e-mail address."""
    return [] if is_email(value) else [f"{name} must be an email"]


def js_number(value: Any) -> float | None:
    """Convert a value to a finite number like JS, or return None if this is not possible."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not text:
        return 0
    if re.fullmatch(r"0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)", text):
        return int(text, 0)
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        return None
    number = float(text)
    return number if abs(number) < float("inf") else None


def is_email(value: Any) -> bool:
    """Return whether the backend accepts this as an e-mail address."""
    return (
        isinstance(value, str)
        and len(value) <= 254
        and re.fullmatch(
            r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}", value
        )
        is not None
    )
