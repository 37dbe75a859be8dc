"""Fuzz arguments, options and charsets.

A bad argument or option raises `TypeError` or `ValueError` before anything is sent. A body in any charset becomes a
string.
"""

from __future__ import annotations

import encodings.aliases
import enum
import pickle
import re
import socket
from collections import UserDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest
import requests
from hypothesis import HealthCheck, example, given, settings, strategies as st
from urllib3.util import Retry

from medusa import (
    Medusa,
    MedusaError,
    MedusaNotFoundError,
    Model,
    Order,
    RetryAdapter,
    StoreGetOrdersParams,
    StorePostCustomersCustomerOrderClaimReq,
)

from .peer import Peer, Request, answered, http, ok

Call = Callable[[], object]
NOT_FOUND = answered(http('{"type": "not_found", "message": "none"}', 404, Content_Type="application/json"))


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with Peer(NOT_FOUND) as peer:
        yield peer


@pytest.fixture(scope="module", params=[False, True], ids=["the client's session", "a session of one's own"])
def medusa(peer: Peer, request: pytest.FixtureRequest) -> Iterator[Medusa]:
    with requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with Medusa(peer.url, session=session if request.param else None) as medusa:
            yield medusa


class Colour(enum.Enum):
    RED = "red"


class Size(enum.StrEnum):
    BIG = "big"


class Text(str):
    pass


class Number(int):
    pass


class Odd:
    def __repr__(self) -> str:
        return "Odd()"


EAST, WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))
ODD: list[Any] = [
    *[None, True, False, 0, 1, -1, 2**63, 10**400, 1.5, float("nan"), float("inf"), -0.0, 1e308, 1j, Number(3)],
    *[
        "",
        " ",
        "x",
        "\0",
        "\n",
        "é",
        "\ud800",
        "😀",
        "x" * 10_000,
        Text("x"),
        b"",
        b"x",
        bytearray(b"x"),
        memoryview(b"x"),
    ],
    *[[], [1], [None], (), (1,), set(), {1}, frozenset({1}), {}, {1: 2}, {None: 1}, {"a": {1}}, {(1, 2): 3}],
    *[
        range(3),
        iter(()),
        (x for x in "ab"),
        Odd(),
        Odd,
        print,
        type,
        object(),
        NotImplemented,
        ...,
        Decimal(1),
        Path("/x"),
    ],
    *[Colour.RED, Size.BIG, date(2026, 1, 1), datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)],
    *[datetime.max.replace(tzinfo=WEST), datetime.min.replace(tzinfo=EAST), timedelta(1), MappingProxyType({"a": 1})],
    *[
        UserDict({"a": 1}),
        Order(id="order_1"),
        Retry(1),
        KeyError("x"),
        requests.Session,
        "http://[",
        "http://x:y",
        "//x",
    ],
]
TEXT = st.text(max_size=20) | st.text("%/?#[]&=\\@:. \r\n\0é\ud800", max_size=12)
ANY = st.sampled_from(ODD) | TEXT | st.integers() | st.floats() | st.binary(max_size=8)
NESTED = st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))
FAST = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def check(call: Call, peer: Peer) -> None:
    """Allow success, a `MedusaError`, and a `TypeError` or `ValueError` that is raised before anything is sent."""
    before = len(peer.requests)
    with suppress(MedusaError):
        try:
            call()
        except (TypeError, ValueError) as error:
            raised = error
        else:
            return
        assert type(raised) in (TypeError, ValueError)
        assert len(peer.requests) == before


