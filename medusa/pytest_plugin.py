"""Fixtures for tests of code that uses the SDK: a sandbox store and a client, for a test, a module or the session.

Loaded by pytest wherever medusa-sdk is installed, and inert until a test asks for one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from . import Medusa, Order
    from .sandbox import SandboxStore

__all__ = [
    "medusa",
    "medusa_module",
    "medusa_session",
    "medusa_store",
    "medusa_store_module",
    "medusa_store_session",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "medusa_orders(*orders): the orders that the test's `medusa_store` begins with, or the module's"
        " `medusa_store_module`, each the keyword arguments of `SandboxStore.add_order`, or a recorded order",
    )


@pytest.fixture
def medusa_store(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` of this test's own.

    It begins with the orders of `@pytest.mark.medusa_orders(...)`, or else with the made-up shop.
    """
    yield from _new_store(request)


@pytest.fixture(scope="module")
def medusa_store_module(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` for all tests of a module.

    It begins with the orders of `pytestmark = pytest.mark.medusa_orders(...)`, or else with the made-up shop.
    """
    yield from _new_store(request)


@pytest.fixture(scope="session")
def medusa_store_session(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` for all tests of the session, with the made-up shop."""
    yield from _new_store(request)


@pytest.fixture
def medusa(medusa_store: SandboxStore) -> Iterator[Medusa]:
    """A client on `medusa_store`."""
    with medusa_store.client() as client:
        yield client


@pytest.fixture(scope="module")
def medusa_module(medusa_store_module: SandboxStore) -> Iterator[Medusa]:
    """A client on `medusa_store_module`."""
    with medusa_store_module.client() as client:
        yield client


@pytest.fixture(scope="session")
def medusa_session(medusa_store_session: SandboxStore) -> Iterator[Medusa]:
    """A client on `medusa_store_session`."""
    with medusa_store_session.client() as client:
        yield client


def _new_store(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    from .sandbox import SandboxStore

    marker = request.node.get_closest_marker("medusa_orders")
    if marker and marker.kwargs:
        raise pytest.UsageError("medusa_orders takes a dict for each order, and no keyword arguments")
    with SandboxStore(orders=marker is None) as store:
        for order in marker.args if marker else ():
            _add_order(store, order)
        yield store


def _add_order(store: SandboxStore, order: Mapping[str, Any] | Order) -> None:
    from . import Order

    if isinstance(order, Order) or "order" in order or {"id", "display_id", "customer_id"} <= order.keys():
        store.add_order(order)  # a recorded one
    else:
        store.add_order(**order)
