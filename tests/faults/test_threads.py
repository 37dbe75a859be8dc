"""Many threads share a client: each call gets its own response, and no call is sent with another's credentials."""

from __future__ import annotations

import functools
import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from medusa import Medusa, MedusaError

from .peer import Peer, Request, cut, http, ok, reset

pytestmark = pytest.mark.usefixtures("no_waits")

FAULTS = [cut(), reset(), cut(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), cut(b"garbage\r\n")]


def order_of(sock: socket.socket, request: Request) -> bool:
    """Respond with the order whose ID is in the path, or sometimes with a fault."""
    if random.random() < 0.1:
        return bool(random.choice(FAULTS)(sock, request))
    if random.random() < 0.05:
        sock.sendall(http("", 503, Retry_After="0"))
        return True
    id = request.path.rpartition("/")[2]
    sock.sendall(http(json.dumps({"order": {"id": id}}), Content_Type="application/json"))
    return True


def in_threads(number: int, calls: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(number) as pool:
        for future in [pool.submit(call) for call in calls]:
            future.result()


@pytest.mark.parametrize("pool_maxsize", [32, 5])
def test_every_answer_belongs_to_its_question(pool_maxsize: int) -> None:
    outcomes: Counter[str] = Counter()
    with Peer(order_of) as peer, Medusa(peer.url, max_retries=2, pool_maxsize=pool_maxsize, timeout=60) as medusa:

        def call(number: int) -> None:
            try:
                order = medusa.orders.retrieve(f"order_{number}").order
            except MedusaError as error:
                outcomes[type(error).__name__] += 1
            else:
                assert order.id == f"order_{number}"
                outcomes["order"] += 1

        in_threads(32, [functools.partial(call, number) for number in range(4000)])
        assert outcomes.total() == 4000
        assert outcomes["order"] > 3900
        assert len(peer.requests) > 4000
        medusa.close()
        assert peer.all_closed()


def test_no_more_connections_than_allowed() -> None:
    def slow(sock: socket.socket, request: Request) -> bool:
        time.sleep(0.005)
        return ok(sock, request)

    for pool_maxsize in (1, 5, 32):
        with Peer(slow) as peer, Medusa(peer.url, pool_maxsize=pool_maxsize, timeout=60) as medusa:
            copies = [medusa, medusa.with_options(token="t0ken"), medusa.with_options(max_retries=2)]

            def call(client: Medusa) -> None:
                client.orders.retrieve("order_1")

            in_threads(32, [functools.partial(call, client) for client in copies * 100])
            assert len(peer.requests) == 300
            assert peer.connections <= pool_maxsize


def who(sock: socket.socket, request: Request) -> bool:
    """Respond with the credentials of the request. As Medusa does, set a session cookie if the request has none."""
    seen = {name: request.headers.get(name) for name in ("authorization", "cookie")}
    cookie = ""
    if request.head.startswith("POST /store/auth "):
        cookie = f"connect.sid={json.loads(request.body)['email']}; Path=/; HttpOnly"
    elif not seen["cookie"]:
        cookie = "connect.sid=stray; Path=/; HttpOnly"
    body = json.dumps({"customer": {"id": "cus_1", "metadata": seen}})
    if cookie:
        sock.sendall(http(body, Content_Type="application/json", Set_Cookie=cookie))
    else:
        sock.sendall(http(body, Content_Type="application/json"))
    return True


def test_no_customer_gets_anothers_credentials() -> None:
    with Peer(who) as peer, Medusa(peer.url, timeout=60) as medusa:
        by_token = [medusa.with_options(token=f"token-{number}") for number in range(100)]
        by_cookie = [medusa.with_options() for _ in range(100)]
        for number, client in enumerate(by_cookie):
            client.auth.authenticate({"email": f"customer-{number}", "password": "secret"})

        def token_call(number: int) -> None:
            seen = by_token[number].auth.get_session().customer.metadata
            assert seen == {"authorization": f"Bearer token-{number}", "cookie": None}

        def cookie_call(number: int) -> None:
            seen = by_cookie[number].auth.get_session().customer.metadata
            assert seen == {"authorization": None, "cookie": f"connect.sid=customer-{number}"}

        def nobodys_call() -> None:
            assert medusa.auth.get_session().customer.metadata == {"authorization": None, "cookie": None}

        calls: list[Callable[[], None]] = []
        for number in range(100):
            calls += 10 * [functools.partial(token_call, number)]
            calls += 10 * [functools.partial(cookie_call, number)]
            calls += 10 * [nobodys_call]
        random.shuffle(calls)
        in_threads(32, calls)
        assert peer.most_open <= 32
        assert peer.connections <= 32


def test_logging_in_while_others_call() -> None:
    """A login replaces all credentials at once, so that no call is sent with only some of them."""
    with Peer(who) as peer, Medusa(peer.url, timeout=60) as medusa:
        over = threading.Event()

        def log_in() -> None:
            for number in range(200):
                medusa.auth.authenticate({"email": f"customer-{number}", "password": "secret"})
            over.set()

        def call() -> None:
            while not over.is_set():
                seen = medusa.auth.get_session().customer.metadata
                assert seen is not None
                assert seen["authorization"] is None
                assert (seen["cookie"] or "connect.sid=customer-").startswith("connect.sid=customer-")

        in_threads(9, [log_in, *[call] * 8])
