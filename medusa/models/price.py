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
    """How the prices of a price list compare with the others."""

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
    symbol_native: str = field()
    includes_tax: bool = field()
    """Whether prices in the currency include tax. Only a backend with tax-inclusive pricing sends it."""


@entity
class MoneyAmount(Model):
    """A price of a variant: in a currency, and possibly for one region, one price list or some quantities alone."""

    id: str = field()
    amount: int = field()
    """Smallest currency unit."""
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    currency: Currency | None = field()
    max_quantity: int | None = field()
    """The largest quantity that has this price; null if there is no limit."""
    min_quantity: int | None = field()
    """The smallest quantity that has this price; null if there is no limit."""
    price_list: PriceList | None = field()
    price_list_id: str | None = field()
    region: Region | None = field()
    region_id: str | None = field()
    variant: ProductVariant | None = field()
    variant_id: str | None = field()
    variants: list[ProductVariant] = field()


@entity
class PriceList(Model):
    """Prices that replace the usual ones, for some time or for some customers."""

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
    includes_tax: bool = field()
    """Whether its prices include tax. Only a backend with tax-inclusive pricing sends it."""
    prices: list[MoneyAmount] = field()
    starts_at: datetime | None = field()
