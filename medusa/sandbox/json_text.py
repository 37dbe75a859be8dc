"""Write JSON like Node.

The sandbox does not use the client's code for this: a bug there would then be in both the request and the response.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from .. import Model


def dumps(value: Any) -> bytes:
    """Return the JSON text of JSON values, mappings, models and datetimes.

    Raises `TypeError` for any other value. Raises `ValueError` for a naive datetime, for NaN and infinity, and for
    containers that are nested too deeply or contain themselves.
    """
    try:
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_json_value)
    except RecursionError:
        raise ValueError("the value is nested too deeply, or contains itself") from None
    # A lone surrogate is not valid UTF-8. Node writes it as a JSON escape, and Python's escape looks the same.
    return text.encode("utf-8", "backslashreplace")


def jsonb(value: Any) -> Any:
    """Return JSON with the keys of its objects in the order of PostgreSQL's `jsonb`: the shortest first."""
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {key: jsonb(each) for key, each in sorted(items, key=lambda item: (len(item[0].encode()), item[0]))}
    return [jsonb(each) for each in cast("list[Any]", value)] if isinstance(value, list) else value


def merged_metadata(metadata: dict[str, Any], given: dict[str, Any]) -> Any:
    """Return metadata after an update. An empty string removes a key."""
    return jsonb({name: value for name, value in {**metadata, **given}.items() if given.get(name) != ""})


def js_number_of(text: str) -> int | float:
    """Return a JSON number like JS reads it: an integer if it is whole, and rounded above 2**53."""
    number = float(text)
    return int(Decimal(repr(number))) if abs(number) < 1e21 and number == int(number) else number


def timestamp(moment: datetime) -> str:
    """Return a timezone-aware datetime as `2026-11-24T12:00:00.000Z`, with microseconds if there are any.

    Raises `ValueError` for a naive datetime, and for one that is not in the years 1 to 9999 in UTC.
    """
    if moment.utcoffset() is None:
        raise ValueError("the datetime must be timezone-aware")
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("the datetime must be in the years 1 to 9999 in UTC") from None
    precision = "microseconds" if utc.microsecond % 1000 else "milliseconds"
    return utc.isoformat(timespec=precision).removesuffix("+00:00") + "Z"


def now() -> str:
    """Return the current time in whole milliseconds, as the backend writes it."""
    moment = datetime.now(UTC)
    return timestamp(moment.replace(microsecond=moment.microsecond // 1000 * 1000))


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[Any, Any]", value))
    raise TypeError(f"JSON can't represent a {type(value).__name__}")
