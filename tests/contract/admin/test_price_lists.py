"""Price lists on a real Medusa."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("price_lists")


@pytest.fixture
def product_of(shop: Shop) -> Iterator[dict[str, str]]:
    """The product IDs of two variants. No other test uses the prices of these variants."""
    with shop.own_product("KITE") as kite, shop.own_product("BOAT") as boat:
        yield {product["variants"][0]["id"]: product["id"] for product in (kite, boat)}


def test_every_method(shop: Shop, product_of: dict[str, str]) -> None:
    shop.returned.clear()
    lists = shop.merchant.admin.price_lists
    kite, boat = product_of
    name = f"Winter {uuid.uuid4().hex[:6]}"
    prices: Any = [
        {"variant_id": kite, "currency_code": "eur", "amount": 100},
        {"variant_id": kite, "region_id": shop.regions["Europe"], "amount": 90, "min_quantity": 10},
        {"variant_id": boat, "currency_code": "eur", "amount": 200},
        {"variant_id": "variant_unknown", "currency_code": "eur", "amount": 300},
    ]
    created = lists.create({"name": name, "description": "d", "type": "sale", "prices": prices}).price_list
    assert (created.status, len(created.prices)) == ("draft", 4)
    lost = next(price for price in created.prices if price.variants == [])
    assert lost.amount == 300
    lists.delete_prices(created.id, {"price_ids": [lost.id]})

    ends = datetime(2090, 1, 1, tzinfo=UTC)
    changed = lists.update(created.id, {"status": "active", "ends_at": ends, "type": "override"}).price_list
    assert (changed.status, changed.ends_at, changed.type, changed.starts_at) == ("active", ends, "override", None)
    assert lists.update(created.id, {"ends_at": None, "status": "draft"}).price_list.ends_at is None
    first = next(price for price in created.prices if price.amount == 100)
    again: Any = {"variant_id": kite, "currency_code": "eur", "amount": 110}
    # Only a price with an ID is changed. A price without an ID is added, even if the list has an equal price.
    known: Any = {**again, "id": first.id}
    assert len(lists.update(created.id, {"prices": [known]}).price_list.prices) == 3
    assert len(lists.update(created.id, {"prices": [again]}).price_list.prices) == 4
    assert len(lists.add_prices(created.id, {"prices": [known]}).price_list.prices) == 5
    both: Any = [again, {"variant_id": boat, "currency_code": "usd", "amount": 220}]
    replaced = lists.add_prices(created.id, {"prices": both, "override": True}).price_list
    assert {(price.variant_id, price.amount) for price in replaced.prices} == {(kite, 110), (boat, 220)}

    assert len(lists.retrieve(created.id).price_list.prices) == 2
    assert [each.id for each in lists.list({"q": name, "status": ["draft"]}).price_lists] == [created.id]
    assert lists.list({"id": created.id, "expand": "prices", "order": "name"}).price_lists[0].prices
    assert {product.id for product in lists.list_products(created.id).products} == {*product_of.values()}
    other = lists.create({"name": name, "description": "d", "type": "sale", "prices": [again]}).price_list
    assert [each.id for each in lists.iterate({"q": name}, page_size=1)] == sorted([created.id, other.id])
    products = lists.list_products(created.id).products
    lists_of_prices = {
        price.price_list_id for product in products for variant in product.variants for price in variant.prices
    }
    assert lists_of_prices == {None, created.id}
    lists.delete(other.id)
    found = list(lists.iterate_products(created.id, {"fields": "id"}, page_size=1))
    assert [product.id for product in found] == sorted(product_of.values())

    price = next(price for price in replaced.prices if price.variant_id == boat)
    assert lists.delete_prices(created.id, {"price_ids": [price.id, "unknown"]}).ids == [price.id, "unknown"]
    assert len(lists.delete_variant_prices(created.id, kite).ids) == 1
    assert lists.delete_variant_prices(created.id, kite).ids == []
    lists.add_prices(created.id, {"prices": prices[:3]})
    assert len(lists.delete_product_prices(created.id, product_of[boat]).ids) == 1
    assert len(lists.delete_products_prices(created.id, {"product_ids": [product_of[kite]]}).ids) == 2
    assert lists.retrieve(created.id).price_list.prices == []
    assert lists.delete(created.id).object == "price-list"
    assert METHODS - shop.returned == set()


def test_errors(shop: Shop) -> None:
    lists = shop.merchant.admin.price_lists
    variant = shop.variants["MUG-350"]
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.price_lists.list()
    with pytest.raises(MedusaNotFoundError, match="Price list with id: unknown was not found"):
        lists.retrieve("unknown")
    both: Any = {"variant_id": variant, "amount": 1, "currency_code": "eur", "region_id": shop.regions["Europe"]}
    with pytest.raises(MedusaInvalidRequestError, match="Failed XOR relation"):
        lists.create({"name": "n", "description": "d", "type": "sale", "prices": [both]})
    unknown: Any = {"variant_id": variant, "amount": 1, "region_id": "reg_unknown"}
    with pytest.raises(MedusaServerError, match="500 here if a region is unknown or a date is malformed"):
        lists.create({"name": "n", "description": "d", "type": "sale", "prices": [unknown]})
    assert lists.list_products("unknown").products == []
    assert lists.delete_product_prices("unknown", "unknown").ids == []
    text: Any = {"limit": "text"}
    with pytest.raises(MedusaInvalidRequestError):
        lists.list(text)
