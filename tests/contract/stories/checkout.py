"""From a new cart to the order that a guest looks up."""

from __future__ import annotations

from typing import Any

from ..mirror import Case, get, post

ADDRESS: dict[str, Any] = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "city": "Berlin",
    "postal_code": "10117",
    "country_code": "de",
}

CHECKOUT: list[Case] = [
    post("/store/carts", {"region_id": "{region.Europe}"}, cart="cart.id"),
    post("/store/carts/{cart}/line-items", {"variant_id": "{variant.MUG-350}", "quantity": 2}, item="cart.items.0.id"),
    post(
        "/store/carts/{cart}",
        {"email": "checkout-{run}@example.com", "shipping_address": ADDRESS, "billing_address": ADDRESS},
    ),
    get("/store/shipping-options/{cart}"),
    post("/store/carts/{cart}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post("/store/carts/{cart}/payment-sessions"),
    get("/store/carts/{cart}"),
    post("/store/carts/{cart}/complete", order="data.id", display_id="data.display_id"),
    get("/store/orders/{order}"),
    get("/store/orders/cart/{cart}"),
    get("/store/orders?display_id={display_id}&email=checkout-{run}@example.com"),
    get("/store/carts/{cart}"),
]

CASES: dict[tuple[str, str], list[Case]] = {}

STORIES: dict[str, list[Case]] = {}
