"""The addresses that carts and customers take."""

from __future__ import annotations

from typing import Any, TypedDict

__all__ = ["AddressPayload"]


class AddressPayload(TypedDict, total=False):
    """A postal address. Each part may be left out."""

    first_name: str
    last_name: str
    phone: str
    company: str
    address_1: str
    address_2: str
    city: str
    country_code: str
    """ISO 3166-1 alpha-2, such as "fr"."""
    province: str
    postal_code: str
    metadata: dict[str, Any]
