"""Check and apply the filters of `GET /store/customers/me/orders`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from operator import ge, gt, le, lt
from typing import Any, cast

from .. import FulfillmentStatus, OrderStatus, PaymentStatus
from .entities import JSON
from .validation import NotInSandboxError, Rule, js_number, nested, optional, string

Condition = Callable[[JSON], bool]

_STATUSES = {"status": OrderStatus, "fulfillment_status": FulfillmentStatus, "payment_status": PaymentStatus}
_TEXTS = ("cart_id", "email", "region_id", "currency_code")
_TIMES = ("created_at", "updated_at", "canceled_at")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {"lt": lt, "gt": gt, "gte": ge, "lte": le}
_LARGEST_INTEGER = 2**31 - 1
_LARGEST_REAL = 3.4028235e38
_LATEST = 8.64e12
"""The last second of a JS date."""


class FailedFilterError(Exception):
    """The database cannot compare a column with this value. The response is 500."""


def _each_of(statuses: type[Enum]) -> Rule:
    known = [str(status.value) for status in statuses]

    def check(name: str, value: Any) -> list[str]:
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        is_right = all(isinstance(each, str) and each in known for each in values)
        return [] if is_right else [f"each value in {name} must be one of the following values: {', '.join(known)}"]

    return check


def _date(name: str, value: Any) -> list[str]:
    return [] if _seconds(value) is not None else [f"{name} must be a Date instance"]


TIMES = nested(dict.fromkeys(_COMPARISONS, optional(_date)))
"""The rule of an object that compares dates."""

RULES: dict[str, Rule] = {
    **dict.fromkeys(("id", "q"), optional(string)),
    **{name: optional(_each_of(statuses)) for name, statuses in _STATUSES.items()},
    **dict.fromkeys(("display_id", *_TEXTS, "tax_rate"), optional(string)),
    **dict.fromkeys(_TIMES, optional(TIMES)),
}
"""The rules of the filters, in Medusa's order."""


def conditions(query: JSON) -> list[Condition]:
    """Return the conditions for the listed orders from a valid query. Raises `FailedFilterError`."""
    if query.get("q") == "":
        raise FailedFilterError
    is_search = "q" in query
    found = [
        _equals(name, query[name]) for name in ("id", *_TEXTS) if name in query and not (name == "email" and is_search)
    ]
    for name in _STATUSES:
        if name in query:
            found.append(_is_among(name, query[name] if isinstance(query[name], list) else [query[name]]))
    if "display_id" in query and not is_search:
        found.append(_equals("display_id", _integer(query["display_id"])))
    if "tax_rate" in query:
        found.append(_equals("tax_rate", _real(query["tax_rate"])))
    found += time_conditions(query, _TIMES)
    if is_search:
        found.append(_contains(query["q"]))
    return found


def time_conditions(query: JSON, names: Iterable[str]) -> list[Condition]:
    """Return the conditions for a row from the dates of a valid query."""
    compared = ((name, comparison, value) for name in names for comparison, value in query.get(name, {}).items())
    return [_is_at(name, _COMPARISONS[comparison], _seconds(value)) for name, comparison, value in compared]


def _equals(name: str, value: Any) -> Condition:
    return lambda order: order.get(name) is not None and order[name] == value


def _is_among(name: str, values: list[Any]) -> Condition:
    return lambda order: order.get(name) in values


def _is_at(name: str, compare: Callable[[float, float], bool], seconds: float | None) -> Condition:
    def is_at(order: JSON) -> bool:
        moment = order.get(name)
        return (
            moment is not None and seconds is not None and compare(datetime.fromisoformat(moment).timestamp(), seconds)
        )

    return is_at


def _contains(words: str) -> Condition:
    """Return whether the words are in a name, the e-mail address or a number, like SQL's `ilike`."""

    def contains(order: JSON) -> bool:
        address, customer = order.get("shipping_address"), order.get("customer")
        if not address or not customer:
            return False
        texts = [address.get("first_name"), order["email"], str(order["display_id"])]
        texts += [customer.get(name) for name in ("first_name", "last_name", "phone")]
        return any(has_words(f"%{words}%", text) for text in texts)

    return contains


def has_words(pattern: str, text: str | None) -> bool:
    """Return whether SQL's `ilike` would find a pattern in a text."""
    wildcards = {"%": ".*", "_": "."}
    tokens: list[str] = re.findall(r"\\?.", pattern, re.DOTALL)
    expression = "".join(wildcards.get(token) or re.escape(token[-1]) for token in tokens)
    return text is not None and re.fullmatch(expression, text, re.IGNORECASE | re.DOTALL) is not None


def _integer(text: str) -> int:
    if not re.fullmatch(r"\s*[+-]?\d+\s*", text, re.ASCII) or abs(int(text)) > _LARGEST_INTEGER:
        raise FailedFilterError
    return int(text)


def _real(text: str) -> float:
    if not re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*|\s*nan\s*", text, re.ASCII | re.IGNORECASE):
        raise FailedFilterError
    if abs(float(text)) > _LARGEST_REAL:
        raise FailedFilterError
    return float(text)


def _seconds(value: Any) -> float | None:
    """Return a date from a query in seconds since 1970, or None if it is not a date.

    A date is a text for JS's `Date`, or a number of seconds. The sandbox supports these texts: `2026`,
    `2026-11`, `2026-11-24`, and a time after the last (`T12:00`, `T12:00:00.000`), with or without an offset.
    """
    if not isinstance(value, str):
        return None
    if date := re.fullmatch(
        r"(\d{4})(-\d\d)?(-\d\d)?([T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?", value
    ):
        year, month, day, time = date.groups()
        try:
            moment = datetime.fromisoformat(f"{year}{month or '-01'}{day or '-01'}{time or 'T00:00Z'}")
        except ValueError:
            raise NotInSandboxError(f"The sandbox cannot read the date {value!r}.") from None
        return moment.timestamp()
    if re.fullmatch(r"\d{7,}(\.\d*)?|\s*", value, re.ASCII):
        seconds = js_number(value)
        return seconds if seconds is not None and seconds <= _LATEST else None
    if re.search(r"\d", value):
        raise NotInSandboxError(f"The sandbox cannot read the date {value!r}.")
    return None
