"""A sandbox returns 501 for a missing route, or Medusa's own response if Medusa lacks the route too."""

from __future__ import annotations

import pytest
import requests

from medusa import Medusa, MedusaNotFoundError
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD

NOT_IN_SANDBOX = [
    ("GET", "/"),
    ("GET", "/store"),
    ("GET", "/store/wishlists"),
    ("POST", "/store/wishlists/1/items"),
    ("GET", "/store/orderss"),
    ("PUT", "/health"),
    ("GET", "/admin/orders"),
    ("POST", "/admin/auth"),
    ("OPTIONS", "/admin/orders"),
    ("GET", "/loyalty"),
    ("POST", "/store/swaps"),
    ("GET", "/store/order-edits/oe_1"),
    ("POST", "/store/payment-collections/paycol_1/sessions"),
]


@pytest.mark.parametrize(("method", "path"), NOT_IN_SANDBOX)
def test_a_route_that_the_sandbox_does_not_have(store: SandboxStore, method: str, path: str) -> None:
    response = requests.request(method, store.url + path, timeout=10)
    assert (response.status_code, response.headers["Content-Type"]) == (501, "application/json; charset=utf-8")
    assert response.json() == {
        "type": "not_in_sandbox",
        "message": f"The sandbox does not have the route {method} {path}. It has the Store API without swaps, order"
        " edits and payment collections. SandboxStore.on() can add it to a store.",
    }


def test_a_head_request_gets_the_status_alone(store: SandboxStore) -> None:
    response = requests.head(f"{store.url}/store/wishlists", timeout=10)
    assert (response.status_code, response.content) == (501, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/store/customers/me"), ("GET", "/store/customers/me/addresses"), ("GET", "/store/customers")],
)
def test_a_route_for_customers(store: SandboxStore, medusa: Medusa, method: str, path: str) -> None:
    """Like Medusa, the sandbox checks the login before it checks whether the route exists."""
    assert requests.request(method, store.url + path, timeout=10).status_code == 401
    medusa.auth.get_token({"email": "grace@example.com", "password": PASSWORD})
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.request(method, path)
    assert not caught.value.route_exists


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/store/orders/a/b/c"),
        ("DELETE", "/store/orders/order_1"),
        ("POST", "/store/auth/nobody@example.com"),
        ("GET", "/store/returns"),
        ("GET", "/store/gift-cards"),
        ("POST", "/store/return-reasons"),
    ],
)
def test_a_route_that_medusa_does_not_have_either(medusa: Medusa, method: str, path: str) -> None:
    """The sandbox has all of Medusa's routes under these paths, so it returns 404 for other routes like Medusa.

    The contract tests compare these responses.
    """
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.request(method, path)
    assert not caught.value.route_exists
