"""Pytest fixtures for code that uses the SDK: a sandbox store and its client, for each test, module or test session.

Pytest loads this plugin if medusa-sdk is installed. The plugin does nothing until a test uses one of the fixtures.
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
        "medusa_orders(*orders): start the fixture `medusa_store` or `medusa_store_module` with these orders only; each"
        " order is a dict of keyword arguments for `SandboxStore.add_order`, or a recorded order",
    )


@pytest.fixture
def medusa_store(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` for one test.

    The store starts with the orders of `@pytest.mark.medusa_orders(...)` only. Without this marker, it
    starts with the made-up shop.
    """
    yield from _new_store(request)


@pytest.fixture(scope="module")
def medusa_store_module(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` for all tests of a module.

    The store starts with the orders of `pytestmark = pytest.mark.medusa_orders(...)` only. Without this marker, it
    starts with the made-up shop.
    """
    yield from _new_store(request)


@pytest.fixture(scope="session")
def medusa_store_session(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    """A `medusa.sandbox.SandboxStore` for all tests of the test session, with the made-up shop."""
    yield from _new_store(request)


@pytest.fixture
def medusa(medusa_store: SandboxStore) -> Iterator[Medusa]:
    """A client of `medusa_store`."""
    with medusa_store.client() as client:
        yield client


@pytest.fixture(scope="module")
def medusa_module(medusa_store_module: SandboxStore) -> Iterator[Medusa]:
    """A client of `medusa_store_module`."""
    with medusa_store_module.client() as client:
        yield client


@pytest.fixture(scope="session")
def medusa_session(medusa_store_session: SandboxStore) -> Iterator[Medusa]:
    """A client of `medusa_store_session`."""
    with medusa_store_session.client() as client:
        yield client


def _new_store(request: pytest.FixtureRequest) -> Iterator[SandboxStore]:
    from .sandbox import SandboxStore

    marker = request.node.get_closest_marker("medusa_orders")
    if marker and marker.kwargs:
        raise pytest.UsageError("pass each order to medusa_orders as a dict, not as keyword arguments")
    with SandboxStore(orders=marker is None) as store:
        for order in marker.args if marker else ():
            _add_order(store, order)
        yield store


def _add_order(store: SandboxStore, order: Mapping[str, Any] | Order) -> None:
    from . import Order

    if isinstance(order, Order) or "order" in order or {"id", "display_id", "customer_id"} <= order.keys():
        store.add_order(order)  # This is a recorded order.
    else:
        store.add_order(**order)
