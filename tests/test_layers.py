"""What is outside of the core uses public names of it only, and the sandbox nothing of the code that it tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .pages import ROOT

OUTSIDE = ["contrib", "cli", "sandbox"]
FILES = [file for name in OUTSIDE for file in (ROOT / "medusa" / name).rglob("*.py")]
FILES += [ROOT / "medusa" / "pytest_plugin.py", *(ROOT / "examples").rglob("*.py")]
# Underscored names of other libraries, which their documentation tells one to use, but for Django's.
OF_OTHERS = {"_get_current_object", "_replace", "_cache_update_cache"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def private_names(file: Path) -> Iterator[str]:
    """The underscored names that a file imports, or reads from anything but its own `self` and `cls`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            names = [*module.split("."), *(part for alias in node.names for part in alias.name.split("."))]
            yield from (name for name in names if is_private(name) and module != "_typeshed.wsgi")
        elif isinstance(node, ast.Attribute) and is_private(node.attr):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not is_own and node.attr not in OF_OTHERS:
                yield node.attr


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_public_names_are_used(file: Path) -> None:
    assert list(private_names(file)) == []


def test_the_sandbox_has_its_own_codec() -> None:
    """A mistake in a shared one would be in the question and in the answer."""
    for file in (ROOT / "medusa" / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                imported = {*(node.module or "").split("."), *(alias.name for alias in node.names)}
                assert imported.isdisjoint({"codec", "transport"}), file
