"""The gift card route."""

from __future__ import annotations

from ..queries import not_found
from ..relations import load
from ..responses import Response, json_response
from .call import Call, Routes

_FIELDS = ("id", "code", "value", "balance", "region")


def retrieve(call: Call, code: str) -> Response:
    """Return the gift card with this code."""
    cards = call.database.find("gift_card", code=code)
    if not cards:
        raise not_found(f"Gift card with code: {code} was not found")
    card = load(call.database, "gift_card", cards[0], ["region"])
    return json_response({"gift_card": {name: card[name] for name in _FIELDS}})


ROUTES: Routes = {("GET", "/store/gift-cards/{code}"): retrieve}
