"""Query strings as JS `qs.stringify` writes them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote

from . import timestamps


def encode(params: Mapping[str, Any]) -> str:
    """The query string of a mapping, without `?`: nested keys in brackets, lists by index, None as an empty value.

    Raises `TypeError` for a value that has no such form, and `ValueError` for a datetime without a time zone.
    """
    return "&".join(f"{_quote(key)}={_quote(value)}" for key, value in _pairs("", params))


def _pairs(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in cast("Mapping[Any, Any]", value).items():
            if not isinstance(key, str):
                raise TypeError(f"a query string's names are strings, not {type(key).__name__}")
            yield from _pairs(f"{prefix}[{key}]" if prefix else key, item)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(cast("list[Any]", value)):
            yield from _pairs(f"{prefix}[{index}]", item)
    else:
        yield prefix, _scalar(prefix, value)


def _scalar(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return timestamps.write(value)
    raise TypeError(f"{name!r} in a query string can't be a {type(value).__name__}")


def _number(value: float) -> str:
    """A float as JS writes it: 10.0 is `10`, 1e21 is `1e+21`, 1e-7 is `1e-7`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e-4:  # repr has an exponent here, JS has none
        digits, exponent = f"{value!r}".split("e")
        return f"{value:.{len(digits.lstrip('-').replace('.', '')) - 1 - int(exponent)}f}"
    return repr(value).replace("e-0", "e-")


def _quote(text: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:  # a lone surrogate, for which JS writes U+FFFD
        return quote(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), safe="")
