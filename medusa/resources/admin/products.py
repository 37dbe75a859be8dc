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
    """Response with the ID of the deleted product."""


@entity
class AdminProductsListRes(Result):
    """Response with a page of products."""

    products: list[Product]
    count: int
    """The number of matching products on all pages. If `expand` is empty, the number of products on this page."""
    offset: int
    limit: int


@entity
class AdminProductsListTypesRes(Result):
    """Response with all types of products."""

    types: list[ProductType]


@entity
class AdminProductsListTagsRes(Result):
    """Response with the tags of products. Each has only its ID, its `value` and its `usage_count`."""

    tags: list[ProductTag]


class ProductTypeReq(TypedDict):
    """A product type. The backend creates it if it does not exist."""

    value: str
    id: NotRequired[str | None]
    """The ID of a type. If no type has this ID, the backend creates one with this ID."""


class ProductTagReq(TypedDict):
    """A tag. The backend creates it if it does not exist."""

    value: str
    id: NotRequired[str | None]
    """The ID of a tag. If no tag has this ID, the backend creates one with this ID."""


class ProductSalesChannelReq(TypedDict):
    """A sales channel."""

    id: str


class ProductProductCategoryReq(TypedDict):
    """A category."""

    id: str


class ProductOptionReq(TypedDict):
    """An option: a property in which variants differ."""

    title: str
    """For example, "Size"."""


class ProductPayload(TypedDict, total=False):
    """The keys of a new or changed product."""

    subtitle: str | None
    description: str | None
    images: list[str] | None
    """The URLs of all images."""
    thumbnail: str | None
    """A URL. The first image by default."""
    handle: str | None
    """The part of a URL that identifies the product. By default, the backend derives it from the title."""
    type: ProductTypeReq | None
    collection_id: str | None
    tags: list[ProductTagReq] | None
    sales_channels: list[ProductSalesChannelReq] | None
    """By default, the store's default sales channel."""
    categories: list[ProductProductCategoryReq] | None
    """Only a backend with the feature flag `product_categories` accepts this key."""
    weight: int | None
    """In the unit that the shop uses. Weights and lengths must be whole numbers."""
    length: int | None
    height: int | None
    width: int | None
    hs_code: str | None
    origin_country: str | None
    mid_code: str | None
    material: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


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
    """False by default. The published type requires this key, but the backend does not."""
    discountable: NotRequired[bool]
    """True by default. The published type requires this key, but the backend does not."""
    options: NotRequired[list[ProductOptionReq] | None]
    variants: NotRequired[list[AdminPostProductsReqVariant] | None]


class AdminPostProductsProductReqVariant(ProductVariantPayload, total=False):
    """An existing variant, or a new one without an ID, with the keys of `ProductVariantPayload`.

    A new variant requires `title`, `inventory_quantity`, `prices` and a value for each option of the product.
    """

    id: str | None
    title: str | None
    prices: list[ProductVariantPricesUpdateReq] | None
    """All prices of the variant. The list replaces the current prices, and an empty list deletes all of them."""
    options: list[ProductVariantOptionReq] | None


class AdminPostProductsProductReq(ProductPayload, total=False):
    """Changes to a product, with the keys of `ProductPayload`. A list replaces the list of the product."""

    title: str | None
    status: ProductStatus | str
    discountable: bool | None
    variants: list[AdminPostProductsProductReqVariant] | None
    """All variants of the product. The backend deletes variants that are not in the list. None changes nothing."""


class AdminPostProductsProductMetadataReq(TypedDict):
    """A metadata key to set."""

    key: str
    value: str
    """The value `""` removes the key."""


class AdminGetProductsParams(TypedDict, total=False):
    """Options of `admin.products.list`. A product must match all filters."""

    q: str
    """Text to find in the title or description of the product, in the title or SKU of a variant, or in the title of the
    collection, ignoring case.
    """
    id: str | list[str]
    status: list[ProductStatus | str]
    price_list_id: list[str]
    """The IDs of price lists. Must be a list, even for one ID. This applies to all lists here except `status`."""
    collection_id: list[str]
    tags: list[str]
    """The IDs, not the values, of tags. Must be a list. A product needs at least one of the tags."""
    title: str
    """The exact title, case-sensitive."""
    description: str
    """The exact description, case-sensitive."""
    handle: str
    is_giftcard: bool
    type_id: list[str]
    sales_channel_id: list[str]
    discount_condition_id: str
    """The ID of a discount condition that lists the products."""
    category_id: list[str]
    include_category_children: bool
    """Whether to include products in descendants of the categories."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas. The relations are returned as well."""
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    limit: int
    """The maximum number of products to return. The default is 50; 0 returns all."""
    offset: int
    """The number of products to skip."""


