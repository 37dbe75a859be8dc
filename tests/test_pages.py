"""Each page of docs/ says how to install all packages that a Python block needs, before the block or in it."""

from __future__ import annotations

import ast
import re
import shlex
import sys
from importlib.metadata import distribution, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .pages import ROOT, blocks

pytestmark = pytest.mark.once

PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
# The packages that a block with this word needs without importing them.
BY_WORD = {"medusa_store": {"pytest", "cheroot"}, "django_db": {"pytest-django"}}


def brought_by(requirement: Requirement, seen: set[tuple[str, str]]) -> set[str]:
    """Return the distributions that pip installs for this requirement."""
    name = canonicalize_name(requirement.name)
    found: set[str] = {name}
    for extra in ("", *requirement.extras):
        if (name, extra) not in seen:
            seen.add((name, extra))
            for text in distribution(name).requires or ():
                needed = Requirement(text)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    found |= brought_by(needed, seen)
    return found


def needed_by(code: str) -> set[str]:
    """Return the modules that a block imports, except for the standard library."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.add(str(node.module).partition(".")[0])
    return modules - set(sys.stdlib_module_names)


def installed_by(text: str) -> set[str]:
    """Return the distributions that the `pip install` lines in the text install."""
    found: set[str] = set()
    for line in re.findall(r"pip install ([^`\n]+)", text):
        for word in shlex.split(line):
            found |= brought_by(Requirement(word), set())
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_what_it_needs(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    distributions = packages_distributions()
    files = re.findall(r"^# ([\w./]+?)(?:, at the end)?$", text, re.MULTILINE)
    own = {re.split(r"[./]", file)[0] for file in files}
    position = 0
    for language, code in blocks(page):
        position = text.index(code, position)
        if language != "python":
            continue
        installed = installed_by(f"pip install medusa-sdk\n{text[:position]}{code}")
        for module in needed_by(code) - own:
            names: set[str] = {canonicalize_name(name) for name in distributions.get(module, [module])}
            assert names & installed, f"docs/{page} does not say how to install {module}"
        for word, others in BY_WORD.items():
            if word in code:
                assert others <= installed, f"docs/{page} does not say how to install {others - installed}"


def test_the_first_page_begins_with_the_installation() -> None:
    for page in ("docs/index.md", "README.md"):
        text = (ROOT / page).read_text()
        assert "pip install medusa-sdk\n" in text.partition("```python")[0], page
