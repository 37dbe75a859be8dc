"""Comparison operators for the filters of lists."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

__all__ = ["DateComparisonOperator", "NumericalComparisonOperator", "StringComparisonOperator"]


class DateComparisonOperator(TypedDict, total=False):
    """Limits for a point in time. All given limits must match. A datetime must be timezone-aware."""

    lt: datetime | str
    """Before this time."""
    gt: datetime | str
    """After this time."""
    gte: datetime | str
    """At this time or later."""
    lte: datetime | str
    """At this time or earlier."""


class NumericalComparisonOperator(TypedDict, total=False):
    """Limits for a number. All given limits must match."""

    lt: float
    """Less than this number."""
    gt: float
    """Greater than this number."""
    gte: float
    """Greater than or equal to this number."""
    lte: float
    """Less than or equal to this number."""


class StringComparisonOperator(TypedDict, total=False):
    """Limits for a text, or a part of it. All given conditions must match. The database defines the sort order."""

    lt: str
    """Sorts before this text."""
    gt: str
    """Sorts after this text."""
    gte: str
    """Equals this text or sorts after it."""
    lte: str
    """Equals this text or sorts before it."""
    contains: str
    """Contains this text. It is case-insensitive."""
    starts_with: str
    """Starts with this text. It is case-insensitive."""
    ends_with: str
    """Ends with this text. It is case-insensitive."""
