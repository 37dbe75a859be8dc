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
    """The status of an order edit."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REQUESTED = "requested"
    CREATED = "created"
    CANCELED = "canceled"


class OrderEditItemChangeType(StrEnum):
    """The type of change that an order edit makes to a line item."""

    ITEM_ADD = "item_add"
    ITEM_REMOVE = "item_remove"
    ITEM_UPDATE = "item_update"


@entity
class OrderEdit(Model):
    """A change to the items of an order that the shop proposes and the customer accepts or declines.

    Amounts are integers in the smallest unit of the order's currency.
    """

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
    """The ID of the user who created the order edit."""
    declined_at: datetime | None = field()
    declined_by: str | None = field()
    declined_reason: str | None = field()
    difference_due: int = field()
    """The amount that the customer still has to pay, in the smallest currency unit. Negative if the shop owes money to
    the customer."""
    discount_total: int = field()
    """The total of all discounts after the change, in the smallest currency unit."""
    gift_card_tax_total: int = field()
    """The tax on the part of the order that gift cards pay, in the smallest currency unit."""
    gift_card_total: int = field()
    """The part of the order that gift cards pay, in the smallest currency unit."""
    internal_note: str | None = field()
    """A note that only users of the Admin see."""
    items: list[LineItem] = field()
    """The items of the order after the change."""
    order: Order | None = field()
    order_id: str = field()
    payment_collection: PaymentCollection | None = field()
    payment_collection_id: str | None = field()
    requested_at: datetime | None = field()
    requested_by: str | None = field()
    shipping_total: int | None = field()
    """The price of shipping before tax, in the smallest currency unit."""
    subtotal: int = field()
    """The price of the items before tax and discounts, without shipping, in the smallest currency unit."""
    tax_total: int | None = field()
    """The total of all taxes, in the smallest currency unit."""
    total: int = field()
    """The total of the order after the change, tax included, in the smallest currency unit."""


@entity
class OrderItemChange(Model):
    """The change that an order edit makes to one line item."""

    id: str = field()
    type: OrderEditItemChangeType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    line_item: LineItem | None = field()
    """The item after the change. None if the item is removed."""
    line_item_id: str | None = field()
    order_edit: OrderEdit | None = field()
    order_edit_id: str = field()
    original_line_item: LineItem | None = field()
    """The item before the change. None if the item is added."""
    original_line_item_id: str | None = field()
