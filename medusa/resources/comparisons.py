"""What queries compare with."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

__all__ = ["DateComparisonOperator"]


class DateComparisonOperator(TypedDict, total=False):
    """Bounds of a timestamp. Datetimes must be timezone-aware."""

    lt: datetime | str
    """Before."""
    gt: datetime | str
    """After."""
    gte: datetime | str
    """At or after."""
    lte: datetime | str
    """At or before."""
