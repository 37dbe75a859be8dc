"""A merchant edits orders, and customers pay for added items."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    OrderEdit,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("order_edits", "payment_collections")
SHIRT = 4800
"""The price of a shirt in Testland, including 20 % tax."""


@pytest.fixture(scope="module")
def order(shop: Shop) -> Order:
    """An order that tests may edit. Each test must close its edits."""
    return shop.order("Testland", SHIRT_M_WHITE=2)


def new_edit(shop: Shop, order: Order, note: str = "By phone") -> OrderEdit:
    return shop.merchant.admin.order_edits.create({"order_id": order.id, "internal_note": note}).order_edit


def test_every_method(shop: Shop) -> None:
    shop.returned.clear()
    order = shop.order("Testland", SHIRT_M_WHITE=2)
    edit = prepare(shop, order)
    ask_for_a_payment(shop, edit)
    edit_at_once(shop, order)
    assert METHODS - shop.returned == set()


def prepare(shop: Shop, order: Order) -> OrderEdit:
    """Create an edit with three more shirts. A hat is added to the edit and removed again."""
    edits = shop.merchant.admin.order_edits
    edit = new_edit(shop, order)
    assert (edit.status, edit.order_id, edit.internal_note, edit.changes) == ("created", order.id, "By phone", [])
    assert edits.update(edit.id, {"internal_note": "By mail"}).order_edit.internal_note == "By mail"
    more = edits.update_line_item(edit.id, shirts_of(edit, order), {"quantity": 5}).order_edit
    assert [change.type for change in more.changes] == ["item_update"]
    hat: Any = {"variant_id": shop.variants["HAT"], "quantity": 1, "metadata": {"gift": True}}
    added = edits.add_line_item(edit.id, hat).order_edit
    (change,) = [change for change in added.changes if change.type == "item_add"]
    deleted = edits.delete_item_change(edit.id, change.id)
    assert (deleted.id, deleted.object, deleted.deleted) == (change.id, "item_change", True)
    with pytest.raises(MedusaNotFoundError):
        edits.delete_item_change(edit.id, change.id)
    left = edits.retrieve(edit.id).order_edit
    assert [(change.type, left.items[0].quantity) for change in left.changes] == [("item_update", 5)]
    assert left.difference_due == 3 * SHIRT
    some = edits.retrieve(edit.id, expand=["changes"], fields=["id", "order_id"]).order_edit
    assert (some.order_id, len(some.changes), is_loaded(some, "internal_note")) == (order.id, 1, False)
    return left


def shirts_of(edit: OrderEdit, order: Order) -> str:
    """Return the ID of the edit's item for the shirts. An edit has its own copies of the order's items."""
    (item,) = [item for item in edit.items if item.original_item_id == order.items[0].id]
    return item.id


def ask_for_a_payment(shop: Shop, edit: OrderEdit) -> None:
    """Request a payment, mark it as authorized without a payment, and cancel the edit."""
    admin = shop.merchant.admin
    asked = admin.order_edits.request_confirmation(edit.id).order_edit
    assert (asked.status, asked.difference_due) == ("requested", edit.difference_due)
    id = asked.payment_collection_id or ""
    collections = admin.payment_collections
    collection = collections.retrieve(id).payment_collection
    assert (collection.id, collection.amount, collection.status) == (id, edit.difference_due, "not_paid")
    some = collections.retrieve(id, expand="region", fields=["id", "created_at"]).payment_collection
    assert some.region
    assert some.region.name == "Testland"
    assert is_loaded(some, "created_at")
    described = collections.update(id, {"description": "Shirts", "metadata": {"a": 1}}).payment_collection
    assert (described.description, described.metadata) == ("Shirts", {"a": 1})
    for _ in range(2):
        paid = collections.mark_as_authorized(id).payment_collection
        assert (paid.status, paid.authorized_amount) == ("authorized", edit.difference_due)
    with pytest.raises(MedusaInvalidRequestError, match="authorized"):
        collections.delete(id)
    for _ in range(2):
        assert admin.order_edits.cancel(edit.id).order_edit.status == "canceled"
    with pytest.raises(MedusaInvalidRequestError, match="status canceled"):
        admin.order_edits.confirm(edit.id)


def edit_at_once(shop: Shop, order: Order) -> None:
    """Cancel, delete and confirm edits without the customer's consent."""
    admin = shop.merchant.admin
    edits = admin.order_edits
    unpaid = new_edit(shop, order)
    edits.add_line_item(unpaid.id, {"variant_id": shop.variants["HAT"], "quantity": 1})
    former = edits.request_confirmation(unpaid.id).order_edit.payment_collection_id or ""
    edits.cancel(unpaid.id)
    with pytest.raises(MedusaNotFoundError):
        admin.payment_collections.delete(former)  # The edit still refers to this payment collection.
    assert edits.request_confirmation(unpaid.id).order_edit.payment_collection_id != former
    edits.cancel(unpaid.id)
    for _ in range(2):
        deleted = admin.payment_collections.delete(former)
        assert (deleted.id, deleted.object, deleted.deleted) == (former, "payment_collection", True)

    thrown_away = new_edit(shop, order)
    for _ in range(2):
        gone = edits.delete(thrown_away.id)
        assert (gone.id, gone.object, gone.deleted) == (thrown_away.id, "order_edit", True)

    edit = new_edit(shop, order, "At once")
    edits.add_line_item(edit.id, {"variant_id": shop.variants["HAT"], "quantity": 1})
    for _ in range(2):
        edits.remove_line_item(edit.id, shirts_of(edit, order))
    for _ in range(2):
        assert edits.confirm(edit.id).order_edit.status == "confirmed"
    (item,) = admin.orders.retrieve(order.id).order.items
    assert item.variant_id == shop.variants["HAT"]
    page = edits.list({"order_id": order.id, "limit": 1})
    assert ([each.id for each in page.order_edits], page.count) == ([edit.id], 3)
    assert len({each.id for each in edits.iterate({"order_id": order.id}, page_size=1)}) == 3


