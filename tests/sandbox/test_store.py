"""The contents and the responses of a sandbox store."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

import jwt
import pytest
import requests

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    OrderStatus,
    StoreGetOrdersParams,
    StoreOrdersRes,
    StorePostAuthReq,
    is_loaded,
)
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD


def test_the_made_up_shop(store: SandboxStore, medusa: Medusa) -> None:
    assert len(store.orders) == 6
    for order in store.orders:
        assert medusa.orders.retrieve(order.id).order.total == order.total
        assert order.extra == {}
        assert order.total == (
            order.subtotal
            - order.discount_total
            + (order.shipping_total or 0)
            + order.tax_total
            - order.gift_card_total
        )
    assert {order.currency_code for order in store.orders} == {"eur", "usd", "jpy"}
    medusa.auth.get_token({"email": "grace@example.com", "password": PASSWORD})
    assert [order["display_id"] for order in medusa.request("GET", "/store/customers/me/orders")["orders"]] == [2]


def test_add_order(store: SandboxStore, medusa: Medusa) -> None:
    added = store.add_order(
        items=[{"title": "Lamp", "unit_price": 10_000, "quantity": 2, "metadata": {"engraving": "Ada"}}],
        email="new@example.com",
        currency_code="usd",
        tax_rate=10,
        shipping=500,
        discounts=[{"code": "HALF", "value": 50}],
        shipping_address={"city": "Paris", "country_code": "fr"},
        tracking_numbers=["TRK-1"],
        status="completed",
        display_id=4711,
    )
    order = medusa.orders.lookup_order({"display_id": 4711, "email": "new@example.com"}).order
    assert order.id == added.id
    assert (order.subtotal, order.discount_total, order.tax_total, order.total) == (20_000, 10_000, 1050, 11_550)
    assert order.status == OrderStatus.COMPLETED
    assert order.fulfillment_status == "shipped"
    assert order.fulfillments[0].tracking_links[0].tracking_number == "TRK-1"
    assert order.shipping_address is not None
    assert (order.shipping_address.city, order.shipping_address.address_1) == ("Paris", None)
    assert order.items[0].metadata == {"engraving": "Ada"}
    assert order.payments[0].amount == order.total
    assert added.billing_address is not None


def test_an_order_without_shipping_and_one_in_yen(store: SandboxStore) -> None:
    order = store.add_order(shipping=None, currency_code="jpy", items=[{"title": "Tea", "unit_price": 800}])
    assert (order.total, order.shipping_methods) == (800, [])


def test_a_gift_card_pays_no_more_than_the_order_costs(store: SandboxStore) -> None:
    order = store.add_order(gift_card=1_000_000)
    assert (order.gift_card_total, order.total, order.payments) == (1740, 0, [])


def test_a_model_can_be_added_again(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[0]
    order.email = "other@example.com"
    store.add_order(order)
    assert medusa.orders.retrieve(order.id).order.email == "other@example.com"
    assert len(store.orders) == 6


def test_columns_of_ones_own(store: SandboxStore, medusa: Medusa) -> None:
    added = store.add_order({**store.orders[0].to_dict(), "cart_id": "cart_1", "points": 3})
    lookup = StoreGetOrdersParams(display_id=added.display_id, email=added.email)
    ways: list[Callable[..., StoreOrdersRes]] = [
        lambda **options: medusa.orders.retrieve(added.id, **options),
        lambda **options: medusa.orders.retrieve_by_cart_id("cart_1", **options),
        lambda **options: medusa.orders.lookup_order(cast("Any", {**lookup, **options})),
    ]
    for way in ways:
        assert way().order.extra == {"points": 3}
        assert way(fields="points", expand="items").order.extra == {"points": 3}
        assert way(fields="email").order.extra == {}
    other = store.orders[1].id
    assert medusa.orders.retrieve(other).order.extra == {}
    with pytest.raises(MedusaInvalidRequestError, match=r"Requested fields \[points\] are not valid"):
        medusa.orders.retrieve(other, fields="points")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"items": [{"unit_price": 1}]}, ValueError),
        ({"items": [{"title": "A", "unit_price": 1, "colour": "red"}]}, TypeError),
        ({"items": [{"title": "A", "unit_price": "1"}]}, TypeError),
        ({"discounts": [{"code": "X", "type": "gift"}]}, ValueError),
        ({"discounts": [{"value": 10}]}, ValueError),
        ({"customer_id": "cus_none"}, ValueError),
        ({"items": [{"title": "A", "unit_price": 1, "quantity": 0}]}, ValueError),
        ({"tracking_numbers": "1Z999"}, TypeError),
        ({"recorded": {"id": "order_1", "display_id": 1}}, ValueError),
        ({"shipping_address": {"town": "Paris"}}, TypeError),
        ({"stauts": "pending"}, TypeError),
        ({"status": 1}, MedusaDecodeError),
    ],
)
def test_what_no_order_can_be_made_of(store: SandboxStore, wrong: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        store.add_order(**wrong)  # type: ignore[arg-type]
    assert len(store.orders) == 6


def test_a_customer_is_added_once(store: SandboxStore) -> None:
    store.add_customer("emmy@example.com", "secret-of-emmy", first_name="Emmy")
    with pytest.raises(ValueError, match="account") as caught:
        store.add_customer("EMMY@example.com", "x")
    assert "emmy" not in str(caught.value).lower()
    for email, password in (("no address", "x"), ("", "x"), ("new@example.com", "")):
        with pytest.raises(ValueError, match="must"):
            store.add_customer(email, password)


def test_claim(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[2]
    medusa.auth.authenticate({"email": "ada@example.com", "password": PASSWORD})
    medusa.orders.request_customer_orders({"order_ids": [order.id, store.orders[0].id, "order_nope"]})
    assert [mail.old_email for mail in store.mailbox] == ["murasaki@example.com", "ada@example.com"]
    assert store.mailbox[0].orders == [order.id]
    medusa.orders.confirm_request({"token": store.mailbox[0].token})
    claimed = medusa.orders.retrieve(order.id).order
    assert claimed.email == "ada@example.com"
    assert claimed.customer is not None
    assert claimed.customer.id == claimed.customer_id == store.mailbox[0].new_customer_id
    assert store.orders[2].email == "ada@example.com"


def test_the_orders_of_a_session_have_neither_totals_nor_relations(store: SandboxStore, medusa: Medusa) -> None:
    """Like in Medusa, these fields are missing, so that a template that shows a total also fails in a sandbox."""
    credentials = StorePostAuthReq(email="grace@example.com", password=PASSWORD)
    (placed,) = (order for order in store.orders if order.email == "grace@example.com")
    for customer in (medusa.auth.authenticate(credentials).customer, medusa.auth.get_session().customer):
        (order,) = customer.orders
        assert (order.id, order.display_id, order.updated_at) == (placed.id, placed.display_id, placed.updated_at)
        assert (order.metadata, order.canceled_at, order.sales_channel_id) == ({}, None, "sc_default")
        assert [item.title for item in order.items] == [item.title for item in placed.items]
        for name in ("total", "tax_total", "region", "shipping_address", "payments", "customer"):
            assert not is_loaded(order, name)
        for name in ("total", "refundable", "adjustments", "tax_lines", "variant"):
            assert not is_loaded(order.items[0], name)


def test_the_list_of_a_customers_orders_is_filtered(store: SandboxStore, medusa: Medusa) -> None:
    medusa.auth.get_token({"email": "grace@example.com", "password": PASSWORD})
    me = store.orders[1].customer_id
    assert me
    canceled = store.add_order(customer_id=me, email="grace@example.com", status="canceled")

    def listed(**params: Any) -> list[str]:
        page = medusa.request("GET", "/store/customers/me/orders", params=params)
        assert page["count"] == len(page["orders"])
        return [order["id"] for order in page["orders"]]

    assert listed() == [canceled.id, store.orders[1].id]
    assert listed(status=["canceled"]) == listed(q=str(canceled.display_id)) == [canceled.id]
    assert listed(created_at={"lt": "2026-11-06"}) == [store.orders[1].id]
    totals = medusa.request("GET", "/store/customers/me/orders", params={"expand": "customer", "fields": "id,total"})
    assert totals["orders"][0]["total"] == canceled.total
    assert "subtotal" not in totals["orders"][0]


@pytest.mark.parametrize(
    "params", [{"expand": "returns"}, {"expand": "region.countries"}, {"created_at": {"gt": "5 November 2026"}}]
)
def test_what_only_a_real_medusa_knows_is_said(store: SandboxStore, medusa: Medusa, params: dict[str, Any]) -> None:
    medusa.auth.get_token({"email": "grace@example.com", "password": PASSWORD})
    with pytest.raises(MedusaServerError, match=r"The sandbox (does not have|cannot read)") as caught:
        medusa.request("GET", "/store/customers/me/orders", params=params)
    assert caught.value.status == 501


def test_tokens_expire(store: SandboxStore, medusa: Medusa) -> None:
    medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD})
    customer = medusa.auth.get_session().customer
    old = {"customer_id": customer.id, "domain": "store", "exp": int(time.time()) - 1}
    stale = medusa.with_options(token=jwt.encode(old, store.jwt_secret, "HS256"))
    with pytest.raises(MedusaAuthenticationError):
        stale.auth.get_session()
    claim = {"claimingCustomerId": customer.id, "orders": [store.orders[0].id], "iat": int(time.time()) - 901}
    with pytest.raises(MedusaServerError):
        medusa.orders.confirm_request({"token": jwt.encode(claim, store.jwt_secret, "HS256")})
    assert store.orders[0].customer_id != customer.id


def test_it_tells_what_was_asked(store: SandboxStore, medusa: Medusa) -> None:
    with pytest.raises(MedusaNotFoundError):
        medusa.orders.lookup_order({"display_id": 1, "email": "nobody+x@example.com"})
    with pytest.raises(MedusaAuthenticationError):
        medusa.auth.get_token({"email": "nobody@example.com", "password": "wrong-horse"})
    lookup, login = store.requests
    assert (lookup.method, lookup.path) == ("GET", "/store/orders")
    assert lookup.query == {"display_id": "1", "email": "nobody+x@example.com"}
    assert lookup.headers["accept"] == "application/json"
    assert login.json() == {"email": "nobody@example.com", "password": "wrong-horse"}
    for text in ("wrong-horse", "nobody"):
        assert text not in repr(store.requests)


def test_a_list_in_the_place_of_a_claim_claims_all_orders(store: SandboxStore, medusa: Medusa) -> None:
    """Like in Medusa, a list as the body claims all orders. The client never sends a list.

    The contract tests do not send one, because it would claim the orders of other tests.
    """
    token = medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD}).access_token
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.post(f"{store.url}/store/orders/batch/customer/token", json=[], headers=headers, timeout=10)
    assert (response.status_code, response.text) == (200, "OK")
    assert {id for event in store.mailbox for id in event.orders} == {order.id for order in store.orders}


def test_a_claim_shows_nobodys_address(store: SandboxStore, medusa: Medusa) -> None:
    medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD})
    medusa.orders.request_customer_orders({"order_ids": [store.orders[2].id]})
    assert "murasaki" not in repr(store.mailbox)
    assert store.mailbox[0].token[:10] not in repr(store.mailbox)


def test_a_body_in_chunks(store: SandboxStore) -> None:
    chunks = iter([b'{"email": "ada@example.com", ', f'"password": "{PASSWORD}"}}'.encode()])
    headers = {"Content-Type": "application/json"}
    with requests.Session() as session:
        for body, status in ((chunks, 200), (iter([b"{}"]), 400)):
            assert session.post(f"{store.url}/store/auth", data=body, headers=headers).status_code == status
            assert session.get(f"{store.url}/health").text == "OK"


def test_what_the_sandbox_was_not_written_for_is_its_own_failure(store: SandboxStore) -> None:
    token = jwt.encode({"claimingCustomerId": ["x"], "orders": 5, "iat": time.time()}, store.jwt_secret, "HS256")
    response = requests.post(f"{store.url}/store/orders/customer/confirm", json={"token": token})
    assert (response.status_code, response.json()["type"]) == (500, "unknown_error")
