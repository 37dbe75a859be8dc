"""The Python client and the real JS client send the same requests and return the same results, call by call.

The page docs/js-client.md lists the differences. A difference that is not in the list fails a test, and so does an
entry of the list that is not a difference any more.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import pytest
from requests.utils import DEFAULT_ACCEPT_ENCODING

from .cases import CASES, Case
from .comparison import Difference, JSClient, differences, install, play
from .guide import table


@dataclass(frozen=True)
class Row:
    """A deliberate difference: what the JS client and the Python client do in the cases with these names."""

    key: str
    cases: tuple[str, ...]
    js: tuple[str, ...]
    python: tuple[str, ...]

    def is_about(self, case: Case) -> bool:
        return any(_fits(pattern, case.name) for pattern in self.cases)

    def differences_in(self, case: Case) -> set[Difference]:
        return {(_filled(js, case), _filled(python, case)) for js, python in zip(self.js, self.python, strict=True)}


def _fits(pattern: str, name: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name))


def _filled(cell: str, case: Case) -> str:
    words = {"requests": importlib.metadata.version("requests"), "codings": DEFAULT_ACCEPT_ENCODING, **case.words}
    return re.sub(r"\{([a-z_ ]+)\}", lambda name: words.get(name[1], name[0]), cell)


def _rows() -> Iterator[Row]:
    for key, cases, js, python, why in table("differences"):
        assert why, f"the row {key} gives no reason"
        yield Row(key.strip("`"), *(tuple(re.findall("`([^`]+)`", cell)) for cell in (cases, js, python)))


ROWS = list(_rows())


@pytest.fixture(scope="session")
def played() -> dict[str, list[Difference]]:
    """The differences of each case."""
    if not shutil.which("npm") and not os.environ.get("CI"):
        pytest.skip("the comparison with the JS client needs Node.js with npm")
    install()
    alone = [case for case in CASES if case.for_all_clients]
    together = [case for case in CASES if not case.for_all_clients]
    with closing(JSClient()) as js, ThreadPoolExecutor(48) as pool:  # The calls mostly wait before a retry.
        done = [*pool.map(lambda case: play(case, js), together), *(play(case, js) for case in alone)]
    return {case.name: differences(calls) for case, calls in zip([*together, *alone], done, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_as_the_js_client(case: Case, played: dict[str, list[Difference]]) -> None:
    rows = [row for row in ROWS if row.is_about(case)]
    listed = Counter(difference for row in rows for difference in row.differences_in(case))
    assert [difference for difference in played[case.name] if listed[difference] != 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_listed_difference_is_one(row: Row, played: dict[str, list[Difference]]) -> None:
    assert row.js
    assert len(row.js) == len(row.python)
    about = [case for case in CASES if row.is_about(case)]
    for pattern in row.cases:
        assert any(_fits(pattern, case.name) for case in about), f"there is no case {pattern!r}"
    missing = [case.name for case in about if not row.differences_in(case) <= set(played[case.name])]
    if row.cases == ("*",):  # A difference of all cases is not visible in every call.
        assert len(missing) < len(about)
    else:
        assert missing == []


def test_names_are_their_own() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []
    assert [key for key, count in Counter(row.key for row in ROWS).items() if count > 1] == []
