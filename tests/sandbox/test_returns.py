"""Returns, return reasons and gift cards of a sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import GiftCard, Medusa, MedusaInvalidRequestError, MedusaNotFoundError, ReturnReason, ShippingOption
from medusa.sandbox import SandboxStore

TIME = "2026-11-28T12:00:00.000Z"


def returned(store: SandboxStore, medusa: Medusa, quantity: int = 1, **more: Any) -> Any:
    order = store.orders[0]
    items: Any = [{"item_id": order.items[1].id, "quantity": quantity, **more}]
    return medusa.returns.create({"order_id": order.id, "items": items}).return_


def test_a_return(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[0]
    before = medusa.orders.retrieve(order.id).order
    made = returned(store, medusa, 2, note="too heavy")
    assert (made.status, made.order_id, made.shipping_data) == ("requested", order.id, None)
    # The discount of 10 percent is subtracted from the price before the tax of 20 percent is added.
    assert made.refund_amount == 2 * (1250 - 125) * 1.2
    assert [(item.item_id, item.quantity, item.note) for item in made.items] == [(order.items[1].id, 2, "too heavy")]
    # The order changes only when the merchant receives the items.
    assert medusa.orders.retrieve(order.id).order == before


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"quantity": 5}, "Cannot return more items than have been purchased"),
        ({"quantity": 0}, "quantity must not be less than 1"),
        ({"reason_id": "rr_none"}, "Return_reason with reason_id rr_none does not exist"),
        ({"item_id": "item_none"}, "Line item with item_none was not found"),
    ],
)
def test_a_wrong_return(store: SandboxStore, medusa: Medusa, wrong: dict[str, Any], text: str) -> None:
    with pytest.raises((MedusaInvalidRequestError, MedusaNotFoundError), match=text):
        returned(store, medusa, **wrong)


def test_a_canceled_order(store: SandboxStore, medusa: Medusa) -> None:
    order = store.add_order(canceled_at=TIME)
    with pytest.raises(MedusaInvalidRequestError, match="Cannot create a return for a canceled item"):
        medusa.returns.create({"order_id": order.id, "items": [{"item_id": order.items[0].id, "quantity": 1}]})


def test_beside_a_recorded_order_without_items(store: SandboxStore, medusa: Medusa) -> None:
    recorded = {"id": "order_1", "display_id": 7, "email": "a@example.com", "customer_id": "cus_1"}
    store.add_order({**recorded, "created_at": TIME})
    assert returned(store, medusa).status == "requested"


def test_a_return_by_post(store: SandboxStore, medusa: Medusa) -> None:
    """The price of the return shipping, including tax, is subtracted from the refund."""
    option = {"id": "so_return", "name": "Return by post", "region_id": "reg_eur", "price_type": "flat_rate"}
    store.add(ShippingOption.from_dict({**option, "amount": 300, "is_return": True}))
    order = store.orders[0]
    items: Any = [{"item_id": order.items[1].id, "quantity": 2}]
    made = medusa.returns.create(
        {"order_id": order.id, "items": items, "return_shipping": {"option_id": "so_return"}}
    ).return_
    assert (made.refund_amount, made.shipping_data) == (2700 - 360, {})


def test_the_same_key(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[0]
    first = medusa.returns.create({"order_id": order.id, "items": []})
    key = {"Idempotency-Key": first.response.headers["Idempotency-Key"]}
    again = medusa.returns.create({"order_id": order.id, "items": []}, key)
    assert again.return_ == first.return_
    own = medusa.returns.create({"order_id": order.id, "items": []}, {"Idempotency-Key": "mine"})
    assert own.return_.id != first.return_.id


def test_reasons() -> None:
    with SandboxStore(orders=False) as store, store.client() as medusa:
        columns = {"created_at": TIME, "updated_at": TIME, "deleted_at": None, "description": None}
        size = {"id": "rr_size", "value": "size", "label": "Wrong size", "parent_return_reason_id": None, **columns}
        small = {**size, "id": "rr_small", "value": "small", "label": "Too small", "parent_return_reason_id": "rr_size"}
        store.add(ReturnReason.from_dict({**size, "return_reason_children": [small]}))
        (reason,) = medusa.return_reasons.list().return_reasons
        assert (reason.label, [child.label for child in reason.return_reason_children]) == ("Wrong size", ["Too small"])
        child = medusa.return_reasons.retrieve("rr_small").return_reason
        assert child.parent_return_reason
        assert child.parent_return_reason.value == "size"
        order = store.add_order()
        items: Any = [{"item_id": order.items[0].id, "quantity": 1, "reason_id": "rr_small"}]
        made = medusa.returns.create({"order_id": order.id, "items": items}).return_
        assert made.items[0].reason
        assert made.items[0].reason.label == "Too small"
        items[0]["reason_id"] = "rr_size"
        with pytest.raises(MedusaInvalidRequestError, match="Cannot apply return reason category"):
            medusa.returns.create({"order_id": order.id, "items": items})
        with pytest.raises(MedusaNotFoundError):
            medusa.return_reasons.retrieve("rr_none")


def test_a_gift_card(store: SandboxStore, medusa: Medusa) -> None:
    region = store.orders[0].region
    assert region
    card = {"id": "gift_1", "code": "MINT-1234", "value": 2000, "balance": 500, "region": region.to_dict()}
    store.add(GiftCard.from_dict(card))
    found = medusa.gift_cards.retrieve("MINT-1234").gift_card
    assert found.region
    assert (found.balance, found.value, found.region.id) == (500, 2000, region.id)
    with pytest.raises(MedusaNotFoundError, match="Gift card with code: mint-1234 was not found"):
        medusa.gift_cards.retrieve("mint-1234")
