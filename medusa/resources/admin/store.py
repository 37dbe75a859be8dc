"""The store: its name, its currencies, and what the backend has."""

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
    """The store without the providers, modules and feature flags of the backend."""

    store: Store


@entity
class AdminExtendedStoresRes(Result):
    """The store with the providers, modules and feature flags of the backend."""

    store: Store


@entity
class AdminPaymentProvidersList(Result):
    """All payment providers of the backend."""

    payment_providers: list[PaymentProvider]


@entity
class AdminTaxProvidersList(Result):
    """All tax providers of the backend."""

    tax_providers: list[TaxProvider]


class AdminPostStoreReq(TypedDict, total=False):
    """What to change of the store."""

    name: str
    currencies: list[str]
    """Replaces the currencies. ISO 4217. The default currency must be among them."""
    default_currency_code: str
    """ISO 4217. The store must have the currency, or get it with `currencies` in the same call."""
    invite_link_template: str | None
    """A URL with `{invite_token}` in the place of the token."""
    payment_link_template: str | None
    """A URL with `{{cart_id}}` in the place of the ID of the cart of a draft order."""
    swap_link_template: str | None
    """A URL with `{{cart_id}}` in the place of the ID of the cart of a swap."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminStoresResource(Resource):
    """The store. A backend has one."""

    def update(self, payload: AdminPostStoreReq, custom_headers: Headers = None) -> AdminStoresRes:
        """Change the store. Return it, as `.store`.

        `POST /admin/store`

        Keys that the payload leaves out keep their values. Raises `MedusaInvalidRequestError` for an unknown currency,
        currencies without the default one, and a malformed value.
        """
        return self._post(AdminStoresRes, "/admin/store", json=payload, headers=custom_headers, repeatable=True)

    def add_currency(self, currency_code: str, custom_headers: Headers = None) -> AdminStoresRes:
        """Add a currency to the store. Return the store, as `.store`.

        `POST /admin/store/currencies/{currency_code}`

        `currency_code` is the ISO 4217 code, in any case. Raises `MedusaInvalidRequestError` for an unknown currency
        and for one that the store has already.
        """
        return self._post(
            AdminStoresRes, "/admin/store/currencies/{currency_code}", currency_code, headers=custom_headers
        )

    def delete_currency(self, currency_code: str, custom_headers: Headers = None) -> AdminStoresRes:
        """Remove a currency from the store. Return the store, as `.store`.

        `DELETE /admin/store/currencies/{currency_code}`

        `currency_code` is the ISO 4217 code in lower case. A currency that the store does not have is no error. The
        backend removes the default currency, too.
        """
        return self._delete(
            AdminStoresRes, "/admin/store/currencies/{currency_code}", currency_code, headers=custom_headers
        )

    def retrieve(self, custom_headers: Headers = None) -> AdminExtendedStoresRes:
        """Return the store, as `.store`, with its providers, default sales channel, modules and feature flags.

        `GET /admin/store`
        """
        return self._get(AdminExtendedStoresRes, "/admin/store", headers=custom_headers)

    def list_payment_providers(self, custom_headers: Headers = None) -> AdminPaymentProvidersList:
        """Return all payment providers of the backend, as `.payment_providers`.

        `GET /admin/store/payment-providers`

        There are no pages.
        """
        return self._get(AdminPaymentProvidersList, "/admin/store/payment-providers", headers=custom_headers)

    def list_tax_providers(self, custom_headers: Headers = None) -> AdminTaxProvidersList:
        """Return all tax providers of the backend, as `.tax_providers`.

        `GET /admin/store/tax-providers`

        There are no pages. Medusa's own tax calculation is not in the list.
        """
        return self._get(AdminTaxProvidersList, "/admin/store/tax-providers", headers=custom_headers)
