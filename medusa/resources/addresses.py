"""The addresses that carts and customers take."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

__all__ = ["AddressCreatePayload", "AddressPayload"]


class AddressPayload(TypedDict, total=False):
    """A postal address. Each part may be left out; None clears it."""

    first_name: str | None
    last_name: str | None
    phone: str | None
    company: str | None
    address_1: str | None
    address_2: str | None
    city: str | None
    country_code: str | None
    """ISO 3166-1 alpha-2, such as "fr"."""
    province: str | None
    postal_code: str | None
    metadata: dict[str, Any]


class AddressCreatePayload(TypedDict):
    """A whole postal address.

    The published type requires every part. The backend does not require those that may be left out here.
    """

    first_name: str
    last_name: str
    phone: NotRequired[str | None]
    company: NotRequired[str | None]
    address_1: str
    address_2: NotRequired[str | None]
    city: str
    country_code: str
    """ISO 3166-1 alpha-2, such as "fr"."""
    province: NotRequired[str | None]
    postal_code: str
    metadata: NotRequired[dict[str, Any]]
