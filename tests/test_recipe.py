"""Following the recipe of CONTRIBUTING.md literally adds a resource, and changes only six files by hand."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from .pages import ROOT, write

pytestmark = pytest.mark.once

DERIVED = {"medusa/_names.py", "release/api.txt"}
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "build", "dist", "backend"
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout in which the recipe was followed."""
    folder = tmp_path_factory.mktemp("recipe") / "medusa-sdk"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    before = files(folder)
    recipe = (ROOT / "CONTRIBUTING.md").read_text().partition("## Adding a resource\n")[2].partition("\n## ")[0]
    for code in re.findall(r"^   ```python\n(.*?)^   ```$", recipe, re.MULTILINE | re.DOTALL):
        block = textwrap.dedent(code)
        if block.startswith("# medusa/client.py, in the class Medusa\n"):
            client = folder / "medusa" / "client.py"
            before_it, last, after_it = re.split(
                r"(^    orders: .*\n)", client.read_text(), maxsplit=1, flags=re.MULTILINE
            )
            client.write_text(before_it + last + block.partition("\n")[2] + after_it)
        else:
            write(block, folder)
    methods = folder / "tests" / "parity" / "methods.py"
    added = ", ".join(re.findall(r'`("\w+Resource\.\w+")`', recipe))
    methods.write_text(re.sub(r"^(HERE = \{.*)\}$", rf"\1, {added}}}", methods.read_text(), flags=re.MULTILINE))
    changelog = folder / "CHANGELOG.md"
    unreleased = "## [Unreleased]\n\n### Added\n\n- `medusa.subscriptions`.\n\n"
    changelog.write_text(changelog.read_text().replace("## [", unreleased + "## [", 1))
    touched = {path for path, content in files(folder).items() if before.get(path) != content}
    assert touched == {
        "CHANGELOG.md",
        "medusa/client.py",
        "medusa/models/subscription.py",
        "medusa/resources/subscriptions.py",
        "tests/parity/methods.py",
        "tests/test_subscriptions.py",
    }
    before = files(folder)
    for module in ("options", "names", "api"):  # `make api` runs these modules.
        run(folder, "release." + module)
    written = {path for path, content in files(folder).items() if before.get(path) != content}
    assert {path for path in written if "__pycache__" not in path} == DERIVED
    return folder


def run(folder: Path, module: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_everything_that_is_derived_follows(checkout: Path) -> None:
    names = ("test_structure", "test_names", "test_pickle", "parity/test_guide", "cli/test_every_method")
    derived = [f"tests/{name}.py" for name in names]
    pytest_options = ["-q", "-p", "no:cacheprovider"]
    listed = run(checkout, "pytest", *pytest_options, "--collect-only", *derived).splitlines()
    # The tests of other modules and classes are left out, because they run in this checkout anyway.
    chosen = [test for test in listed if "::" in test and ("[" not in test or "ubscription" in test)]
    printed = run(checkout, "pytest", *pytest_options, "tests/test_subscriptions.py", *chosen, "-rA")
    for test in (
        "tests/test_subscriptions.py::test_create",
        "tests/test_structure.py::test_a_module_exports_each_class_that_it_defines[models/subscription.py]",
        "tests/test_structure.py::test_the_docstring_of_a_method_names_its_route[medusa.SubscriptionsResource.create]",
        "tests/test_pickle.py::test_every_model_and_result[Subscription]",
        "tests/test_pickle.py::test_a_resource[SubscriptionsResource]",
        "tests/parity/test_guide.py::test_the_methods_are_those_of_js",
        "tests/parity/test_guide.py::test_the_page_shows_no_other_method",
        "tests/cli/test_every_method.py::test_help_lists_every_method",
    ):
        assert f"PASSED {test}\n" in printed


def test_it_is_typed_and_well_written(checkout: Path) -> None:
    new = ["medusa/models/subscription.py", "medusa/resources/subscriptions.py", "tests/test_subscriptions.py"]
    # A test that uses the same name for a resource of its own would fail in a checkout with the new resource.
    tests = {path for path in (checkout / "tests").rglob("*.py") if re.search(r"\bsubscriptions\b", path.read_text())}
    run(checkout, "mypy", *sorted(tests | {checkout / path for path in [*new, "medusa/client.py"]}))
    run(checkout, "ruff", "check", *new)
    run(checkout, "ruff", "format", "--check", *new)
