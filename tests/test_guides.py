"""What the guides in docs/ promise and their examples cannot show on a real Medusa v1."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, MedusaInvalidRequestError
from medusa.sandbox import SandboxStore

from .pages import blocks

NEEDS_KEY = {
    "type": "not_allowed",
    "message": "Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in"
    " settings in the dashboard.",
}


@pytest.fixture
def of_the_page(medusa_store: SandboxStore) -> dict[str, Any]:
    """Return the functions of docs/medusa-v2.md by their names."""
    names: dict[str, Any] = {}
    for language, code in blocks("medusa-v2.md"):
        assert language == "python"
        exec(code.replace("http://localhost:9000", medusa_store.url), names)
    return names


def test_the_version_of_a_backend(
    of_the_page: dict[str, Any], medusa_store: SandboxStore, httpserver: HTTPServer
) -> None:
    version = of_the_page["medusa_version"]
    assert version(medusa_store.url) == 1
    httpserver.expect_request("/store/regions").respond_with_json(NEEDS_KEY, status=400)
    assert version(httpserver.url_for("")) == 2
    httpserver.clear()
    httpserver.expect_request("/store/regions").respond_with_json({"message": "something else"}, status=400)
    with pytest.raises(MedusaInvalidRequestError):
        version(httpserver.url_for(""))


def test_the_calls_of_v2(of_the_page: dict[str, Any], httpserver: HTTPServer) -> None:
    price = {"calculated_amount": 19.99, "raw_calculated_amount": {"value": "19.99", "precision": 20}}
    shirt = {"title": "Shirt", "variants": [{"calculated_price": price}]}
    httpserver.expect_request(
        "/store/products",
        headers={"x-publishable-api-key": "pk_1"},
        query_string={"region_id": "reg_1", "fields": "*variants.calculated_price"},
    ).respond_with_json({"products": [shirt], "count": 1, "offset": 0, "limit": 50})
    url = httpserver.url_for("")
    assert of_the_page["titles_and_prices"](url, "pk_1", "reg_1") == [("Shirt", 19.99)]

    login = {"email": "ada@example.com", "password": "correct-horse"}
    httpserver.expect_request("/auth/customer/emailpass", method="POST", json=login).respond_with_json({"token": "jwt"})
    httpserver.expect_request("/store/orders", headers={"Authorization": "Bearer jwt"}).respond_with_json(
        {"orders": []}
    )
    with Medusa(url) as medusa:
        of_the_page["log_in"](medusa, **login)
        assert medusa.request("GET", "/store/orders") == {"orders": []}
