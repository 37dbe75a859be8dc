"""The catalogue of a shop: products, variants, collections, tags, types and regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from medusa import (
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Model,
    Product,
    ProductCollection,
    ProductTag,
    ProductType,
    ProductVariant,
    Region,
    is_loaded,
)

from .shop import SEEDED_REGIONS, Shop

LISTED = {"wool-blanket", "enamel-mug", "candle", "linen-shirt", "gift-card", "straw-hat"}
"""The handles of the seeded products in the default sales channel. Other tests add products at the same time."""
SEEDED = LISTED | {"crate-of-mugs", "draft"}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def products(shop: Shop) -> dict[str, Product]:
    """The seeded products that are listed, by handle."""
    listed = shop.medusa.products.list({"limit": 0}).products
    return {product.handle or "": product for product in listed if product.handle in SEEDED}


@pytest.fixture(scope="module")
def shirt(products: dict[str, Product]) -> Product:
    return products["linen-shirt"]


@pytest.fixture(scope="module")
def tags(shop: Shop) -> dict[str, ProductTag]:
    """The seeded tags by value."""
    listed = shop.medusa.product_tags.list({"limit": 0}).product_tags
    return {tag.value: tag for tag in listed if tag.value in ("linen", "summer")}


@pytest.fixture(scope="module")
def summer(shop: Shop) -> ProductCollection:
    return shop.medusa.collections.list({"handle": ["summer"]}).collections[0]


def test_list(products: dict[str, Product], shop: Shop) -> None:
    assert products.keys() == LISTED
    mine = ids(products.values())
    listed = shop.medusa.products.list({"id": mine, "limit": 2, "offset": 1, "order": "title"})
    assert [product.title for product in listed.products] == ["Enamel Mug", "Gift Card"]
    assert (listed.count, listed.offset, listed.limit) == (len(LISTED), 1, 2)
    assert len(shop.medusa.products.list({"id": mine, "limit": 0}).products) == len(LISTED)
    assert shop.medusa.products.list({"id": mine, "offset": 1000}).products == []


def test_what_a_product_holds(shirt: Product) -> None:
    assert (type(shirt), shirt.subtitle, shirt.metadata) == (Product, "For warm days", {"season": "summer"})
    assert shirt.collection
    assert shirt.collection.handle == "summer"
    assert shirt.type
    assert (type(shirt.type), shirt.type.value) == (ProductType, "Shirt")
    assert {tag.value for tag in shirt.tags} == {"linen", "summer"}
    assert [option.title for option in sorted(shirt.options, key=lambda option: option.title)] == ["Colour", "Size"]
    assert [image.url for image in shirt.images] == [shirt.thumbnail]
    assert {type(variant) for variant in shirt.variants} == {ProductVariant}
    first = next(variant for variant in shirt.variants if variant.sku == "SHIRT-S-WHITE")
    assert sorted(price.amount for price in first.prices) == [4000, 4000, 4000]
    assert {option.value for option in first.options} == {"S", "White"}
    assert first.calculated_price is None
    assert not is_loaded(first, "purchasable")


def test_filters(shop: Shop, shirt: Product, tags: dict[str, ProductTag], summer: ProductCollection) -> None:
    assert shirt.type_id
    warm = {"linen-shirt", "straw-hat"}
    for query, found in (
        ({"q": "LINEN"}, {"linen-shirt"}),
        ({"q": "shirt-m-blue"}, {"linen-shirt"}),
        ({"q": "nothing of the kind"}, set()),
        ({"id": shirt.id}, {"linen-shirt"}),
        ({"id": [shirt.id, "prod_nope"]}, {"linen-shirt"}),
        ({"collection_id": [summer.id]}, warm),
        ({"tags": [tags["summer"].id]}, warm),
        ({"tags": [tags["linen"].id]}, {"linen-shirt"}),
        ({"type_id": [shirt.type_id]}, {"linen-shirt"}),
        ({"title": "Candle"}, {"candle"}),
        ({"title": "candle"}, set()),
        ({"description": shirt.description}, {"linen-shirt"}),
        ({"handle": "candle"}, {"candle"}),
        ({"is_giftcard": True}, {"gift-card"}),
        ({"is_giftcard": False}, LISTED - {"gift-card"}),
        ({"sales_channel_id": [shop.state["wholesale_channel"]]}, {"crate-of-mugs"}),
        ({"created_at": {"gte": LONG_AGO}}, LISTED),
        ({"created_at": {"lt": LONG_AGO}}, set()),
        ({"updated_at": {"gt": LONG_AGO, "lt": datetime.now(UTC) + timedelta(days=1)}}, LISTED),
    ):
        listed = shop.medusa.products.list(query)  # type: ignore[arg-type]
        assert (query, {product.handle for product in listed.products} & SEEDED) == (query, found)
    for wrong in ({"tags": "ptag_1"}, {"order": "nope"}, {"nope": 1}, {"fields": "nope"}):
        with pytest.raises(MedusaInvalidRequestError):
            shop.medusa.products.list(wrong)  # type: ignore[arg-type]
    with pytest.raises(MedusaNotFoundError):
        shop.medusa.products.list({"region_id": "reg_nope"})
    with pytest.raises(MedusaServerError, match="the cart is unknown"):
        shop.medusa.products.list({"cart_id": "cart_nope"})


def test_prices(shop: Shop, products: dict[str, Product]) -> None:
    retrieve, hat, mug = shop.medusa.products.retrieve, products["straw-hat"].id, products["enamel-mug"].id
    same: list[dict[str, Any]] = [{"region_id": shop.regions["Europe"]}, {"cart_id": shop.cart().id}]
    for query in same:
        variant = retrieve(hat, **query).product.variants[0]
        assert (variant.original_price, variant.calculated_price, variant.calculated_price_type) == (3000, 2000, "sale")
        assert (variant.original_price_incl_tax, variant.calculated_price_incl_tax, variant.calculated_tax) == (
            3600,
            2400,
            400,
        )
        assert [rate.rate for rate in variant.tax_rates or []] == [20]
        assert {price.currency_code for price in variant.prices} == {"eur"}
        of_list: Any = {"id": hat, **query}
        assert shop.medusa.products.list(of_list).products[0].variants[0].calculated_price_incl_tax == 2400
    in_dollars = retrieve(mug, currency_code="usd").product.variants[0]
    assert (in_dollars.calculated_price, in_dollars.calculated_price_incl_tax, in_dollars.tax_rates) == (
        1600,
        None,
        None,
    )
    # If a variant has no price in the currency, the response omits the calculated price.
    assert not is_loaded(retrieve(mug, region_id=shop.regions["Testland"]).product.variants[0], "calculated_price")


def test_retrieve(shop: Shop, shirt: Product) -> None:
    retrieve = shop.medusa.products.retrieve
    assert retrieve(shirt.id).product.id == shirt.id
    some = retrieve(shirt.id, expand=["variants"], fields=["id", "title"]).product
    assert (some.title, len(some.variants)) == ("Linen Shirt", 5)
    for name in ("tags", "handle"):
        assert not is_loaded(some, name)
    unknown: list[dict[str, Any]] = [{"expand": ["nope"]}, {"fields": ["nope"]}, {"expand": ["categories"]}]
    for wrong in unknown:
        with pytest.raises(MedusaInvalidRequestError):
            retrieve(shirt.id, **wrong)
    for id in ("prod_nope", "linen-shirt"):
        with pytest.raises(MedusaNotFoundError):
            retrieve(id)
    draft = shop.medusa.products.variants.retrieve(shop.variants["DRAFT"]).variant
    assert retrieve(draft.product_id).product.status == "draft"


def test_a_publishable_key(shop: Shop, shirt: Product) -> None:
    def handles(key: str) -> set[str | None]:
        client = shop.medusa.with_options(publishable_api_key=key)
        return {product.handle for product in client.products.list({"limit": 0}).products} & SEEDED

    assert handles(shop.state["publishable_api_key"]) == LISTED
    assert handles(shop.state["wholesale_api_key"]) == {"crate-of-mugs"}
    # With an unknown key, the backend lists the products of all channels.
    assert handles("pk_nope") == {*LISTED, "crate-of-mugs"}
    wholesale = shop.medusa.with_options(publishable_api_key=shop.state["wholesale_api_key"])
    with pytest.raises(MedusaInvalidRequestError) as caught:
        wholesale.products.retrieve(shirt.id)
    assert caught.value.errors
    assert {region.name for region in wholesale.regions.list().regions} >= {*SEEDED_REGIONS}


def test_search_without_a_search_service(shop: Shop) -> None:
    found = shop.medusa.products.search({"q": "shirt", "limit": 1, "filter": "x"})
    assert (found.hits, found.extra) == ([], {})
    with pytest.raises(MedusaInvalidRequestError):
        shop.medusa.products.search({"q": 1})  # type: ignore[typeddict-item]
    with_key = shop.medusa.with_options(publishable_api_key=shop.state["publishable_api_key"])
    with pytest.raises(MedusaNotFoundError, match="Product with id: search was not found"):
        with_key.products.search({"q": "shirt"})


def test_variants(shop: Shop) -> None:
    variants, europe = shop.medusa.products.variants, shop.regions["Europe"]
    mug, hat = shop.variants["MUG-350"], shop.variants["HAT"]
    one = variants.retrieve(hat, region_id=europe).variant
    assert (type(one), one.sku, one.calculated_price, one.calculated_price_incl_tax) == (
        ProductVariant,
        "HAT",
        2000,
        2400,
    )
    assert one.product
    assert one.product.handle == "straw-hat"
    assert variants.retrieve(mug, currency_code="usd").variant.calculated_price == 1600
    assert variants.retrieve(mug, cart_id=shop.cart().id).variant.calculated_price == 1450
    some = variants.retrieve(mug, expand=["prices"], fields=["id", "sku"]).variant
    assert not is_loaded(some, "product")
    for query, skus in (
        ({"id": mug}, {"MUG-350"}),
        ({"id": [mug, hat]}, {"MUG-350", "HAT"}),
        ({"ids": f"{mug},{hat}"}, {"MUG-350", "HAT"}),
        ({"ids": "variant_nope"}, set()),
        ({"title": "S / White"}, {"SHIRT-S-WHITE"}),
        ({"title": ["S / White", "M / White"]}, {"SHIRT-S-WHITE", "SHIRT-M-WHITE"}),
        ({"title": ["S / White"], "region_id": europe}, {"SHIRT-S-WHITE"}),
        ({"inventory_quantity": {"lt": 1}, "title": ["L / White", "M / White"]}, {"SHIRT-L-WHITE"}),
        ({"inventory_quantity": 0, "title": ["L / White", "M / White"]}, {"SHIRT-L-WHITE"}),
    ):
        listed = variants.list(query)  # type: ignore[arg-type]
        assert (query, {variant.sku for variant in listed.variants}) == (query, skus)
    with pytest.raises(MedusaNotFoundError):
        variants.retrieve("variant_nope")
    with pytest.raises(MedusaServerError, match="fields has an unknown name"):
        variants.retrieve(mug, fields=["nope"])
    with pytest.raises(MedusaInvalidRequestError):
        variants.retrieve(mug, expand=["nope"])


def test_collections(shop: Shop, summer: ProductCollection) -> None:
    collections = shop.medusa.collections
    assert {collection.handle for collection in collections.list({"limit": 0}).collections} >= {"summer", "empty"}
    assert (type(summer), summer.title) == (ProductCollection, "Summer")
    since = {"gte": LONG_AGO}
    query: Any = {"handle": ["summer", "empty"], "limit": 1, "created_at": since, "updated_at": since}
    page = collections.list(query)
    assert (len(page.collections), page.count, page.offset, page.limit) == (1, 2, 0, 1)
    assert collections.retrieve(summer.id).collection.handle == "summer"
    for id in ("pcol_nope", "summer"):
        with pytest.raises(MedusaNotFoundError):
            collections.retrieve(id)


def test_tags_and_types(shop: Shop, tags: dict[str, ProductTag]) -> None:
    product_tags, product_types = shop.medusa.product_tags, shop.medusa.product_types
    assert {(type(tag), value) for value, tag in tags.items()} == {(ProductTag, "linen"), (ProductTag, "summer")}
    queries: list[tuple[Any, list[str]]] = [
        ({"q": "LIN"}, ["linen"]),
        ({"value": ["summer"]}, ["summer"]),
        ({"value": {"contains": "umm"}}, ["summer"]),
        ({"id": tags["linen"].id}, ["linen"]),
        ({"order": "-value"}, ["summer", "linen"]),
        ({"created_at": {"lt": LONG_AGO}}, []),
    ]
    for query, values in queries:
        every: Any = {"limit": 0, **query}
        listed_tags = product_tags.list(every).product_tags
        assert (query, [tag.value for tag in listed_tags if tag.value in tags]) == (query, values)
    listed = product_types.list({"q": "shi", "order": "value"})
    assert {(type(each), "shi" in each.value.lower()) for each in listed.product_types} == {(ProductType, True)}
    assert "Shirt" in {each.value for each in listed.product_types}
    assert (listed.count, listed.limit) == (len(listed.product_types), 20)
    assert product_types.list({"value": ["Shirt"], "updated_at": {"gte": LONG_AGO}}).count == 1
    with pytest.raises(MedusaInvalidRequestError):
        product_tags.list({"order": "nope"})
    with pytest.raises(MedusaServerError):
        product_types.list({"order": "nope"})


def test_categories_that_are_turned_off(shop: Shop) -> None:
    assert shop.medusa.product_categories.list().product_categories == []
    with pytest.raises(MedusaNotFoundError):
        shop.medusa.product_categories.retrieve("pcat_nope")


def test_regions(shop: Shop) -> None:
    regions = shop.medusa.regions
    listed = regions.list().regions
    assert {type(region) for region in listed} == {Region}
    assert {region.name for region in listed} >= {*SEEDED_REGIONS}
    europe = regions.retrieve(shop.regions["Europe"]).region
    assert (europe.currency_code, europe.tax_rate) == ("eur", 20)
    assert {country.iso_2 for country in europe.countries} == {"de", "fr", "it"}
    assert [provider.id for provider in europe.payment_providers] == ["manual"]
    assert not is_loaded(europe, "includes_tax")
    for order, step in (("name", 1), ("-name", -1)):
        ordered = [region.name for region in regions.list(query={"order": order}).regions]
        assert [name for name in ordered if name in SEEDED_REGIONS] == sorted(SEEDED_REGIONS)[::step]
    first: Any = {**seeded_regions(shop), "order": "name", "limit": 1}
    page = regions.list(query=first)
    assert ([region.name for region in page.regions], page.count, page.limit) == (["Europe"], 3, 1)
    assert not is_loaded(regions.retrieve(europe.id, fields=["id", "name"]).region, "tax_rate")
    with pytest.raises(MedusaNotFoundError):
        regions.retrieve("reg_nope")
    with pytest.raises(MedusaServerError, match="fields has an unknown name"):
        regions.retrieve(europe.id, fields=["nope"])


def ids(found: Iterable[Model]) -> list[str]:
    return [model.id for model in found]  # type: ignore[attr-defined]


def seeded_regions(shop: Shop) -> Any:
    """Return a query that finds only the seeded regions. Testland is the newest of them."""
    last = shop.medusa.regions.retrieve(shop.regions["Testland"]).region.created_at
    return {"created_at": {"lt": last + timedelta(milliseconds=1)}}


@pytest.fixture(scope="module")
def paged(shop: Shop) -> Iterator[None]:
    """Three types and five tags. If a type or tag with the same value exists, Medusa uses it again."""
    with ExitStack() as stack:
        for number in range(3):
            tags = [{"value": f"paged-{each}"} for each in range(5)]
            stack.enter_context(shop.own_product(f"KITE-{number}", type={"value": f"Paged {number}"}, tags=tags))
        yield


@pytest.mark.usefixtures("paged")
@pytest.mark.parametrize("read_ahead", [False, True])
def test_iterate(read_ahead: bool, shop: Shop, products: dict[str, Product]) -> None:
    """Iterating over small pages yields the same rows in the same order as one large page."""
    medusa = shop.medusa
    mine: Any = {"id": ids(products.values()), "order": "id"}
    of_pages: Any = {"q": "paged", "order": "id"}
    handles: Any = {"handle": ["summer", "empty"]}
    regions: Any = {**seeded_regions(shop), "order": "id"}
    ways: list[tuple[Callable[..., Iterable[Model]], Any, Iterable[Model], int]] = [
        (medusa.products.iterate, mine, medusa.products.list(mine).products, len(LISTED)),
        (medusa.product_tags.iterate, of_pages, medusa.product_tags.list(of_pages).product_tags, 5),
        (medusa.product_types.iterate, of_pages, medusa.product_types.list(of_pages).product_types, 3),
        (medusa.collections.iterate, handles, medusa.collections.list(handles).collections, 2),
        (medusa.regions.iterate, regions, medusa.regions.list(query=regions).regions, 3),
        (medusa.product_categories.iterate, None, [], 0),
    ]
    for iterate, query, whole, count in ways:
        expected = ids(whole)
        assert len(expected) == count
        for page_size in (1, 2):
            assert ids(iterate(query, page_size=page_size, read_ahead=read_ahead)) == expected
            assert ids(iterate(query, page_size=page_size, start=1, read_ahead=read_ahead)) == expected[1:]
    # The variants of one product have the same creation time, so their order within a page is not stable.
    variants = medusa.products.variants
    of_products: Any = {"id": sorted(variant.id for product in products.values() for variant in product.variants)}
    found = list(variants.iterate(of_products, page_size=2, read_ahead=read_ahead))
    assert len(of_products["id"]) == 12
    assert sorted(ids(found)) == sorted(ids(variants.list(of_products).variants)) == of_products["id"]
    assert sorted(found, key=lambda variant: variant.created_at, reverse=True) == found
    by_title: Any = {"id": mine["id"], "order": "-title", "is_giftcard": False}
    titles = ["Wool Blanket", "Straw Hat", "Linen Shirt", "Enamel Mug", "Candle"]
    assert [each.title for each in medusa.products.iterate(by_title, page_size=1, read_ahead=read_ahead)] == titles
