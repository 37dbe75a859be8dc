"""Products: list, search and retrieve them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection
from .lazy import Lazy, lazy
from .pages import iterate

if TYPE_CHECKING:
    from ..models.product import Product
    from .comparisons import DateComparisonOperator
    from .product_variants import ProductVariantsResource

__all__ = [
    "ProductsResource",
    "StoreGetProductsParams",
    "StorePostSearchReq",
    "StorePostSearchRes",
    "StoreProductsListRes",
    "StoreProductsRes",
]


@entity
class StoreProductsRes(Result):
    """Response with one product."""

    product: Product


@entity
class StoreProductsListRes(Result):
    """Response with a page of products."""

    products: list[Product]
    count: int
    """The number of matching products on all pages. If `expand` is empty, the number of products on this page."""
    offset: int
    """The number of products that were skipped."""
    limit: int
    """The maximum number of products on the page."""


@entity
class StorePostSearchRes(Result):
    """Response of the backend's search service. `extra` has all other keys of the response."""

    hits: list[Any]
    """The documents that the search service found, in the format of the service. The list is empty if the backend has
    no search service."""


class StoreGetProductsParams(TypedDict):
    """Options of `products.list`. A product must match all filters."""

    id: NotRequired[str | list[str]]
    """The ID of a product, or a list of IDs."""
    q: NotRequired[str]
    """Text to search for in the title and description of the product, the title and SKU of its variants, and the title
    of its collection. The search is case-insensitive."""
    collection_id: NotRequired[list[str]]
    """A list of collection IDs. Must be a list, even for one ID."""
    tags: NotRequired[list[str]]
    """A list of tag IDs, not of tag values. Products with at least one of the tags match."""
    title: NotRequired[str]
    """The exact title. It is case-sensitive."""
    description: NotRequired[str]
    """The exact description. It is case-sensitive."""
    handle: NotRequired[str]
    is_giftcard: NotRequired[bool]
    type_id: NotRequired[list[str]]
    """A list of product type IDs. Must be a list, even for one ID."""
    sales_channel_id: NotRequired[list[str]]
    """A list of sales channel IDs. Must be a list, even for one ID. With a publishable API key, only the sales channels
    of the key are allowed."""
    category_id: NotRequired[list[str]]
    """A list of category IDs. Must be a list, even for one ID."""
    include_category_children: NotRequired[bool]
    """Whether to include the products of all descendants of the categories."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    offset: NotRequired[int]
    """The number of products to skip."""
    limit: NotRequired[int]
    """The maximum number of products to return. The default is 100; 0 returns all."""
    order: NotRequired[str]
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
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


class StorePostSearchReq(TypedDict):
    """Payload of `products.search`. The search service also receives keys that are not listed here."""

    q: NotRequired[str]
    """The text to search for."""
    offset: NotRequired[int]
    """The number of hits to skip."""
    limit: NotRequired[int]
    """The maximum number of hits to return."""
    filter: NotRequired[Any]
    """A filter in the format of the search service."""


class ProductsResource(Resource):
    """Products and their variants.

    Amounts are integers in the smallest currency unit, rates are percentages, and timestamps are in UTC.

    The backend calculates the prices of a variant, such as `calculated_price` and `original_price`, only if the request
    specifies a cart, a region or a currency. Otherwise, these fields are None. If the request specifies only a
    currency, the tax fields are None. If a variant has no price in the currency, the response does not include these
    fields, and reading them raises `NotLoadedError`.

    If the client has a publishable API key, the backend returns only products of the key's sales channels, even if the
    key is revoked. If the key is unknown or has no sales channels, the backend ignores the key and returns the products
    of all sales channels. These can be more products than it returns without a key.
    """

    variants: Lazy[ProductVariantsResource] = lazy("medusa.resources.product_variants:ProductVariantsResource")
    """Retrieve and list the variants of products."""

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
    ) -> StoreProductsRes:
        """Return the product with this ID as `.product`.

        `GET /store/products/{id}`

        `region_id`, `currency_code` or `cart_id` specifies what prices are calculated for. Without one of them,
        calculated prices are None. On a backend with the inventory module, `sales_channel_id` specifies the sales
        channel that `purchasable` is calculated for. Drafts are also returned.

        Raises `MedusaNotFoundError` if no product, region or cart has the given ID. A product's handle is not an ID.
        Raises `MedusaInvalidRequestError` if `expand` or `fields` contains an unknown name, or if the product is not in
        the sales channels of the publishable API key. Raises `MedusaServerError` if `fields` contains `profile_id`.
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
            StoreProductsRes,
            "/store/products/{id}",
            id,
            query=query,
            headers=custom_headers,
            causes_of_500="fields contains profile_id",
        )

    def search(self, payload: StorePostSearchReq, custom_headers: Headers = None) -> StorePostSearchRes:
        """Search for products with the backend's search service. Return the results as `.hits`.

        `POST /store/products/search`

        The search service defines the format of a hit. `.extra` has all other keys of the response. Without a search
        service, `.hits` is always empty.

        Raises `MedusaInvalidRequestError` if a value has the wrong type. Raises `MedusaNotFoundError` if the client has
        a valid publishable API key, because the backend takes `search` for the ID of a product.
        """
        route = "/store/products/search"
        return self._post(StorePostSearchRes, route, json=payload, headers=custom_headers, repeatable=True)

    def list(self, query: StoreGetProductsParams | None = None, custom_headers: Headers = None) -> StoreProductsListRes:
        """Return a page of published products as `.products`.

        `GET /store/products`

        A page has 100 products by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a value of the wrong type, such as a
        string instead of a list. Raises `MedusaInvalidRequestError` if `expand`, `fields` or `order` contains an
        unknown name, or if a sales channel does not belong to the publishable API key. Raises `MedusaNotFoundError` if
        the region does not exist. Raises `MedusaServerError` if the cart does not exist, if `limit` or `offset` is
        negative, or if `fields` contains `profile_id`.
        """
        return self._get(
            StoreProductsListRes,
            "/store/products",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="the cart is unknown, limit or offset is negative, or fields contains profile_id",
        )

    def iterate(
        self,
        query: StoreGetProductsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Product]:
        """Return an iterator over all published products. Each page is fetched when it is needed.

        `GET /store/products`

        The products are sorted by ID unless `query` has an `order`. If several products have the same value in the
        field of `order`, such as `title`, their order is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
