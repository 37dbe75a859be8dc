"""Regions: countries that share a currency, taxes, and ways to pay and to ship."""

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
    """Response with one region."""

    region: Region


@entity
class AdminRegionsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted region."""


@entity
class AdminRegionsListRes(Result):
    """Response with a page of regions."""

    regions: list[Region]
    count: int
    """The number of matching regions on all pages."""
    offset: int
    limit: int


@entity
class AdminGetRegionsRegionFulfillmentOptionsRes(Result):
    """Response with the options that the fulfillment providers of a region offer."""

    fulfillment_options: list[FulfillmentOption]


class AdminPostRegionsReq(TypedDict):
    """Payload of `admin.regions.create`."""

    name: str
    currency_code: str
    """ISO 4217 code in any case. The store must have this currency."""
    tax_rate: float
    """Percent, from 0 to 100. Fractions are allowed."""
    tax_code: NotRequired[str | None]
    payment_providers: list[str]
    """The IDs of the payment providers. `admin.store.list_payment_providers()` lists them."""
    fulfillment_providers: list[str]
    """The IDs of the fulfillment providers. `admin.store.retrieve()` lists them."""
    countries: list[str]
    """ISO 3166-1 alpha-2 codes in any case. A country can be in only one region."""
    includes_tax: NotRequired[bool]
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing accepts this key."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostRegionsRegionReq(TypedDict, total=False):
    """Payload of `admin.regions.update`. Keys that you leave out keep their values."""

    name: str
    currency_code: str
    """ISO 4217 code in any case. The store must have this currency."""
    tax_rate: float
    """Percent, from 0 to 100. Fractions are allowed."""
    tax_code: str | None
    gift_cards_taxable: bool
    """Whether gift cards are taxed when customers buy them."""
    automatic_taxes: bool
    """Whether taxes are calculated each time a cart changes."""
    tax_provider_id: str | None
    """None selects Medusa's own tax calculation."""
    payment_providers: list[str]
    """The IDs of the payment providers. They replace the current ones. An empty list removes all."""
    fulfillment_providers: list[str]
    """The IDs of the fulfillment providers. They replace the current ones. An empty list removes all."""
    countries: list[str]
    """ISO 3166-1 alpha-2 codes in any case. They replace the current countries."""
    includes_tax: bool
    """Whether prices of the region include tax. Only a backend with tax-inclusive pricing accepts this key."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminGetRegionsRegionParams(TypedDict, total=False):
    """Which relations and fields of a region to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas: `countries`, `currency`,
    `fulfillment_providers`, `payment_providers`.
    """
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminGetRegionsParams(TypedDict, total=False):
    """Options of `admin.regions.list`. A region must match all filters."""

    q: str
    """Text to find in the name, ignoring case."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    expand: str
    """Relations to return instead of the default ones, separated by commas: `countries`, `currency`,
    `fulfillment_providers`, `payment_providers`.
    """
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    limit: int
    """The maximum number of regions to return. The default is 50; 0 returns all."""
    offset: int
    """The number of regions to skip."""


class AdminPostRegionsRegionCountriesReq(TypedDict):
    """The country to add to a region."""

    country_code: str
    """ISO 3166-1 alpha-2 code in any case."""


class AdminPostRegionsRegionFulfillmentProvidersReq(TypedDict):
    """The fulfillment provider to add to a region."""

    provider_id: str


class AdminPostRegionsRegionPaymentProvidersReq(TypedDict):
    """The payment provider to add to a region."""

    provider_id: str


