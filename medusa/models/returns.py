"""Return, ReturnItem, ReturnReason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .claim import ClaimOrder
    from .line_item import LineItem
    from .order import Order
    from .shipping import ShippingMethod
    from .swap import Swap

__all__ = ["Return", "ReturnItem", "ReturnReason", "ReturnStatus"]


class ReturnStatus(StrEnum):
    """How far a return has come."""

    REQUESTED = "requested"
    RECEIVED = "received"
    REQUIRES_ACTION = "requires_action"
    CANCELED = "canceled"


@entity
class Return(Model):
    """Items that come back, and the refund for them."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    status: ReturnStatus | str = field()
    items: list[ReturnItem] = field()
    swap_id: str | None = field()
    swap: Swap | None = field()
    claim_order_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    order_id: str | None = field()
    order: Order | None = field()
    shipping_method: ShippingMethod | None = field()
    location_id: str | None = field()
    shipping_data: JSONObject | None = field()
    refund_amount: int = field()
    """Smallest currency unit."""
    received_at: datetime | None = field()
    no_notification: bool | None = field()
    metadata: JSONObject | None = field()
    idempotency_key: str | None = field()


@entity
class ReturnItem(Model):
    """How many of one line item are returned, and why."""

    return_id: str = field()
    item_id: str = field()
    return_order: Return | None = field()
    item: LineItem | None = field()
    quantity: int = field()
    is_requested: bool = field()
    requested_quantity: int | None = field()
    received_quantity: int | None = field()
    reason_id: str | None = field()
    reason: ReturnReason | None = field()
    note: str | None = field()
    metadata: JSONObject | None = field()


@entity
class ReturnReason(Model):
    """A reason a return may have."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    value: str = field()
    label: str = field()
    description: str | None = field()
    parent_return_reason_id: str | None = field()
    parent_return_reason: ReturnReason | None = field()
    return_reason_children: list[ReturnReason] = field()
    metadata: JSONObject | None = field()