@settings(FAST, max_examples=150)
@given(value=NESTED, headers=st.dictionaries(TEXT, ANY, max_size=2) | ANY)
def test_any_argument(medusa: Medusa, peer: Peer, value: Any, headers: Any) -> None:
    calls: list[Call] = [
        lambda: medusa.orders.retrieve(value),
        lambda: medusa.orders.retrieve("order_1", headers),
        lambda: medusa.orders.retrieve("order_1", expand=value),
        lambda: medusa.orders.retrieve_by_cart_id("cart_1", fields=value),
        lambda: medusa.orders.lookup_order(value),
        lambda: medusa.orders.lookup_order(cast("Any", {"display_id": value, "email": value, "anything": value})),
        lambda: medusa.orders.lookup_order(StoreGetOrdersParams(display_id=value, email=value, expand=value)),
        lambda: medusa.orders.request_customer_orders({"order_ids": value}),
        lambda: medusa.orders.request_customer_orders(StorePostCustomersCustomerOrderClaimReq(order_ids=value)),
        lambda: medusa.orders.confirm_request(value),
        lambda: medusa.products.retrieve(value, headers),
        lambda: medusa.products.retrieve("prod_1", region_id=value, cart_id=value),
        lambda: medusa.products.list(value, headers),
        lambda: medusa.products.list({"id": value, "created_at": value}),
        lambda: medusa.products.search({"q": value, "filter": value}),
        lambda: medusa.product_categories.retrieve("pcat_1", value, expand="products"),
        lambda: medusa.regions.list(query=value),
        lambda: list(medusa.products.iterate(value, headers)),
        lambda: list(medusa.regions.iterate({"order": value, "fields": value}, read_ahead=True)),
        lambda: list(medusa.collections.iterate(page_size=value, start=value)),
        lambda: medusa.auth.exists(value),
        lambda: medusa.with_options().auth.get_token(value),
        lambda: medusa.with_options().auth.authenticate({"email": value, "password": value}),
        lambda: medusa.request("GET", "/store/x", params=value),
        lambda: medusa.request("GET", "/store/x", params={"a": value}),
        lambda: medusa.request("POST", "/store/x", json=value),
        lambda: medusa.request("POST", "/store/x", json={"a": [value]}, custom_headers=headers),
        lambda: medusa.request(value, "/store/x"),
        lambda: medusa.request("GET", value),
        lambda: medusa.request("GET", f"/store/{value}"),
        lambda: medusa.request("GET", f"/store/x?{value}={value}", params={"b": value}),
    ]
    for call in calls:
        check(call, peer)


OPTIONS = [
    *["base_url", "max_retries", "api_key", "publishable_api_key", "token", "custom_headers", "timeout", "deadline"],
    *["max_response_bytes", "models", "pool_maxsize", "session", "nothing"],
]


@FAST
@given(
    name=st.sampled_from(OPTIONS),
    value=NESTED | st.dictionaries(TEXT, ANY, max_size=2) | st.tuples(ANY, ANY) | st.floats(0, 1e30),
    other=ANY | st.floats(0, 1e30),
)
@example(name="timeout", value=1e10, other=None)
@example(name="timeout", value=(5, 1e10), other=None)
@example(name="timeout", value=2_000_000, other=None)
@example(name="deadline", value=1e10, other=None)
@example(name="deadline", value=10**400, other=None)
@example(name="deadline", value=2_000_000, other=None)
@example(name="pool_maxsize", value=10**12, other=None)
def test_any_option(peer: Peer, name: str, value: Any, other: Any) -> None:
    for options in ({name: value}, {name: value, "timeout": other}):
        for make in (Medusa, cast(Any, Medusa(peer.url).with_options)):
            try:
                client = make(**{"base_url": peer.url, **options})
            except (TypeError, ValueError):
                continue
            if name != "base_url":
                check(lambda: client.orders.retrieve("order_1"), peer)  # noqa: B023  # check() calls it at once.
            client.close()


@pytest.mark.parametrize("option", ["timeout", "deadline", "pool_maxsize"])
def test_the_largest_values(peer: Peer, option: str) -> None:
    most: Any = {"timeout": 2_000_000, "deadline": 2_000_000, "pool_maxsize": 65_535}[option]
    with Medusa(peer.url, **{option: most}) as medusa, pytest.raises(MedusaNotFoundError):
        medusa.orders.retrieve("order_1")
    with pytest.raises(ValueError, match=rf"^{option} must be .*at most {most:,}"):
        Medusa(peer.url, **{option: most + 1})
    if option == "timeout":
        for timeout in ((most + 1, 5), (5, most + 1)):
            with pytest.raises(ValueError, match=rf"^timeout must be .*at most {most:,}"):
                Medusa(peer.url, timeout=timeout)


def cyclic_dict() -> Any:
    value: dict[str, Any] = {}
    value["self"] = {"again": [value]}
    return value


def cyclic_list() -> Any:
    value: list[Any] = []
    value.append(value)
    return {"self": value}


def cyclic_mapping() -> Any:
    value: dict[str, Any] = {}
    value["self"] = MappingProxyType(value)
    return value


def cyclic_model() -> Any:
    order = Order(id="order_1", metadata={})
    order.metadata = {"self": [order]}
    return {"order": order}


def deep_list() -> Any:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    return {"deep": value}