class AdminRegionsResource(Resource):
    """Regions."""

    def create(self, payload: AdminPostRegionsReq, custom_headers: Headers = None) -> AdminRegionsRes:
        """Create a region and return it as `.region`.

        `POST /admin/regions`

        Raises `MedusaInvalidRequestError` if the store does not have the currency, a country or provider is unknown, a
        country is in another region, the tax rate is below 0 or above 100, or a value is missing or malformed.
        """
        return self._post(AdminRegionsRes, "/admin/regions", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminPostRegionsRegionReq, custom_headers: Headers = None) -> AdminRegionsRes:
        """Change a region and return it as `.region`.

        `POST /admin/regions/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no region has this ID. Raises the same errors as `create`.
        """
        return self._post(
            AdminRegionsRes, "/admin/regions/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminRegionsDeleteRes:
        """Delete a region. Its countries can then be added to other regions.

        `DELETE /admin/regions/{id}`

        Raises `MedusaNotFoundError` if no region has this ID or the region was already deleted.
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
        """Return the region with this ID as `.region`, with its countries, its currency and its providers.

        `GET /admin/regions/{id}`

        Raises `MedusaNotFoundError` if no region has this ID. Raises `MedusaInvalidRequestError` if `expand` contains
        an unknown name. Raises `MedusaServerError` if `fields` contains an unknown name.
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
        """Return a page of regions as `.regions`, newest first.

        `GET /admin/regions`

        A page has 50 regions by default. `.count` is the number of all regions that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key, a malformed value, or an unknown name in
        `expand`. Raises `MedusaServerError` if `fields` or `order` contains an unknown name, or if `limit` or `offset`
        is negative.
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
        """Return an iterator over all regions. Each page is fetched when it is needed.

        `GET /admin/regions`

        The regions are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Add a country to a region and return the region as `.region`.

        `POST /admin/regions/{id}/countries`

        If the region already has the country, the call changes nothing and raises no error.

        Raises `MedusaInvalidRequestError` if the country is unknown or in another region. Raises `MedusaNotFoundError`
        if no region has this ID.
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
        """Remove a country from a region and return the region as `.region`.

        `DELETE /admin/regions/{id}/countries/{country_code}`

        `country_code` is the ISO 3166-1 alpha-2 code in lower case. If the region does not have the country, the call
        changes nothing and raises no error.

        Raises `MedusaNotFoundError` if no region has this ID.
        """
        return self._delete(
            AdminRegionsRes, "/admin/regions/{id}/countries/{country_code}", id, country_code, headers=custom_headers
        )

    def add_fulfillment_provider(
        self, id: str, payload: AdminPostRegionsRegionFulfillmentProvidersReq, custom_headers: Headers = None
    ) -> AdminRegionsRes:
        """Add a fulfillment provider to a region and return the region as `.region`.

        `POST /admin/regions/{id}/fulfillment-providers`

        If the region already has the provider, the call changes nothing and raises no error.

        Raises `MedusaNotFoundError` if the region or the provider does not exist.
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
        """Remove a fulfillment provider from a region and return the region as `.region`.

        `DELETE /admin/regions/{id}/fulfillment-providers/{provider_id}`

        If the region does not have the provider, the call changes nothing and raises no error.

        Raises `MedusaNotFoundError` if no region has this ID.
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
        """Return the options that the fulfillment providers of a region offer as `.fulfillment_options`.

        `GET /admin/regions/{id}/fulfillment-options`

        Use one of the `options` of a provider as the `data` of a shipping option.

        Raises `MedusaNotFoundError` if no region has this ID.
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
        """Add a payment provider to a region and return the region as `.region`.

        `POST /admin/regions/{id}/payment-providers`

        If the region already has the provider, the call changes nothing and raises no error.

        Raises `MedusaNotFoundError` if the region or the provider does not exist.
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
        """Remove a payment provider from a region and return the region as `.region`.

        `DELETE /admin/regions/{id}/payment-providers/{provider_id}`

        If the region does not have the provider, the call changes nothing and raises no error.

        Raises `MedusaNotFoundError` if no region has this ID.
        """
        return self._delete(
            AdminRegionsRes,
            "/admin/regions/{id}/payment-providers/{provider_id}",
            id,
            provider_id,
            headers=custom_headers,
        )
