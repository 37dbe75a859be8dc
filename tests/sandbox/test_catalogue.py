"""The client reads the catalogue of the sandbox: the made-up shop, and the entities that tests add."""

from __future__ import annotations

from typing import Any, Unpack

import pytest
import requests

from medusa import (
    Medusa,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Product,
    ProductVariant,
    StoreGetProductsParams,
    is_loaded,
)
from medusa.sandbox import SandboxStore

PRICES = (
    *("original_price", "calculated_price", "original_price_incl_tax", "calculated_price_incl_tax"),
    *("original_tax", "calculated_tax", "tax_rates"),
)


def variants(medusa: Medusa) -> dict[str | None, ProductVariant]:
    return {variant.sku: variant for product in medusa.products.iterate() for variant in product.variants}


# The made-up shop


def test_the_shop_sells_what_was_ordered(store: SandboxStore, medusa: Medusa) -> None:
    sold = variants(medusa)
    regions = {region.id: region for region in medusa.regions.list().regions}
    assert len(store.orders) == 6
    for order in store.orders:
        region = regions[order.region_id]
        assert order.region
        assert (region.currency_code, region.name) == (order.currency_code, order.region.name)
        for item in order.items:
            assert item.variant
            variant = sold[item.variant.sku]
            assert (variant.id, variant.title) == (item.variant_id, item.variant.title)
            # Orders with items on sale were placed before the sale.
            (price,) = [
                each.amount
                for each in variant.prices
                if each.currency_code == order.currency_code and each.price_list_id is None
            ]
            assert price == item.unit_price


def test_regions(medusa: Medusa) -> None:
    regions = {region.id: region for region in medusa.regions.list().regions}
    rates = {id: (region.currency_code, region.tax_rate) for id, region in regions.items()}
    assert rates == {"reg_eur": ("eur", 20), "reg_usd": ("usd", 8.875), "reg_jpy": ("jpy", 10)}
    europe = medusa.regions.retrieve("reg_eur").region
    assert {"de", "fr", "it"} <= {country.iso_2 for country in europe.countries}
    assert [provider.id for provider in europe.payment_providers] == ["manual", "test-pay"]
    assert europe.currency
    assert (europe.currency.symbol, europe.currency.name) == ("€", "Euro")
    with pytest.raises(MedusaNotFoundError, match="Region with reg_nope was not found"):
        medusa.regions.retrieve("reg_nope")


def test_a_sale(medusa: Medusa) -> None:
    (socks,) = medusa.products.list({"handle": "wool-socks", "region_id": "reg_eur"}).products
    grey, *_, moss = socks.variants
    prices = (grey.original_price, grey.calculated_price, grey.calculated_price_type, grey.calculated_price_incl_tax)
    assert prices == (1690, 1290, "sale", 1548)
    assert (moss.original_price, moss.calculated_price, moss.calculated_price_type) == (1690, 1690, "default")
    assert [(rate.rate, rate.code) for rate in grey.tax_rates or []] == [(20, "default")]


def test_a_sale_ends(store: SandboxStore, medusa: Medusa) -> None:
    (sale,) = [price.price_list for price in variants(medusa)["SOCKS-GREY"].prices[-1:]]
    assert sale
    store.add(type(sale).from_dict({**sale.to_dict(), "ends_at": "2026-02-01T00:00:00.000Z"}))
    (socks,) = medusa.products.list({"handle": "wool-socks", "region_id": "reg_eur"}).products
    assert socks.variants[0].calculated_price == 1690


@pytest.mark.parametrize(
    ("query", "original", "with_tax"),
    [
        ({"region_id": "reg_usd"}, 1400, 1524),
        ({"region_id": "reg_jpy"}, 2100, 2310),
        ({"currency_code": "eur"}, 1250, None),
        ({}, None, None),
    ],
)
def test_prices_of_a_context(
    medusa: Medusa, query: StoreGetProductsParams, original: int | None, with_tax: int | None
) -> None:
    (mug,) = medusa.products.list({"handle": "stoneware-mug", **query}).products
    small = mug.variants[0]
    assert (small.original_price, small.original_price_incl_tax) == (original, with_tax)
    retrieved = medusa.request("GET", "/store/variants/variant_mug-350", params=query)["variant"]
    variant = ProductVariant.from_dict(retrieved)
    assert {name: getattr(variant, name) for name in PRICES} == {name: getattr(small, name) for name in PRICES}


def test_stock(medusa: Medusa) -> None:
    sold = variants(medusa)
    assert sold["BLANKET-SLATE"].inventory_quantity == 0
    assert (sold["LAMP-BLACK"].inventory_quantity, sold["LAMP-BLACK"].allow_backorder) == (0, True)


