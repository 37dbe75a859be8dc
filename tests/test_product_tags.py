"""Tags of products."""

from __future__ import annotations

import pytest

from medusa import Medusa, MedusaInvalidRequestError

from .conftest import Replay, Sent, target


@pytest.mark.parametrize("case", ["product_tags_limit", "product_tags_q", "product_tags_none", "product_tags_created"])
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.product_tags.list()
    assert (sent().method, target(sent())) == ("GET", "/store/product-tags")
    assert result.to_dict() == body
    assert result.count == body["count"]


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("product_tags_value_contains")
    medusa.product_tags.list({"value": {"contains": "ott"}, "id": ["ptag_1"], "order": "-value"})
    assert target(sent()) == "/store/product-tags?value%5Bcontains%5D=ott&id%5B0%5D=ptag_1&order=-value"


@pytest.mark.parametrize("case", ["product_tags_order_bad", "product_tags_unknown_query", "product_tags_limit_text"])
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises(MedusaInvalidRequestError, match=body["message"]):
        medusa.product_tags.list()


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("product_tags_created")
    assert [tag.to_dict() for tag in medusa.product_tags.iterate()] == body["product_tags"]
    assert target(sent()) == "/store/product-tags?order=id&limit=100&offset=0"
