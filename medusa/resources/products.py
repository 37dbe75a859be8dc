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
    """A product."""

    product: Product


@entity
class StoreProductsListRes(Result):
    """A page of products."""

    products: list[Product]
    count: int
    """The number of products on all pages. With an empty `expand`, the number of products on this page."""
    offset: int
    limit: int


@entity
class StorePostSearchRes(Result):
    """What the search service of the backend found. `extra` holds whatever else the service answers."""

    hits: list[Any]
    """The documents that the search service found, in its own form. Empty if the backend has no search service."""


class StoreGetProductsParams(TypedDict):
    """Which products to list. All filters that are given must hold."""

    id: NotRequired[str | list[str]]
    q: NotRequired[str]
    """A text in the title or description of the product, in the title or SKU of a variant, or in the title of the
    collection, in any case."""
    collection_id: NotRequired[list[str]]
    """Must be a list, even of one ID."""
    tags: NotRequired[list[str]]
    """A list of the IDs of tags, not of their values. A product needs one of them."""
    title: NotRequired[str]
    """The whole title, case-sensitive."""
    description: NotRequired[str]
    """The whole description, case-sensitive."""
    handle: NotRequired[str]
    is_giftcard: NotRequired[bool]
    type_id: NotRequired[list[str]]
    """Must be a list, even of one ID."""
    sales_channel_id: NotRequired[list[str]]
    """Must be a list. With a publishable key, only the key's channels are allowed."""
    category_id: NotRequired[list[str]]
    """Must be a list, even of one ID."""
    include_category_children: NotRequired[bool]
    """Whether products in descendants of the categories are included."""
    created_at: NotRequired[DateComparisonOperator]
    updated_at: NotRequired[DateComparisonOperator]
    offset: NotRequired[int]
    """How many products to skip."""
    limit: NotRequired[int]
    """The size of the page, 100 by default; 0 for all products."""
    order: NotRequired[str]
    """The field to sort by; a minus before it sorts descending. `-created_at` by default."""
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


class StorePostSearchReq(TypedDict):
    """What to search for. The search service also receives keys that are not listed here."""

    q: NotRequired[str]
    offset: NotRequired[int]
    limit: NotRequired[int]
    filter: NotRequired[Any]
    """In the form that the search service expects."""


class ProductsResource(Resource):
    """Products and their variants.

    Amounts are integers in the smallest currency unit, rates are percentages, timestamps are UTC. The prices that the
    backend calculates for a variant (`calculated_price`, `original_price` and so on) are null unless the request names
    a cart, a region or a currency. With a currency alone, the fields of taxes are null. A variant that has no price in
    the currency comes without these fields: reading them raises `NotLoadedError`.

    A publishable API key restricts the products to its sales channels, even if it is revoked. The backend ignores an
    unknown key and one without channels: it then lists the products of all channels, which are more than it lists with
    a valid key, or with none.
    """

    variants: Lazy[ProductVariantsResource] = lazy("medusa.resources.product_variants:ProductVariantsResource")

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
        """Return the product with this ID, as `.product`.

        `GET /store/products/{id}`

        `region_id`, `currency_code` or `cart_id` sets what prices are calculated for; without them they are null.
        `sales_channel_id` sets where `purchasable` looks for stock, on a backend with the inventory module. Drafts are
        returned too.

        Raises `MedusaNotFoundError` for an unknown ID, region or cart, also for a handle, and
        `MedusaInvalidRequestError` for an unknown name in `expand` or `fields`, and for a product that is not in the
        sales channels of the publishable key.
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
            causes_of_500="fields holds profile_id",
        )

    def search(self, payload: StorePostSearchReq, custom_headers: Headers = None) -> StorePostSearchRes:
        """Search for products with the search service of the backend. Return what it found, as `.hits`.

        `POST /store/products/search`

        What a hit is depends on the service; `.extra` holds whatever else it answers. Without a search service, `.hits`
        is always empty. With a valid publishable key the backend answers 404 on this route. Raises
        `MedusaInvalidRequestError` for a value of the wrong type.
        """
        route = "/store/products/search"
        return self._post(StorePostSearchRes, route, json=payload, headers=custom_headers, repeatable=True)

    def list(self, query: StoreGetProductsParams | None = None, custom_headers: Headers = None) -> StoreProductsListRes:
        """Return a page of the published products, as `.products`. A page has 100 products by default.

        `GET /store/products`

        Raises `MedusaInvalidRequestError` for an unknown key or name, for a value of the wrong type, such as a string
        in the place of a list, and for a sales channel that is not one of the publishable key's. Raises
        `MedusaNotFoundError` for an unknown region and `MedusaServerError` for an unknown cart.
        """
        return self._get(
            StoreProductsListRes,
            "/store/products",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="the cart is unknown, limit or offset is negative, or fields holds profile_id",
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
        """Return an iterator over all published products, which fetches a page when it is needed.

        `GET /store/products`

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
