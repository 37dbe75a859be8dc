"""Every method of the orders and auth resources. At the end, a customer claims the order of a guest."""

from __future__ import annotations

from typing import Any

import pytest

from examples.receipt import receipt
from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    NotLoadedError,
    StorePostAuthReq,
    is_loaded,
)

from ..conftest import not_loaded
from .conftest import PlaceOrder
from .shop import PASSWORD, mailed_token, new_email


def register(medusa: Medusa) -> str:
    """Register a customer, and return the e-mail address."""
    email = new_email()
    customer = {"email": email, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper"}
    medusa.request("POST", "/store/customers", json=customer)
    return email


def test_the_same_order_by_every_route(medusa: Medusa, place_order: PlaceOrder) -> None:
    email = new_email()
    order = medusa.orders.retrieve(place_order(email)).order
    assert order.email == email
    assert [item.title for item in order.items]
    assert order.total == order.subtotal - order.discount_total + (order.shipping_total or 0) + order.tax_total
    found = medusa.orders.lookup_order({"display_id": order.display_id, "email": email}).order
    assert found == order
    assert order.cart_id
    by_cart = medusa.orders.retrieve_by_cart_id(order.cart_id).order
    assert by_cart.id == order.id
    assert by_cart.claims == []
    assert not is_loaded(order, "claims")
    with pytest.raises(NotLoadedError, match=not_loaded("Order.claims")):
        print(order.claims)
    for result in (order, by_cart):
        assert result.extra == {}
    assert "Total" in receipt(order)


def test_expand_and_fields(medusa: Medusa, place_order: PlaceOrder) -> None:
    id = place_order(new_email())
    order = medusa.orders.retrieve(id, expand=["billing_address"], fields=["id", "email"]).order
    assert order.billing_address
    assert order.billing_address.city == "Berlin"
    assert not is_loaded(order, "payments")
    assert not is_loaded(order, "currency_code")
    with pytest.raises(MedusaInvalidRequestError, match="nope"):
        medusa.orders.retrieve(id, expand=["nope"])


def test_what_there_is_not(medusa: Medusa) -> None:
    with pytest.raises(MedusaNotFoundError, match="Order with id order_nope was not found"):
        medusa.orders.retrieve("order_nope")
    with pytest.raises(MedusaNotFoundError):
        medusa.orders.retrieve_by_cart_id("cart_nope")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.lookup_order({"display_id": 1, "email": "nobody@example.com"})
    assert caught.value.message == "Not Found"
    with pytest.raises(MedusaAuthenticationError):
        medusa.orders.request_customer_orders({"order_ids": ["order_nope"]})
    with pytest.raises(MedusaInvalidRequestError):
        medusa.orders.confirm_request({"token": "x"})
    with pytest.raises(MedusaServerError):
        medusa.orders.confirm_request({"token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"})


def test_auth(medusa: Medusa) -> None:
    email = register(medusa)
    with pytest.raises(MedusaAuthenticationError):  # The client ignores the cookie of the registration.
        medusa.auth.get_session()
    assert medusa.auth.exists(email).exists is True
    assert medusa.auth.exists(new_email()).exists is False
    with pytest.raises(MedusaAuthenticationError):
        medusa.auth.authenticate({"email": email, "password": "wrong"})
    with pytest.raises(MedusaAuthenticationError):
        medusa.auth.get_token({"email": email, "password": "wrong"})
    credentials = StorePostAuthReq(email=email, password=PASSWORD)
    for log_in in (medusa.auth.authenticate, medusa.auth.get_token):
        log_in(credentials)
        assert medusa.auth.get_session().customer.email == email
        other = medusa.with_options(token=None)
        with pytest.raises(MedusaAuthenticationError):
            other.auth.get_session()
        for _ in range(2):
            assert medusa.auth.delete_session().response.status_code == 200
        with pytest.raises(MedusaAuthenticationError):
            medusa.auth.get_session()


@pytest.mark.parametrize("log_in", ["authenticate", "get_token"])
def test_claim(medusa: Medusa, place_order: PlaceOrder, log_in: str) -> None:
    guest = new_email()
    order = medusa.orders.retrieve(place_order(guest)).order
    email = register(medusa)
    customer = medusa.with_options()
    getattr(customer.auth, log_in)({"email": email, "password": PASSWORD})
    customer_id = customer.auth.get_session().customer.id
    assert order.customer_id != customer_id
    assert customer.orders.request_customer_orders({"order_ids": [order.id]}).response.status_code == 200
    medusa.orders.confirm_request({"token": mailed_token(medusa, "/claim-tokens", old_email=guest)})
    claimed = medusa.orders.retrieve(order.id).order
    assert (claimed.customer_id, claimed.email) == (customer_id, email)
    with pytest.raises(MedusaNotFoundError):
        medusa.orders.lookup_order({"display_id": order.display_id, "email": guest})
    mine: list[Any] = customer.request("GET", "/store/customers/me/orders")["orders"]
    assert [found["id"] for found in mine] == [order.id]


def test_publishable_key(medusa: Medusa, place_order: PlaceOrder) -> None:
    id = place_order(new_email())
    medusa.set_publishable_key("pk_01M87QDSA5HDPAZMV77Z3N99TP")
    result = medusa.orders.retrieve(id)
    assert result.response.request.headers["x-publishable-api-key"] == "pk_01M87QDSA5HDPAZMV77Z3N99TP"
