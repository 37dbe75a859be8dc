"""Requests of one web session that arrive at the same time, in the threads and processes of a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from .cart_store import CartStore
from .store import PASSWORD
from .test_workers import ROOT, served

pytestmark = pytest.mark.once

THREADS = "--workers 1 --threads 8"
PROCESSES = "--workers 2 --worker-class sync"  # Each process handles one request at a time.
GREENLETS = "--workers 1 --worker-class gevent"
SERVERS = [
    ("django file", THREADS),
    ("django file", PROCESSES),
    ("django db", PROCESSES),
    ("django cache", THREADS),
    ("django signed_cookies", PROCESSES),
    ("flask cookies", THREADS),
    ("flask cookies", PROCESSES),
    ("flask cookies", GREENLETS),
    ("flask server", PROCESSES),
]


@contextmanager
def serve(store: CartStore, sessions: str, options: str, folder: Path) -> Iterator[str]:
    """Serve a shop with these sessions and server options, and yield its URL."""
    environment = {**os.environ, "STORE_URL": store.url, "SESSION_FILE_PATH": str(folder), "TMPDIR": str(folder)}
    framework, _, kind = sessions.partition(" ")
    environment["SESSION_ENGINE"] = f"django.contrib.sessions.backends.{kind}"
    if kind.endswith("db"):
        environment["DATABASE"] = str(folder / "database")
        code = (
            "import tests.contrib.django_shop; from django.core.management import call_command; call_command('migrate')"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    if kind == "server":
        environment["FLASK_SESSIONS"] = str(folder / "sessions")
    command = [f"tests.contrib.{framework}_shop:wsgi", *options.split()]
    with served(*command, log=folder / "log", folder=ROOT, environment=environment) as url:
        yield url


@pytest.fixture(scope="module", params=SERVERS, ids=", ".join)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CartStore, str]]:
    """The store of a shop on a server, and the URL of the shop."""
    sessions, options = request.param
    store = CartStore()
    with serve(store, sessions, options, tmp_path_factory.mktemp("shop")) as url:
        yield store, url
    store.peer.close()


def cookies_of(jar: requests.cookies.RequestsCookieJar) -> dict[str, str]:
    return {str(cookie.name): str(cookie.value) for cookie in jar}


def get(url: str, cookies: dict[str, str]) -> requests.Response:
    answer = requests.get(url, cookies=cookies, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer


def start_session(url: str) -> dict[str, str]:
    """Return the cookies of a new session, after a page that writes to the session and the page of the cart."""
    with requests.Session() as browser:
        for path in ("keep/word", "cart"):
            assert browser.get(f"{url}/{path}", timeout=60).status_code == 200
        return cookies_of(browser.cookies)


def add_together(store: CartStore, url: str, cookies: dict[str, str], numbers: list[int]) -> list[requests.Response]:
    """Add these variants with requests that all find no cart, so that each of them creates a new cart."""
    store.together = threading.Barrier(len(numbers))
    try:
        with ThreadPoolExecutor(len(numbers)) as pool:
            return list(pool.map(lambda number: get(f"{url}/add/variant_{number}", cookies), numbers))
    finally:
        store.together = None


def test_two_first_items_are_in_one_cart(shop: tuple[CartStore, str]) -> None:
    store, url = shop
    store.carts.clear()
    cookies = start_session(url)
    answers = add_together(store, url, cookies, [0, 1])
    (id,) = {answer.json()["id"] for answer in answers}
    # A browser keeps the cookies of the last response. Either response may be the last one.
    for answer in answers:
        seen = get(f"{url}/cart", {**cookies, **cookies_of(answer.cookies)}).json()
        assert seen == {"id": id, "items": {"variant_0": 1, "variant_1": 1}}
    assert sorted(len(cart["items"]) for cart in store.carts.values()) == [0, 2]

    # After a completed cart, both requests again use one new cart.
    store.carts[id]["completed_at"] = "2026-11-28T12:00:00.000Z"
    cookies.update(cookies_of(answers[0].cookies))
    after = add_together(store, url, cookies, [2, 3])
    (next_id,) = {answer.json()["id"] for answer in after}
    for answer in after:
        seen = get(f"{url}/cart", {**cookies, **cookies_of(answer.cookies)}).json()
        assert seen == {"id": next_id, "items": {"variant_2": 1, "variant_3": 1}}
    assert len(store.carts[id]["items"]) == 2


def test_a_request_that_saves_an_old_session_loses_no_cart(shop: tuple[CartStore, str]) -> None:
    store, url = shop
    store.held.clear()
    with ThreadPoolExecutor(1) as pool:
        cookies = start_session(url)
        store.hold = threading.Event()
        slow = pool.submit(get, f"{url}/keep-slowly/other", cookies)
        assert store.held.wait(20)
        added = get(f"{url}/add/variant_0", cookies)
        cookies.update(cookies_of(added.cookies))
        store.hold.set()
        cookies.update(cookies_of(slow.result().cookies))
        assert get(f"{url}/kept", cookies).text == "other"
        logged_in = get(f"{url}/login?email=ada@example.com&password={PASSWORD}", cookies)
        cookies.update(cookies_of(logged_in.cookies))
        assert get(f"{url}/cart", cookies).json() == added.json()


def test_many_sessions_at_once(shop: tuple[CartStore, str]) -> None:
    """Each session has its own cart, with all items that the session added."""
    _, url = shop

    def fill(number: int) -> None:
        cookies = start_session(url)
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda item: get(f"{url}/add/variant_{number}x{item}", cookies), range(3)))
        cookies.update(cookies_of(answers[-1].cookies))
        expected = {f"variant_{number}x{item}": 1 for item in range(3)}
        assert get(f"{url}/cart", cookies).json()["items"] == expected

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(12)))
