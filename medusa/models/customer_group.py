"""CustomerGroup."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer import Customer
    from .price import PriceList

__all__ = ["CustomerGroup"]


@entity
class CustomerGroup(Model):
    """A group of customers, for example for special prices or discounts."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    customers: list[Customer] = field()
    metadata: JSONObject | None = field()
    price_lists: list[PriceList] = field()
