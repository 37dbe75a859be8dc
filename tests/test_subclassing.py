"""A subclass of the client keeps its attributes and its resources in copies."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Lazy, Medusa, Resource, StoreOrdersRes, lazy

from .conftest import Sent

Answer = Callable[..., None]


class NotesResource(Resource):
    def retrieve(self, order_id: str) -> StoreOrdersRes:
        return self._get(StoreOrdersRes, "/store/wishlists/{id}/notes", order_id)


class WishlistsResource(Resource):
    notes = lazy(NotesResource)

    def retrieve(self, id: str) -> StoreOrdersRes:
        return self._get(StoreOrdersRes, "/store/wishlists/{id}", id)


class Shop(Medusa):
    currency = "eur"
    wishlists: Lazy[WishlistsResource] = lazy(f"{__name__}:WishlistsResource")

    def __init__(self, base_url: str, locale: str, **options: Any) -> None:
        super().__init__(base_url, **options)
        self.locale = locale
        self.own = WishlistsResource(self)
        self.tags = [locale]


@pytest.fixture
def shop(httpserver: HTTPServer) -> Shop:
    return Shop(httpserver.url_for(""), "it", token="ada.jwt")


def authorizations(shop: Shop, answer: Answer, sent: Sent) -> list[str | None]:
    """Return the Authorization header that each resource of the shop sends."""
    answer({"order": {"id": "order_1"}})
    seen: list[str | None] = []
    for retrieve in (
        shop.orders.retrieve,
        shop.wishlists.retrieve,
        shop.wishlists.notes.retrieve,
        shop.own.retrieve,
        shop.own.notes.retrieve,
    ):
        retrieve("1")
        seen.append(sent().headers.get("Authorization"))
    return seen


WAYS: dict[str, Callable[[Shop], Shop]] = {
    "with_options": lambda shop: shop.with_options(),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda shop: pickle.loads(pickle.dumps(shop)),
}


@pytest.mark.parametrize("way", WAYS)
def test_attributes_and_resources(shop: Shop, answer: Answer, sent: Sent, way: str) -> None:
    assert authorizations(shop, answer, sent) == ["Bearer ada.jwt"] * 5
    twin = WAYS[way](shop)
    assert type(twin) is Shop
    assert (twin.locale, twin.tags, twin.base_url) == ("it", ["it"], shop.base_url)
    assert authorizations(twin, answer, sent) == ["Bearer ada.jwt"] * 5
    assert {type(twin.own), type(twin.wishlists)} == {WishlistsResource}


@pytest.mark.parametrize("way", WAYS)
def test_no_login_is_shared(shop: Shop, answer: Answer, sent: Sent, way: str) -> None:
    """A shop and its copy do not share a login, even if their resources were used before."""
    authorizations(shop, answer, sent)
    twin = WAYS[way](shop)
    twin.token = "bob.jwt"
    assert authorizations(twin, answer, sent) == ["Bearer bob.jwt"] * 5
    assert authorizations(shop, answer, sent) == ["Bearer ada.jwt"] * 5
    shop.token = None
    assert authorizations(twin, answer, sent) == ["Bearer bob.jwt"] * 5
    assert authorizations(shop, answer, sent) == [None] * 5


@pytest.mark.parametrize("way", WAYS)
def test_an_attribute_of_a_copy_does_not_change_the_original(shop: Shop, way: str) -> None:
    twin = WAYS[way](shop)
    twin.locale = "de"
    assert shop.locale == "it"


@pytest.mark.parametrize("way", WAYS)
def test_an_attribute_with_a_default(shop: Shop, way: str) -> None:
    assert WAYS[way](shop).currency == "eur"
    shop.currency = "jpy"
    assert WAYS[way](shop).currency == "jpy"


def test_closing_a_copy_leaves_the_pool_open(shop: Shop, httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    answer({"order": {"id": "order_1"}})
    with shop.with_options(timeout=3) as twin:
        twin.wishlists.retrieve("1")
    assert shop.wishlists.retrieve("1").order.id == "order_1"


def test_a_resource_is_made_once_and_imported_when_it_is_used(shop: Shop) -> None:
    assert shop.wishlists is shop.wishlists
    assert shop.wishlists.notes is shop.wishlists.notes
    assert shop.with_options().wishlists is not shop.wishlists
    assert isinstance(Shop.wishlists, Lazy)
