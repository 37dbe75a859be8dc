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
    """A group of countries with the same currency and tax settings."""

    id: str = field()
    name: str = field()
    currency_code: str = field()
    """ISO 4217, lower case."""
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    automatic_taxes: bool = field()
    """Whether the backend calculates taxes automatically."""
    countries: list[Country] = field()
    currency: Currency | None = field()
    fulfillment_providers: list[FulfillmentProvider] = field()
    gift_cards_taxable: bool = field()
    """Whether gift cards are taxed."""
    includes_tax: bool = field()
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing returns it."""
    metadata: JSONObject | None = field()
    payment_providers: list[PaymentProvider] = field()
    tax_code: str | None = field()
    tax_provider: TaxProvider | None = field()
    tax_provider_id: str | None = field()
    tax_rate: float = field()
    """Percent. May be fractional."""
    tax_rates: list[TaxRate] = field()
    """Tax rates for some products, product types or shipping options."""


@entity
class Country(Model):
    """A country. It is in at most one region."""

    id: int = field()
    iso_2: str = field()
    """ISO 3166-1 alpha-2 code in lower case."""
    iso_3: str = field()
    """ISO 3166-1 alpha-3 code in lower case."""
    num_code: int = field()
    """ISO 3166-1 numeric code."""
    name: str = field()
    """The name in upper case."""
    display_name: str = field()
    """The name to display."""
    region: Region | None = field()
    region_id: str | None = field()
