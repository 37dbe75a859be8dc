"""A real Medusa rejects some calls about the Admin's orders, and handles repeated calls in different ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from medusa import (
    FulfillmentStatus,
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    PaymentStatus,
    ReturnStatus,
)

from ..shop import Shop

pytestmark = pytest.mark.server

Call = Callable[[], object]

KITES = 10
PRICE = 1200
"""The price of a kite in Testland, including 20 % tax."""


@pytest.fixture(scope="module", autouse=True)
def kite(shop: Shop) -> Iterator[str]:
    """The variant of a product that no other test buys."""
    with shop.own_product("KITE"):
        yield shop.variants["KITE"]


def stock(shop: Shop) -> int:
    quantity: int = shop.admin.get(f"variants/{shop.variants['KITE']}")["variant"]["inventory_quantity"]
    return quantity


def new_order(shop: Shop, kites: int = 2) -> Order:
    shop.admin.post(f"products/{product_of(shop)}/variants/{shop.variants['KITE']}", inventory_quantity=KITES)
    return shop.order("Testland", KITE=kites)


def product_of(shop: Shop) -> str:
    return str(shop.admin.get(f"variants/{shop.variants['KITE']}")["variant"]["product_id"])


def shipped_order(shop: Shop, kites: int = 2) -> Order:
    order = new_order(shop, kites)
    shop.admin.ship(order.id)
    return order


def all_of(order: Order) -> Any:
    """Return all items of an order in the form of a payload."""
    return [{"item_id": item.id, "quantity": item.quantity} for item in order.items]


def refuses(call: Call, error: type[MedusaAPIError], text: str) -> None:
    with pytest.raises(error, match=text) as caught:
        call()
    assert type(caught.value) is error


def test_without_a_login(shop: Shop) -> None:
    admin = shop.plain.admin
    calls: list[Call] = [
        admin.orders.list,
        lambda: admin.orders.refund_payment("order_1", {"amount": 1, "reason": "other"}),
        admin.swaps.list,
        admin.returns.list,
        lambda: admin.payments.retrieve("pay_1"),
        admin.notes.list,
    ]
    for call in calls:
        refuses(call, MedusaAuthenticationError, "401")


def test_unknown_ids(shop: Shop) -> None:
    admin = shop.merchant.admin
    orders, order = admin.orders, new_order(shop)
    calls: list[Call] = [
        lambda: orders.retrieve("nope"),
        lambda: orders.update("nope", {"email": "ada@example.com"}),
        lambda: orders.update(order.id, {"customer_id": "nope"}),
        lambda: orders.complete("nope"),
        lambda: orders.archive("nope"),
        lambda: orders.cancel("nope"),
        lambda: orders.capture_payment("nope"),
        lambda: orders.refund_payment("nope", {"amount": 1, "reason": "other"}),
        lambda: orders.create_fulfillment("nope", {"items": all_of(order)}),
        lambda: orders.cancel_fulfillment(order.id, "nope"),
        lambda: orders.create_shipment(order.id, {"fulfillment_id": "nope"}),
        lambda: orders.request_return(order.id, {"items": [{"item_id": "nope", "quantity": 1}]}),
        lambda: orders.cancel_swap(order.id, "nope"),
        lambda: orders.fulfill_swap(order.id, "nope", {}),
        lambda: orders.process_swap_payment(order.id, "nope"),
        lambda: orders.cancel_claim(order.id, "nope"),
        lambda: orders.update_claim(order.id, "nope", {}),
        lambda: admin.returns.cancel("nope"),
        lambda: admin.returns.receive("nope", {"items": []}),
        lambda: admin.swaps.retrieve("nope"),
        lambda: admin.payments.capture_payment("nope"),
        lambda: admin.payments.refund_payment("nope", {"amount": 1, "reason": "other"}),
        lambda: admin.notes.retrieve("nope"),
        lambda: admin.notes.update("nope", {"value": "Called"}),
    ]
    for call in calls:
        refuses(call, MedusaNotFoundError, "404 not_found")


def test_what_the_backend_refuses(shop: Shop) -> None:
    admin = shop.merchant.admin
    orders, order = admin.orders, new_order(shop)
    items, payment = all_of(order), order.payments[0].id
    three: Any = [{**items[0], "quantity": 3}]
    calls: list[tuple[Call, str]] = [
        (lambda: orders.update(order.id, {"items": [{}]}), "null value"),
        (lambda: orders.update(order.id, {"shipping_address": {"city": "Leeds"}}), "country"),
        (lambda: orders.list({"status": ["nope"]}), "status"),
        (lambda: orders.refund_payment(order.id, {"amount": 1, "reason": "other"}), "refundable amount"),
        (lambda: orders.refund_payment(order.id, {"amount": 10_000, "reason": "other"}), "more than the original"),
        (lambda: admin.payments.refund_payment(payment, {"amount": 1, "reason": "other"}), "not captured"),
        (lambda: orders.create_fulfillment(order.id, {"items": three}), "more items"),
        (lambda: orders.archive(order.id), "unprocessed"),
        (lambda: orders.create_swap(order.id, {"return_items": items}), "not been captured"),
        (lambda: orders.request_return(order.id, {"items": three}), "more items"),
    ]
    for call, text in calls:
        refuses(call, MedusaInvalidRequestError, text)
    refuses(lambda: orders.list({"limit": -1}), MedusaServerError, "500 here if .* limit or offset is negative")
    reason: Any = {"amount": 1, "reason": "nope"}
    shop.admin.post(f"orders/{order.id}/capture")
    refuses(
        lambda: orders.refund_payment(order.id, reason),
        MedusaServerError,
        "500 here if reason is not discount, return, swap, claim or other",
    )
    refuses(lambda: orders.retrieve(order.id, expand="nope"), MedusaServerError, "500 here if expand or fields")
    orders.cancel(order.id)
    refuses(lambda: orders.update(order.id, {}), MedusaInvalidRequestError, "canceled")
    refuses(lambda: orders.complete(order.id), MedusaInvalidRequestError, "canceled")
    refuses(lambda: orders.capture_payment(order.id), MedusaInvalidRequestError, "canceled")


def test_what_may_be_done_twice(shop: Shop) -> None:
    """These calls may be repeated: the second call changes nothing that matters."""
    admin = shop.merchant.admin
    orders, order = admin.orders, shipped_order(shop)
    for _ in range(2):
        assert orders.update(order.id, {"email": "ada@example.com"}).order.email == "ada@example.com"
        assert orders.complete(order.id).order.status == "completed"
    requested = orders.request_return(order.id, {"items": all_of(order)}).order.returns[0]
    left = stock(shop)
    for _ in range(2):
        assert admin.returns.cancel(requested.id).order.returns[0].status == ReturnStatus.CANCELED
    claimed = orders.create_claim(
        order.id,
        {
            "type": "replace",
            "claim_items": [{"item_id": order.items[0].id, "quantity": 1, "reason": "other"}],
            "additional_items": [{"variant_id": shop.variants["KITE"], "quantity": 1}],
        },
    ).order.claims[0]
    change: Any = {"id": claimed.claim_items[0].id, "images": [{"url": "https://cdn.example.com/a.png"}], "tags": []}
    for _ in range(2):
        orders.update_claim(order.id, claimed.id, {"claim_items": [change]})
        read = orders.retrieve(order.id, expand="claims.claim_items.images").order.claims[0]
        assert len(read.claim_items[0].images) == 1
    for _ in range(2):
        assert orders.cancel_claim(order.id, claimed.id).order.claims[0].canceled_at
    assert stock(shop) == left - 1  # The backend does not restore the stock of a canceled claim's replacement.


def test_what_must_not_be_done_twice(shop: Shop) -> None:
    """These calls must not be repeated: the second call does harm without an error."""
    orders, order = shop.merchant.admin.orders, new_order(shop)
    left = stock(shop)
    assert left == KITES - 2
    for put_back in (2, 4):
        orders.cancel(order.id)
        assert stock(shop) == left + put_back
    order = new_order(shop)
    fulfillment = orders.create_fulfillment(order.id, {"items": all_of(order)}).order.fulfillments[0].id
    for fulfilled in (0, -2):
        assert orders.cancel_fulfillment(order.id, fulfillment).order.items[0].fulfilled_quantity == fulfilled
    order = shipped_order(shop)
    for refunded in (100, 200):
        assert orders.refund_payment(order.id, {"amount": 100, "reason": "other"}).order.refunded_total == refunded
    for returns in (1, 2):
        assert len(orders.request_return(order.id, {"items": all_of(order)}).order.returns) == returns
    claim: Any = {"item_id": order.items[0].id, "quantity": 1, "reason": "other"}
    for refunded in (300, 400):
        payload: Any = {"type": "refund", "claim_items": [claim], "refund_amount": 100}
        assert orders.create_claim(order.id, payload).order.refunded_total == refunded


def test_a_shipment_fails_the_second_time(shop: Shop) -> None:
    orders, order = shop.merchant.admin.orders, new_order(shop)
    fulfillment: Any = orders.create_fulfillment(order.id, {"items": all_of(order)}).order.fulfillments[0]
    shipment: Any = {"fulfillment_id": fulfillment.id}
    orders.create_shipment(order.id, shipment)
    refuses(lambda: orders.create_shipment(order.id, shipment), MedusaServerError, "already shipped")
    refuses(lambda: orders.cancel_fulfillment(order.id, fulfillment.id), MedusaInvalidRequestError, "shipped")


def test_returns_that_are_not_refunded(shop: Shop) -> None:
    """The backend refunds nothing if `refund` is -1 or above the refundable amount. It stores -1 as 0.

    The backend ignores a `refund` of 0 and uses the price of the items instead, so the client rejects 0.
    """
    admin = shop.merchant.admin
    orders, order = admin.orders, shipped_order(shop)
    one: Any = [{"item_id": order.items[0].id, "quantity": 1}]
    as_not_given = shop.admin.post(f"orders/{order.id}/return", items=one, refund=0)["order"]["returns"][0]
    assert as_not_given["refund_amount"] == PRICE
    admin.returns.cancel(as_not_given["id"])
    with pytest.raises(ValueError, match=r"^refund must not be 0, .*: pass -1 to refund nothing$"):
        orders.request_return(order.id, {"items": one, "refund": 0})
    for refund, stored, status in ((-1, 0, "partially_returned"), (99_999, 99_999, FulfillmentStatus.REQUIRES_ACTION)):
        made = orders.request_return(order.id, {"items": one, "refund": refund}).order.returns
        requested = next(each for each in made if each.status == ReturnStatus.REQUESTED)
        received = admin.returns.receive(requested.id, {"items": one}).return_
        assert (received.status, received.refund_amount) == (ReturnStatus.RECEIVED, stored)
        read = orders.retrieve(order.id).order
        assert (read.refunded_total, read.fulfillment_status) == (0, status)
    items: Any = {"items": one}
    refuses(lambda: admin.returns.receive(requested.id, items), MedusaInvalidRequestError, "already been received")
    assert orders.retrieve(order.id).order.payment_status == PaymentStatus.CAPTURED


def test_done_although_the_order_is_unknown(shop: Shop) -> None:
    orders, order = shop.merchant.admin.orders, shipped_order(shop)
    claim = orders.create_claim(
        order.id,
        {
            "type": "replace",
            "claim_items": [{"item_id": order.items[0].id, "quantity": 1, "reason": "other"}],
            "additional_items": [{"variant_id": shop.variants["KITE"], "quantity": 1}],
            "shipping_methods": [{"option_id": shop.option("Parcel", "Testland"), "price": 0}],
        },
    ).order.claims[0]
    refuses(lambda: orders.fulfill_claim("nope", claim.id, {}), MedusaNotFoundError, "Order with id: nope")
    read = orders.retrieve(order.id, expand="claims.fulfillments").order.claims[0]
    assert (read.fulfillment_status, len(read.fulfillments)) == (FulfillmentStatus.FULFILLED, 1)
    again: Any = {}
    refuses(lambda: orders.fulfill_claim(order.id, claim.id, again), MedusaInvalidRequestError, "already been")
