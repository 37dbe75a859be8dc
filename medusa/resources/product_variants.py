"""Product variants: retrieve and list them."""

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
    """Response with one variant."""

    variant: ProductVariant


@entity
class StoreVariantsListRes(Result):
    """Response with a page of variants. The backend does not return the total number of variants."""

    variants: list[ProductVariant]


class StoreGetVariantsParams(TypedDict):
    """Options of `products.variants.list`. A variant must match all filters."""

    limit: NotRequired[int]
    """The maximum number of variants to return. The default is 100; 0 returns all."""
    offset: NotRequired[int]
    """The number of variants to skip."""
    ids: NotRequired[str]
    """Variant IDs, separated by commas. If given, the backend ignores `id`."""
    sales_channel_id: NotRequired[str]
    """The sales channel that `purchasable` is calculated for, on a backend with the inventory module. It does not
    filter the variants."""
    id: NotRequired[str | list[str]]
    """The ID of a variant, or a list of IDs."""
    title: NotRequired[str | list[str]]
    """The exact title, or a list of titles. It is case-sensitive."""
    inventory_quantity: NotRequired[int | NumericalComparisonOperator]
    """The number of units in stock, or limits for it."""
    cart_id: NotRequired[str]
    """Calculate prices for the region and the customer of this cart."""
    region_id: NotRequired[str]
    """Calculate prices and taxes for this region."""
    currency_code: NotRequired[str]
    """Calculate prices in this currency, without taxes. ISO 4217 code."""
    expand: NotRequired[str]
    """Relations to return instead of the default ones, separated by commas."""
    fields: NotRequired[str]
    """Fields to return instead of all fields, separated by commas."""


class ProductVariantsResource(Resource):
    """Variants of products.

    Amounts are integers in the smallest currency unit, rates are percentages, and timestamps are in UTC.

    The backend calculates these seven fields only if the request specifies a cart, a region or a currency:
    `calculated_price`, `calculated_price_incl_tax`, `calculated_tax`, `original_price`, `original_price_incl_tax`,
    `original_tax` and `tax_rates`. Otherwise, they are None. If the request specifies only a currency, or if the region
    has no automatic taxes, the tax fields are None. If a variant has no price in the currency, the response does not
    include the seven fields, and reading them raises `NotLoadedError`.

    `purchasable` is loaded only if the backend has the inventory module.
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
        """Return the variant with this ID as `.variant`.

        `GET /store/variants/{id}`

        `region_id`, `currency_code` or `cart_id` specifies what prices are calculated for. Without one of them,
        calculated prices are None. On a backend with the inventory module, `sales_channel_id` specifies the sales
        channel that `purchasable` is calculated for.

        Raises `MedusaNotFoundError` if no variant, region or cart has the given ID. Raises `MedusaInvalidRequestError`
        if `expand` contains an unknown name. Raises `MedusaServerError` if `fields` contains an unknown name.
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
        """Return a page of the variants of all products as `.variants`.

        `GET /store/variants`

        A page has 100 variants by default. The newest variants come first. The list includes the variants of drafts.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, or if
        `expand` contains an unknown name. Raises `MedusaNotFoundError` if the region or the cart does not exist. Raises
        `MedusaServerError` if `fields` contains an unknown name, or if `limit` or `offset` is negative.
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
        """Return an iterator over all variants. Each page is fetched when it is needed.

        `GET /store/variants`

        The newest variants come first. The route does not accept `order`. Variants that were created at the same
        moment, such as the variants of one product, are assigned to pages by their IDs. Each variant is therefore
        returned once, but the order of such variants within a page is not stable. If `expand` contains neither
        `options` nor `product`, the order is not stable at all.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list, "variants", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
