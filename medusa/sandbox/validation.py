"""How Medusa checks the values of a query or of a body: what it takes, and what it says of the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast


class NotInSandboxError(Exception):
    """A real Medusa may know what was asked for, the sandbox does not: 501. Its text says what."""


class UnreadableQueryError(Exception):
    """The backend fails as it reads the query: 500."""


def normalized(query: dict[str, Any]) -> dict[str, Any]:
    """The query with each list of one text as the list of the texts between its commas."""
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
    """Complaints about names that the route does not know."""
    return [f"property {name} should not exist" for name in given if name not in known]


def not_strings(given: dict[str, Any], names: list[str]) -> list[str]:
    """Complaints about what is there, is not null, and is no string."""
    return [f"{name} must be a string" for name in names if not isinstance(given.get(name, ""), (str, type(None)))]


def nested(given: dict[str, Any], name: str, check: Callable[[dict[str, Any]], list[str]]) -> list[str]:
    """Complaints about an object within the query, or a list of objects."""
    value = given.get(name)
    if name not in given or value is None:
        return []
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    problems: list[str] = []
    for each in values:
        if isinstance(each, dict):
            problems += check(cast("dict[str, Any]", each))
        else:
            problems.append(f"nested property {name} must be either object or array")
    return problems


def js_number(value: Any) -> float | None:
    """A finite number, of a text as JS makes numbers of texts; None for anything else."""
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
    """Whether the backend takes this for an e-mail address."""
    return (
        isinstance(value, str)
        and len(value) <= 254
        and re.fullmatch(
            r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}", value
        )
        is not None
    )
