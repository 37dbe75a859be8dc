"""A merchant sets up a region and its shipping."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Region,
    ShippingOption,
    is_loaded,
)

from ..shop import SEEDED_REGIONS, Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("regions", "shipping_options", "shipping_profiles")


@pytest.fixture(scope="module")
def region(shop: Shop) -> Iterator[Region]:
    """A region with Finland and Sweden."""
    regions = shop.merchant.admin.regions
    region = regions.create(
        {
            "name": f"North {uuid.uuid4().hex}",
            "currency_code": "GBP",
            "tax_rate": 25.5,
            "tax_code": "ALV",
            "payment_providers": ["manual"],
            "fulfillment_providers": ["manual"],
            "countries": ["fi", "SE"],
            "metadata": {"language": "fi"},
        }
    ).region
    yield region
    assert regions.delete(region.id).to_dict() == {"id": region.id, "object": "region", "deleted": True}
    with pytest.raises(MedusaNotFoundError):
        regions.delete(region.id)


@pytest.fixture(scope="module")
def option(shop: Shop, region: Region) -> Iterator[ShippingOption]:
    """A shipping option of the region for 9.90."""
    options = shop.merchant.admin.shipping_options
    option = options.create(
        {
            "name": "Northern parcel",
            "region_id": region.id,
            "provider_id": "manual",
            "data": {"id": "manual-fulfillment"},
            "price_type": "flat_rate",
            "amount": 990,
            "requirements": [{"type": "min_subtotal", "amount": 100}],
        }
    ).shipping_option
    yield option
    for _ in range(2):  # The second deletion is not an error.
        assert options.delete(option.id).object == "shipping-option"
    with pytest.raises(MedusaNotFoundError):
        options.retrieve(option.id)


def countries(region: Region) -> set[str]:
    return {country.iso_2 for country in region.countries}


def test_a_region(shop: Shop, region: Region) -> None:
    regions = shop.merchant.admin.regions
    assert (region.currency_code, region.tax_rate, region.metadata) == ("gbp", 25.5, {"language": "fi"})
    assert countries(region) == {"fi", "se"}
    changed = regions.update(region.id, {"tax_rate": 25, "tax_code": None, "metadata": {"language": "", "n": 1}}).region
    assert (changed.tax_rate, changed.tax_code, changed.metadata) == (25, None, {"n": 1})
    for _ in range(2):
        assert countries(regions.add_country(region.id, {"country_code": "DK"}).region) == {"fi", "se", "dk"}
    for _ in range(2):
        assert countries(regions.delete_country(region.id, "dk").region) == {"fi", "se"}
    assert countries(regions.update(region.id, {"countries": ["fi"]}).region) == {"fi"}
    assert regions.retrieve(region.id).region.countries[0].region_id == region.id


def test_providers_of_a_region(shop: Shop, region: Region) -> None:
    regions = shop.merchant.admin.regions
    for _ in range(2):
        added = regions.add_payment_provider(region.id, {"provider_id": "test-pay"}).region
        assert {provider.id for provider in added.payment_providers} == {"manual", "test-pay"}
        added = regions.add_fulfillment_provider(region.id, {"provider_id": "calc"}).region
        assert {provider.id for provider in added.fulfillment_providers} == {"manual", "calc"}
    offered = regions.retrieve_fulfillment_options(region.id).fulfillment_options
    assert {each.provider_id: [option["id"] for option in each.options] for each in offered} == {
        "manual": ["manual-fulfillment", "manual-fulfillment-return"],
        "calc": ["calc-standard", "calc-return"],
    }
    for _ in range(2):
        left = regions.delete_payment_provider(region.id, "test-pay").region
        assert [provider.id for provider in left.payment_providers] == ["manual"]
        left = regions.delete_fulfillment_provider(region.id, "calc").region
        assert [provider.id for provider in left.fulfillment_providers] == ["manual"]
    for add in (regions.add_payment_provider, regions.add_fulfillment_provider):
        with pytest.raises(MedusaNotFoundError):
            add(region.id, {"provider_id": "nope"})


def test_regions(shop: Shop, region: Region) -> None:
    regions = shop.merchant.admin.regions
    payload: Any = {"name": region.name.upper(), "currency_code": "gbp", "tax_rate": 0, "countries": []}
    payload |= {"payment_providers": [], "fulfillment_providers": []}
    newer = regions.create(payload).region.id
    listed = regions.list({"q": region.name.lower()})
    assert (listed.count, listed.limit, [each.id for each in listed.regions]) == (2, 50, [newer, region.id])
    assert [each.id for each in regions.iterate({"q": region.name}, page_size=1)] == sorted([region.id, newer])
    everywhere = {each.id for each in regions.list().regions}
    assert everywhere >= {region.id, newer, *(shop.regions[name] for name in SEEDED_REGIONS)}
    assert {each.id for each in regions.iterate(page_size=1)} >= {region.id, newer}
    regions.delete(newer)
    some = regions.retrieve(region.id, {"fields": "name"}, expand=["currency"]).region
    assert (some.name, is_loaded(some, "tax_rate"), is_loaded(some, "countries")) == (region.name, False, False)
    assert some.currency
    assert some.currency.code == "gbp"


def test_what_regions_refuse(shop: Shop, region: Region) -> None:
    regions = shop.merchant.admin.regions
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.regions.list()
    for call in (regions.retrieve, regions.retrieve_fulfillment_options, regions.delete):
        with pytest.raises(MedusaNotFoundError):
            call("reg_nope")
    with pytest.raises(MedusaInvalidRequestError, match="already exists in region"):
        regions.add_country(region.id, {"country_code": "de"})
    with pytest.raises(MedusaInvalidRequestError, match="Invalid currency code"):
        regions.update(region.id, {"currency_code": "sek"})
    with pytest.raises(MedusaInvalidRequestError, match="tax_rate must be between"):
        regions.update(region.id, {"tax_rate": 101})
    with pytest.raises(MedusaInvalidRequestError, match="nope"):
        regions.retrieve(region.id, expand="nope")
    with pytest.raises(MedusaServerError, match="fields has an unknown name"):
        regions.retrieve(region.id, fields="nope")
    with pytest.raises(MedusaServerError, match="limit or offset is negative"):
        regions.list({"limit": -1})


def test_a_shipping_option(shop: Shop, region: Region, option: ShippingOption) -> None:
    options = shop.merchant.admin.shipping_options
    assert (option.amount, option.is_return, option.requirements[0].amount) == (990, False, 100)
    assert option.profile
    assert option.profile.type == "default"
    kept: Any = {"id": option.requirements[0].id, "type": "min_subtotal", "amount": 200}
    changed = options.update(option.id, {"requirements": [kept], "amount": 1000}).shipping_option
    assert (changed.name, changed.amount) == ("Northern parcel", 1000)
    assert [(each.id, each.amount) for each in changed.requirements] == [(option.requirements[0].id, 200)]
    assert options.update(option.id, {"requirements": [], "admin_only": True}).shipping_option.requirements == []
    for _ in range(2):  # A requirement without an ID replaces the previous one.
        again = options.update(option.id, {"requirements": [{"type": "max_subtotal", "amount": 9000}]}).shipping_option
        assert [each.amount for each in again.requirements] == [9000]
    assert options.retrieve(option.id).shipping_option.admin_only
    listed = options.list({"region_id": region.id, "admin_only": True}).shipping_options
    tax = 10 * shop.merchant.admin.regions.retrieve(region.id).region.tax_rate
    assert [(each.price_incl_tax, each.tax_amount) for each in listed] == [(1000 + tax, tax)]
    more: Any = {"region_id": region.id, "provider_id": "manual", "data": {}, "price_type": "flat_rate", "amount": 1}
    payloads: list[Any] = [{**more, "name": f"Sledge {number}"} for number in range(4)]
    made = [options.create(payload).shipping_option.id for payload in payloads]
    every = options.list({"region_id": region.id, "limit": 0})
    assert (every.count, {each.id for each in every.shipping_options}) == (5, {option.id, *made})
    for page_size in (1, 3):
        found = [each.id for each in options.iterate({"region_id": region.id}, page_size=page_size)]
        assert found == sorted([option.id, *made])
    assert {each.id for each in options.iterate(page_size=3)} >= {option.id, *made}
    for each in made:
        options.delete(each)


def test_what_shipping_options_refuse(shop: Shop, option: ShippingOption) -> None:
    options = shop.merchant.admin.shipping_options
    no_requirements: Any = {"name": "Parcel"}
    no_metadata: Any = {"requirements": [], "metadata": None}
    with pytest.raises(MedusaNotFoundError):
        options.update("so_nope", {"requirements": []})
    with pytest.raises(MedusaInvalidRequestError, match="must have an `amount`"):
        options.update(option.id, {"requirements": [], "amount": None})
    with pytest.raises(MedusaInvalidRequestError, match="requirements must be an array"):
        options.update(option.id, no_requirements)
    with pytest.raises(MedusaInvalidRequestError, match="cannot calculate prices"):
        options.update(option.id, {"requirements": [], "price_type": "calculated"})
    with pytest.raises(MedusaServerError, match="metadata is null"):
        options.update(option.id, no_metadata)
    with pytest.raises(MedusaServerError, match="expand, fields or order has an unknown name"):
        options.list({"expand": "nope"})


def test_shipping_profiles(shop: Shop, option: ShippingOption) -> None:
    profiles = shop.merchant.admin.shipping_profiles
    bulky = profiles.create({"name": "Bulky", "type": "custom", "metadata": {"a": 1}}).shipping_profile
    assert not is_loaded(bulky, "products")
    changed = profiles.update(bulky.id, {"name": "Large", "shipping_options": [option.id]}).shipping_profile
    assert (changed.name, [each.id for each in changed.shipping_options]) == ("Large", [option.id])
    assert profiles.retrieve(bulky.id).shipping_profile.metadata == {"a": 1}
    listed = profiles.list().shipping_profiles
    assert {"default", "gift_card", "custom"} == {profile.type for profile in listed}
    default = next(profile.id for profile in listed if profile.type == "default")
    profiles.update(default, {"shipping_options": [option.id]})
    assert profiles.retrieve(bulky.id).shipping_profile.shipping_options == []
    for _ in range(2):
        assert profiles.delete(bulky.id).object == "shipping_profile"
    with pytest.raises(MedusaNotFoundError):
        profiles.retrieve(bulky.id)
    with pytest.raises(MedusaInvalidRequestError, match="type must be one of"):
        profiles.create({"name": "x", "type": "nope"})


def test_a_region_that_includes_taxes(shop_with_flags: Shop) -> None:
    regions, options = shop_with_flags.merchant.admin.regions, shop_with_flags.merchant.admin.shipping_options
    region = regions.create(
        {
            "name": "North",
            "currency_code": "gbp",
            "tax_rate": 25,
            "payment_providers": ["manual"],
            "fulfillment_providers": ["manual"],
            "countries": ["fi"],
            "includes_tax": True,
        }
    ).region
    assert region.includes_tax
    option = options.create(
        {
            "name": "Northern parcel",
            "region_id": region.id,
            "provider_id": "manual",
            "data": {},
            "price_type": "flat_rate",
            "amount": 1000,
            "includes_tax": True,
        }
    ).shipping_option
    (priced,) = options.list({"region_id": region.id}).shipping_options
    assert (priced.includes_tax, priced.price_incl_tax, priced.tax_amount) == (True, 1000, 200)
    assert not options.update(option.id, {"requirements": [], "includes_tax": False}).shipping_option.includes_tax
    assert not regions.update(region.id, {"includes_tax": False}).region.includes_tax
    options.delete(option.id)
    regions.delete(region.id)


def test_every_method_returned(shop: Shop, shop_with_flags: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop.returned - shop_with_flags.returned == set()
