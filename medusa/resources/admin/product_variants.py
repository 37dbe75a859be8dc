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
    """Response with one product."""

    product: Product


@entity
class AdminProductsDeleteVariantRes(Result):
    """Response with the ID of the deleted variant, and the product without it."""

    variant_id: str
    object: str
    """Always "product-variant"."""
    deleted: bool
    """Always true."""
    product: Product


@entity
class AdminProductsListVariantsRes(Result):
    """Response with a page of the variants of a product."""

    variants: list[ProductVariant]
    count: int
    """The number of matching variants on all pages."""
    offset: int
    limit: int


class ProductVariantPricesCreateReq(TypedDict):
    """A price of a new variant. It must have either a currency or a region."""

    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str]
    """ISO 4217 code in lower case. The store must have this currency."""
    region_id: NotRequired[str]
    """The price is in the region's currency and applies only in this region."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity to which the price applies."""
    max_quantity: NotRequired[int | None]
    """The largest quantity to which the price applies."""


class ProductVariantPricesUpdateReq(TypedDict):
    """A price of a variant. It must have either a currency or a region."""

    amount: int
    """Smallest currency unit, at least 0."""
    currency_code: NotRequired[str | None]
    """ISO 4217 code in lower case. The store must have this currency."""
    region_id: NotRequired[str | None]
    """The price is in the region's currency and applies only in this region."""
    id: NotRequired[str | None]
    """The ID of the price if the variant already has it. The currency or the region is still required."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity to which the price applies."""
    max_quantity: NotRequired[int | None]
    """The largest quantity to which the price applies."""


class ProductVariantOptionReq(TypedDict):
    """The value that a variant has for an option, such as the size M."""

    option_id: str
    value: str


class ProductVariantPayload(TypedDict, total=False):
    """The keys of a new or changed variant."""

    sku: str | None
    ean: str | None
    upc: str | None
    barcode: str | None
    hs_code: str | None
    inventory_quantity: int | None
    """The quantity in stock. It can become negative if `allow_backorder` is true."""
    allow_backorder: bool | None
    """Whether the variant can be sold when it is out of stock. False by default."""
    manage_inventory: bool | None
    """Whether Medusa tracks the stock. True by default."""
    weight: int | None
    """In the unit that the shop uses. Weights and lengths must be whole numbers."""
    length: int | None
    height: int | None
    width: int | None
    origin_country: str | None
    mid_code: str | None
    material: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminPostProductsProductVariantsReq(ProductVariantPayload):
    """A new variant of a product, with the keys of `ProductVariantPayload`."""

    title: str
    prices: list[ProductVariantPricesCreateReq]
    options: NotRequired[list[ProductVariantOptionReq] | None]
    """A value for each option of the product. No other variant may have the same combination of values."""


class AdminPostProductsProductVariantsVariantReq(ProductVariantPayload, total=False):
    """Changes to a variant, with the keys of `ProductVariantPayload`."""

    title: str | None
    prices: list[ProductVariantPricesUpdateReq] | None
    """All prices of the variant. The list replaces the current prices, and an empty list deletes all of them."""
    options: list[ProductVariantOptionReq] | None


class AdminGetProductsVariantsParams(TypedDict, total=False):
    """Options of `admin.products.list_variants`. A variant must match all filters."""

    q: str
    """Text to find in the title or the SKU of the variant, ignoring case."""
    id: str | list[str]
    inventory_quantity: int | NumericalComparisonOperator
    manage_inventory: bool
    allow_backorder: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    expand: str
    """Relations to return instead of `options` and `prices`, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of variants to return. The default is 100; 0 returns all."""
    offset: int
    """The number of variants to skip."""


class AdminProductVariants(Resource):
    """The methods of `admin.products` for the variants of a product."""

    def create_variant(
        self, id: str, payload: AdminPostProductsProductVariantsReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Add a variant to a product and return the product as `.product`, with all its `variants`.

        `POST /admin/products/{id}/variants`

        Raises `ValueError` if a price is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, if the product, a currency or a region does not exist, if another variant has the same SKU or the
        same options, or if `options` has no value for one of the product's options.
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
        """Change a variant. Return the given product as `.product`, with its `variants`.

        `POST /admin/products/{id}/variants/{variant_id}`

        Keys that you leave out keep their values. None clears a value. `prices` replaces all prices, and `prices=[]`
        deletes them. For about 30 seconds after a deletion, the backend still shows the old prices, except in
        `list_variants`. The backend does not check whether the variant belongs to the product.

        Raises `ValueError` if a price is negative. Raises `MedusaNotFoundError` if the product, the variant, a currency
        or an option does not exist. Raises `MedusaInvalidRequestError` if a value is malformed or another variant has
        the same SKU. Raises `MedusaServerError` if `inventory_quantity`, a weight or a length is not a whole number, or
        if a price has an unknown region, or neither a currency nor a region.
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
        """Delete a variant. Return its ID as `.variant_id`, and the given product as `.product`.

        `DELETE /admin/products/{id}/variants/{variant_id}`

        The backend does not check whether the variant belongs to the product, and also deletes a variant of another
        product. The result is the same if no variant has this ID.

        Raises `MedusaNotFoundError` if the product does not exist.
        """
        route = "/admin/products/{id}/variants/{variant_id}"
        return self._delete(AdminProductsDeleteVariantRes, route, id, variant_id, headers=custom_headers)

    def list_variants(
        self, id: str, query: AdminGetProductsVariantsParams | None = None, custom_headers: Headers = None
    ) -> AdminProductsListVariantsRes:
        """Return a page of the variants of a product as `.variants`.

        `GET /admin/products/{id}/variants`

        A page has 100 variants by default, and is empty if the product does not exist. The order of variants created in
        one call is not defined, so pages can repeat or miss some of them. Pass `order="id"` or use `iterate_variants`
        to avoid this.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
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
        """Return an iterator over all variants of a product. Each page is fetched when it is needed.

        `GET /admin/products/{id}/variants`

        The variants are sorted by ID unless `query` has an `order`. If several variants have the same value in the
        field of `order`, such as `created_at`, their order is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list_variants`.
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
