"""The routes of the sandbox: one file for each area of the Store API.

A route is a function that takes the `Call` and the ids of its path, and returns the `Answer`.
"""

from __future__ import annotations

from ..answers import Answer, json_answer
from ..entities import CLAIM
from . import auth, customers, orders, products, regions
from .call import Call, Routes


def _health(_: Call) -> Answer:
    return Answer(200, b"OK", "text/html; charset=utf-8")


def _claim_tokens(call: Call) -> Answer:
    return json_answer(call.database.events(CLAIM))


ROUTES: Routes = {
    ("GET", "/health"): _health,
    ("GET", "/claim-tokens"): _claim_tokens,
    **orders.ROUTES,
    **auth.ROUTES,
    **customers.ROUTES,
    **products.ROUTES,
    **regions.ROUTES,
}

WHOLE_AREAS = ("/store/auth", "/store/orders", "/store/products", "/store/regions")
"""The paths under which the sandbox has all routes that Medusa has."""
