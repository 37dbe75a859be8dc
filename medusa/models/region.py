"""Region, Country."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .fulfillment import FulfillmentProvider
    from .payment import PaymentProvider
    from .price import Currency
    from .tax import TaxProvider, TaxRate

__all__ = ["Country", "Region"]


@entity
class Region(Model):
    """A group of countries that share a currency and tax settings."""

    id: str = field()
    name: str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    automatic_taxes: bool = field()
    countries: list[Country] = field()
    currency: Currency | None = field()
    fulfillment_providers: list[FulfillmentProvider] = field()
    gift_cards_taxable: bool = field()
    includes_tax: bool = field()
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing sends it."""
    metadata: JSONObject | None = field()
    payment_providers: list[PaymentProvider] = field()
    tax_code: str | None = field()
    tax_provider: TaxProvider | None = field()
    tax_provider_id: str | None = field()
    tax_rate: float = field()
    """Percent, may be fractional."""
    tax_rates: list[TaxRate] = field()


@entity
class Country(Model):
    """A country. It is in one region at most."""

    id: int = field()
    iso_2: str = field()
    """ISO 3166-1 alpha-2, lower case."""
    iso_3: str = field()
    """ISO 3166-1 alpha-3, lower case."""
    num_code: int = field()
    """ISO 3166-1 numeric."""
    name: str = field()
    """The name in upper case."""
    display_name: str = field()
    region: Region | None = field()
    region_id: str | None = field()
