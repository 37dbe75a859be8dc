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
    """The amount that is left, in the smallest currency unit."""
    ends_at: datetime | None = field()
    """When the gift card expires. None if it does not expire."""
    is_disabled: bool = field()
    metadata: JSONObject | None = field()
    order: Order | None = field()
    """The order in which the gift card was bought."""
    order_id: str | None = field()
    region: Region | None = field()
    """The region in which the gift card can be used."""
    region_id: str = field()
    tax_rate: float | None = field()
    """Percent. May be fractional."""
    value: int = field()
    """The original amount, in the smallest currency unit."""


@entity
class GiftCardTransaction(Model):
    """A payment with a gift card for a part of an order."""

    id: str = field()
    created_at: datetime = field()
    amount: int = field()
    """The amount that was paid with the gift card, in the smallest currency unit."""
    gift_card: GiftCard | None = field()
    gift_card_id: str = field()
    is_taxable: bool | None = field()
    order: Order | None = field()
    """The order that was paid."""
    order_id: str = field()
    tax_rate: float | None = field()
    """Percent. May be fractional."""
