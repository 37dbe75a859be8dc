"""Every recorded exchange of the Store routes is replayed with the method that it was recorded for.

A request that no method can send is sent with `medusa.request`: requests of routes without a method, and `BY_REQUEST`.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from medusa import Medusa, MedusaAPIError, MedusaDecodeError, MedusaError, MedusaTimeoutError, NoContent, Result

from .faults.peer import Answer, Peer, Request
from .recorded_calls import Exchange, NotExpressibleError, arguments, as_told, method_of, recorded_exchanges
from .test_errors import BY_STATUS
from .test_models import exactly, unknown_keys

NO_SUCH_QUERY = "the method takes no such query"
NO_JSON = "the body is no JSON"
BY_REQUEST = {
    **dict.fromkeys(
        [
            *("cart_create_query_expand", "cart_update_query_fields", "line_item_delete_query", "complete_query"),
            *("shipping_method_add_query", "payment_methods_query", "customer_retrieve_fields", "collection_expand"),
            *("product_retrieve_unknown_query", "variant_retrieve_unknown_query", "order_edit_unknown_query"),
            *("flags_variant_retrieve_unknown_query", "region_unknown_query"),
        ],
        NO_SUCH_QUERY,
    ),
    **dict.fromkeys(
        [
            *("auth_malformed", "auth_delete_session_malformed", "customer_update_malformed"),
            *("line_item_create_malformed", "products_search_malformed", "return_create_malformed"),
            "return_reasons_list_malformed_body",
        ],
        NO_JSON,
    ),
    **dict.fromkeys(["cart_create_null", "cart_create_string"], "the payload is no object"),
    "query_repeated": "the query has a name twice",
    "trailing_slash": "the path is another spelling of the route",
}
"""The requests that their method cannot send, and the reasons."""

WITHOUT_A_CAUSE = {"auth_exists_bad_percent", "return_reason_bad_percent"}
"""The cases with status 500 whose error names no cause. Their path contains a raw %, which no method sends."""

NO_METHOD = "the route has no method"
NEITHER_JSON_NOR_TEXT = {"health"}
"""The successes whose body is a web page, for which `medusa.request` raises an error."""

OF_A_PLUGIN = {"products.search"}
"""The methods whose response comes from a plugin, and so may contain any key."""


class Backend:
    """A server that sends the recorded response of the exchange that is replayed."""

    def __init__(self) -> None:
        self._answers: Answer | None = None
        self.peer = Peer(self._answer)
        self._medusa = Medusa(base_url=self.peer.url)

    def _answer(self, sock: socket.socket, request: Request) -> object:
        assert self._answers
        return self._answers(sock, request)

    def play(self, exchange: Exchange) -> Medusa:
        """Return a client whose requests get the response of this exchange."""
        self._answers = exchange.answer()
        self.peer.requests.clear()
        return self._medusa.with_options(timeout=(30.0, 0.2 if exchange.status is None else 30.0))

    def close(self) -> None:
        self._medusa.close()
        self.peer.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Backend]:
    server = Backend()
    yield server
    server.close()


def why_by_request(medusa: Medusa, exchange: Exchange) -> str | None:
    """Return why no method can send this request, or None if a method can send it."""
    if exchange.js is None:
        return NO_METHOD
    try:
        arguments(exchange, method_of(medusa, exchange.js))
    except NotExpressibleError as error:
        return str(error)
    return None


def call(medusa: Medusa, exchange: Exchange) -> Any:
    """Send the request with its method, or with `medusa.request` if the method cannot send it. Return the result."""
    if why_by_request(medusa, exchange) is None:
        assert exchange.js
        method = method_of(medusa, exchange.js)
        args, options = arguments(exchange, method)
        return method(*args, exchange.own_headers, **options)
    return medusa.request(exchange.method, exchange.target, json=exchange.payload, custom_headers=exchange.own_headers)


def secrets(exchange: Exchange) -> Iterator[str]:
    """Yield the credentials in a request, and `@`, which every e-mail address contains."""
    yield "@"
    for name in ("Authorization", "Cookie", "x-publishable-api-key"):
        if name in exchange.own_headers:
            yield exchange.own_headers[name].removeprefix("Bearer ")
    payload: dict[str, Any] = exchange.payload if isinstance(exchange.payload, dict) else {}
    for name in ("password", "token"):
        if isinstance(text := payload.get(name), str) and len(text) > 2:  # An error may contain "x" anyway.
            yield text


def check_error(error: MedusaError, exchange: Exchange, route: str | None, without_a_cause: set[str]) -> None:
    text = str(error)
    assert "\n" not in text
    assert not [secret for secret in secrets(exchange) if secret in text]
    assert text.startswith(f"{route} " if route else f"{exchange.method} /")
    if exchange.status is None:
        assert type(error) is MedusaTimeoutError
        return
    assert type(error) is BY_STATUS[exchange.status]
    assert isinstance(error, MedusaAPIError)
    body: dict[str, Any] = exchange.body if isinstance(exchange.body, dict) else {}
    errors: list[dict[str, Any]] = [
        {"message": each} if isinstance(each, str) else each for each in body.get("errors", [])
    ]
    first = {**(errors[0] if errors else {}), **body}
    assert error.status == exchange.status
    assert (error.type, error.code) == (first.get("type"), first.get("code"))
    assert error.message == (first["message"] if body else exchange.body or "")
    assert error.errors == errors
    assert f" returned {exchange.status}" in text
    names_causes = "(Medusa returns 500 here if " in text
    assert names_causes == (exchange.status == 500 and route is not None and exchange.case not in without_a_cause)


def check_result(result: Any, exchange: Exchange) -> None:
    if isinstance(result, NoContent):
        assert exchange.content == b""
    elif type(result) is Result:
        assert exchange.body == ({} if exchange.js == "admin.reservations.update" else "OK")
    elif isinstance(result, Result):
        assert exactly(result.to_dict()) == exactly(exchange.body)
        assert exchange.js in OF_A_PLUGIN or unknown_keys(result) == []
    else:
        assert result == (exchange.body or None)


@pytest.mark.parametrize("exchange", [pytest.param(each, id=each.case) for each in recorded_exchanges()])
def test_each_exchange(server: Backend, exchange: Exchange) -> None:
    medusa = server.play(exchange)
    reason = why_by_request(medusa, exchange)
    assert reason == (NO_METHOD if exchange.js is None else BY_REQUEST.get(exchange.case))
    route = exchange.route if reason is None else None
    if exchange.case in NEITHER_JSON_NOR_TEXT:
        with pytest.raises(MedusaDecodeError):
            call(medusa, exchange)
    elif exchange.is_success:
        check_result(call(medusa, exchange), exchange)
    else:
        with pytest.raises(MedusaError) as caught:
            call(medusa, exchange)
        check_error(caught.value, exchange, route, WITHOUT_A_CAUSE)
    (received,) = server.peer.requests
    method, path, query, body = as_told(received)
    assert (method, path, query) == exchange.told
    if exchange.payload is not None:  # Otherwise no body is sent: the recorded one is not JSON, or is null.
        assert exactly(body) == exactly(exchange.payload)


def test_most_exchanges_are_played_with_a_method() -> None:
    medusa = Medusa()
    played = Counter(
        (why_by_request(medusa, each) is None, "returns" if each.is_success else "raises")
        for each in recorded_exchanges()
    )
    assert played == {(True, "returns"): 678, (True, "raises"): 281, (False, "returns"): 22, (False, "raises"): 31}
    assert {*BY_REQUEST, *NEITHER_JSON_NOR_TEXT} <= {each.case for each in recorded_exchanges()}
