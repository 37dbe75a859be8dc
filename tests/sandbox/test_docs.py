"""The tests that docs/testing.md shows, run as a user would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"


def test_the_tests_of_the_page(pytester: pytest.Pytester) -> None:
    blocks = re.findall(r"^```python\n# (test_\w+\.py)\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    for name, code in blocks:
        (pytester.path / name).write_text(code)
    outcomes = pytester.runpytest_subprocess("--strict-markers", "-n2").parseoutcomes()
    assert outcomes["passed"] == sum(code.count("\ndef test_") for _, code in blocks)
    assert not outcomes.keys() - {"passed", "warnings"}
