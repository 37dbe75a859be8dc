"""Many customers use a shop on a real server at the same time, in each way in which gunicorn can run the shop."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from .store import PASSWORD, Store

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
WORKERS = 2
POOL = 4  # This is the shops' pool_maxsize.


@contextmanager
def running(command: list[str], announced: str, log: Path, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a server, and yield its URL: the first group of `announced`, which matches what a ready server prints."""
    with log.open("wb") as stream:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=stream, stderr=stream)
    try:
        end = time.monotonic() + 60
        while not (found := re.search(announced, log.read_text())):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def served(*options: str, log: Path, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a shop under gunicorn with these options, and yield its URL."""
    command = [
        *[sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0"],
        *["--no-control-socket", "--graceful-timeout", "5", *options],
    ]
    with running(command, r"Listening at: (http://[0-9.:]+)", log, folder, environment) as url:
        yield url


def shop_on(url: str, number: int) -> int:
    """Visit the shop with one browser, which two customers use in turn. Return the number of responses."""
    chance = random.Random(number)
    answers = 0

    def get(path: str, **query: str) -> requests.Response:
        nonlocal answers
        answers += 1
        return browser.get(f"{url}/{path}", params=query, timeout=60)

    with requests.Session() as browser:
        assert get("whoami").text == "None"
        for turn in range(2):
            name = f"customer{number}x{turn}"
            assert get("login", email=f"{name}@example.com", password=PASSWORD).text == f"{name}@example.com"
            assert get(f"keep/{name}").text == name
            for _ in range(8):
                path = chance.choice(
                    ["whoami", "whoami", "me", "stream", "boom", "by-hand", "orders", "mine", "theirs"]
                )
                if path == "by-hand":
                    other = f"guest{number}@example.com"
                    assert get(path, email=other, password=PASSWORD).text == other
                elif path == "boom":
                    assert get(path).status_code == 500
                elif path == "orders":
                    assert get("orders/order_of_ada").text.startswith("order_of_ada: ")
                elif path == "mine":
                    assert get(f"my-orders/order_of_{name}").text == f"order_of_{name}"
                elif path == "theirs":
                    assert get("my-orders/order_of_ada").status_code == 404
                else:
                    assert set(get(path).text.split()) == {f"{name}@example.com"}
            assert get("kept").text == name
        assert get("logout").status_code == 200
        assert get("whoami").text == "None"
    return answers


@pytest.mark.parametrize(
    ("application", "options"),
    [
        (f"tests.contrib.{shop}:{application}", options)
        for shop, application, ways in [
            ("django_shop", "wsgi", ["--threads 8", "--threads 8 --preload", "-k gevent", "-k gevent --preload"]),
            ("django_shop", "asgi", ["-k asgi"]),
            ("flask_shop", "wsgi", ["--threads 8", "--threads 8 --preload", "-k gevent", "-k gevent --preload"]),
        ]
        for options in ways
    ],
)
def test_no_customer_sees_anothers_data(store: Store, tmp_path: Path, application: str, options: str) -> None:
    environment = {**os.environ, "STORE_URL": store.url, "SESSION_FILE_PATH": str(tmp_path)}
    if "--preload" in options:
        environment["CONNECT_BEFORE_FORK"] = "1"
    log = tmp_path / "gunicorn.log"
    command = [application, "--workers", str(WORKERS), *options.split()]
    with served(*command, log=log, folder=ROOT, environment=environment) as url:
        with ThreadPoolExecutor(12) as pool:
            visits = [pool.submit(shop_on, url, number) for number in range(16)]
            assert sum(visit.result() for visit in visits) == 16 * 25
    processes = WORKERS + ("--preload" in options)
    assert store.peer.most_open <= POOL * WORKERS + (processes - WORKERS)
    said = log.read_text()
    assert said.count("Traceback (most recent call last)") == said.count("\nRuntimeError: customer")
