"""The methods of `admin.products` for the variants of a product."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative

if TYPE_CHECKING:
    from ...models.product import Product
    from ...models.product_variant import ProductVariant
    from ..comparisons import DateComparisonOperator, NumericalComparisonOperator

__all__ = [
    "AdminGetProductsVariantsParams",
    "AdminPostProductsProductVariantsReq",
    "AdminPostProductsProductVariantsVariantReq",
    "AdminProductVariants",
    "AdminProductsDeleteVariantRes",
    "AdminProductsListVariantsRes",
    "AdminProductsRes",
    "ProductVariantOptionReq",
    "ProductVariantPayload",
    "ProductVariantPricesCreateReq",
    "ProductVariantPricesUpdateReq",
]


@entity
class AdminProductsRes(Result):
    """A product."""

    product: Product


@entity
class AdminProductsDeleteVariantRes(Result):
    """The ID of the deleted variant, and the product without it."""

    variant_id: str
    object: str
    """Always "product-variant"."""
    deleted: bool
    """Always true."""
    product: Product


@entity
class AdminProductsListVariantsRes(Result):
    """A page of the variants of a product."""

    variants: list[ProductVariant]
    count: int
    """How many variants match in all."""
    offset: int
    limit: int


class ProductVariantPricesCreateReq(TypedDict):
    """A price of a new variant. It names either a currency or a region."""

    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str]
    """ISO 4217, lower case. It must be one of the store's currencies."""
    region_id: NotRequired[str]
    """The price is in the currency of this region, and counts there alone."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity that has this price."""
    max_quantity: NotRequired[int | None]
    """The largest quantity that has this price."""


class ProductVariantPricesUpdateReq(TypedDict):
    """A price of a variant. It names either a currency or a region."""

    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str | None]
    """ISO 4217, lower case. It must be one of the store's currencies."""
    region_id: NotRequired[str | None]
    """The price is in the currency of this region, and counts there alone."""
    id: NotRequired[str | None]
    """The ID of the price, if the variant has it already. The currency or the region is required all the same."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity that has this price."""
    max_quantity: NotRequired[int | None]
    """The largest quantity that has this price."""


class ProductVariantOptionReq(TypedDict):
    """The value that a variant has for an option, such as the size M."""

    option_id: str
    value: str


class ProductVariantPayload(TypedDict, total=False):
    """What a new or a changed variant may hold."""

    sku: str | None
    ean: str | None
    upc: str | None
    barcode: str | None
    hs_code: str | None
    inventory_quantity: int | None
    """How many are in stock. It may be negative: sales go on below 0 where `allow_backorder` is true."""
    allow_backorder: bool | None
    """Whether it can be sold when it is out of stock. False by default."""
    manage_inventory: bool | None
    """Whether Medusa counts the stock. True by default."""
    weight: int | None
    """In the unit that the shop uses. Neither it nor a length may be fractional."""
    length: int | None
    height: int | None
    width: int | None
    origin_country: str | None
    mid_code: str | None
    material: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminPostProductsProductVariantsReq(ProductVariantPayload):
    """A new variant of a product, with the keys of `ProductVariantPayload`."""

    title: str
    prices: list[ProductVariantPricesCreateReq]
    options: NotRequired[list[ProductVariantOptionReq] | None]
    """A value for each option of the product. No other variant may have the same values."""


class AdminPostProductsProductVariantsVariantReq(ProductVariantPayload, total=False):
    """What to change of a variant, with the keys of `ProductVariantPayload`."""

    title: str | None
    prices: list[ProductVariantPricesUpdateReq] | None
    """All prices that the variant has from now on: the others are deleted, with an empty list all of them."""
    options: list[ProductVariantOptionReq] | None


