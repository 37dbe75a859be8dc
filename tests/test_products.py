"""Products and the search for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    Medusa,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Product,
    ProductStatus,
    StoreGetProductsParams,
    is_loaded,
)

from .conftest import Replay, Sent, target

IDS = {"region_id": "reg_1", "currency_code": "eur", "cart_id": "cart_1", "sales_channel_id": "sc_1"}


@pytest.mark.parametrize(
    "case",
    [
        *("product_retrieve", "product_retrieve_region", "product_retrieve_currency", "product_retrieve_draft"),
        *("product_retrieve_no_variants", "product_retrieve_unicode", "flags_product_retrieve_categories"),
        *("inv_product_retrieve", "inv_product_fields", "flags_product_retrieve_with_deleted_variant"),
    ],
)
def test_retrieve(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.products.retrieve("prod_1")
    assert (sent().method, target(sent()), sent().data) == ("GET", "/store/products/prod_1", b"")
    assert isinstance(result.product, Product)
    assert result.to_dict() == body
    assert result.extra == result.product.extra == {}


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"expand": ["variants", "variants.prices"]}, "?expand=variants%2Cvariants.prices"),
        ({"fields": "id, title"}, "?fields=id%2Ctitle"),
        (IDS, "?region_id=reg_1&currency_code=eur&cart_id=cart_1&sales_channel_id=sc_1"),
        (dict.fromkeys([*IDS, "expand", "fields"]), ""),
        ({"cart_id": "a&b=c"}, "?cart_id=a%26b%3Dc"),
    ],
)
def test_what_retrieve_takes(medusa: Medusa, replay: Replay, sent: Sent, options: dict[str, Any], query: str) -> None:
    replay("product_retrieve")
    medusa.products.retrieve("a/b", **options)
    assert target(sent()) == f"/store/products/a%2Fb{query}"
    replay("variant_retrieve")
    medusa.products.variants.retrieve("a/b", **options)
    assert target(sent()) == f"/store/variants/a%2Fb{query}"


@pytest.mark.parametrize("option", IDS)
@pytest.mark.parametrize(("id", "error"), [("", ValueError), (1, TypeError), (["reg_1"], TypeError), (b"x", TypeError)])
def test_an_invalid_id_is_refused(
    medusa: Medusa, httpserver: HTTPServer, option: str, id: Any, error: type[Exception]
) -> None:
    for retrieve in (medusa.products.retrieve, medusa.products.variants.retrieve):
        with pytest.raises(error, match=f"^{option} must"):
            retrieve("x_1", **{option: id})
        with pytest.raises(error, match=r"^id must"):
            retrieve(id)
    assert httpserver.log == []


def test_prices_are_null_without_a_region(medusa: Medusa, replay: Replay) -> None:
    replay("product_retrieve")
    variant = medusa.products.retrieve("prod_1").product.variants[0]
    assert (variant.calculated_price, variant.original_price, variant.tax_rates) == (None, None, None)
    assert not is_loaded(variant, "purchasable")
    assert {type(price.amount) for price in variant.prices} == {int}
    replay("product_retrieve_currency")
    variant = medusa.products.retrieve("prod_1", currency_code="usd").product.variants[0]
    assert isinstance(variant.calculated_price, int)
    assert variant.calculated_price_incl_tax is None
    replay("product_retrieve_region")
    variant = medusa.products.retrieve("prod_1", region_id="reg_1").product.variants[0]
    assert isinstance(variant.calculated_price_incl_tax, int)


def test_a_product_of_another_channel(medusa: Medusa, replay: Replay) -> None:
    replay("product_retrieve_other_channel_with_key")
    with pytest.raises(MedusaInvalidRequestError, match="not associated with sales channels") as caught:
        medusa.products.retrieve("prod_1")
    assert caught.value.errors


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("product_retrieve_by_handle", MedusaNotFoundError, "Product with id: t-shirt was not found"),
        ("product_retrieve_deleted", MedusaNotFoundError, "was not found"),
        ("product_retrieve_categories", MedusaInvalidRequestError, r"Requested fields \[categories\] are not valid"),
        ("product_retrieve_fields_bad", MedusaInvalidRequestError, r"Requested fields \[nope\] are not valid"),
    ],
)
def test_what_retrieve_raises(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error, match=said):
        medusa.products.retrieve("prod_1")


@pytest.mark.parametrize(
    "case",
    [
        *("products_list", "products_list_limit", "products_list_offset_past_end", "products_list_jpy"),
        *("products_list_expand", "products_list_expand_none", "products_list_fields_variants_title"),
        *("flags_products_list_category_expand", "inv_products_list_expand", "products_list_limit_0"),
    ],
)
def test_list(medusa: Medusa, replay: Replay, sent: Sent, case: str) -> None:
    body = replay(case)
    result = medusa.products.list()
    assert (sent().method, target(sent())) == ("GET", "/store/products")
    assert result.to_dict() == body
    assert (result.count, result.offset, result.limit) == (body["count"], body["offset"], body["limit"])
    assert {type(product) for product in result.products} <= {Product}
    assert {product.status for product in result.products if is_loaded(product, "status")} <= {ProductStatus.PUBLISHED}


@pytest.mark.parametrize(
    ("query", "sent_query"),
    [
        ({}, ""),
        ({"tags": ["ptag_1", "ptag_2"]}, "?tags%5B0%5D=ptag_1&tags%5B1%5D=ptag_2"),
        ({"is_giftcard": False, "limit": 2}, "?is_giftcard=false&limit=2"),
        (
            StoreGetProductsParams(created_at={"gte": datetime(2026, 1, 2, tzinfo=UTC)}, q="a b"),
            "?created_at%5Bgte%5D=2026-01-02T00%3A00%3A00.000Z&q=a%20b",
        ),
    ],
)
def test_what_list_sends(medusa: Medusa, replay: Replay, sent: Sent, query: Any, sent_query: str) -> None:
    replay("products_list_limit")
    medusa.products.list(query, {"X-Shop": "one"})
    assert target(sent()) == f"/store/products{sent_query}"
    assert sent().headers["X-Shop"] == "one"


@pytest.mark.parametrize("query", [[], "q=shirt", 1, [("q", "shirt")], False, ""])
def test_a_query_that_is_no_mapping_is_refused(medusa: Medusa, httpserver: HTTPServer, query: Any) -> None:
    calls: list[Callable[[Any], Any]] = [
        *(medusa.products.list, medusa.products.variants.list, medusa.collections.list, medusa.product_tags.list),
        *(medusa.product_types.list, medusa.product_categories.list, medusa.products.search),
        lambda query: medusa.regions.list(query=query),
        lambda query: medusa.product_categories.retrieve("pcat_1", query),
    ]
    for call in calls:
        with pytest.raises(TypeError, match="must be a mapping"):
            call(query)
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("products_list_tags_string", MedusaInvalidRequestError, "tags must be an array"),
        ("products_list_unknown_query", MedusaInvalidRequestError, "property nope should not exist"),
        ("products_list_key_and_channel", MedusaInvalidRequestError, "Provided sales channel id param"),
        ("products_list_region_unknown", MedusaNotFoundError, "Region with reg_nope was not found"),
        ("products_list_cart_unknown", MedusaServerError, r"\(Medusa returns 500 here if the cart is unknown, "),
    ],
)
def test_what_list_raises(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error, match=said):
        medusa.products.list()


def test_search(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("flags_products_search_filter")
    payload: Any = {"q": "a", "filter": "title = x", "facets": ["type"]}
    result = medusa.products.search(payload)
    assert (sent().method, target(sent())) == ("POST", "/store/products/search")
    assert sent().get_json() == payload
    assert result.hits == body["hits"]
    assert result.extra == {key: value for key, value in body.items() if key != "hits"}
    assert result.to_dict() == body
    replay("products_search")
    assert medusa.products.search({"q": "shirt"}).hits == []


def test_what_search_raises(medusa: Medusa, replay: Replay) -> None:
    replay("products_search_key")
    with pytest.raises(MedusaNotFoundError, match="Product with id: search was not found"):
        medusa.products.search({"q": "shirt"})
    replay("products_search_bad_types")
    with pytest.raises(MedusaInvalidRequestError, match="q must be a string"):
        medusa.products.search({"q": "shirt"})


def test_search_is_repeated(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/store/products/search").respond_with_json({}, 502)
    httpserver.expect_ordered_request("/store/products/search").respond_with_json({"hits": []})
    with Medusa(httpserver.url_for(""), max_retries=1) as medusa:
        assert medusa.products.search({}).hits == []


@pytest.mark.parametrize("body", [{}, {"products": []}, {"products": [], "count": None, "offset": 0, "limit": 1}])
def test_an_answer_that_is_no_page(medusa: Medusa, answer: Callable[..., None], body: Any) -> None:
    answer(body)
    with pytest.raises(MedusaDecodeError):
        medusa.products.list()


def test_iterate(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    body = replay("products_list")
    products = list(medusa.products.iterate({"region_id": "reg_1"}))
    assert target(sent()) == "/store/products?region_id=reg_1&order=id&limit=100&offset=0"
    assert [product.to_dict() for product in products] == body["products"]
