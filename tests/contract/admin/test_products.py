"""A merchant manages products, their variants, options, collections and categories on a real Medusa."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, cast

import pytest

from medusa import (
    AdminPostProductsReq,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Product,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

CATEGORIES = methods_of("product_categories")
STOCK = methods_of("variants.get_inventory")
METHODS = methods_of("products", "variants", "product_tags", "product_types", "collections") - STOCK


def new_product(**more: Any) -> AdminPostProductsReq:
    """Return the payload for a shirt in two sizes."""
    name = f"Shirt {uuid.uuid4().hex[:10]}"
    prices: Any = [{"currency_code": "eur", "amount": 1900}, {"currency_code": "usd", "amount": 2100}]
    payload: Any = {
        "title": name,
        "options": [{"title": "Size"}],
        "variants": [
            {"title": size, "sku": f"{name}-{size}", "inventory_quantity": 5, "prices": prices, "options": [of_size]}
            for size, of_size in (("S", {"value": "S"}), ("M", {"value": "M"}))
        ],
        "tags": [{"value": "cotton"}],
        "type": {"value": "Shirt"},
        **more,
    }
    return cast("AdminPostProductsReq", payload)


@pytest.fixture
def product(shop: Shop) -> Iterator[Product]:
    product = shop.merchant.admin.products.create(new_product()).product
    yield product
    shop.merchant.admin.products.delete(product.id)


def test_every_method_of_products(shop: Shop) -> None:
    shop.returned.clear()
    admin = shop.merchant.admin
    products = admin.products
    product = products.create(new_product(images=["https://cdn.example.com/1.png"], metadata={"a": 1})).product
    assert (product.status, product.thumbnail) == ("draft", "https://cdn.example.com/1.png")
    assert [variant.prices[0].amount for variant in product.variants] == [1900, 1900]

    changed = products.update(product.id, {"status": "published", "subtitle": "Soft", "metadata": {"b": 2}}).product
    assert (changed.status, changed.subtitle, changed.metadata) == ("published", "Soft", {"a": 1, "b": 2})
    cleared = products.update(product.id, {"subtitle": None, "images": [], "metadata": {"b": ""}}).product
    assert (cleared.subtitle, cleared.images, cleared.metadata) == (None, [], {"a": 1})
    kept = products.update(product.id, {"sales_channels": None, "tags": None}).product
    assert (kept.sales_channels, [tag.value for tag in kept.tags]) == ([], ["cotton"])
    assert products.set_metadata(product.id, {"key": "c", "value": "3"}).product.metadata == {"a": 1, "c": "3"}

    assert products.retrieve(product.id, expand="images", fields="id,title").product.title == product.title
    assert [each.id for each in products.list({"q": product.title}).products] == [product.id]
    assert product.id in {each.id for each in products.iterate({"status": ["published"]}, page_size=2)}
    assert products.list_types().types[0].value
    assert int(products.list_tags().tags[0].usage_count) > 0
    assert admin.product_types.list({"value": "Shirt"}).count == 1
    assert admin.product_tags.list({"value": ["cotton"]}).count == 1
    assert {each.value for each in admin.product_tags.iterate(page_size=1)} >= {"cotton", "summer"}
    assert "Shirt" in {each.value for each in admin.product_types.iterate(page_size=1)}

    change_variants(shop, product)
    change_options(shop, product)
    fill_a_collection(shop, product)

    assert products.delete(product.id).deleted
    with pytest.raises(MedusaNotFoundError):
        products.retrieve(product.id)
    assert METHODS - shop.returned == set()


def change_variants(shop: Shop, product: Product) -> None:
    products, variants = shop.merchant.admin.products, shop.merchant.admin.variants
    size = product.options[0].id
    of_size: Any = [{"option_id": size, "value": "L"}]
    prices: Any = [{"currency_code": "eur", "amount": 2000}]
    added = products.create_variant(product.id, {"title": "L", "prices": prices, "options": of_size}).product
    large = next(variant for variant in added.variants if variant.title == "L")
    products.update_variant(product.id, large.id, {"prices": [{"currency_code": "usd", "amount": 2200}], "sku": None})
    assert [price.currency_code for price in variants.retrieve(large.id).variant.prices] == ["usd"]
    assert variants.list({"id": large.id, "currency_code": "usd"}).variants[0].calculated_price == 2200
    products.update_variant(product.id, large.id, {"weight": 300})
    listed = products.list_variants(product.id, {"q": "L", "limit": 1}).variants[0]
    assert (listed.weight, [price.amount for price in listed.prices]) == (300, [2200])
    products.update_variant(product.id, large.id, {"prices": []})
    assert products.list_variants(product.id, {"id": large.id}).variants[0].prices == []
    by_title = products.iterate_variants(product.id, {"order": "title"}, page_size=1)
    assert [variant.title for variant in by_title] == ["L", "M", "S"]
    assert {each.id for each in variants.iterate(page_size=5)} >= {variant.id for variant in added.variants}
    deleted = products.delete_variant(product.id, large.id)
    assert (deleted.variant_id, len(deleted.product.variants)) == (large.id, 2)

    # Variants that the list does not contain are deleted.
    first, second = (variant.id for variant in product.variants)
    new: Any = {"title": "XL", "inventory_quantity": 1, "prices": [], "options": [{"option_id": size, "value": "XL"}]}
    replaced = products.update(product.id, {"variants": [{"id": first, "title": "Small"}, new]}).product
    assert {variant.title for variant in replaced.variants} == {"Small", "XL"}
    assert second not in {variant.id for variant in replaced.variants}
    assert len(products.update(product.id, {"variants": None}).product.variants) == 2
    assert products.update(product.id, {"variants": []}).product.variants == []


def change_options(shop: Shop, product: Product) -> None:
    products = shop.merchant.admin.products
    added = products.add_option(product.id, {"title": "Color"}).product
    color = next(option for option in added.options if option.title == "Color")
    assert "Colour" in {
        each.title for each in products.update_option(product.id, color.id, {"title": "Colour"}).product.options
    }
    deleted = products.delete_option(product.id, color.id)
    assert (deleted.option_id, [option.title for option in deleted.product.options]) == (color.id, ["Size"])


def fill_a_collection(shop: Shop, product: Product) -> None:
    collections = shop.merchant.admin.collections
    collection = collections.create({"title": f"Spring {uuid.uuid4().hex[:6]}", "metadata": {"a": 1}}).collection
    title = f"Autumn {uuid.uuid4().hex[:6]}"
    changed = collections.update(collection.id, {"title": title, "metadata": {"b": 2}}).collection
    assert (changed.title, changed.handle, changed.metadata) == (title, collection.handle, {"a": 1, "b": 2})
    for _ in range(2):
        filled = collections.add_products(collection.id, {"product_ids": [product.id, "prod_unknown"]}).collection
        assert [each.id for each in filled.products] == [product.id]
    assert collections.retrieve(collection.id).collection.products[0].id == product.id
    assert [each.id for each in collections.list({"q": title.lower()}).collections] == [collection.id]
    assert collection.id in {each.id for each in collections.iterate(page_size=1)}
    removed = collections.remove_products(collection.id, {"product_ids": [product.id, "prod_unknown"]})
    assert removed.removed_products == [product.id, "prod_unknown"]
    assert collections.retrieve(collection.id).collection.products == []
    assert collections.delete(collection.id).object == "product-collection"
    with pytest.raises(MedusaNotFoundError):
        collections.delete(collection.id)


def test_every_method_of_categories(shop_with_flags: Shop) -> None:
    shop_with_flags.returned.clear()
    admin = shop_with_flags.merchant.admin
    categories = admin.product_categories
    name = f"Books {uuid.uuid4().hex[:6]}"
    books = categories.create({"name": name, "metadata": {"a": 1}}).product_category
    assert (books.is_active, books.is_internal) == (False, False)
    # These categories are internal, because tests of the Store API list its categories at the same time.
    names = ("Novels", "Poems")
    novels, poems = (
        categories.create(
            {"name": f"{each} {name}", "parent_category_id": books.id, "is_internal": True}
        ).product_category
        for each in names
    )
    assert poems.is_internal
    assert categories.update(poems.id, {"rank": 0, "is_active": True}).product_category.rank == 0
    tree = categories.retrieve(books.id).product_category
    assert [each.id for each in tree.category_children] == [poems.id, novels.id]
    assert categories.retrieve(poems.id, expand="parent_category").product_category.parent_category is not None
    assert {each.id for each in categories.list({"q": name}).product_categories} == {books.id, novels.id, poems.id}
    found = list(categories.iterate({"q": name}, page_size=1))
    assert sorted(each.id for each in found) == sorted([books.id, novels.id, poems.id])

    product = admin.products.create(new_product(categories=[{"id": novels.id}])).product
    assert [each.id for each in product.categories] == [novels.id]
    for _ in range(2):
        categories.add_products(poems.id, {"product_ids": [{"id": product.id}]})
    assert {each.id for each in admin.products.retrieve(product.id).product.categories} == {novels.id, poems.id}
    assert [each.id for each in admin.products.iterate({"category_id": [poems.id]})] == [product.id]
    categories.remove_products(poems.id, {"product_ids": [{"id": product.id}]})
    assert [each.id for each in admin.products.retrieve(product.id).product.categories] == [novels.id]
    admin.products.delete(product.id)

    with pytest.raises(MedusaInvalidRequestError, match="with category children is not allowed"):
        categories.delete(books.id)
    assert categories.update(poems.id, {"parent_category_id": None}).product_category.parent_category_id is None
    for category in (novels, poems, books):
        assert categories.delete(category.id).object == "product-category"
    assert CATEGORIES - shop_with_flags.returned == set()


def test_categories_without_the_feature_flag(shop: Shop) -> None:
    with pytest.raises(MedusaNotFoundError):
        shop.merchant.admin.product_categories.list()


def test_the_stock_of_a_variant(shop_with_inventory: Shop) -> None:
    admin = shop_with_inventory.merchant.admin
    product = admin.products.create(new_product()).product
    stock = admin.variants.get_inventory(product.variants[0].id).variant
    assert [item.sku for item in stock.inventory] == [product.variants[0].sku]
    assert "Default Sales Channel" in {each.channel_name for each in stock.sales_channel_availability}
    admin.products.delete(product.id)
    sku = product.variants[0].sku or ""
    (item,) = admin.inventory_items.list({"sku": sku}).inventory_items
    assert item.variants == [None]
    admin.inventory_items.delete(item.id)
    assert STOCK - shop_with_inventory.returned == set()


def test_500_variants_of_one_transaction(shop: Shop) -> None:
    """Iterating yields each of 500 variants with the same creation time once.

    With the backend's default order, or with the order `created_at`, pages would repeat and omit some of them.
    """
    products = shop.merchant.admin.products
    title = f"Screws {uuid.uuid4().hex[:6]}"
    variants: Any = [
        {"title": f"{size}", "inventory_quantity": 0, "prices": [], "options": [{"value": f"{size}"}]}
        for size in range(500)
    ]
    product = products.create({"title": title, "options": [{"title": "Size"}], "variants": variants}).product
    ids = sorted(variant.id for variant in product.variants)
    assert len({variant.created_at for variant in product.variants}) == 1
    assert len(ids) == len(set(ids)) == 500
    small: Any = {"fields": "id", "expand": "options"}
    plain = shop.plain.with_options(custom_headers=shop.admin.headers).admin
    for page_size, read_ahead in ((1, False), (7, False), (7, True), (100, False), (100, True)):
        found = plain.products.iterate_variants(product.id, small, page_size=page_size, read_ahead=read_ahead)
        assert [variant.id for variant in found] == ids
    every = [variant.id for variant in plain.variants.iterate({"fields": "id"}, page_size=100)]
    assert len(every) == len(set(every))
    assert set(ids) < set(every)
    products.delete(product.id)


def test_errors(shop: Shop, product: Product) -> None:
    admin, customer = shop.merchant.admin, shop.medusa.admin
    for call in (customer.products.list, customer.variants.list, customer.collections.list, customer.product_tags.list):
        with pytest.raises(MedusaAuthenticationError):
            call()
    for retrieve in (admin.products.retrieve, admin.variants.retrieve, admin.collections.retrieve):
        with pytest.raises(MedusaNotFoundError):
            retrieve("unknown")
    with pytest.raises(MedusaInvalidRequestError, match="already exists"):
        admin.products.create(new_product(handle=product.handle))
    with pytest.raises(MedusaInvalidRequestError, match="Sales Channels sc_unknown do not exist"):
        admin.products.update(product.id, {"sales_channels": [{"id": "sc_unknown"}]})
    with pytest.raises(MedusaInvalidRequestError, match="Product has 1 and variant has 0"):
        admin.products.create_variant(product.id, {"title": "L", "prices": []})
    with pytest.raises(MedusaServerError, match="500 here if expand, fields or order has an unknown name"):
        admin.products.list({"order": "unknown"})
    price: Any = {"region_id": "reg_unknown", "amount": 1}
    with pytest.raises(MedusaServerError, match=r"500 here if .*a price has an unknown region"):
        admin.products.update_variant(product.id, product.variants[0].id, {"prices": [price]})
    with pytest.raises(MedusaServerError, match="500 here if the backend has no inventory module"):
        admin.variants.get_inventory(product.variants[0].id)
