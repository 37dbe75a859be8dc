"""The merchant creates discounts, limits them to products and customers, and creates codes of dynamic discounts."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from medusa import (
    Discount,
    DiscountCondition,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("discounts")

FIFTEEN_PERCENT: Any = {"type": "percentage", "value": 15, "allocation": "total"}


def new_code(start: str = "code") -> str:
    return f"{start}-{uuid.uuid4().hex[:12]}"


def new_discount(shop: Shop, **changed: Any) -> Discount:
    payload: Any = {"code": new_code(), "rule": FIFTEEN_PERCENT, "regions": [shop.regions["Europe"]], **changed}
    return shop.merchant.admin.discounts.create(payload).discount


def products(shop: Shop) -> list[str]:
    """Return the IDs of three products that no test deletes."""
    handles = ("candle", "enamel-mug", "wool-blanket")
    return [shop.medusa.products.list({"handle": handle}).products[0].id for handle in handles]


@pytest.fixture
def discount(shop: Shop) -> Discount:
    return new_discount(shop)


def test_every_method(shop: Shop) -> None:
    discount = create(shop)
    change(shop, discount)
    in_regions(shop, discount)
    with_conditions(shop, discount)
    make_codes(shop)
    for _ in range(2):
        deleted = shop.merchant.admin.discounts.delete(discount.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (discount.id, "discount", True)
    assert METHODS - shop.returned == set()


def create(shop: Shop) -> Discount:
    code, starts_at = new_code("Spring"), datetime(2026, 3, 20, tzinfo=UTC)
    discount = new_discount(
        shop,
        code=f" {code} ",
        rule={**FIFTEEN_PERCENT, "description": "Fifteen percent"},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=1),
        usage_limit=5,
        metadata={"a": 1},
    )
    assert (discount.code, discount.starts_at, discount.usage_limit) == (code.upper(), starts_at, 5)
    assert discount.rule
    assert (discount.rule.type, discount.rule.value, discount.rule.allocation) == ("percentage", 15, "total")
    assert (discount.is_dynamic, discount.is_disabled, discount.usage_count) == (False, False, 0)
    discounts = shop.merchant.admin.discounts
    assert discounts.retrieve(discount.id).discount == discount
    assert discounts.retrieve_by_code(code.lower()).discount == discount
    found = discounts.retrieve_by_code(code, expand="rule", fields=["id"]).discount
    assert (is_loaded(found, "code"), is_loaded(found, "rule"), is_loaded(found, "regions")) == (False, True, False)
    (listed,) = discounts.list({"q": code, "rule": {"type": "percentage", "allocation": "total"}}).discounts
    assert listed == discount
    assert discounts.list({"q": code, "is_disabled": True}).count == 0
    return discount


def change(shop: Shop, discount: Discount) -> None:
    """Change a discount: metadata is merged, and None removes a limit."""
    code = new_code("Summer")
    payload: Any = {
        "code": code,
        "rule": {"id": discount.rule_id, "value": 0, "allocation": "item"},
        "ends_at": None,
        "usage_limit": None,
        "metadata": {"a": "", "b": 2},
    }
    for _ in range(2):
        changed = shop.merchant.admin.discounts.update(discount.id, payload).discount
        assert (changed.code, changed.ends_at, changed.usage_limit) == (code.upper(), None, None)
        assert (changed.metadata, changed.rule_id) == ({"b": 2}, discount.rule_id)
        assert changed.rule
        assert (changed.rule.value, changed.rule.allocation, changed.rule.description) == (0, "item", "Fifteen percent")


def in_regions(shop: Shop, discount: Discount) -> None:
    """Add and remove regions. A second call changes nothing."""
    discounts, europe, testland = shop.merchant.admin.discounts, shop.regions["Europe"], shop.regions["Testland"]
    for _ in range(2):
        regions = discounts.add_region(discount.id, testland).discount.regions
        assert {each.id for each in regions} == {europe, testland}
    for _ in range(2):
        assert [each.id for each in discounts.remove_region(discount.id, europe).discount.regions] == [testland]
    assert [each.id for each in discounts.update(discount.id, {"regions": [europe]}).discount.regions] == [europe]


def with_conditions(shop: Shop, discount: Discount) -> None:
    discounts, (one, two, three) = shop.merchant.admin.discounts, products(shop)
    made = discounts.create_condition(
        discount.id, {"operator": "in", "products": [one]}, {"expand": "rule.conditions"}
    ).discount
    assert not is_loaded(made, "regions")
    assert made.rule
    (condition,) = made.rule.conditions
    assert (condition.type, condition.operator) == ("products", "in")

    def listed() -> set[str]:
        found = discounts.get_condition(discount.id, condition.id, {"expand": "products"}).discount_condition
        assert type(found) is DiscountCondition
        return {each.id for each in found.products}

    found = discounts.get_condition(discount.id, condition.id).discount_condition
    assert (found.discount_rule_id, is_loaded(found, "products")) == (discount.rule_id, False)
    assert listed() == {one}
    for _ in range(2):
        discounts.add_condition_resource_batch(discount.id, condition.id, {"resources": [{"id": two}]})
        assert listed() == {one, two}
    for _ in range(2):
        batch: Any = {"resources": [{"id": one}, {"id": two}]}
        assert discounts.delete_condition_resource_batch(discount.id, condition.id, batch).discount.id == discount.id
        assert listed() == set()
    for _ in range(2):
        assert discounts.update_condition(discount.id, condition.id, {"products": [two, three]}).discount.rule
        assert listed() == {two, three}
    rule: Any = {"id": discount.rule_id, "conditions": [{"id": condition.id, "products": [one]}]}
    for _ in range(2):
        assert discounts.update(discount.id, {"rule": rule}).discount.rule_id == discount.rule_id
        assert listed() == {one}
    for _ in range(2):
        deleted = discounts.delete_condition(discount.id, condition.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (condition.id, "discount-condition", True)
        assert deleted.discount.rule
        assert deleted.discount.rule.conditions == []


def make_codes(shop: Shop) -> None:
    discounts, code = shop.merchant.admin.discounts, new_code("mine")
    dynamic = new_discount(shop, is_dynamic=True, valid_duration="P1D")
    made = discounts.create_dynamic_code(dynamic.id, {"code": code, "usage_limit": 2, "metadata": {"a": 1}}).discount
    assert (made.code, made.parent_discount_id, made.rule_id) == (code.upper(), dynamic.id, dynamic.rule_id)
    assert (made.usage_limit, made.metadata) == (None, {"a": 1})
    assert made.ends_at
    assert made.ends_at - made.starts_at == pytest.approx(timedelta(days=1), abs=timedelta(seconds=5))
    discounts.delete_dynamic_code(dynamic.id, code)
    assert discounts.retrieve_by_code(code).discount.id == made.id  # A code in lower case deletes nothing.
    for _ in range(2):
        assert discounts.delete_dynamic_code(dynamic.id, made.code).discount.id == dynamic.id
    with pytest.raises(MedusaNotFoundError):
        discounts.retrieve_by_code(code)
    discounts.delete(dynamic.id)


def test_pages_have_each_discount_once(shop: Shop) -> None:
    discounts, code = shop.merchant.admin.discounts, new_code("page")
    made = [new_discount(shop, code=f"{code}-{number}").id for number in range(3)]
    page = discounts.list({"q": code, "limit": 2})
    assert ([each.id for each in page.discounts], page.count, page.limit) == (made[:0:-1], 3, 2)
    assert [each.id for each in discounts.iterate({"q": code}, page_size=1)] == sorted(made)
    for each in made:
        discounts.delete(each)


def test_a_customer_gets_the_discount(shop: Shop, discount: Discount) -> None:
    cart = shop.cart(MUG_350=2)
    cart = shop.medusa.carts.update(cart.id, {"discounts": [{"code": discount.code}]}).cart
    assert cart.discount_total == round(cart.subtotal * 0.15)


def test_another_rule_id_loses_the_conditions(shop: Shop) -> None:
    """An update with another rule ID loses the conditions, as the docstring of `rule.id` warns."""
    rule = {**FIFTEEN_PERCENT, "conditions": [{"operator": "in", "products": products(shop)[:1]}]}
    discount = new_discount(shop, rule=rule)
    assert discount.rule
    assert len(discount.rule.conditions) == 1
    other = new_code("dru")
    changed = shop.merchant.admin.discounts.update(discount.id, {"rule": {"id": other, "value": 5}}).discount
    assert changed.rule
    assert (changed.rule_id, changed.rule.conditions) == (other, [])


def test_what_the_backend_refuses(shop: Shop, discount: Discount) -> None:
    discounts, region, (one, *_) = shop.merchant.admin.discounts, shop.regions["Europe"], products(shop)
    fixed: Any = {**FIFTEEN_PERCENT, "type": "fixed"}
    both_regions = [region, shop.regions["Testland"]]
    two_lists: Any = {"operator": "in", "products": [one], "customer_groups": ["cgrp_1"]}
    one_region = new_discount(shop, rule=fixed)
    discounts.create_condition(discount.id, {"operator": "in", "products": [one]})
    refused: list[tuple[Any, int, str]] = [
        (lambda: new_discount(shop, rule={**FIFTEEN_PERCENT, "value": 101}), 400, "above 100"),
        (lambda: new_discount(shop, rule=fixed, regions=both_regions), 400, "one region"),
        (lambda: new_discount(shop, regions=[]), 400, "at least 1 region"),
        (lambda: new_discount(shop, code=discount.code.lower()), 422, "already exists"),
        (lambda: new_discount(shop, usage_limit=0), 400, "usage_limit"),
        (lambda: discounts.add_region(one_region.id, shop.regions["Testland"]), 400, "one region"),
        (lambda: discounts.update(discount.id, {"valid_duration": "a day"}), 400, "ISO 8601"),
        (lambda: discounts.create_dynamic_code(discount.id, {"code": new_code()}), 400, "set to dynamic"),
        (lambda: discounts.create_condition(discount.id, {"operator": "in", "products": [one]}), 422, "already exist"),
        (lambda: discounts.create_condition(discount.id, two_lists), 400, "Only one of"),
        (lambda: discounts.create_condition(discount.id, {"operator": "in"}), 400, "Missing one of"),
    ]
    for call, status, said in refused:
        with pytest.raises(MedusaInvalidRequestError, match=said) as caught:
            call()
        assert caught.value.status == status
    # Adding a region in which the discount is already valid is not an error.
    assert discounts.add_region(one_region.id, region).discount.id == one_region.id


def test_a_condition_of_another_discount(shop: Shop, discount: Discount) -> None:
    discounts = shop.merchant.admin.discounts
    rule = discounts.create_condition(discount.id, {"operator": "in", "products": products(shop)[:1]}).discount.rule
    assert rule
    other = new_discount(shop)
    with pytest.raises(MedusaInvalidRequestError, match="does not belong"):
        discounts.get_condition(other.id, rule.conditions[0].id)


def test_unknown_ids(shop: Shop, discount: Discount) -> None:
    discounts, (one, *_) = shop.merchant.admin.discounts, products(shop)
    condition: Any = {"operator": "in", "products": ["prod_none"]}
    for call in (
        lambda: discounts.retrieve("disc_none"),
        lambda: discounts.retrieve_by_code("NONE"),
        lambda: discounts.update("disc_none", {}),
        lambda: discounts.add_region(discount.id, "reg_none"),
        lambda: discounts.remove_region("disc_none", "reg_none"),
        lambda: new_discount(shop, regions=["reg_none"]),
        lambda: new_discount(shop, rule={**FIFTEEN_PERCENT, "conditions": [condition]}),
        lambda: discounts.create_dynamic_code("disc_none", {"code": new_code()}),
        lambda: discounts.delete_dynamic_code("disc_none", "NONE"),
        lambda: discounts.create_condition(discount.id, condition),
        lambda: discounts.get_condition(discount.id, "discon_none"),
        lambda: discounts.update_condition(discount.id, "discon_none", {"products": [one]}),
        lambda: discounts.delete_condition("disc_none", "discon_none"),
    ):
        with pytest.raises(MedusaNotFoundError):
            call()
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.discounts.retrieve(discount.id)


def test_mistakes_that_are_answered_500(shop: Shop, discount: Discount) -> None:
    discounts, (one, *_) = shop.merchant.admin.discounts, products(shop)
    no_code: Any = {"code": None}
    maybe: Any = {"operator": "maybe", "products": [one]}
    for call, cause in (
        (lambda: discounts.retrieve(discount.id, expand="nope"), "expand or fields has an unknown name"),
        (lambda: discounts.retrieve_by_code(discount.code, fields="nope"), "expand or fields has an unknown name"),
        (lambda: discounts.list({"order": "nope"}), "order has an unknown name"),
        (lambda: discounts.update(discount.id, no_code), "code is null"),
        (lambda: discounts.create_condition(discount.id, maybe), "operator is unknown"),
        (lambda: new_discount(shop, rule={**FIFTEEN_PERCENT, "conditions": [maybe]}), "operator .* is unknown"),
        (lambda: new_discount(shop, rule={**FIFTEEN_PERCENT, "value": 12.5}), "not a whole number"),
    ):
        with pytest.raises(MedusaServerError, match=cause):
            call()
