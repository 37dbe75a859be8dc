"""A fixture for all tests of faults."""

import pytest


@pytest.fixture(autouse=True)
def keep_connections(longest_idle: float) -> None:
    """Reuse connections however old they are: these tests count connections, and a slow test must not need more."""
