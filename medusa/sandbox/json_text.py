"""JSON as Node writes it.

The sandbox has its own code for this. With the client's, a mistake there would be in the question and in the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
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
    # A lone surrogate is not valid UTF-8. Node writes it as a JSON escape, which is what Python's escape looks like.
    return text.encode("utf-8", "backslashreplace")


def timestamp(moment: datetime) -> str:
    """Return an aware datetime as `2026-11-24T12:00:00.000Z`, with microseconds if there are any.

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
    raise TypeError(f"JSON can't hold a {type(value).__name__}")
