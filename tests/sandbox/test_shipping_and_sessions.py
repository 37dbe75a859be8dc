"""Shipping options, shipping methods and payment sessions of the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import Medusa, MedusaAPIError, Region
from medusa.sandbox import SandboxStore

from ..recordings import exchange
from .test_checkout import new_cart, ready_cart


def test_the_options_of_a_region(medusa: Medusa) -> None:
    options = medusa.shipping_options.list({"region_id": "reg_eur"}).shipping_options
    prices = [(option.name, option.amount, option.tax_amount, option.price_incl_tax) for option in options]
    assert prices == [("Post", 490, 98, 588), ("Courier", 1290, 258, 1548), ("By post", 490, 98, 588)]
    returns = medusa.shipping_options.list({"region_id": "reg_eur", "is_return": True}).shipping_options
    assert [option.id for option in returns] == ["so_eur_return"]


def test_product_ids_find_nothing(medusa: Medusa) -> None:
    """The filter `product_ids` finds nothing, because a real backend does not load the profile that it compares."""
    assert medusa.shipping_options.list({"product_ids": "prod_oak-stool"}).shipping_options == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"is_return": "maybe"}, "is_return must be a boolean string"),
        ({"nope": "1"}, "property nope should not exist"),
        ({"region_id": ["a", "b"]}, "region_id must be a string"),
    ],
)
def test_a_wrong_query(medusa: Medusa, query: dict[str, Any], message: str) -> None:
    with pytest.raises(MedusaAPIError) as caught:
        medusa.request("GET", "/store/shipping-options", params=query)
    assert (caught.value.status, caught.value.message) == (400, message)


def test_the_options_of_a_cart(medusa: Medusa, store: SandboxStore) -> None:
    store.add_shipping_option("reg_eur", "Big", 0, min_subtotal=5000)
    store.add_shipping_option("reg_eur", "Small", 300, max_subtotal=5000)
    store.add_shipping_option("reg_eur", "Calculated", 0, provider_id="calc", price_type="calculated")
    store.add_shipping_option("reg_eur", "Staff only", 0, admin_only=True)
    store.add_shipping_option("reg_eur", "E-mail", 0, profile_id="sp_gift_card")
    cart = new_cart(medusa, mug_350=2)
    options = medusa.shipping_options.list_cart_options(cart.id).shipping_options
    assert [(option.name, option.amount, option.price_incl_tax) for option in options] == [
        ("Post", 490, 588),
        ("Courier", 1290, 1548),
        ("Small", 300, 360),
        ("Calculated", 246, 295),
    ]
    assert options[0].profile
    assert options[0].profile.type == "default"
    assert medusa.shipping_options.list_cart_options(new_cart(medusa).id).shipping_options == []


def test_a_method_takes_the_place_of_that_of_the_same_profile(medusa: Medusa, store: SandboxStore) -> None:
    gifts = store.add_shipping_option("reg_eur", "E-mail", 0, profile_id="sp_gift_card").id
    cart = new_cart(medusa, mug_350=2)
    assert not cart.items[0].has_shipping
    for option_id in ("so_eur", gifts, "so_eur_courier"):
        cart = medusa.carts.add_shipping_method(cart.id, {"option_id": option_id, "data": {"door": 2}}).cart
    assert {method.shipping_option_id for method in cart.shipping_methods} == {gifts, "so_eur_courier"}
    assert cart.shipping_methods[0].data == {"door": 2}
    assert (cart.shipping_total, cart.total) == (1290, 4548)
    assert cart.items[0].has_shipping


@pytest.mark.parametrize(
    ("payload", "status", "message"),
    [
        ({"option_id": "so_usd"}, 400, "The shipping option is not available in the cart's region"),
        ({"option_id": "so_big"}, 400, "The Cart does not satisfy the shipping option's requirements"),
        ({"option_id": "so_nope"}, 404, "Shipping Option with so_nope was not found"),
        ({"option_id": 5}, 400, "option_id must be a string"),
        ({"option_id": "so_eur", "price": 1}, 400, "property price should not exist"),
        ({"option_id": "so_other"}, 501, "The sandbox cannot calculate the price of the shipping option 'Other'"),
    ],
)
def test_a_method_that_a_cart_cannot_have(
    medusa: Medusa, store: SandboxStore, payload: Any, status: int, message: str
) -> None:
    store.add_shipping_option("reg_eur", "Big", 0, id="so_big", min_subtotal=5000)
    store.add_shipping_option("reg_eur", "Other", 0, id="so_other", provider_id="parcels", price_type="calculated")
    cart = new_cart(medusa, mug_350=2)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.request("POST", f"/store/carts/{cart.id}/shipping-methods", json=payload)
    assert caught.value.status == status
    assert str(caught.value.message).startswith(message)
    assert medusa.carts.retrieve(cart.id).cart.shipping_methods == []


def test_an_option_that_cannot_be_added(store: SandboxStore) -> None:
    with pytest.raises(ValueError, match="there is no region 'reg_nope'"):
        store.add_shipping_option("reg_nope", "Post", 490)
    with pytest.raises(TypeError, match="a shipping option has no field 'price'"):
        store.add_shipping_option("reg_eur", "Post", 490, price=490)


# Payment sessions


def test_sessions_follow_the_total(medusa: Medusa) -> None:
    cart = ready_cart(medusa)
    cart = medusa.carts.add_shipping_method(cart.id, {"option_id": "so_eur_courier"}).cart
    assert {(session.provider_id, session.amount) for session in cart.payment_sessions} == {
        ("manual", cart.total),
        ("test-pay", cart.total),
    }
    assert cart.payment_session
    assert (cart.payment_session.provider_id, cart.payment_session.data["amount"]) == ("test-pay", cart.total)


def test_the_data_of_a_new_session_is_that_of_the_real_plugin(medusa: Medusa) -> None:
    recorded = exchange("co_requires_more_complete")["body"]["data"]["payment_session"]["data"]
    session = ready_cart(medusa).payment_session
    assert session
    assert session.data.keys() == recorded.keys() - {"extra", "status", "updated", "next_action"}
    assert session.data["nested"] == recorded["nested"]


def test_selecting_another_provider(medusa: Medusa) -> None:
    cart = ready_cart(medusa, "test-pay")
    cart = medusa.carts.set_payment_session(cart.id, {"provider_id": "manual"}).cart
    sessions = {session.provider_id: session for session in cart.payment_sessions}
    assert (sessions["manual"].is_selected, sessions["manual"].data) == (True, {"status": "pending"})
    assert (sessions["test-pay"].is_selected, sessions["test-pay"].is_initiated) == (None, False)


def test_a_single_provider_is_selected_at_once(medusa: Medusa, store: SandboxStore) -> None:
    region = medusa.regions.retrieve("reg_eur").region.to_dict()
    store.add(Region.from_dict({**region, "payment_providers": region["payment_providers"][:1]}))
    cart = medusa.carts.create_payment_sessions(new_cart(medusa, mug_350=1).id).cart
    assert cart.payment_session
    assert (cart.payment_session.provider_id, cart.payment_session.is_initiated) == ("manual", True)


def test_refreshing_a_session_begins_anew_without_selecting_it(medusa: Medusa) -> None:
    cart = ready_cart(medusa)
    before = cart.payment_session
    medusa.carts.refresh_payment_session(cart.id, "test-pay")
    cart = medusa.carts.retrieve(cart.id).cart
    (after,) = [session for session in cart.payment_sessions if session.provider_id == "test-pay"]
    assert before
    assert (after.is_selected, after.is_initiated) == (None, True)
    assert after.id != before.id


def test_deleting_a_session(medusa: Medusa) -> None:
    cart = ready_cart(medusa)
    for _ in range(2):  # Like in a real backend, deleting a missing session is not an error.
        cart = medusa.carts.delete_payment_session(cart.id, "test-pay").cart
        assert [session.provider_id for session in cart.payment_sessions] == ["manual"]


def test_a_provider_that_the_region_does_not_have(medusa: Medusa) -> None:
    cart = ready_cart(medusa)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.carts.set_payment_session(cart.id, {"provider_id": "paypal"})
    assert (caught.value.status, caught.value.message) == (400, "The payment method is not available in this region")


def test_what_a_provider_refuses(medusa: Medusa) -> None:
    cart = new_cart(medusa, "no-session@example.com", mug_350=1)
    medusa.carts.create_payment_sessions(cart.id)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.carts.set_payment_session(cart.id, {"provider_id": "test-pay"})
    recorded = exchange("payment_session_set_provider_refuses")
    body = {"code": caught.value.code, "type": caught.value.type, "message": caught.value.message}
    assert (caught.value.status, body) == (recorded["status"], recorded["body"])
    assert "payment_session" not in medusa.carts.retrieve(cart.id).cart.to_dict()


@pytest.mark.parametrize(
    ("payload", "message"),
    [({"data": "x"}, "data must be an object"), ({"data": {}, "x": 1}, "property x should not exist")],
)
def test_wrong_data(medusa: Medusa, payload: Any, message: str) -> None:
    cart = ready_cart(medusa)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.request("POST", f"/store/carts/{cart.id}/payment-sessions/test-pay", json=payload)
    assert (caught.value.status, caught.value.message) == (400, message)
