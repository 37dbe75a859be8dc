"""Carts of the sandbox become orders: shipping, payment and completion."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from medusa import Cart, Medusa, MedusaAPIError, Order, ProductVariant, Region
from medusa.sandbox import SandboxStore
from medusa.sandbox.payments import PaymentOutcome
from medusa.sandbox.shop import PASSWORD
from medusa.sandbox.shop_catalogue import GIFT_CARD_CODE

BERLIN: Any = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "city": "Berlin",
    "postal_code": "10117",
    "country_code": "de",
}


def new_cart(medusa: Medusa, email: str | None = "guest@example.com", **items: int) -> Cart:
    """Create a cart with these items, such as `mug_350=2`."""
    wanted: Any = [{"variant_id": f"variant_{sku.replace('_', '-')}", "quantity": n} for sku, n in items.items()]
    cart = medusa.carts.create({"region_id": "reg_eur", "items": wanted}).cart
    return medusa.carts.update(cart.id, {"email": email, "shipping_address": BERLIN}).cart if email else cart


def ready_cart(medusa: Medusa, provider: str = "test-pay", email: str = "guest@example.com", **items: int) -> Cart:
    """Create a cart that can be completed."""
    cart = new_cart(medusa, email, **(items or {"mug_350": 2}))
    medusa.carts.add_shipping_method(cart.id, {"option_id": "so_eur"})
    medusa.carts.create_payment_sessions(cart.id)
    return medusa.carts.set_payment_session(cart.id, {"provider_id": provider}).cart


def completed(medusa: Medusa, cart: Cart) -> Order:
    result = medusa.carts.complete(cart.id)
    assert result.type == "order"
    assert isinstance(result.data, Order)
    return result.data


def stock(medusa: Medusa, sku: str) -> int:
    return medusa.products.variants.retrieve(f"variant_{sku}").variant.inventory_quantity


def set_stock(store: SandboxStore, medusa: Medusa, sku: str, quantity: int) -> None:
    variant = medusa.products.variants.retrieve(f"variant_{sku}").variant
    store.add(ProductVariant.from_dict({**variant.to_dict(), "inventory_quantity": quantity}))


def refusal(medusa: Medusa, cart: Cart) -> tuple[int, str | None, str | None]:
    with pytest.raises(MedusaAPIError) as caught:
        medusa.carts.complete(cart.id)
    return caught.value.status, caught.value.code, caught.value.message


# The order


@pytest.mark.parametrize("provider", ["manual", "test-pay"])
def test_a_completed_cart_is_an_order(medusa: Medusa, store: SandboxStore, provider: str) -> None:
    numbers = [order.display_id for order in store.orders]
    before = stock(medusa, "mug-350")
    cart = ready_cart(medusa, provider)
    order = completed(medusa, cart)
    assert (order.display_id, order.cart_id, order.email) == (max(numbers) + 1, cart.id, "guest@example.com")
    assert (order.subtotal, order.shipping_total, order.tax_total, order.total) == (2500, 490, 598, 3588)
    assert (order.payment_status, order.fulfillment_status) == ("awaiting", "not_fulfilled")
    assert [(payment.amount, payment.provider_id) for payment in order.payments] == [(3588, provider)]
    assert order.items[0].tax_lines[0].id
    assert stock(medusa, "mug-350") == before - 2

    retrieved = medusa.orders.retrieve(order.id).order
    assert retrieved.shipping_address
    assert (retrieved.total, retrieved.shipping_address.city) == (3588, "Berlin")
    assert medusa.orders.retrieve_by_cart_id(cart.id).order.id == order.id
    looked_up = medusa.orders.lookup_order({"display_id": order.display_id, "email": "guest@example.com"})
    assert looked_up.order.id == order.id


def test_the_answer_has_other_fields_than_the_order_routes(medusa: Medusa) -> None:
    """Like a real backend, the completion sends all columns, but not the customer and the fulfillments."""
    order = completed(medusa, ready_cart(medusa))
    retrieved = medusa.orders.retrieve(order.id).order
    assert {"billing_address_id", "metadata", "external_id"} <= order.to_dict().keys() - retrieved.to_dict().keys()
    assert {"customer", "fulfillments"} <= retrieved.to_dict().keys() - order.to_dict().keys()


def test_the_customer_sees_it_in_the_history(medusa: Medusa) -> None:
    medusa.auth.authenticate({"email": "grace@example.com", "password": PASSWORD})
    order = completed(medusa, ready_cart(medusa, email="grace@example.com"))
    assert medusa.customers.list_orders().orders[0].id == order.id


def test_a_completed_cart_answers_with_the_same_order(medusa: Medusa, store: SandboxStore) -> None:
    cart = ready_cart(medusa)
    order = completed(medusa, cart)
    again = requests.post(f"{store.url}/store/carts/{cart.id}/complete-cart", json={}, timeout=10).json()
    assert (again["type"], again["data"]["id"]) == ("order", order.id)
    assert medusa.carts.retrieve(cart.id).cart.completed_at


def test_a_cart_that_is_completed_twice_at_once_is_one_order(medusa: Medusa, store: SandboxStore) -> None:
    cart = ready_cart(medusa)
    number = len(store.orders)

    def complete(_: int) -> int:
        return requests.post(f"{store.url}/store/carts/{cart.id}/complete", json={}, timeout=30).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(complete, range(4)))
    assert 200 in statuses
    assert statuses <= {200, 422}  # Like a real backend: "Payment with cart_id ... already exists."
    assert len(store.orders) == number + 1


def test_a_discount_is_counted(medusa: Medusa) -> None:
    cart = new_cart(medusa, mug_350=4)
    medusa.carts.update(cart.id, {"discounts": [{"code": "TENPERCENT"}]})
    medusa.carts.create_payment_sessions(cart.id)
    medusa.carts.set_payment_session(cart.id, {"provider_id": "manual"})
    order = completed(medusa, cart)
    assert (order.discount_total, order.total) == (500, 5400)
    assert [adjustment.amount for adjustment in order.items[0].adjustments] == [500]
    later = medusa.carts.update(new_cart(medusa, mug_350=1).id, {"discounts": [{"code": "TENPERCENT"}]}).cart
    assert later.discounts[0].usage_count == 1


# Without a payment


def test_a_free_cart_needs_no_payment(medusa: Medusa) -> None:
    cart = new_cart(medusa, whisk_80=1)
    medusa.carts.update(cart.id, {"gift_cards": [{"code": GIFT_CARD_CODE}]})
    free = medusa.carts.create_payment_sessions(cart.id).cart
    assert (free.total, free.payment_sessions) == (0, [])
    order = completed(medusa, cart)
    assert (order.total, order.payments, order.gift_card_total) == (0, [], order.subtotal)
    assert [(paid.amount, paid.tax_rate) for paid in order.gift_card_transactions] == [(order.subtotal, 20)]
    left = medusa.gift_cards.retrieve(GIFT_CARD_CODE).gift_card
    assert left.balance == 2500 - order.subtotal


def test_a_gift_card_pays_a_part(medusa: Medusa) -> None:
    cart = new_cart(medusa, mug_350=4)
    medusa.carts.update(cart.id, {"gift_cards": [{"code": GIFT_CARD_CODE}]})
    medusa.carts.create_payment_sessions(cart.id)
    medusa.carts.set_payment_session(cart.id, {"provider_id": "manual"})
    order = completed(medusa, cart)
    assert (order.gift_card_total, order.gift_card_tax_total, order.total) == (2500, 500, 3000)
    assert [payment.amount for payment in order.payments] == [3000]
    assert [(card.balance, card.is_disabled) for card in order.gift_cards] == [(0, True)]


# Outcomes of a payment


@pytest.mark.parametrize("provider", ["manual", "test-pay"])
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("declined", (400, "card_declined", "Your card was declined.:\ninsufficient_funds")),
        ("error", (400, None, "Cart payment not authorized")),
    ],
)
def test_a_test_chooses_the_next_outcome(
    medusa: Medusa, store: SandboxStore, provider: str, outcome: PaymentOutcome, expected: tuple[Any, ...]
) -> None:
    cart = ready_cart(medusa, provider)
    store.next_payment(outcome, times=2)
    assert refusal(medusa, cart) == refusal(medusa, cart) == expected
    assert completed(medusa, cart).total == 3588


@pytest.mark.parametrize("provider", ["manual", "test-pay"])
def test_a_payment_that_requires_more(medusa: Medusa, store: SandboxStore, provider: str) -> None:
    cart = ready_cart(medusa, provider)
    store.next_payment("requires_more")
    result = medusa.carts.complete(cart.id)
    assert (result.type, result.payment_status, result.data.id) == ("cart", "requires_more", cart.id)
    assert not {"items", "region", "total"} & result.data.to_dict().keys()
    assert completed(medusa, cart).total == 3588


def test_an_outcome_that_there_is_not(store: SandboxStore) -> None:
    with pytest.raises(ValueError, match="outcome must be one of authorized, requires_more, declined, error"):
        store.next_payment("refused")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="times must be at least 1"):
        store.next_payment("declined", times=0)


@pytest.mark.parametrize(
    ("mode", "status"), [("fail", 400), ("throw", 500), ("error", 400), ("canceled", 400), ("strange", 500)]
)
def test_the_data_of_the_session_chooses(medusa: Medusa, mode: str, status: int) -> None:
    cart = ready_cart(medusa)
    medusa.carts.update_payment_session(cart.id, "test-pay", {"data": {"mode": mode}})
    assert refusal(medusa, cart)[0] == status
    medusa.carts.update_payment_session(cart.id, "test-pay", {"data": {"mode": "authorized"}})
    completed(medusa, cart)


@pytest.mark.parametrize("mode", ["requires_more", "pending"])
def test_the_email_address_chooses(medusa: Medusa, mode: str) -> None:
    cart = ready_cart(medusa, email=f"mode-{mode}@example.com")
    result = medusa.carts.complete(cart.id)
    assert (result.type, result.payment_status) == ("cart", mode)


# Incomplete carts


def test_without_a_payment_session(medusa: Medusa) -> None:
    cart = new_cart(medusa, mug_350=1)
    expected = (400, None, "You cannot complete a cart without a payment session.")
    assert refusal(medusa, cart) == expected
    medusa.carts.create_payment_sessions(cart.id)
    assert refusal(medusa, cart) == expected  # No session is selected.


def test_an_empty_cart(medusa: Medusa) -> None:
    assert refusal(medusa, new_cart(medusa)) == (400, None, "Cannot create order from empty cart")


def test_without_an_email_address(medusa: Medusa) -> None:
    cart = new_cart(medusa, None, mug_350=1)
    medusa.carts.create_payment_sessions(cart.id)
    medusa.carts.set_payment_session(cart.id, {"provider_id": "manual"})
    text = "Cannot create an order from the cart without a customer"
    assert refusal(medusa, cart) == (400, None, text)
    assert refusal(medusa, cart)[0] == 422  # The payment is already authorized.


def test_out_of_stock(medusa: Medusa, store: SandboxStore) -> None:
    cart = ready_cart(medusa, mug_350=3)
    set_stock(store, medusa, "mug-350", 2)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.carts.complete(cart.id)
    assert caught.value.status == 409
    text = "Variant with id: variant_mug-350 does not have the required inventory"
    assert caught.value.errors == [{"message": text, "type": "not_allowed", "code": "insufficient_inventory"}]
    payment = medusa.carts.retrieve(cart.id).cart.payment
    assert payment
    assert payment.canceled_at
    set_stock(store, medusa, "mug-350", 3)
    assert [each.canceled_at for each in completed(medusa, cart).payments] == [None]
    assert stock(medusa, "mug-350") == 0


def test_a_cart_that_does_not_exist(store: SandboxStore) -> None:
    for path in ("complete", "payment-sessions", "payment-sessions/manual/refresh"):
        assert requests.post(f"{store.url}/store/carts/cart_nope/{path}", json={}, timeout=10).status_code == 500


# Idempotency keys


def test_the_key_of_an_answer_brings_it_again(medusa: Medusa, store: SandboxStore) -> None:
    url = f"{store.url}/store/carts/{ready_cart(medusa).id}/complete"
    first = requests.post(url, json={}, timeout=10, headers={"Idempotency-Key": "mine"})
    key = first.headers["Idempotency-Key"]
    assert key != "mine"
    assert first.headers["Access-Control-Expose-Headers"] == "Idempotency-Key"
    other = requests.post(
        f"{store.url}/store/carts/{ready_cart(medusa).id}/complete",
        json={},
        timeout=10,
        headers={"Idempotency-Key": key},
    )
    assert other.headers["Idempotency-Key"] == key
    assert other.json() == first.json()


def test_the_key_of_a_refusal_runs_again(medusa: Medusa, store: SandboxStore) -> None:
    cart = ready_cart(medusa)
    store.next_payment("declined")
    url = f"{store.url}/store/carts/{cart.id}/complete"
    first = requests.post(url, json={}, timeout=10)
    key = first.headers["Idempotency-Key"]
    again = requests.post(url, json={}, timeout=10, headers={"Idempotency-Key": key})
    assert (first.status_code, again.status_code, again.headers["Idempotency-Key"]) == (400, 200, key)


def test_taxes_that_are_computed_at_the_checkout(medusa: Medusa, store: SandboxStore) -> None:
    """Without automatic taxes, carts and orders have the totals that a real backend sends."""
    region = medusa.regions.retrieve("reg_eur").region.to_dict()
    store.add(Region.from_dict({**region, "automatic_taxes": False}))
    cart = new_cart(medusa, mug_350=2)
    assert cart.total == 2500
    assert medusa.carts.create_payment_sessions(cart.id).cart.total == 3000
    session = medusa.carts.set_payment_session(cart.id, {"provider_id": "test-pay"}).cart.payment_session
    assert session
    assert session.amount == 2500
    order = completed(medusa, cart)
    assert (order.tax_total, order.total, order.payments[0].amount) == (500, 3000, 3000)
    assert medusa.carts.retrieve(cart.id).cart.total == 3000
