"""Tax rates: where other taxes are due than a region's own."""

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
    """A page of tax rates."""

    tax_rates: list[TaxRate]
    count: int
    """How many tax rates match in all."""
    offset: int
    limit: int


@entity
class AdminTaxRatesDeleteRes(DeleteResponse):
    """The ID of the deleted tax rate."""


class AdminGetTaxRatesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which tax rates to list. All filters that are given must hold."""

    q: str
    """A text to find in the name, in any case. It takes the place of `name`."""
    region_id: str | list[str]
    name: str
    """The whole name, case-sensitive."""
    code: str
    """The whole code, case-sensitive."""
    rate: float | NumericalComparisonOperator
    """Percent, may be fractional."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 50 by default; 0 for all tax rates."""
    offset: int
    """How many tax rates to skip."""


class AdminPostTaxRatesReq(TypedDict):
    """A new tax rate."""

    code: str
    name: str
    region_id: str
    rate: NotRequired[float | None]
    """Percent, may be fractional. The backend sets no upper limit."""
    products: NotRequired[list[str]]
    """The IDs of the products that it applies to."""
    product_types: NotRequired[list[str]]
    """The IDs of the product types that it applies to."""
    shipping_options: NotRequired[list[str]]
    """The IDs of the shipping options that it applies to. They must be of the same region."""


class AdminPostTaxRatesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of the new tax rate."""


class AdminPostTaxRatesTaxRateReq(TypedDict, total=False):
    """What to change of a tax rate."""

    code: str | None
    name: str
    region_id: str
    rate: float | None
    """Percent, may be fractional. The backend sets no upper limit."""
    products: list[str]
    """Replaces the products that it applies to, given by their IDs."""
    product_types: list[str]
    """Replaces the product types that it applies to, given by their IDs."""
    shipping_options: list[str]
    """Replaces the shipping options that it applies to, given by their IDs."""


class AdminPostTaxRatesTaxRateParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of the tax rate."""


def _selection(query: AdminGetTaxRatesTaxRateParams | None, expand: Names, fields: Names) -> Mapping[str, Any]:
    """The query of `retrieve`. Other routes take names with commas, this one takes lists."""
    selected: dict[str, Any] = dict(selection(query, expand=expand, fields=fields))
    for option in selected.keys() - (query or {}).keys():
        selected[option] = [name for name in selected[option].split(",") if name]
    return selected


class AdminTaxRatesResource(AdminTaxRateTargets):
    """Tax rates of regions, for some products, product types or shipping options.

    A region's default rate is its own `tax_rate`. In `query`, `expand` and `fields` are lists on these routes.
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
        """Return the tax rate with this ID, as `.tax_rate`.

        `GET /admin/tax-rates/{id}`

        What the rate applies to comes only if `expand` names it, how many of each only if `fields` does. Raises
        `MedusaNotFoundError` for an unknown ID, and `MedusaServerError` for an unknown name in `expand` or `fields`.
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
        """Return a page of tax rates, as `.tax_rates`, the newest first. A page has 50 tax rates by default.

        `GET /admin/tax-rates`

        `.count` is the number of all tax rates that match. Raises `MedusaInvalidRequestError` for an unknown key or a
        malformed value in `query`, such as a text in the place of a list, and `MedusaServerError` for an unknown name
        in `expand`, `fields` or `order`.
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
        """Return an iterator over all tax rates, which fetches a page when it is needed.

        `GET /admin/tax-rates`

        The tax rates are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
        """Create a tax rate. Return it, as `.tax_rate`.

        `POST /admin/tax-rates`

        Raises `ValueError` for a negative rate. Raises `MedusaInvalidRequestError` for a missing or malformed value and
        for a shipping option of another region, and `MedusaNotFoundError` for an unknown region, product, product type
        or shipping option. Raises `MedusaServerError` if a list is None, or if `query` has an unknown name. In the last
        case, the backend has created the tax rate all the same.
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
        """Change a tax rate. Return it, as `.tax_rate`.

        `POST /admin/tax-rates/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown tax rate and
        what `create` raises, such as `ValueError` for a negative rate. For an unknown name in `query`, the tax rate was
        changed.
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

        The result is the same for an unknown ID.
        """
        return self._delete(AdminTaxRatesDeleteRes, "/admin/tax-rates/{id}", id, headers=custom_headers)
