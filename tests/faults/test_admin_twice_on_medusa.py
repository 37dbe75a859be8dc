"""The Admin's calls are carried out once on a real Medusa, behind a proxy that loses requests and responses."""

from __future__ import annotations

import random
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from medusa import Medusa, MedusaError, Order

from ..contract.shop import Shop, new_email
from .lossy_proxy import Proxy, marks_in
from .peer import Request, close_with_reset
from .test_twice_on_medusa import Calls, accounted, outcomes_of

Call = Callable[[Medusa], object]

CREATED, ADDED, JOBS, REFUNDS, ON_PARCELS, PAID = 60, 60, 20, 16, 12, 20
"""How many calls there are of each kind."""


def calls(name: str, each: Callable[[str, int], Call], number: int) -> Calls:
    """Return calls by their marks. The payload or a header of a call contains its mark."""
    return {f"mark-{name}-{i}": each(f"mark-{name}-{i}", i) for i in range(number)}


class Creations:
    """Creates gift cards, draft orders, prices and batch jobs."""

    def __init__(self, shop: Shop) -> None:
        self._admin = admin = shop.merchant.admin
        self._region, self._option = shop.regions["Testland"], shop.option("Parcel", "Testland")
        self._variant = shop.variants["SHIRT-M-WHITE"]
        lists: Any = (admin.gift_cards, admin.batch_jobs)
        self._before = {each.id for resource in lists for each in resource.iterate()}
        self._email = new_email("drafts-")
        self._draft = admin.draft_orders.create(self._draft_with("the draft")).draft_order.id
        self._drafts = [admin.draft_orders.create(self._draft_with("to pay")).draft_order.id for _ in range(PAID)]
        prices: Any = {"name": "Faults", "description": "Of a test", "type": "sale", "prices": []}
        self._price_list = admin.price_lists.create(prices).price_list.id

    def _draft_with(self, mark: str) -> Any:
        item: Any = {"title": "Mug", "unit_price": 100, "quantity": 1, "metadata": {"mark": mark}}
        methods: Any = [{"option_id": self._option}]
        return {"email": self._email, "region_id": self._region, "items": [item], "shipping_methods": methods}

    def calls(self) -> Iterator[Calls]:
        def card(mark: str, _: int) -> Call:
            payload: Any = {"region_id": self._region, "value": 100, "metadata": {"mark": mark}}
            return lambda medusa: medusa.admin.gift_cards.create(payload)

        def draft(mark: str, _: int) -> Call:
            return lambda medusa: medusa.admin.draft_orders.create(self._draft_with(mark))

        def item(mark: str, _: int) -> Call:
            payload: Any = {"variant_id": self._variant, "quantity": 1, "metadata": {"mark": mark}}
            return lambda medusa: medusa.admin.draft_orders.add_line_item(self._draft, payload)

        def payment(mark: str, number: int) -> Call:
            id = self._drafts[number]
            return lambda medusa: medusa.admin.draft_orders.mark_paid(id, {"X-Mark": mark})

        def price(mark: str, number: int) -> Call:
            price: Any = {"amount": number, "currency_code": "eur", "variant_id": self._variant}
            return lambda medusa: medusa.admin.price_lists.add_prices(
                self._price_list, {"prices": [price]}, {"X-Mark": mark}
            )

        def job(mark: str, _: int) -> Call:
            payload: Any = {"type": "order-export", "context": {"mark": mark}, "dry_run": True}
            return lambda medusa: medusa.admin.batch_jobs.create(payload)

        yield calls("card", card, CREATED) | calls("draft", draft, CREATED)
        yield calls("item", item, ADDED) | calls("payment", payment, PAID)
        yield calls("price", price, ADDED) | calls("job", job, JOBS)

    def held(self) -> Iterator[str]:
        """Yield the marks of everything that was created or paid, each as often as it is found."""
        for card in self._new(self._admin.gift_cards):
            yield from marks_in(str(card.metadata))
        for draft in self._admin.draft_orders.iterate({"q": self._email}):
            if draft.id in self._drafts and draft.order_id:
                yield f"mark-payment-{self._drafts.index(draft.id)}"
            cart = self._admin.draft_orders.retrieve(draft.id).draft_order.cart
            for item in cart.items if cart else []:
                yield from marks_in(str(item.metadata))
        for price in self._admin.price_lists.retrieve(self._price_list).price_list.prices:
            yield f"mark-price-{price.amount}"
        for job in self._new(self._admin.batch_jobs):
            yield from marks_in(str(job.context))

    def _new(self, resource: Any) -> list[Any]:
        """Return what this test created. An earlier run on this backend may have left things with the same marks."""
        return [each for each in resource.iterate() if each.id not in self._before]

    def end(self) -> None:
        """Cancel the jobs and delete the price list. The rest stays, because other tests may be paging through it."""
        for job in self._new(self._admin.batch_jobs):
            if marks_in(str(job.context)):
                self._admin.batch_jobs.cancel(job.id)
        self._admin.price_lists.delete(self._price_list)


