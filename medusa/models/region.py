"""Region."""

from __future__ import annotations

from datetime import datetime

from .base import JSONObject, Model, entity, field

__all__ = ["Region"]


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
    countries: list[JSONObject] = field()
    currency: JSONObject | None = field()
    fulfillment_providers: list[JSONObject] = field()
    gift_cards_taxable: bool = field()
    includes_tax: bool = field()
    metadata: JSONObject | None = field()
    payment_providers: list[JSONObject] = field()
    tax_code: str | None = field()
    tax_provider: JSONObject | None = field()
    tax_provider_id: str | None = field()
    tax_rate: float = field()
    """Percent, may be fractional."""
    tax_rates: list[JSONObject] = field()
