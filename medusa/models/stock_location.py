"""StockLocation, StockLocationAddress."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .sales_channel import SalesChannel

__all__ = ["StockLocation", "StockLocationAddress"]


@entity
class StockLocation(Model):
    """A place where stock is kept. Only a backend with the stock location module has stock locations."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    address: StockLocationAddress | None = field()
    address_id: str | None = field()
    metadata: JSONObject | None = field()
    sales_channels: list[SalesChannel] = field()
    """The sales channels that sell from this location."""


@entity
class StockLocationAddress(Model):
    """The postal address of a stock location."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    address_1: str = field()
    address_2: str | None = field()
    city: str | None = field()
    company: str | None = field()
    country_code: str = field()
    """ISO 3166-1 alpha-2 code."""
    metadata: JSONObject | None = field()
    phone: str | None = field()
    postal_code: str | None = field()
    province: str | None = field()
