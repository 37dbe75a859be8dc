"""Read and write timestamps as JS and the backend write them.

The timestamps of an order are mostly the same few moments, so the latest ones are cached in both directions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


class Real:
    """Holds the real class `datetime.datetime`.

    While freezegun is active, it replaces `datetime` in the variables of all modules with a subclass. It does not
    replace attributes of classes.
    """

    DATETIME: type[datetime] = next(cls for cls in datetime.__mro__ if cls.__name__ == "datetime")


def is_datetime_class(annotation: object) -> bool:
    """Return whether an annotation is `datetime` or freezegun's class, for which every datetime is an instance."""
    return (
        isinstance(annotation, type)
        and issubclass(annotation, Real.DATETIME)
        and isinstance(Real.DATETIME.min, annotation)
    )


_REMEMBERED = 2048
_LONGEST = 64  # The texts are cached, and a response must not fill the memory with long texts.


def parse(text: str) -> datetime:
    """Return a timezone-aware datetime. Raises `ValueError` if the text is not a timestamp or has no offset."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    moment = Real.DATETIME.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


class _Moments(dict[str, datetime | None]):
    """Maps texts in the form `2026-11-24T12:00:00.000Z`, which `write` returns, to datetimes. Other texts map to None.

    Raises `ValueError` if a text in this form is not a timestamp, and if a text is too long to be cached.
    """

    def __missing__(self, text: str) -> datetime | None:
        if len(text) > _LONGEST:
            raise ValueError("too long")
        moment = None
        if text[4:20:3] == "--T::." and text[23:] == "Z" and text[11:13] != "24":  # Python 3.14 accepts hour 24.
            moment = Real.DATETIME.fromisoformat(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = moment
        return moment


moments = _Moments()


def write(moment: datetime) -> str:
    """Return a datetime as a text in UTC with milliseconds, or microseconds if there are any, and `Z`.

    Raises `ValueError` if the datetime is not timezone-aware or is outside of the years 1 to 9999 in UTC.
    """
    if moment.tzinfo is not UTC:
        try:
            if moment.utcoffset() is None:
                raise ValueError("the datetime must be timezone-aware, such as datetime.now(UTC)")
            moment = moment.astimezone(UTC)
        except OverflowError:
            raise ValueError("the datetime must be in the years 1 to 9999 in UTC") from None
    return write_utc(moment)


# Only datetimes in UTC are cached. In other time zones, two moments an hour apart may be equal if a clock is set back.
@lru_cache(_REMEMBERED)
def write_utc(moment: datetime) -> str:
    """Return the same text as `write`. The `tzinfo` of the datetime must be `datetime.UTC`."""
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return Real.DATETIME.isoformat(moment, timespec=precision).removesuffix("+00:00") + "Z"
