"""A merchant sets a lower tax rate for some goods."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Region,
    TaxRate,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("tax_rates")


@pytest.fixture(scope="module")
def region(shop: Shop) -> Iterator[Region]:
    """A region that no other test uses."""
    regions, providers = shop.merchant.admin.regions, ["manual"]
    payload: Any = {"name": f"Lowlands {uuid.uuid4().hex}", "currency_code": "gbp", "tax_rate": 20, "countries": ["nl"]}
    payload |= {"payment_providers": providers, "fulfillment_providers": providers}
    region = regions.create(payload).region
    yield region
    regions.delete(region.id)


@pytest.fixture(scope="module")
def rate(shop: Shop, region: Region) -> Iterator[TaxRate]:
    """A reduced rate without products."""
    rates = shop.merchant.admin.tax_rates
    rate = rates.create(
        {"name": "Reduced", "code": "low", "region_id": region.id, "rate": 5.5}, {"expand": ["products"]}
    ).tax_rate
    assert rate.products == []
    yield rate
    for _ in range(2):  # The second deletion is not an error.
        assert rates.delete(rate.id).object == "tax-rate"
    with pytest.raises(MedusaNotFoundError):
        rates.retrieve(rate.id)


@pytest.fixture(scope="module")
def goods(shop: Shop, region: Region) -> Iterator[dict[str, str]]:
    """The IDs of a product, a type and a shipping option. No other test uses their taxes."""
    options = shop.merchant.admin.shipping_options
    payload: Any = {"name": "Barge", "region_id": region.id, "provider_id": "manual", "data": {}}
    payload |= {"price_type": "flat_rate", "amount": 500}
    option = options.create(payload).shipping_option.id
    with shop.own_product("KITE", type={"value": "Kite"}) as kite:
        yield {"products": kite["id"], "product_types": kite["type_id"], "shipping_options": option}
    options.delete(option)


def test_a_tax_rate(shop: Shop, rate: TaxRate, region: Region) -> None:
    rates = shop.merchant.admin.tax_rates
    assert (rate.name, rate.code, rate.rate) == ("Reduced", "low", 5.5)
    changed = rates.update(rate.id, {"rate": None, "code": None}, {"fields": ["rate", "code"]}).tax_rate
    assert (changed.rate, changed.code, is_loaded(changed, "name")) == (None, None, False)
    assert rates.update(rate.id, {"rate": 6, "code": "low"}).tax_rate.rate == 6
    plain = rates.retrieve(rate.id).tax_rate
    assert (is_loaded(plain, "products"), is_loaded(plain, "product_count")) == (False, False)
    full = rates.retrieve(rate.id, expand="region, products", fields=["name", "product_count"]).tax_rate
    assert full.region
    assert (full.name, full.region.name, full.products, full.product_count) == ("Reduced", region.name, [], 0)
    assert rates.retrieve(rate.id, {"expand": ["shipping_options"]}).tax_rate.shipping_options == []


@pytest.mark.parametrize("kind", ["products", "product_types", "shipping_options"])
def test_what_a_tax_rate_applies_to(shop: Shop, rate: TaxRate, goods: dict[str, str], kind: str) -> None:
    rates: Any = shop.merchant.admin.tax_rates
    add: Callable[..., Any] = getattr(rates, f"add_{kind}")
    remove: Callable[..., Any] = getattr(rates, f"remove_{kind}")

    def has(result: Any) -> list[str]:
        return [each.id for each in getattr(result.tax_rate, kind)]

    expand: Any = {"expand": [kind]}
    assert has(rates.retrieve(rate.id, expand=kind)) == []
    for _ in range(2):
        assert has(add(rate.id, {kind: [goods[kind]]}, expand)) == [goods[kind]]
    for _ in range(2):
        assert has(remove(rate.id, {kind: [goods[kind]]}, expand)) == []
    for replaced in ([goods[kind]], []):
        assert has(rates.update(rate.id, {kind: replaced}, expand)) == replaced
    with pytest.raises(MedusaNotFoundError):
        add(rate.id, {kind: ["nope"]})
    remove(rate.id, {kind: ["nope"]})
    for change in (add, remove):
        with pytest.raises(MedusaNotFoundError):
            change("txr_nope", {kind: [goods[kind]]})
        with pytest.raises(MedusaInvalidRequestError, match=f"{kind} must be an array"):
            change(rate.id, {kind: goods[kind]})
        with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
            change(rate.id, {kind: [goods[kind]]}, {"fields": ["nope"]})
        # The backend made the change before the error.
        assert has(rates.retrieve(rate.id, expand=kind)) == ([goods[kind]] if change is add else [])


def test_tax_rates(shop: Shop, rate: TaxRate, region: Region) -> None:
    rates, mine = shop.merchant.admin.tax_rates, region.id
    books = rates.create({"name": "Books", "code": "books", "region_id": mine, "rate": 7}).tax_rate
    europe = rates.create({"name": "Books", "code": "books", "region_id": shop.regions["Europe"], "rate": 7}).tax_rate
    listed = rates.list({"region_id": mine})
    assert (listed.count, listed.limit, [each.id for each in listed.tax_rates]) == (2, 50, [books.id, rate.id])
    assert [each.id for each in rates.iterate({"region_id": mine}, page_size=1)] == sorted([rate.id, books.id])
    assert rates.list().tax_rates[0].created_at >= europe.created_at  # The newest rate is first.
    assert {each.id for each in rates.iterate(page_size=1)} >= {rate.id, books.id, europe.id}
    queries: list[Any] = [
        {"region_id": [mine], "q": "reduc"},
        {"region_id": mine, "rate": {"lt": 7, "gte": 6}},
        {"region_id": mine, "rate": 6},
        {"region_id": mine, "code": "low", "name": "Reduced"},
    ]
    for query in queries:
        assert (query, [each.id for each in rates.list(query).tax_rates]) == (query, [rate.id])
    found = {each.id for each in rates.list({"code": "books", "name": "Books"}).tax_rates}
    assert (found >= {books.id, europe.id}, rate.id in found) == (True, False)
    (counted,) = rates.iterate(
        {"region_id": mine, "code": "books", "fields": ["product_count"], "expand": ["products"]}
    )
    assert (counted.product_count, counted.products) == (0, [])
    for each in (books, europe):
        rates.delete(each.id)


def test_what_tax_rates_refuse(shop: Shop, rate: TaxRate) -> None:
    rates = shop.merchant.admin.tax_rates
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.tax_rates.list()
    with pytest.raises(MedusaNotFoundError, match="region_id"):
        rates.create({"name": "x", "code": "x", "region_id": "reg_nope"})
    with pytest.raises(MedusaNotFoundError):
        rates.create({"name": "x", "code": "x", "region_id": shop.regions["Europe"], "products": ["prod_nope"]})
    with pytest.raises(MedusaInvalidRequestError, match="must belong to the same Region"):
        rates.add_shipping_options(rate.id, {"shipping_options": [shop.option("Post")]})
    text: Any = {"expand": "products"}
    with pytest.raises(MedusaInvalidRequestError, match="expand must be an array"):
        rates.list(text)
    with pytest.raises(MedusaInvalidRequestError, match="expand must be an array"):
        rates.retrieve(rate.id, text)
    with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
        rates.retrieve(rate.id, expand="nope")
    no_list: Any = {"products": None}
    with pytest.raises(MedusaServerError, match="a list is null"):
        rates.update(rate.id, no_list)
    with pytest.raises(MedusaServerError, match="limit or offset is negative"):
        rates.list({"offset": -1})


def test_every_method_returned(shop: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop.returned == set()
