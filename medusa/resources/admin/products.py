"""Products: create, change, list and delete them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Result, selection
from ..pages import iterate
from .checks import check_list, check_not_negative, has_new_parts
from .deletion import DeleteResponse
from .product_options import AdminProductOptions
from .product_variants import (
    AdminProductsRes,
    AdminProductVariants,
    ProductVariantOptionReq,
    ProductVariantPayload,
    ProductVariantPricesCreateReq,
    ProductVariantPricesUpdateReq,
)

if TYPE_CHECKING:
    from ...models.product import Product, ProductStatus
    from ...models.product_groups import ProductTag, ProductType
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminGetProductsParams",
    "AdminPostProductsProductMetadataReq",
    "AdminPostProductsProductReq",
    "AdminPostProductsProductReqVariant",
    "AdminPostProductsReq",
    "AdminPostProductsReqVariant",
    "AdminPostProductsReqVariantOption",
    "AdminProductsDeleteRes",
    "AdminProductsListRes",
    "AdminProductsListTagsRes",
    "AdminProductsListTypesRes",
    "AdminProductsResource",
    "ProductOptionReq",
    "ProductPayload",
    "ProductProductCategoryReq",
    "ProductSalesChannelReq",
    "ProductTagReq",
    "ProductTypeReq",
]


@entity
class AdminProductsDeleteRes(DeleteResponse):
    """The ID of the deleted product."""


@entity
class AdminProductsListRes(Result):
    """A page of products."""

    products: list[Product]
    count: int
    """How many products match in all. With an empty `expand`, how many are on this page."""
    offset: int
    limit: int


@entity
class AdminProductsListTypesRes(Result):
    """All types of products."""

    types: list[ProductType]


@entity
class AdminProductsListTagsRes(Result):
    """The tags that products have. Each has its ID, its `value` and its `usage_count` alone."""

    tags: list[ProductTag]


class ProductTypeReq(TypedDict):
    """A type of products. The backend makes it if it does not exist."""

    value: str
    id: NotRequired[str | None]
    """The ID of a type. The backend makes a type with this ID if there is none."""


class ProductTagReq(TypedDict):
    """A tag. The backend makes it if it does not exist."""

    value: str
    id: NotRequired[str | None]
    """The ID of a tag. The backend makes a tag with this ID if there is none."""


class ProductSalesChannelReq(TypedDict):
    """A sales channel."""

    id: str


class ProductProductCategoryReq(TypedDict):
    """A category."""

    id: str


class ProductOptionReq(TypedDict):
    """What variants differ in."""

    title: str
    """Such as "Size"."""


class ProductPayload(TypedDict, total=False):
    """What a new or a changed product may hold."""

    subtitle: str | None
    description: str | None
    images: list[str] | None
    """The URLs of all images."""
    thumbnail: str | None
    """A URL. The first image by default."""
    handle: str | None
    """The part of a URL that identifies the product. Made of the title if it is not given."""
    type: ProductTypeReq | None
    collection_id: str | None
    tags: list[ProductTagReq] | None
    sales_channels: list[ProductSalesChannelReq] | None
    """The store's default sales channel by default."""
    categories: list[ProductProductCategoryReq] | None
    """Only on a backend with the feature flag `product_categories`."""
    weight: int | None
    """In the unit that the shop uses. Neither it nor a length may be fractional."""
    length: int | None
    height: int | None
    width: int | None
    hs_code: str | None
    origin_country: str | None
    mid_code: str | None
    material: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminPostProductsReqVariantOption(TypedDict):
    """The value that a variant has for an option, such as the size M."""

    value: str


class AdminPostProductsReqVariant(ProductVariantPayload):
    """A variant of a new product, with the keys of `ProductVariantPayload`."""

    title: str
    prices: list[ProductVariantPricesCreateReq]
    options: NotRequired[list[AdminPostProductsReqVariantOption] | None]
    """A value for each option of the product, in the order of the options."""


class AdminPostProductsReq(ProductPayload):
    """A new product, with the keys of `ProductPayload`."""

    title: str
    status: NotRequired[ProductStatus | str | None]
    """Draft by default."""
    is_giftcard: NotRequired[bool]
    """False by default. The published type requires it; the backend does not."""
    discountable: NotRequired[bool]
    """True by default. The published type requires it; the backend does not."""
    options: NotRequired[list[ProductOptionReq] | None]
    variants: NotRequired[list[AdminPostProductsReqVariant] | None]


class AdminPostProductsProductReqVariant(ProductVariantPayload, total=False):
    """A variant that the product has, or a new one without an ID, with the keys of `ProductVariantPayload`.

    A new one needs `title`, `inventory_quantity`, `prices` and a value for each option of the product.
    """

    id: str | None
    title: str | None
    prices: list[ProductVariantPricesUpdateReq] | None
    """All prices that the variant has from now on: the others are deleted, with an empty list all of them."""
    options: list[ProductVariantOptionReq] | None


class AdminPostProductsProductReq(ProductPayload, total=False):
    """What to change of a product, with the keys of `ProductPayload`. A list replaces that of the product."""

    title: str | None
    status: ProductStatus | str
    discountable: bool | None
    variants: list[AdminPostProductsProductReqVariant] | None
    """All variants that the product has from now on: the backend deletes those whose IDs are missing, and with an empty
    list all of them. None changes nothing."""


class AdminPostProductsProductMetadataReq(TypedDict):
    """A key of the metadata to set."""

    key: str
    value: str
    """The text `""` removes the key."""


