"""What filters of lists compare a field with."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

__all__ = ["DateComparisonOperator", "NumericalComparisonOperator", "StringComparisonOperator"]


class DateComparisonOperator(TypedDict, total=False):
    """Limits of a point in time. All that are given must hold. The datetimes must be timezone-aware."""

    lt: datetime | str
    """Before this."""
    gt: datetime | str
    """After this."""
    gte: datetime | str
    """At this time or after."""
    lte: datetime | str
    """At this time or before."""


class NumericalComparisonOperator(TypedDict, total=False):
    """Limits of a number. All that are given must hold."""

    lt: float
    """Less than this."""
    gt: float
    """Greater than this."""
    gte: float
    """At least this."""
    lte: float
    """At most this."""


class StringComparisonOperator(TypedDict, total=False):
    """Limits of a text, in the sort order of the database, or a part of it. All that are given must hold."""

    lt: str
    """Sorts before this."""
    gt: str
    """Sorts after this."""
    gte: str
    """This, or sorts after it."""
    lte: str
    """This, or sorts before it."""
    contains: str
    """Contains this text, in any case."""
    starts_with: str
    """Starts with this text, in any case."""
    ends_with: str
    """Ends with this text, in any case."""
