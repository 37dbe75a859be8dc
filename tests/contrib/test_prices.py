"""The prices that a shop shows for the products of a store."""

from __future__ import annotations

from medusa.contrib.carts import price_of
from medusa.sandbox import SandboxStore


def test_a_price_includes_taxes_where_the_region_computes_them() -> None:
    with SandboxStore(orders=False) as store, store.client() as medusa:
        taxed = store.add_region("Taxed", currency_code="eur", countries=["de"], tax_rate=20)
        untaxed = store.add_region("Untaxed", currency_code="eur", countries=["fr"], tax_rate=20, automatic_taxes=False)
        store.add_product("Stool", price=1000, currency_code="eur")
        prices = [price_of(medusa.products.list({"region_id": region.id}).products[0]) for region in (taxed, untaxed)]
        assert prices == [1200, 1000]


def test_no_price_without_a_region_or_in_another_currency() -> None:
    with SandboxStore(orders=False) as store, store.client() as medusa:
        japan = store.add_region("Japan", currency_code="jpy", countries=["jp"])
        store.add_product("Stool", price=1000, currency_code="eur")
        for found in (medusa.products.list(), medusa.products.list({"region_id": japan.id})):
            assert price_of(found.products[0]) is None
