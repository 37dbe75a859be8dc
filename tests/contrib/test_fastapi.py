"""The application of docs/fastapi.md: its own tests, and many visitors at once under uvicorn."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from medusa.sandbox import SandboxStore

from ..pages import ROOT, blocks, write
from .test_workers import running

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder with the files of the page."""
    for language, code in blocks("fastapi.md"):
        if language == "python":
            write(code, tmp_path)
    return tmp_path


@pytest.fixture
def url(shop: Path, medusa_store: SandboxStore) -> Iterator[str]:
    """The URL of the application under uvicorn."""
    command = [sys.executable, "-m", "uvicorn", "shop:app", "--port", "0"]
    environment = {**ENVIRONMENT, "MEDUSA_URL": medusa_store.url}
    with running(command, r"running on (http://[0-9.:]+)", shop / "log", shop, environment) as url:
        yield url


def test_the_tests_of_the_page(shop: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-W", "error", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=shop, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_a_slow_store_keeps_no_other_visitor_waiting(url: str, medusa_store: SandboxStore) -> None:
    slow = 3.0
    medusa_store.delay(slow)
    with ThreadPoolExecutor(1) as other:
        began = time.monotonic()
        waiting = other.submit(requests.get, f"{url}/products/stoneware-mug", timeout=60)
        while not medusa_store.requests:
            time.sleep(0.01)
        for _ in range(3):
            assert requests.get(f"{url}/start", timeout=60).status_code == 200
        assert time.monotonic() - began < slow
        assert waiting.result().json()["title"] == "Stoneware mug"
        assert time.monotonic() - began >= slow


def test_customers_at_the_same_time_see_their_own_orders(url: str) -> None:
    def numbers(email: str) -> list[int]:
        login = requests.post(f"{url}/login", json={"email": email, "password": "correct-horse"}, timeout=60)
        headers = {"Authorization": f"Bearer {login.json()['access_token']}"}
        return [order["number"] for order in requests.get(f"{url}/me/orders", headers=headers, timeout=60).json()]

    customers = ["ada@example.com", "grace@example.com"]
    alone = [numbers(email) for email in customers]
    assert alone[0] != alone[1]
    with ThreadPoolExecutor(8) as browsers:
        assert list(browsers.map(numbers, customers * 10)) == alone * 10
