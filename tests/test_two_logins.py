"""A client may be logged in to the Store and to the Admin at the same time. Each login is sent only to its own side."""

from __future__ import annotations

import copy
import functools
import itertools
import json
import pickle
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from medusa import Medusa, MedusaAuthenticationError

from .faults.peer import Peer, Request, answered, http
from .sides import ADMIN, LOGIN, STORE, Side
from .test_credentials import call_while

STORE_PATHS = [
    "/store/orders",
    "/store/auth",
    "/store",
    "/custom",
    "/",
    "/administrators",
    "/store/admin",
    "/x?/admin/",
]
ADMIN_PATHS = ["/admin", "/admin/orders", "/Admin/orders", "/admin?x=/store", "/admin/", "/%61dmin/orders"]
OPEN_PATHS = [
    *["/admin/auth", "/admin/users/password-token", "/admin/users/reset-password", "/admin/invites/accept"],
    "/admin/auth?x=1",
]
"""A POST to these paths needs no API key, and the client sends none."""

COOKIES = {"/store": "connect.sid=customer", "/admin": "connect.sid=user"}
TOKENS = {"/store": "ey.customer", "/admin": "ey.user"}
KEY = "sk.user"
WRONG = "wrong"


def backend(sock: socket.socket, request: Request) -> bool:
    """Accept every password except `WRONG`, on both sides. As with Medusa, every response sets a cookie."""
    method, path, _ = request.head.split(" ")
    side = STORE if path.startswith("/store") else ADMIN
    set_cookie, body = "connect.sid=stray", {}
    if method == "POST" and path.startswith(f"{side.prefix}/auth") and request.body != b"{}":
        if json.loads(request.body)["password"] == WRONG:
            sock.sendall(http("Unauthorized", 401, Set_Cookie="connect.sid=stray; Path=/"))
            return True
        set_cookie, body = COOKIES[side.prefix], {**side.body, "access_token": TOKENS[side.prefix]}
    text = "OK" if method == "DELETE" else json.dumps(body)
    kind = "text/plain" if method == "DELETE" else "application/json"
    sock.sendall(http(text, Content_Type=kind, Set_Cookie=f"{set_cookie}; Path=/; HttpOnly"))
    return True


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer(backend) as peer:
        yield peer


@pytest.fixture(params=[False, True], ids=["the client's session", "the user's session"])
def client(peer: Peer, request: pytest.FixtureRequest) -> Iterator[Medusa]:
    """A client with its own session, and a client with a session of the user."""
    with requests.Session() as session, Medusa(peer.url, session=session if request.param else None) as medusa:
        yield medusa


Sent = tuple[str | None, str | None, str | None]
"""The cookie, the token and the API key that a request had."""


def sent_to(peer: Peer, client: Medusa, path: str, method: str = "GET") -> Sent:
    client.request(method, path)
    headers = peer.requests[-1].headers
    token = headers.get("authorization")
    return headers.get("cookie"), token and token.removeprefix("Bearer "), headers.get("x-medusa-access-token")


def log_in(client: Medusa, side: Side, way: str) -> None:
    if way == "option":
        setattr(client, side.option, TOKENS[side.prefix])
    elif way != "none":
        side.log_in_by(way, client, LOGIN)


def sent_by(side: Side, way: str, key: str | None = None) -> Sent:
    if way == "none":
        return None, None, key
    return (COOKIES[side.prefix], None, key) if way == "by_cookie" else (None, TOKENS[side.prefix], key)


WAYS = ["none", "option", "get_token", "by_cookie"]


