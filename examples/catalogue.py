"""The catalog code of both shops: regions, products, prices, stock and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medusa import (
    Medusa,
    Product,
    ProductCategory,
    ProductCollection,
    ProductVariant,
    Region,
    StoreGetProductsParams,
    is_loaded,
)
from medusa.contrib.carts import price_of

PRODUCTS_PER_PAGE = 12

PICTURES = (
    *("blanket", "bowl", "candle", "clock", "gift", "hat", "lamp", "mug", "shirt", "socks", "stool", "towel", "whisk"),
)
"""The pictures in shop_static/. A product gets the picture whose name is in the product's handle."""


@dataclass(frozen=True)
class Catalogue:
    """One page of the products that match the visitor's search."""

    products: list[Product]
    count: int
    """The number of products on all pages."""
    page: int
    pages: int
    search: str
    category: ProductCategory | None
    collection: ProductCollection | None
    categories: list[ProductCategory]
    collections: list[ProductCollection]

    @property
    def title(self) -> str:
        """The heading of the page: "Blankets", "Search: wool", "All products"."""
        if self.search:
            return f"Search: {self.search}"
        if self.category:
            return self.category.name
        return (self.collection and self.collection.title) or "All products"

    def query(self, page: int) -> dict[str, str | int]:
        """Return the query of the URL for another page of the same products."""
        query: dict[str, str | int] = {"page": page}
        if self.search:
            query["q"] = self.search
        if self.category:
            query["category"] = self.category.handle
        if self.collection:
            query["collection"] = self.collection.handle or ""
        return query


def region_of(medusa: Medusa, region_id: str | None) -> Region:
    """Return the region with this ID, or the first one of the shop if there is no such region."""
    regions = all_regions(medusa)
    return next((region for region in regions if region.id == region_id), regions[0])


def all_regions(medusa: Medusa) -> list[Region]:
    """Return the regions in which the shop sells, sorted by name."""
    return sorted(medusa.regions.iterate(), key=lambda region: region.name)


def find_products(medusa: Medusa, region: Region, query: Mapping[str, str]) -> Catalogue:
    """Return the products for the query of a URL: `q`, `category`, `collection` and `page`."""
    categories = medusa.product_categories.list().product_categories
    collections = medusa.collections.list({"limit": 100}).collections
    category = next((each for each in categories if each.handle == query.get("category")), None)
    collection = next((each for each in collections if each.handle == query.get("collection")), None)
    search = query.get("q", "").replace("\0", "").strip()[:100]
    page = page_number(query.get("page", ""))
    params: StoreGetProductsParams = {
        "region_id": region.id,
        "is_giftcard": False,
        "order": "title",
        "limit": PRODUCTS_PER_PAGE,
        "offset": (page - 1) * PRODUCTS_PER_PAGE,
    }
    if search:
        params["q"] = search
    if category:
        params["category_id"] = [category.id]
        params["include_category_children"] = True
    if collection:
        params["collection_id"] = [collection.id]
    found = medusa.products.list(params)
    pages = max(1, -(-found.count // PRODUCTS_PER_PAGE))
    return Catalogue(found.products, found.count, page, pages, search, category, collection, categories, collections)


def find_product(medusa: Medusa, region: Region, handle: str) -> Product | None:
    """Return the product with this handle, with the prices of the region, or None."""
    if "\0" in handle:  # The backend's database cannot store this character.
        return None
    products = medusa.products.list({"handle": handle, "region_id": region.id}).products
    return products[0] if products else None


def page_number(text: str) -> int:
    """Return the number of a page from a URL, or 1 if the text is not a valid number."""
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


def price_before_sale(variant: ProductVariant) -> int | None:
    """Return the price before the sale, including tax, or None if the variant is not on sale."""
    now = price_of(variant)
    if now is None:
        return None
    before = variant.original_price if variant.original_price_incl_tax is None else variant.original_price_incl_tax
    return before if before is not None and before > now else None


def has_several_prices(product: Product) -> bool:
    """Return whether the product's variants have different prices."""
    return len({price_of(variant) for variant in product.variants} - {None}) > 1


def can_be_bought(variant: ProductVariant) -> bool:
    """Return whether the variant has a price in the region and is in stock or can be ordered without stock."""
    if price_of(variant) is None:
        return False
    if is_loaded(variant, "purchasable"):  # Only a backend with the inventory module sends this field.
        return variant.purchasable
    return not variant.manage_inventory or variant.allow_backorder or variant.inventory_quantity > 0


def picture(handle: str | None) -> str:
    """Return the name of the picture in shop_static/ for the product with this handle."""
    name = next((name for name in PICTURES if name in (handle or "").lower()), "parcel")
    return f"{name}.svg"
