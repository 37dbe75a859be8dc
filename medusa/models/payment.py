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
    """The status of a payment session, as the payment provider reports it."""

    AUTHORIZED = "authorized"
    PENDING = "pending"
    REQUIRES_MORE = "requires_more"
    ERROR = "error"
    CANCELED = "canceled"


class RefundReason(StrEnum):
    """The reason for a refund."""

    DISCOUNT = "discount"
    RETURN = "return"
    SWAP = "swap"
    CLAIM = "claim"
    OTHER = "other"


@entity
class Payment(Model):
    """A payment for an order. It is authorized first and then captured."""

    id: str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    """When the payment was canceled. None if it was not canceled."""
    amount: int = field()
    """The amount of the payment, in the smallest currency unit."""
    amount_refunded: int = field()
    """The amount that was refunded, in the smallest currency unit."""
    captured_at: datetime | None = field()
    """When the payment was captured. None if it was not captured."""
    cart: Cart | None = field()
    cart_id: str | None = field()
    currency: Currency | None = field()
    data: JSONObject = field()
    """Data of the payment provider."""
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
    """The description of the payment method, in the format of the payment provider."""


@entity
class PaymentProvider(Model):
    """A payment provider, such as Stripe."""

    id: str = field()
    is_installed: bool = field()
    """Whether the provider is installed in the backend."""


@entity
class PaymentSession(Model):
    """A payment in progress with one payment provider, for a cart or a payment collection."""

    id: str = field()
    provider_id: str = field()
    status: PaymentSessionStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    amount: int | None = field()
    """The amount to pay, in the smallest currency unit."""
    cart: Cart | None = field()
    cart_id: str | None = field()
    data: JSONObject = field()
    """Data for the client of the payment provider, such as a client secret. It is empty until the session is
    initiated."""
    idempotency_key: str | None = field()
    is_initiated: bool = field()
    """Whether the backend has started the payment with the payment provider."""
    is_selected: bool | None = field()
    """Whether the cart is paid with this session. None means False."""
    payment_authorized_at: datetime | None = field()


@entity
class Refund(Model):
    """A refund for an order."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    amount: int = field()
    """The refunded amount, in the smallest currency unit."""
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    note: str | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    payment: Payment | None = field()
    payment_id: str | None = field()
    reason: RefundReason | str = field()