@pytest.mark.parametrize("of_admin", WAYS)
@pytest.mark.parametrize("of_customer", WAYS)
@pytest.mark.parametrize("customer_first", [True, False])
def test_which_credentials_go_where(
    peer: Peer, client: Medusa, of_customer: str, of_admin: str, customer_first: bool
) -> None:
    client = client.with_options(api_key=KEY)
    logins = [(STORE, of_customer), (ADMIN, of_admin)]
    for side, way in logins if customer_first else reversed(logins):
        log_in(client, side, way)
    as_customer, as_user = sent_by(STORE, of_customer), sent_by(ADMIN, of_admin, KEY)
    for method in ("GET", "POST", "DELETE"):
        for path in STORE_PATHS:
            assert sent_to(peer, client, path, method) == as_customer, path
        for path in ADMIN_PATHS:
            assert sent_to(peer, client, path, method) == as_user, path
        for path in OPEN_PATHS:
            key = None if method == "POST" else KEY
            assert sent_to(peer, client, path, method) == (*as_user[:2], key), path


@pytest.mark.parametrize(("side", "other"), [(STORE, ADMIN), (ADMIN, STORE)], ids=["Store", "Admin"])
@pytest.mark.parametrize("way", WAYS[1:])
@pytest.mark.parametrize("of_other", WAYS[1:])
def test_what_happens_on_one_side_leaves_the_other_alone(
    peer: Peer, client: Medusa, side: Side, other: Side, way: str, of_other: str
) -> None:
    there = f"{other.prefix}/orders"

    def check(here: str) -> None:
        assert sent_to(peer, client, there) == sent_by(other, of_other)
        assert sent_to(peer, client, f"{side.prefix}/orders") == sent_by(side, here)

    log_in(client, other, of_other)
    log_in(client, side, way)
    check(way)
    side.auth(client).delete_session()
    check("none")
    for failing in ("by_cookie", "get_token"):
        log_in(client, side, way)
        with pytest.raises(MedusaAuthenticationError):
            side.log_in_by(failing, client, {**LOGIN, "password": WRONG})
        check("none")
    log_in(client, side, way)
    setattr(client, side.option, None)
    check("none")
    assert other.token(client) == (None if of_other == "by_cookie" else TOKENS[other.prefix])


def test_a_login_is_sent_without_credentials_of_either_side(peer: Peer, client: Medusa) -> None:
    for way in WAYS[1:]:
        for side, other in ((STORE, ADMIN), (ADMIN, STORE)):
            log_in(client, side, way)
            log_in(client, other, way)
            for again in ("by_cookie", "get_token"):
                side.log_in_by(again, client, LOGIN)
                assert not peer.requests[-1].headers.keys() & {"cookie", "authorization"}


def test_the_cookie_of_the_admin_is_in_no_session(client: Medusa) -> None:
    """A user may send requests with the session to any path, so the Admin's cookie must not be in the session."""
    client.admin.auth.create_session({"email": LOGIN["email"], "password": LOGIN["password"]})
    assert not client.session.cookies
    client.auth.authenticate(LOGIN)
    assert client.session.cookies.get_dict() == {"connect.sid": "customer"}


def test_copies_keep_both_tokens_and_no_cookie(peer: Peer, client: Medusa) -> None:
    def seen(twin: Medusa) -> tuple[Sent, Sent]:
        return sent_to(peer, twin, "/store/orders"), sent_to(peer, twin, "/admin/orders")

    both = sent_by(STORE, "get_token"), sent_by(ADMIN, "get_token")
    neither = sent_by(STORE, "none"), sent_by(ADMIN, "none")
    ways: list[Callable[[Medusa], Medusa]] = [
        lambda medusa: medusa.with_options(),
        copy.copy,
        copy.deepcopy,
        lambda medusa: pickle.loads(pickle.dumps(medusa)),
    ]
    for twin_of in ways:
        for side in (STORE, ADMIN):
            log_in(client, side, "get_token")
        assert seen(twin_of(client)) == both
        for side in (STORE, ADMIN):
            log_in(client, side, "by_cookie")
        assert seen(twin_of(client)) == neither
        assert seen(client) == (sent_by(STORE, "by_cookie"), sent_by(ADMIN, "by_cookie"))
    for side in (STORE, ADMIN):
        log_in(client, side, "get_token")
    assert seen(client.with_options(token=None)) == (neither[0], both[1])
    assert seen(client.with_options(admin_token=None)) == (both[0], neither[1])
    assert seen(client.with_options(token="ey.bob", admin_token=lambda: "ey.eve")) == (
        (None, "ey.bob", None),
        (None, "ey.eve", None),
    )
    log_in(twin := client.with_options(), ADMIN, "by_cookie")
    assert seen(twin) == (both[0], sent_by(ADMIN, "by_cookie"))
    assert seen(client) == both


