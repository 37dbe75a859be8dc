"""One customer's visit to the shop uses every method of the Store API. The test runs on each backend profile."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import Medusa, Order, Swap

from ..parity.guide import STORE_METHODS
from ..recorded_calls import snake_case
from .shop import BRITAIN, GERMANY, PASSWORD, SEEDED_REGIONS, Shop, mailed_token, new_email


@pytest.mark.server
@pytest.mark.parametrize("profile", ["shop", "shop_with_flags", "shop_with_inventory"])
def test_every_method(profile: str, request: pytest.FixtureRequest) -> None:
    shop: Shop = request.getfixturevalue(profile)
    shop.returned.clear()
    customer, email = log_in(shop)
    edit_account(customer)
    look_around(shop, customer)
    order = buy(shop, customer, email)
    read_orders(shop, customer, order)
    send_back(shop, order)
    change_order(shop, customer, email)
    every = set(map(snake_case, STORE_METHODS))
    assert len(every) == 65
    # A backend without the feature flag has no categories.
    assert every - shop.returned == (set() if profile == "shop_with_flags" else {"product_categories.retrieve"})


def log_in(shop: Shop) -> tuple[Medusa, str]:
    """Register a customer, reset the forgotten password, and log in with the new one."""
    medusa, email = shop.medusa.with_options(), new_email("every-")
    credentials: Any = {"email": email, "password": PASSWORD}
    medusa.customers.create(credentials)
    assert medusa.auth.exists(email).exists
    medusa.auth.authenticate(credentials)
    assert medusa.auth.get_session().customer.email == email
    medusa.auth.delete_session()
    medusa.customers.generate_password_token({"email": email})
    token = mailed_token(shop.plain, "/password-tokens", email=email)
    medusa.customers.reset_password({"email": email, "token": token, "password": "new-horse"})
    medusa.auth.get_token({"email": email, "password": "new-horse"})
    return medusa, email


def edit_account(medusa: Medusa) -> None:
    customers = medusa.customers
    customers.update({"metadata": {"saved_methods": True}})
    address = customers.addresses.add_address({"address": GERMANY}).customer.shipping_addresses[0]
    customers.addresses.update_address(address.id, {"city": "Potsdam"})
    assert customers.retrieve().customer.shipping_addresses[0].city == "Potsdam"
    assert customers.addresses.delete_address(address.id).customer.shipping_addresses == []
    assert customers.payment_methods.list().payment_methods == medusa.payment_methods.list().payment_methods


def look_around(shop: Shop, medusa: Medusa) -> None:
    regions = {region.name: region.id for region in medusa.regions.list().regions}
    for name in SEEDED_REGIONS:
        assert medusa.regions.retrieve(regions[name]).region.name == name
    product = medusa.products.list({"handle": "linen-shirt"}).products[0]
    assert medusa.products.retrieve(product.id).product.handle == "linen-shirt"
    assert medusa.products.variants.list({"id": product.variants[0].id}).variants
    assert medusa.products.variants.retrieve(product.variants[0].id).variant.product_id == product.id
    assert isinstance(medusa.products.search({"q": "shirt"}).hits, list)
    collection = medusa.collections.list({"handle": ["summer"]}).collections[0]
    assert medusa.collections.retrieve(collection.id).collection.title == "Summer"
    assert "Shirt" in {each.value for each in medusa.product_types.list({"limit": 0}).product_types}
    assert {"linen", "summer"} <= {each.value for each in medusa.product_tags.list({"limit": 0}).product_tags}
    for category in medusa.product_categories.list().product_categories:
        if category.handle in ("clothes", "shirts", "hats"):  # Another test may delete other categories.
            assert medusa.product_categories.retrieve(category.id).product_category.name == category.name
    assert medusa.gift_cards.retrieve(shop.state["gift_card_in_testland"]).gift_card.value == 1_000_000
    assert medusa.shipping_options.list().shipping_options


def buy(shop: Shop, medusa: Medusa, email: str) -> Order:
    """Buy two shirts: fill an empty cart, complete it, and ship the order."""
    carts, shirt = medusa.carts, shop.variants["SHIRT-M-WHITE"]
    cart = carts.create({"region_id": shop.regions["Testland"]}).cart
    for quantity in (1, 2):
        cart = carts.line_items.create(cart.id, {"variant_id": shirt, "quantity": quantity}).cart
    hat = carts.line_items.create(cart.id, {"variant_id": shop.variants["HAT"], "quantity": 1}).cart.items
    carts.line_items.delete(cart.id, next(item.id for item in hat if item.variant_id != shirt))
    carts.line_items.update(cart.id, cart.items[0].id, {"quantity": 2})
    carts.update(cart.id, {"email": email, "shipping_address": BRITAIN, "billing_address": BRITAIN})
    carts.update(cart.id, {"discounts": [{"code": "TENPERCENT"}]})
    assert carts.delete_discount(cart.id, "TENPERCENT").cart.discount_total == 0
    options = medusa.shipping_options.list_cart_options(cart.id).shipping_options
    parcel = next(option.id for option in options if option.name == "Parcel")
    carts.add_shipping_method(cart.id, {"option_id": parcel})
    carts.create_payment_sessions(cart.id)
    carts.set_payment_session(cart.id, {"provider_id": "test-pay"})
    carts.refresh_payment_session(cart.id, "test-pay")
    carts.update_payment_session(cart.id, "test-pay", {"data": {"mode": "authorized"}})
    carts.delete_payment_session(cart.id, "manual")
    assert carts.retrieve(cart.id).cart.payment_session
    order = carts.complete(cart.id).data
    assert isinstance(order, Order)
    assert [(item.variant_id, item.quantity) for item in order.items] == [(shirt, 2)]
    shop.admin.ship(order.id)
    return order


def read_orders(shop: Shop, medusa: Medusa, order: Order) -> None:
    """Read the customer's own order, and claim the order of a guest."""
    orders = medusa.orders
    assert orders.retrieve(order.id).order.total == order.total
    assert orders.retrieve_by_cart_id(order.cart_id or "").order.id == order.id
    assert orders.lookup_order({"display_id": order.display_id, "email": order.email}).order.id == order.id
    guest = new_email()
    claimed = shop.order("Europe", guest, MUG_350=1)
    orders.request_customer_orders({"order_ids": [claimed.id]})
    orders.confirm_request({"token": mailed_token(shop.plain, "/claim-tokens", old_email=guest)})
    assert {each.id for each in medusa.customers.list_orders().orders} == {order.id, claimed.id}


