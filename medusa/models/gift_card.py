"""GiftCard, GiftCardTransaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .order import Order
    from .region import Region

__all__ = ["GiftCard", "GiftCardTransaction"]


@entity
class GiftCard(Model):
    """A gift card: a code with a balance."""

    id: str = field()
    code: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    balance: int = field()
    """Smallest currency unit: what is left on it."""
    ends_at: datetime | None = field()
    is_disabled: bool = field()
    metadata: JSONObject | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    region: Region | None = field()
    region_id: str = field()
    tax_rate: float | None = field()
    """Percent, may be fractional."""
    value: int = field()
    """Smallest currency unit: what it was bought with."""


@entity
class GiftCardTransaction(Model):
    """A part of an order paid with a gift card."""

    id: str = field()
    created_at: datetime = field()
    amount: int = field()
    """Smallest currency unit."""
    gift_card: GiftCard | None = field()
    gift_card_id: str = field()
    is_taxable: bool | None = field()
    order: Order | None = field()
    order_id: str = field()
    tax_rate: float | None = field()
    """Percent, may be fractional."""