def test_cookies_of_a_users_session_go_everywhere_until_a_login(peer: Peer) -> None:
    with requests.Session() as session:
        session.cookies.set("gateway", "1")
        with Medusa(peer.url, session=session) as medusa:
            assert sent_to(peer, medusa, "/store/orders") == ("gateway=1", None, None)
            assert sent_to(peer, medusa, "/admin/orders") == ("gateway=1", None, None)
            log_in(medusa, ADMIN, "by_cookie")
            assert sent_to(peer, medusa, "/store/orders") == ("gateway=1", None, None)
            assert sent_to(peer, medusa, "/admin/orders") == sent_by(ADMIN, "by_cookie")


@pytest.mark.parametrize("first", ["/admin/orders", "/store/orders", None])
def test_a_jar_that_a_user_puts_into_the_session_takes_no_login_of_the_admin(
    peer: Peer, client: Medusa, first: str | None
) -> None:
    client.session.cookies = requests.cookies.cookiejar_from_dict({"gateway": "2"})
    if first:
        client.request("GET", first)
    log_in(client, ADMIN, "by_cookie")
    assert sent_to(peer, client, "/store/orders") == ("gateway=2", None, None)
    assert sent_to(peer, client, "/admin/orders") == sent_by(ADMIN, "by_cookie")


@pytest.mark.usefixtures("eager_threads")
def test_threads_on_both_sides_never_mix_the_logins(peer: Peer, client: Medusa) -> None:
    turns = itertools.cycle(
        functools.partial(log_in, client, side, way) for way in ("by_cookie", "get_token") for side in (STORE, ADMIN)
    )
    paths = itertools.cycle(["/store/orders", "/admin/orders"])
    call_while(client, lambda: next(turns)(), 80, lambda: client.request("GET", next(paths)))
    for prefix, side in (("/store", STORE), ("/admin", ADMIN)):
        seen = {
            (
                request.headers.get("cookie"),
                (request.headers.get("authorization") or "").removeprefix("Bearer ") or None,
            )
            for request in peer.requests
            if request.path == f"{prefix}/orders"
        }
        assert seen <= {sent_by(side, way)[:2] for way in ("none", "get_token", "by_cookie")}
        assert len(seen) > 1


def test_neither_token_is_shown(client: Medusa) -> None:
    for side in (STORE, ADMIN):
        log_in(client, side, "get_token")
    shown: list[Any] = [client, client.admin, client.admin.auth, client.admin.custom, client._transport]
    shown += [client._transport.admin, client._transport.customer, client._transport.options]
    for side in (STORE, ADMIN):
        assert TOKENS[side.prefix] not in " ".join(map(repr, shown))


def test_an_error_says_how_to_log_in_to_the_admin() -> None:
    refuse = answered(http("Unauthorized", 401, Content_Type="text/plain"))
    hint = "call admin.auth.get_token, or pass api_key"
    with Peer(refuse) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaAuthenticationError, match=hint):
            medusa.admin.orders.retrieve("order_1")
        for login in (medusa.auth.get_token, medusa.admin.auth.get_token):
            with pytest.raises(MedusaAuthenticationError) as caught:
                login({"email": "ada@example.com", "password": "wrong-horse"})
            assert hint not in str(caught.value)
