"""ShippingMethod, ShippingMethodTaxLine, ShippingOption."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .claim import ClaimOrder
    from .order import Order
    from .region import Region
    from .returns import Return
    from .swap import Swap

__all__ = ["ShippingMethod", "ShippingMethodTaxLine", "ShippingOption", "ShippingOptionPriceType"]


class ShippingOptionPriceType(StrEnum):
    """How a shipping option is priced."""

    FLAT_RATE = "flat_rate"
    CALCULATED = "calculated"


@entity
class ShippingMethod(Model):
    """A shipping option as chosen for an order, with its price."""

    id: str = field()
    cart: JSONObject | None = field()
    cart_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    data: JSONObject = field()
    includes_tax: bool = field()
    order: Order | None = field()
    order_id: str | None = field()
    original_tax_total: int = field()
    """Smallest currency unit: the tax before discounts."""
    original_total: int = field()
    """Smallest currency unit: before discounts, tax included."""
    price: int = field()
    """Smallest currency unit, as it was charged, before tax unless `includes_tax`."""
    return_id: str | None = field()
    return_order: Return | None = field()
    shipping_option: ShippingOption | None = field()
    shipping_option_id: str = field()
    subtotal: int = field()
    """Smallest currency unit, before tax."""
    swap: Swap | None = field()
    swap_id: str | None = field()
    tax_lines: list[ShippingMethodTaxLine] = field()
    tax_total: int = field()
    """Smallest currency unit: the tax."""
    total: int = field()
    """Smallest currency unit, tax included."""


@entity
class ShippingMethodTaxLine(Model):
    """A tax rate as it was applied to one shipping method."""

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    metadata: JSONObject | None = field()
    rate: float = field()
    """Percent, may be fractional."""
    shipping_method: ShippingMethod | None = field()
    shipping_method_id: str = field()


@entity
class ShippingOption(Model):
    """A way of shipping that a region offers."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    admin_only: bool = field()
    amount: int | None = field()
    """Smallest currency unit; null where the price is calculated."""
    data: JSONObject = field()
    includes_tax: bool = field()
    is_return: bool = field()
    metadata: JSONObject | None = field()
    price_type: ShippingOptionPriceType | str = field()
    profile: JSONObject | None = field()
    profile_id: str = field()
    provider: JSONObject | None = field()
    provider_id: str = field()
    region: Region | None = field()
    region_id: str = field()
    requirements: list[JSONObject] = field()
