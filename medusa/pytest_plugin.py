"""Fixtures for tests of code that uses the SDK: a sandbox store, and a client on it.

Loaded by pytest wherever medusa-sdk is installed, and inert until a test asks for one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Medusa
    from .sandbox import SandboxStore

__all__ = ["medusa", "medusa_store"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "medusa_orders(*orders): the orders that the test's `medusa_store` begins with, each the keyword arguments of"
        " `SandboxStore.add_order`, or a recorded order",
    )


@pytest.fixture
def medusa_store(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` of this test's own.

    It begins with the orders of `@pytest.mark.medusa_orders(...)`, or else with those of the made-up shop.
    """
    from .models import Order
    from .sandbox import SandboxStore

    marker = request.node.get_closest_marker("medusa_orders")
    with SandboxStore(orders=marker is None) as store:
        if marker and marker.kwargs:
            raise pytest.UsageError("medusa_orders takes a dict for each order, and no keyword arguments")
        for order in marker.args if marker else ():
            if isinstance(order, Order) or "order" in order or {"id", "display_id", "customer_id"} <= order.keys():
                store.add_order(order)  # a recorded one
            else:
                store.add_order(**order)
        yield store


@pytest.fixture
def medusa(medusa_store: SandboxStore) -> Iterator[Medusa]:
    """A client on `medusa_store`."""
    with medusa_store.client() as client:
        yield client
