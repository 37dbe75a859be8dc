"""Write query strings as `qs.stringify` in JS does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast
from urllib.parse import quote

from ..codec.json_values import PARAMS, plain


def encode(params: Mapping[str, Any]) -> str:
    """Return the query string of a mapping, without `?`.

    Nested keys are written in brackets, lists by index, and None as an empty value. The mapping may contain the same
    values as a payload and raises the same errors, but NaN and Infinity are written as in JS.
    """
    if not isinstance(params, Mapping):
        raise TypeError(f"params must be a mapping, not {type(params).__name__}")
    try:
        return "&".join(f"{_quote(name)}={_quote(text)}" for name, text in _pairs(None, plain(params, PARAMS)))
    except RecursionError:
        raise ValueError("params are nested too deeply, or contain themselves") from None


def _pairs(name: str | None, value: Any) -> Iterator[tuple[str, str]]:
    """Yield each name with its text, for a value that `plain` returned."""
    if isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            yield from _pairs(key if name is None else f"{name}[{key}]", item)
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            yield from _pairs(f"{name}[{index}]", item)
    else:
        yield name or "", _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str.__str__(value)
    return _number(value) if isinstance(value, float) else int.__repr__(value)


def _number(value: float) -> str:
    """Return a float as JS writes it: 10.0 is `10`, 1e20 has 21 digits, 1e21 is `1e+21`, 1e-7 is `1e-7`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:  # JS writes no exponent here, but repr may.
        return f"{Decimal(float.__repr__(value)):f}".removesuffix(".0")
    return float.__repr__(value).replace("e-0", "e-")


def _quote(text: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:  # JS writes U+FFFD for a lone surrogate.
        return quote(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), safe="")
