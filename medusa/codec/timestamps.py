"""Timestamps as JS and the backend write them.

Most timestamps of an order are one of a few moments, so the last ones seen are remembered, both ways.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


class Real:
    """Holds the class `datetime.datetime` itself.

    While freezegun is active, it replaces `datetime` in the variables of all modules by a subclass of it. It does not
    look into classes.
    """

    DATETIME: type[datetime] = next(cls for cls in datetime.__mro__ if cls.__name__ == "datetime")


def is_datetime_class(annotation: object) -> bool:
    """Whether an annotation is `datetime`, or freezegun's class, of which every datetime is taken for an instance."""
    return (
        isinstance(annotation, type)
        and issubclass(annotation, Real.DATETIME)
        and isinstance(Real.DATETIME.min, annotation)
    )


_REMEMBERED = 2048
_LONGEST = 64  # The texts are remembered too, and an answer must not fill the memory with long ones.


def parse(text: str) -> datetime:
    """An aware datetime. Raises `ValueError` for a text that is no timestamp or has no offset."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    moment = Real.DATETIME.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


class _Moments(dict[str, datetime | None]):
    """The moments of texts in the form `2026-11-24T12:00:00.000Z`, which `write` gives back; None for other texts.

    Raises `ValueError` for a text in this form that is no timestamp, and for one that is too long to be remembered.
    """

    def __missing__(self, text: str) -> datetime | None:
        if len(text) > _LONGEST:
            raise ValueError("too long")
        moment = None
        if text[4:20:3] == "--T::." and text[23:] == "Z" and text[11:13] != "24":  # the next day's 0, since Python 3.14
            moment = Real.DATETIME.fromisoformat(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = moment
        return moment


moments = _Moments()


def write(moment: datetime) -> str:
    """UTC, milliseconds (microseconds if there are any), `Z`.

    Raises `ValueError` for a naive datetime, and for one that is outside of the years 1 to 9999 in UTC.
    """
    if moment.tzinfo is not UTC:
        try:
            if moment.utcoffset() is None:
                raise ValueError("the datetime must be timezone-aware, such as datetime.now(UTC)")
            moment = moment.astimezone(UTC)
        except OverflowError:
            raise ValueError("the datetime must be in the years 1 to 9999 in UTC") from None
    return write_utc(moment)


# Of UTC alone, because elsewhere two moments an hour apart may be equal: those of the hour that a clock repeats.
@lru_cache(_REMEMBERED)
def write_utc(moment: datetime) -> str:
    """As `write`, of a moment whose `tzinfo` is `datetime.UTC`."""
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return Real.DATETIME.isoformat(moment, timespec=precision).removesuffix("+00:00") + "Z"
