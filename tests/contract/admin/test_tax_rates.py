"""A merchant sets a lower tax rate for some goods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    TaxRate,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("tax_rates")


@pytest.fixture(scope="module")
def rate(shop: Shop) -> Iterator[TaxRate]:
    """A reduced rate in Testland, which no product has yet."""
    rates = shop.merchant.admin.tax_rates
    rate = rates.create(
        {"name": "Reduced", "code": "low", "region_id": shop.regions["Testland"], "rate": 5.5}, {"expand": ["products"]}
    ).tax_rate
    assert rate.products == []
    yield rate
    for _ in range(2):  # The second time is no error.
        assert rates.delete(rate.id).object == "tax-rate"
    with pytest.raises(MedusaNotFoundError):
        rates.retrieve(rate.id)


def test_a_tax_rate(shop: Shop, rate: TaxRate) -> None:
    rates = shop.merchant.admin.tax_rates
    assert (rate.name, rate.code, rate.rate) == ("Reduced", "low", 5.5)
    changed = rates.update(rate.id, {"rate": None, "code": None}, {"fields": ["rate", "code"]}).tax_rate
    assert (changed.rate, changed.code, is_loaded(changed, "name")) == (None, None, False)
    assert rates.update(rate.id, {"rate": 6, "code": "low"}).tax_rate.rate == 6
    plain = rates.retrieve(rate.id).tax_rate
    assert (is_loaded(plain, "products"), is_loaded(plain, "product_count")) == (False, False)
    full = rates.retrieve(rate.id, expand="region, products", fields=["name", "product_count"]).tax_rate
    assert full.region
    assert (full.name, full.region.name, full.products, full.product_count) == ("Reduced", "Testland", [], 0)
    assert rates.retrieve(rate.id, {"expand": ["shipping_options"]}).tax_rate.shipping_options == []


@pytest.mark.parametrize("kind", ["products", "product_types", "shipping_options"])
def test_what_a_tax_rate_applies_to(shop: Shop, rate: TaxRate, kind: str) -> None:
    product = shop.medusa.products.list({"handle": "linen-shirt"}).products[0]
    ids = {
        "products": product.id,
        "product_types": product.type_id,
        "shipping_options": shop.option("Parcel", "Testland"),
    }
    rates: Any = shop.merchant.admin.tax_rates
    add: Callable[..., Any] = getattr(rates, f"add_{kind}")
    remove: Callable[..., Any] = getattr(rates, f"remove_{kind}")

    def has(result: Any) -> list[str]:
        return [each.id for each in getattr(result.tax_rate, kind)]

    expand: Any = {"expand": [kind]}
    assert has(rates.retrieve(rate.id, expand=kind)) == []
    for _ in range(2):
        assert has(add(rate.id, {kind: [ids[kind]]}, expand)) == [ids[kind]]
    for _ in range(2):
        assert has(remove(rate.id, {kind: [ids[kind]]}, expand)) == []
    for replaced in ([ids[kind]], []):
        assert has(rates.update(rate.id, {kind: replaced}, expand)) == replaced
    with pytest.raises(MedusaNotFoundError):
        add(rate.id, {kind: ["nope"]})
    remove(rate.id, {kind: ["nope"]})
    for change in (add, remove):
        with pytest.raises(MedusaNotFoundError):
            change("txr_nope", {kind: [ids[kind]]})
        with pytest.raises(MedusaInvalidRequestError, match=f"{kind} must be an array"):
            change(rate.id, {kind: ids[kind]})
        with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
            change(rate.id, {kind: [ids[kind]]}, {"fields": ["nope"]})
        # The change was made all the same.
        assert has(rates.retrieve(rate.id, expand=kind)) == ([ids[kind]] if change is add else [])


def test_tax_rates(shop: Shop, rate: TaxRate) -> None:
    rates = shop.merchant.admin.tax_rates
    europe = rates.create({"name": "Books", "code": "books", "region_id": shop.regions["Europe"], "rate": 7}).tax_rate
    listed = rates.list()
    assert (listed.count, listed.limit, listed.tax_rates[0].id) == (len(listed.tax_rates), 50, europe.id)
    assert [each.id for each in rates.iterate(page_size=1)] == sorted(each.id for each in listed.tax_rates)
    queries: list[Any] = [
        {"region_id": shop.regions["Testland"]},
        {"region_id": [shop.regions["Testland"]], "q": "reduc"},
        {"rate": {"lt": 7, "gte": 6}},
        {"rate": 6},
        {"code": "low", "name": "Reduced"},
    ]
    for query in queries:
        assert (query, [each.id for each in rates.list(query).tax_rates]) == (query, [rate.id])
    (counted,) = rates.iterate({"code": "books", "fields": ["product_count"], "expand": ["products"]})
    assert (counted.product_count, counted.products) == (0, [])
    rates.delete(europe.id)


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
    """In the tests before."""
    assert METHODS - shop.returned == set()