def test_taking_back_an_update_removes_the_item(shop: Shop, order: Order) -> None:
    edits = shop.merchant.admin.order_edits
    edit = new_edit(shop, order)
    (change,) = edits.update_line_item(edit.id, shirts_of(edit, order), {"quantity": 5}).order_edit.changes
    edits.delete_item_change(edit.id, change.id)
    left = edits.retrieve(edit.id).order_edit
    edits.delete(edit.id)
    assert (left.changes, left.items) == ([], [])


def test_without_a_login(shop: Shop, order: Order) -> None:
    admin = shop.medusa.admin
    for call in (
        admin.order_edits.list,
        lambda: admin.order_edits.create({"order_id": order.id}),
        lambda: admin.payment_collections.retrieve("paycol_none"),
    ):
        with pytest.raises(MedusaAuthenticationError):
            call()


def test_what_the_backend_refuses(shop: Shop, order: Order) -> None:
    edits = shop.merchant.admin.order_edits
    edit = new_edit(shop, order)
    with pytest.raises(MedusaInvalidRequestError, match="active order edit"):
        new_edit(shop, order)
    with pytest.raises(MedusaInvalidRequestError, match="with no changes"):
        edits.request_confirmation(edit.id)
    with pytest.raises(MedusaInvalidRequestError, match="some variant has not been found"):
        edits.add_line_item(edit.id, {"variant_id": "variant_none", "quantity": 1})
    edits.cancel(edit.id)
    with pytest.raises(MedusaInvalidRequestError):
        edits.delete(edit.id)


def test_unknown_ids(shop: Shop) -> None:
    admin = shop.merchant.admin
    for call in (
        lambda: admin.order_edits.create({"order_id": "order_none"}),
        lambda: admin.order_edits.retrieve("oe_none"),
        lambda: admin.order_edits.confirm("oe_none"),
        lambda: admin.payment_collections.retrieve("paycol_none"),
        lambda: admin.payment_collections.update("paycol_none", {}),
        lambda: admin.payment_collections.mark_as_authorized("paycol_none"),
    ):
        with pytest.raises(MedusaNotFoundError):
            call()
    assert admin.order_edits.delete("oe_none").deleted
    assert admin.payment_collections.delete("paycol_none").deleted


def test_mistakes_that_are_answered_500(shop: Shop, order: Order) -> None:
    admin = shop.merchant.admin
    with pytest.raises(MedusaServerError, match="expand, fields or order has an unknown name"):
        admin.order_edits.list({"order": "nope"})
    edit = new_edit(shop, order)
    with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
        admin.order_edits.retrieve(edit.id, expand="nope")
    admin.order_edits.delete(edit.id)
