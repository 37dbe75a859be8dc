"""The routes of the sandbox: one file for each area of the Store API.

A route is a function that takes the `Call` and the IDs in its path, and returns an `Response`.
"""

from __future__ import annotations

from ..entities import CLAIM, PASSWORD_RESET
from ..responses import Response, json_response
from . import (
    auth,
    carts,
    categories,
    checkout,
    collections,
    customers,
    gift_cards,
    orders,
    products,
    regions,
    returns,
    shipping_options,
    variants,
)
from .call import Call, Routes


def _health(_: Call) -> Response:
    return Response(200, b"OK", "text/html; charset=utf-8")


def _claim_tokens(call: Call) -> Response:
    return json_response(call.database.events(CLAIM))


def _password_tokens(call: Call) -> Response:
    return json_response(call.database.events(PASSWORD_RESET))


ROUTES: Routes = {
    ("GET", "/health"): _health,
    ("GET", "/claim-tokens"): _claim_tokens,
    ("GET", "/password-tokens"): _password_tokens,
    **auth.ROUTES,
    **carts.ROUTES,
    **categories.ROUTES,
    **checkout.ROUTES,
    **collections.ROUTES,
    **customers.ROUTES,
    **gift_cards.ROUTES,
    **orders.ROUTES,
    **products.ROUTES,
    **regions.ROUTES,
    **returns.ROUTES,
    **shipping_options.ROUTES,
    **variants.ROUTES,
}

WHOLE_AREAS = (
    "/store/auth",
    "/store/carts",
    "/store/collections",
    "/store/customers",
    "/store/gift-cards",
    "/store/orders",
    "/store/product-categories",
    "/store/product-tags",
    "/store/product-types",
    "/store/products",
    "/store/regions",
    "/store/return-reasons",
    "/store/returns",
    "/store/shipping-options",
    "/store/variants",
)
"""The paths under which the sandbox has all of Medusa's routes."""