class AdminProductsResource(AdminProductVariants, AdminProductOptions):
    """Products with their variants and options.

    Amounts are integers in the smallest currency unit. Timestamps are in UTC. `create` and `update`
    raise `TypeError` if `sales_channels` is not a list or contains None, because this would stop the backend's process.
    """

    def create(self, payload: AdminPostProductsReq, custom_headers: Headers = None) -> AdminProductsRes:
        """Create a product with its options and variants, and return it as `.product`.

        `POST /admin/products`

        The backend creates types and tags that do not exist, even if an unknown ID is given. Raises `ValueError` if a
        price is negative. Raises `MedusaInvalidRequestError` if a value is missing or malformed, another product has
        the same handle or SKU, a currency or sales channel does not exist, or a variant has no value for an option.
        Raises `MedusaNotFoundError` if a collection or category does not exist. Raises `MedusaServerError` if a weight
        or length is not a whole number.
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
        """Return the product with this ID as `.product`, regardless of its status.

        `GET /admin/products/{id}`

        The product includes `variants` with their `prices` and `options`, and `options`, `images`, `tags`, `type`,
        `collection`, `sales_channels` and, if the backend has them, `categories`. Raises `MedusaNotFoundError` if no
        product has this ID. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name.
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
        """Change a product and return it as `.product`.

        `POST /admin/products/{id}`

        Keys that you leave out keep their values. None clears a value. `images`, `tags`, `sales_channels` and
        `categories` replace the current lists, and an empty list removes all. None removes all sales channels and
        categories, but no images or tags. `variants` must contain all variants to keep: `variants=[]` deletes all. A
        call with `images`, or with tags, types or variants without an ID, is not retried, because the backend may
        create them twice. Raises `ValueError` if a price is negative. Raises `MedusaInvalidRequestError` if a value is
        malformed, another product has the same handle or SKU, a sales channel does not exist, or a new variant is
        incomplete. Raises `MedusaNotFoundError` if the product, a collection, a category or a variant does not exist.
        Raises `MedusaServerError` if a price has an unknown region, or neither a currency nor a region.
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
        """Delete a product and its variants. Its handle and SKUs can be used again.

        `DELETE /admin/products/{id}`

        The result is the same if no product has this ID.
        """
        return self._delete(AdminProductsDeleteRes, "/admin/products/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetProductsParams | None = None, custom_headers: Headers = None) -> AdminProductsListRes:
        """Return a page of products of all statuses as `.products`, newest first.

        `GET /admin/products`

        A page has 50 products by default. Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a
        malformed value, such as a string instead of a list. Raises `MedusaServerError` if `expand`, `fields` or `order`
        contains an unknown name, or if `limit` or `offset` is negative.
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
        """Return an iterator over all products. Each page is fetched when it is needed.

        `GET /admin/products`

        The products are sorted by ID unless `query` has an `order`. If several products have the same value in the
        field of `order`, such as `title`, their order is not stable. Each request fetches `page_size` items, and the
        first one skips `start` items. `read_ahead` fetches a page ahead in a thread. Raises the same errors as `list`.
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
        """Return all product types as `.types`. `product_types.list` returns pages and supports filters.

        `GET /admin/products/types`
        """
        return self._get(AdminProductsListTypesRes, "/admin/products/types", headers=custom_headers)

    def list_tags(self, custom_headers: Headers = None) -> AdminProductsListTagsRes:
        """Return the tags of products as `.tags`, most used first.

        `GET /admin/products/tag-usage`

        A tag has only `id`, `value` and `usage_count`, a string of digits that also counts deleted products.
        """
        return self._get(AdminProductsListTagsRes, "/admin/products/tag-usage", headers=custom_headers)

    def set_metadata(
        self, id: str, payload: AdminPostProductsProductMetadataReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Set one key of a product's metadata and return the product as `.product`.

        `POST /admin/products/{id}/metadata`

        Use `update` to set several keys, or values that are not strings. Raises `MedusaInvalidRequestError` if the
        value is not a string. Raises `MedusaNotFoundError` if no product has this ID.
        """
        route = "/admin/products/{id}/metadata"
        return self._post(AdminProductsRes, route, id, json=payload, headers=custom_headers, repeatable=True)
