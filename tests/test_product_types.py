"""Types of products."""

from __future__ import annotations

import pytest

from medusa import Medusa, MedusaInvalidRequestError, MedusaServerError

from .conftest import Replay, Sent, target


@pytest.mark.parametrize("case", ["product_types_order", "product_types_q", "product_types_none"])
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.product_types.list()
    assert (sent().method, target(sent())) == ("GET", "/store/product-types")
    assert result.to_dict() == body
    assert result.count == body["count"]


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("product_types_value_array")
    medusa.product_types.list({"value": ["Shirt", "Digital"], "limit": 0})
    assert target(sent()) == "/store/product-types?value%5B0%5D=Shirt&value%5B1%5D=Digital&limit=0"


@pytest.mark.parametrize("case", ["product_types_unknown_query", "product_types_limit_text"])
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises(MedusaInvalidRequestError, match=body["message"]):
        medusa.product_types.list()


def test_an_order_by_an_unknown_field(medusa: Medusa, replay: Replay) -> None:
    replay("product_types_order_bad")
    with pytest.raises(MedusaServerError, match=r"\(Medusa returns 500 here if order has an unknown name"):
        medusa.product_types.list({"order": "nope"})


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("product_types_order")
    assert [type.to_dict() for type in medusa.product_types.iterate({"order": "-value"})] == body["product_types"]
    assert target(sent()) == "/store/product-types?order=-value&limit=100&offset=0"
