"""Changes of a placed order: returns, swaps, and edits that the customer accepts or declines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from medusa import (
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    OrderEdit,
    OrderEditItemChangeType,
    OrderEditStatus,
    PaymentCollection,
    PaymentCollectionStatus,
    PaymentSession,
    PaymentSessionStatus,
    Return,
    ReturnReason,
    ReturnStatus,
    Swap,
    is_loaded,
)

from .shop import Shop

Call = Callable[[], object]

SHIRT = 4000


@pytest.fixture(scope="module")
def order(shop: Shop) -> Order:
    """A paid and shipped order of eight mugs."""
    order = shop.order(MUG_350=8)
    shop.admin.ship(order.id)
    return order


@pytest.fixture(scope="module")
def reasons(shop: Shop) -> dict[str, ReturnReason]:
    """All return reasons by value, including child reasons."""
    listed = shop.medusa.return_reasons.list().return_reasons
    return {reason.value: reason for parent in listed for reason in (parent, *parent.return_reason_children)}


def test_return_reasons(shop: Shop, reasons: dict[str, ReturnReason]) -> None:
    seeded = {"wrong_size", "too_small", "other"}
    assert reasons.keys() >= seeded
    listed = shop.medusa.return_reasons.list().return_reasons
    assert sorted(reason.value for reason in listed if reason.value in seeded) == ["other", "wrong_size"]
    parent = shop.medusa.return_reasons.retrieve(reasons["wrong_size"].id).return_reason
    assert (type(parent), parent.label, parent.description) == (ReturnReason, "Wrong size", "Does not fit")
    assert [child.value for child in parent.return_reason_children] == ["too_small"]
    child = shop.medusa.return_reasons.retrieve(reasons["too_small"].id).return_reason
    assert child.parent_return_reason_id == parent.id
    with pytest.raises(MedusaNotFoundError):
        shop.medusa.return_reasons.retrieve("rr_nope")


def test_a_return(shop: Shop, order: Order, reasons: dict[str, ReturnReason]) -> None:
    item: Any = {"item_id": order.items[0].id, "quantity": 2, "reason_id": reasons["too_small"].id, "note": "chipped"}
    made = shop.medusa.returns.create(
        {"order_id": order.id, "items": [item], "return_shipping": {"option_id": shop.option("Return by post")}}
    ).return_
    assert (type(made), made.status, made.order_id) == (Return, ReturnStatus.REQUESTED, order.id)
    assert made.refund_amount == 2 * (1450 + 290) - (300 + 60)
    assert [(each.item_id, each.quantity, each.note) for each in made.items] == [(order.items[0].id, 2, "chipped")]
    assert made.items[0].reason
    assert made.items[0].reason.value == "too_small"
    for relation in ("order", "shipping_method"):
        assert not is_loaded(made, relation)
    assert shop.medusa.returns.create({"order_id": order.id, "items": []}).return_.refund_amount == 0


def test_returns_that_cannot_be(shop: Shop, order: Order, reasons: dict[str, ReturnReason]) -> None:
    returns, item = shop.medusa.returns, order.items[0].id
    with pytest.raises(MedusaNotFoundError, match="order_nope"):
        returns.create({"order_id": "order_nope", "items": [{"item_id": item, "quantity": 1}]})
    for reason, cls in ((reasons["wrong_size"].id, MedusaInvalidRequestError), ("rr_nope", MedusaNotFoundError)):
        with pytest.raises(cls):
            returns.create({"order_id": order.id, "items": [{"item_id": item, "quantity": 1, "reason_id": reason}]})
    with pytest.raises(MedusaNotFoundError, match="so_nope"):
        returns.create(
            {
                "order_id": order.id,
                "items": [{"item_id": item, "quantity": 1}],
                "return_shipping": {"option_id": "so_nope"},
            }
        )
    with pytest.raises(MedusaInvalidRequestError, match="quantity"):
        returns.create({"order_id": order.id, "items": [{"item_id": item, "quantity": 0}]})


def test_a_swap_with_nothing_due(shop: Shop, order: Order, reasons: dict[str, ReturnReason]) -> None:
    """A swap with no amount due is completed. With an amount due, completing its cart would block the backend."""
    swaps, carts = shop.medusa.swaps, shop.medusa.carts
    swap = swaps.create(
        {
            "order_id": order.id,
            "return_items": [
                {"item_id": order.items[0].id, "quantity": 2, "reason_id": reasons["other"].id, "note": "blue"}
            ],
            "additional_items": [{"variant_id": shop.variants["MUG-350"], "quantity": 1}],
            "return_shipping_option": shop.option("Return by post"),
        }
    ).swap
    assert (type(swap), swap.order_id, swap.difference_due) == (Swap, order.id, None)
    assert [item.quantity for item in swap.additional_items] == [1]
    assert swap.return_order
    assert [item.quantity for item in swap.return_order.items] == [2]
    assert swap.order
    assert not is_loaded(swap.order, "items")
    assert swap.cart_id
    cart = carts.retrieve(swap.cart_id).cart
    assert (cart.type, cart.total <= 0) == ("swap", True)
    carts.add_shipping_method(cart.id, {"option_id": shop.option("Post")})
    carts.create_payment_sessions(cart.id)
    completed = shop.medusa.with_options(deadline=20).carts.complete(cart.id)
    done = completed.data
    assert isinstance(done, Swap)
    assert (completed.type, done.id, done.order_id) == ("swap", swap.id, order.id)
    assert done.difference_due is not None
    assert done.difference_due <= 0
    assert done.confirmed_at
    by_cart = swaps.retrieve_by_cart_id(cart.id).swap
    assert (by_cart.id, by_cart.confirmed_at, by_cart.allow_backorder) == (swap.id, done.confirmed_at, False)
    with_swaps = shop.medusa.orders.retrieve_by_cart_id(order.cart_id or "").order
    assert [each.id for each in with_swaps.swaps] == [swap.id]


def test_swaps_that_cannot_be(shop: Shop, order: Order) -> None:
    swaps, mug, item = shop.medusa.swaps, shop.variants["MUG-350"], order.items[0].id
    unpaid = shop.order(MUG_350=1)
    for order_id, item_id, variant, cls in (
        (unpaid.id, unpaid.items[0].id, mug, MedusaInvalidRequestError),
        (order.id, "item_nope", mug, MedusaNotFoundError),
        (order.id, item, "variant_nope", MedusaInvalidRequestError),
    ):
        with pytest.raises(cls):
            swaps.create(
                {
                    "order_id": order_id,
                    "return_items": [{"item_id": item_id, "quantity": 1}],
                    "additional_items": [{"variant_id": variant, "quantity": 1}],
                }
            )
    for cart_id in ("cart_nope", order.cart_id or ""):
        with pytest.raises(MedusaNotFoundError):
            swaps.retrieve_by_cart_id(cart_id)


@pytest.fixture(scope="module")
def editable(shop: Shop) -> Order:
    """A paid order of three shirts in Testland. This region has two payment providers."""
    order = shop.order("Testland", SHIRT_M_WHITE=3)
    shop.admin.post(f"orders/{order.id}/capture")
    return order


def test_an_order_edit_is_declined(shop: Shop, editable: Order) -> None:
    edits = shop.medusa.order_edits
    created = shop.edit(editable, 4)
    assert (type(created), created.status) == (OrderEdit, OrderEditStatus.CREATED)
    assert [change.type for change in created.changes] == [OrderEditItemChangeType.ITEM_UPDATE]
    for name in ("internal_note", "created_by", "updated_at"):
        assert not is_loaded(created, name)
    too_early: list[Call] = [lambda: edits.decline(created.id, {}), lambda: edits.complete(created.id)]
    for call in too_early:
        with pytest.raises(MedusaInvalidRequestError, match="with status created"):
            call()
    edit = shop.request_edit(created)
    assert (edit.status, edit.difference_due) == (OrderEditStatus.REQUESTED, SHIRT * 12 // 10)
    with pytest.raises(MedusaInvalidRequestError, match="the payment is not authorized"):
        edits.complete(edit.id)
    declined = edits.decline(edit.id, {"declined_reason": "Zu teuer – 高い"}).order_edit
    assert (declined.status, declined.declined_reason) == (OrderEditStatus.DECLINED, "Zu teuer – 高い")
    assert edits.decline(edit.id, {"declined_reason": "other"}).order_edit.declined_reason == "Zu teuer – 高い"
    narrow = edits.retrieve(edit.id, expand=["changes"], fields=["id", "order_id"]).order_edit
    assert (narrow.order_id, len(narrow.changes)) == (editable.id, 1)
    with pytest.raises(MedusaInvalidRequestError, match="status"):
        edits.retrieve(edit.id, fields=["status"])
    with pytest.raises(MedusaServerError, match="expand has an unknown name"):
        edits.retrieve(edit.id, expand=["nope"])
    with pytest.raises(MedusaNotFoundError):
        edits.retrieve("oe_nope")


def test_an_order_edit_without_a_payment(shop: Shop) -> None:
    order = shop.order(MUG_350=2)
    edit = shop.request_edit(shop.edit(order, 1))
    assert (edit.payment_collection_id, edit.difference_due < 0) == (None, True)
    for _ in range(2):  # Completing again changes nothing.
        completed = shop.medusa.order_edits.complete(edit.id).order_edit
        assert (completed.status, completed.difference_due) == (OrderEditStatus.CONFIRMED, 0)
    assert [item.quantity for item in shop.medusa.orders.retrieve(order.id).order.items] == [1]
    with pytest.raises(MedusaInvalidRequestError, match="Cannot decline an order edit with status confirmed"):
        shop.medusa.order_edits.decline(edit.id, {})


def sessions(collection: PaymentCollection) -> dict[str, PaymentSession]:
    return {session.provider_id: session for session in collection.payment_sessions}


def test_an_order_edit_that_is_paid_in_two_parts(shop: Shop, editable: Order) -> None:
    collections = shop.medusa.payment_collections
    edit = shop.request_edit(shop.edit(editable, 5))
    due = 2 * SHIRT * 12 // 10
    assert edit.payment_collection_id
    id = edit.payment_collection_id
    collection = collections.retrieve(id).payment_collection
    assert (type(collection), collection.status, collection.amount) == (
        PaymentCollection,
        PaymentCollectionStatus.NOT_PAID,
        due,
    )
    assert not is_loaded(collection, "authorized_amount")
    assert (collection.region and collection.region.currency_code) == "gbp"

    one = collections.manage_payment_session(id, {"provider_id": "test-pay"}).payment_collection
    assert (list(sessions(one)), one.authorized_amount) == (["test-pay"], None)
    fresh = collections.refresh_payment_session(id, sessions(one)["test-pay"].id).payment_session
    assert (type(fresh), fresh.status, fresh.amount) == (PaymentSession, PaymentSessionStatus.PENDING, due)

    with pytest.raises(MedusaServerError, match="The sum of sessions is not equal"):
        collections.manage_payment_sessions_batch(id, {"sessions": [{"provider_id": "manual", "amount": 1}]})
    both = collections.manage_payment_sessions_batch(
        id,
        {
            "sessions": [
                {"provider_id": "manual", "amount": 600},
                {"provider_id": "test-pay", "amount": due - 600},
            ]
        },
    ).payment_collection
    # Refreshing one session deletes the other one.
    alone = collections.refresh_payment_session(id, sessions(both)["manual"].id).payment_session
    left = collections.retrieve(id, expand=["payment_sessions"]).payment_collection
    assert {provider: session.id for provider, session in sessions(left).items()} == {"manual": alone.id}
    again = collections.manage_payment_sessions_batch(
        id,
        {
            "sessions": [
                {"provider_id": "manual", "amount": 600, "session_id": alone.id},
                {"provider_id": "test-pay", "amount": due - 600},
            ]
        },
    ).payment_collection
    parts = sessions(again)
    assert parts["manual"].id == alone.id
    assert {provider: session.amount for provider, session in parts.items()} == {"manual": 600, "test-pay": due - 600}
    none = collections.authorize_payment_sessions_batch(id, {"session_ids": ["ps_nope"]}).payment_collection
    assert (none.status, none.authorized_amount) == (PaymentCollectionStatus.AWAITING, 0)
    first = collections.authorize_payment_session(id, parts["manual"].id).payment_session
    assert (first.id, first.status) == (parts["manual"].id, PaymentSessionStatus.AUTHORIZED)
    partly = collections.retrieve(id, {"expand": "payment_sessions,payments"}).payment_collection
    assert partly.status is PaymentCollectionStatus.PARTIALLY_AUTHORIZED
    assert [payment.amount for payment in partly.payments] == [600]
    paid = collections.authorize_payment_sessions_batch(
        id, {"session_ids": [session.id for session in parts.values()]}
    ).payment_collection
    assert (paid.status, paid.authorized_amount) == (PaymentCollectionStatus.AUTHORIZED, due)
    with pytest.raises(MedusaInvalidRequestError, match="with status authorized"):
        collections.manage_payment_session(id, {"provider_id": "manual"})

    completed = shop.medusa.order_edits.complete(edit.id).order_edit
    assert (completed.status, completed.difference_due) == (OrderEditStatus.CONFIRMED, 0)
    assert [item.quantity for item in shop.medusa.orders.retrieve(editable.id).order.items] == [5]


def test_payment_collections_that_there_are_not(shop: Shop) -> None:
    collections = shop.medusa.payment_collections
    calls: list[Call] = [
        lambda: collections.retrieve("paycol_nope"),
        lambda: collections.authorize_payment_session("paycol_nope", "ps_nope"),
        lambda: collections.authorize_payment_sessions_batch("paycol_nope", {"session_ids": []}),
        lambda: collections.manage_payment_session("paycol_nope", {"provider_id": "manual"}),
        lambda: collections.manage_payment_sessions_batch(
            "paycol_nope", {"sessions": [{"provider_id": "manual", "amount": 1}]}
        ),
        lambda: collections.refresh_payment_session("paycol_nope", "ps_nope"),
    ]
    for call in calls:
        with pytest.raises(MedusaNotFoundError):
            call()


@pytest.mark.parametrize(("mode", "code"), [("fail", "card_declined"), ("pending", None)])
def test_payments_of_an_edit_that_fail(mode: str, code: str | None, shop: Shop) -> None:
    """A payment of an edit fails. The customer's e-mail address selects the outcome of the test provider."""
    customer, email = shop.customer(f"mode-{mode}@")
    order = shop.order("Testland", email, customer, SHIRT_M_WHITE=1)
    id = shop.request_edit(shop.edit(order, 2)).payment_collection_id
    assert id
    collections = customer.payment_collections
    session = collections.manage_payment_session(id, {"provider_id": "test-pay"}).payment_collection.payment_sessions[0]
    assert session.data["mode"] == mode
    with pytest.raises(MedusaInvalidRequestError) as caught:
        collections.authorize_payment_session(id, session.id)
    assert (caught.value.status, caught.value.code) == (400 if mode == "fail" else 422, code)
