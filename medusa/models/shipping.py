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
    """How the price of a shipping option is determined."""

    FLAT_RATE = "flat_rate"
    CALCULATED = "calculated"


class RequirementType(StrEnum):
    """The kind of limit that a shipping option sets for the value of the cart."""

    MIN_SUBTOTAL = "min_subtotal"
    MAX_SUBTOTAL = "max_subtotal"


@entity
class ShippingMethod(Model):
    """A shipping option that was selected for a cart or an order, with its price.

    Amounts are integers in the smallest currency unit.
    """

    id: str = field()
    cart: Cart | None = field()
    cart_id: str | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    data: JSONObject = field()
    """Data for the fulfillment provider, such as a pick-up point."""
    includes_tax: bool = field()
    """Whether `price` includes tax. Only a backend with tax-inclusive pricing returns it."""
    order: Order | None = field()
    order_id: str | None = field()
    original_tax_total: int = field()
    """The tax before discounts, in the smallest currency unit."""
    original_total: int = field()
    """The price before discounts, tax included, in the smallest currency unit."""
    price: int = field()
    """The price that was charged, in the smallest currency unit. It is before tax unless `includes_tax` is True."""
    return_id: str | None = field()
    return_order: Return | None = field()
    shipping_option: ShippingOption | None = field()
    shipping_option_id: str = field()
    subtotal: int = field()
    """The price before tax, in the smallest currency unit."""
    swap: Swap | None = field()
    swap_id: str | None = field()
    tax_lines: list[ShippingMethodTaxLine] = field()
    tax_total: int = field()
    """The tax, in the smallest currency unit."""
    total: int = field()
    """The price, tax included, in the smallest currency unit."""


@entity
class ShippingMethodTaxLine(Model):
    """A tax rate that was applied to a shipping method."""

    id: str = field()
    name: str = field()
    code: str | None = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    metadata: JSONObject | None = field()
    rate: float = field()
    """Percent. May be fractional."""
    shipping_method: ShippingMethod | None = field()
    shipping_method_id: str = field()


@entity
class ShippingOption(Model):
    """A way of shipping that is available in a region."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    admin_only: bool = field()
    """Whether only the Admin can use the option."""
    amount: int | None = field()
    """The price, in the smallest currency unit. None if the price is calculated."""
    data: JSONObject = field()
    """The option of the fulfillment provider."""
    includes_tax: bool = field()
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing returns it."""
    is_return: bool = field()
    """Whether the option is for returns."""
    metadata: JSONObject | None = field()
    price_incl_tax: int | None = field()
    """The price, tax included, in the smallest currency unit. 0 if `amount` is None."""
    price_type: ShippingOptionPriceType | str = field()
    profile: ShippingProfile | None = field()
    profile_id: str = field()
    provider: FulfillmentProvider | None = field()
    provider_id: str = field()
    region: Region | None = field()
    region_id: str = field()
    requirements: list[ShippingOptionRequirement] = field()
    """Limits for the value of the cart."""
    tax_amount: int | None = field()
    """The tax in `price_incl_tax`, in the smallest currency unit."""
    tax_rates: list[TaxRate] | None = field()
    """The tax rates that apply to the option."""


@entity
class ShippingOptionRequirement(Model):
    """A minimum or maximum value of the cart for which a shipping option is available."""

    id: str = field()
    type: RequirementType | str = field()
    deleted_at: datetime | None = field()
    amount: int = field()
    """The minimum or maximum subtotal of the cart, in the smallest currency unit."""
    shipping_option: ShippingOption | None = field()
    shipping_option_id: str = field()
