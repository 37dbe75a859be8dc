"""Pay for a cart and complete it. The result is an order, a cart that waits for its payment, or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from medusa import (
    Cart,
    MedusaConflictError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    PaymentSession,
    PaymentSessionStatus,
    PaymentStatus,
    is_loaded,
)

from .shop import Shop, new_email

Call = Callable[[], object]


@pytest.fixture(scope="module")
def payable(shop: Shop) -> Cart:
    """A cart of two shirts in Testland. The payment session of the test provider is selected."""
    cart = shop.cart("Testland", SHIRT_M_WHITE=2)
    return shop.checkout(cart.id, new_email(), "Testland", "test-pay")


def sessions(cart: Cart) -> dict[str, PaymentSession]:
    return {session.provider_id: session for session in cart.payment_sessions}


def test_the_session_of_one_provider(shop: Shop) -> None:
    cart = shop.cart(MUG_350=1)
    result = shop.medusa.carts.create_payment_sessions(cart.id)
    session = result.cart.payment_session
    assert session
    assert (session.provider_id, session.is_selected, session.is_initiated) == ("manual", True, True)
    assert session.status is PaymentSessionStatus.PENDING
    assert session.amount == result.cart.total
    assert result.data.id == cart.id


def test_the_sessions_of_several_providers(shop: Shop) -> None:
    carts = shop.medusa.carts
    cart = shop.cart("Testland", SHIRT_M_WHITE=1)
    created = carts.create_payment_sessions(cart.id).cart
    assert not is_loaded(created, "payment_session")
    assert {id: session.is_selected for id, session in sessions(created).items()} == {"manual": None, "test-pay": None}
    selected = carts.set_payment_session(cart.id, {"provider_id": "test-pay"}).cart
    assert selected.payment_session
    assert selected.payment_session.provider_id == "test-pay"
    assert selected.payment_session.data["nested"]["list"] == [1, "a", True]
    data = {"mode": "authorized", "card": {"last4": "4242"}}
    updated = carts.update_payment_session(cart.id, "test-pay", {"data": data}).cart
    assert updated.payment_session
    assert {name: updated.payment_session.data[name] for name in data} == data
    other = carts.update_payment_session(cart.id, "manual", {"data": {}}).cart
    assert sessions(other)["manual"].is_selected
    assert not sessions(other)["test-pay"].is_selected
    refreshed = carts.refresh_payment_session(cart.id, "test-pay").cart
    assert sessions(refreshed).keys() == {"manual", "test-pay"}
    assert not is_loaded(refreshed, "billing_address")
    for _ in range(2):  # Deleting the session again is not an error.
        left = carts.delete_payment_session(cart.id, "manual").cart
        assert sessions(left).keys() == {"test-pay"}


def test_sessions_that_cannot_be(shop: Shop) -> None:
    carts = shop.medusa.carts
    cart = shop.cart("Testland", SHIRT_M_WHITE=1)
    carts.update(cart.id, {"email": "no-session@example.com"})
    carts.create_payment_sessions(cart.id)
    with pytest.raises(MedusaInvalidRequestError) as caught:
        carts.set_payment_session(cart.id, {"provider_id": "test-pay"})
    assert caught.value.code == "session_refused"
    of_no_provider: list[Call] = [
        lambda: carts.set_payment_session(cart.id, {"provider_id": "nope"}),
        lambda: carts.update_payment_session(cart.id, "nope", {"data": {}}),
    ]
    for call in of_no_provider:
        with pytest.raises(MedusaInvalidRequestError, match="The payment method is not available in this region"):
            call()
    of_no_cart: list[Call] = [
        lambda: carts.create_payment_sessions("cart_nope"),
        lambda: carts.set_payment_session("cart_nope", {"provider_id": "manual"}),
        lambda: carts.update_payment_session("cart_nope", "manual", {"data": {}}),
        lambda: carts.refresh_payment_session("cart_nope", "manual"),
        lambda: carts.delete_payment_session("cart_nope", "manual"),
    ]
    for call in of_no_cart:
        with pytest.raises(MedusaServerError, match="the cart does not exist"):
            call()


def test_what_cannot_be_completed(shop: Shop) -> None:
    carts = shop.medusa.carts
    with pytest.raises(MedusaInvalidRequestError, match="Cannot create order from empty cart"):
        carts.complete(shop.cart().id)
    with pytest.raises(MedusaInvalidRequestError, match="without a payment session"):
        carts.complete(shop.cart(MUG_350=1).id)
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        carts.complete("cart_nope")


def test_payments_that_fail_or_need_more(payable: Cart, shop: Shop) -> None:
    """After failed and incomplete payments, an authorized payment turns the cart into an order."""
    carts = shop.medusa.carts

    def complete(mode: str) -> Any:
        carts.update_payment_session(payable.id, "test-pay", {"data": {"mode": mode}})
        return carts.complete(payable.id)

    with pytest.raises(MedusaInvalidRequestError, match="declined") as caught:
        complete("fail")
    assert caught.value.code == "card_declined"
    with pytest.raises(MedusaServerError, match="the payment provider failed"):
        complete("throw")
    with pytest.raises(MedusaInvalidRequestError) as caught:
        carts.update_payment_session(payable.id, "test-pay", {"data": {"mode": "data_error"}})
    assert caught.value.code == "data_refused"
    for mode in ("error", "canceled"):
        with pytest.raises(MedusaInvalidRequestError, match="Cart payment not authorized"):
            complete(mode)
    for mode, status in (("pending", "pending"), ("requires_more", PaymentSessionStatus.REQUIRES_MORE)):
        waiting = complete(mode)
        assert (type(waiting.data), waiting.type, waiting.payment_status) == (Cart, "cart", status)
        assert waiting.data.id == payable.id
        assert not is_loaded(waiting.data, "items")
        assert waiting.data.payment_session
        assert waiting.data.payment_session.status == status
    completed = complete("authorized")
    assert (type(completed.data), completed.type, completed.data.cart_id) == (Order, "order", payable.id)
    assert not is_loaded(completed, "payment_status")
    assert [payment.provider_id for payment in completed.data.payments] == ["test-pay"]
    assert completed.data.payments[0].data["status"] == "authorized"


def test_an_order_by_each_route(shop: Shop) -> None:
    """A cart is filled and completed, and every route of orders returns the order."""
    carts, orders, email = shop.medusa.carts, shop.medusa.orders, new_email()
    cart = shop.cart()
    carts.line_items.create(cart.id, {"variant_id": shop.variants["MUG-350"], "quantity": 2})
    carts.update(cart.id, {"discounts": [{"code": "TENPERCENT"}]})
    ready = shop.checkout(cart.id, email)
    completed = carts.complete(cart.id)
    order = completed.data
    assert isinstance(order, Order)
    assert (order.email, order.total, order.cart_id) == (email, ready.total, cart.id)
    assert (order.payment_status, order.metadata) == (PaymentStatus.AWAITING, {})
    assert not is_loaded(order, "customer")
    assert not is_loaded(order, "fulfillments")
    retrieved = orders.retrieve(order.id).order
    assert (retrieved.id, retrieved.total) == (order.id, order.total)
    assert retrieved.customer
    assert retrieved.customer.has_account is False
    found = orders.lookup_order({"display_id": order.display_id, "email": email}).order
    assert (found.id, found.total, dir(found)) == (order.id, order.total, dir(retrieved))
    by_cart = orders.retrieve_by_cart_id(cart.id).order
    assert (by_cart.id, by_cart.swaps) == (order.id, [])
    again = carts.complete(cart.id).data
    assert isinstance(again, Order)
    assert (again.id, again.updated_at, dir(again)) == (order.id, order.updated_at, dir(order))
    done = carts.retrieve(cart.id).cart
    assert done.completed_at
    assert carts.update(cart.id, {"context": {"after": True}}).cart.completed_at
    too_late: list[Call] = [
        lambda: carts.line_items.create(cart.id, {"variant_id": shop.variants["MUG-350"], "quantity": 1}),
        lambda: carts.add_shipping_method(cart.id, {"option_id": shop.option("Post")}),
    ]
    for call in too_late:
        with pytest.raises(MedusaNotFoundError):
            call()


def test_an_order_that_costs_nothing(shop: Shop) -> None:
    carts = shop.medusa.carts
    cart = shop.cart(MUG_350=1)
    carts.update(cart.id, {"gift_cards": [{"code": shop.state["gift_card"]}], "discounts": [{"code": "FREESHIPPING"}]})
    ready = shop.checkout(cart.id, new_email())
    assert (ready.total, ready.payment_sessions) == (0, [])
    order = carts.complete(cart.id).data
    assert isinstance(order, Order)
    assert (order.total, order.gift_card_total, order.payments) == (0, 1450, [])


def test_an_item_that_is_sold_out_meanwhile(shop: Shop) -> None:
    with shop.own_product("KITE") as product:
        cart, variant = shop.cart(KITE=1), shop.variants["KITE"]
        shop.checkout(cart.id, new_email())
        shop.admin.post(f"products/{product['id']}/variants/{variant}", inventory_quantity=0)
        with pytest.raises(MedusaConflictError) as caught:
            shop.medusa.carts.complete(cart.id)
        assert caught.value.code == "insufficient_inventory"
        assert caught.value.errors
        assert [error["code"] for error in caught.value.errors] == ["insufficient_inventory"]
        assert variant in str(caught.value)
        assert shop.medusa.carts.retrieve(cart.id).cart.completed_at is None
