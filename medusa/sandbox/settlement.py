"""Payments, refunds and shipments of an order."""

from __future__ import annotations

from .entities import JSON, new_entity, new_id


def pay_by_gift_card(order: JSON, amount: int) -> None:
    """Pay this amount of an order with a gift card of the same value."""
    card = new_entity(
        "gift",
        order["created_at"],
        deleted_at=None,
        code=new_id("card")[-16:],
        value=amount,
        balance=0,
        region_id=order["region_id"],
        order_id=None,
        is_disabled=True,
        ends_at=None,
        tax_rate=None,
        metadata=None,
    )
    order["gift_cards"] = [card]
    order["gift_card_transactions"] = [
        {
            "id": new_id("gct"),
            "gift_card_id": card["id"],
            "order_id": order["id"],
            "amount": amount,
            "created_at": order["created_at"],
            "is_taxable": None,
            "tax_rate": None,
        }
    ]


def add_payment(order: JSON) -> None:
    """Add a payment of the total, unless nothing remains to be paid."""
    if not order["total"]:
        return
    is_paid = order["payment_status"] in ("captured", "refunded", "partially_refunded")
    is_canceled = order["status"] == "canceled"
    order["payments"] = [
        new_entity(
            "pay",
            order["created_at"],
            swap_id=None,
            cart_id=order["cart_id"],
            order_id=order["id"],
            amount=order["total"],
            currency_code=order["currency_code"],
            amount_refunded=sum(refund["amount"] for refund in order["refunds"]),
            provider_id="manual",
            data={"status": "captured" if is_paid else "canceled" if is_canceled else "authorized"},
            captured_at=order["created_at"] if is_paid else None,
            canceled_at=order["created_at"] if is_canceled else None,
            metadata=None,
            idempotency_key=None,
        )
    ]


def new_refund(amount: int, order: JSON) -> JSON:
    """Return a refund with this amount."""
    return new_entity(
        "ref",
        order["created_at"],
        order_id=order["id"],
        payment_id=None,
        amount=amount,
        note=None,
        reason="other",
        metadata=None,
        idempotency_key=None,
    )


def add_shipment(order: JSON, tracking_numbers: list[str]) -> None:
    """Ship all items of an order in one shipment with these tracking numbers."""
    shipped_at = order["created_at"]
    fulfillment = new_entity(
        "ful",
        shipped_at,
        claim_order_id=None,
        swap_id=None,
        order_id=order["id"],
        no_notification=None,
        provider_id="manual",
        location_id=None,
        tracking_numbers=[],
        data={},
        shipped_at=shipped_at,
        canceled_at=None,
        metadata={},
        idempotency_key=None,
    )
    fulfillment["tracking_links"] = [
        new_entity(
            "tlink",
            shipped_at,
            deleted_at=None,
            url=None,
            tracking_number=number,
            fulfillment_id=fulfillment["id"],
            idempotency_key=None,
            metadata=None,
        )
        for number in tracking_numbers
    ]
    fulfillment["items"] = [
        {"fulfillment_id": fulfillment["id"], "item_id": item["id"], "quantity": item["quantity"]}
        for item in order["items"]
    ]
    order["fulfillments"] = [fulfillment]
    for item in order["items"]:
        item["fulfilled_quantity"] = item["shipped_quantity"] = item["quantity"]
