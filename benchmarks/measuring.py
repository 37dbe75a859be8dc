"""How things are measured: side by side, in turns; and the report of what was found."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import attrs

Call = Callable[[], object]
Pair = tuple[Call, Call]
"""Ours, and what it is compared with."""

TURN = 0.05
"""How many seconds a side measures before it is the other's turn."""


@attrs.frozen
class Ratio:
    """The medians of both sides, their ratio, and between what the ratio of a round lies in the middle half of them."""

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
    """Compare two numbers that are measured so many times, in turns."""
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
    """Compare the seconds that a call of each takes."""
    for call in (ours, theirs):
        call()  # A first call is slower, and no measure for the number of calls.
    calls = max(calls_in(TURN, ours, clock), calls_in(TURN, theirs, clock))

    def turn(call: Call) -> float:
        gc.collect()  # The garbage of one side is not the other's.
        return seconds(call, calls, clock)

    return in_turns(lambda: turn(ours), lambda: turn(theirs), rounds)


def seconds(call: Call, calls: int, clock: Callable[[], float] = time.process_time) -> float:
    begun = clock()
    for _ in range(calls):
        call()
    return (clock() - begun) / calls


def calls_in(limit: float, call: Call, clock: Callable[[], float] = time.process_time) -> int:
    """Return how many calls take about so many seconds."""
    taken = max(seconds(call, 1, clock), 1e-5)
    return max(1, int(limit / taken))


class Report:
    """Prints the tables, and keeps them for the documentation."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.lines: list[str] = []

    def say(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)

    def table(self, *heads: str) -> None:
        """Begin a table."""
        self.say()
        self.row(*heads)
        self.say("|---" * len(heads) + "|")

    def row(self, *cells: object) -> None:
        self.say(f"| {' | '.join(map(str, cells))} |")
