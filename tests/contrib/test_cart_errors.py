"""The errors of carts that customers can fix, in the responses of a real Medusa."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medusa import Medusa, MedusaAPIError
from medusa.contrib import carts
from medusa.contrib.carts import CartError, OutOfStockError, PaymentDeclinedError, PaymentRequiresMoreError, cart_errors
from medusa.contrib.machine_carts import MachineCarts
from medusa.contrib.session_cart import CART_ID, SessionCart

from ..conftest import Replay
from ..recordings import exchange

EXPECTED = {
    "line_item_create_too_many": ("OutOfStockError", "There is not enough of this item in stock."),
    "line_item_update_too_many": ("OutOfStockError", "There is not enough of this item in stock."),
    "inv_line_item_too_many": ("OutOfStockError", "There is not enough of this item in stock."),
    "co_race2_complete": ("OutOfStockError", "There is not enough of this item in stock."),
    "line_item_create_unknown_variant": (
        "NotForSaleError",
        "This item is no longer available, or not available in your region.",
    ),
    "line_item_create_wrong_channel": (
        "NotForSaleError",
        "This item is no longer available, or not available in your region.",
    ),
    "line_item_create_usd_only": (
        "NotForSaleError",
        "This item is no longer available, or not available in your region.",
    ),
    "cart_create_no_price": ("NotForSaleError", "This item is no longer available, or not available in your region."),
    "cart_discount_bad_NOPE": ("DiscountNotValidError", "This discount code does not exist."),
    "cart_discount_bad_empty": ("DiscountNotValidError", "This discount code does not exist."),
    "cart_discount_bad_FUTURE": ("DiscountNotValidError", "This discount is not valid yet."),
    "cart_discount_bad_NYONLY": ("DiscountNotValidError", "This discount is not valid in your country."),
    "cart_gift_card_unknown": ("GiftCardNotValidError", "This gift card does not exist."),
    "cart_update_address_array": ("AddressNotValidError", "Please check your address and e-mail address."),
    "cart_update_address_unknown_country": ("AddressNotValidError", "Please check your address and e-mail address."),
    "complete_empty": ("EmptyCartError", "Your cart is empty."),
    "complete_no_payment_session": ("PaymentMissingError", "Please choose how to pay."),
    "complete_session_not_selected": ("PaymentMissingError", "Please choose how to pay."),
    "co_error_complete": ("PaymentDeclinedError", "Your payment was declined. Please try another way to pay."),
    "co_fail_complete": ("PaymentDeclinedError", "Your payment was declined. Please try another way to pay."),
    "payment_session_set_provider_refuses": (
        "PaymentDeclinedError",
        "Your payment was declined. Please try another way to pay.",
    ),
}
OTHERS = [
    "cart_create_country_not_in_region",
    "cart_create_quantity_negative",
    "cart_create_unknown_field",
    "cart_discount_string",
    "cart_retrieve_not_found",
    "cart_update_address_unknown_field",
    "cart_update_region_unknown",
    "co_concurrent_nokey_complete_2",
    "co_throw_complete",
    "complete_not_found",
    "line_item_create_malformed",
    "line_item_create_quantity_string",
    "payment_session_set_unknown",
    "shipping_method_add_other_region",
]


def again(medusa: Medusa, case: str) -> Any:
    """Send the recorded request."""
    recording = exchange(case)
    return medusa.request(recording["method"], recording["target"])


@pytest.mark.parametrize("case", EXPECTED)
def test_what_a_customer_can_fix(medusa: Medusa, replay: Replay, case: str) -> None:
    name, text = EXPECTED[case]
    replay(case)
    with pytest.raises(CartError) as caught, cart_errors():
        again(medusa, case)
    error = caught.value
    assert (type(error), error.text) == (getattr(carts, name), text)
    assert isinstance(error.__cause__, MedusaAPIError)
    assert str(error) == str(error.__cause__)
    assert not error.retryable
    for same in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(same), same.text, str(same), same.__dict__) == (type(error), text, str(error), error.__dict__)


@pytest.mark.parametrize("case", OTHERS)
def test_other_errors_stay_as_they_are(medusa: Medusa, replay: Replay, case: str) -> None:
    replay(case)
    with pytest.raises(MedusaAPIError) as caught, cart_errors():
        again(medusa, case)
    assert type(caught.value).__module__ == "medusa.errors"


@pytest.mark.parametrize("case", [case for case, (name, _) in EXPECTED.items() if name == "OutOfStockError"])
def test_which_variant_is_out_of_stock(medusa: Medusa, replay: Replay, case: str) -> None:
    body = str(replay(case))
    with pytest.raises(OutOfStockError) as caught, cart_errors():
        again(medusa, case)
    assert (caught.value.variant_id is None) is (case == "line_item_update_too_many")
    assert caught.value.variant_id is None or f"id: {caught.value.variant_id} does" in body


def test_the_code_of_a_payment_provider(medusa: Medusa, replay: Replay) -> None:
    codes = {"co_fail_complete": "card_declined", "co_error_complete": None}
    for case, code in codes.items():
        replay(case)
        with pytest.raises(PaymentDeclinedError) as caught, cart_errors():
            again(medusa, case)
        assert caught.value.code == code


# Tests on a real Medusa, because not all errors were recorded


@pytest.fixture
def shop(backend: dict[str, Any]) -> Medusa:
    return Medusa(backend["url"])


@pytest.fixture
def cart_id(shop: Medusa) -> str:
    """The ID of a cart in the region Testland, in which a test chooses the outcome of a payment."""
    region = next(region for region in shop.regions.list().regions if region.name == "Testland")
    (hat,) = shop.products.list({"handle": "straw-hat"}).products
    cart = shop.carts.create({"region_id": region.id}).cart
    shop.carts.line_items.create(cart.id, {"variant_id": hat.variants[0].id, "quantity": 1})
    return cart.id


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("NOPE", "This discount code does not exist."),
        ("EXPIRED", "This discount has expired."),
        ("USEDUP", "This discount has been used up."),
        ("DISABLED", "This discount is not valid any more."),
        ("FUTURE", "This discount is not valid yet."),
    ],
)
def test_discounts(shop: Medusa, cart_id: str, code: str, text: str) -> None:
    with pytest.raises(carts.DiscountNotValidError) as caught, cart_errors():
        shop.carts.update(cart_id, {"discounts": [{"code": code}]})
    assert caught.value.text == text


@pytest.mark.parametrize(
    "refused",
    [
        {"email": "a@b"},
        {"email": ""},
        {"shipping_address": {"country_code": "de"}},
        {"shipping_address": {"country_code": "GB"}},
        {"billing_address": {"country_code": "GB"}},
        {"shipping_address": {"country_code": ""}},
        {"billing_address": {"city": 10117}},
    ],
)
def test_an_email_or_an_address_that_is_refused(shop: Medusa, cart_id: str, refused: Any) -> None:
    with pytest.raises(carts.AddressNotValidError) as caught, cart_errors():
        shop.carts.update(cart_id, refused)
    assert caught.value.text == "Please check your address and e-mail address."


def test_gift_cards(shop: Medusa, cart_id: str, backend: dict[str, Any]) -> None:
    for code, text in {
        backend["gift_card"]: "This gift card is not valid in your country.",
        backend["disabled_gift_card"]: "This gift card is not valid any more.",
        "NOPE": "This gift card does not exist.",
    }.items():
        with pytest.raises(carts.GiftCardNotValidError) as caught, cart_errors():
            shop.carts.update(cart_id, {"gift_cards": [{"code": code}]})
        assert caught.value.text == text


@pytest.fixture
def check_out(shop: Medusa, cart_id: str) -> Callable[[str], SessionCart]:
    """Return a function that prepares the cart for a payment with the outcome `mode`."""

    def check_out(mode: str) -> SessionCart:
        shop.carts.update(cart_id, {"email": "ada@example.com"})
        shop.carts.create_payment_sessions(cart_id)
        shop.carts.update_payment_session(cart_id, "test-pay", {"data": {"mode": mode}})
        return session_cart(shop, cart_id)

    return check_out


def session_cart(shop: Medusa, cart_id: str) -> SessionCart:
    """Return the `SessionCart` of a web session that has this cart."""
    return SessionCart(shop, {CART_ID: cart_id}, MachineCarts(cart_id))


@pytest.mark.parametrize(("mode", "code"), [("fail", "card_declined"), ("error", None), ("canceled", None)])
def test_a_declined_payment(check_out: Callable[[str], SessionCart], mode: str, code: str | None) -> None:
    cart = check_out(mode)
    for _ in range(2):
        with pytest.raises(PaymentDeclinedError) as caught:
            cart.complete()
        assert caught.value.code == code


@pytest.mark.parametrize("mode", ["requires_more", "pending"])
def test_a_payment_that_requires_more(
    shop: Medusa, cart_id: str, check_out: Callable[[str], SessionCart], mode: str
) -> None:
    cart = check_out(mode)
    with pytest.raises(PaymentRequiresMoreError) as caught:
        cart.complete()
    assert (caught.value.payment_status, caught.value.text) == (mode, "Your payment needs to be confirmed.")
    assert pickle.loads(pickle.dumps(caught.value)).cart == caught.value.cart
    session = caught.value.cart.payment_session
    assert session
    assert session.data["client_secret"]
    assert "ada@example.com" not in f"{caught.value!r} {caught.value}"
    shop.carts.update_payment_session(cart_id, "test-pay", {"data": {"mode": "authorized"}})
    assert cart.complete().cart_id == cart_id


def test_a_cart_without_an_email_is_not_spoilt(shop: Medusa, cart_id: str) -> None:
    """A cart without an e-mail address is not completed, because the backend could never complete it later."""
    cart = session_cart(shop, cart_id)
    shop.carts.create_payment_sessions(cart_id)
    shop.carts.set_payment_session(cart_id, {"provider_id": "manual"})
    with pytest.raises(carts.EmailMissingError):
        cart.complete()
    shop.carts.update(cart_id, {"email": "ada@example.com"})
    assert cart.complete().cart_id == cart_id


def test_completed_by_three_requests_at_once(
    shop: Medusa, cart_id: str, check_out: Callable[[str], SessionCart]
) -> None:
    check_out("authorized")
    with ThreadPoolExecutor(3) as pool:
        orders = list(pool.map(lambda _: session_cart(shop, cart_id).complete(), range(3)))
    assert len({order.id for order in orders}) == 1
