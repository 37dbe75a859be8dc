"""The current call, for the adapter, the pools and the connections."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import NamedTuple


class Call(NamedTuple):
    """The properties of a call for which requests and urllib3 have no argument."""

    operation: str
    """The method and the route, for the log."""
    ends: float | None
    """The `time.monotonic()` by which the call must end, or None without a deadline."""
    longest_wait: float | None
    """The seconds to wait for a free connection, or None for no limit."""
    max_response_bytes: int
    is_repeatable: bool
    """Whether the call is safe to repeat."""

    def time_left(self) -> float | None:
        """Return the seconds until the call must end, or None without a deadline."""
        return None if self.ends is None else self.ends - time.monotonic()


call_under_way: ContextVar[Call | None] = ContextVar("call_under_way", default=None)


def is_repeatable() -> bool:
    """Return whether the current call is safe to repeat. Return True if no client made the request."""
    call = call_under_way.get()
    return call is None or call.is_repeatable


def time_left() -> float | None:
    """Return the seconds that the current call has left, or None without a deadline."""
    call = call_under_way.get()
    return None if call is None else call.time_left()


def shortest(*seconds: float | None) -> float | None:
    """Return the shortest of these times, but at least a millisecond. None means no limit."""
    limits = [limit for limit in seconds if limit is not None]
    return max(0.001, min(limits)) if limits else None