def test_filters(medusa: Medusa) -> None:
    def titles(**query: Unpack[StoreGetProductsParams]) -> set[str]:
        return {product.title for product in medusa.products.list(query).products}

    assert titles(q="wool") == {"Wool blanket", "Wool socks"}
    assert titles(q="warm winter") == titles(collection_id=["pcol_winter"])
    assert titles(collection_id=["pcol_tea-time"]) == {"Stoneware mug", "Tea bowl", "Whisk"}
    assert titles(tags=["ptag_wool"]) == {"Wool blanket", "Wool socks"}
    assert titles(type_id=["ptyp_lighting"]) == {"Enamel lamp"}
    assert titles(category_id=["pcat_kitchen"]) == {"Stoneware mug", "Linen towel"}
    below = {"Stoneware mug", "Linen towel", "Tea bowl", "Whisk"}
    assert titles(category_id=["pcat_kitchen"], include_category_children=True) == below
    assert titles(is_giftcard=True) == {"Gift card"}
    assert titles(sales_channel_id=["sc_other"]) == set()


def test_pages_and_order(medusa: Medusa) -> None:
    page = medusa.products.list({"limit": 2, "offset": 1, "order": "title"})
    assert [product.title for product in page.products] == ["Enamel lamp", "Gift card"]
    assert (page.count, page.offset, page.limit) == (11, 1, 2)
    with pytest.raises(MedusaInvalidRequestError, match="Order field colour is not valid"):
        medusa.products.list({"order": "colour"})


def test_fields_and_expand(medusa: Medusa) -> None:
    (product,) = medusa.products.list({"handle": "whisk", "fields": "id,title", "expand": "tags"}).products
    assert [tag.value for tag in product.tags] == ["handmade", "natural"]
    assert not is_loaded(product, "handle")
    assert not is_loaded(product, "variants")


def test_groups(medusa: Medusa) -> None:
    assert {each.handle for each in medusa.collections.list().collections} == {"winter", "tea-time"}
    assert medusa.collections.retrieve("pcol_winter").collection.title == "Warm winter"
    assert [tag.value for tag in medusa.product_tags.list({"order": "value"}).product_tags] == [
        *("handmade", "natural", "wool"),
    ]
    assert len(medusa.product_types.list().product_types) == 6
    home = medusa.product_categories.retrieve("pcat_home").product_category
    kitchen, light = home.category_children
    assert [each.handle for each in (kitchen, light, *kitchen.category_children)] == ["kitchen", "light", "tea"]
    roots = medusa.product_categories.list({"parent_category_id": "null"}).product_categories
    assert [root.handle for root in roots] == ["home", "clothes"]
    (tea,) = medusa.product_categories.list({"q": "tea"}).product_categories
    assert tea.parent_category
    assert tea.parent_category.name == "Kitchen"


# The search


def test_search_finds_all_words_in_the_texts(medusa: Medusa) -> None:
    found = medusa.products.search({"q": "Hand TEA"})
    assert [hit["title"] for hit in found.hits] == ["Whisk", "Tea bowl", "Stoneware mug"]
    assert medusa.products.search({"q": "tea", "limit": 1, "offset": 1}).hits[0]["title"] == "Tea bowl"
    assert medusa.products.search({"q": "zzz"}).hits == []


def test_search_has_no_filter(medusa: Medusa) -> None:
    with pytest.raises(MedusaServerError, match="The sandbox's search accepts only q, limit and offset, not filter"):
        medusa.products.search({"q": "tea", "filter": "type = Ceramics"})


# Entities that tests add


def test_add_product(store: SandboxStore, medusa: Medusa) -> None:
    soap = store.add_product("Soap", price=500, options={"Scent": ["Rose", "Fig"], "Size": ["S", "L"]}, stock=3)
    assert [variant.title for variant in soap.variants] == ["Rose / S", "Rose / L", "Fig / S", "Fig / L"]
    sent = medusa.request("GET", f"/store/products/{soap.id}", params={"region_id": "reg_eur"})["product"]
    priced = Product.from_dict(sent)
    assert priced.handle == "soap"
    assert {(each.calculated_price, each.inventory_quantity) for each in priced.variants} == {(500, 3)}
    assert [value.value for value in priced.options[0].values] == ["Rose", "Rose", "Fig", "Fig"]
    assert soap.id in {product.id for product in store.products}


