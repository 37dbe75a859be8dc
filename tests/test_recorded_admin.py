"""Every recorded exchange of the Admin routes is replayed with the method that it was recorded for.

A request that no method can send is sent with `medusa.request`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from medusa import Medusa, MedusaError

from .recorded_calls import Exchange, as_told, recorded_admin_exchanges
from .test_models import exactly
from .test_recorded_exchanges import Backend, call, check_error, check_result, why_by_request

REFUSED = {
    "discounts_create_negative": "rule.value must not be negative",
    "flags_categories_update_own_parent": "parent_category_id must not be the ID of the category itself",
    "double_slash": "path must begin with one /",
    "gift_cards_update_balance_negative": "balance must not be negative",
    "orders_refund_negative": "amount must be greater than 0",
    "orders_refund_zero": "amount must be greater than 0",
    "payments_refund_zero": "amount must be greater than 0",
    "products_create_price_negative": r"variants\[0\]\.prices\[0\]\.amount must not be negative",
    "products_create_sales_channels_text": "sales_channels must be a list, not str",
    "products_update_sales_channels_text": "sales_channels must be a list, not str",
}
"""The harmful requests that a real backend accepts, and the errors that the methods raise instead of sending them."""

WITHOUT_A_CAUSE: set[str] = set()
"""The recorded cases with status 500 whose error names no cause."""


@pytest.fixture(scope="module")
def server() -> Iterator[Backend]:
    server = Backend()
    yield server
    server.close()


@pytest.mark.parametrize(
    "exchange", [pytest.param(each, id=f"{each.js}-{each.case}") for each in recorded_admin_exchanges()]
)
def test_each_exchange(server: Backend, exchange: Exchange) -> None:
    medusa = server.play(exchange)
    if exchange.case in REFUSED:
        with pytest.raises((TypeError, ValueError), match=f"^{REFUSED[exchange.case]}$"):
            call(medusa, exchange)
        assert server.peer.requests == []
        return
    route = exchange.route if why_by_request(medusa, exchange) is None else None
    if exchange.is_success:
        check_result(call(medusa, exchange), exchange)
    else:
        with pytest.raises(MedusaError) as caught:
            call(medusa, exchange)
        check_error(caught.value, exchange, route, WITHOUT_A_CAUSE)
    (received,) = server.peer.requests
    method, path, query, body = as_told(received)
    assert (method, path, query) == exchange.told
    if exchange.payload is not None:
        assert exactly(body) == exactly(exchange.payload)


def test_most_exchanges_are_played_with_a_method() -> None:
    medusa = Medusa()
    reasons = Counter(why_by_request(medusa, each) for each in recorded_admin_exchanges())
    assert reasons == {
        None: 2321,
        "the body is no JSON": 100,
        "the files are in another field": 2,
        "the method sends files alone": 2,
        "the method takes no such query": 139,
        "the payload is no object": 2,
        "the route has no method": 19,
    }