def send_back(shop: Shop, order: Order) -> None:
    """Return one shirt, and exchange one shirt for another."""
    medusa, item = shop.medusa, order.items[0].id
    reason = next(each for each in medusa.return_reasons.list().return_reasons if each.value == "other")
    assert medusa.return_reasons.retrieve(reason.id).return_reason.label == reason.label
    returned: Any = {"item_id": item, "quantity": 1, "reason_id": reason.id, "note": "Too blue"}
    assert medusa.returns.create({"order_id": order.id, "items": [returned]}).return_.items[0].note == "Too blue"
    new: Any = {"variant_id": shop.variants["SHIRT-M-WHITE"], "quantity": 1}
    swap = medusa.swaps.create({"order_id": order.id, "return_items": [returned], "additional_items": [new]}).swap
    assert swap.cart_id
    # If the swap had an amount due, completing its cart would block the backend.
    assert medusa.carts.retrieve(swap.cart_id).cart.total <= 0
    done = medusa.with_options(deadline=30).carts.complete(swap.cart_id).data
    assert isinstance(done, Swap)
    assert medusa.swaps.retrieve_by_cart_id(swap.cart_id).swap.confirmed_at == done.confirmed_at


def change_order(shop: Shop, medusa: Medusa, email: str) -> None:
    """Decline the merchant's first edit of another order, and pay for the second edit."""
    order = shop.order("Testland", email, medusa, SHIRT_M_WHITE=1)
    edits, collections = medusa.order_edits, medusa.payment_collections
    edits.decline(shop.request_edit(shop.edit(order, 3)).id, {"declined_reason": "Too many"})
    edit = edits.retrieve(shop.request_edit(shop.edit(order, 2)).id).order_edit
    id = edit.payment_collection_id or ""
    session = collections.manage_payment_session(id, {"provider_id": "test-pay"}).payment_collection.payment_sessions[0]
    collections.refresh_payment_session(id, session.id)
    due = collections.retrieve(id).payment_collection.amount
    sessions: Any = [{"provider_id": "manual", "amount": 100}, {"provider_id": "test-pay", "amount": due - 100}]
    parts = collections.manage_payment_sessions_batch(id, {"sessions": sessions}).payment_collection.payment_sessions
    assert collections.authorize_payment_session(id, parts[0].id).payment_session.status == "authorized"
    rest: Any = {"session_ids": [parts[1].id]}
    assert collections.authorize_payment_sessions_batch(id, rest).payment_collection.status == "authorized"
    assert edits.complete(edit.id).order_edit.difference_due == 0