def test_add_product_with_everything(store: SandboxStore, medusa: Medusa) -> None:
    baths = store.add_category("Baths", parent_id="pcat_home")
    summer = store.add_collection("Summer days")
    soap = store.add_product(
        "Soap",
        prices={"eur": 500, "usd": 600},
        variants=[{"sku": "SOAP", "options": {"Size": "S"}}, {"options": {"Size": "L"}, "prices": {"eur": 800}}],
        tags=["new", "wool"],
        type="Care",
        category_ids=[baths.id],
        collection_id=summer.id,
        description="Smells of figs.",
        handle="fig-soap",
    )
    (found,) = medusa.products.list({"category_id": [baths.id], "currency_code": "eur"}).products
    assert (found.id, found.collection, found.description) == (soap.id, summer, "Smells of figs.")
    assert ([tag.value for tag in found.tags], found.type and found.type.value) == (["new", "wool"], "Care")
    assert [variant.calculated_price for variant in found.variants] == [500, 800]
    assert len(medusa.product_tags.list().product_tags) == 4
    home = medusa.product_categories.retrieve("pcat_home").product_category
    assert home.category_children[-1].handle == "baths"


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({}, ValueError, "a product must have a price, or prices by currency"),
        ({"price": 1, "prices": {"eur": 1}}, TypeError, "pass either price or prices, not both"),
        ({"price": 1.5}, TypeError, "a price must be an integer, in the smallest currency unit, not float"),
        ({"price": -1}, ValueError, "a price must not be negative"),
        ({"price": 1, "currency_code": "EUR"}, ValueError, "there is no currency 'EUR'"),
        ({"price": 1, "colour": "red"}, TypeError, "a product has no field 'colour'"),
        ({"price": 1, "variants": [{"colour": "red"}]}, TypeError, "a variant has no field 'colour'"),
        ({"price": 1, "stock": "3"}, TypeError, "stock must be an integer, not str"),
        ({"price": 1, "tags": "new"}, TypeError, "tags and category_ids must be lists of strings"),
        ({"price": 1, "category_ids": ["pcat_nope"]}, ValueError, "there is no product category 'pcat_nope'"),
        ({"price": 1, "collection_id": "pcol_nope"}, ValueError, "there is no product collection 'pcol_nope'"),
        ({"price": 1, "handle": "whisk"}, ValueError, "there already is a product with the handle 'whisk'"),
        (
            {"price": 1, "variants": [{"sku": "MUG-350"}]},
            ValueError,
            "there already is a variant with the SKU 'MUG-350'",
        ),
    ],
)
def test_a_product_that_can_not_be(
    store: SandboxStore, values: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        store.add_product("Soap", **values)
    assert len(store.products) == 11


def test_an_empty_store(store: SandboxStore) -> None:
    with SandboxStore(orders=False) as empty, empty.client() as medusa:
        assert (empty.products, empty.regions) == ([], [])
        region = empty.add_region("Britain", currency_code="gbp", countries=["gb"], tax_rate=20)
        empty.add_product("Soap", price=500, currency_code="gbp")
        (soap,) = medusa.products.list({"region_id": region.id}).products
        assert soap.variants[0].calculated_price_incl_tax == 600
        assert region == medusa.regions.retrieve(region.id).region


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"currency_code": "xxx"}, ValueError, "there is no currency 'xxx'"),
        ({"countries": ["xx"]}, ValueError, "there is no country 'xx'"),
        ({"countries": ["de"]}, ValueError, "the country 'de' is already in another region"),
        ({"countries": "gb"}, TypeError, "countries must be a list of strings"),
        ({"tax_rate": 101}, ValueError, "tax_rate must be from 0 to 100, in percent"),
        ({"colour": "red"}, TypeError, "a region has no field 'colour'"),
    ],
)
def test_a_region_that_can_not_be(
    store: SandboxStore, values: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        store.add_region("Britain", **{"currency_code": "gbp", "countries": ["gb"], **values})
    assert len(store.regions) == 3


def test_a_category_below_one_that_is_not_there(store: SandboxStore) -> None:
    with pytest.raises(ValueError, match="there is no product category 'pcat_nope'"):
        store.add_category("Baths", parent_id="pcat_nope")


def test_a_copied_catalogue_is_the_same(store: SandboxStore, medusa: Medusa) -> None:
    with SandboxStore(orders=False) as copy, copy.client() as other:
        for region in medusa.regions.iterate():
            copy.add(region)
        for product in medusa.products.iterate({"region_id": "reg_eur"}):
            copy.add(product)
        query: StoreGetProductsParams = {"region_id": "reg_eur", "order": "title"}
        assert other.products.list(query).products == medusa.products.list(query).products
        assert other.regions.list().regions == medusa.regions.list().regions


def test_a_head_request(store: SandboxStore) -> None:
    response = requests.head(f"{store.url}/store/products", timeout=10)
    assert (response.status_code, response.content) == (200, b"")
