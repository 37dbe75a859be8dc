"""Measures two sides alternately, and reports the results."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import attrs

Call = Callable[[], object]
Pair = tuple[Call, Call]
"""Our call, and the call that it is compared with."""

TURN = 0.05
"""The seconds for which one side is measured before it is the turn of the other side."""


@attrs.frozen
class Ratio:
    """The medians of both sides, and the range of the ratios in the middle half of the rounds."""

    ours: float
    theirs: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def __str__(self) -> str:
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


def in_turns(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> Ratio:
    """Compare two numbers, which are measured alternately, once each per round."""
    found = [(ours(), theirs()) for _ in range(rounds)]
    ratios = sorted(one / other for one, other in found)
    quarter = rounds // 4
    return Ratio(
        statistics.median(one for one, _ in found),
        statistics.median(other for _, other in found),
        ratios[quarter],
        ratios[-1 - quarter],
    )


def compare(ours: Call, theirs: Call, rounds: int, clock: Callable[[], float] = time.process_time) -> Ratio:
    """Compare the seconds per call of both sides."""
    for call in (ours, theirs):
        call()  # The first call is slower, so it must not determine the number of calls.
    calls = max(calls_in(TURN, ours, clock), calls_in(TURN, theirs, clock))

    def turn(call: Call) -> float:
        gc.collect()  # Otherwise one side would collect the garbage of the other.
        return seconds(call, calls, clock)

    return in_turns(lambda: turn(ours), lambda: turn(theirs), rounds)


def seconds(call: Call, calls: int, clock: Callable[[], float] = time.process_time) -> float:
    begun = clock()
    for _ in range(calls):
        call()
    return (clock() - begun) / calls


def calls_in(limit: float, call: Call, clock: Callable[[], float] = time.process_time) -> int:
    """Return the number of calls that take about `limit` seconds."""
    taken = max(seconds(call, 1, clock), 1e-5)
    return max(1, int(limit / taken))


class Report:
    """Prints the tables, and keeps their lines for the documentation."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.lines: list[str] = []

    def say(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)

    def table(self, *heads: str) -> None:
        """Start a table with these column headings."""
        self.say()
        self.row(*heads)
        self.say("|---" * len(heads) + "|")

    def row(self, *cells: object) -> None:
        self.say(f"| {' | '.join(map(str, cells))} |")
