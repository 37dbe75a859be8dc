"""Timestamps as JS and the backend write them."""

from __future__ import annotations

from datetime import UTC, datetime


def parse(text: str) -> datetime:
    """An aware datetime. Raises `ValueError` for a text that is no timestamp or has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


def write(moment: datetime) -> str:
    """UTC, milliseconds (microseconds if there are any), `Z`. Raises `ValueError` for a naive datetime."""
    if moment.utcoffset() is None:
        raise ValueError("a datetime without a time zone is no point in time: give it a tzinfo")
    moment = moment.astimezone(UTC)
    text = moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
    return text.removesuffix("+00:00") + "Z"
