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
    """The status of a return."""

    REQUESTED = "requested"
    RECEIVED = "received"
    REQUIRES_ACTION = "requires_action"
    CANCELED = "canceled"


@entity
class Return(Model):
    """Items that a customer sends back, and the refund for them."""

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
    """The ID of the stock location that receives the items."""
    shipping_data: JSONObject | None = field()
    """Data of the fulfillment provider."""
    refund_amount: int = field()
    """The amount to refund, in the smallest currency unit."""
    received_at: datetime | None = field()
    """When the items were received. None if they were not received yet."""
    no_notification: bool | None = field()
    """Whether the customer does not receive notifications about this return."""
    metadata: JSONObject | None = field()
    idempotency_key: str | None = field()


@entity
class ReturnItem(Model):
    """The number of units of a line item that are returned, and the reason."""

    return_id: str = field()
    item_id: str = field()
    return_order: Return | None = field()
    item: LineItem | None = field()
    quantity: int = field()
    """The number of units to return."""
    is_requested: bool = field()
    """Whether the return of the item was requested. False if the item was received unexpectedly."""
    requested_quantity: int | None = field()
    """The number of units whose return was requested."""
    received_quantity: int | None = field()
    """The number of units that were received."""
    reason_id: str | None = field()
    reason: ReturnReason | None = field()
    note: str | None = field()
    metadata: JSONObject | None = field()


@entity
class ReturnReason(Model):
    """A reason for returning an item."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    value: str = field()
    """The unique name of the reason in code, such as "wrong_size"."""
    label: str = field()
    """The name of the reason to display."""
    description: str | None = field()
    parent_return_reason_id: str | None = field()
    parent_return_reason: ReturnReason | None = field()
    return_reason_children: list[ReturnReason] = field()
    """More specific reasons."""
    metadata: JSONObject | None = field()
