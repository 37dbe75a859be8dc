"""A sandbox and a real Medusa with the same orders and customers send the same responses to the same requests.

The status, the headers and the body of each response are compared. `mirror.py` removes the values that must differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from examples.receipt import place_order
from medusa import Medusa, Model
from medusa.sandbox import SandboxStore
from medusa.sandbox.routes import ROUTES

from .mirror import Case, Pair
from .stories import CASES, STORIES, STORIES_WITH_FLAGS
from .stories.orders import OTHERS
from .twins import twins

ON_PURPOSE_NOT_IN_SANDBOX: set[tuple[str, str]] = set()
"""The routes that return 501."""


@pytest.fixture(scope="module")
def pair(backend_as_seeded: dict[str, Any]) -> Iterator[Pair]:
    """A sandbox and a real Medusa without feature flags."""
    with twins(backend_as_seeded["url"]) as pair:
        yield pair


@pytest.fixture(scope="module")
def pair_with_flags(backend_with_flags: dict[str, Any]) -> Iterator[Pair]:
    """A sandbox and a real Medusa with feature flags, which has categories."""
    with twins(backend_with_flags["url"]) as pair:
        yield pair


def test_every_route_of_the_sandbox_is_compared() -> None:
    """Every route of the sandbox is in `CASES` or in a story, so a new route must be added to one of them."""
    stories = [*STORIES.values(), *STORIES_WITH_FLAGS.values()]
    requests = [case for story in stories for case in story]
    routes = ROUTES.keys() - ON_PURPOSE_NOT_IN_SANDBOX
    in_stories = {route for route in routes if any(is_of(route, request) for request in requests)}
    assert CASES.keys() | in_stories == routes


def is_of(route: tuple[str, str], case: Case) -> bool:
    """Return whether the request goes to the route."""
    pattern = re.sub(r"\{\w+\}", "[^/]+", route[1])
    return case.method == route[0] and re.fullmatch(pattern, case.target.partition("?")[0]) is not None


@pytest.mark.parametrize("route", CASES, ids=" ".join)
def test_a_success_of_each_route(pair: Pair, route: tuple[str, str]) -> None:
    assert pair.differences(CASES[route][:1]) == []
    assert pair.status == 200


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases[1:]], ids=str)
def test_each_route(pair: Pair, case: Case) -> None:
    assert pair.differences([case]) == []


@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_other_requests(pair: Pair, case: Case) -> None:
    assert pair.differences([case]) == []


@pytest.mark.parametrize("name", STORIES)
def test_each_story(pair: Pair, name: str) -> None:
    assert pair.differences(STORIES[name]) == []


@pytest.mark.parametrize("name", STORIES_WITH_FLAGS)
def test_each_story_with_flags(pair_with_flags: Pair, name: str) -> None:
    assert pair_with_flags.differences(STORIES_WITH_FLAGS[name]) == []


def test_totals(backend_as_seeded: dict[str, Any]) -> None:
    """An order of the sandbox has the totals and fields of a real order with the same items, discount and shipping."""
    with SandboxStore() as store, Medusa(backend_as_seeded["url"]) as medusa:
        variant = store.orders[0].items[0].variant
        assert variant
        real = medusa.orders.retrieve(place_order(medusa, "totals@example.com")).order
        items = [
            {
                "title": item.title,
                "unit_price": item.unit_price,
                "quantity": item.quantity,
                "variant": variant.to_dict(),
            }
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


def amounts(model: Model) -> dict[str, Any]:
    """Return the amounts of a model in the smallest currency unit."""
    return {
        name: value
        for name, value in model.to_dict().items()
        if name in ("total", "subtotal", "refundable", "unit_price", "price") or name.endswith(("_total", "amount"))
    }
