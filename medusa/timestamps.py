"""Timestamps as JS and the backend write them.

Most timestamps of an order are one of a few moments, so the last ones seen are remembered, both ways.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_REMEMBERED = 2048


def parse(text: str) -> datetime:
    """An aware datetime. Raises `ValueError` for a text that is no timestamp or has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


@lru_cache(_REMEMBERED)
def parse_usual(text: str) -> datetime | None:
    """The moment of a text in the form `2026-11-24T12:00:00.000Z`, which `write` gives back; None for any other text.

    Raises `ValueError` for a text in this form that is no timestamp.
    """
    if text[4:20:3] != "--T::." or text[23:] != "Z" or text[11:13] == "24":  # the next day's 0, since Python 3.14
        return None
    return datetime.fromisoformat(text)


def write(moment: datetime) -> str:
    """UTC, milliseconds (microseconds if there are any), `Z`.

    Raises `ValueError` for a naive datetime, and for one that is outside of the years 1 to 9999 in UTC.
    """
    if moment.tzinfo is not UTC:
        if moment.utcoffset() is None:
            raise ValueError("a datetime without a time zone is no point in time: give it a tzinfo")
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            raise ValueError("the datetime must be in the years 1 to 9999 in UTC") from None
    return write_utc(moment)


# Of UTC alone, because elsewhere two moments an hour apart may be equal: those of the hour that a clock repeats.
@lru_cache(_REMEMBERED)
def write_utc(moment: datetime) -> str:
    """As `write`, of a moment whose `tzinfo` is `datetime.UTC`."""
    # By hand and with %: isoformat() and cutting its offset off take longer.
    micro = moment.microsecond
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    if micro % 1000:
        return "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ" % (*parts, micro)  # noqa: UP031
    return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (*parts, micro // 1000)  # noqa: UP031
