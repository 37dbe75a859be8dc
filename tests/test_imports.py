"""What each module may import. docs/architecture.md lists all modules, and what they must not know about."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import medusa
from release import ROOT

PACKAGE = ROOT / "medusa"
PAGE = (ROOT / "docs" / "architecture.md").read_text()

IMPORTS_OF = {
    "__init__": ["_names", "client", "suggestions"],
    "__main__": ["cli"],
    "_names": [],
    "_options": [],
    "client": ["http.transport", "options", "resources.lazy", "suggestions"],
    "codec": ["codec", "errors", "http.redaction", "models.base"],
    "codec.declarations": ["__init__", "_names", "models.base"],  # An annotation may contain any public name.
    "errors": ["http.redaction"],
    "extras": [],
    "http": ["errors", "http"],
    "http.query_string": ["codec.json_values"],  # A query may contain the same values as a payload.
    "http.redaction": [],
    "models": ["models.base"],
    "models.base": ["codec.converter", "codec.nesting", "errors", "models.introspection", "suggestions"],
    "models.introspection": ["models.base"],
    "options": ["codec.converter", "http.credentials", "http.headers", "suggestions"],
    "resources": ["models.base", "resources.base", "resources.lazy", "resources.pages"],
    "resources.admin": ["models.base", "resources.admin", "resources.base", "resources.lazy", "resources.pages"],
    "resources.admin.auth": ["models.base", "resources.base", "resources.login"],
    "resources.admin.batch_jobs": ["errors", "models.base", "resources.base", "resources.pages"],
    "resources.admin.custom": ["resources.base", "resources.custom", "resources.lazy"],
    "resources.addresses": ["resources.base", "resources.customers"],
    "resources.line_items": ["resources.base", "resources.carts"],
    "resources.auth": ["models.base", "resources.base", "resources.login"],
    "resources.base": ["codec", "errors", "http", "models.base", "resources.lazy", "resources.paths", "suggestions"],
    "resources.custom": ["codec", "http.redaction", "resources.base"],
    "resources.lazy": [],
    "resources.login": ["errors", "resources.base"],
    "resources.pages": ["models.base"],
    "resources.paths": [],
    "suggestions": [],
}
"""The modules that a module of the core, or each module of a package, may import.

Modules that are imported only for annotations do not count.
"""

USERS_OF = {
    "attrs": ["codec", "models", "resources.pages", "sandbox"],
    "cattrs": ["codec"],
    "http": ["http", "sandbox"],
    "requests": ["http", "options", "resources.custom", "sandbox"],
    "urllib3": ["http", "options"],
}
"""The modules and packages that may import a library."""

OUTSIDE = ("cli", "contrib", "pytest_plugin", "sandbox")
"""The modules and packages that use the core as users do, by its public names."""

FOLDERS = {
    *("contrib/django/*", "contrib/django/templatetags/*", "models/*", "resources/*", "resources/admin/*"),
    "sandbox/routes/*",
}
"""The folders with one row on the page for all their modules that have no row of their own."""

SHARED = {
    "extras.explain_missing": "says what to install, which no user of the package needs",
    "http.redaction.mask": "the sandbox shows no address either",
    "resources.paths.path_segment": "an id from outside is checked as a resource checks it",
}
"""The names that are not public and that OUTSIDE may still import, and the reasons."""


@dataclass(frozen=True)
class Import:
    module: str
    """The name of the imported module. A module of the package is named without `medusa.`, such as `http.retry`."""
    name: str
    """The name that is imported from the module, or an empty string."""
    of_package: bool


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def is_in(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


CORE = [module for module in MODULES if not is_in(module, OUTSIDE)]


def imports(module: str) -> Iterator[Import]:
    """Yield everything that a module imports at run time, also in its functions."""
    tree = ast.parse(MODULES[module].read_text())
    for_annotations = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for statement in branch.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in for_annotations:
            continue
        if isinstance(node, ast.Import):
            yield from (imported(alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = MODULES[module].relative_to(ROOT).parts[: -node.level] if node.level else ()
            source = ".".join([*parents, *filter(None, [node.module])])
            yield from (imported(source, alias.name) for alias in node.names)


def imported(source: str, name: str) -> Import:
    package, _, inner = source.partition(".")
    if package != "medusa":
        return Import(source, name, of_package=False)
    module = f"{inner}.{name}".strip(".")
    if name and module in MODULES:
        return Import(module, "", of_package=True)
    return Import(inner or "__init__", name, of_package=True)


def rule_for(module: str) -> list[str]:
    """Return the rule for a module, or for the package that contains it."""
    return IMPORTS_OF[max((key for key in IMPORTS_OF if is_in(module, [key])), key=len)]


@pytest.mark.parametrize("module", CORE)
def test_the_core_imports_one_way(module: str) -> None:
    found = {each.module for each in imports(module) if each.of_package}
    assert [name for name in sorted(found) if not is_in(name, rule_for(module))] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_used_where_it_belongs(module: str) -> None:
    found = {each.module.partition(".")[0] for each in imports(module) if not each.of_package}
    assert [name for name in sorted(found & USERS_OF.keys()) if not is_in(module, USERS_OF[name])] == []


@pytest.mark.parametrize("module", [module for module in MODULES if module not in CORE])
def test_what_is_outside_of_the_core_imports_public_names_alone(module: str) -> None:
    public = {"", *medusa.__all__}  # `import medusa` has no name.
    foreign = [
        each
        for each in imports(module)
        if each.of_package
        and not is_in(each.module, OUTSIDE)
        and not (each.module == "__init__" and each.name in public)
    ]
    assert [each for each in foreign if f"{each.module}.{each.name}" not in SHARED] == []


def test_each_rule_and_each_exception_is_needed() -> None:
    found = {module: {each.module for each in imports(module) if each.of_package} for module in MODULES}
    needed = [(key, name) for key, names in IMPORTS_OF.items() for name in names]
    for key, name in needed:
        users = [module for module in CORE if is_in(module, [key]) and rule_for(module) is IMPORTS_OF[key]]
        assert any(is_in(other, [name]) for module in users for other in found[module]), (key, name)
    used = {f"{each.module}.{each.name}" for module in MODULES if module not in CORE for each in imports(module)}
    assert {*SHARED} <= used


# The page docs/architecture.md.


def rows(page: str) -> set[str]:
    """Return the modules and folders that the first columns of the page's tables name."""
    cells = re.findall(r"^\|([^|\n]*)\|", page, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([\w/]+(?:\.py|/\*))`", cell)}


ROWS = {row for row in rows(PAGE) if not row.startswith("tests/")}


@pytest.mark.parametrize("path", [path.relative_to(PACKAGE) for path in MODULES.values()], ids=str)
def test_the_page_lists_each_module(path: Path) -> None:
    if (PACKAGE / path).read_text().count("\n") > 1:  # A package with nothing but a docstring needs no row.
        assert ROWS & {path.as_posix(), f"{path.parent.as_posix()}/*"}


def test_the_page_lists_no_other_module() -> None:
    assert len(ROWS) > 40
    assert [row for row in sorted(ROWS) if not (PACKAGE / row.removesuffix("/*")).exists()] == []
    assert {row for row in ROWS if row.endswith("/*")} == FOLDERS
