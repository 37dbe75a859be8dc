"""Texts for customers for Medusa's order statuses."""

from __future__ import annotations

from medusa import Order

_DELIVERY = {
    "not_fulfilled": "Being prepared",
    "partially_fulfilled": "Being packed",
    "fulfilled": "Packed",
    "partially_shipped": "Sent in part",
    "shipped": "Sent",
    "partially_returned": "Returned in part",
    "canceled": "Cancelled",
}

_PAYMENT = {
    "not_paid": "Not paid yet",
    "awaiting": "Charged when we send it",
    "captured": "Paid",
    "partially_refunded": "Refunded in part",
    "canceled": "Not charged",
}


def delivery_text(order: Order) -> str:
    """Return the status of the delivery as text, for example "Being prepared" or "Sent"."""
    return _text(_DELIVERY, "canceled" if order.status == "canceled" else order.fulfillment_status)


def payment_text(order: Order) -> str:
    """Return the status of the payment as text, for example "Paid" or "Refunded in part"."""
    return _text(_PAYMENT, order.payment_status)


def _text(texts: dict[str, str], status: str) -> str:
    return texts.get(status) or status.replace("_", " ").capitalize()  # A backend may have custom statuses.
