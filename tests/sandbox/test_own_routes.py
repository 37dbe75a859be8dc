"""Routes that a test adds to a sandbox store."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from medusa import Medusa, MedusaAPIError, MedusaNotFoundError
from medusa.sandbox import ReceivedRequest, SandboxStore


@pytest.mark.parametrize("body", [{"wishlist": {"id": "wish_1", "ü": [1.5, None]}}, [], "OK", None])
def test_a_canned_answer(store: SandboxStore, medusa: Medusa, body: Any) -> None:
    store.on("GET", "/store/wishlists/{id}", body)
    for path in ("/store/wishlists/wish_1", "/Store/Wishlists/wish_1/"):
        assert medusa.request("GET", path) == body
    assert [request.path for request in store.requests][-2:] == ["/store/wishlists/wish_1", "/Store/Wishlists/wish_1/"]
    for method, path in (("POST", "/store/wishlists/wish_1"), ("GET", "/store/wishlists/a/b"), ("GET", "/wishlists/a")):
        with pytest.raises(MedusaAPIError) as caught:
            medusa.request(method, path)
        assert caught.value.status == 501


def test_the_headers_are_those_of_the_store(store: SandboxStore) -> None:
    store.on("GET", "/store/wishlists", {"wishlists": []})
    response = requests.get(f"{store.url}/store/wishlists", timeout=10)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Credentials"] == "true"
    assert "connect.sid" in response.headers["Set-Cookie"]


def test_a_function(store: SandboxStore, medusa: Medusa) -> None:
    def add(request: ReceivedRequest, id: str, item: str) -> Any:
        if id == "wish_2":
            return 404, {"type": "not_found", "message": f"Wishlist with id: {id} was not found"}
        return {"id": id, "item": item, "query": request.query, "body": request.json()}

    store.on("POST", "/store/wishlists/{id}/items/{item}", add)
    found = medusa.request("POST", "/store/wishlists/wish_1/items/a%2Fb", params={"a": [1]}, json={"n": 1})
    assert found == {"id": "wish_1", "item": "a/b", "query": {"a": ["1"]}, "body": {"n": 1}}
    with pytest.raises(MedusaNotFoundError, match="Wishlist with id: wish_2 was not found"):
        medusa.request("POST", "/store/wishlists/wish_2/items/x")


def test_a_route_of_medusa(store: SandboxStore, medusa: Medusa) -> None:
    """A test can replace a route of Medusa, even one that requires a login. The latest response wins."""
    id = store.orders[0].id
    store.on("GET", "/store/orders/{id}", {"order": {"id": "first"}})
    store.on("GET", "/store/orders/{id}", {"order": {"id": "second"}})
    assert medusa.orders.retrieve(id).order.id == "second"
    store.on("GET", "/store/customers/me", {"customer": {"id": "cus_1"}})
    assert medusa.customers.retrieve().customer.id == "cus_1"
    store.on("GET", "/store/orders/{id}", {"type": "not_found", "message": "gone"}, status=404)
    with pytest.raises(MedusaNotFoundError, match="gone"):
        medusa.orders.retrieve(id)


def test_a_path_is_no_pattern(store: SandboxStore, medusa: Medusa) -> None:
    store.on("GET", "/store/a.b+(c)", "it")
    assert medusa.request("GET", "/store/a.b+(c)") == "it"
    with pytest.raises(MedusaAPIError):
        medusa.request("GET", "/store/aXbb(c)")


@pytest.mark.parametrize(
    ("method", "path", "answer", "status", "text"),
    [
        ("get", "/a", None, 200, "method must be an HTTP method in upper case, for example GET"),
        ("GET", "a", None, 200, "path must begin with / and must not have a query"),
        ("GET", "/a?b=1", None, 200, "path must begin with / and must not have a query"),
        ("HEAD", "/a", None, 200, "method must not be HEAD: the sandbox handles HEAD requests itself"),
        ("OPTIONS", "/a", None, 200, "method must not be OPTIONS: the sandbox handles OPTIONS requests itself"),
        *(
            (
                *("GET", f"/a/{{{name}}}", None, 200),
                f"a placeholder in path must be a Python identifier other than request, not '{name}'",
            )
            for name in ("wish-list", "1", "", "class", "request", "a b")
        ),
        ("GET", "/a/{id}/b/{id}", None, 200, "path must not have the placeholder 'id' twice"),
        ("GET", "/a", None, 199, "status must be an integer from 200 to 599"),
        ("GET", "/a", None, 600, "status must be an integer from 200 to 599"),
    ],
)
def test_what_is_refused(store: SandboxStore, method: str, path: str, answer: Any, status: int, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        store.on(method, path, answer, status=status)
    with pytest.raises(TypeError):
        store.on("GET", "/a", {1, 2})


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda: None, "too many positional arguments"),
        (lambda request: None, "got an unexpected keyword argument 'id'"),
        (lambda request, item: None, "missing a required argument: 'item'"),
        (lambda request, id, item: None, "missing a required argument: 'item'"),
    ],
)
def test_a_function_that_cannot_be_called(store: SandboxStore, function: Any, text: str) -> None:
    with pytest.raises(TypeError, match=rf"^the function must accept the arguments \(request, id=...\): {text}$"):
        store.on("GET", "/a/{id}", function)


def test_functions_that_can_be_called(store: SandboxStore, medusa: Medusa) -> None:
    answers: list[Any] = [lambda *_, **placeholders: placeholders, lambda _, id, more=1: {"id": id}]
    for answer in answers:
        store.on("GET", "/a/{id}", answer)
        assert medusa.request("GET", "/a/1") == {"id": "1"}
        assert requests.head(f"{store.url}/a/1", timeout=10).status_code == 200
