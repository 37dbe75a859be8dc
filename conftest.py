"""A real Medusa in four profiles. The first test that needs a profile starts its backend.

The examples of the documentation run on the default profile. If npm is not installed, all these tests are skipped. If
the variable CI is set, they fail instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable
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
"""The files whose tests take longest. They start first, so that no long file is still running when all others are done.

The browser tests are not the first, because their pages would time out while the real backends start.
"""


def _start(profile: str) -> dict[str, Any]:
    if not shutil.which("npm") and not os.environ.get("CI"):
        pytest.skip("the real backend needs Node.js with npm")
    command = [sys.executable, BACKEND / "run.py", "start", "--profile", profile]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=900)
    if done.returncode:
        # Each test that needs this backend fails with this text. pytest's summary shows only the last line, which says
        # most.
        pytest.fail(f"no real backend: {done.stderr[-3000:].strip()}", pytrace=False)
    state: dict[str, Any] = json.loads((BACKEND / ".run" / f"{profile}.json").read_text())
    return state


@pytest.fixture(scope="session")
def backend() -> dict[str, Any]:
    """Return the `url` of the running default backend, and what is known about its data."""
    return _start("default")


@pytest.fixture(scope="session")
def backend_with_flags() -> dict[str, Any]:
    """Return the same for a backend with product categories, tax-inclusive prices and a search service."""
    return _start("flags")


@pytest.fixture(scope="session")
def backend_with_inventory() -> dict[str, Any]:
    """Return the same for a backend that keeps the stock in stock locations."""
    return _start("inventory")


@pytest.fixture(scope="session")
def backend_as_seeded() -> dict[str, Any]:
    """Return the same for a backend on which tests only place orders.

    It is for tests that look at the whole shop. On the other backends, other tests add products, regions and more at
    the same time.
    """
    return _start("seeded")


@pytest.hookimpl(tryfirst=True)  # The markers must exist before pytest deselects tests by their markers.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that needs a server, so that `-m 'not server'` deselects it. Put the longest files first."""
    order = {BACKEND.parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))
    for item in items:
        if ON_SERVER & set(getattr(item, "fixturenames", ())):
            item.add_marker("server")


class _OnBackend(PythonEvaluator):
    """Runs an example on the real backend. Replaces the names in the example that `stand_ins` lists."""

    def __call__(self, example: Example) -> Any:
        for written, make in example.namespace["stand_ins"].items():
            source = example.parsed
            if written in source:
                example.parsed = Lexeme(source.replace(written, make()), source.offset, source.line_offset)
        return super().__call__(example)


@pytest.fixture
def stand_ins(backend: dict[str, Any], tmp_path: Path) -> dict[str, Callable[[], str]]:
    """Return the values in the examples, such as IDs, that do not exist, and functions that make what replaces them."""

    def order() -> str:
        with Medusa(base_url=backend["url"]) as medusa:
            return place_order(medusa, f"guest-{uuid.uuid4().hex[:10]}@example.com")

    def customer() -> str:
        email = f"ada-{uuid.uuid4().hex[:10]}@example.com"
        with Medusa(base_url=backend["url"]) as medusa:
            medusa.customers.create(
                {"email": email, "password": "correct-horse", "first_name": "Ada", "last_name": "Lovelace"}
            )
        return email

    def photos() -> str:
        for name in ("front.jpg", "back.jpg", "film.mp4"):
            (tmp_path / name).write_bytes(os.urandom(300_000))
        return f"{tmp_path}/"

    return {
        "http://localhost:9000": lambda: backend["url"],
        "order_01G...": order,
        "ada@example.com": customer,
        "photos/": photos,
    }


pytest_plugins = ["pytester"]

pytest_collect_file = Sybil(
    parsers=[CodeBlockParser("python", _OnBackend())],
    patterns=["README.md", "docs/*.md"],
    # These pages show several files, or their code affects the whole process. They have their own tests.
    excludes=[f"docs/{name}.md" for name in ("tutorial", "django", "flask", "fastapi", "celery", "observability")],
    fixtures=["stand_ins"],
).pytest()
