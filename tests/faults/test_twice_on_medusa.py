"""A thousand calls to a real Medusa go through a proxy that loses requests and responses.

The backend carries out no call twice, and each error says correctly whether its call may have happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medusa import (
    Medusa,
    MedusaError,
    Order,
    StorePostCartReqItem,
    StorePostCartsCartLineItemsReq,
    StorePostSwapsReq,
)

from ..contract.merchant import Admin
from ..contract.shop import GERMANY
from .lossy_proxy import FATES, Proxy

CARTS, ITEMS = 35, 20
ORDERS, RETURNS, SWAPS = 6, 25, 25


class Shop:
    """Creates and reads carts and orders on the real backend, without the proxy."""

    def __init__(self, medusa: Medusa) -> None:
        self._medusa, self._admin = medusa, Admin(medusa)
        self._region = next(region.id for region in medusa.regions.list().regions if region.name == "Europe")
        self.variant = medusa.products.list({"handle": "enamel-mug"}).products[0].variants[0].id

    def new_cart(self, items: list[StorePostCartReqItem] | None = None) -> str:
        return self._medusa.carts.create({"region_id": self._region, "items": items or []}).cart.id

    def new_shipped_order(self) -> tuple[str, str]:
        """Create a shipped order. Return its ID and the ID of its item."""
        carts, cart = self._medusa.carts, self.new_cart([{"variant_id": self.variant, "quantity": 100}])
        carts.update(cart, {"email": f"{cart}@example.com", "shipping_address": GERMANY})
        options = self._medusa.shipping_options.list_cart_options(cart).shipping_options
        carts.add_shipping_method(cart, {"option_id": options[0].id})
        carts.create_payment_sessions(cart)
        order = carts.complete(cart).data
        assert isinstance(order, Order)
        self._admin.ship(order.id)
        return order.id, order.items[0].id

    def marks_of_cart(self, id: str) -> list[str]:
        items = self._medusa.carts.retrieve(id).cart.items
        return [item.metadata["mark"] for item in items for _ in range(item.quantity)]

    def marks_of_order(self, id: str) -> list[str]:
        relations = "returns,returns.items,swaps,swaps.return_order,swaps.return_order.items"
        order = self._admin.get(f"orders/{id}?expand={relations}")["order"]
        returns = [*order["returns"], *(swap["return_order"] for swap in order["swaps"])]
        return [item["note"] for each in returns for item in each["items"]]


Calls = dict[str, Callable[[Medusa], object]]


def calls_on_cart(shop: Shop, cart: str, name: str) -> Calls:
    def call(mark: str) -> Callable[[Medusa], object]:
        payload: StorePostCartsCartLineItemsReq = {
            "variant_id": shop.variant,
            "quantity": 1,
            "metadata": {"mark": mark},
        }
        return lambda medusa: medusa.carts.line_items.create(cart, payload)

    return {mark: call(mark) for mark in (f"mark-{name}-{number}" for number in range(ITEMS))}


def calls_on_order(shop: Shop, order: str, item: str, name: str) -> Calls:
    def call(mark: str, is_swap: bool) -> Callable[[Medusa], object]:
        returned: Any = [{"item_id": item, "quantity": 1, "note": mark}]
        if is_swap:
            new: Any = [{"variant_id": shop.variant, "quantity": 1}]
            swap: StorePostSwapsReq = {"order_id": order, "return_items": returned, "additional_items": new}
            return lambda medusa: medusa.swaps.create(swap)
        return lambda medusa: medusa.returns.create({"order_id": order, "items": returned})

    marks = [f"mark-{name}-{number}" for number in range(RETURNS + SWAPS)]
    return {mark: call(mark, is_swap=number < SWAPS) for number, mark in enumerate(marks)}


def outcomes_of(calls: Calls, medusa: Medusa) -> dict[str, MedusaError | None]:
    """Make the calls. Return the error of each, or None if it was successful."""
    outcomes: dict[str, MedusaError | None] = dict.fromkeys(calls)
    for mark, call in calls.items():
        try:
            call(medusa)
        except MedusaError as error:
            outcomes[mark] = error
    return outcomes


def accounted(proxy: Proxy, outcomes: dict[str, MedusaError | None], held: Counter[str]) -> set[str]:
    """Check each call's outcome against the backend. Return the kinds of outcomes that occurred.

    `held` counts how often the effect of each call is found on the backend.
    """
    assert held.keys() <= outcomes.keys()
    kinds: set[str] = set()
    for mark, error in outcomes.items():
        answers = proxy.answers_of_backend.get(mark, [])
        assert len(answers) <= 1, mark  # No call reached the backend twice.
        if answers in ([], [200], [201]):
            assert held[mark] == len(answers), mark
        else:  # The backend itself failed, sometimes after it had carried out the call.
            assert held[mark] <= 1, mark
            assert isinstance(error, MedusaError)
            assert error.may_have_happened, error
        if error is None:
            assert held[mark] == 1, mark
        elif not error.may_have_happened:
            assert held[mark] == 0, (mark, error)
        name = "successful" if error is None else f"may have happened: {error.may_have_happened}"
        kinds.add(f"{name}, held: {held[mark]}")
    return kinds


@pytest.mark.usefixtures("no_waits")
def test_a_thousand_calls(backend: dict[str, Any]) -> None:
    with Medusa(backend["url"], timeout=60) as direct, Proxy(backend["url"]) as proxy, ThreadPoolExecutor(6) as pool:
        shop = Shop(direct)
        carts = [shop.new_cart() for _ in range(CARTS)]
        orders = [shop.new_shipped_order() for _ in range(ORDERS)]
        with Medusa(proxy.url, timeout=60, max_retries=3) as medusa:
            on_orders = [calls_on_order(shop, *order, f"order{number}") for number, order in enumerate(orders)]
            on_carts = [calls_on_cart(shop, cart, f"cart{number}") for number, cart in enumerate(carts)]
            # Medusa returns 409 if many calls change orders at the same time, so only two threads make these calls.
            lanes = (on_orders[::2], on_orders[1::2])
            work = [{mark: call for calls in lane for mark, call in calls.items()} for lane in lanes]
            work += on_carts
            outcomes: dict[str, MedusaError | None] = {}
            for part in pool.map(lambda calls: outcomes_of(calls, medusa), work):
                outcomes |= part
        held = Counter[str]()
        for marks in pool.map(shop.marks_of_cart, carts):
            held.update(marks)
        for marks in pool.map(shop.marks_of_order, [order for order, _ in orders]):
            held.update(marks)

    assert len(outcomes) == CARTS * ITEMS + ORDERS * (RETURNS + SWAPS) == 1000
    kinds = accounted(proxy, outcomes, held)
    assert proxy.fates.keys() == FATES.keys()
    assert kinds == {
        "successful, held: 1",
        "may have happened: True, held: 1",
        "may have happened: True, held: 0",
        "may have happened: False, held: 0",
    }
