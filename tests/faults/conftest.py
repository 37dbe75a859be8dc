"""What the tests of faults share."""

import pytest


@pytest.fixture(autouse=True)
def keep_connections(longest_idle: float) -> None:
    """These tests count connections. A slow test may not make its connections too old for another use."""
