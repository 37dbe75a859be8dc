"""The cart of a web session: when it is created, kept and forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from medusa.contrib.django import MedusaMiddleware, get_or_create_cart

from .cart_store import CartStore
from .conftest import Browser

LogIn = Callable[[Browser, str], None]
Browsers = Callable[[], Browser]


@pytest.fixture
def store() -> Iterator[CartStore]:
    store = CartStore()
    yield store
    store.peer.close()


def cart(browser: Browser, path: str = "/cart", fields: str | None = None) -> Any:
    answer = browser(path) if fields is None else browser(path, fields=fields)
    assert answer.status == 200, answer.text
    return json.loads(answer.text)


def test_a_session_has_one_cart_from_the_first_item_on(browsers: Browsers, store: CartStore) -> None:
    ada, bob = browsers(), browsers()
    assert cart(ada) is None
    assert store.carts == {}
    assert cart(ada, "/add/variant_1") == {"id": "cart_0", "items": {"variant_1": 1}}
    assert cart(bob, "/add/variant_1") == {"id": "cart_1", "items": {"variant_1": 1}}
    assert cart(ada, "/add/variant_2") == {"id": "cart_0", "items": {"variant_1": 1, "variant_2": 1}}
    assert cart(ada) == {"id": "cart_0", "items": {"variant_1": 1, "variant_2": 1}}
    assert len(store.carts) == 2


def test_a_completed_cart_is_never_handed_out(browsers: Browsers, store: CartStore) -> None:
    browser = browsers()
    cart(browser, "/add/variant_1")
    # Something other than the shop may complete a cart, for example a webhook of the payment.
    store.carts["cart_0"]["completed_at"] = "2026-11-28T12:00:00.000Z"
    assert cart(browser) is None
    assert cart(browser) is None
    assert cart(browser, "/add/variant_2") == {"id": "cart_1", "items": {"variant_2": 1}}
    store.carts["cart_1"]["completed_at"] = "2026-11-28T12:00:00.000Z"
    assert cart(browser, "/add/variant_3") == {"id": "cart_2", "items": {"variant_3": 1}}
    assert len(store.carts["cart_0"]["items"]) == 1


def test_a_completed_cart_is_seen_through_chosen_fields(browsers: Browsers, store: CartStore) -> None:
    browser = browsers()
    cart(browser, "/add/variant_1")
    assert cart(browser, fields="id,email")["id"] == "cart_0"
    assert "fields=id%2Cemail%2Ccompleted_at" in store.peer.requests[-1].head
    store.carts["cart_0"]["completed_at"] = "2026-11-28T12:00:00.000Z"
    assert cart(browser, fields="id") is None


def test_a_cart_that_is_gone_is_forgotten(browsers: Browsers, store: CartStore) -> None:
    browser = browsers()
    cart(browser, "/add/variant_1")
    store.carts.clear()
    assert cart(browser) is None
    requests_before = len(store.peer.requests)
    assert cart(browser) is None
    assert len(store.peer.requests) == requests_before
    store.carts["other"] = {}
    assert cart(browser, "/add/variant_2") == {"id": "cart_1", "items": {"variant_2": 1}}


def test_a_wrong_base_url_forgets_no_cart(browsers: Browsers, store: CartStore) -> None:
    browser = browsers()
    cart(browser, "/add/variant_1")
    store.has_routes = False
    assert browser("/cart").status == 500
    store.has_routes = True
    assert cart(browser)["id"] == "cart_0"


def test_a_login_keeps_the_cart(browsers: Browsers, log_in: LogIn, store: CartStore) -> None:
    browser = browsers()
    cart(browser, "/add/variant_1")
    log_in(browser, "ada")
    assert cart(browser) == {"id": "cart_0", "items": {"variant_1": 1}}
    assert store.carts["cart_0"]["customer_id"] == "cus_ada"
    log_in(browser, "ada")
    assert cart(browser, "/add/variant_2")["items"] == {"variant_1": 1, "variant_2": 1}


def test_another_customers_login_does_not_get_the_cart(browsers: Browsers, log_in: LogIn, store: CartStore) -> None:
    browser = browsers()
    log_in(browser, "ada")
    cart(browser, "/add/variant_1")
    log_in(browser, "bob")
    assert cart(browser) is None
    assert cart(browser, "/add/variant_2") == {"id": "cart_1", "items": {"variant_2": 1}}
    assert store.carts["cart_0"]["customer_id"] == "cus_ada"
    assert store.carts["cart_1"]["customer_id"] == "cus_bob"


def test_another_customer_does_not_get_the_cart_after_an_expired_login(
    browsers: Browsers, log_in: LogIn, store: CartStore
) -> None:
    browser = browsers()
    log_in(browser, "ada")
    cart(browser, "/add/variant_1")
    store.expire()
    assert browser("/me").status == 401
    log_in(browser, "bob")
    assert cart(browser) is None
    assert store.carts["cart_0"]["customer_id"] == "cus_ada"


def test_a_logout_forgets_the_cart(browsers: Browsers, log_in: LogIn) -> None:
    browser = browsers()
    log_in(browser, "ada")
    cart(browser, "/add/variant_1")
    browser("/logout")
    browser("/keep/something")
    assert cart(browser) is None
    assert cart(browser, "/add/variant_2") == {"id": "cart_1", "items": {"variant_2": 1}}


def test_forgetting_a_cart(browsers: Browsers, store: CartStore) -> None:
    browser = browsers()
    assert browser("/forget").status == 200
    cart(browser, "/add/variant_1")
    assert browser("/forget").status == 200
    assert cart(browser) is None
    assert browser("/complete").status == 409
    assert cart(browser, "/add/variant_2") == {"id": "cart_1", "items": {"variant_2": 1}}
    assert store.carts["cart_0"]["completed_at"] is None


def test_completing_a_cart_twice_gives_the_same_order(browsers: Browsers) -> None:
    browser = browsers()
    assert (browser("/complete").status, browser("/complete").text) == (409, "Your cart is empty.")
    cart(browser, "/add/variant_1")
    assert (browser("/complete").status, browser("/complete").text) == (409, "Please enter your e-mail address.")
    browser("/check-out", email="ada@example.com")
    assert browser("/complete").text == "order_0"
    assert browser("/complete").text == "order_0"
    assert cart(browser) is None
    cart(browser, "/add/variant_2")
    assert browser("/complete").text == "Please enter your e-mail address."


def test_items_in_the_payload_are_refused() -> None:
    request = RequestFactory().get("/")
    request.session = Client().session
    MedusaMiddleware(lambda request: HttpResponse())(request)
    with pytest.raises(ValueError, match="payload must not have items"):
        get_or_create_cart(request, {"items": [{"variant_id": "variant_1", "quantity": 1}]})
