"""The tests that docs/testing.md shows, run as a user would."""

from __future__ import annotations

import pytest

from ..pages import blocks, write


def test_the_tests_of_the_page(pytester: pytest.Pytester) -> None:
    files = [code for _, code in blocks("testing.md") if code.startswith("# test_")]
    assert len(files) == 9
    for code in files:
        write(code, pytester.path)
    outcomes = pytester.runpytest_subprocess("--strict-markers", "-n2").parseoutcomes()
    assert outcomes["passed"] == sum(code.count("\ndef test_") for code in files)
    assert not outcomes.keys() - {"passed", "warnings"}
