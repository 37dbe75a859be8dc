"""A real Medusa in four profiles, each started by the first test that needs it.

The examples of the documentation run on the default one. Without Node all these tests are skipped, but never where CI
is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser
from sybil.region import Lexeme

from examples.receipt import place_order
from medusa import Medusa

BACKEND = Path(__file__).parent / "backend"
ON_SERVER = {"backend", "backend_with_flags", "backend_with_inventory", "backend_as_seeded", "played"}
"""The fixtures that need a server."""

LONGEST = [
    "tests/test_package.py",
    "tests/contract/test_same_answers.py",
    "tests/test_site.py",
    "tests/browser/test_buying.py",
    "tests/browser/test_shops.py",
    "tests/cli/test_export.py",
    "tests/cli/test_usage.py",
    "tests/contrib/test_carts_together.py",
    "tests/faults/test_packed.py",
    "tests/cli/test_receipts.py",
    "tests/test_typed_payloads.py",
    "tests/contrib/test_cart_errors.py",
    "tests/cli/test_logins.py",
    "tests/faults/test_internals.py",
    "tests/parity/test_parity.py",
    "tests/cli/test_streams.py",
    "tests/test_both_ways.py",
    "tests/test_nesting.py",
    "tests/cli/test_call.py",
    "tests/faults/test_fuzz_arguments.py",
    "tests/test_pages.py",
]
"""The files whose tests take longest. They start first, because the other workers would wait for one that started last.

The browser tests are not the first, because their pages would time out while the real backends start."""


def _start(profile: str) -> dict[str, Any]:
    if not shutil.which("npm") and not os.environ.get("CI"):
        pytest.skip("the real backend needs Node.js with npm")
    command = [sys.executable, BACKEND / "run.py", "start", "--profile", profile]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=900)
    if done.returncode:
        # Each test that needs it fails by this text. Its last line, which says most, is also in pytest's summary.
        pytest.fail(f"no real backend: {done.stderr[-3000:].strip()}", pytrace=False)
    state: dict[str, Any] = json.loads((BACKEND / ".run" / f"{profile}.json").read_text())
    return state


@pytest.fixture(scope="session")
def backend() -> dict[str, Any]:
    """The running backend's `url`, and what is known of its seed."""
    return _start("default")


@pytest.fixture(scope="session")
def backend_with_flags() -> dict[str, Any]:
    """As `backend`, of one with product categories, tax-inclusive prices and a search service."""
    return _start("flags")


@pytest.fixture(scope="session")
def backend_with_inventory() -> dict[str, Any]:
    """As `backend`, of one that keeps the stock in stock locations."""
    return _start("inventory")


@pytest.fixture(scope="session")
def backend_as_seeded() -> dict[str, Any]:
    """As `backend`, of one in which tests only buy.

    It is for tests that look at all of a shop. On the others, tests add products, regions and more meanwhile.
    """
    return _start("seeded")


@pytest.hookimpl(tryfirst=True)  # before pytest deselects by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that needs a server, so that `-m 'not server'` deselects it. Put the longest files first."""
    order = {BACKEND.parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))
    for item in items:
        if ON_SERVER & set(getattr(item, "fixturenames", ())):
            item.add_marker("server")


class _OnBackend(PythonEvaluator):
    """Runs an example against the real backend, with an order that there is."""

    def __call__(self, example: Example) -> Any:
        for written, meant in example.namespace["stand_ins"].items():
            source = example.parsed
            example.parsed = Lexeme(source.replace(written, meant), source.offset, source.line_offset)
        return super().__call__(example)


@pytest.fixture
def stand_ins(backend: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    """What the examples name, and what it is here."""
    for name in ("front.jpg", "back.jpg", "film.mp4"):
        (tmp_path / name).write_bytes(os.urandom(300_000))
    with Medusa(base_url=backend["url"]) as medusa:
        email = f"ada-{uuid.uuid4().hex[:10]}@example.com"
        medusa.customers.create(
            {"email": email, "password": "correct-horse", "first_name": "Ada", "last_name": "Lovelace"}
        )
        order = place_order(medusa, f"guest-{uuid.uuid4().hex[:10]}@example.com")
    return {
        "http://localhost:9000": backend["url"],
        "order_01G...": order,
        "ada@example.com": email,
        "photos/": f"{tmp_path}/",
    }


pytest_plugins = ["pytester"]

pytest_collect_file = Sybil(
    parsers=[CodeBlockParser("python", _OnBackend())],
    patterns=["README.md", "docs/*.md"],
    # Of several files, or with effects on the whole process: they have tests of their own.
    excludes=[f"docs/{name}.md" for name in ("tutorial", "django", "flask", "fastapi", "celery", "observability")],
    fixtures=["stand_ins"],
).pytest()
