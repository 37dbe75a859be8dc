"""Tax rates: exceptions from the default tax rate of a region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Result, selection
from ..pages import iterate
from .checks import check_not_negative
from .deletion import DeleteResponse
from .tax_rate_targets import UNKNOWN_NAME, AdminGetTaxRatesTaxRateParams, AdminTaxRatesRes, AdminTaxRateTargets

if TYPE_CHECKING:
    from ...models.tax import TaxRate
    from ..comparisons import DateComparisonOperator, NumericalComparisonOperator

__all__ = [
    "AdminGetTaxRatesParams",
    "AdminPostTaxRatesParams",
    "AdminPostTaxRatesReq",
    "AdminPostTaxRatesTaxRateParams",
    "AdminPostTaxRatesTaxRateReq",
    "AdminTaxRatesDeleteRes",
    "AdminTaxRatesListRes",
    "AdminTaxRatesResource",
]


@entity
class AdminTaxRatesListRes(Result):
    """Response with a page of tax rates."""

    tax_rates: list[TaxRate]
    count: int
    """The number of matching tax rates on all pages."""
    offset: int
    limit: int


@entity
class AdminTaxRatesDeleteRes(DeleteResponse):
    """Response with the ID of the deleted tax rate."""


class AdminGetTaxRatesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Options of `admin.tax_rates.list`. A tax rate must match all filters."""

    q: str
    """Text to find in the name, ignoring case. The backend then ignores `name`."""
    region_id: str | list[str]
    name: str
    """The exact name, case-sensitive."""
    code: str
    """The exact code, case-sensitive."""
    rate: float | NumericalComparisonOperator
    """Percent. Fractions are allowed."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of tax rates to return. The default is 50; 0 returns all."""
    offset: int
    """The number of tax rates to skip."""


class AdminPostTaxRatesReq(TypedDict):
    """Payload of `admin.tax_rates.create`."""

    code: str
    name: str
    region_id: str
    rate: NotRequired[float | None]
    """Percent. Fractions are allowed. The backend sets no upper limit."""
    products: NotRequired[list[str]]
    """The IDs of the products that the rate applies to."""
    product_types: NotRequired[list[str]]
    """The IDs of the product types that the rate applies to."""
    shipping_options: NotRequired[list[str]]
    """The IDs of the shipping options that the rate applies to. They must be in the same region."""


class AdminPostTaxRatesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of the new tax rate to return."""


class AdminPostTaxRatesTaxRateReq(TypedDict, total=False):
    """Payload of `admin.tax_rates.update`. Keys that you leave out keep their values."""

    code: str | None
    name: str
    region_id: str
    rate: float | None
    """Percent. Fractions are allowed. The backend sets no upper limit."""
    products: list[str]
    """The IDs of the products that the rate applies to. They replace the current ones."""
    product_types: list[str]
    """The IDs of the product types that the rate applies to. They replace the current ones."""
    shipping_options: list[str]
    """The IDs of the shipping options that the rate applies to. They replace the current ones."""


class AdminPostTaxRatesTaxRateParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of the tax rate to return."""


def _selection(query: AdminGetTaxRatesTaxRateParams | None, expand: Names, fields: Names) -> Mapping[str, Any]:
    """Return the query of `retrieve`. Unlike other routes, this route takes lists instead of comma-separated names."""
    selected: dict[str, Any] = dict(selection(query, expand=expand, fields=fields))
    for option in selected.keys() - (query or {}).keys():
        selected[option] = [name for name in selected[option].split(",") if name]
    return selected


class AdminTaxRatesResource(AdminTaxRateTargets):
    """Tax rates of regions for some products, product types or shipping options.

    The default rate of a region is its `tax_rate`. On these routes, `expand` and `fields` in `query` are lists.
    """

    def retrieve(
        self,
        id: str,
        query: AdminGetTaxRatesTaxRateParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminTaxRatesRes:
        """Return the tax rate with this ID as `.tax_rate`.

        `GET /admin/tax-rates/{id}`

        The response includes what the rate applies to only if `expand` names it, and the counts only if `fields` names
        them.

        Raises `MedusaNotFoundError` if no tax rate has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
        """
        return self._get(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}",
            id,
            query=_selection(query, expand, fields),
            headers=custom_headers,
            causes_of_500=UNKNOWN_NAME,
        )

    def list(self, query: AdminGetTaxRatesParams | None = None, custom_headers: Headers = None) -> AdminTaxRatesListRes:
        """Return a page of tax rates as `.tax_rates`, newest first.

        `GET /admin/tax-rates`

        A page has 50 tax rates by default. `.count` is the number of all tax rates that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value, such as a string
        instead of a list. Raises `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if
        `limit` or `offset` is negative.
        """
        return self._get(
            AdminTaxRatesListRes,
            "/admin/tax-rates",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetTaxRatesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[TaxRate]:
        """Return an iterator over all tax rates. Each page is fetched when it is needed.

        `GET /admin/tax-rates`

        The tax rates are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "tax_rates",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def create(
        self,
        payload: AdminPostTaxRatesReq,
        query: AdminPostTaxRatesParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Create a tax rate and return it as `.tax_rate`.

        `POST /admin/tax-rates`

        Raises `ValueError` if the rate is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, or if a shipping option is in another region. Raises `MedusaNotFoundError` if the region, a product,
        a product type or a shipping option does not exist. Raises `MedusaServerError` if a list is None, or if `expand`
        or `fields` contains an unknown name. The backend notices such a name only after it has made the change.
        """
        check_not_negative(payload, "rate")
        return self._post(
            AdminTaxRatesRes,
            "/admin/tax-rates",
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=f"{UNKNOWN_NAME}, or a list is null",
        )

    def update(
        self,
        id: str,
        payload: AdminPostTaxRatesTaxRateReq,
        query: AdminPostTaxRatesTaxRateParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Change a tax rate and return it as `.tax_rate`.

        `POST /admin/tax-rates/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no tax rate has this ID. Raises the same errors as `create`.
        """
        check_not_negative(payload, "rate")
        return self._post(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=f"{UNKNOWN_NAME}, or a list is null",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminTaxRatesDeleteRes:
        """Delete a tax rate.

        `DELETE /admin/tax-rates/{id}`

        The result is the same if no tax rate has this ID.
        """
        return self._delete(AdminTaxRatesDeleteRes, "/admin/tax-rates/{id}", id, headers=custom_headers)