class AdminGetProductsVariantsParams(TypedDict, total=False):
    """Which variants of a product to list. All filters that are given must hold."""

    q: str
    """A text in the title or the SKU of the variant, in any case."""
    id: str | list[str]
    inventory_quantity: int | NumericalComparisonOperator
    manage_inventory: bool
    allow_backorder: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    expand: str
    """Relations to send instead of `options` and `prices`, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 100 by default; 0 for all variants."""
    offset: int
    """How many variants to skip."""


class AdminProductVariants(Resource):
    """The methods of `admin.products` for the variants of a product."""

    def create_variant(
        self, id: str, payload: AdminPostProductsProductVariantsReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Add a variant to a product. Return the product, as `.product`, with all its `variants`.

        `POST /admin/products/{id}/variants`

        Raises `ValueError` for a negative price. Raises `MedusaInvalidRequestError` for a missing or malformed value,
        an unknown product, currency or region, a SKU that another variant has, `options` that lack one of the
        product's options, and options that another variant has.
        """
        check_not_negative(payload, "prices[].amount")
        route = "/admin/products/{id}/variants"
        return self._post(AdminProductsRes, route, id, json=payload, headers=custom_headers)

    def update_variant(
        self,
        id: str,
        variant_id: str,
        payload: AdminPostProductsProductVariantsVariantReq,
        custom_headers: Headers = None,
    ) -> AdminProductsRes:
        """Change a variant. Return the product with the first ID, as `.product`, with its `variants`.

        `POST /admin/products/{id}/variants/{variant_id}`

        Keys that the payload leaves out keep their values; None clears a value. `prices` replaces all prices, and
        `prices=[]` deletes them. Then the backend still shows the old ones for half a minute, except in
        `list_variants`. It does not check that the variant belongs to the product.

        Raises `ValueError` for a negative price, `MedusaNotFoundError` for an unknown product, variant, currency or
        option, `MedusaInvalidRequestError` for a malformed value and for a SKU that another variant has, and
        `MedusaServerError` for a price with an unknown region, or with an ID but no currency and no region, and for a
        quantity, weight or length that is a fraction.
        """
        check_not_negative(payload, "prices[].amount")
        return self._post(
            AdminProductsRes,
            "/admin/products/{id}/variants/{variant_id}",
            id,
            variant_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=(
                "inventory_quantity, the weight or a length is not a whole number, or a price has an unknown region, or"
                " neither a currency nor a region"
            ),
        )

    def delete_variant(self, id: str, variant_id: str, custom_headers: Headers = None) -> AdminProductsDeleteVariantRes:
        """Delete a variant. Return its ID, as `.variant_id`, and the product with the first ID, as `.product`.

        `DELETE /admin/products/{id}/variants/{variant_id}`

        The backend does not check that the variant belongs to the product: it deletes that of another product, too. The
        result is the same for an unknown variant. Raises `MedusaNotFoundError` for an unknown product.
        """
        route = "/admin/products/{id}/variants/{variant_id}"
        return self._delete(AdminProductsDeleteVariantRes, route, id, variant_id, headers=custom_headers)

    def list_variants(
        self, id: str, query: AdminGetProductsVariantsParams | None = None, custom_headers: Headers = None
    ) -> AdminProductsListVariantsRes:
        """Return a page of the variants of a product, as `.variants`. A page has 100 variants by default.

        `GET /admin/products/{id}/variants`

        Variants that were made in one call come in any order: two pages can repeat and lose some. Pass `order="id"`, or
        use `iterate_variants`. The list is empty for an unknown product. Raises `MedusaInvalidRequestError` for an
        unknown key or a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields`
        or `order`.
        """
        return self._get(
            AdminProductsListVariantsRes,
            "/admin/products/{id}/variants",
            id,
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate_variants(
        self,
        id: str,
        query: AdminGetProductsVariantsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ProductVariant]:
        """Return an iterator over all variants of a product, which fetches a page when it is needed.

        `GET /admin/products/{id}/variants`

        The variants are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        variants, such as `created_at`, is not stable. Raises what `list_variants` raises.
        """
        return iterate(
            partial(self.list_variants, id),
            "variants",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
