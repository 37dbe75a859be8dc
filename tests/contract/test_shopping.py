"""Fill a cart: items, discounts, gift cards, addresses, shipping."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import (
    Cart,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    is_loaded,
)

from .shop import BRITAIN, GERMANY, Shop, new_email

CARD = 1_000_000
"""The value of the gift cards."""


@pytest.fixture(scope="module")
def cart(shop: Shop) -> Cart:
    """An empty cart that tests may change. Each test adds the items that it needs."""
    return shop.cart()


def test_a_new_cart(shop: Shop) -> None:
    europe = shop.regions["Europe"]
    cart = shop.medusa.carts.create(
        {
            "region_id": europe,
            "country_code": "FR",
            "items": [{"variant_id": shop.variants["MUG-350"], "quantity": 2}],
            "context": {"referrer": "newsletter"},
        }
    ).cart
    assert (type(cart), cart.region_id, cart.subtotal) == (Cart, europe, 2900)
    assert [(item.title, item.quantity, item.unit_price) for item in cart.items] == [("Enamel Mug", 2, 1450)]
    assert cart.shipping_address
    assert cart.shipping_address.country_code == "fr"
    assert cart.context
    assert cart.context["referrer"] == "newsletter"
    assert cart.context.keys() == {"ip", "user_agent", "referrer"}
    assert cart.customer_id is None
    assert not is_loaded(cart, "payment_session")
    # The backend calculates taxes as soon as the cart has a region.
    assert cart.total == cart.subtotal + (cart.tax_total or 0)


def test_an_empty_cart(shop: Shop) -> None:
    regions = {region.id for region in shop.medusa.regions.list().regions}
    cart = shop.medusa.carts.create().cart
    assert (cart.items, cart.total) == ([], 0)
    assert cart.region_id in regions | {region.id for region in shop.medusa.regions.list().regions}


def test_carts_that_cannot_be(shop: Shop) -> None:
    mug = shop.variants["MUG-350"]
    with pytest.raises(MedusaInvalidRequestError):
        shop.medusa.carts.create({"region_id": shop.regions["Europe"], "country_code": "us"})
    with pytest.raises(MedusaNotFoundError):
        shop.medusa.carts.create({"region_id": "reg_nope"})
    with pytest.raises(MedusaServerError, match="a quantity is negative"):
        shop.medusa.carts.create({"items": [{"variant_id": mug, "quantity": -1}]})
    # Mugs have no price in pounds.
    with pytest.raises(MedusaInvalidRequestError):
        shop.cart("Testland", MUG_350=1)
    with pytest.raises(MedusaNotFoundError, match="cart_nope"):
        shop.medusa.carts.retrieve("cart_nope")


def test_retrieve(shop: Shop, cart: Cart) -> None:
    retrieved = shop.medusa.carts.retrieve(cart.id).cart
    assert retrieved.id == cart.id
    some = shop.medusa.carts.retrieve(cart.id, expand=["customer"], fields=["id", "email"]).cart
    assert (some.email, some.customer) == (None, None)
    assert not is_loaded(some, "created_at")
    unknown: list[dict[str, Any]] = [{"expand": ["nope"]}, {"fields": ["nope"]}]
    for selection in unknown:
        with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
            shop.medusa.carts.retrieve(cart.id, **selection)


def test_line_items(shop: Shop) -> None:
    cart, items = shop.cart(), shop.medusa.carts.line_items
    mug, blanket = shop.variants["MUG-350"], shop.variants["BLANKET-MOSS"]
    items.create(cart.id, {"variant_id": mug, "quantity": 1})
    merged = items.create(cart.id, {"variant_id": mug, "quantity": 2}).cart
    assert [item.quantity for item in merged.items] == [3]
    assert merged.customer is None
    added = items.create(cart.id, {"variant_id": mug, "quantity": 1, "metadata": {"engraving": "Ada"}}).cart
    assert sorted(item.quantity for item in added.items) == [1, 3]
    engraved = next(item for item in added.items if item.metadata)
    assert engraved.metadata == {"engraving": "Ada"}
    assert engraved.variant
    assert engraved.variant.sku == "MUG-350"
    updated = items.update(cart.id, engraved.id, {"quantity": 5, "metadata": {"engraving": "Grace"}}).cart
    assert {item.id: item.quantity for item in updated.items}[engraved.id] == 5
    assert len(items.update(cart.id, engraved.id, {"quantity": 0}).cart.items) == 1
    items.create(cart.id, {"variant_id": blanket, "quantity": 1})
    less = items.create(cart.id, {"variant_id": mug, "quantity": -1}).cart
    assert sorted(item.quantity for item in less.items) == [1, 2]
    for _ in range(2):  # Deleting the item again is not an error.
        left = items.delete(cart.id, next(item.id for item in added.items if not item.metadata)).cart
        assert [item.title for item in left.items] == ["Wool Blanket"]
    assert left.subtotal == 8900


def test_line_items_that_cannot_be(shop: Shop) -> None:
    cart, items = shop.cart(MUG_350=1), shop.medusa.carts.line_items
    with pytest.raises(MedusaInvalidRequestError) as caught:
        items.create(cart.id, {"variant_id": shop.variants["SHIRT-L-WHITE"], "quantity": 1})
    assert caught.value.code == "insufficient_inventory"
    assert not caught.value.may_have_happened
    with pytest.raises(MedusaInvalidRequestError) as caught:
        items.update(cart.id, cart.items[0].id, {"quantity": 2_000_000})
    assert caught.value.code == "insufficient_inventory"
    # The first variant allows backorders. The stock of the second one is not managed.
    for sku in ("SHIRT-M-BLUE", "SHIRT-L-BLUE"):
        items.create(cart.id, {"variant_id": shop.variants[sku], "quantity": 2})
    with pytest.raises(MedusaInvalidRequestError):
        items.create(cart.id, {"variant_id": "variant_nope", "quantity": 1})
    with pytest.raises(MedusaInvalidRequestError):  # The crate is sold only in another sales channel.
        items.create(cart.id, {"variant_id": shop.variants["CRATE-24"], "quantity": 1})
    with pytest.raises(MedusaInvalidRequestError, match="Could not find the line item"):
        items.update(cart.id, "item_nope", {"quantity": 1})
    with pytest.raises(MedusaNotFoundError):
        items.create("cart_nope", {"variant_id": shop.variants["MUG-350"], "quantity": 1})
    with pytest.raises(MedusaServerError, match="a quantity is too large"):
        items.create(cart.id, {"variant_id": shop.variants["SHIRT-L-BLUE"], "quantity": 2**31})
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        items.update("cart_nope", cart.items[0].id, {"quantity": 1})
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        items.delete("cart_nope", cart.items[0].id)


def test_a_cart_in_another_sales_channel(shop: Shop) -> None:
    channel = shop.state["wholesale_channel"]
    crate = shop.variants["CRATE-24"]
    cart = shop.medusa.carts.create(
        {
            "region_id": shop.regions["Europe"],
            "sales_channel_id": channel,
            "items": [{"variant_id": crate, "quantity": 1}],
        }
    ).cart
    assert (cart.sales_channel_id, cart.subtotal) == (channel, 20_000)
    assert cart.sales_channel
    assert cart.sales_channel.name == "Wholesale"
    with_key = shop.medusa.with_options(publishable_api_key=shop.state["wholesale_api_key"])
    assert shop.cart(medusa=with_key, CRATE_24=1).sales_channel_id == channel
    back = shop.medusa.carts.update(cart.id, {"sales_channel_id": shop.cart().sales_channel_id or ""}).cart
    assert back.items == []


def test_discounts(shop: Shop) -> None:
    cart = shop.cart(MUG_350=1, BLANKET_MOSS=1)
    carts = shop.medusa.carts
    carts.add_shipping_method(cart.id, {"option_id": shop.option("Post")})
    discounted = carts.update(cart.id, {"discounts": [{"code": "tenpercent"}]}).cart
    assert (discounted.discount_total, discounted.shipping_total) == (1035, 490)
    assert [(discount.code, discount.rule.type) for discount in discounted.discounts if discount.rule] == [
        ("TENPERCENT", "percentage")
    ]
    fixed = carts.update(cart.id, {"discounts": [{"code": "FIVEOFF"}]}).cart
    assert fixed.discount_total == 500
    both = carts.update(cart.id, {"discounts": [{"code": "FIVEOFF"}, {"code": "FREESHIPPING"}]}).cart
    assert {discount.code for discount in both.discounts} == {"FIVEOFF", "FREESHIPPING"}
    assert both.shipping_total == 0
    for _ in range(2):  # Removing the discount again is not an error.
        without = carts.delete_discount(cart.id, "FREESHIPPING").cart
        assert ([discount.code for discount in without.discounts], without.shipping_total) == (["FIVEOFF"], 490)
    one = carts.update(cart.id, {"discounts": [{"code": "FIVEOFF"}, {"code": "TENPERCENT"}]}).cart
    assert len(one.discounts) == 1
    assert carts.update(cart.id, {"discounts": []}).cart.discount_total == 0
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        carts.delete_discount("cart_nope", "FIVEOFF")


@pytest.mark.parametrize(
    ("code", "cls", "message"),
    [
        ("NOPE", MedusaNotFoundError, r"Discounts with code \[NOPE\] was not found"),
        ("EXPIRED", MedusaInvalidRequestError, "Discount EXPIRED is expired"),
        ("FUTURE", MedusaInvalidRequestError, "Discount FUTURE is not valid yet"),
        ("DISABLED", MedusaInvalidRequestError, "The discount code DISABLED is disabled"),
        ("USEDUP", MedusaInvalidRequestError, "Discount USEDUP has been used maximum allowed times"),
    ],
)
def test_discounts_that_are_not_valid(code: str, cls: type[Exception], message: str, shop: Shop, cart: Cart) -> None:
    with pytest.raises(cls, match=message):
        shop.medusa.carts.update(cart.id, {"discounts": [{"code": code}]})


def test_a_discount_of_another_region(shop: Shop) -> None:
    cart = shop.cart("Testland")
    with pytest.raises(MedusaInvalidRequestError, match="The discount is not available in current region"):
        shop.medusa.carts.update(cart.id, {"discounts": [{"code": "FIVEOFF"}]})


def test_gift_cards(shop: Shop) -> None:
    cart = shop.cart(MUG_350=1)
    code = shop.state["gift_card"]
    paid = shop.medusa.carts.update(cart.id, {"gift_cards": [{"code": code}]}).cart
    assert [card.code for card in paid.gift_cards] == [code]
    assert (paid.gift_card_total, paid.gift_card_tax_total, paid.total) == (1450, 290, 0)
    with pytest.raises(MedusaNotFoundError, match="NOPE"):
        shop.medusa.carts.update(cart.id, {"gift_cards": [{"code": "NOPE"}]})
    for name, message in (
        ("disabled_gift_card", "The gift card is disabled"),
        ("gift_card_in_testland", "The gift card cannot be used in the current region"),
    ):
        with pytest.raises(MedusaInvalidRequestError, match=message):
            shop.medusa.carts.update(cart.id, {"gift_cards": [{"code": shop.state[name]}]})
    # A gift card without a balance is accepted, and replaces the previous card.
    empty = shop.medusa.carts.update(cart.id, {"gift_cards": [{"code": shop.state["empty_gift_card"]}]}).cart
    assert (len(empty.gift_cards), empty.gift_card_total, empty.total) == (1, 0, 1740)
    assert shop.medusa.carts.update(cart.id, {"gift_cards": []}).cart.gift_cards == []


def test_what_a_gift_card_is_worth(shop: Shop) -> None:
    card = shop.medusa.gift_cards.retrieve(shop.state["gift_card"]).gift_card
    assert (card.code, card.value) == (shop.state["gift_card"], CARD)
    assert 0 <= card.balance <= CARD
    assert card.region
    assert card.region.currency_code == "eur"
    assert shop.medusa.gift_cards.retrieve(shop.state["empty_gift_card"]).gift_card.balance == 0
    assert shop.medusa.gift_cards.retrieve(shop.state["disabled_gift_card"]).gift_card.value == 1000
    with pytest.raises(MedusaNotFoundError):
        shop.medusa.gift_cards.retrieve(shop.state["gift_card"].lower())


def test_addresses_and_the_email_address(shop: Shop, cart: Cart) -> None:
    carts, email = shop.medusa.carts, new_email("ADA-")
    changed = carts.update(cart.id, {"email": email, "shipping_address": GERMANY, "context": {"step": 2}}).cart
    assert changed.email == email.lower()
    assert changed.shipping_address
    first = changed.shipping_address
    assert (first.city, first.country_code) == ("Berlin", "de")
    assert changed.context
    assert changed.context["step"] == 2
    merged = carts.update(cart.id, {"shipping_address": {"city": "Potsdam"}}).cart.shipping_address
    assert merged
    assert (merged.id, merged.city, merged.address_1) == (first.id, "Potsdam", first.address_1)
    by_id = carts.update(cart.id, {"billing_address": first.id}).cart
    assert (by_id.billing_address_id, by_id.shipping_address_id) == (first.id, first.id)
    with pytest.raises(MedusaInvalidRequestError, match="Shipping country must be in the cart region"):
        carts.update(cart.id, {"shipping_address": BRITAIN})
    with pytest.raises(MedusaNotFoundError, match="DE"):  # A cart requires country codes in lower case.
        carts.update(cart.id, {"billing_address": GERMANY | {"country_code": "DE"}})
    with pytest.raises(MedusaServerError, match="the ID of an address does not exist"):
        carts.update(cart.id, {"shipping_address": "addr_nope"})
    with pytest.raises(MedusaServerError, match="the cart"):
        carts.update("cart_nope", {"email": email})


def test_another_region(shop: Shop) -> None:
    cart = shop.cart(SHIRT_M_WHITE=1)
    moved = shop.medusa.carts.update(cart.id, {"region_id": shop.regions["New York"], "country_code": "us"}).cart
    assert moved.region
    assert (moved.region.currency_code, moved.region.tax_rate) == ("usd", 8.875)
    assert [country.iso_2 for country in moved.region.countries] == ["us"]
    assert moved.total == moved.subtotal + round(moved.subtotal * 0.08875)


def test_shipping(shop: Shop) -> None:
    carts, options = shop.medusa.carts, shop.medusa.shipping_options
    cart = shop.cart(MUG_350=1)
    listed = {option.name: option for option in options.list_cart_options(cart.id).shipping_options}
    assert {name: option.amount for name, option in listed.items()} == {"Post": 490, "Courier": 1290}
    assert listed["Post"].profile
    assert listed["Post"].profile.type == "default"
    for name, amount in (("Courier", 1290), ("Post", 490)):  # The second method replaces the first one.
        shipped = carts.add_shipping_method(cart.id, {"option_id": listed[name].id, "data": {"note": "door"}}).cart
        assert [(method.price, method.shipping_option_id) for method in shipped.shipping_methods] == [
            (amount, listed[name].id)
        ]
        assert (shipped.shipping_total, shipped.total) == (amount, shipped.subtotal + amount + (shipped.tax_total or 0))
    with pytest.raises(MedusaInvalidRequestError):
        carts.add_shipping_method(cart.id, {"option_id": shop.option("Parcel", "Testland")})
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        carts.add_shipping_method("cart_nope", {"option_id": listed["Post"].id})
    with pytest.raises(MedusaServerError, match="the cart does not exist"):
        options.list_cart_options("cart_nope")
    assert options.list_cart_options(shop.cart().id).shipping_options == []


def test_shipping_that_is_calculated(shop: Shop) -> None:
    cart = shop.cart("Testland", SHIRT_M_WHITE=2)
    plain = shop.medusa.shipping_options.list({"region_id": shop.regions["Testland"]}).shipping_options
    assert next(option.amount for option in plain if option.name == "Calculated") is None
    listed = shop.medusa.shipping_options.list_cart_options(cart.id).shipping_options
    prices = {option.name: option.amount for option in listed}
    assert prices == {"Parcel": 500, "Calculated": 246}
    id = shop.option("Calculated", "Testland")
    shipped = shop.medusa.carts.add_shipping_method(cart.id, {"option_id": id}).cart
    assert (shipped.shipping_methods[0].price, shipped.shipping_methods[0].data["validated"]) == (246, True)
    with pytest.raises(MedusaServerError, match="the fulfillment provider rejects the data"):
        shop.medusa.carts.add_shipping_method(cart.id, {"option_id": id, "data": {"reject": True}})
    more = shop.medusa.carts.line_items.create(
        cart.id, {"variant_id": shop.variants["SHIRT-M-WHITE"], "quantity": 1}
    ).cart
    assert more.subtotal == 12_000
    prices = {o.name: o.amount for o in shop.medusa.shipping_options.list_cart_options(cart.id).shipping_options}
    assert prices == {"Parcel": 500, "Calculated": 369, "Free over 100": 0}


def test_shipping_options_of_the_shop(shop: Shop) -> None:
    options = shop.medusa.shipping_options
    europe = shop.regions["Europe"]
    names = {option.name for option in options.list({"region_id": europe}).shipping_options}
    assert names == {"Post", "Courier", "E-mail", "Return by post"}
    returns = options.list({"region_id": europe, "is_return": True}).shipping_options
    assert [(option.name, option.is_return) for option in returns] == [("Return by post", True)]
    assert options.list({"product_ids": "prod_nope"}).shipping_options == []
    with pytest.raises(MedusaInvalidRequestError):
        options.list({"nope": "x"})  # type: ignore[arg-type]


def test_a_customer_reads_a_cart(shop: Shop) -> None:
    """If a logged-in customer reads the cart of a guest, the cart is assigned to this customer."""
    cart = shop.cart(MUG_350=1)
    assert shop.medusa.carts.retrieve(cart.id).cart.customer_id is None
    customer, email = shop.customer()
    attached = customer.carts.retrieve(cart.id).cart
    assert attached.email == email
    assert attached.customer_id == customer.customers.retrieve().customer.id
    assert shop.medusa.carts.retrieve(cart.id).cart.customer_id == attached.customer_id
    # Without a login, an e-mail address assigns the cart to a guest. With a login, the backend uses the customer's
    # own address instead of the given one.
    of_guest = shop.medusa.carts.update(cart.id, {"email": email}).cart
    assert (of_guest.customer_id != attached.customer_id, of_guest.email) == (True, email)
    again = customer.carts.update(cart.id, {"email": new_email()}).cart
    assert (again.customer_id, again.email) == (attached.customer_id, email)
    mine = customer.carts.create({"region_id": shop.regions["Europe"]}).cart
    assert (mine.customer_id, mine.email) == (attached.customer_id, email)
    other = shop.cart()
    given = shop.medusa.carts.update(other.id, {"customer_id": attached.customer_id}).cart
    assert (given.customer_id, given.email) == (attached.customer_id, email)
