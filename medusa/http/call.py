"""The call under way, as the adapter, the pools and the connections see it."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import NamedTuple


class Call(NamedTuple):
    """What requests and urllib3 have no argument for."""

    asked: str
    """The method and the route, for the log."""
    ends: float | None
    """When the call must be over, by `time.monotonic()`."""
    longest_wait: float | None
    """Seconds to wait for a free connection."""
    max_response_bytes: int
    is_repeatable: bool
    """Whether doing it twice does no harm."""

    def time_left(self) -> float | None:
        """Return the seconds until the call must be over, or None without a deadline."""
        return None if self.ends is None else self.ends - time.monotonic()


call_under_way: ContextVar[Call | None] = ContextVar("call_under_way", default=None)


def is_repeatable() -> bool:
    """Return whether the call under way may be done twice. One that the client did not make may."""
    call = call_under_way.get()
    return call is None or call.is_repeatable


def time_left() -> float | None:
    """Return the seconds that the call under way has left, or None without a deadline."""
    call = call_under_way.get()
    return None if call is None else call.time_left()


def shortest(*seconds: float | None) -> float | None:
    """Return the shortest of these times, and at least a millisecond. None means no limit."""
    limits = [limit for limit in seconds if limit is not None]
    return max(0.001, min(limits)) if limits else None