def one(order: Order) -> Any:
    """Return the payload for one shirt of an order."""
    return [{"item_id": order.items[0].id, "quantity": 1}]


class Parcels:
    """Receives returns, cancels fulfillments, fulfills claims, and refunds a payment."""

    def __init__(self, shop: Shop) -> None:
        self._orders, self._admin = shop.merchant.admin.orders, shop.merchant.admin
        self._shirt = shop.variants["SHIRT-M-WHITE"]
        self._packed, self._shipped = (shop.order("Testland", SHIRT_M_WHITE=100) for _ in range(2))
        self._orders.capture_payment(self._packed.id)
        shop.admin.ship(self._shipped.id)
        for _ in range(ON_PARCELS):
            self._orders.create_fulfillment(self._packed.id, {"items": one(self._packed)})
            self._orders.request_return(self._shipped.id, {"items": one(self._shipped)})
            shirt: Any = [{"variant_id": self._shirt, "quantity": 1}]
            claimed: Any = [{**one(self._shipped)[0], "reason": "other"}]
            claim: Any = {"type": "replace", "claim_items": claimed, "additional_items": shirt}
            claim["shipping_methods"] = [{"option_id": shop.option("Parcel", "Testland"), "price": 0}]
            self._orders.create_claim(self._shipped.id, claim)
        packed, shipped = self._read(self._packed), self._read(self._shipped)
        self._parcels = [each.id for each in packed.fulfillments]
        self._returns = [each.id for each in shipped.returns]
        self._claims = [each.id for each in shipped.claims]
        self._payment = packed.payments[0].id

    def _read(self, order: Order) -> Order:
        relations = ["items", "fulfillments", "returns", "claims", "claims.fulfillments", "payments"]
        return self._orders.retrieve(order.id, expand=relations).order

    def calls(self) -> Iterator[Calls]:
        def cancel(mark: str, number: int) -> Call:
            parcel = self._parcels[number]
            return lambda medusa: medusa.admin.orders.cancel_fulfillment(self._packed.id, parcel, {"X-Mark": mark})

        def receive(mark: str, number: int) -> Call:
            back, items = self._returns[number], one(self._shipped)
            return lambda medusa: medusa.admin.returns.receive(back, {"items": items}, {"X-Mark": mark})

        def replace(mark: str, number: int) -> Call:
            claim = self._claims[number]
            return lambda medusa: medusa.admin.orders.fulfill_claim(self._shipped.id, claim, {}, {"X-Mark": mark})

        def refund(mark: str, number: int) -> Call:
            payload: Any = {"amount": 2**number, "reason": "other", "note": mark}
            return lambda medusa: medusa.admin.payments.refund_payment(self._payment, payload)

        yield calls("parcel", cancel, ON_PARCELS) | calls("refund", refund, REFUNDS)
        yield calls("return", receive, ON_PARCELS) | calls("claim", replace, ON_PARCELS)

    def held(self) -> Iterator[str]:
        packed, shipped = self._read(self._packed), self._read(self._shipped)
        canceled = {each.id for each in packed.fulfillments if each.canceled_at}
        received = {each.id for each in shipped.returns if each.status == "received"}
        yield from (f"mark-parcel-{self._parcels.index(id)}" for id in canceled)
        yield from (f"mark-return-{self._returns.index(id)}" for id in received)
        for claim in shipped.claims:
            yield from (f"mark-claim-{self._claims.index(claim.id)}" for _ in claim.fulfillments)
        # Each refund is a different power of two, so the sum shows which refunds were carried out.
        refunded = packed.payments[0].amount_refunded
        assert refunded < 2**REFUNDS
        yield from (f"mark-refund-{number}" for number in range(REFUNDS) if refunded >> number & 1)
        # Medusa changed neither quantity twice.
        assert packed.items[0].fulfilled_quantity == ON_PARCELS - len(canceled)
        assert shipped.items[0].returned_quantity == len(received)


