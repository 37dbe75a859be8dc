"""Variants of products."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from medusa import Medusa, MedusaInvalidRequestError, MedusaNotFoundError, MedusaServerError, ProductVariant, is_loaded

from .conftest import Replay, Sent, target

PRICES = [
    *("calculated_price", "calculated_price_incl_tax", "calculated_tax"),
    *("original_price", "original_price_incl_tax", "original_tax", "tax_rates"),
]


@pytest.mark.parametrize(
    "case",
    [
        *("variant_retrieve", "variant_retrieve_region", "variant_retrieve_currency", "variant_retrieve_no_price"),
        *("variant_retrieve_expand", "variant_retrieve_cart", "flags_variant_retrieve_fields"),
        *("flags_variant_retrieve_unmanaged", "inv_variant_retrieve", "inv_variant_retrieve_channel"),
    ],
)
def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.products.variants.retrieve("variant_1")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/variants/variant_1", b"")
    assert isinstance(result.variant, ProductVariant)
    assert result.to_dict() == body
    assert result.variant.extra == {}
    assert is_loaded(result.variant, "purchasable") == case.startswith("inv_")


def test_prices_are_null_without_a_region(medusa: Medusa, replay: Replay) -> None:
    replay("variant_retrieve")
    variant = medusa.products.variants.retrieve("variant_1").variant
    assert {getattr(variant, name) for name in PRICES} == {None}
    replay("variant_retrieve_currency")
    variant = medusa.products.variants.retrieve("variant_1", currency_code="jpy").variant
    assert {name for name in PRICES if getattr(variant, name) is not None} == {"calculated_price", "original_price"}
    replay("variant_retrieve_region")
    variant = medusa.products.variants.retrieve("variant_1", region_id="reg_1").variant
    assert isinstance(variant.calculated_price, int)
    assert isinstance(variant.calculated_price_incl_tax, int)


@pytest.mark.parametrize("case", ["variants_list", "variants_list_region", "variants_list_offset_past"])
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.products.variants.list()
    assert (sent().method, target(sent())) == ("GET", "/store/variants")
    assert result.to_dict() == body


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("variants_list")
    medusa.products.variants.list({"inventory_quantity": {"gt": 500}, "title": ["S / Black", "PDF"], "limit": 2})
    query = "inventory_quantity%5Bgt%5D=500&title%5B0%5D=S%20%2F%20Black&title%5B1%5D=PDF&limit=2"
    assert target(sent()) == f"/store/variants?{query}"
    medusa.products.variants.list({"ids": "variant_1,variant_2", "inventory_quantity": 0})
    assert target(sent()) == "/store/variants?ids=variant_1%2Cvariant_2&inventory_quantity=0"


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("variant_retrieve_not_found", MedusaNotFoundError, "Variant with id: variant_nope was not found"),
        ("variant_retrieve_unknown_query", MedusaInvalidRequestError, "property nope should not exist"),
        (
            "variant_retrieve_fields_bad",
            MedusaServerError,
            "500 here if fields has an unknown name",
        ),
        ("variants_list_fields_bad", MedusaServerError, "500 here if fields has an unknown name"),
        ("flags_variants_list_expand_bad", MedusaInvalidRequestError, r"Requested fields \[nope\] are not valid"),
    ],
)
def test_what_is_raised(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    variants = medusa.products.variants
    call: Callable[[], object] = variants.list if "variants" in case else lambda: variants.retrieve("variant_1")
    with pytest.raises(error, match=said):
        call()


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("variants_list_default")
    variants = list(medusa.products.variants.iterate({"currency_code": "eur"}))
    assert target(sent()) == "/store/variants?currency_code=eur&limit=100&offset=0"
    assert [variant.to_dict() for variant in variants] == body["variants"]
