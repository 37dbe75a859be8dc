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
    """Response with a page of variants. The backend does not return its `offset` and `limit`."""

    variants: list[ProductVariant]
    count: int
    """The number of matching variants on all pages."""


@entity
class AdminVariantsRes(Result):
    """Response with one variant."""

    variant: ProductVariant


@entity
class AdminGetVariantsVariantInventoryRes(Result):
    """Response with the stock of a variant."""

    variant: VariantInventory


class AdminGetVariantsParams(TypedDict, total=False):
    """Options of `admin.variants.list`. A variant must match all filters."""

    q: str
    """Text to find in the title or SKU of the variant or in the title of the product, ignoring case."""
    id: str | list[str]
    title: str | list[str]
    """The exact title, case-sensitive."""
    inventory_quantity: int | NumericalComparisonOperator
    manage_inventory: bool
    allow_backorder: bool
    customer_id: str
    """The customer to calculate prices for. The price lists of the customer's groups apply. This key does not filter
    the list.
    """
    cart_id: str
    """The cart whose region and customer to calculate prices for. This key does not filter the list."""
    region_id: str
    """The region to calculate prices and taxes for. This key does not filter the list."""
    currency_code: str
    """The currency to calculate prices in, without taxes. This key does not filter the list."""
    expand: str
    """Relations to return instead of `product`, `prices` and `options`, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of variants to return. The default is 20; 0 returns all."""
    offset: int
    """The number of variants to skip."""


class AdminGetVariantParams(TypedDict, total=False):
    """Which relations and fields of a variant to return."""

    expand: str
    """Relations to return instead of `product`, `prices` and `options`, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminVariantsResource(Resource):
    """Variants of products. `products.create_variant`, `update_variant` and `delete_variant` change them.

    Amounts are integers in the smallest currency unit, rates are percentages, and timestamps are in UTC. `prices`
    contains all prices of a variant. These seven fields are None unless the query of the list contains a cart, a region
    or a currency: `calculated_price`, `calculated_price_incl_tax`, `calculated_tax`, `original_price`,
    `original_price_incl_tax`, `original_tax` and `tax_rates`.
    """

    def list(self, query: AdminGetVariantsParams | None = None, custom_headers: Headers = None) -> AdminVariantsListRes:
        """Return a page of the variants of all products as `.variants`, newest first.

        `GET /admin/variants`

        A page has 20 variants by default. The order of variants of one product is not defined, so pages can repeat or
        miss some of them. Pass `order="id"` or use `iterate` to avoid this.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaNotFoundError` if the region or the cart does not exist. Raises `MedusaServerError` if `expand`, `fields`
        or `order` contains an unknown name, or if `limit` or `offset` is negative.
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
        """Return an iterator over the variants of all products. Each page is fetched when it is needed.

        `GET /admin/variants`

        The variants are sorted by ID unless `query` has an `order`. If several variants have the same value in the
        field of `order`, such as `created_at`, their order is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Return the variant with this ID as `.variant`, with its `product`, `prices` and `options`.

        `GET /admin/variants/{id}`

        Pass `expand` and `fields` either in `query` or as arguments.

        Raises `MedusaNotFoundError` if no variant has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name. Raises `ValueError` if an option is given both in `query` and as an argument.
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
        """Return the stock of a variant as `.variant`: per location, and per sales channel.

        `GET /admin/variants/{variant_id}/inventory`

        `.variant.inventory` contains the inventory items with their `location_levels`.
        `.variant.sales_channel_availability` contains the quantity that each sales channel can sell.

        Raises `MedusaNotFoundError` if no variant has this ID. Raises `MedusaServerError` if the backend has no
        inventory module.
        """
        return self._get(
            AdminGetVariantsVariantInventoryRes,
            "/admin/variants/{variant_id}/inventory",
            variant_id,
            headers=custom_headers,
            causes_of_500="the backend has no inventory module",
        )
