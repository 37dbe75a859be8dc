"""The same requests to a sandbox and to a real Medusa with the same orders and customer: the same answers.

An answer is its status, its headers and its body; `twins.py` says what is left out because it must differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from examples.receipt import place_order
from medusa import Medusa, Model
from medusa.sandbox import SandboxStore
from medusa.sandbox.api import StoreApi
from medusa.sandbox.database import Database
from medusa.sandbox.shop import ORDER_OF_A_GUEST

from .cases import CASES, CLAIMING, JSON_TYPE, OTHERS, RIGHT, Case
from .twins import Twin, twins

Pair = tuple[Twin, Twin]


@pytest.fixture(scope="module")
def pair(backend: dict[str, Any]) -> Iterator[Pair]:
    """A sandbox and a real Medusa."""
    with twins(backend["url"]) as pair:
        yield pair


def test_every_route_of_the_sandbox_is_compared() -> None:
    """A new route needs cases in cases.py."""
    assert CASES.keys() == StoreApi(Database(None)).routes.keys()


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_a_success_of_each_route(pair: Pair, route: tuple[str, str]) -> None:
    sandbox, medusa = (answer(twin, CASES[route][0]) for twin in pair)
    assert sandbox == medusa
    assert medusa["status"] == 200


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases[1:]], ids=str)
def test_each_route(pair: Pair, case: Case) -> None:
    sandbox, medusa = (answer(twin, case) for twin in pair)
    assert sandbox == medusa


@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_other_requests(pair: Pair, case: Case) -> None:
    sandbox, medusa = (answer(twin, case) for twin in pair)
    assert sandbox == medusa


def answer(twin: Twin, case: Case) -> dict[str, Any]:
    """What is comparable of the answer to the case."""
    return twin.exchange(case.method, case.target, case.body, case.headers)


def test_a_session(pair: Pair) -> None:
    """A cookie from a login, and what is left of it after a logout."""
    cookie = {"Cookie": "{cookie}"}
    steps = [
        Case("POST", "/store/auth", RIGHT, JSON_TYPE),
        Case("GET", "/store/auth", None, cookie),
        Case("GET", "/store/customers/me", None, cookie),
        Case("GET", "/store/customers/me/orders?limit=1", None, cookie),
        Case("GET", "/store/auth", None, {**cookie, "Authorization": "Bearer x"}),
        Case("POST", "/store/auth", RIGHT, JSON_TYPE | cookie),
        Case("DELETE", "/store/auth", None, cookie),
        Case("GET", "/store/auth", None, cookie),
        Case("POST", "/store/customers", '{"email": "cookie-{run}@example.com", "password": "x"}', JSON_TYPE),
        Case("GET", "/store/auth", None, cookie),
    ]
    for case in steps:
        sandbox, medusa = (answer(twin, case) for twin in pair)
        assert sandbox == medusa, case
    assert sandbox["body"]["customer"]["orders"] == []


def test_a_claim_moves_an_order(pair: Pair) -> None:
    """The order that the customer claimed, on each route that can send it."""
    claim = Case("POST", "/store/orders/customer/confirm", '{"token": "{claim_token}"}', JSON_TYPE)
    after = [
        Case("GET", "/store/orders/{claimable}"),
        Case("GET", "/store/customers/me/orders", None, CLAIMING),
        Case("GET", "/store/customers/me/orders?q=twin-{run}", None, CLAIMING),
        Case("GET", "/store/customers/me/orders?q=other-{run}", None, CLAIMING),
        Case("GET", "/store/auth", None, CLAIMING),
        claim,
    ]
    for case in (claim, *after):
        sandbox, medusa = (answer(twin, case) for twin in pair)
        for one in (sandbox, medusa):
            for order in one["body"]["customer"]["orders"] if case.target == "/store/auth" else ():
                assert order["updated_at"] > order["created_at"]
                order["updated_at"] = "<time>"  # of the claim, which is another on each
        assert sandbox == medusa, case


def test_totals(backend: dict[str, Any]) -> None:
    """The same items, discount and shipping come to the same, and have the same fields, as those of a real order."""
    with SandboxStore(orders=False) as store, Medusa(backend["url"]) as medusa:
        real = medusa.orders.retrieve(place_order(medusa, "totals@example.com")).order
        items = [
            {"title": item.title, "unit_price": item.unit_price, "quantity": item.quantity, "variant": SOME_VARIANT}
            for item in real.items
        ]
        discounts = [{"code": "TENPERCENT", "type": "percentage", "value": 10}]
        id = store.add_order(items=items, tax_rate=20, shipping=490, discounts=discounts).id
        made = store.client().orders.retrieve(id).order
        assert amounts(made) == amounts(real)
        assert [amounts(item) for item in made.items] == [amounts(item) for item in real.items]
        assert amounts(made.shipping_methods[0]) == amounts(real.shipping_methods[0])
        assert dir(made) == dir(real)
        for ours, theirs in (
            (made.items, real.items),
            (made.payments, real.payments),
            (made.discounts, real.discounts),
        ):
            assert [dir(each) for each in ours] == [dir(each) for each in theirs]
        assert [dir(method) for method in made.shipping_methods] == [dir(method) for method in real.shipping_methods]


SOME_VARIANT = ORDER_OF_A_GUEST["items"][0]["variant"]


def amounts(model: Model) -> dict[str, Any]:
    """What a model holds in the smallest currency unit."""
    return {
        name: value
        for name, value in model.to_dict().items()
        if name in ("total", "subtotal", "refundable", "unit_price", "price") or name.endswith(("_total", "amount"))
    }
