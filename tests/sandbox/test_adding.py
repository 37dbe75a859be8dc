"""Tests add data to a sandbox store: values must be unique, and an entity that is added again is replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from medusa import Medusa, Product, ProductCollection, Region
from medusa.sandbox import SandboxStore

EUROPE: Any = {"currency_code": "eur", "countries": ["es"]}


@pytest.mark.parametrize(
    ("add", "text"),
    [
        (lambda store: store.add_collection("Winter", handle="Winter"), "product collection with the handle 'Winter'"),
        (lambda store: store.add_category("Socks"), "product category with the handle 'socks'"),
        (lambda store: store.add_product("Sock", price=1, handle="sock"), "product with the handle 'sock'"),
        (lambda store: store.add_product("Shoe", price=1, id="prod_sock"), "product with the id 'prod_sock'"),
        (lambda store: store.add_product("Shoe", price=1, variants=[{"sku": "S"}, {"sku": "S"}]), "SKU 'S'"),
        (lambda store: store.add_product("Shoe", price=1, variants=[{"ean": "1"}, {"ean": "1"}]), "EAN '1'"),
        (
            lambda store: store.add_product("Shoe", price=1, variants=[{"id": "v"}, {"id": "v"}]),
            "variant with the id 'v'",
        ),
        (lambda store: store.add_region("Spain", **EUROPE, id="reg_x"), "region with the id 'reg_x'"),
        (lambda store: store.add_discount("NEW", id="disc_x"), "discount with the id 'disc_x'"),
        (lambda store: store.add_gift_card("NEW", 100, id="gift_x"), "gift card with the id 'gift_x'"),
        (lambda store: store.add_shipping_option("reg_x", "Post", 1, id="so_x"), "shipping option with the id 'so_x'"),
    ],
)
def test_what_must_be_unique(add: Callable[[SandboxStore], Any], text: str) -> None:
    with SandboxStore(orders=False) as store:
        store.add_region("Europe", currency_code="eur", countries=["de"], id="reg_x")
        store.add_collection("Winter", handle="Winter")
        store.add_category("Socks")
        store.add_product("Sock", price=1, id="prod_sock")
        store.add_discount("TEN", id="disc_x")
        store.add_gift_card("CARD", 100, id="gift_x")
        store.add_shipping_option("reg_x", "Parcel", 1, id="so_x")
        with pytest.raises(ValueError, match=f"^there already is a .*{text}$"):
            add(store)


@pytest.mark.parametrize(
    ("add", "text"),
    [
        (lambda store: store.add_discount("X", rule={"type": "fixed"}), "'rule' is not a column of a discount"),
        (lambda store: store.add_gift_card("X", 1, region={"id": "reg_1"}), "'region' is not a column of a gift card"),
        (lambda store: store.add_product("X", price=1, images=["a.png"]), "'images' is not a column of a product"),
        (lambda store: store.add_product("X", price=1, profile_id="sp_1"), "'profile_id' is not a column of a product"),
        (
            lambda store: store.add_region("X", **EUROPE, payment_providers=["manual"]),
            "'payment_providers' is not a column",
        ),
        (
            lambda store: store.add_shipping_option("reg_eur", "X", 1, profile={}),
            "'profile' is not a column of a shipping",
        ),
    ],
)
def test_a_relation_is_no_column(store: SandboxStore, add: Callable[[SandboxStore], Any], text: str) -> None:
    with pytest.raises(TypeError, match=f"^{text}"):
        add(store)


def test_what_is_added_again_is_replaced(store: SandboxStore, medusa: Medusa) -> None:
    sizes = {"Size": ["S", "M", "L"]}
    product = store.add_product("Jumper", prices={"eur": 5000, "usd": 6000}, options=sizes)
    as_json: Any = product.to_dict()
    gone = as_json["variants"].pop()
    as_json["options"][0]["values"] = [each for each in as_json["options"][0]["values"] if each["value"] != "L"]
    del as_json["variants"][0]["prices"]  # Prices that are not loaded do not change.
    as_json["variants"][1]["prices"].pop()
    store.add(Product.from_dict(as_json))
    changed = medusa.products.retrieve(product.id).product
    assert [variant.title for variant in changed.variants] == ["S", "M"]
    assert [len(variant.prices) for variant in changed.variants] == [2, 1]
    assert [value.value for option in changed.options for value in option.values] == ["S", "M"]
    # The prices of the removed variant were deleted.
    store.add(Product.from_dict(product.to_dict() | {"variants": [*as_json["variants"], {**gone, "prices": []}]}))
    assert medusa.products.retrieve(product.id).product.variants[2].prices == []


def test_a_product_outlives_its_place_in_a_collection(store: SandboxStore, medusa: Medusa) -> None:
    collection = store.add_collection("Autumn")
    products = [store.add_product(title, price=100, collection_id=collection.id) for title in ("Rake", "Boots")]
    whole: Any = {**collection.to_dict(), "products": [products[1].to_dict()]}
    store.add(ProductCollection.from_dict(whole))
    assert medusa.products.retrieve(products[0].id).product.collection_id is None
    assert medusa.products.retrieve(products[1].id).product.collection_id == collection.id


def test_a_country_leaves_its_region(store: SandboxStore) -> None:
    region = store.add_region("America", currency_code="eur", countries=["mx", "br"])
    as_json: Any = region.to_dict()
    as_json["countries"] = as_json["countries"][:1]
    store.add(Region.from_dict(as_json))
    assert [country.iso_2 for country in store.regions[-1].countries] == ["mx"]
    assert store.add_region("Brazil", currency_code="usd", countries=["br"]).countries


def test_carts_whose_variants_are_gone(store: SandboxStore, medusa: Medusa) -> None:
    product = store.add_product("Jumper", price=5000)
    items: Any = [{"variant_id": product.variants[0].id, "quantity": 1}]
    cart = medusa.carts.create({"region_id": "reg_eur", "items": items}).cart
    store.add(Product.from_dict({**product.to_dict(), "variants": []}))
    (found,) = store.carts
    assert [item.title for item in found.items] == ["Jumper"]
    assert found.id == cart.id
