"""What the Admin's methods for products, categories and price lists reject before a request is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, MedusaConnectionError

from .conftest import Sent
from .faults.peer import Peer, cut

Call = Callable[[Medusa, Any], object]

WRITES: dict[str, Call] = {
    "create": lambda medusa, payload: medusa.admin.products.create(payload),
    "update": lambda medusa, payload: medusa.admin.products.update("prod_1", payload),
}
"""The methods that accept sales channels."""

LISTS: dict[str, Call] = {
    "list": lambda medusa, query: medusa.admin.price_lists.list(query),
    "iterate": lambda medusa, query: list(medusa.admin.price_lists.iterate(query)),
}
"""The methods that accept customer groups."""


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("channels", ["sc_1", "", {"id": "sc_1"}, 1, True, {"sc_1"}])
def test_sales_channels_that_are_no_list_are_not_sent(
    medusa: Medusa, httpserver: HTTPServer, write: str, channels: Any
) -> None:
    with pytest.raises(TypeError, match=f"^sales_channels must be a list, not {type(channels).__name__}$"):
        WRITES[write](medusa, {"sales_channels": channels})
    assert httpserver.log == []


@pytest.mark.parametrize("write", WRITES)
def test_sales_channels_with_a_null_are_not_sent(medusa: Medusa, httpserver: HTTPServer, write: str) -> None:
    with pytest.raises(TypeError, match=r"^sales_channels must not contain None$"):
        WRITES[write](medusa, {"sales_channels": [{"id": "sc_1"}, None]})
    assert httpserver.log == []


@pytest.mark.parametrize("write", WRITES)
def test_sales_channels_that_are_a_list(medusa: Medusa, answer: Callable[..., None], sent: Sent, write: str) -> None:
    answer({"product": {"id": "prod_1"}})
    for channels in ([{"id": "sc_1"}], [], None):
        WRITES[write](medusa, {"sales_channels": channels})
        assert sent().get_json()["sales_channels"] == channels


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("groups", ["cgrp_1", {"0": "cgrp_1"}, 1])
def test_customer_groups_that_are_no_list_are_not_sent(
    medusa: Medusa, httpserver: HTTPServer, name: str, groups: Any
) -> None:
    with pytest.raises(TypeError, match=f"^customer_groups must be a list, not {type(groups).__name__}$"):
        LISTS[name](medusa, {"customer_groups": groups})
    assert httpserver.log == []


PRICES: dict[str, tuple[Call, Any, str]] = {
    "products.create": (
        WRITES["create"],
        {"variants": [{"title": "V", "prices": [{"currency_code": "eur", "amount": 0}, {"amount": -1}]}]},
        r"variants\[0\]\.prices\[1\]\.amount",
    ),
    "products.update": (
        WRITES["update"],
        {"variants": [{"id": "variant_1"}, {"id": "variant_2", "prices": [{"amount": -1}]}]},
        r"variants\[1\]\.prices\[0\]\.amount",
    ),
    "products.create_variant": (
        lambda medusa, payload: medusa.admin.products.create_variant("prod_1", payload),
        {"title": "V", "prices": [{"currency_code": "eur", "amount": -1}]},
        r"prices\[0\]\.amount",
    ),
    "products.update_variant": (
        lambda medusa, payload: medusa.admin.products.update_variant("prod_1", "variant_1", payload),
        {"prices": [{"currency_code": "eur", "amount": -1}]},
        r"prices\[0\]\.amount",
    ),
    "price_lists.create": (
        lambda medusa, payload: medusa.admin.price_lists.create(payload),
        {"name": "N", "description": "D", "type": "sale", "prices": [{"variant_id": "variant_1", "amount": -1}]},
        r"prices\[0\]\.amount",
    ),
    "price_lists.update": (
        lambda medusa, payload: medusa.admin.price_lists.update("pl_1", payload),
        {"prices": [{"variant_id": "variant_1", "amount": -1}]},
        r"prices\[0\]\.amount",
    ),
    "price_lists.add_prices": (
        lambda medusa, payload: medusa.admin.price_lists.add_prices("pl_1", payload),
        {"prices": [{"variant_id": "variant_1", "amount": -1}]},
        r"prices\[0\]\.amount",
    ),
}


@pytest.mark.parametrize("name", PRICES)
def test_a_negative_price_is_not_sent(medusa: Medusa, httpserver: HTTPServer, name: str) -> None:
    call, payload, path = PRICES[name]
    with pytest.raises(ValueError, match=f"^{path} must not be negative$"):
        call(medusa, payload)
    assert httpserver.log == []


def test_negative_stock_is_sent(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    """Negative stock is sent, because backorders make the stock negative."""
    answer({"product": {"id": "prod_1"}})
    medusa.admin.products.update_variant("prod_1", "variant_1", {"inventory_quantity": -3})
    assert sent().get_json() == {"inventory_quantity": -3}


def test_a_category_is_not_made_its_own_child(medusa: Medusa, httpserver: HTTPServer) -> None:
    with pytest.raises(ValueError, match=r"^parent_category_id must not be the ID of the category itself$"):
        medusa.admin.product_categories.update("pcat_1", {"parent_category_id": "pcat_1"})
    assert httpserver.log == []


@pytest.mark.parametrize("key", ["expand", "order"])
def test_a_list_of_price_lists_that_may_end_the_backend_is_sent_once(no_waits: None, key: str) -> None:
    with Peer(cut()) as peer, Medusa(peer.url, max_retries=2) as medusa:
        query: Any = {key: "nope"}
        with pytest.raises(MedusaConnectionError, match=f"unknown name in {key} stops Medusa's process") as caught:
            medusa.admin.price_lists.list(query)
        assert len(peer.requests) == 1
        assert not caught.value.retryable
        with pytest.raises(MedusaConnectionError):
            medusa.admin.price_lists.list()
        assert len(peer.requests) == 4


@pytest.mark.parametrize(
    ("payload", "is_repeated"),
    [
        ({"name": "N"}, True),
        ({"prices": [{"id": "ma_1", "variant_id": "variant_1", "amount": 1}]}, True),
        ({"prices": [{"id": "ma_1", "amount": 1}, {"variant_id": "variant_1", "amount": 1}]}, False),
    ],
)
def test_an_update_of_a_price_list_is_repeated_unless_it_adds_prices(
    no_waits: None, payload: Any, is_repeated: bool
) -> None:
    with Peer(cut()) as peer, Medusa(peer.url, max_retries=1) as medusa:
        with pytest.raises(MedusaConnectionError) as caught:
            medusa.admin.price_lists.update("pl_1", payload)
        assert len(peer.requests) == (2 if is_repeated else 1)
        assert caught.value.may_have_happened == (not is_repeated)
