"""Payment, Refund."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .order import Order
    from .swap import Swap

__all__ = ["Payment", "Refund", "RefundReason"]


class RefundReason(StrEnum):
    """Why money was given back."""

    DISCOUNT = "discount"
    RETURN = "return"
    SWAP = "swap"
    CLAIM = "claim"
    OTHER = "other"


@entity
class Payment(Model):
    """A payment made, or authorized, for an order."""

    id: str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    amount: int = field()
    """Smallest currency unit."""
    amount_refunded: int = field()
    """Smallest currency unit: what was given back of it."""
    captured_at: datetime | None = field()
    cart: JSONObject | None = field()
    cart_id: str | None = field()
    currency: JSONObject | None = field()
    data: JSONObject = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    provider_id: str = field()
    swap: Swap | None = field()
    swap_id: str | None = field()


@entity
class Refund(Model):
    """Money given back for an order."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    amount: int = field()
    """Smallest currency unit."""
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    note: str | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    payment: Payment | None = field()
    payment_id: str | None = field()
    reason: RefundReason | str = field()
