"""Rules for all modules: what they export, what they document, and which private names they may use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import griffe
import pytest

import medusa
from release import ROOT, api

pytestmark = pytest.mark.once

PACKAGE = ROOT / "medusa"
INTERNAL = {
    "models/introspection.py",
    "resources/admin/checks.py",
    "resources/login.py",
    "resources/pages.py",
    "resources/paths.py",
}
"""Modules of models/ and resources/ that define no public name."""

OUTSIDE = [PACKAGE / "pytest_plugin.py", *(PACKAGE / "contrib").rglob("*.py"), *(PACKAGE / "cli").rglob("*.py")]
OUTSIDE += [*(PACKAGE / "sandbox").rglob("*.py"), *(ROOT / "examples").rglob("*.py")]
"""The modules that use the package as its users do, without private names."""

OF_OTHERS = {
    "_typeshed": "type checkers",
    "_cache_update_cache": "Django's requests",
    "_get_current_object": "Werkzeug's proxies",
    "_replace": "named tuples",
}
"""Names with an underscore that other libraries document, and what they belong to."""


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE if path.is_relative_to(PACKAGE) else ROOT).as_posix()


def exported(tree: ast.Module) -> list[str] | None:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(statement.value)
            return names
    return None


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted((*PACKAGE.glob("models/**/*.py"), *PACKAGE.glob("resources/**/*.py"), PACKAGE / "errors.py"))
        if path.name != "__init__.py" and relative(path) not in INTERNAL
    ],
    ids=relative,
)
def test_a_module_exports_each_class_that_it_defines(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = exported(tree)
    assert names is not None
    classes = {statement.name for statement in tree.body if isinstance(statement, ast.ClassDef)}
    assert {name for name in classes if not name.startswith("_")} <= {*names}
    assert {*names} <= {*medusa.__all__}


def documented(path: str, thing: griffe.Object | griffe.Alias) -> Iterator[tuple[str, bool]]:
    """Yield the path of each public class, function and property, and whether it has its own docstring."""
    if thing.is_class or thing.is_function or "property" in thing.labels:
        yield path, bool(thing.docstring)
    if thing.is_class:
        for name, member in thing.members.items():
            if not name.startswith("_"):
                yield from documented(f"{path}.{name}", member)


def test_every_public_class_and_function_has_a_docstring() -> None:
    found = dict(entry for path, thing in api.public().items() for entry in documented(path, thing))
    assert len(found) > 100
    assert [path for path, has_docstring in found.items() if not has_docstring] == []


OF_ANY_ROUTE = ("medusa.Resource", "medusa.CustomResource", "medusa.AdminCustomResource")


@cache
def resource_methods() -> dict[str, griffe.Function]:
    """The public methods of the resources, by path."""
    return {
        f"{path}.{name}": member
        for path, thing in api.public().items()
        if isinstance(thing, griffe.Class) and path.endswith("Resource") and path not in OF_ANY_ROUTE
        for name, member in thing.members.items()
        if isinstance(member, griffe.Function) and not name.startswith("_")
    }


@pytest.mark.parametrize(("path", "method"), resource_methods().items(), ids=resource_methods())
def test_the_docstring_of_a_method_names_its_route(path: str, method: griffe.Function) -> None:
    assert method.docstring
    named = re.search(r"^`(GET|POST|DELETE) (/(?:store|admin)/[^`?]+)(?:\?[^`]*)?`$", method.docstring.value, re.M)
    assert named
    twins = re.sub(r"\.iterate(?=\w*$)", ".list", path), re.sub(r"\.wait$", ".retrieve", path)
    # A method that iterates or waits calls its twin repeatedly, so both docstrings name the same route.
    if twin := next((resource_methods()[name] for name in twins if name != path), None):
        assert twin.docstring
        assert named[0] in twin.docstring.value
        return
    texts = {node.value for node in ast.walk(ast.parse(method.source)) if isinstance(node, ast.Constant)}
    assert {text for text in texts if re.match("/(store|admin)/", str(text))} == {named[2]}
    assert named[1] in texts or f"self._{named[1].lower()}(" in method.source


def underscored(path: Path) -> Iterator[str]:
    """Yield each place where a module uses a name with one leading underscore that is not its own."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            names = [] if ast.unparse(node.value) in ("self", "cls") else [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        else:
            continue
        for name in names:
            if re.match("_[^_]", name) and name not in OF_OTHERS:
                yield f"{relative(path)}:{node.lineno}: {name}"


def test_only_the_core_uses_its_private_names() -> None:
    assert len(OUTSIDE) > 30
    assert [use for path in OUTSIDE for use in underscored(path)] == []


LONGEST = 400
LISTS = {"medusa/_names.py", "tests/parity/cases.py"}
"""Modules that are lists. They may be longer, because a reader only looks for one entry."""


def test_no_module_is_too_long() -> None:
    folders = ("backend", "benchmarks", "docs", "examples", "medusa", "release", "tests")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in paths}
    assert len(lengths) > 200
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in LISTS} == {}
