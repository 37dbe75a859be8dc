"""Regions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from medusa import Medusa, MedusaInvalidRequestError, MedusaNotFoundError, MedusaServerError

from .conftest import Replay, Sent, target


@pytest.mark.parametrize("case", ["region_retrieve_eu", "region_retrieve_kw", "flags_region_retrieve_eu"])
def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.regions.retrieve("a/b", expand=["countries"], fields="id, name")
    assert target(sent()) == "/store/regions/a%2Fb?expand=countries&fields=id%2Cname"
    assert result.to_dict() == body
    assert result.region.extra == {}
    assert {type(country.id) for country in result.region.countries} == {int}
    medusa.regions.retrieve("reg_1")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/regions/reg_1", b"")


@pytest.mark.parametrize("case", ["regions_list", "regions_limit", "flags_regions_list"])
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.regions.list({"X-Shop": "one"})
    assert (sent().method, target(sent()), sent().headers["X-Shop"]) == ("GET", "/store/regions", "one")
    assert result.to_dict() == body
    assert result.count == body["count"]


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("regions_order")
    medusa.regions.list(query={"order": "name", "limit": 2})
    assert target(sent()) == "/store/regions?order=name&limit=2"


@pytest.mark.parametrize("case", ["region_not_found", "region_unknown_query"])
def test_what_retrieve_raises(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises((MedusaNotFoundError, MedusaInvalidRequestError), match=body["message"]):
        medusa.regions.retrieve("reg_nope")


@pytest.mark.parametrize("case", ["regions_limit_text", "regions_unknown_query"])
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str) -> None:
    body = replay(case)
    with pytest.raises(MedusaInvalidRequestError, match=body["message"]):
        medusa.regions.list()


def test_a_mistake_that_is_answered_with_500(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer({"code": "unknown_error", "type": "unknown_error", "message": "An unknown error occurred."}, 500)
    with pytest.raises(MedusaServerError, match=r"\(Medusa returns 500 here if fields has an unknown name\)"):
        medusa.regions.retrieve("reg_1", fields="nope")
    with pytest.raises(MedusaServerError, match=r"\(Medusa returns 500 here if fields or order has an unknown name"):
        medusa.regions.list(query={"order": "nope"})


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("regions_list")
    assert [region.to_dict() for region in medusa.regions.iterate({"fields": "id"})] == body["regions"]
    assert target(sent()) == "/store/regions?fields=id&order=id&limit=100&offset=0"
