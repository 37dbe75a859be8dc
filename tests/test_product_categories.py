"""Categories of products."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, MedusaInvalidRequestError, MedusaNotFoundError, MedusaServerError

from .conftest import Replay, Sent, target


@pytest.mark.parametrize("case", ["flags_category_retrieve_clothes", "flags_category_retrieve_shirts"])
def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.product_categories.retrieve("a/b")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/product-categories/a%2Fb", b"")
    assert result.to_dict() == body
    assert result.product_category.extra == {}
    assert result.product_category.category_children[0].to_dict() == body["product_category"]["category_children"][0]


@pytest.mark.parametrize(
    ("query", "options", "sent_query"),
    [
        ({"expand": "products", "fields": "id"}, {}, "?expand=products&fields=id"),
        (None, {"expand": ["products"], "fields": "id, name"}, "?expand=products&fields=id%2Cname"),
        ({"expand": "products"}, {"fields": ["id"]}, "?expand=products&fields=id"),
        ({}, {"expand": None}, ""),
    ],
)
def test_what_retrieve_sends(
    medusa: Medusa, replay: Replay, sent: Sent, query: Any, options: dict[str, Any], sent_query: str
) -> None:
    replay("flags_category_retrieve_clothes")
    medusa.product_categories.retrieve("pcat_1", query, {"X-Shop": "one"}, **options)
    assert target(sent()) == f"/store/product-categories/pcat_1{sent_query}"
    assert sent().headers["X-Shop"] == "one"


@pytest.mark.parametrize("option", ["expand", "fields"])
@pytest.mark.parametrize("given", ["id", None])
def test_an_option_that_is_given_twice(medusa: Medusa, httpserver: HTTPServer, option: str, given: Any) -> None:
    options: Any = {option: "id"}
    with pytest.raises(ValueError, match=f"^{option} must not be given both in query and as an argument$"):
        medusa.product_categories.retrieve("pcat_1", {option: given}, **options)  # type: ignore[arg-type]  # pyright: ignore
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("category_not_found", MedusaNotFoundError, "ProductCategory with id: pcat_nope"),
        ("flags_category_retrieve_inactive", MedusaNotFoundError, "was not found"),
        ("flags_category_fields_bad", MedusaInvalidRequestError, r"Requested fields \[nope\] are not valid"),
        (
            "flags_category_expand_bad",
            MedusaServerError,
            "500 here if expand has an unknown name",
        ),
    ],
)
def test_what_retrieve_raises(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error, match=said):
        medusa.product_categories.retrieve("pcat_1")


@pytest.mark.parametrize(
    "case", ["categories_list", "flags_categories_list", "flags_categories_expand", "flags_categories_limit"]
)
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.product_categories.list()
    assert (sent().method, target(sent())) == ("GET", "/store/product-categories")
    assert result.to_dict() == body
    assert result.count == body["count"]


def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    replay("flags_categories_list")
    medusa.product_categories.list({"parent_category_id": "null", "include_descendants_tree": True})
    assert target(sent()) == "/store/product-categories?parent_category_id=null&include_descendants_tree=true"
    medusa.product_categories.list({"parent_category_id": None})
    assert target(sent()) == "/store/product-categories?parent_category_id="


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("flags_categories_fields_bad", MedusaInvalidRequestError, r"Requested fields \[nope\] are not valid"),
        ("flags_categories_limit_text", MedusaInvalidRequestError, "limit must be a number"),
        ("flags_categories_fields", MedusaServerError, r"\(Medusa returns 500 here if .* fields lacks rank or handle"),
    ],
)
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error, match=said):
        medusa.product_categories.list()


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("flags_categories_list")
    assert [category.to_dict() for category in medusa.product_categories.iterate()] == body["product_categories"]
    assert target(sent()) == "/store/product-categories?limit=100&offset=0"
