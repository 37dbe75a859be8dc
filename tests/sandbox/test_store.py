"""A sandbox store as tests and demos use it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaRateLimitError,
    MedusaServerError,
    MedusaTimeoutError,
    OrderStatus,
)
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD


@pytest.fixture
def store() -> Iterator[SandboxStore]:
    with SandboxStore() as store:
        yield store


@pytest.fixture
def medusa(store: SandboxStore) -> Iterator[Medusa]:
    with store.client() as client:
        yield client


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


def test_a_model_can_be_added_again(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[0]
    order.email = "other@example.com"
    store.add_order(order)
    assert medusa.orders.retrieve(order.id).order.email == "other@example.com"
    assert len(store.orders) == 6


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"items": [{"unit_price": 1}]}, ValueError),
        ({"items": [{"title": "A", "unit_price": 1, "colour": "red"}]}, TypeError),
        ({"items": [{"title": "A", "unit_price": "1"}]}, TypeError),
        ({"discounts": [{"code": "X", "type": "gift"}]}, ValueError),
        ({"discounts": [{"value": 10}]}, ValueError),
        ({"customer_id": "cus_none"}, ValueError),
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


def test_claim(store: SandboxStore, medusa: Medusa) -> None:
    order = store.orders[2]
    medusa.auth.authenticate({"email": "ada@example.com", "password": PASSWORD})
    medusa.orders.request_customer_orders({"order_ids": [order.id, store.orders[0].id, "order_nope"]})
    assert [mail["old_email"] for mail in store.mailbox] == ["murasaki@example.com", "ada@example.com"]
    assert store.mailbox[0]["orders"] == [order.id]
    medusa.orders.confirm_request({"token": store.mailbox[0]["token"]})
    claimed = medusa.orders.retrieve(order.id).order
    assert claimed.email == "ada@example.com"
    assert claimed.customer is not None
    assert claimed.customer.id == claimed.customer_id == store.mailbox[0]["new_customer_id"]
    assert store.orders[2].email == "ada@example.com"


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
    assert "wrong-horse" not in repr(login)


# Misbehaviour


def test_fail_next(store: SandboxStore, medusa: Medusa) -> None:
    id = store.orders[0].id
    store.fail_next(503, times=2, retry_after=0)
    assert medusa.with_options(max_retries=2).orders.retrieve(id).order.id == id
    assert len(store.requests) == 3
    store.fail_next(429, retry_after=7)
    with pytest.raises(MedusaRateLimitError) as caught:
        medusa.orders.retrieve(id)
    assert caught.value.retry_after == 7
    store.fail_next(400)
    with pytest.raises(MedusaInvalidRequestError):
        medusa.orders.retrieve(id)
    assert medusa.orders.retrieve(id).order.id == id


def test_drop_connection(store: SandboxStore, medusa: Medusa) -> None:
    store.drop_connection()
    with pytest.raises(MedusaConnectionError):
        medusa.orders.retrieve(store.orders[0].id)
    assert medusa.orders.retrieve(store.orders[0].id).order.display_id == 1


def test_delay(store: SandboxStore, medusa: Medusa) -> None:
    store.delay(0.5)
    with pytest.raises(MedusaTimeoutError):
        medusa.with_options(timeout=0.05).orders.retrieve(store.orders[0].id)
    assert medusa.orders.retrieve(store.orders[0].id).order.display_id == 1


# State


def test_two_stores_share_nothing(store: SandboxStore) -> None:
    with SandboxStore(orders=False) as other, other.client() as medusa:
        assert other.orders == []
        with pytest.raises(MedusaNotFoundError):
            medusa.orders.retrieve(store.orders[0].id)


def test_a_file_keeps_the_state(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with SandboxStore(database=file) as store, store.client() as medusa:
        id = store.add_order(email="kept@example.com").id
        token = medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD}).access_token
    with SandboxStore(database=file) as store, store.client(token=token) as medusa:
        assert len(store.orders) == 7
        assert medusa.orders.retrieve(id).order.email == "kept@example.com"
        assert medusa.auth.get_session().customer.email == "ada@example.com"


def test_many_threads(store: SandboxStore, medusa: Medusa) -> None:
    problems: list[str] = []

    def work(number: int) -> None:
        for turn in range(20):
            email = f"c{number}-{turn}@example.com"
            id = store.add_order(email=email).id
            if medusa.orders.retrieve(id).order.email != email:
                problems.append(email)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len({order.display_id for order in store.orders}) == 6 + 16 * 20


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", [["medusa.sandbox"], ["medusa", "sandbox"]])
def test_from_the_command_line(module: list[str], end: signal.Signals) -> None:
    command = [sys.executable, "-m", *module, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().split()[4]
        assert PASSWORD in process.stdout.readline()
        id = process.stdout.readline().split()[0]
        with Medusa(url) as medusa:
            assert medusa.orders.retrieve(id).order.display_id == 1
        process.send_signal(end)
        assert process.wait(10) == 0
