"""PaymentCollection."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .payment import Payment, PaymentSession
    from .price import Currency
    from .region import Region

__all__ = ["PaymentCollection", "PaymentCollectionStatus", "PaymentCollectionType"]


class PaymentCollectionStatus(StrEnum):
    """Whether the payments of a payment collection are authorized."""

    NOT_PAID = "not_paid"
    AWAITING = "awaiting"
    AUTHORIZED = "authorized"
    PARTIALLY_AUTHORIZED = "partially_authorized"
    CANCELED = "canceled"


class PaymentCollectionType(StrEnum):
    """The purpose of a payment collection."""

    ORDER_EDIT = "order_edit"


@entity
class PaymentCollection(Model):
    """An amount to pay in one or more payment sessions, such as the difference of an order edit."""

    id: str = field()
    type: PaymentCollectionType | str = field()
    status: PaymentCollectionStatus | str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    amount: int = field()
    """The total amount to pay, in the smallest currency unit."""
    authorized_amount: int | None = field()
    """The amount that is authorized so far, in the smallest currency unit."""
    created_by: str = field()
    """The ID of the user who created the payment collection."""
    currency: Currency | None = field()
    description: str | None = field()
    metadata: JSONObject | None = field()
    payment_sessions: list[PaymentSession] = field()
    payments: list[Payment] = field()
    region: Region | None = field()
    region_id: str = field()
