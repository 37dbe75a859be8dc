"""Payment, PaymentMethod, PaymentProvider, PaymentSession, Refund."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .order import Order
    from .price import Currency
    from .swap import Swap

__all__ = [
    "Payment",
    "PaymentMethod",
    "PaymentProvider",
    "PaymentSession",
    "PaymentSessionStatus",
    "Refund",
    "RefundReason",
]


class PaymentSessionStatus(StrEnum):
    """What the payment provider says of a payment session."""

    AUTHORIZED = "authorized"
    PENDING = "pending"
    REQUIRES_MORE = "requires_more"
    ERROR = "error"
    CANCELED = "canceled"


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
    cart: Cart | None = field()
    cart_id: str | None = field()
    currency: Currency | None = field()
    data: JSONObject = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    provider_id: str = field()
    swap: Swap | None = field()
    swap_id: str | None = field()


@entity
class PaymentMethod(Model):
    """A way to pay that a payment provider has saved for a customer, such as a card."""

    provider_id: str = field()
    data: JSONObject = field()
    """What the payment provider says of it."""


@entity
class PaymentProvider(Model):
    """A payment provider, such as Stripe, and whether the backend has it."""

    id: str = field()
    is_installed: bool = field()


@entity
class PaymentSession(Model):
    """A payment under way with one payment provider, for a cart or a payment collection."""

    id: str = field()
    provider_id: str = field()
    status: PaymentSessionStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    amount: int | None = field()
    """Smallest currency unit."""
    cart: Cart | None = field()
    cart_id: str | None = field()
    data: JSONObject = field()
    """What the payment provider needs, such as a client secret. It is empty until the session is initiated."""
    idempotency_key: str | None = field()
    is_initiated: bool = field()
    is_selected: bool | None = field()
    payment_authorized_at: datetime | None = field()


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
