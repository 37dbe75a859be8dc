"""Regions: the countries that share a currency, taxes, and ways to pay and to ship."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.fulfillment import FulfillmentOption
    from ...models.region import Region
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminGetRegionsParams",
    "AdminGetRegionsRegionFulfillmentOptionsRes",
    "AdminGetRegionsRegionParams",
    "AdminPostRegionsRegionCountriesReq",
    "AdminPostRegionsRegionFulfillmentProvidersReq",
    "AdminPostRegionsRegionPaymentProvidersReq",
    "AdminPostRegionsRegionReq",
    "AdminPostRegionsReq",
    "AdminRegionsDeleteRes",
    "AdminRegionsListRes",
    "AdminRegionsRes",
    "AdminRegionsResource",
]


@entity
class AdminRegionsRes(Result):
    """A region."""

    region: Region


@entity
class AdminRegionsDeleteRes(DeleteResponse):
    """The ID of the deleted region."""


@entity
class AdminRegionsListRes(Result):
    """A page of regions."""

    regions: list[Region]
    count: int
    """How many regions match in all."""
    offset: int
    limit: int


@entity
class AdminGetRegionsRegionFulfillmentOptionsRes(Result):
    """What the fulfillment providers of a region offer."""

    fulfillment_options: list[FulfillmentOption]


class AdminPostRegionsReq(TypedDict):
    """A new region."""

    name: str
    currency_code: str
    """ISO 4217, in any case. The store must have the currency."""
    tax_rate: float
    """Percent, from 0 to 100, may be fractional."""
    tax_code: NotRequired[str | None]
    payment_providers: list[str]
    """The IDs of the payment providers. `admin.store.list_payment_providers()` lists them."""
    fulfillment_providers: list[str]
    """The IDs of the fulfillment providers. `admin.store.retrieve()` returns them with the store."""
    countries: list[str]
    """ISO 3166-1 alpha-2, in any case. A country can be in one region only."""
    includes_tax: NotRequired[bool]
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing takes it."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostRegionsRegionReq(TypedDict, total=False):
    """What to change of a region."""

    name: str
    currency_code: str
    """ISO 4217, in any case. The store must have the currency."""
    tax_rate: float
    """Percent, from 0 to 100, may be fractional."""
    tax_code: str | None
    gift_cards_taxable: bool
    """Whether gift cards are taxed when they are bought."""
    automatic_taxes: bool
    """Whether taxes are calculated whenever a cart changes."""
    tax_provider_id: str | None
    """None for Medusa's own calculation."""
    payment_providers: list[str]
    """Replaces the payment providers. An empty list removes all."""
    fulfillment_providers: list[str]
    """Replaces the fulfillment providers. An empty list removes all."""
    countries: list[str]
    """Replaces the countries. ISO 3166-1 alpha-2, in any case."""
    includes_tax: bool
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing takes it."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminGetRegionsRegionParams(TypedDict, total=False):
    """What to send of a region."""

    expand: str
    """Relations to send instead of the default ones, separated by commas: `countries`, `currency`,
    `fulfillment_providers`, `payment_providers`."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminGetRegionsParams(TypedDict, total=False):
    """Which regions to list. All filters that are given must hold."""

    q: str
    """A text to find in the name, in any case."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    expand: str
    """Relations to send instead of the default ones, separated by commas: `countries`, `currency`,
    `fulfillment_providers`, `payment_providers`."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    limit: int
    """The size of the page, 50 by default; 0 for all regions."""
    offset: int
    """How many regions to skip."""


class AdminPostRegionsRegionCountriesReq(TypedDict):
    """The country to add to a region."""

    country_code: str
    """ISO 3166-1 alpha-2, in any case."""


class AdminPostRegionsRegionFulfillmentProvidersReq(TypedDict):
    """The fulfillment provider to add to a region."""

    provider_id: str


class AdminPostRegionsRegionPaymentProvidersReq(TypedDict):
    """The payment provider to add to a region."""

    provider_id: str


class AdminRegionsResource(Resource):
    """Regions."""

    def create(self, payload: AdminPostRegionsReq, custom_headers: Headers = None) -> AdminRegionsRes:
        """Create a region. Return it, as `.region`.

        `POST /admin/regions`

        Raises `MedusaInvalidRequestError` for a currency that the store does not have, an unknown country or provider,
        a country of another region, a tax rate below 0 or above 100, and a missing or malformed value.
        """
        return self._post(AdminRegionsRes, "/admin/regions", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminPostRegionsRegionReq, custom_headers: Headers = None) -> AdminRegionsRes:
        """Change a region. Return it, as `.region`.

        `POST /admin/regions/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown region and what
        `create` raises.
        """
        return self._post(
            AdminRegionsRes, "/admin/regions/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminRegionsDeleteRes:
        """Delete a region. Its countries can be added to other regions.

        `DELETE /admin/regions/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, also if the region was deleted before.
        """
        return self._delete(AdminRegionsDeleteRes, "/admin/regions/{id}", id, headers=custom_headers)

    def retrieve(
        self,
        id: str,
        query: AdminGetRegionsRegionParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminRegionsRes:
        """Return the region with this ID, as `.region`, with its countries, its currency and its providers.

        `GET /admin/regions/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, `MedusaInvalidRequestError` for an unknown name in `expand`, and
        `MedusaServerError` for one in `fields`.
        """
        return self._get(
            AdminRegionsRes,
            "/admin/regions/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="fields has an unknown name",
        )

    def list(self, query: AdminGetRegionsParams | None = None, custom_headers: Headers = None) -> AdminRegionsListRes:
        """Return a page of regions, as `.regions`, the newest first. A page has 50 regions by default.

        `GET /admin/regions`

        `.count` is the number of all regions that match. Raises `MedusaInvalidRequestError` for an unknown key or a
        malformed value in `query` and for an unknown name in `expand`, and `MedusaServerError` for one in `fields` or
        `order`.
        """
        return self._get(
            AdminRegionsListRes,
            "/admin/regions",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetRegionsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Region]:
        """Return an iterator over all regions, which fetches a page when it is needed.

        `GET /admin/regions`

        The regions are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "regions",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def add_country(
        self, id: str, payload: AdminPostRegionsRegionCountriesReq, custom_headers: Headers = None
    ) -> AdminRegionsRes:
        """Add a country to a region. Return the region, as `.region`.

        `POST /admin/regions/{id}/countries`

        A country that the region has already is no error. Raises `MedusaInvalidRequestError` for an unknown country and
        for one of another region, and `MedusaNotFoundError` for an unknown region.
        """
        return self._post(
            AdminRegionsRes,
            "/admin/regions/{id}/countries",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete_country(self, id: str, country_code: str, custom_headers: Headers = None) -> AdminRegionsRes:
        """Remove a country from a region. Return the region, as `.region`.

        `DELETE /admin/regions/{id}/countries/{country_code}`

        `country_code` is the ISO 3166-1 alpha-2 code in lower case. A country that the region does not have is no
        error. Raises `MedusaNotFoundError` for an unknown region.
        """
        return self._delete(
            AdminRegionsRes, "/admin/regions/{id}/countries/{country_code}", id, country_code, headers=custom_headers
        )

    def add_fulfillment_provider(
        self, id: str, payload: AdminPostRegionsRegionFulfillmentProvidersReq, custom_headers: Headers = None
    ) -> AdminRegionsRes:
        """Add a fulfillment provider to a region. Return the region, as `.region`.

        `POST /admin/regions/{id}/fulfillment-providers`

        A provider that the region has already is no error. Raises `MedusaNotFoundError` for an unknown region or
        provider.
        """
        return self._post(
            AdminRegionsRes,
            "/admin/regions/{id}/fulfillment-providers",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete_fulfillment_provider(self, id: str, provider_id: str, custom_headers: Headers = None) -> AdminRegionsRes:
        """Remove a fulfillment provider from a region. Return the region, as `.region`.

        `DELETE /admin/regions/{id}/fulfillment-providers/{provider_id}`

        A provider that the region does not have is no error. Raises `MedusaNotFoundError` for an unknown region.
        """
        return self._delete(
            AdminRegionsRes,
            "/admin/regions/{id}/fulfillment-providers/{provider_id}",
            id,
            provider_id,
            headers=custom_headers,
        )

    def retrieve_fulfillment_options(
        self, id: str, custom_headers: Headers = None
    ) -> AdminGetRegionsRegionFulfillmentOptionsRes:
        """Return what the fulfillment providers of a region offer, as `.fulfillment_options`.

        `GET /admin/regions/{id}/fulfillment-options`

        One of the `options` of a provider becomes the `data` of a shipping option. Raises `MedusaNotFoundError` for an
        unknown region.
        """
        return self._get(
            AdminGetRegionsRegionFulfillmentOptionsRes,
            "/admin/regions/{id}/fulfillment-options",
            id,
            headers=custom_headers,
        )

    def add_payment_provider(
        self, id: str, payload: AdminPostRegionsRegionPaymentProvidersReq, custom_headers: Headers = None
    ) -> AdminRegionsRes:
        """Add a payment provider to a region. Return the region, as `.region`.

        `POST /admin/regions/{id}/payment-providers`

        A provider that the region has already is no error. Raises `MedusaNotFoundError` for an unknown region or
        provider.
        """
        return self._post(
            AdminRegionsRes,
            "/admin/regions/{id}/payment-providers",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete_payment_provider(self, id: str, provider_id: str, custom_headers: Headers = None) -> AdminRegionsRes:
        """Remove a payment provider from a region. Return the region, as `.region`.

        `DELETE /admin/regions/{id}/payment-providers/{provider_id}`

        A provider that the region does not have is no error. Raises `MedusaNotFoundError` for an unknown region.
        """
        return self._delete(
            AdminRegionsRes,
            "/admin/regions/{id}/payment-providers/{provider_id}",
            id,
            provider_id,
            headers=custom_headers,
        )
