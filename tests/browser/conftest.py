"""The example shops under gunicorn with threads, and Chromium to visit them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from examples.serve import APPLICATIONS, environment
from medusa import Medusa, Product, Region

from ..contrib.test_workers import ROOT, served

QUIET = [
    *["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    "--no-first-run",
]
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}

BLANKET = "wool-blanket"
"""The handle of a product that both stores have."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a new browser process."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on the PATH")
        pytest.skip("the browser tests need Chromium on the PATH")
    sandbox = [] if os.getuid() else ["--no-sandbox"]  # As root, Chromium only starts without its sandbox.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(scope="module")  # Playwright's event loop must not run while other tests use Django.
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    """A window that the tests use one after another, because a new window takes the browser more than a second."""
    return new_window(browser)


@pytest.fixture
def visitor(browser: Browser, window: Page) -> Iterator[Callable[[], Page]]:
    """Return a function that returns a window in its first state, with its own cookies."""
    pages: list[Page] = []

    def visitor() -> Page:
        pages.append(new_window(browser) if pages else window)
        return pages[-1]

    window.context.clear_cookies()
    window.goto("about:blank")
    window.set_viewport_size(WIDE)
    window.emulate_media(color_scheme="light")
    yield visitor
    for page in pages[1:]:
        page.context.close()


def new_window(browser: Browser) -> Page:
    context = browser.new_context(viewport=WIDE)
    context.set_default_timeout(15_000)
    return context.new_page()


Serve = Callable[[str], AbstractContextManager[str]]


@pytest.fixture(params=sorted(APPLICATIONS), scope="module")
def serve(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Return a function that serves a shop with the store at a URL."""

    def serve(url: str) -> AbstractContextManager[str]:
        folder = tmp_path_factory.mktemp(request.param)
        (folder / "sessions").mkdir()
        options = [APPLICATIONS[request.param], "--workers", "2", "--threads", "4"]
        return served(*options, log=folder / "log", folder=ROOT, environment=environment(url, str(folder / "sessions")))

    return serve


@pytest.fixture(scope="module")
def shop(serve: Serve, backend_as_seeded: dict[str, Any]) -> Iterator[str]:
    """The URL of a shop on a real Medusa."""
    with serve(backend_as_seeded["url"]) as url:
        yield url


@pytest.fixture
def europe(medusa: Medusa) -> Region:
    return next(region for region in medusa.regions.list().regions if region.name == "Europe")


@pytest.fixture
def blanket(medusa: Medusa, europe: Region) -> Product:
    return medusa.products.list({"handle": BLANKET, "region_id": europe.id}).products[0]
