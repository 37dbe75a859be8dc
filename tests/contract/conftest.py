"""The fixtures of the contract tests: a store for each test.

The tests of orders and auth run both on a sandbox and on a real Medusa. Their fixtures are a client and a function that
places an order. The tests of the rest of the Store API run only on a real Medusa. Their fixture is a `Shop`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from examples.receipt import place_order as place_on_medusa
from medusa import Medusa
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import ORDER_OF_A_GUEST

from .shop import Shop

PlaceOrder = Callable[[str], str]


@pytest.fixture(params=["sandbox", pytest.param("medusa", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a store that has the products of the demo and accepts orders."""
    if request.param == "medusa":
        yield request.getfixturevalue("backend")["url"]
    else:
        with SandboxStore() as store:
            request.node.sandbox = store
            yield store.url


@pytest.fixture
def medusa(url: str) -> Iterator[Medusa]:
    with Medusa(base_url=url, max_retries=1) as client:
        yield client


@pytest.fixture
def place_order(request: pytest.FixtureRequest, medusa: Medusa) -> PlaceOrder:
    """A function that places the order of the demo with an e-mail address, and returns the ID of the order."""

    def place_order(email: str) -> str:
        sandbox: SandboxStore | None = getattr(request.node, "sandbox", None)
        if sandbox is None:
            return place_on_medusa(medusa, email)
        return sandbox.add_order(**{**ORDER_OF_A_GUEST, "email": email}).id

    return place_order


@pytest.fixture(scope="module")
def shop(backend: dict[str, Any]) -> Iterator[Shop]:
    """The shop of a real backend."""
    with closing(Shop(backend)) as shop:
        yield shop


@pytest.fixture(scope="module")
def shop_with_flags(backend_with_flags: dict[str, Any]) -> Iterator[Shop]:
    with closing(Shop(backend_with_flags)) as shop:
        yield shop


@pytest.fixture(scope="module")
def shop_with_inventory(backend_with_inventory: dict[str, Any]) -> Iterator[Shop]:
    with closing(Shop(backend_with_inventory)) as shop:
        yield shop
