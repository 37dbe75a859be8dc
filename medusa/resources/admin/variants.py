"""Variants of all products: list them with their prices and their stock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.inventory import VariantInventory
    from ...models.product_variant import ProductVariant
    from ..comparisons import NumericalComparisonOperator

__all__ = [
    "AdminGetVariantParams",
    "AdminGetVariantsParams",
    "AdminGetVariantsVariantInventoryRes",
    "AdminVariantsListRes",
    "AdminVariantsRes",
    "AdminVariantsResource",
]


@entity
class AdminVariantsListRes(Result):
    """A page of variants. The backend does not send its `offset` and `limit`."""

    variants: list[ProductVariant]
    count: int
    """How many variants match in all."""


@entity
class AdminVariantsRes(Result):
    """A variant."""

    variant: ProductVariant


@entity
class AdminGetVariantsVariantInventoryRes(Result):
    """The stock of a variant."""

    variant: VariantInventory


class AdminGetVariantsParams(TypedDict, total=False):
    """Which variants to list. All filters that are given must hold."""

    q: str
    """A text in the title or SKU of the variant or in the title of the product, in any case."""
    id: str | list[str]
    title: str | list[str]
    """The whole title, case-sensitive."""
    inventory_quantity: int | NumericalComparisonOperator
    manage_inventory: bool
    allow_backorder: bool
    customer_id: str
    """Calculate prices for this customer, with the price lists of the customer's groups. It filters nothing."""
    cart_id: str
    """Calculate prices for the region and the customer of this cart. It filters nothing."""
    region_id: str
    """Calculate prices and taxes for this region. It filters nothing."""
    currency_code: str
    """Calculate prices in this currency, without taxes. It filters nothing."""
    expand: str
    """Relations to send instead of `product`, `prices` and `options`, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 20 by default; 0 for all variants."""
    offset: int
    """How many variants to skip."""


class AdminGetVariantParams(TypedDict, total=False):
    """What to send of a variant."""

    expand: str
    """Relations to send instead of `product`, `prices` and `options`, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminVariantsResource(Resource):
    """Variants of products. `products.create_variant` and its neighbours make and change them.

    Amounts are integers in the smallest currency unit, rates are percentages, timestamps are UTC. `prices` holds all
    prices of a variant. These seven fields are null unless the list names a cart, a region or a currency:
    `calculated_price`, `calculated_price_incl_tax`, `calculated_tax`, `original_price`, `original_price_incl_tax`,
    `original_tax` and `tax_rates`.
    """

    def list(self, query: AdminGetVariantsParams | None = None, custom_headers: Headers = None) -> AdminVariantsListRes:
        """Return a page of the variants of all products, as `.variants`. A page has 20 variants by default.

        `GET /admin/variants`

        The newest variants come first, those of one product in any order: two pages can repeat and lose some. Pass
        `order="id"`, or use `iterate`. Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in
        `query`, `MedusaNotFoundError` for an unknown region or cart, and `MedusaServerError` for an unknown name in
        `expand`, `fields` or `order`.
        """
        return self._get(
            AdminVariantsListRes,
            "/admin/variants",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetVariantsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductVariant]:
        """Return an iterator over the variants of all products, which fetches a page when it is needed.

        `GET /admin/variants`

        The variants are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        variants, such as `created_at`, is not stable. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "variants",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def retrieve(
        self,
        id: str,
        query: AdminGetVariantParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminVariantsRes:
        """Return the variant with this ID, as `.variant`, with its `product`, `prices` and `options`.

        `GET /admin/variants/{id}`

        `expand` and `fields` stand in `query` or are arguments of their own; a `ValueError` refuses one that is given
        in both ways. Raises `MedusaNotFoundError` for an unknown ID and `MedusaServerError` for an unknown name in
        `expand` or `fields`.
        """
        return self._get(
            AdminVariantsRes,
            "/admin/variants/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def get_inventory(self, variant_id: str, custom_headers: Headers = None) -> AdminGetVariantsVariantInventoryRes:
        """Return the stock of a variant, as `.variant`: at each location, and what each sales channel can sell.

        `GET /admin/variants/{variant_id}/inventory`

        `.variant.inventory` holds the inventory items with their `location_levels`, and
        `.variant.sales_channel_availability` how many of the variant each sales channel can sell. Needs the inventory
        module: without it this raises `MedusaServerError`. Raises `MedusaNotFoundError` for an unknown variant.
        """
        return self._get(
            AdminGetVariantsVariantInventoryRes,
            "/admin/variants/{variant_id}/inventory",
            variant_id,
            headers=custom_headers,
            causes_of_500="the backend has no inventory module",
        )
