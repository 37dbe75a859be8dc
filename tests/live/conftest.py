"""A real Medusa: started by the first test that needs it. Without Node it is skipped, but never where CI is set."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medusa import Medusa

BACKEND = Path(__file__).parents[2] / "backend"


@pytest.fixture(scope="session")
def backend() -> dict[str, Any]:
    """The running backend's `url`, and what is known of its seed."""
    if not shutil.which("npm") and not os.environ.get("CI"):
        pytest.skip("the real backend needs Node.js with npm")
    subprocess.run([sys.executable, BACKEND / "run.py", "start"], check=True, timeout=600)
    state: dict[str, Any] = json.loads((BACKEND / ".state.json").read_text())
    return state


@pytest.fixture
def medusa(backend: dict[str, Any]) -> Iterator[Medusa]:
    with Medusa(base_url=backend["url"], max_retries=1) as client:
        yield client
