"""Captures, refunds, parcels, returns, claims and swaps are carried out once on a real Medusa.

The calls go through a proxy that loses requests and responses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medusa import Medusa, MedusaError, Order

from ..contract.shop import Shop
from .lossy_proxy import Proxy, marks_in
from .test_twice_on_medusa import Calls, accounted, outcomes_of

ORDERS, OF_EACH_KIND = 2, 8
SWAPPED, SWAPS = 1, 10
SINGLE = 12
"""How many orders are captured, and how many other orders are canceled."""

EVERYTHING = [
    "refunds,fulfillments,fulfillments.tracking_links,returns,returns.items,claims",
    "swaps,swaps.return_order,swaps.return_order.items",
]

Call = Callable[[Medusa], object]


class Merchant:
    """Places and reads orders on the real backend, without the proxy."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.orders = shop.merchant.admin.orders
        self.variant = shop.variants["SHIRT-M-WHITE"]

    def new_order(self, shirts: int = 1) -> Order:
        return self._shop.order("Testland", SHIRT_M_WHITE=shirts)

    def new_packed_order(self) -> tuple[Order, list[str]]:
        """Return an order that is paid and partly packed, and the IDs of its fulfillments."""
        order = self.new_order(100)
        self.orders.capture_payment(order.id)
        for _ in range(OF_EACH_KIND):
            self.orders.create_fulfillment(order.id, {"items": one(order)})
        return order, [each.id for each in self.orders.retrieve(order.id).order.fulfillments]

    def new_shipped_order(self) -> Order:
        order = self.new_order(100)
        self._shop.admin.ship(order.id)
        return order

    def marks_of(self, order: Order) -> list[str]:
        """Return the marks that occur in the order, each as often as it occurs."""
        read = self.orders.retrieve(order.id, expand=EVERYTHING).order
        texts: list[object] = [each.note for each in read.refunds]
        for fulfillment in read.fulfillments:
            texts += [fulfillment.metadata, *(each.tracking_number for each in fulfillment.tracking_links)]
        texts += [item.note for each in read.returns for item in each.items]
        texts += [each.metadata for each in read.claims]
        texts += [item.note for each in read.swaps if each.return_order for item in each.return_order.items]
        return marks_in(str(texts))


def one(order: Order, **more: str) -> Any:
    """Return the payload for one shirt of an order."""
    return [{"item_id": order.items[0].id, "quantity": 1, **more}]


def calls_on_order(order: Order, fulfillments: list[str], name: str) -> Calls:
    """Return `OF_EACH_KIND` calls of each kind, in turn."""
    id = order.id

    def refund(mark: str) -> Call:
        return lambda medusa: medusa.admin.orders.refund_payment(id, {"amount": 1, "reason": "other", "note": mark})

    def fulfil(mark: str) -> Call:
        payload: Any = {"items": one(order), "metadata": {"mark": mark}}
        return lambda medusa: medusa.admin.orders.create_fulfillment(id, payload)

    def ship(mark: str) -> Call:
        payload: Any = {"fulfillment_id": fulfillments.pop(), "tracking_numbers": [mark]}
        return lambda medusa: medusa.admin.orders.create_shipment(id, payload)

    def take_back(mark: str) -> Call:
        return lambda medusa: medusa.admin.orders.request_return(id, {"items": one(order, note=mark)})

    def make_good(mark: str) -> Call:
        payload: Any = {"type": "refund", "claim_items": one(order, reason="other"), "refund_amount": 1}
        payload["metadata"] = {"mark": mark}
        return lambda medusa: medusa.admin.orders.create_claim(id, payload)

    kinds = (refund, fulfil, ship, take_back, make_good)
    marks = [f"mark-{name}-{number}" for number in range(OF_EACH_KIND * len(kinds))]
    return {mark: kinds[number % len(kinds)](mark) for number, mark in enumerate(marks)}


def swaps_of_order(order: Order, variant: str, name: str) -> Calls:
    def swap(mark: str) -> Call:
        new: Any = [{"variant_id": variant, "quantity": 1}]
        payload: Any = {"return_items": one(order, note=mark), "additional_items": new}
        return lambda medusa: medusa.admin.orders.create_swap(order.id, payload)

    return {mark: swap(mark) for mark in (f"mark-{name}-{number}" for number in range(SWAPS))}


def single_calls(orders: list[Order], name: str, method: str) -> Calls:
    """Return a call of this method for each order. The method sends no body, so the mark is in a header."""

    def call(order: Order, mark: str) -> Call:
        return lambda medusa: getattr(medusa.admin.orders, method)(order.id, {"X-Mark": mark})

    return {mark: call(order, mark) for order, mark in ((each, f"mark-{name}-{i}") for i, each in enumerate(orders))}


@pytest.mark.usefixtures("no_waits")
def test_money_and_parcels(backend: dict[str, Any]) -> None:
    shop = Shop(backend)
    merchant = Merchant(shop)
    packed = [merchant.new_packed_order() for _ in range(ORDERS)]
    shipped = [merchant.new_shipped_order() for _ in range(SWAPPED)]
    captured, canceled = ([merchant.new_order() for _ in range(SINGLE)] for _ in range(2))
    work = [calls_on_order(*each, f"order{number}") for number, each in enumerate(packed)]
    work += [swaps_of_order(each, merchant.variant, f"swap{number}") for number, each in enumerate(shipped)]
    work.append(single_calls(captured, "capture", "capture_payment"))
    work.append(single_calls(canceled, "cancel", "cancel"))
    outcomes: dict[str, MedusaError | None] = {}
    held = Counter[str]()
    with Proxy(backend["url"]) as proxy, ThreadPoolExecutor(3) as pool:
        options: Any = {"timeout": 60, "max_retries": 3, "custom_headers": shop.admin.headers}
        with Medusa(proxy.url, **options) as medusa:
            for part in pool.map(lambda calls: outcomes_of(calls, medusa), work):
                outcomes |= part
    for order in (*(order for order, _ in packed), *shipped):
        held.update(merchant.marks_of(order))
    for number, order in enumerate(captured):
        held[f"mark-capture-{number}"] += merchant.orders.retrieve(order.id).order.payment_status == "captured"
    for number, order in enumerate(canceled):
        held[f"mark-cancel-{number}"] += merchant.orders.retrieve(order.id).order.status == "canceled"

    assert len(outcomes) == ORDERS * 5 * OF_EACH_KIND + SWAPPED * SWAPS + 2 * SINGLE == 114
    assert accounted(proxy, outcomes, held) >= {
        "successful, held: 1",
        "may have happened: True, held: 1",
        "may have happened: True, held: 0",
        "may have happened: False, held: 0",
    }
    shop.close()
