"""LineItem, LineItemAdjustment, LineItemTaxLine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .claim import ClaimOrder
    from .discount import Discount
    from .order import Order
    from .order_edit import OrderEdit
    from .product_variant import ProductVariant
    from .swap import Swap

__all__ = ["LineItem", "LineItemAdjustment", "LineItemTaxLine"]


@entity
class LineItem(Model):
    """One position of a cart or an order: a variant, or a custom item, with its quantity and price."""

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    adjustments: list[LineItemAdjustment] = field()
    allow_discounts: bool = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    description: str | None = field()
    discount_total: int = field()
    """Smallest currency unit: what the discounts take off."""
    fulfilled_quantity: int | None = field()
    gift_card_total: int = field()
    """Smallest currency unit: what gift cards pay of it."""
    has_shipping: bool | None = field()
    includes_tax: bool = field()
    """Whether `unit_price` includes tax."""
    is_giftcard: bool = field()
    is_return: bool = field()
    metadata: Any = field()
    """A JSON object or null. The backend also stores any other JSON value that the item was created with."""
    order: Order | None = field()
    order_edit: OrderEdit | None = field()
    order_edit_id: str | None = field()
    order_id: str | None = field()
    original_item_id: str | None = field()
    """The ID that the item had in the order before an order edit."""
    original_tax_total: int = field()
    """Smallest currency unit: the tax before discounts."""
    original_total: int = field()
    """Smallest currency unit: the position before discounts, tax included."""
    quantity: int = field()
    raw_discount_total: float = field()
    """Smallest currency unit, not rounded: may be fractional."""
    refundable: int = field()
    """Smallest currency unit: what can still be refunded of it."""
    returned_quantity: int | None = field()
    shipped_quantity: int | None = field()
    should_merge: bool = field()
    subtotal: int = field()
    """Smallest currency unit: the position before tax and discounts."""
    swap: Swap | None = field()
    swap_id: str | None = field()
    tax_lines: list[LineItemTaxLine] = field()
    tax_total: int = field()
    """Smallest currency unit: the tax after discounts."""
    thumbnail: str | None = field()
    total: int = field()
    """Smallest currency unit: the position after discounts, tax included."""
    unit_price: int = field()
    """Smallest currency unit, for one."""
    variant: ProductVariant | None = field()
    variant_id: str | None = field()


@entity
class LineItemAdjustment(Model):
    """The part of a discount that falls on one line item."""

    id: str = field()
    amount: float = field()
    """Smallest currency unit, not rounded: may be fractional."""
    description: str = field()
    discount: Discount | None = field()
    discount_id: str | None = field()
    item: LineItem | None = field()
    item_id: str = field()
    metadata: JSONObject | None = field()


@entity
class LineItemTaxLine(Model):
    """A tax rate as it was applied to one line item."""

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    item: LineItem | None = field()
    item_id: str = field()
    metadata: JSONObject | None = field()
    rate: float = field()
    """Percent, may be fractional."""
