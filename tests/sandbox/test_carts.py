"""Carts of the sandbox: items, addresses, discounts, gift cards, taxes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from medusa import Cart, Discount, Medusa, MedusaAPIError, MedusaNotFoundError, TaxRate
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD

BERLIN: Any = {"first_name": "Ada", "last_name": "Lovelace", "address_1": "Unter den Linden 1", "country_code": "de"}


@pytest.fixture
def store() -> Any:
    """A store with two regions, a mug for 12.50 and a lamp for 100.00."""
    with SandboxStore(orders=False) as store:
        store.add_region("Europe", currency_code="eur", countries=["de", "fr"], tax_rate=20, id="reg_eur")
        store.add_region("Japan", currency_code="jpy", countries=["jp"], tax_rate=10, id="reg_jpy")
        store.add_product("Mug", prices={"eur": 1250, "jpy": 1800}, stock=5, variants=[{"id": "variant_mug"}])
        store.add_product("Lamp", prices={"eur": 10_000}, variants=[{"id": "variant_lamp"}])
        yield store


def cart_with(medusa: Medusa, **quantities: int) -> Cart:
    """Create a cart with these quantities of mugs and lamps."""
    items: Any = [{"variant_id": f"variant_{name}", "quantity": n} for name, n in quantities.items()]
    return medusa.carts.create({"region_id": "reg_eur", "items": items}).cart


def totals(cart: Cart) -> tuple[int | None, ...]:
    return (cart.subtotal, cart.discount_total, cart.tax_total, cart.total)


def discounted(medusa: Medusa, cart: Cart, *codes: str) -> Cart:
    return medusa.carts.update(cart.id, {"discounts": [{"code": code} for code in codes]}).cart


def refusal(medusa: Medusa, cart: Cart, payload: Any) -> tuple[int, str | None]:
    with pytest.raises(MedusaAPIError) as caught:
        medusa.carts.update(cart.id, payload)
    return caught.value.status, caught.value.message


# Items


def test_an_empty_cart(medusa: Medusa) -> None:
    cart = medusa.carts.create().cart
    assert cart.region_id == "reg_eur"
    assert (cart.items, cart.total, cart.email) == ([], 0, None)
    assert medusa.carts.retrieve(cart.id).cart == cart


def test_the_same_variant_is_merged(medusa: Medusa) -> None:
    cart = cart_with(medusa, mug=1)
    cart = medusa.carts.line_items.create(cart.id, {"variant_id": "variant_mug", "quantity": 2}).cart
    assert [item.quantity for item in cart.items] == [3]
    engraved: Any = {"variant_id": "variant_mug", "quantity": 1, "metadata": {"engraving": "Ada"}}
    cart = medusa.carts.line_items.create(cart.id, engraved).cart
    assert [item.quantity for item in cart.items] == [3, 1]
    assert totals(cart) == (5000, 0, 1000, 6000)


def test_items_change_and_go(medusa: Medusa) -> None:
    cart = cart_with(medusa, mug=1, lamp=1)
    mug, lamp = cart.items
    cart = medusa.carts.line_items.update(cart.id, mug.id, {"quantity": 4}).cart
    assert [item.quantity for item in cart.items] == [4, 1]
    cart = medusa.carts.line_items.update(cart.id, mug.id, {"quantity": 0}).cart
    assert [item.id for item in cart.items] == [lamp.id]
    assert medusa.carts.line_items.delete(cart.id, lamp.id).cart.items == []


def test_no_more_than_there_are(store: SandboxStore, medusa: Medusa) -> None:
    cart = cart_with(medusa, mug=5)
    with pytest.raises(MedusaAPIError, match="does not have the required inventory") as caught:
        medusa.carts.line_items.create(cart.id, {"variant_id": "variant_mug", "quantity": 1})
    assert (caught.value.status, caught.value.code) == (400, "insufficient_inventory")
    with pytest.raises(MedusaAPIError, match="Inventory doesn't cover the desired quantity"):
        medusa.carts.line_items.update(cart.id, cart.items[0].id, {"quantity": 6})
    (unchanged,) = store.carts
    assert [item.quantity for item in unchanged.items] == [5]


def test_a_cart_that_can_not_be_made_leaves_nothing(store: SandboxStore, medusa: Medusa) -> None:
    with pytest.raises(MedusaAPIError, match="some variant has not been found: variant_chair"):
        cart_with(medusa, chair=1)
    assert store.carts == []


def test_two_requests_at_once_both_count(store: SandboxStore, medusa: Medusa) -> None:
    cart = cart_with(medusa, lamp=1)

    def add() -> None:
        with store.client() as client:
            client.carts.line_items.create(cart.id, {"variant_id": "variant_lamp", "quantity": 1})

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [item.quantity for item in medusa.carts.retrieve(cart.id).cart.items] == [9]


# Customers and regions


def test_an_email_makes_one_guest(medusa: Medusa) -> None:
    cart = cart_with(medusa, mug=1)
    cart = medusa.carts.update(cart.id, {"email": "Guest@Example.com"}).cart
    assert cart.email == "guest@example.com"
    again = medusa.carts.update(cart_with(medusa).id, {"email": "guest@example.com"}).cart
    assert again.customer_id == cart.customer_id


def test_a_cart_becomes_that_of_the_customer_who_looks_at_it(store: SandboxStore, medusa: Medusa) -> None:
    customer = store.add_customer("grace@example.com", PASSWORD)
    cart = cart_with(medusa, mug=1)
    medusa.auth.authenticate({"email": "grace@example.com", "password": PASSWORD})
    assert medusa.carts.retrieve(cart.id).cart.customer_id == customer.id
    assert medusa.carts.create().cart.email == "grace@example.com"


def test_a_part_of_an_address_is_merged(medusa: Medusa) -> None:
    cart = cart_with(medusa)
    medusa.carts.update(cart.id, {"shipping_address": BERLIN})
    address = medusa.carts.update(cart.id, {"shipping_address": {"city": "Berlin"}}).cart.shipping_address
    assert address is not None
    assert (address.first_name, address.city, address.country_code) == ("Ada", "Berlin", "de")
    assert refusal(medusa, cart, {"shipping_address": {"country_code": "jp"}}) == (
        400,
        "Shipping country must be in the cart region",
    )


def test_a_region_that_is_not_there(medusa: Medusa) -> None:
    for id, text in (("reg_nope", "reg_nope"), (None, "null")):
        refused = refusal(medusa, cart_with(medusa), {"region_id": id})
        assert refused == (404, f"Region with {text} was not found")


def test_another_region_has_other_prices(store: SandboxStore, medusa: Medusa) -> None:
    store.add_discount("EUROPE", value=10, region_ids=["reg_eur"])
    cart = discounted(medusa, cart_with(medusa, mug=2, lamp=1), "europe")
    assert totals(cart) == (12_500, 1250, 2250, 13_500)
    cart = medusa.carts.update(cart.id, {"region_id": "reg_jpy"}).cart
    assert [(item.title, item.unit_price) for item in cart.items] == [("Mug", 1800)]  # The lamp has no price in yen.
    assert cart.discounts == []
    assert totals(cart) == (3600, 0, 360, 3960)
    assert cart.shipping_address is not None
    assert cart.shipping_address.country_code == "jp"  # The region has only this country.


# Discounts and gift cards


@pytest.mark.parametrize(
    ("discount", "expected"),
    [
        ({"value": 15}, (12_500, 1875, 2125, 12_750)),
        ({"type": "fixed", "value": 700}, (12_500, 700, 2360, 14_160)),
        ({"type": "fixed", "value": 50_000}, (12_500, 12_500, 0, 0)),
        ({"type": "fixed", "value": 100, "allocation": "item"}, (12_500, 300, 2440, 14_640)),
        ({"type": "free_shipping"}, (12_500, 0, 2500, 15_000)),
    ],
)
def test_discounts(store: SandboxStore, medusa: Medusa, discount: Any, expected: tuple[int, ...]) -> None:
    made = store.add_discount("saver", **discount)
    assert made.code == "SAVER"
    cart = cart_with(medusa, mug=2, lamp=1)
    assert totals(discounted(medusa, cart, "Saver")) == expected
    assert totals(medusa.carts.delete_discount(cart.id, "SAVER").cart) == (12_500, 0, 2500, 15_000)


def test_a_discount_follows_the_items(store: SandboxStore, medusa: Medusa) -> None:
    store.add_discount("TEN", value=10)
    cart = discounted(medusa, cart_with(medusa, mug=1), "TEN")
    cart = medusa.carts.line_items.create(cart.id, {"variant_id": "variant_lamp", "quantity": 1}).cart
    assert cart.discount_total == 1125
    assert medusa.carts.line_items.update(cart.id, cart.items[1].id, {"quantity": 2}).cart.discount_total == 2125


YESTERDAY, TOMORROW = (datetime.now(UTC) + timedelta(days=days) for days in (-1, 1))


@pytest.mark.parametrize(
    ("discount", "expected"),
    [
        ({"starts_at": TOMORROW}, (400, "Discount NO is not valid yet")),
        ({"starts_at": YESTERDAY - timedelta(days=1), "ends_at": YESTERDAY}, (400, "Discount NO is expired")),
        ({"is_disabled": True}, (400, "The discount code NO is disabled")),
        ({"usage_limit": 2, "usage_count": 2}, (400, "Discount NO has been used maximum allowed times")),
        ({"region_ids": ["reg_jpy"]}, (400, "The discount is not available in current region")),
    ],
)
def test_discounts_that_are_not_valid(
    store: SandboxStore, medusa: Medusa, discount: Any, expected: tuple[int, str]
) -> None:
    store.add_discount("NO", value=10, **discount)
    assert refusal(medusa, cart_with(medusa, mug=1), {"discounts": [{"code": "no"}]}) == expected


def test_an_unknown_discount(medusa: Medusa) -> None:
    with pytest.raises(MedusaNotFoundError, match=r"Discounts with code \[NOPE\] was not found"):
        discounted(medusa, cart_with(medusa, mug=1), "nope")


def test_conditions_of_discounts_are_not_in_the_sandbox(store: SandboxStore, medusa: Medusa) -> None:
    discount = store.add_discount("MUGS", value=10).to_dict()
    discount["rule"]["conditions"] = [{"id": "discon_1", "type": "products", "operator": "in"}]
    store.add(Discount.from_dict(discount))
    said = "The sandbox does not have conditions of discounts, but the discount MUGS has conditions."
    with pytest.raises(MedusaAPIError, match=said):
        discounted(medusa, cart_with(medusa, mug=1), "MUGS")


def test_gift_cards_pay(store: SandboxStore, medusa: Medusa) -> None:
    card = store.add_gift_card("GIFT-1", 1000, balance=600)
    assert (card.region_id, card.tax_rate) == ("reg_eur", 20)
    store.add_gift_card("GIFT-2", 400)
    cart = cart_with(medusa, mug=1)
    cart = medusa.carts.update(cart.id, {"gift_cards": [{"code": "GIFT-1"}]}).cart
    assert (cart.gift_card_total, cart.gift_card_tax_total, cart.total) == (600, 120, 780)
    cart = medusa.carts.update(cart.id, {"gift_cards": [{"code": "GIFT-1"}, {"code": "GIFT-2"}]}).cart
    assert (cart.gift_card_total, cart.total) == (1000, 300)
    with pytest.raises(MedusaNotFoundError, match="Gift card with code: gift-1 was not found"):
        medusa.carts.update(cart.id, {"gift_cards": [{"code": "gift-1"}]})


def test_gift_cards_that_are_not_valid(store: SandboxStore, medusa: Medusa) -> None:
    store.add_gift_card("OFF", 1000, is_disabled=True)
    store.add_gift_card("YEN", 1000, region_id="reg_jpy")
    cart = cart_with(medusa, mug=1)
    assert refusal(medusa, cart, {"gift_cards": [{"code": "OFF"}]}) == (400, "The gift card is disabled")
    text = "The gift card cannot be used in the current region"
    assert refusal(medusa, cart, {"gift_cards": [{"code": "YEN"}]}) == (400, text)


@pytest.mark.parametrize(
    ("method", "values", "error"),
    [
        ("add_discount", {"type": "half"}, ValueError),
        ("add_discount", {"allocation": "some"}, ValueError),
        ("add_discount", {"value": 101}, ValueError),
        ("add_discount", {"value": -1}, ValueError),
        ("add_discount", {"percent": 10}, TypeError),
        ("add_discount", {"region_ids": ["reg_nope"]}, ValueError),
        ("add_gift_card", {"value": -1}, ValueError),
        ("add_gift_card", {"value": 1, "region_id": "reg_nope"}, ValueError),
        ("add_gift_card", {"value": 1, "worth": 1}, TypeError),
    ],
)
def test_what_can_not_be_added(store: SandboxStore, method: str, values: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        getattr(store, method)("A", **values)


def test_codes_are_unique(store: SandboxStore) -> None:
    store.add_discount("A")
    with pytest.raises(ValueError, match="there already is a discount with the code 'A'"):
        store.add_discount("a")
    store.add_gift_card("A", 1)
    with pytest.raises(ValueError, match="there already is a gift card with this code"):
        store.add_gift_card("A", 1)


# Taxes


def test_a_product_has_its_own_tax_rate(store: SandboxStore, medusa: Medusa) -> None:
    lamp = next(product.id for product in store.products if product.title == "Lamp")
    rate = {"id": "txr_1", "rate": 7.7, "name": "Reduced", "code": "reduced", "region_id": "reg_eur"}
    store.add(TaxRate.from_dict({**rate, "products": [{"id": lamp}]}))
    cart = cart_with(medusa, mug=1, lamp=1)
    assert [[line.rate for line in item.tax_lines] for item in cart.items] == [[20], [7.7]]
    assert (cart.tax_total, cart.total) == (250 + 770, 12_270)


def test_a_region_can_leave_taxes_to_the_checkout(store: SandboxStore, medusa: Medusa) -> None:
    id = store.add_region("Britain", currency_code="eur", countries=["gb"], tax_rate=20, automatic_taxes=False).id
    cart = medusa.carts.create({"region_id": id, "items": [{"variant_id": "variant_mug", "quantity": 1}]}).cart
    assert (cart.tax_total, cart.total) == (0, 1250)
    taxed = medusa.request("POST", f"/store/carts/{cart.id}/taxes")["cart"]
    assert (taxed["tax_total"], taxed["total"]) == (250, 1500)


def test_an_unknown_cart(medusa: Medusa) -> None:
    with pytest.raises(MedusaNotFoundError, match="Cart with cart_nope was not found"):
        medusa.carts.retrieve("cart_nope")
