"""Following the recipe of CONTRIBUTING.md literally adds a resource, and changes only five files by hand."""

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
    changelog = folder / "CHANGELOG.md"
    unreleased = "## [Unreleased]\n\n### Added\n\n- `medusa.wishlists`.\n\n"
    changelog.write_text(changelog.read_text().replace("## [", unreleased + "## [", 1))
    touched = {path for path, content in files(folder).items() if before.get(path) != content}
    assert touched == {
        "CHANGELOG.md",
        "medusa/client.py",
        "medusa/models/wishlist.py",
        "medusa/resources/wishlists.py",
        "tests/test_wishlists.py",
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
    derived = ["tests/test_structure.py", "tests/test_names.py", "tests/test_pickle.py"]
    pytest_options = ["-q", "-p", "no:cacheprovider"]
    listed = run(checkout, "pytest", *pytest_options, "--collect-only", *derived).splitlines()
    # The tests of other modules and classes are left out, because they run in this checkout anyway.
    chosen = [test for test in listed if "::" in test and ("[" not in test or "ishlist" in test)]
    printed = run(checkout, "pytest", *pytest_options, "tests/test_wishlists.py", *chosen, "-rA")
    for test in (
        "tests/test_wishlists.py::test_create",
        "tests/test_structure.py::test_a_module_exports_each_class_that_it_defines[models/wishlist.py]",
        "tests/test_structure.py::test_the_docstring_of_a_method_names_its_route[medusa.WishlistsResource.create]",
        "tests/test_pickle.py::test_every_model_and_result[Wishlist]",
        "tests/test_pickle.py::test_a_resource[WishlistsResource]",
    ):
        assert f"PASSED {test}\n" in printed


def test_it_is_typed_and_well_written(checkout: Path) -> None:
    new = ["medusa/models/wishlist.py", "medusa/resources/wishlists.py", "tests/test_wishlists.py"]
    run(checkout, "mypy", *new, "medusa/client.py")
    run(checkout, "ruff", "check", *new)
    run(checkout, "ruff", "format", "--check", *new)
