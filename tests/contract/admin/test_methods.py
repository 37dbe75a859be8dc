"""The contract tests call every method of the Admin."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from ...parity.guide import ADMIN_METHODS
from ...recorded_calls import snake_case

FILES = {path.stem: path for path in sorted(Path(__file__).parent.glob("test_*.py")) if path != Path(__file__)}
CONSTANT = re.compile(r"^([A-Z]+) = .*methods_of\(", re.MULTILINE)


@pytest.mark.once
def test_every_method_is_driven() -> None:
    driven: set[str] = set()
    for name, path in FILES.items():
        source = path.read_text()
        for constant in CONSTANT.findall(source):
            asserted = rf"^    assert {constant}( - \w+\.returned)+ == set\(\)$"
            assert re.search(asserted, source, re.MULTILINE), f"{name} does not assert that {constant} returned"
            driven |= getattr(import_module(f".{name}", __package__), constant)
    assert len(ADMIN_METHODS) == 254
    assert set(map(snake_case, ADMIN_METHODS)) - driven == set()
