"""The examples of docs/testing.md and docs/selling.md run on a sandbox."""

from __future__ import annotations

import pytest

from medusa import Order
from medusa.sandbox import SandboxStore

from ..pages import blocks, write


def test_the_tests_of_the_page(pytester: pytest.Pytester) -> None:
    files = [code for _, code in blocks("testing.md") if code.startswith("# test_")]
    assert len(files) == 9
    for code in files:
        write(code, pytester.path)
    outcomes = pytester.runpytest_subprocess("--strict-markers", "-n2").parseoutcomes()
    assert outcomes["passed"] == sum(code.count("\ndef test_") for code in files)
    assert not outcomes.keys() - {"passed", "warnings"}


def test_the_guide_to_selling_runs_on_a_sandbox() -> None:
    """The guide to selling runs on a sandbox. The top-level conftest.py also runs it on a real Medusa."""
    names: dict[str, object] = {}
    with SandboxStore() as store:
        for language, code in blocks("selling.md"):
            if language == "python":
                exec(code.replace("http://localhost:9000", store.url), names)  # The code is from our own page.
        assert isinstance(order := names["order"], Order)
        assert order.id == store.orders[-1].id
