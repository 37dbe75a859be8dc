"""MoneyAmount, PriceList, Currency."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import Model, entity, field

if TYPE_CHECKING:
    from .customer_group import CustomerGroup
    from .product_variant import ProductVariant
    from .region import Region

__all__ = ["Currency", "MoneyAmount", "PriceList", "PriceListStatus", "PriceListType"]


class PriceListType(StrEnum):
    """How a price list affects prices."""

    SALE = "sale"
    OVERRIDE = "override"


class PriceListStatus(StrEnum):
    """Whether a price list is in use."""

    ACTIVE = "active"
    DRAFT = "draft"


@entity
class Currency(Model):
    """A currency."""

    code: str = field()
    """ISO 4217, lower case."""
    name: str = field()
    symbol: str = field()
    """The international symbol, such as "CA$"."""
    symbol_native: str = field()
    """The symbol that is used locally, such as "$"."""
    includes_tax: bool = field()
    """Whether prices in the currency include tax. Only a backend with tax-inclusive pricing returns it."""


@entity
class MoneyAmount(Model):
    """A price of a variant in one currency. It may apply only to one region, one price list or some quantities."""

    id: str = field()
    amount: int = field()
    """The price, in the smallest currency unit."""
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    currency: Currency | None = field()
    max_quantity: int | None = field()
    """The largest quantity that this price applies to. None if there is no limit."""
    min_quantity: int | None = field()
    """The smallest quantity that this price applies to. None if there is no limit."""
    price_list: PriceList | None = field()
    price_list_id: str | None = field()
    region: Region | None = field()
    region_id: str | None = field()
    variant: ProductVariant | None = field()
    variant_id: str | None = field()
    variants: list[ProductVariant] = field()


@entity
class PriceList(Model):
    """A list of prices that replace the usual prices for some time or for some customers."""

    id: str = field()
    name: str = field()
    type: PriceListType | str = field()
    status: PriceListStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    customer_groups: list[CustomerGroup] = field()
    description: str = field()
    ends_at: datetime | None = field()
    """When the price list stops applying. None if it has no end."""
    includes_tax: bool = field()
    """Whether the prices of the list include tax. Only a backend with tax-inclusive pricing returns it."""
    prices: list[MoneyAmount] = field()
    starts_at: datetime | None = field()
    """When the price list starts to apply. None if it applies immediately."""
