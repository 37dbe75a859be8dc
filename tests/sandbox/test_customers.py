"""Customers of a sandbox: changes, addresses and forgotten passwords."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
import requests

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    NoContent,
    is_loaded,
)
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD

LOGIN: Any = {"email": "grace@example.com", "password": PASSWORD}
HOME: Any = {
    "first_name": "Grace",
    "last_name": "Hopper",
    "address_1": "2 Ocean Drive",
    "address_2": "",
    "province": "VA",
    "phone": "+1 555 0100",
    "city": "Arlington",
    "postal_code": "22201",
    "country_code": "US",
}


@pytest.fixture
def grace(medusa: Medusa) -> Medusa:
    medusa.auth.get_token(LOGIN)
    return medusa


def cities(medusa: Medusa) -> list[str | None]:
    of_customer = [address.city for address in medusa.customers.retrieve().customer.shipping_addresses]
    of_session = [address.city for address in medusa.auth.get_session().customer.shipping_addresses]
    assert of_customer == of_session
    return of_customer


def test_addresses(grace: Medusa) -> None:
    addresses = grace.customers.addresses
    assert cities(grace) == ["New York"]
    for _ in range(2):  # The second address is not added, because it is equal.
        added = addresses.add_address({"address": HOME}).customer.shipping_addresses
        assert [(each.city, each.country_code) for each in added] == [("New York", "us"), ("Arlington", "us")]
    id = added[1].id
    moved = addresses.update_address(id, {"city": "Boston", "metadata": {"floor": 2}}).customer.shipping_addresses[1]
    assert (moved.id, moved.city, moved.address_1, moved.metadata) == (id, "Boston", "2 Ocean Drive", {"floor": 2})
    assert moved.updated_at > moved.created_at
    assert (
        addresses.update_address(id, {"city": "Boston"}).customer.shipping_addresses[1].updated_at == moved.updated_at
    )
    for _ in range(2):
        assert len(addresses.delete_address(id).customer.shipping_addresses) == 1
    with pytest.raises(MedusaInvalidRequestError, match="Could not find address for customer"):
        addresses.update_address(id, {"city": "Boston"})
    with pytest.raises(MedusaNotFoundError, match="Country with country_code xx does not exist"):
        addresses.add_address({"address": HOME | {"country_code": "xx"}})


def test_the_address_of_another_customer(store: SandboxStore, grace: Medusa) -> None:
    ada = grace.with_options()
    ada.auth.get_token({"email": "ada@example.com", "password": PASSWORD})
    id = ada.customers.retrieve().customer.shipping_addresses[0].id
    with pytest.raises(MedusaInvalidRequestError, match="Could not find address"):
        grace.customers.addresses.update_address(id, {"city": "Stolen"})
    grace.customers.addresses.delete_address(id)
    assert cities(ada) == ["Berlin"]


def test_an_update(store: SandboxStore, grace: Medusa) -> None:
    changed = grace.customers.update(
        {"first_name": "Amazing", "phone": "1", "metadata": {"size": "M", "vip": True}}
    ).customer
    assert (changed.first_name, changed.last_name, changed.phone) == ("Amazing", "Hopper", "1")
    assert grace.customers.update({"metadata": {"size": ""}}).customer.metadata == {"vip": True}
    order = store.orders[1]
    for customer in (order.customer, grace.orders.retrieve(order.id).order.customer):
        assert customer
        assert customer.first_name == "Amazing"
    assert [each.id for each in grace.customers.list_orders({"q": "amazing"}).orders] == [order.id]
    with pytest.raises(MedusaInvalidRequestError) as caught:
        grace.customers.update({"email": "ada@example.com"})
    assert (caught.value.status, caught.value.type) == (422, "duplicate_error")


def test_a_billing_address(grace: Medusa) -> None:
    customers = grace.customers
    first = customers.update({"billing_address": HOME}).customer.billing_address
    assert first
    assert (first.city, first.country_code, first.customer_id) == ("Arlington", "us", None)
    merged = customers.update({"billing_address": {"city": "Boston"}}).customer
    assert merged.billing_address
    assert (merged.billing_address_id, merged.billing_address.address_1) == (first.id, "2 Ocean Drive")
    known = merged.shipping_addresses[0]
    assert customers.update({"billing_address": known.id}).customer.billing_address == known
    assert not is_loaded(grace.auth.get_session().customer, "billing_address")


def test_a_forgotten_password(store: SandboxStore, medusa: Medusa) -> None:
    customers = medusa.customers
    sent = customers.generate_password_token({"email": "GRACE@example.com"})
    assert (type(sent), sent.response.status_code) == (NoContent, 204)
    customers.generate_password_token({"email": "nobody@example.com"})
    (event,) = store.password_resets
    assert (event.email, event.first_name, event.last_name) == ("grace@example.com", "Grace", "Hopper")
    assert event.id == store.orders[1].customer_id
    assert event.token not in repr(event)
    assert "grace" not in repr(event).lower()
    assert requests.get(f"{store.url}/password-tokens", timeout=10).json()[0]["token"] == event.token
    claims = jwt.decode(event.token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 900
    new: Any = {"email": "grace@example.com", "token": event.token, "password": "new-horse"}
    for wrong in ({"token": event.token + "x"}, {"email": "ada@example.com"}):
        with pytest.raises(MedusaServerError):
            customers.reset_password(new | wrong)
    with pytest.raises(MedusaAuthenticationError, match="Invalid or expired password reset token"):
        customers.reset_password(new | {"email": "nobody@example.com"})
    assert customers.reset_password(new).customer.email == "grace@example.com"
    with pytest.raises(MedusaServerError):
        customers.reset_password(new)  # The token is not valid after the change.
    with pytest.raises(MedusaAuthenticationError):
        medusa.auth.get_token(LOGIN)
    assert medusa.auth.get_token(LOGIN | {"password": "new-horse"}).access_token


def test_payment_methods(grace: Medusa) -> None:
    assert grace.customers.payment_methods.list().payment_methods == []


def test_added_customers(store: SandboxStore, medusa: Medusa) -> None:
    made = store.add_customer("emmy@example.com", "x", addresses=[HOME, {"city": "Erlangen"}])
    assert [each.city for each in made.shipping_addresses] == ["Arlington", "Erlangen"]
    medusa.auth.get_token({"email": "emmy@example.com", "password": "x"})
    assert medusa.customers.retrieve().customer.shipping_addresses == made.shipping_addresses
    with pytest.raises(TypeError, match="an address has no field 'town'"):
        store.add_customer("other@example.com", "x", addresses=[{"town": "Erlangen"}])
    with pytest.raises(ValueError, match="there is no country 'xx'"):
        store.add_customer("other@example.com", "x", addresses=[{"country_code": "xx"}])
    assert not medusa.auth.exists("other@example.com").exists