def deep_dict() -> Any:
    value: Any = 1
    for _ in range(5000):
        value = {"a": value}
    return value


@pytest.mark.parametrize("make", [cyclic_dict, cyclic_list, cyclic_mapping, cyclic_model, deep_list, deep_dict])
def test_what_contains_itself_or_is_nested_too_deeply(medusa: Medusa, peer: Peer, make: Callable[[], Any]) -> None:
    value, before = make(), len(peer.requests)
    payload = StorePostCustomersCustomerOrderClaimReq(order_ids=value)
    calls: list[tuple[str, Call]] = [
        ("payload", lambda: medusa.request("POST", "/store/x", json=value)),
        ("payload", lambda: medusa.orders.request_customer_orders({"order_ids": value})),
        ("payload", lambda: medusa.orders.request_customer_orders(payload)),
        ("payload", lambda: medusa.with_options().auth.authenticate(value)),
        ("params", lambda: medusa.request("GET", "/store/x", params=value)),
        ("params", lambda: medusa.orders.lookup_order(value)),
    ]
    for kind, call in calls:
        message = {"payload": "^the payload is nested too deeply", "params": "^params are nested too deeply"}[kind]
        with pytest.raises(ValueError, match=message) as caught:
            call()
        assert type(caught.value) is ValueError
    assert len(peer.requests) == before


@pytest.mark.parametrize("moment", [datetime.max.replace(tzinfo=WEST), datetime.min.replace(tzinfo=EAST)])
def test_a_moment_that_utc_cannot_hold(medusa: Medusa, peer: Peer, moment: datetime) -> None:
    before = len(peer.requests)
    calls: list[tuple[str, Call]] = [
        ("payload.at", lambda: medusa.request("POST", "/store/x", json={"at": moment})),
        ("params.at", lambda: medusa.request("GET", "/store/x", params={"at": moment})),
        ("payload.created_at", lambda: medusa.request("POST", "/store/x", json=Order(created_at=moment))),
    ]
    for path, call in calls:
        with pytest.raises(
            ValueError, match=rf"^{re.escape(path)}: the datetime must be in the years 1 to 9999 in UTC$"
        ):
            call()
    assert len(peer.requests) == before


@pytest.mark.parametrize("params", [[("a", 1)], "a=1", [], "", 0, ("a",), Order(id="order_1")], ids=repr)
def test_params_that_are_no_mapping(medusa: Medusa, params: Any) -> None:
    with pytest.raises(TypeError, match=r"^params must be a mapping, not "):
        medusa.request("GET", "/store/x", params=params)


CHARSETS = sorted({*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "ascii", "utf_8_sig", "punycode"})
NO_CHARSETS = ["idna", "undefined", "hex", "rot13", "unknown", "utf-8\0", "ü", "", '"', "utf-8; charset", "x" * 1000]


@pytest.mark.parametrize("own", [False, True], ids=["the client's session", "a session of one's own"])
def test_any_charset(own: bool) -> None:
    body, asked = "grüße".encode(), [*CHARSETS, *NO_CHARSETS]

    def answer(sock: socket.socket, request: Request) -> bool:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset={asked[len(server.requests) - 1]}\r\n"
        sock.sendall(head.encode("latin-1") + b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        return True

    with Peer(answer) as server, requests.Session() as session:
        session.mount("http://", RetryAdapter())
        medusa = Medusa(server.url, session=session if own else None)
        texts = {charset: medusa.request("GET", "/store/x") for charset in asked}
        medusa.close()
    assert {type(text) for text in texts.values()} == {str}
    assert (texts["latin_1"], texts["utf_8"], texts["cp1252"]) == ("grÃ¼Ã\x9fe", "grüße", "grÃ¼ÃŸe")
    assert {texts[charset] for charset in NO_CHARSETS} == {"grüße"}  # decoded as UTF-8


def test_errors_of_arguments_survive_pickle() -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa, pytest.raises(ValueError, match="nested") as caught:
        medusa.request("POST", "/store/x", json=deep_list())
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_models_of_odd_values() -> None:
    """A model with any value is sent, or raises `TypeError` or `ValueError` before anything is sent."""
    with Peer(NOT_FOUND) as peer, Medusa(peer.url) as medusa:
        for value in ODD:
            model: Model = Order(metadata=value)
            check(lambda: medusa.request("POST", "/store/x", json=model), peer)  # noqa: B023  # check() calls it.
