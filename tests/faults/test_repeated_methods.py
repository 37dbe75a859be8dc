"""Methods are repeated, or carried out only once, as docs/reliability.md says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from medusa import Medusa

from ..parity.guide import ADMIN_METHODS, STORE_METHODS
from ..parity.methods import METHODS
from ..recorded_calls import method_of, snake_case
from .peer import Peer
from .test_twice import Call, checked, status

pytestmark = pytest.mark.usefixtures("no_waits")

PAGE = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text()

STOPS_THE_BACKEND = {
    "admin.customer_groups.list_customers",
    "admin.customers.list",
    "admin.gift_cards.list",
    "admin.price_lists.list",
}
"""Lists that may stop the backend's process, and so are not repeated, if they have an `expand` or an `order`.

The queries in `METHODS` have one of them.
"""

# The Admin's methods that are repeated with the first payload, and carried out once with each of the others.
UPDATES: dict[str, list[Any]] = {
    "admin.products.update": [
        {"title": "Mug", "tags": [{"id": "1", "value": "a"}], "type": {"id": "1"}, "variants": [{"id": "1"}]},
        {"images": ["https://example.com/mug.png"]},
        {"tags": [{"id": "1", "value": "a"}, {"value": "b"}]},
        {"type": {"value": "a"}},
        {"variants": [{"id": "1"}, {"title": "Large"}]},
    ],
    "admin.discounts.update": [
        {"rule": {"id": "1", "conditions": [{"id": "1", "operator": "in", "products": ["1"]}]}},
        {"rule": {"id": "1", "conditions": [{"operator": "in", "products": ["1"]}]}},
    ],
    "admin.price_lists.update": [
        {"name": "Sale", "prices": [{"id": "1", "amount": 1, "currency_code": "eur", "variant_id": "1"}]},
        {"prices": [{"amount": 1, "currency_code": "eur", "variant_id": "1"}]},
    ],
    "admin.shipping_options.update": [
        {"requirements": [{"id": "1", "type": "min_subtotal", "amount": 1}]},
        {"requirements": [{"type": "min_subtotal", "amount": 1}]},
    ],
    "admin.orders.update_claim": [
        {"claim_items": [{"id": "1", "images": [{"id": "1"}], "tags": []}], "shipping_methods": [{"id": "1"}]},
        {"claim_items": [{"id": "1", "images": [{"url": "https://example.com/mug.png"}], "tags": []}]},
        {"claim_items": [{"id": "1", "images": [], "tags": [{"value": "broken"}]}]},
        {"shipping_methods": [{"option_id": "1", "price": 1}]},
    ],
}


def listed_methods() -> dict[str, str]:
    """Return what the page says about each POST method of the Store: "yes" if it is repeated, or "no"."""
    return dict(re.findall(r"^\| `([\w.]+)` \| (yes|no) \| \w.*\|$", PAGE, re.MULTILINE))


def listed_admin_methods(row: str) -> list[str]:
    """Return the Admin's methods that the page names in the rows that match a pattern."""
    section = PAGE.partition("### The Admin's methods")[2].partition("\n## ")[0]
    return re.findall(r"`(admin\.[\w.]+)`", "".join(re.findall(row, section, re.MULTILINE)))


def call_of(js: str) -> Call:
    return lambda medusa: method_of(medusa, js)(*METHODS[js].arguments)


STORE = {snake_case(js): js for js in METHODS if js in STORE_METHODS}
POSTS = {name: call_of(js) for name, js in STORE.items() if METHODS[js].verb == "POST"}
OTHERS = {name: call_of(js) for name, js in STORE.items() if METHODS[js].verb != "POST"}
ADMIN = {snake_case(js): js for js in METHODS if js in ADMIN_METHODS and snake_case(js) not in UPDATES}


def test_every_post_method_is_listed() -> None:
    assert list(POSTS) == list(listed_methods())


@pytest.mark.parametrize("name", POSTS)
def test_a_post_method(name: str) -> None:
    """A POST method is repeated if the documentation says so. With `repeat_posts`, each is repeated, as in JS."""
    check(POSTS[name], "POST", is_repeated=listed_methods()[name] == "yes")


@pytest.mark.parametrize("name", OTHERS)
def test_a_method_that_is_no_post(name: str) -> None:
    check(OTHERS[name], METHODS[STORE[name]].verb, is_repeated=True)


def check(call: Call, verb: str, *, is_repeated: bool) -> None:
    """Make the call on a backend that returns 502. With `repeat_posts`, each call is repeated, as in JS."""
    attempts = 2 if is_repeated else 1
    with Peer(status(502)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        checked(lambda: call(medusa), may=not is_repeated, retryable=is_repeated)
        assert len(peer.requests) == attempts
        checked(lambda: call(medusa.with_options(repeat_posts=True)), may=False, retryable=True)
        assert len(peer.requests) == attempts + 2
        assert {sent.head.split(" ")[0] for sent in peer.requests} == {verb}


def test_every_admin_method_that_is_done_once_is_listed() -> None:
    listed = listed_admin_methods(r"^\| (`admin[^|]*) \|")
    assert len(set(listed)) == len(listed) > 60
    assert set(listed) <= ADMIN.keys()
    assert set(listed_admin_methods(r"^- `admin.*$")) == UPDATES.keys()


@pytest.mark.parametrize("name", sorted(ADMIN.keys() - STOPS_THE_BACKEND))
def test_an_admin_method(name: str) -> None:
    js = ADMIN[name]
    is_once = name in listed_admin_methods(r"^\| (`admin[^|]*) \|")
    check(call_of(js), METHODS[js].verb, is_repeated=not is_once)


@pytest.mark.parametrize("name", sorted(STOPS_THE_BACKEND))
def test_a_list_that_may_end_the_backend(name: str) -> None:
    """Such a list is not repeated, not even with `repeat_posts`. As it changes nothing, it cannot have happened."""
    with Peer(status(502)) as peer, Medusa(peer.url, max_retries=1, repeat_posts=True) as medusa:
        checked(lambda: call_of(ADMIN[name])(medusa), may=False, retryable=True)
        assert len(peer.requests) == 1


@pytest.mark.parametrize(
    ("name", "payload", "is_repeated"),
    [(name, payload, number == 0) for name, each in UPDATES.items() for number, payload in enumerate(each)],
)
def test_an_update_that_may_create_something(name: str, payload: Any, is_repeated: bool) -> None:
    ids = ["claim_1"] if name == "admin.orders.update_claim" else []
    check(lambda medusa: method_of(medusa, name)("id_1", *ids, payload), "POST", is_repeated=is_repeated)
