"""Shipping options."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    Medusa,
    MedusaInvalidRequestError,
    MedusaServerError,
    ShippingOption,
    ShippingOptionPriceType,
    is_loaded,
)

from .conftest import Replay, Sent


@pytest.mark.parametrize(
    ("query", "sent_as"),
    [
        (None, ""),
        ({}, ""),
        ({"is_return": False, "region_id": "reg_1"}, "?is_return=false&region_id=reg_1"),
        ({"product_ids": "prod_1,prod_2"}, "?product_ids=prod_1%2Cprod_2"),
    ],
)
def test_list(medusa: Medusa, replay: Replay, sent: Sent, query: Any, sent_as: str) -> None:
    recorded = replay("shipping_options_list")
    result = medusa.shipping_options.list(query)
    assert (sent().method, sent().environ["RAW_URI"]) == ("GET", f"/store/shipping-options{sent_as}")
    assert result.to_dict() == recorded
    post, *others = result.shipping_options
    assert (post.name, post.amount, post.price_incl_tax, post.tax_amount) == ("Post", 490, 588, 98)
    calculated = [option for option in others if option.price_type is ShippingOptionPriceType.CALCULATED]
    assert [option.amount for option in calculated] == [None] * len(calculated)
    assert calculated
    assert not is_loaded(post, "profile")


def test_list_cart_options(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("cart_shipping_options")
    result = medusa.shipping_options.list_cart_options("cart/1")
    assert (sent().method, sent().environ["RAW_URI"]) == ("GET", "/store/shipping-options/cart%2F1")
    assert result.to_dict() == recorded
    for option in result.shipping_options:
        assert type(option) is ShippingOption
        assert isinstance(option.amount, int)
        assert option.profile
    replay("cart_shipping_options_no_items")
    assert medusa.shipping_options.list_cart_options("cart_1").shipping_options == []


@pytest.mark.parametrize("case", ["cart_shipping_options_not_found", "co_gone_shipping_options"])
def test_a_cart_that_has_no_options(medusa: Medusa, replay: Replay, case: str) -> None:
    replay(case)
    with pytest.raises(MedusaServerError, match="if the cart does not exist or contains a deleted variant"):
        medusa.shipping_options.list_cart_options("cart_1")


def test_a_query_that_the_backend_refuses(medusa: Medusa, replay: Replay) -> None:
    replay("shipping_options_bad_bool")
    query: Any = {"is_return": "maybe"}
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.shipping_options.list(query)
    assert caught.value.message == "is_return must be a boolean string"


def test_what_is_refused(medusa: Medusa, httpserver: HTTPServer) -> None:
    queries: list[Any] = [[], "reg_1", 1]
    for query in queries:
        with pytest.raises(TypeError, match="must be a mapping"):
            medusa.shipping_options.list(query)
    for id in ("", "..", None):
        with pytest.raises((TypeError, ValueError), match="cart_id"):
            medusa.shipping_options.list_cart_options(id)  # type: ignore[arg-type]  # The test passes a wrong type.
    assert httpserver.log == []
