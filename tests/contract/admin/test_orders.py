"""A merchant uses every method of the Admin's orders, swaps, returns, payments and notes on a real Medusa."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import (
    ClaimOrder,
    FulfillmentStatus,
    MedusaNotFoundError,
    Order,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
    Swap,
    SwapPaymentStatus,
    is_loaded,
)

from ..shop import BRITAIN, Shop, new_email
from .methods import methods_of

METHODS = methods_of("orders", "swaps", "returns", "payments", "notes")
PRICE = 4800
"""The price of a shirt in Testland, including 20 % tax."""


@pytest.mark.server
def test_every_method(shop: Shop) -> None:
    shop.returned.clear()
    order = read_and_change(shop)
    handle_payment(shop, order)
    ship(shop, order)
    take_back(shop, order)
    exchange(shop)
    make_good(shop, order)
    finish(shop, order)
    add_shipping_method(shop)
    handle_single_payment(shop)
    take_notes(shop)
    assert METHODS - shop.returned == set()


def read_and_change(shop: Shop) -> Order:
    """Place an order of six shirts, change it, and read it in several ways."""
    orders, email = shop.merchant.admin.orders, new_email()
    id = shop.order("Testland", SHIRT_M_WHITE=6).id
    payload: Any = {"email": email, "shipping_address": {**BRITAIN, "city": "Leeds"}, "no_notification": True}
    order = orders.update(id, payload).order
    assert (order.email, order.shipping_address and order.shipping_address.city) == (email, "Leeds")
    assert order.billing_address
    assert order.billing_address.city == "London"
    assert orders.retrieve(id).order.total == order.total == 6 * PRICE + 600
    some = orders.retrieve(id, fields=["id", "email"], expand=["customer"]).order
    assert (some.email, is_loaded(some, "status"), is_loaded(some, "payments")) == (email, False, False)
    assert orders.retrieve(id, {"fields": "id"}).order.id == id
    listed = orders.list({"email": email})
    assert (listed.count, listed.limit, listed.orders[0].id) == (1, 50, id)
    assert not is_loaded(listed.orders[0], "total")
    assert [each.total for each in orders.iterate({"email": email, "fields": "id"})] == [order.total]
    return order


def handle_payment(shop: Shop, order: Order) -> None:
    orders = shop.merchant.admin.orders
    assert orders.capture_payment(order.id).order.payment_status == PaymentStatus.CAPTURED
    refunded = orders.refund_payment(order.id, {"amount": 250, "reason": "discount", "note": "Late"}).order
    assert (refunded.payment_status, refunded.refunded_total) == (PaymentStatus.PARTIALLY_REFUNDED, 250)
    assert refunded.refundable_amount == order.total - 250
    assert [(each.amount, each.reason, each.note) for each in refunded.refunds] == [(250, "discount", "Late")]


def ship(shop: Shop, order: Order) -> None:
    """Ship all shirts, after a first fulfillment was canceled."""
    orders = shop.merchant.admin.orders
    items: Any = [{"item_id": order.items[0].id, "quantity": 6}]
    made = orders.create_fulfillment(order.id, {"items": items, "metadata": {"box": 1}}).order
    assert (made.fulfillment_status, made.items[0].fulfilled_quantity) == (FulfillmentStatus.FULFILLED, 6)
    canceled = orders.cancel_fulfillment(order.id, made.fulfillments[0].id).order
    assert (canceled.fulfillment_status, canceled.items[0].fulfilled_quantity) == (FulfillmentStatus.CANCELED, 0)
    made = orders.create_fulfillment(order.id, {"items": items}).order
    fulfillment = next(each for each in made.fulfillments if not each.canceled_at)
    shipped = orders.create_shipment(order.id, {"fulfillment_id": fulfillment.id, "tracking_numbers": ["1Z"]}).order
    assert (shipped.fulfillment_status, shipped.items[0].shipped_quantity) == (FulfillmentStatus.SHIPPED, 6)


def take_back(shop: Shop, order: Order) -> None:
    """Receive one returned shirt at once, which refunds nothing, and one shirt later."""
    admin, item = shop.merchant.admin, order.items[0].id
    one: Any = [{"item_id": item, "quantity": 1, "note": "Too blue"}]
    now = admin.orders.request_return(order.id, {"items": one, "receive_now": True}).order
    assert [(each.status, each.refund_amount) for each in now.returns] == [(ReturnStatus.RECEIVED, PRICE)]
    assert (now.items[0].returned_quantity, now.refunded_total) == (1, 250)
    by_post: Any = {"option_id": shop.option("Return by post", "Testland"), "price": 100}
    requested = admin.orders.request_return(order.id, {"items": one, "return_shipping": by_post}).order
    returned = next(each for each in requested.returns if each.status == ReturnStatus.REQUESTED)
    assert returned.refund_amount == PRICE - 120
    without_totals = admin.returns.cancel(returned.id).order
    assert (without_totals.id, is_loaded(without_totals, "total")) == (order.id, False)
    requested = admin.orders.request_return(order.id, {"items": one, "refund": 300}).order
    returned = next(each for each in requested.returns if each.status == ReturnStatus.REQUESTED)
    received = admin.returns.receive(returned.id, {"items": [{"item_id": item, "quantity": 1}]}).return_
    assert (received.status, received.refund_amount) == (ReturnStatus.RECEIVED, 300)
    assert admin.orders.retrieve(order.id).order.refunded_total == 250 + 300
    mine = [each.id for each in sorted(requested.returns, key=lambda each: each.created_at)]
    assert len(mine) == 3
    before = [each.id for each in admin.returns.list({"limit": 1000}).returns]
    ids: list[str] = []
    # The newest returns are first, and other tests may add returns at the same time.
    for each in admin.returns.iterate(page_size=2):
        ids.append(each.id)
        if each.id == mine[0]:
            break
    assert [id for id in ids if id in mine] == mine[::-1]
    assert len(ids) == len({*ids})
    assert {*before[: before.index(mine[0])]} <= {*ids}


def exchange(shop: Shop) -> None:
    """Exchange a shirt, and cancel a second swap. Medusa would reject both swaps after a refund."""
    orders, order = shop.merchant.admin.orders, shop.order("Testland", SHIRT_M_WHITE=2)
    shop.admin.ship(order.id)
    swap = new_swap(shop, order)
    carts, id = shop.medusa.carts, swap.cart_id or ""
    option = shop.medusa.shipping_options.list_cart_options(id).shipping_options[0]
    # If the swap had an amount due, completing its cart would block the backend.
    assert carts.add_shipping_method(id, {"option_id": option.id}).cart.total == 0
    assert isinstance(shop.medusa.with_options(deadline=30).carts.complete(id).data, Swap)
    orders.process_swap_payment(order.id, swap.id)
    settled = shop.merchant.admin.swaps.retrieve(swap.id).swap
    assert (settled.payment_status, settled.difference_due) == (SwapPaymentStatus.DIFFERENCE_REFUNDED, 0)
    orders.fulfill_swap(order.id, swap.id, {"metadata": {"box": 2}})
    fulfillment = shop.merchant.admin.swaps.retrieve(swap.id).swap.fulfillments[0].id
    orders.cancel_swap_fulfillment(order.id, swap.id, fulfillment)
    orders.fulfill_swap(order.id, swap.id, {})
    fulfillments = shop.merchant.admin.swaps.retrieve(swap.id).swap.fulfillments
    again = next(each.id for each in fulfillments if each.id != fulfillment)
    orders.create_swap_shipment(order.id, swap.id, {"fulfillment_id": again, "tracking_numbers": ["2Z"]})
    assert shop.merchant.admin.swaps.retrieve(swap.id).swap.fulfillment_status == FulfillmentStatus.SHIPPED
    other = new_swap(shop, order)
    assert other.return_order
    shop.merchant.admin.returns.cancel(other.return_order.id)
    orders.cancel_swap(order.id, other.id)
    listed = {each.id: each for each in shop.merchant.admin.swaps.iterate()}
    assert (listed[swap.id].canceled_at, bool(listed[other.id].canceled_at)) == (None, True)
    assert shop.merchant.admin.swaps.list({"limit": 1}).limit == 1


def new_swap(shop: Shop, order: Order) -> Swap:
    known = {each.id for each in shop.merchant.admin.orders.retrieve(order.id).order.swaps}
    made = shop.merchant.admin.orders.create_swap(
        order.id,
        {
            "return_items": [{"item_id": order.items[0].id, "quantity": 1}],
            "additional_items": [{"variant_id": shop.variants["SHIRT-M-WHITE"], "quantity": 1}],
            "custom_shipping_options": [{"option_id": shop.option("Parcel", "Testland"), "price": 0}],
        },
    ).order
    return next(each for each in made.swaps if each.id not in known)


def make_good(shop: Shop, order: Order) -> None:
    """Refund a torn shirt, replace a second one, and cancel a third claim."""
    orders = shop.merchant.admin.orders
    before = orders.retrieve(order.id).order.refunded_total
    torn: Any = {"item_id": order.items[0].id, "quantity": 1, "reason": "production_failure", "tags": ["torn"]}
    refunded = orders.create_claim(order.id, {"type": "refund", "claim_items": [torn], "refund_amount": 70}).order
    assert refunded.refunded_total == before + 70
    claim = new_claim(shop, order, torn)
    item, images = claim.claim_items[0].id, [{"url": "https://cdn.example.com/seam.png"}]
    changed: Any = {"id": item, "note": "At the seam", "images": images, "tags": [{"value": "seam"}]}
    orders.update_claim(order.id, claim.id, {"claim_items": [changed]})
    orders.fulfill_claim(order.id, claim.id, {})
    (fulfillment,) = read_claim(shop, order, claim).fulfillments
    orders.cancel_claim_fulfillment(order.id, claim.id, fulfillment.id)
    orders.fulfill_claim(order.id, claim.id, {"metadata": {"box": 3}})
    fulfillments = read_claim(shop, order, claim).fulfillments
    again = next(each.id for each in fulfillments if each.id != fulfillment.id)
    orders.create_claim_shipment(order.id, claim.id, {"fulfillment_id": again, "tracking_numbers": ["3Z"]})
    made_good = read_claim(shop, order, claim)
    assert made_good.fulfillment_status == FulfillmentStatus.SHIPPED
    assert (made_good.claim_items[0].note, made_good.claim_items[0].images[0].url[-8:]) == ("At the seam", "seam.png")
    other = new_claim(shop, order, torn)
    orders.cancel_claim(order.id, other.id)
    first = read_claim(shop, order, other).canceled_at
    orders.cancel_claim(order.id, other.id)
    assert first
    assert (read_claim(shop, order, other).canceled_at or first) > first


def new_claim(shop: Shop, order: Order, torn: Any) -> ClaimOrder:
    known = {each.id for each in shop.merchant.admin.orders.retrieve(order.id).order.claims}
    made = shop.merchant.admin.orders.create_claim(
        order.id,
        {
            "type": "replace",
            "claim_items": [torn],
            "additional_items": [{"variant_id": shop.variants["SHIRT-M-WHITE"], "quantity": 1}],
            "shipping_methods": [{"option_id": shop.option("Parcel", "Testland"), "price": 0}],
        },
    ).order
    return next(each for each in made.claims if each.id not in known)


def read_claim(shop: Shop, order: Order, claim: ClaimOrder) -> ClaimOrder:
    names = ["claims.fulfillments", "claims.claim_items.images"]
    claims = shop.merchant.admin.orders.retrieve(order.id, expand=names).order.claims
    return next(each for each in claims if each.id == claim.id)


def finish(shop: Shop, order: Order) -> None:
    orders = shop.merchant.admin.orders
    assert orders.complete(order.id).order.status == OrderStatus.COMPLETED
    assert orders.archive(order.id).order.status == OrderStatus.ARCHIVED
    assert orders.complete(order.id).order.status == OrderStatus.COMPLETED
    canceled = orders.cancel(shop.order("Testland", SHIRT_M_WHITE=1).id).order
    assert (canceled.status, canceled.payment_status) == (OrderStatus.CANCELED, PaymentStatus.CANCELED)


def add_shipping_method(shop: Shop) -> None:
    """Add a shipping method. The backend accepts only a method with a shipping profile that the order does not have."""
    orders, order = shop.merchant.admin.orders, shop.order("Testland", SHIRT_M_WHITE=1)
    parcel = shop.option("Parcel", "Testland")
    with pytest.raises(MedusaNotFoundError, match="404 not_found: null"):
        orders.add_shipping_method(order.id, {"option_id": parcel, "price": 100})
    profile = shop.admin.post("shipping-profiles", name=new_email("profile-"), type="custom")["shipping_profile"]["id"]
    region = {"region_id": shop.regions["Testland"], "price_type": "flat_rate", "amount": 100}
    manual = {"provider_id": "manual", "data": {"id": "manual-fulfillment"}, "admin_only": True}
    option = shop.admin.post("shipping-options", name="By hand", profile_id=profile, **region, **manual)
    id = option["shipping_option"]["id"]
    added = orders.add_shipping_method(order.id, {"option_id": id, "price": 123}).order
    assert sorted(each.price for each in added.shipping_methods) == [123, 500]
    shop.admin.delete(f"shipping-options/{id}")
    shop.admin.delete(f"shipping-profiles/{profile}")


def handle_single_payment(shop: Shop) -> None:
    """Capture and refund a payment by its ID. The payment status of the order does not change."""
    payments, id = shop.merchant.admin.payments, shop.order("Testland", SHIRT_M_WHITE=1).id
    payment = shop.merchant.admin.orders.retrieve(id).order.payments[0]
    captured = payments.capture_payment(payment.id).payment
    assert captured.captured_at
    assert payments.capture_payment(payment.id).payment.captured_at == captured.captured_at
    refund = payments.refund_payment(payment.id, {"amount": 40, "reason": "other", "note": "Scratched"}).refund
    assert (refund.amount, refund.payment_id, refund.note) == (40, payment.id, "Scratched")
    read = payments.retrieve(payment.id, expand=["order"]).payment
    assert read.order
    assert (read.amount_refunded, read.order.id, read.order.payment_status) == (40, id, PaymentStatus.AWAITING)
    assert payments.retrieve(payment.id, {"fields": "id,amount"}).payment.amount == PRICE + 600
    assert shop.merchant.admin.orders.retrieve(id).order.refunded_total == 40


def take_notes(shop: Shop) -> None:
    notes, about = shop.merchant.admin.notes, new_email("order-")
    ids = [
        notes.create({"resource_id": about, "resource_type": "order", "value": f"Call {number}"}).note.id
        for number in range(5)
    ]
    changed = notes.update(ids[0], {"value": "Called"}).note
    assert (changed.value, changed.resource_id) == ("Called", about)
    read = notes.retrieve(ids[0]).note
    assert read.author
    assert (read.author.email, read.author_id) == ("admin@example.com", read.author.id)
    assert notes.list({"resource_id": about, "limit": 2}).count == 5
    for page_size in (1, 2, 100):
        assert [each.id for each in notes.iterate({"resource_id": about}, page_size=page_size)] == ids
    for id in ids:
        assert (notes.delete(id).object, notes.list({"resource_id": id}).count) == ("note", 0)
    with pytest.raises(MedusaNotFoundError):
        notes.delete(ids[0])
