"""ShippingMethod, ShippingMethodTaxLine, ShippingOption, ShippingOptionRequirement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .cart import Cart
    from .claim import ClaimOrder
    from .fulfillment import FulfillmentProvider
    from .order import Order
    from .region import Region
    from .returns import Return
    from .shipping_profile import ShippingProfile
    from .swap import Swap
    from .tax import TaxRate

__all__ = [
    "RequirementType",
    "ShippingMethod",
    "ShippingMethodTaxLine",
    "ShippingOption",
    "ShippingOptionPriceType",
    "ShippingOptionRequirement",
]


class ShippingOptionPriceType(StrEnum):
    """How a shipping option is priced."""

    FLAT_RATE = "flat_rate"
    CALCULATED = "calculated"


class RequirementType(StrEnum):
    """How a shipping option is limited by the value of the cart."""

    MIN_SUBTOTAL = "min_subtotal"
    MAX_SUBTOTAL = "max_subtotal"


@entity
class ShippingMethod(Model):
    """A shipping option as chosen for a cart or an order, with its price."""

    id: str = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    data: JSONObject = field()
    includes_tax: bool = field()
    """Whether `price` includes tax. Only a backend with tax-inclusive pricing sends it."""
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
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing sends it."""
    is_return: bool = field()
    metadata: JSONObject | None = field()
    price_incl_tax: int | None = field()
    """Smallest currency unit: the price with tax; 0 where `amount` is null."""
    price_type: ShippingOptionPriceType | str = field()
    profile: ShippingProfile | None = field()
    profile_id: str = field()
    provider: FulfillmentProvider | None = field()
    provider_id: str = field()
    region: Region | None = field()
    region_id: str = field()
    requirements: list[ShippingOptionRequirement] = field()
    tax_amount: int | None = field()
    """Smallest currency unit: the tax in `price_incl_tax`."""
    tax_rates: list[TaxRate] | None = field()


@entity
class ShippingOptionRequirement(Model):
    """A value that the cart must reach, or must not exceed, for a shipping option."""

    id: str = field()
    type: RequirementType | str = field()
    deleted_at: datetime | None = field()
    amount: int = field()
    """Smallest currency unit."""
    shipping_option: ShippingOption | None = field()
    shipping_option_id: str = field()
