"""A client on the real backend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from medusa import Medusa


@pytest.fixture
def medusa(backend: dict[str, Any]) -> Iterator[Medusa]:
    with Medusa(base_url=backend["url"], max_retries=1) as client:
        yield client
