"""The site of `make docs` is built without warnings, documents all public names, and works in a browser."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from configparser import ConfigParser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module, metadata
from inspect import getmembers, isclass
from pathlib import Path
from threading import Thread
from types import ModuleType

import attrs
import pytest
from playwright.sync_api import Page, expect

import medusa
from medusa.contrib import carts

from .browser.conftest import chromium
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

QUESTIONS = {
    "How do I page through all orders?": "paging",
    "How do I show prices in the customer's currency?": "prices",
    "How do I test my view?": "testing",
    "How do I handle a declined card?": "declined-cards",
    "How do I call a route that the SDK does not have?": "custom-routes",
    "How do I use it from FastAPI?": "fastapi",
    "How do I export to pandas?": "pandas",
    "What changes when I move to Medusa v2?": "medusa-v2",
    # The same topics in other words.
    "all pages of a list": "paging",
    "currency of a price": "prices",
    "card declined": "declined-cards",
    "payment declined": "declined-cards",
    "test a view": "testing",
    "plugin route": "custom-routes",
    "fastapi": "fastapi",
    "async": "fastapi",
    "dataframe": "pandas",
    "export orders": "pandas",
    "migrate to v2": "medusa-v2",
    "which version of Medusa": "medusa-v2",
}
"""What readers type into the search, and the page that must be among the first three results."""

CUT_OFF = """() => [...document.querySelectorAll("article *")].filter(element => {
    const {right, left} = element.getBoundingClientRect();
    const box = element.closest("pre, .table-wrapper, table");
    return box ? false : right > innerWidth + 1 || left < -1;
}).map(element => element.outerHTML.slice(0, 200))"""
"""Finds elements that extend beyond the window. Code and tables are left out, because their boxes may scroll."""

CODE_CUT_OFF = """() => [...document.querySelectorAll("pre, .table-wrapper")].filter(box => {
    const {right, left} = box.getBoundingClientRect();
    const mayScroll = box.tagName != "PRE" || innerWidth < 1000;
    const scrolls = mayScroll && ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
    return right > innerWidth + 1 || left < -1 || (box.scrollWidth > box.clientWidth + 1 && !scrolls);
}).map(element => element.outerHTML.slice(0, 200))"""
"""Finds boxes of code and tables that extend beyond the window, or that are too small for their content and don't
scroll. In a window as wide as a desktop's, code must fit without scrolling."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "docs", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    """The URL of the site on a web server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


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
    """Each field is documented at the class that declares it. Subclasses name this class as their base."""
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
    """Links to the site are absolute, because docs/ is missing on a package index and in an installed package."""
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
    """Docstrings name no page as a file, because an installed package does not contain docs/."""
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
    extras = {
        extra
        for page in pages
        for names in re.findall(r"medusa-sdk\[([\w,]+)\]", page.read_text())
        for extra in names.split(",")
    }
    assert extras
    assert extras <= set(metadata.metadata("medusa-sdk").get_all("Provides-Extra") or ())


def test_the_first_page_says_how_to_install(site: Path) -> None:
    text = re.sub("<[^>]+>", "", (site / "index.html").read_text())
    assert "pip install medusa-sdk" in text


@pytest.mark.server
def test_the_search_answers_questions(url: str, page: Page) -> None:
    missed = {}
    for question, answer in QUESTIONS.items():
        page.goto(f"{url}/search.html")
        page.get_by_label("Search").first.fill(question)
        page.get_by_label("Search").first.press("Enter")
        expect(page.locator(".search-summary")).to_contain_text(re.compile("found|matching", re.IGNORECASE))
        found = page.locator("#search-results ul.search > li > a").evaluate_all("links => links.map(link => link.href)")
        pages = list(dict.fromkeys(re.sub(r"[?#].*", "", link).removeprefix(f"{url}/") for link in found))
        if f"{answer}.html" not in pages[:3]:
            missed[question] = pages[:6]
    assert missed == {}


def longest_word(page: Path) -> int:
    """Return the length of the longest word of a page, which a browser can't break."""
    article = page.read_text().partition("<article")[2].partition("</article>")[0]
    return max(map(len, re.sub("<[^>]+>", "", article).split()))


@pytest.mark.server
def test_every_page_fits_a_phone_and_a_desktop(site: Path, url: str, page: Page) -> None:
    """No page scrolls sideways. Tables may scroll inside their boxes, and so may code on the phone.

    The pages of the reference are all made in the same way. Of these, the twenty with the longest words are tested.
    """
    too_wide = {}
    reference = sorted((site / "reference").rglob("*.html"), key=longest_word)[-20:]
    guides = sorted(file for file in site.rglob("*.html") if not file.is_relative_to(site / "reference"))
    assert len(guides) > 30
    for file in [*guides, *reference]:
        name = file.relative_to(site).as_posix()
        page.goto(f"{url}/{name}", wait_until="domcontentloaded")
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            found = [*page.evaluate(CUT_OFF), *page.evaluate(CODE_CUT_OFF)]
            if found or page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide[name, width] = found
    assert too_wide == {}


def _documented_as(module: ModuleType, name: str) -> str:
    """Return the name in the reference. Names that Django and Flask share are documented once."""
    is_shared = name in carts.__all__ and getattr(module, name) is getattr(carts, name)
    return f"{carts.__name__ if is_shared else module.__name__}.{name}"


def _classes(module: ModuleType) -> list[tuple[str, type]]:
    return [(_documented_as(module, name), cls) for name, cls in getmembers(module, isclass) if name in module.__all__]
