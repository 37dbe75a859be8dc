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
    """An item of a cart or an order: a variant or a custom item, with its quantity and price.

    Amounts are integers in the smallest currency unit. Unless stated otherwise, they are for the whole quantity.
    """

    id: str = field()
    title: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    adjustments: list[LineItemAdjustment] = field()
    """The parts of the discounts that apply to this item."""
    allow_discounts: bool = field()
    """Whether discounts apply to the item."""
    cart: Cart | None = field()
    cart_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    description: str | None = field()
    discount_total: int = field()
    """The total of all discounts, in the smallest currency unit."""
    fulfilled_quantity: int | None = field()
    """The number of units that were packed. None means 0."""
    gift_card_total: int = field()
    """The part of the item that gift cards pay, in the smallest currency unit."""
    has_shipping: bool | None = field()
    """Whether the cart has a shipping method for the item."""
    includes_tax: bool = field()
    """Whether `unit_price` includes tax."""
    is_giftcard: bool = field()
    """Whether the item is a gift card."""
    is_return: bool = field()
    """Whether the item is being returned, as in the cart of a swap."""
    metadata: Any = field()
    """A JSON object or None. The backend also stores any other JSON value that the item was created with."""
    order: Order | None = field()
    order_edit: OrderEdit | None = field()
    order_edit_id: str | None = field()
    order_id: str | None = field()
    original_item_id: str | None = field()
    """The ID that the item had in the order before an order edit."""
    original_tax_total: int = field()
    """The tax before discounts, in the smallest currency unit."""
    original_total: int = field()
    """The price before discounts, tax included, in the smallest currency unit."""
    quantity: int = field()
    raw_discount_total: float = field()
    """The total of all discounts before rounding, in the smallest currency unit. May be fractional."""
    refundable: int = field()
    """The amount that can still be refunded, in the smallest currency unit."""
    returned_quantity: int | None = field()
    """The number of units that were returned. None means 0."""
    shipped_quantity: int | None = field()
    """The number of units that were shipped. None means 0."""
    should_merge: bool = field()
    """Whether the backend may increase the quantity of this item when the same variant is added again."""
    subtotal: int = field()
    """The price before tax and discounts, in the smallest currency unit."""
    swap: Swap | None = field()
    swap_id: str | None = field()
    tax_lines: list[LineItemTaxLine] = field()
    tax_total: int = field()
    """The tax after discounts, in the smallest currency unit."""
    thumbnail: str | None = field()
    """The URL of an image."""
    total: int = field()
    """The price after discounts, tax included, in the smallest currency unit."""
    unit_price: int = field()
    """The price of one unit, in the smallest currency unit."""
    variant: ProductVariant | None = field()
    variant_id: str | None = field()


@entity
class LineItemAdjustment(Model):
    """The part of a discount that applies to one line item."""

    id: str = field()
    amount: float = field()
    """The amount of the discount before rounding, in the smallest currency unit. May be fractional."""
    description: str = field()
    discount: Discount | None = field()
    discount_id: str | None = field()
    item: LineItem | None = field()
    item_id: str = field()
    metadata: JSONObject | None = field()


@entity
class LineItemTaxLine(Model):
    """A tax rate that was applied to a line item."""

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    item: LineItem | None = field()
    item_id: str = field()
    metadata: JSONObject | None = field()
    rate: float = field()
    """Percent. May be fractional."""
