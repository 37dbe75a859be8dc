"""A customer registers, logs in, keeps addresses and a password, and lists orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from medusa import (
    Customer,
    Medusa,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    NoContent,
    Order,
    is_loaded,
)

from .shop import BRITAIN, GERMANY, PASSWORD, Shop, mailed_token, new_email

Account = tuple[Medusa, str]


@pytest.fixture(scope="module")
def account(shop: Shop) -> Account:
    """A customer: a client that is logged in with a token, and the e-mail address."""
    return shop.customer()


@pytest.fixture(scope="module")
def buyer(shop: Shop) -> tuple[Medusa, list[Order]]:
    """A customer's client and the customer's three orders. The newest is first, and it is canceled."""
    medusa, email = shop.customer()
    orders = [shop.order("Europe", email, medusa, MUG_350=quantity) for quantity in (1, 2)]
    orders.append(shop.order("Testland", email, medusa, SHIRT_M_WHITE=1))
    shop.admin.post(f"orders/{orders[2].id}/cancel")
    return medusa, orders[::-1]


def test_register_and_log_in(shop: Shop) -> None:
    email = new_email("Grace-")
    medusa = shop.medusa.with_options()
    made = medusa.customers.create(
        {"email": email, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper", "phone": "+1 555 0100"}
    ).customer
    assert (type(made), made.email, made.has_account, made.phone) == (Customer, email.lower(), True, "+1 555 0100")
    assert not is_loaded(made, "orders")
    with pytest.raises(MedusaAuthenticationError):  # The client ignores the cookie of the registration.
        medusa.customers.retrieve()
    login: Any = {"email": email.lower(), "password": PASSWORD}
    for log_in in (medusa.auth.authenticate, medusa.auth.get_token):
        log_in(login)
        mine = medusa.customers.retrieve().customer
        assert (mine.id, mine.billing_address, mine.shipping_addresses) == (made.id, None, [])
        of_session = medusa.auth.get_session().customer
        assert (of_session.id, of_session.orders) == (made.id, [])
        medusa.auth.delete_session()
        with pytest.raises(MedusaAuthenticationError):
            medusa.customers.retrieve()
    assert medusa.auth.exists(email.lower()).exists
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.customers.create(login)
    assert (caught.value.status, caught.value.type) == (422, "duplicate_error")
    with pytest.raises(MedusaInvalidRequestError, match="email must be an email"):
        medusa.customers.create({"email": "not-an-email", "password": PASSWORD})


def test_update(account: Account, shop: Shop) -> None:
    medusa, email = account
    customers = medusa.customers
    updated = customers.update({"first_name": "Ada", "phone": None, "metadata": {"vip": True, "size": "M"}}).customer
    assert (updated.first_name, updated.last_name, updated.email) == ("Ada", "Hopper", email)
    merged = customers.update({"metadata": {"size": "", "sizes": [1, {"eu": 38.5}]}}).customer
    assert merged.metadata == {"vip": True, "sizes": [1, {"eu": 38.5}]}
    assert customers.update({"metadata": None}).customer.metadata == merged.metadata
    _, taken = shop.customer()
    with pytest.raises(MedusaInvalidRequestError) as caught:
        customers.update({"email": taken})
    assert (caught.value.status, caught.value.type) == (422, "duplicate_error")
    assert taken not in str(caught.value)


def test_the_billing_address(shop: Shop) -> None:
    medusa, _ = shop.customer()
    customers = medusa.customers
    first = customers.update({"billing_address": GERMANY}).customer.billing_address
    assert first
    assert (first.city, first.country_code) == ("Berlin", "de")
    merged = customers.update({"billing_address": {"city": "Potsdam"}}).customer.billing_address
    assert merged
    assert (merged.id, merged.city, merged.address_1) == (first.id, "Potsdam", first.address_1)
    added = customers.addresses.add_address({"address": BRITAIN}).customer.shipping_addresses
    by_id = customers.update({"billing_address": added[0].id}).customer
    assert by_id.billing_address_id == added[0].id
    retrieved = customers.retrieve().customer
    assert retrieved.billing_address
    assert retrieved.billing_address.city == "London"
    with pytest.raises(MedusaNotFoundError, match="addr_nope"):
        customers.update({"billing_address": "addr_nope"})


def test_addresses(shop: Shop) -> None:
    medusa, _ = shop.customer()
    addresses = medusa.customers.addresses
    whole: Any = {**GERMANY, "address_2": "", "province": "BE", "phone": "+49 30 0", "country_code": "DE"}
    for _ in range(2):  # The backend adds the same address only once.
        added = addresses.add_address({"address": whole}).customer.shipping_addresses
        assert [(each.city, each.country_code) for each in added] == [("Berlin", "de")]
        whole["country_code"] = "de"
    id = added[0].id
    updated = addresses.update_address(id, {"city": "Hamburg", "company": None, "metadata": {"floor": 2}}).customer
    assert [(each.id, each.city, each.metadata) for each in updated.shipping_addresses] == [
        (id, "Hamburg", {"floor": 2})
    ]
    assert updated.shipping_addresses[0].address_1 == GERMANY["address_1"]
    other, _ = shop.customer()
    with pytest.raises(MedusaInvalidRequestError, match="Could not find address"):
        other.customers.addresses.update_address(id, {"city": "Stolen"})
    other.customers.addresses.delete_address(id)  # This is not an error, but it deletes nothing.
    with pytest.raises(MedusaNotFoundError, match="xx"):
        addresses.add_address({"address": GERMANY | {"country_code": "xx"}})
    with pytest.raises(MedusaInvalidRequestError, match="last_name must be a string"):
        addresses.add_address({"address": {"first_name": "A"}})  # type: ignore[typeddict-item]
    assert len(medusa.customers.retrieve().customer.shipping_addresses) == 1
    for _ in range(2):  # Deleting the address again is not an error.
        assert addresses.delete_address(id).customer.shipping_addresses == []


def test_payment_methods(account: Account) -> None:
    medusa, _ = account
    mounts = (medusa.payment_methods, medusa.customers.payment_methods)
    for payment_methods in mounts:
        assert payment_methods.list().payment_methods == []
    medusa.customers.update({"metadata": {"saved_methods": True}})
    for payment_methods in mounts:
        saved = payment_methods.list().payment_methods
        assert {method.provider_id for method in saved} == {"test-pay"}
        assert [method.data["id"] for method in saved] == ["pm_1", "pm_2"]
        assert saved[0].data["card"]["last4"] == "4242"
    medusa.customers.update({"metadata": {"broken_methods": True}})
    for payment_methods in mounts:
        with pytest.raises(MedusaServerError, match="cannot list saved methods"):
            payment_methods.list()


def test_nobody_is_logged_in(shop: Shop) -> None:
    customers = shop.medusa.customers
    for call in (
        customers.retrieve,
        customers.list_orders,
        customers.payment_methods.list,
        shop.medusa.payment_methods.list,
        lambda: customers.update({"first_name": "X"}),
        lambda: customers.addresses.add_address({"address": GERMANY}),
        lambda: customers.addresses.update_address("addr_1", {"city": "X"}),
        lambda: customers.addresses.delete_address("addr_1"),
        lambda: next(customers.iterate_orders()),
    ):
        with pytest.raises(MedusaAuthenticationError):
            call()


def test_list_orders(buyer: tuple[Medusa, list[Order]], shop: Shop) -> None:
    medusa, orders = buyer
    listed = medusa.customers.list_orders()
    assert ([order.id for order in listed.orders], listed.count, listed.offset, listed.limit) == (
        [order.id for order in orders],
        3,
        0,
        10,
    )
    assert listed.orders[0].claims == []
    page = medusa.customers.list_orders({"limit": 1, "offset": 1})
    assert ([order.id for order in page.orders], page.count, page.limit) == ([orders[1].id], 3, 1)
    canceled, later, first = orders
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for query, found in (
        ({"id": first.id}, [first]),
        ({"q": first.email}, orders),
        ({"status": ["canceled"]}, [canceled]),
        ({"status": ["pending", "canceled"]}, orders),
        ({"payment_status": ["awaiting"]}, [later, first]),
        ({"fulfillment_status": ["not_fulfilled"]}, [later, first]),
        ({"display_id": later.display_id}, [later]),
        ({"cart_id": first.cart_id}, [first]),
        ({"email": first.email}, orders),
        ({"region_id": shop.regions["Testland"]}, [canceled]),
        ({"currency_code": "gbp"}, [canceled]),
        ({"currency_code": "GBP"}, []),
        ({"tax_rate": "20"}, []),
        ({"created_at": {"gte": yesterday}}, orders),
        ({"updated_at": {"lt": yesterday}}, []),
        ({"canceled_at": {"gt": yesterday}}, [canceled]),
        ({"fields": "id", "expand": ""}, orders),
    ):
        ids = [order.id for order in medusa.customers.list_orders(query).orders]  # type: ignore[arg-type]
        assert (query, ids) == (query, [order.id for order in found])
    with pytest.raises(MedusaServerError, match="display_id is not a number"):
        medusa.customers.list_orders({"display_id": "x"})
    with pytest.raises(MedusaInvalidRequestError):
        medusa.customers.list_orders({"payment_status": ["nope"]})


@pytest.mark.parametrize("read_ahead", [False, True])
def test_iterate_orders(read_ahead: bool, buyer: tuple[Medusa, list[Order]]) -> None:
    medusa, orders = buyer
    iterate = medusa.customers.iterate_orders
    ids = [order.id for order in orders]
    assert [order.id for order in iterate(page_size=2, read_ahead=read_ahead)] == ids
    assert [order.id for order in iterate(page_size=1, start=1, read_ahead=read_ahead)] == ids[1:]
    some = iterate({"status": ["canceled"]}, page_size=1, read_ahead=read_ahead)
    assert [order.id for order in some] == ids[:1]


def test_a_forgotten_password(shop: Shop) -> None:
    _, email = shop.customer()
    customers, auth = shop.medusa.customers, shop.medusa.with_options().auth
    sent = customers.generate_password_token({"email": email})
    assert (type(sent), sent.response.status_code, sent.response.content) == (NoContent, 204, b"")
    assert customers.generate_password_token({"email": "nobody@example.com"}).response.status_code == 204
    with pytest.raises(MedusaInvalidRequestError):
        customers.generate_password_token({"email": "x"})
    token = mailed_token(shop.plain, "/password-tokens", email=email)
    with pytest.raises(
        MedusaServerError, match="the token is malformed, expired, already used, or belongs to another customer"
    ) as error:
        customers.reset_password({"email": email, "token": f"{token}x", "password": "new"})
    assert token not in str(error.value)
    with pytest.raises(MedusaAuthenticationError):
        customers.reset_password({"email": new_email("nobody-"), "token": token, "password": "new"})
    changed = customers.reset_password({"email": email, "token": token, "password": "new-horse"}).customer
    assert changed.email == email
    assert not is_loaded(changed, "shipping_addresses")
    with pytest.raises(MedusaServerError):
        customers.reset_password({"email": email, "token": token, "password": "again"})
    with pytest.raises(MedusaAuthenticationError):
        auth.get_token({"email": email, "password": PASSWORD})
    assert auth.get_token({"email": email, "password": "new-horse"}).access_token
