"""Fixtures for tests of code that uses the SDK: a sandbox store, a client on it, and stores of a wider scope.

Loaded by pytest wherever medusa-sdk is installed, and inert until a test asks for one of them.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from . import Medusa, Order
    from .sandbox import SandboxStore

__all__ = ["medusa", "medusa_store", "medusa_store_factory"]


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
    marker = request.node.get_closest_marker("medusa_orders")
    if marker and marker.kwargs:
        raise pytest.UsageError("medusa_orders takes a dict for each order, and no keyword arguments")
    with _new_store(marker.args if marker else None) as store:
        yield store


@pytest.fixture
def medusa(medusa_store: SandboxStore) -> Iterator[Medusa]:
    """A client on `medusa_store`."""
    with medusa_store.client() as client:
        yield client


@pytest.fixture(scope="session")
def medusa_store_factory() -> Iterator[Callable[..., SandboxStore]]:
    """Make a store for a fixture of any scope: `medusa_store_factory(orders=None, *, database=None, port=0)`.

    `orders`: a list of what `@pytest.mark.medusa_orders` takes; without it the store begins with the made-up shop.
    The other arguments are those of `SandboxStore`. Use the store as a context manager to close it with your fixture;
    otherwise it is closed at the end of the session.
    """
    with ExitStack() as stores:

        def make(orders: Iterable[Mapping[str, Any] | Order] | None = None, **options: Any) -> SandboxStore:
            return stores.enter_context(_new_store(orders, **options))

        yield make


def _new_store(orders: Iterable[Mapping[str, Any] | Order] | None, **options: Any) -> SandboxStore:
    from . import Order
    from .sandbox import SandboxStore

    if isinstance(orders, dict):
        raise TypeError("orders must be a list")
    store = SandboxStore(orders=orders is None, **options)
    try:
        for order in orders or ():
            if isinstance(order, Order) or "order" in order or {"id", "display_id", "customer_id"} <= order.keys():
                store.add_order(order)  # a recorded one
            else:
                store.add_order(**order)
    except BaseException:
        store.close()
        raise
    return store
