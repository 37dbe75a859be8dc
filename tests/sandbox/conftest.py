"""The fixtures of the sandbox tests: a store and a client of the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from medusa import Medusa
from medusa.sandbox import SandboxStore


@pytest.fixture
def store() -> Iterator[SandboxStore]:
    with SandboxStore() as store:
        yield store


@pytest.fixture
def medusa(store: SandboxStore) -> Iterator[Medusa]:
    with store.client() as client:
        yield client
