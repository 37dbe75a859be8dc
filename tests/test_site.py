"""The site that `make docs` builds: without a warning, and with every public name in its reference."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zlib
from configparser import ConfigParser
from importlib import import_module, metadata
from inspect import getmembers, isclass
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import medusa
from medusa.contrib import carts

from .pages import ROOT

pytestmark = pytest.mark.once

PUBLIC = ["medusa", "medusa.sandbox", "medusa.contrib.django", "medusa.contrib.flask"]
PUBLIC_WITHOUT_ALL = {
    "medusa.contrib.money.format_amount",
    "medusa.contrib.money.from_decimal",
    "medusa.contrib.money.to_decimal",
    "medusa.contrib.django.test.override_medusa",
    *(f"medusa.pytest_plugin.{name}" for name in ("medusa", "medusa_module", "medusa_session")),
    *(f"medusa.pytest_plugin.{name}" for name in ("medusa_store", "medusa_store_module", "medusa_store_session")),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "docs", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def in_reference(site: Path) -> set[str]:
    """The Python names that the site documents, from its inventory."""
    *_, names = (site / "objects.inv").read_bytes().split(b"\n", 4)
    return set(re.findall(r"^(\S+) py:", zlib.decompress(names).decode(), re.MULTILINE))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_in_the_reference(in_reference: set[str], name: str) -> None:
    module = import_module(name)
    assert {_documented_as(module, public) for public in module.__all__} - in_reference == set()
    for class_name, cls in _classes(module):
        own = {member for member in vars(cls) if not member.startswith("_")}
        assert {f"{class_name}.{member}" for member in own} - in_reference == set()


def test_every_field_is_in_the_reference(in_reference: set[str]) -> None:
    """At the class that declares it, which those that inherit it name as their base."""
    fields = {
        f"{name}.{field.name}"
        for name, cls in _classes(medusa)
        if issubclass(cls, medusa.Model) and attrs.has(cls)
        for field in attrs.fields(cls)
        if not field.inherited
    }
    assert len(fields) > 400
    assert fields - in_reference == set()


def test_what_is_public_elsewhere_is_in_the_reference(in_reference: set[str]) -> None:
    assert PUBLIC_WITHOUT_ALL - in_reference == set()


def test_the_reference_links_names_and_the_page_about_fields_that_are_not_loaded(site: Path) -> None:
    models = (site / "reference" / "models.html").read_text()
    assert re.search(r'<a [^>]*href="../loading.html"', models)
    orders = (site / "reference" / "resources" / "orders.html").read_text()
    assert re.search(r'<a [^>]*href="../errors.html#medusa.MedusaNotFoundError"', orders)
    assert "GET /store/orders/{id}</code>" in orders.replace('<span class="pre">', "").replace("</span>", "")


def test_links_to_the_site_have_its_address_and_lead_to_a_page(site: Path) -> None:
    """Read on a package index or in an installed package, README.md and the docstrings have no docs/ beside them."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    address = dict(line.split(" = ") for line in setup["metadata"]["project_urls"].split("\n") if line)["Documentation"]
    pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}
    named = set()
    for path in (ROOT / "README.md", *(ROOT / "medusa").rglob("*.py")):
        for link in re.findall(r"https?://[^\s)>\"'`]+", path.read_text()):
            link = link.rstrip(".,;")
            page, _, anchor = link.removeprefix(address).partition("#")
            if link.startswith(address) or "medusa-sdk" in link or link.rpartition("/")[2].partition("#")[0] in pages:
                assert link == address or page in pages, f"{path}: {link} is no page below {address}"
                assert not anchor or f'id="{anchor}"' in pages[page], f"{path}: {link} names no heading"
                named.add(page)
    assert {"tutorial.html", "amounts.html", "reference/client.html"} <= named


def test_no_link_of_the_readme_is_relative() -> None:
    assert re.findall(r"\]\((?!https://)[^)]*\)|^\[.*\]: (?!https://).*", (ROOT / "README.md").read_text(), re.M) == []


def test_no_docstring_names_a_file_of_the_repository() -> None:
    """An installed package has no docs/."""
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno}: {name}"
        for path in (ROOT / "medusa").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in re.findall(r"\]\((?!https?:)[\w./#-]+\)|\bdocs/\S+|\S+\.(?:md|rst)\b", node.value)
    }
    assert found == set()


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_links_of_the_pages_beside_the_site(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text()):
        assert (ROOT / target).exists(), target


def test_what_pages_install_can_be_installed() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    asked = {
        extra
        for page in pages
        for names in re.findall(r"medusa-sdk\[([\w,]+)\]", page.read_text())
        for extra in names.split(",")
    }
    assert asked
    assert asked <= set(metadata.metadata("medusa-sdk").get_all("Provides-Extra") or ())


def _documented_as(module: ModuleType, name: str) -> str:
    """The name in the reference. What Django and Flask share is described once."""
    is_shared = name in carts.__all__ and getattr(module, name) is getattr(carts, name)
    return f"{carts.__name__ if is_shared else module.__name__}.{name}"


def _classes(module: ModuleType) -> list[tuple[str, type]]:
    return [(_documented_as(module, name), cls) for name, cls in getmembers(module, isclass) if name in module.__all__]
