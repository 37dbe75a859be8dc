"""The differences of a Medusa with feature flags, and of a Medusa with the inventory module."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import (
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    ProductCategory,
    is_loaded,
)

from .shop import SEEDED_REGIONS, SEEDED_VARIANTS, Shop, new_email


@pytest.fixture(scope="module")
def categories(shop_with_flags: Shop) -> dict[str, ProductCategory]:
    listed = shop_with_flags.medusa.product_categories.list().product_categories
    return {category.handle: category for category in listed}


def test_categories(shop_with_flags: Shop, categories: dict[str, ProductCategory]) -> None:
    api = shop_with_flags.medusa.product_categories
    seeded = {"clothes", "shirts", "hats", "inactive", "internal"}
    assert categories.keys() & seeded == {"clothes", "shirts", "hats"}
    tree = api.retrieve(categories["clothes"].id).product_category
    assert (type(tree), tree.name, tree.parent_category) == (ProductCategory, "Clothes", None)
    assert {child.handle for child in tree.category_children} == {"shirts", "hats"}
    for query, handles in (
        ({"q": "HAT"}, {"hats"}),
        ({"handle": "shirts"}, {"shirts"}),
        ({"parent_category_id": tree.id}, {"shirts", "hats"}),
        ({"parent_category_id": "null"}, {"clothes"}),
        ({"limit": 1, "include_descendants_tree": True}, {"clothes"}),
    ):
        found = api.list(query).product_categories  # type: ignore[arg-type]
        assert (query, {category.handle for category in found} & seeded) == (query, handles)
    some = api.retrieve(tree.id, {"fields": "id,name"}, expand=["category_children"]).product_category
    assert not is_loaded(some, "handle")
    below: Any = {"parent_category_id": tree.id}
    assert [each.id for each in api.iterate(below, page_size=1)] == [
        each.id for each in api.list(below).product_categories
    ]
    assert {categories[handle].id for handle in ("clothes", "shirts", "hats")} <= {
        each.id for each in api.iterate(page_size=1)
    }
    with pytest.raises(MedusaNotFoundError):
        api.retrieve("pcat_nope")
    with pytest.raises(MedusaServerError, match="expand has an unknown name"):
        api.retrieve(tree.id, expand=["nope"])
    with pytest.raises(MedusaInvalidRequestError):
        api.retrieve(tree.id, fields=["nope"])


def test_products_by_category(shop_with_flags: Shop, categories: dict[str, ProductCategory]) -> None:
    products = shop_with_flags.medusa.products
    shirts, clothes = categories["shirts"].id, categories["clothes"].id
    assert [product.handle for product in products.list({"category_id": [shirts]}).products] == ["linen-shirt"]
    assert products.list({"category_id": [clothes]}).products == []
    below = products.list({"category_id": [clothes], "include_category_children": True, "expand": "categories"})
    assert {product.handle for product in below.products} == {"linen-shirt", "straw-hat"}
    assert {category.handle for product in below.products for category in product.categories} == {"shirts", "hats"}


def test_search(shop_with_flags: Shop) -> None:
    found = shop_with_flags.medusa.products.search({"q": "shirt", "limit": 1, "filter": "type = Shirt"})
    assert [hit["handle"] for hit in found.hits] == ["linen-shirt"]
    assert (found.extra["query"], found.extra["limit"], found.extra["filter"]) == ("shirt", 1, "type = Shirt")
    assert shop_with_flags.medusa.products.search({"q": "nothing of the kind"}).hits == []


def test_prices_that_include_taxes(shop_with_flags: Shop) -> None:
    medusa, regions = shop_with_flags.medusa, shop_with_flags.regions
    flags = {region.name: region.includes_tax for region in medusa.regions.list().regions}
    assert [flags[name] for name in SEEDED_REGIONS] == [False, False, True]
    shirt = shop_with_flags.variants["SHIRT-M-WHITE"]
    for region, includes_tax, total in (("Europe", False, 4800), ("Testland", True, 4000)):
        variant = medusa.products.variants.retrieve(shirt, region_id=regions[region]).variant
        assert (variant.calculated_price, variant.calculated_price_incl_tax) == (4000, total)
        assert variant.calculated_price_includes_tax is includes_tax
        assert variant.original_price_includes_tax is includes_tax
        cart = shop_with_flags.cart(region, SHIRT_M_WHITE=1)
        assert (cart.total, cart.items[0].includes_tax) == (total, includes_tax)
    options = medusa.shipping_options.list({"region_id": regions["Testland"]}).shipping_options
    assert {option.includes_tax for option in options} == {False}
    order = shop_with_flags.order("Testland", SHIRT_M_WHITE=1)
    assert (order.items[0].includes_tax, order.subtotal, order.total) == (True, 3333, 4000 + 600)


def test_stock_at_places(shop_with_inventory: Shop) -> None:
    medusa, variants = shop_with_inventory.medusa, shop_with_inventory.variants
    seeded = [variants[sku] for sku in SEEDED_VARIANTS]
    listed = {variant.sku: variant for variant in medusa.products.variants.list({"id": seeded}).variants}
    assert listed.keys() == {*SEEDED_VARIANTS}
    assert {sku for sku, variant in listed.items() if not variant.purchasable} == {"SHIRT-L-WHITE"}
    assert listed["SHIRT-M-BLUE"].allow_backorder
    # The mug is older than the stock location, so it has no inventory level there.
    assert listed["MUG-350"].purchasable
    assert not is_loaded(listed["MUG-350"], "inventory_quantity")
    channel = shop_with_inventory.state["wholesale_channel"]
    sold_out = medusa.products.variants.retrieve(variants["SHIRT-L-WHITE"], sales_channel_id=channel).variant
    assert sold_out.purchasable is False
    shirt = medusa.products.list({"handle": "linen-shirt"}).products[0]
    assert {variant.sku for variant in shirt.variants if not variant.purchasable} == {"SHIRT-L-WHITE"}


def test_an_order_from_stock(shop_with_inventory: Shop) -> None:
    medusa, variants = shop_with_inventory.medusa, shop_with_inventory.variants
    cart = shop_with_inventory.cart(HAT=1)  # No other test buys this hat on this profile.
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.carts.line_items.create(cart.id, {"variant_id": variants["SHIRT-L-WHITE"], "quantity": 1})
    assert caught.value.code == "insufficient_inventory"
    with_key = medusa.with_options(publishable_api_key=shop_with_inventory.state["publishable_api_key"])
    assert {product.handle for product in with_key.products.list().products} >= {"linen-shirt"}
    before = medusa.products.variants.retrieve(variants["HAT"]).variant.inventory_quantity
    shop_with_inventory.checkout(cart.id, new_email())
    order = medusa.carts.complete(cart.id).data
    assert isinstance(order, Order)
    assert medusa.orders.retrieve(order.id).order.items[0].title == "Straw Hat"
    after = medusa.products.variants.retrieve(variants["HAT"]).variant.inventory_quantity
    assert before - after == 1
    made = medusa.returns.create(
        {"order_id": order.id, "items": [{"item_id": order.items[0].id, "quantity": 1}]}
    ).return_
    assert made.refund_amount == 2000 + 400
