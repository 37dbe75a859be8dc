"""Collections of products."""

from __future__ import annotations

import pytest

from medusa import Medusa, MedusaInvalidRequestError, MedusaNotFoundError

from .conftest import Replay, Sent, target


def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("collection_retrieve")
    result = medusa.collections.retrieve("a/b")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/collections/a%2Fb", b"")
    assert result.to_dict() == body
    assert result.collection.extra == {}


@pytest.mark.parametrize("case", ["collection_not_found", "collection_by_handle"])
def test_an_unknown_collection(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises(MedusaNotFoundError, match=body["message"]):
        medusa.collections.retrieve("pcol_nope")


@pytest.mark.parametrize("case", ["collections_list", "collections_limit", "collections_updated_lt"])
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.collections.list()
    assert (sent().method, target(sent())) == ("GET", "/store/collections")
    assert result.to_dict() == body
    assert result.count == body["count"]


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("collections_handles")
    medusa.collections.list({"handle": ["summer-2024", "winter"]})
    assert target(sent()) == "/store/collections?handle%5B0%5D=summer-2024&handle%5B1%5D=winter"


@pytest.mark.parametrize("case", ["collections_limit_text", "collections_unknown_query", "collections_fields"])
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises(MedusaInvalidRequestError, match=body["message"]):
        medusa.collections.list()


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("collections_list")
    assert [collection.to_dict() for collection in medusa.collections.iterate()] == body["collections"]
    assert target(sent()) == "/store/collections?limit=100&offset=0"
