"""Variants of products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product_variant import ProductVariant
    from .comparisons import NumericalComparisonOperator

__all__ = ["ProductVariantsResource", "StoreGetVariantsParams", "StoreVariantsListRes", "StoreVariantsRes"]


@entity
class StoreVariantsRes(Result):
    """A variant."""

    variant: ProductVariant


@entity
class StoreVariantsListRes(Result):
    """A page of variants. The backend does not tell how many there are."""

    variants: list[ProductVariant]


class StoreGetVariantsParams(TypedDict):
    """Which variants to list. All filters that are given must hold."""

    limit: NotRequired[int]
    """The size of the page, 100 by default; 0 for all variants."""
    offset: NotRequired[int]
    """How many variants to skip."""
    ids: NotRequired[str]
    """IDs separated by commas. They replace `id`."""
    sales_channel_id: NotRequired[str]
    """Where `purchasable` looks for stock, on a backend with the inventory module. It filters nothing."""
    id: NotRequired[str | list[str]]
    title: NotRequired[str | list[str]]
    """The whole title, case-sensitive."""
    inventory_quantity: NotRequired[int | NumericalComparisonOperator]
    cart_id: NotRequired[str]
    """Calculate prices for the region and the customer of this cart."""
    region_id: NotRequired[str]
    """Calculate prices and taxes for this region."""
    currency_code: NotRequired[str]
    """Calculate prices in this currency, without taxes."""
    expand: NotRequired[str]
    """Relations to send instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to send instead of all, separated by commas."""


class ProductVariantsResource(Resource):
    """Variants of products.

    Amounts are integers in the smallest currency unit, rates are percentages, timestamps are UTC. These seven fields
    are null unless the request names a cart, a region or a currency: `calculated_price`, `calculated_price_incl_tax`,
    `calculated_tax`, `original_price`, `original_price_incl_tax`, `original_tax` and `tax_rates`. With a currency
    alone, or in a region without automatic taxes, the fields of taxes are null. A variant that has no price in the
    currency comes without these seven fields: reading them raises `NotLoadedError`. `purchasable` is loaded only if the
    backend has the inventory module.
    """

    def retrieve(
        self,
        id: str,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
        region_id: str | None = None,
        currency_code: str | None = None,
        cart_id: str | None = None,
        sales_channel_id: str | None = None,
    ) -> StoreVariantsRes:
        """Return the variant with this ID, as `.variant`.

        `GET /store/variants/{id}`

        `region_id`, `currency_code` or `cart_id` sets what prices are calculated for; without them they are null.
        `sales_channel_id` sets where `purchasable` looks for stock.

        Raises `MedusaNotFoundError` for an unknown ID, region or cart, `MedusaInvalidRequestError` for an unknown name
        in `expand`, and `MedusaServerError` for one in `fields`.
        """
        query = selection(
            expand=expand,
            fields=fields,
            region_id=region_id,
            currency_code=currency_code,
            cart_id=cart_id,
            sales_channel_id=sales_channel_id,
        )
        return self._get(
            StoreVariantsRes,
            "/store/variants/{id}",
            id,
            query=query,
            headers=custom_headers,
            causes_of_500="fields has an unknown name",
        )

    def list(self, query: StoreGetVariantsParams | None = None, custom_headers: Headers = None) -> StoreVariantsListRes:
        """Return a page of the variants of all products, as `.variants`. A page has 100 variants by default.

        `GET /store/variants`

        The newest variants come first. The variants of drafts are included. Raises `MedusaInvalidRequestError` for an
        unknown key, a value of the wrong type or an unknown name in `expand`, `MedusaNotFoundError` for an unknown
        region or cart, and `MedusaServerError` for an unknown name in `fields`.
        """
        return self._get(
            StoreVariantsListRes,
            "/store/variants",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="fields has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: StoreGetVariantsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductVariant]:
        """Return an iterator over all variants, which fetches a page when it is needed.

        `GET /store/variants`

        The newest variants come first. The route takes no `order`. Variants of the same moment, such as those of one
        product, are divided into pages by their IDs, so that each comes once, but they come in any order within a page.
        The order is not stable if `expand` names neither `options` nor `product`. Raises what `list` raises.
        """
        return iterate(
            self.list, "variants", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
