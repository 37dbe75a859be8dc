"""Concurrent requests: each request reads and writes the state of the sandbox without interference."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from medusa import Medusa, MedusaAPIError, Order
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD


def at_once(*works: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def test_reading_a_cart_undoes_no_update(store: SandboxStore, medusa: Medusa) -> None:
    """A logged-in customer who reads a cart also writes it, and this write undoes no concurrent update."""
    token = medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD}).access_token
    id = medusa.carts.create().cart.id
    rounds = 40

    def read() -> None:
        with store.client(token=token) as reader:
            for _ in range(2 * rounds):
                reader.carts.retrieve(id)

    def update() -> None:
        with store.client() as writer:
            for number in range(rounds):
                writer.carts.update(id, {"context": {f"update {number}": True}})

    at_once(read, update, read)
    (cart,) = store.carts
    assert cart.context
    assert [number for number in range(rounds) if f"update {number}" not in cart.context] == []


def test_an_address_has_one_account(store: SandboxStore) -> None:
    def register(number: int) -> int | None:
        new: Any = {"email": f"mary-{number}@example.com", "password": PASSWORD}
        with store.client() as medusa:
            try:
                medusa.customers.create(new)
            except MedusaAPIError as error:
                return error.status
        return None

    for number in range(20):
        statuses = at_once(*[partial(register, number)] * 6)
        assert sorted(statuses, key=str) == [422] * 5 + [None]


def test_an_address_is_added_once(store: SandboxStore, medusa: Medusa) -> None:
    token = medusa.auth.get_token({"email": "grace@example.com", "password": PASSWORD}).access_token
    names = ("first_name", "last_name", "address_1", "address_2", "city", "postal_code", "province", "phone", "company")

    def add(number: int) -> None:
        with store.client(token=token) as client:
            address: Any = {**dict.fromkeys(names, f"{number}"), "country_code": "us"}
            client.customers.addresses.add_address({"address": address})

    for number in range(20):
        at_once(*[partial(add, number)] * 6)
    with store.client(token=token) as client:
        addresses = client.customers.retrieve().customer.shipping_addresses
    assert len(addresses) == 1 + 20


def test_an_order_costs_what_was_paid(store: SandboxStore, medusa: Medusa) -> None:
    """The order's total equals the paid amount, even if the cart changes during the completion."""
    items: Any = [{"variant_id": "variant_mug-350", "quantity": 1}]

    def add(id: str) -> None:
        with store.client() as other:
            other.carts.line_items.create(id, {"variant_id": "variant_candle-cedar", "quantity": 1})

    def complete(id: str) -> Any:
        with store.client() as other:
            return other.carts.complete(id).data

    for _ in range(20):
        id = medusa.carts.create({"region_id": "reg_eur", "items": items}).cart.id
        medusa.carts.update(id, {"email": "guest@example.com"})
        medusa.carts.create_payment_sessions(id)
        medusa.carts.set_payment_session(id, {"provider_id": "manual"})
        _, order = at_once(partial(add, id), partial(complete, id))
        assert isinstance(order, Order)
        assert [payment.amount for payment in order.payments] == [order.total]