@pytest.mark.usefixtures("no_waits")
def test_what_a_merchant_does(backend: dict[str, Any]) -> None:
    with ExitStack() as stack:
        shop = Shop(backend)
        stack.callback(shop.close)
        creations, parcels = Creations(shop), Parcels(shop)
        stack.callback(creations.end)
        work = [*creations.calls(), *parcels.calls()]
        proxy, pool = stack.enter_context(Proxy(backend["url"])), stack.enter_context(ThreadPoolExecutor(len(work)))
        options: Any = {"timeout": 60, "max_retries": 3, "custom_headers": shop.admin.headers}
        medusa = stack.enter_context(Medusa(proxy.url, **options))
        outcomes: dict[str, MedusaError | None] = {}
        for part in pool.map(lambda calls: outcomes_of(calls, medusa), work):
            outcomes |= part
        held = Counter([*creations.held(), *parcels.held()])
        assert len(outcomes) == 2 * CREATED + 2 * ADDED + JOBS + REFUNDS + 3 * ON_PARCELS + PAID == 332
        assert accounted(proxy, outcomes, held) == {
            "successful, held: 1",
            "may have happened: True, held: 1",
            "may have happened: True, held: 0",
            "may have happened: False, held: 0",
        }


class HastyProxy(Proxy):
    """Resets half of the connections while the backend is still working on the request."""

    def __init__(self, backend: str) -> None:
        self._at_work = ThreadPoolExecutor(8)
        self._done: list[Future[bytes]] = []
        super().__init__(backend)

    def _play(self, sock: socket.socket, request: Request) -> bool:
        mark = request.headers["x-mark"]
        if random.Random(f"hasty {mark}").random() < 0.5:
            return super()._play(sock, request)
        self._done.append(self._at_work.submit(self._pass_on, mark, request))
        close_with_reset(sock)
        return False

    def wait(self) -> None:
        """Wait until the backend has responded to all requests."""
        for each in self._done:
            each.result()


RESERVED = 20
"""How many reservations are changed, and how many other reservations are deleted."""


class Warehouse:
    """Changes and deletes reservations of an item that no other test buys or reserves."""

    def __init__(self, shop: Shop) -> None:
        self._admin = shop.merchant.admin
        self._item = self._admin.inventory_items.list({"sku": "CRATE-24"}).inventory_items[0].id
        where: Any = {"location_id": shop.state["stock_location"], "inventory_item_id": self._item}
        payload: Any = {**where, "quantity": 1}
        ids = [self._admin.reservations.create(payload).reservation.id for _ in range(2 * RESERVED)]
        self._changed, self._deleted = ids[:RESERVED], ids[RESERVED:]

    def calls(self) -> Calls:
        def change(mark: str, number: int) -> Call:
            id = self._changed[number]
            return lambda medusa: medusa.admin.reservations.update(id, {"quantity": 3}, {"X-Mark": mark})

        def delete(mark: str, number: int) -> Call:
            return lambda medusa: medusa.admin.reservations.delete(self._deleted[number], {"X-Mark": mark})

        return calls("change", change, RESERVED) | calls("deletion", delete, RESERVED)

    def held(self) -> Iterator[str]:
        there = {
            each.id: each.quantity for each in self._admin.reservations.iterate({"inventory_item_id": [self._item]})
        }
        yield from (f"mark-change-{number}" for number, id in enumerate(self._changed) if there[id] == 3)
        yield from (f"mark-deletion-{number}" for number, id in enumerate(self._deleted) if id not in there)
        # If a change was carried out twice, this number would not match the reservations.
        reserved = self._admin.inventory_items.retrieve(self._item).inventory_item.reserved_quantity
        assert reserved == sum(there.values())

    def end(self) -> None:
        for id in (*self._changed, *self._deleted):
            self._admin.reservations.delete(id)


@pytest.mark.usefixtures("no_waits")
def test_stock_that_is_reserved(backend_with_inventory: dict[str, Any]) -> None:
    with ExitStack() as stack:
        shop = Shop(backend_with_inventory)
        stack.callback(shop.close)
        warehouse = Warehouse(shop)
        stack.callback(warehouse.end)
        proxy = stack.enter_context(HastyProxy(backend_with_inventory["url"]))
        options: Any = {"timeout": 60, "max_retries": 3, "custom_headers": shop.admin.headers}
        outcomes = outcomes_of(warehouse.calls(), stack.enter_context(Medusa(proxy.url, **options)))
        proxy.wait()
        assert accounted(proxy, outcomes, Counter(warehouse.held())) >= {
            "successful, held: 1",
            "may have happened: True, held: 1",
        }
