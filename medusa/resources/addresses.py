"""Addresses: those that carts and customers take, and those that a customer has saved."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from .base import Headers, Resource
from .customers import StoreCustomersRes

__all__ = [
    "AddressCreatePayload",
    "AddressPayload",
    "AddressesResource",
    "StorePostCustomersCustomerAddressesAddressReq",
    "StorePostCustomersCustomerAddressesReq",
]


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
    """ISO 3166-1 alpha-2 in lower case, such as "fr"."""
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
    """ISO 3166-1 alpha-2 in lower case, such as "fr"."""
    province: NotRequired[str | None]
    postal_code: str
    metadata: NotRequired[dict[str, Any]]


class StorePostCustomersCustomerAddressesReq(TypedDict):
    """An address to add."""

    address: AddressCreatePayload


class StorePostCustomersCustomerAddressesAddressReq(AddressPayload):
    """What to change of an address."""


class AddressesResource(Resource):
    """The shipping addresses of the logged-in customer."""

    def add_address(
        self, payload: StorePostCustomersCustomerAddressesReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Add a shipping address. Return the customer, as `.customer`, with all `shipping_addresses`.

        `POST /store/customers/me/addresses`

        The address is not added if the customer has it already. The backend compares all keys but `company` and
        `metadata`, and takes a key that the payload leaves out as different. Raises `MedusaInvalidRequestError` if a
        value is missing or malformed, `MedusaNotFoundError` for an unknown country, and `MedusaAuthenticationError` if
        no customer is logged in.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/me/addresses",
            json=payload,
            headers=custom_headers,
            causes_of_500="the payload has no address",
        )

    def delete_address(self, address_id: str, custom_headers: Headers = None) -> StoreCustomersRes:
        """Delete a shipping address. Return the customer, as `.customer`.

        `DELETE /store/customers/me/addresses/{address_id}`

        An unknown ID, or that of another customer's address, changes nothing and is no error. Raises
        `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._delete(
            StoreCustomersRes, "/store/customers/me/addresses/{address_id}", address_id, headers=custom_headers
        )

    def update_address(
        self, address_id: str, payload: StorePostCustomersCustomerAddressesAddressReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Change a shipping address. Return the customer, as `.customer`.

        `POST /store/customers/me/addresses/{address_id}`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for a malformed value and
        for an address that the customer does not have, and `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/me/addresses/{address_id}",
            address_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
