"""OrderEdit, OrderItemChange."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import Model, entity, field

if TYPE_CHECKING:
    from .line_item import LineItem
    from .order import Order
    from .payment_collection import PaymentCollection

__all__ = ["OrderEdit", "OrderEditItemChangeType", "OrderEditStatus", "OrderItemChange"]


class OrderEditStatus(StrEnum):
    """How far an order edit has come."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REQUESTED = "requested"
    CREATED = "created"
    CANCELED = "canceled"


class OrderEditItemChangeType(StrEnum):
    """What an order edit does with one line item."""

    ITEM_ADD = "item_add"
    ITEM_REMOVE = "item_remove"
    ITEM_UPDATE = "item_update"


@entity
class OrderEdit(Model):
    """A change of an order's items that the shop proposes and the customer accepts or declines."""

    id: str = field()
    status: OrderEditStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    canceled_by: str | None = field()
    changes: list[OrderItemChange] = field()
    confirmed_at: datetime | None = field()
    confirmed_by: str | None = field()
    created_by: str = field()
    declined_at: datetime | None = field()
    declined_by: str | None = field()
    declined_reason: str | None = field()
    difference_due: int = field()
    """Smallest currency unit: what the customer still has to pay. It is negative if the shop owes money."""
    discount_total: int = field()
    """Smallest currency unit: what the discounts take off after the change."""
    gift_card_tax_total: int = field()
    """Smallest currency unit: the tax on what gift cards pay."""
    gift_card_total: int = field()
    """Smallest currency unit: what gift cards pay."""
    internal_note: str | None = field()
    items: list[LineItem] = field()
    """The items of the order as they are after the change."""
    order: Order | None = field()
    order_id: str = field()
    payment_collection: PaymentCollection | None = field()
    payment_collection_id: str | None = field()
    requested_at: datetime | None = field()
    requested_by: str | None = field()
    shipping_total: int | None = field()
    """Smallest currency unit: shipping, before tax."""
    subtotal: int = field()
    """Smallest currency unit: the items alone, before tax and discounts."""
    tax_total: int | None = field()
    """Smallest currency unit: all taxes."""
    total: int = field()
    """Smallest currency unit: the order's total after the change, tax included."""


@entity
class OrderItemChange(Model):
    """What an order edit does with one line item."""

    id: str = field()
    type: OrderEditItemChangeType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    line_item: LineItem | None = field()
    """The item after the change; null if it is removed."""
    line_item_id: str | None = field()
    order_edit: OrderEdit | None = field()
    order_edit_id: str = field()
    original_line_item: LineItem | None = field()
    """The item before the change; null if it is added."""
    original_line_item_id: str | None = field()
