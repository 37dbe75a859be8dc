"""Addresses: the payloads of addresses, and the saved addresses of a customer."""

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
    """A postal address. All keys are optional; None clears a value."""

    first_name: str | None
    last_name: str | None
    phone: str | None
    company: str | None
    address_1: str | None
    address_2: str | None
    city: str | None
    country_code: str | None
    """ISO 3166-1 alpha-2 code in lower case, such as "fr"."""
    province: str | None
    postal_code: str | None
    metadata: dict[str, Any]
    """Custom data."""


class AddressCreatePayload(TypedDict):
    """A complete postal address.

    The published type requires every key. The backend does not require the keys that are optional here.
    """

    first_name: str
    last_name: str
    phone: NotRequired[str | None]
    company: NotRequired[str | None]
    address_1: str
    address_2: NotRequired[str | None]
    city: str
    country_code: str
    """ISO 3166-1 alpha-2 code in lower case, such as "fr"."""
    province: NotRequired[str | None]
    postal_code: str
    metadata: NotRequired[dict[str, Any]]
    """Custom data."""


class StorePostCustomersCustomerAddressesReq(TypedDict):
    """Payload of `customers.addresses.add_address`."""

    address: AddressCreatePayload


class StorePostCustomersCustomerAddressesAddressReq(AddressPayload):
    """Payload of `customers.addresses.update_address`. Keys that you leave out keep their values."""


class AddressesResource(Resource):
    """The shipping addresses of the logged-in customer."""

    def add_address(
        self, payload: StorePostCustomersCustomerAddressesReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Add a shipping address. Return the customer as `.customer`.

        `POST /store/customers/me/addresses`

        The response includes all `shipping_addresses`. The backend does not add an address that the customer already
        has. It compares all keys except `company` and `metadata`. An address whose payload leaves out a key counts as a
        different address.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed. Raises `MedusaNotFoundError` if the
        country does not exist. Raises `MedusaServerError` if the payload has no `address`. Raises
        `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/me/addresses",
            json=payload,
            headers=custom_headers,
            causes_of_500="the payload has no address",
        )

    def delete_address(self, address_id: str, custom_headers: Headers = None) -> StoreCustomersRes:
        """Delete a shipping address. Return the customer as `.customer`.

        `DELETE /store/customers/me/addresses/{address_id}`

        If the address does not exist or belongs to another customer, the call changes nothing and raises no error.

        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._delete(
            StoreCustomersRes, "/store/customers/me/addresses/{address_id}", address_id, headers=custom_headers
        )

    def update_address(
        self, address_id: str, payload: StorePostCustomersCustomerAddressesAddressReq, custom_headers: Headers = None
    ) -> StoreCustomersRes:
        """Change a shipping address. Return the customer as `.customer`.

        `POST /store/customers/me/addresses/{address_id}`

        Raises `MedusaInvalidRequestError` if a value is malformed, or if the customer does not have this address.
        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._post(
            StoreCustomersRes,
            "/store/customers/me/addresses/{address_id}",
            address_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
