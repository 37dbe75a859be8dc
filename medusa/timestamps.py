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
    if moment.tzinfo is not UTC:
        if moment.utcoffset() is None:
            raise ValueError("a datetime without a time zone is no point in time: give it a tzinfo")
        moment = moment.astimezone(UTC)
    # By hand and with %, which take half the time of isoformat().
    micro = moment.microsecond
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    if micro % 1000:
        return "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ" % (*parts, micro)  # noqa: UP031
    return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (*parts, micro // 1000)  # noqa: UP031
