"""The routes of the sandbox: one file for each area of the Store API.

A route is a function that takes the `Call` and the ids of its path, and returns the `Answer`.
"""

from __future__ import annotations

from ..answers import Answer, json_answer
from . import auth, customers, orders
from .call import Routes

ROUTES: Routes = {
    ("GET", "/health"): lambda _: Answer(200, b"OK", "text/html; charset=utf-8"),
    ("GET", "/claim-tokens"): lambda call: json_answer(call.database.events()),
    **orders.ROUTES,
    **auth.ROUTES,
    **customers.ROUTES,
}

WHOLE_AREAS = ("/store/orders", "/store/auth")
"""The paths under which the sandbox has all routes that Medusa has."""