class AdminGetProductsParams(TypedDict, total=False):
    """Which products to list. All filters that are given must hold."""

    q: str
    """A text in the title or description of the product, in the title or SKU of a variant, or in the title of the
    collection, in any case."""
    id: str | list[str]
    status: list[ProductStatus | str]
    price_list_id: list[str]
    """Must be a list, even of one ID, as all lists here but `status`. Products with a price in one of them."""
    collection_id: list[str]
    tags: list[str]
    """A list of the IDs of tags, not of their values. A product needs one of them."""
    title: str
    """The whole title, case-sensitive."""
    description: str
    """The whole description, case-sensitive."""
    handle: str
    is_giftcard: bool
    type_id: list[str]
    sales_channel_id: list[str]
    discount_condition_id: str
    """The condition of a discount that names the products."""
    category_id: list[str]
    include_category_children: bool
    """Whether products in descendants of the categories are included."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas. The relations stay."""
    order: str
    """The field to sort by, with `-` before it for the reverse order. `-created_at` by default."""
    limit: int
    """The size of the page, 50 by default; 0 for all products."""
    offset: int
    """How many products to skip."""


class AdminProductsResource(AdminProductVariants, AdminProductOptions):
    """Products with their variants and options.

    Amounts are integers in the smallest currency unit, timestamps are UTC. If `sales_channels` is no list or holds
    None, Medusa's process would end: `create` and `update` raise `TypeError` instead.
    """

    def create(self, payload: AdminPostProductsReq, custom_headers: Headers = None) -> AdminProductsRes:
        """Create a product with its options and variants. Return it, as `.product`.

        `POST /admin/products`

        It is a draft unless `status` says otherwise. Types and tags that do not exist are made, even with an invented
        ID. Raises `ValueError` for a negative price. Raises `MedusaInvalidRequestError` for a missing or malformed
        value, a handle or SKU that another product has, an unknown currency or sales channel, and a variant without a
        value for each option, `MedusaNotFoundError` for an unknown collection or category, and `MedusaServerError` for
        a weight or length that is a fraction.
        """
        check_list(payload, "sales_channels")
        check_not_negative(payload, "variants[].prices[].amount")
        causes = "the weight or a length is not a whole number"
        return self._post(
            AdminProductsRes, "/admin/products", json=payload, headers=custom_headers, causes_of_500=causes
        )

    def retrieve(
        self, id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> AdminProductsRes:
        """Return the product with this ID, as `.product`, whatever its status.

        `GET /admin/products/{id}`

        It comes with `variants` and their `prices` and `options`, and with `options`, `images`, `tags`, `type`,
        `collection`, `sales_channels` and, on a backend that has them, `categories`. Raises `MedusaNotFoundError` for
        an unknown ID and `MedusaServerError` for an unknown name in `expand` or `fields`.
        """
        return self._get(
            AdminProductsRes,
            "/admin/products/{id}",
            id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def update(self, id: str, payload: AdminPostProductsProductReq, custom_headers: Headers = None) -> AdminProductsRes:
        """Change a product. Return it, as `.product`.

        `POST /admin/products/{id}`

        Keys that the payload leaves out keep their values; None clears a value. `images`, `tags`, `sales_channels` and
        `categories` replace all that the product has, and an empty list removes all. None removes all sales channels
        and categories, but no image and no tag. `variants` must name all that are to stay: `variants=[]` deletes all.
        `images`, and tags, types and variants without an ID, might be made twice: a call with them is not retried.

        Raises `ValueError` for a negative price, `MedusaInvalidRequestError` for a malformed value, a handle or SKU
        that another product has, an unknown sales channel and a new variant that lacks something, and
        `MedusaNotFoundError` for an unknown product, collection, category or variant.
        """
        check_list(payload, "sales_channels")
        check_not_negative(payload, "variants[].prices[].amount")
        return self._post(
            AdminProductsRes,
            "/admin/products/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=not has_new_parts(payload, "images[]", "tags[]", "type", "variants[]"),
            causes_of_500="a price has an unknown region, or neither a currency nor a region",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminProductsDeleteRes:
        """Delete a product with its variants. Its handle and SKUs are free again.

        `DELETE /admin/products/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminProductsDeleteRes, "/admin/products/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetProductsParams | None = None, custom_headers: Headers = None) -> AdminProductsListRes:
        """Return a page of products of all statuses, as `.products`, the newest first. A page has 50 by default.

        `GET /admin/products`

        Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, such as a string in the
        place of a list, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`.
        """
        return self._get(
            AdminProductsListRes,
            "/admin/products",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetProductsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Product]:
        """Return an iterator over all products, which fetches a page when it is needed.

        `GET /admin/products`

        The products are sorted by ID unless `query` has an `order`. An `order` by a field that is the same for several
        products, such as `title`, is not stable. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "products",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def list_types(self, custom_headers: Headers = None) -> AdminProductsListTypesRes:
        """Return all types of products, as `.types`. `product_types.list` filters and pages them.

        `GET /admin/products/types`
        """
        return self._get(AdminProductsListTypesRes, "/admin/products/types", headers=custom_headers)

    def list_tags(self, custom_headers: Headers = None) -> AdminProductsListTagsRes:
        """Return the tags that products have, as `.tags`, the most used first.

        `GET /admin/products/tag-usage`

        A tag has only its ID, its `value` and its `usage_count`, a string of digits that counts deleted products, too.
        """
        return self._get(AdminProductsListTagsRes, "/admin/products/tag-usage", headers=custom_headers)

    def set_metadata(
        self, id: str, payload: AdminPostProductsProductMetadataReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Set one key of a product's metadata. Return the product, as `.product`.

        `POST /admin/products/{id}/metadata`

        `update` sets several keys at once, and values that are no text. Raises `MedusaInvalidRequestError` for a value
        that is no text, and `MedusaNotFoundError` for an unknown ID.
        """
        route = "/admin/products/{id}/metadata"
        return self._post(AdminProductsRes, route, id, json=payload, headers=custom_headers, repeatable=True)
