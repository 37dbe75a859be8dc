"""Customer, Address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer_group import CustomerGroup
    from .order import Order
    from .region import Country

__all__ = ["Address", "Customer"]


@entity
class Customer(Model):
    """A registered customer or a guest."""

    id: str = field()
    email: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    billing_address: Address | None = field()
    billing_address_id: str | None = field()
    first_name: str | None = field()
    groups: list[CustomerGroup] = field()
    has_account: bool = field()
    """Whether the customer is registered."""
    last_name: str | None = field()
    metadata: JSONObject | None = field()
    """Custom data."""
    orders: list[Order] = field()
    password_hash: str | None = field()
    """Secret. The Admin API returns it for a customer who was just created. `repr` does not show it, but `to_dict()`
    includes it."""
    phone: str | None = field()
    shipping_addresses: list[Address] = field()


@entity
class Address(Model):
    """A postal address."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    address_1: str | None = field()
    address_2: str | None = field()
    city: str | None = field()
    company: str | None = field()
    country: Country | None = field()
    country_code: str | None = field()
    """ISO 3166-1 alpha-2 code in lower case."""
    customer: Customer | None = field()
    customer_id: str | None = field()
    first_name: str | None = field()
    last_name: str | None = field()
    metadata: JSONObject | None = field()
    phone: str | None = field()
    postal_code: str | None = field()
    province: str | None = field()
