"""The store: its name, its currencies, and the features of the backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result

if TYPE_CHECKING:
    from ...models.payment import PaymentProvider
    from ...models.store import Store
    from ...models.tax import TaxProvider

__all__ = [
    "AdminExtendedStoresRes",
    "AdminPaymentProvidersList",
    "AdminPostStoreReq",
    "AdminStoresRes",
    "AdminStoresResource",
    "AdminTaxProvidersList",
]


@entity
class AdminStoresRes(Result):
    """Response with the store, without the providers, modules and feature flags of the backend."""

    store: Store


@entity
class AdminExtendedStoresRes(Result):
    """Response with the store, with the providers, modules and feature flags of the backend."""

    store: Store


@entity
class AdminPaymentProvidersList(Result):
    """Response with all payment providers of the backend."""

    payment_providers: list[PaymentProvider]


@entity
class AdminTaxProvidersList(Result):
    """Response with all tax providers of the backend."""

    tax_providers: list[TaxProvider]


class AdminPostStoreReq(TypedDict, total=False):
    """Payload of `admin.store.update`. Keys that you leave out keep their values."""

    name: str
    currencies: list[str]
    """ISO 4217 codes. They replace the current currencies and must contain the default currency."""
    default_currency_code: str
    """ISO 4217 code. The store must have this currency, or get it with `currencies` in the same call."""
    invite_link_template: str | None
    """A URL with the placeholder `{invite_token}` for the token."""
    payment_link_template: str | None
    """A URL with the placeholder `{{cart_id}}` for the ID of a draft order's cart."""
    swap_link_template: str | None
    """A URL with the placeholder `{{cart_id}}` for the ID of a swap's cart."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminStoresResource(Resource):
    """The store. Each backend has one store."""

    def update(self, payload: AdminPostStoreReq, custom_headers: Headers = None) -> AdminStoresRes:
        """Change the store and return it as `.store`.

        `POST /admin/store`

        Keys that you leave out keep their values.

        Raises `MedusaInvalidRequestError` if a currency is unknown, if `currencies` does not contain the default
        currency, or if a value is malformed.
        """
        return self._post(AdminStoresRes, "/admin/store", json=payload, headers=custom_headers, repeatable=True)

    def add_currency(self, currency_code: str, custom_headers: Headers = None) -> AdminStoresRes:
        """Add a currency to the store and return the store as `.store`.

        `POST /admin/store/currencies/{currency_code}`

        `currency_code` is the ISO 4217 code in any case.

        Raises `MedusaInvalidRequestError` if the currency is unknown or the store already has it.
        """
        return self._post(
            AdminStoresRes, "/admin/store/currencies/{currency_code}", currency_code, headers=custom_headers
        )

    def delete_currency(self, currency_code: str, custom_headers: Headers = None) -> AdminStoresRes:
        """Remove a currency from the store and return the store as `.store`.

        `DELETE /admin/store/currencies/{currency_code}`

        `currency_code` is the ISO 4217 code in lower case. If the store does not have the currency, the call changes
        nothing and raises no error. The backend also allows you to remove the default currency.
        """
        return self._delete(
            AdminStoresRes, "/admin/store/currencies/{currency_code}", currency_code, headers=custom_headers
        )

    def retrieve(self, custom_headers: Headers = None) -> AdminExtendedStoresRes:
        """Return the store as `.store`, with its providers, default sales channel, modules and feature flags.

        `GET /admin/store`
        """
        return self._get(AdminExtendedStoresRes, "/admin/store", headers=custom_headers)

    def list_payment_providers(self, custom_headers: Headers = None) -> AdminPaymentProvidersList:
        """Return all payment providers of the backend as `.payment_providers`.

        `GET /admin/store/payment-providers`

        The list has no pages.
        """
        return self._get(AdminPaymentProvidersList, "/admin/store/payment-providers", headers=custom_headers)

    def list_tax_providers(self, custom_headers: Headers = None) -> AdminTaxProvidersList:
        """Return all tax providers of the backend as `.tax_providers`.

        `GET /admin/store/tax-providers`

        The list has no pages. It does not contain Medusa's own tax calculation.
        """
        return self._get(AdminTaxProvidersList, "/admin/store/tax-providers", headers=custom_headers)
