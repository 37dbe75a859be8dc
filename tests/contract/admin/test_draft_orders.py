"""A merchant prepares orders for customers, and gives gift cards away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from medusa import (
    DraftOrder,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    is_loaded,
)

from ..shop import BRITAIN, Shop, new_email
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("draft_orders", "gift_cards")


def new_draft(shop: Shop, **changed: Any) -> DraftOrder:
    payload: Any = {
        "email": new_email(),
        "region_id": shop.regions["Testland"],
        "shipping_methods": [{"option_id": shop.option("Parcel", "Testland"), "price": 500}],
        "items": [{"title": "Engraving", "unit_price": 300, "quantity": 2}],
        "shipping_address": BRITAIN,
        **changed,
    }
    return shop.merchant.admin.draft_orders.create(payload).draft_order


@pytest.fixture
def draft(shop: Shop) -> Iterator[DraftOrder]:
    draft = new_draft(shop)
    yield draft
    shop.merchant.admin.draft_orders.delete(draft.id)


def test_every_method(shop: Shop) -> None:
    shop.returned.clear()
    prepare_and_sell(shop)
    give_a_card_away(shop)
    assert METHODS - shop.returned == set()


def prepare_and_sell(shop: Shop) -> None:
    """Turn a draft order into an order, and delete another draft order."""
    drafts = shop.merchant.admin.draft_orders
    draft, other = new_draft(shop), new_draft(shop, email=(others_email := new_email("other-")))
    assert (draft.status, draft.order_id) == ("open", None)
    shirt: Any = {"variant_id": shop.variants["SHIRT-M-WHITE"], "quantity": 1, "metadata": {"gift": True}}
    added = drafts.add_line_item(draft.id, shirt).draft_order
    assert not is_loaded(added, "order")
    assert added.cart
    assert {item.title for item in added.cart.items} == {"Engraving", "Linen Shirt"}
    engraving = next(item for item in added.cart.items if item.title == "Engraving")
    changed = drafts.update_line_item(draft.id, engraving.id, {"quantity": 3, "unit_price": 200}).draft_order.cart
    assert changed
    assert {(item.unit_price, item.quantity) for item in changed.items if item.title == "Engraving"} == {(200, 3)}
    kept = drafts.remove_line_item(draft.id, engraving.id).draft_order.cart
    assert kept
    assert [item.title for item in kept.items] == ["Linen Shirt"]
    email = f"first-{others_email}"
    address: Any = {**BRITAIN, "city": "Leeds"}
    drafts.update(draft.id, {"email": email, "shipping_address": address})
    cart = drafts.retrieve(draft.id).draft_order.cart
    assert cart
    assert (cart.email, cart.shipping_address and cart.shipping_address.city) == (email, "Leeds")
    assert cart.subtotal == cart.items[0].unit_price

    (listed,) = drafts.list({"q": email, "status": ["open"]}).draft_orders
    assert listed.id == draft.id
    both: Any = {"status": ["open"], "q": others_email}
    assert sorted(each.id for each in drafts.iterate(both, page_size=1)) == sorted([draft.id, other.id])
    order = drafts.mark_paid(draft.id).order
    assert (order.email, [payment.provider_id for payment in order.payments]) == (email, ["system"])
    assert order.payment_status == "captured"
    sold = drafts.retrieve(draft.id).draft_order
    assert (sold.status, sold.order_id) == ("completed", order.id)
    for _ in range(2):
        deleted = drafts.delete(other.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (other.id, "draft-order", True)


def give_a_card_away(shop: Shop) -> None:
    cards = shop.merchant.admin.gift_cards
    card = cards.create({"region_id": shop.regions["Europe"], "value": 5000, "metadata": {"a": 1}}).gift_card
    assert (card.value, card.balance, card.is_disabled) == (5000, 5000, False)
    ends_at = datetime(2090, 1, 1, tzinfo=UTC)
    changed = cards.update(card.id, {"balance": 4000, "ends_at": ends_at, "metadata": {"a": ""}}).gift_card
    assert (changed.balance, changed.value, changed.ends_at, changed.metadata) == (4000, 5000, ends_at, {})
    assert cards.update(card.id, {"ends_at": None}).gift_card.ends_at is None
    region = cards.retrieve(card.id).gift_card.region
    assert region
    assert region.name == "Europe"
    assert shop.medusa.gift_cards.retrieve(card.code).gift_card.balance == 4000
    assert [each.id for each in cards.list({"q": card.code}).gift_cards] == [card.id]
    assert card.id in {each.id for each in cards.iterate(page_size=2)}
    for _ in range(2):
        deleted = cards.delete(card.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (card.id, "gift-card", True)
    with pytest.raises(MedusaNotFoundError):
        cards.retrieve(card.id)


def test_without_a_login(shop: Shop, draft: DraftOrder) -> None:
    admin = shop.medusa.admin
    for call in (admin.draft_orders.list, admin.gift_cards.list, lambda: admin.draft_orders.mark_paid(draft.id)):
        with pytest.raises(MedusaAuthenticationError):
            call()


def test_a_draft_order_that_is_paid(shop: Shop) -> None:
    drafts = shop.merchant.admin.draft_orders
    id = new_draft(shop).id
    drafts.mark_paid(id)
    with pytest.raises(MedusaInvalidRequestError) as caught:
        drafts.mark_paid(id)
    assert (caught.value.status, caught.value.type) == (422, "duplicate_error")
    with pytest.raises(MedusaInvalidRequestError):
        drafts.update(id, {"email": new_email()})
    with pytest.raises(MedusaNotFoundError):
        drafts.delete(id)


def test_what_the_backend_refuses(shop: Shop, draft: DraftOrder) -> None:
    admin = shop.merchant.admin
    with pytest.raises(MedusaNotFoundError):
        new_draft(shop, region_id="reg_none")
    with pytest.raises(MedusaInvalidRequestError):
        new_draft(shop, items=[{"variant_id": "variant_none", "quantity": 1}])
    with pytest.raises(MedusaInvalidRequestError):
        admin.draft_orders.update_line_item(draft.id, "item_none", {"quantity": 1})
    for call in (
        lambda: admin.draft_orders.retrieve("dorder_none"),
        lambda: admin.draft_orders.mark_paid("dorder_none"),
        lambda: admin.gift_cards.update("gift_none", {}),
        lambda: admin.gift_cards.create({"region_id": "reg_none", "value": 1}),
    ):
        with pytest.raises(MedusaNotFoundError):
            call()


def test_mistakes_that_are_answered_500(shop: Shop) -> None:
    admin = shop.merchant.admin
    with pytest.raises(MedusaServerError, match="expand or order has an unknown name"):
        admin.draft_orders.list({"expand": "nope"})
    with pytest.raises(MedusaServerError, match="limit or offset is negative"):
        admin.gift_cards.list({"limit": -1})
    card = admin.gift_cards.create({"region_id": shop.regions["Europe"], "value": 100}).gift_card
    with pytest.raises(MedusaServerError, match="the balance is above the gift card's value"):
        admin.gift_cards.update(card.id, {"balance": 101})
    admin.gift_cards.delete(card.id)
