"""DraftOrder."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .order import Order

__all__ = ["DraftOrder", "DraftOrderStatus"]


class DraftOrderStatus(StrEnum):
    """Whether a draft order has become an order."""

    OPEN = "open"
    COMPLETED = "completed"


@entity
class DraftOrder(Model):
    """An order that the shop prepares for a customer before it is paid."""

    id: str = field()
    status: DraftOrderStatus | str = field()
    display_id: int = field()
    """The number of the draft order that users of the Admin see."""
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    completed_at: datetime | None = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    no_notification_order: bool | None = field()
    """Whether the customer does not receive notifications about the order."""
    order: Order | None = field()
    """The order that was created from the draft order."""
    order_id: str | None = field()
