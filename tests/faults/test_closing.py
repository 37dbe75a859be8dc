"""`close()` ends connections and waiting calls. A client keeps the connections to at most ten backends."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from medusa import Medusa, MedusaConnectionError, MedusaTimeoutError

from .peer import Peer, Request, http, ok, until

pytestmark = pytest.mark.usefixtures("no_waits")


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(40) as made:
        yield made


class Gate:
    """An answer that is sent when the gate is opened."""

    def __init__(self) -> None:
        self.is_open = threading.Event()

    def __call__(self, sock: socket.socket, request: Request) -> bool:
        self.is_open.wait(60)
        return ok(sock, request)


def retrieve(medusa: Medusa) -> str | None:
    return medusa.orders.retrieve("order_1").order.id


def waiting(executor: ThreadPoolExecutor, medusa: Medusa, peer: Peer, number: int) -> list[Future[str | None]]:
    """Start one call, which takes the only connection, and then this number of calls, which wait for it."""
    calls = [executor.submit(retrieve, medusa)]
    until(lambda: len(peer.requests) == 1)
    calls += [executor.submit(retrieve, medusa) for _ in range(number)]
    until(lambda: threads_that_wait() == number)
    return calls


def threads_that_wait() -> int:
    """Return how many threads wait for a place in a pool, according to their stacks."""
    codes = [frame.f_code for frame in sys._current_frames().values()]
    return sum(code.co_name == "take" and code.co_filename.endswith("pool.py") for code in codes)


@pytest.mark.parametrize("max_retries", [0, 3])
@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize("number", [1, 20])
def test_calls_that_wait_for_a_connection_end(
    executor: ThreadPoolExecutor, number: int, timeout: float | None, max_retries: int
) -> None:
    gate = Gate()
    with Peer(gate) as peer:
        medusa = Medusa(peer.url, pool_maxsize=1, timeout=timeout, max_retries=max_retries)
        busy, *others = waiting(executor, medusa, peer, number)
        begun = time.monotonic()
        medusa.close()
        for other in others:
            error = other.exception(timeout=30)
            assert type(error) is MedusaConnectionError
            message = f"GET /store/orders/{{id}} received no complete response from {peer.url}: ClientClosedError: "
            assert str(error) == message + "the client was closed while this call waited for a connection"
        assert time.monotonic() - begun < 30
        assert len(peer.requests) == 1
        gate.is_open.set()
        assert busy.result(30) == "order_1"  # This call already had its connection, which is closed after the call.
        assert peer.all_closed()


def test_every_close_ends_the_calls_that_wait(executor: ThreadPoolExecutor) -> None:
    gate = Gate()
    with Peer(gate) as peer:
        medusa = Medusa(peer.url, pool_maxsize=1, timeout=60)
        medusa.close()
        busy, other = waiting(executor, medusa, peer, 1)
        medusa.close()
        error = other.exception(timeout=30)
        assert isinstance(error, MedusaConnectionError)
        assert isinstance(error.__cause__, requests.ConnectionError)
        assert error.__cause__.request is not None
        assert error.__cause__.request.url == f"{peer.url}/store/orders/order_1"
        gate.is_open.set()
        assert busy.result(30) == "order_1"


def test_a_call_after_close_opens_a_new_connection() -> None:
    with Peer(ok) as peer:
        medusa = Medusa(peer.url, pool_maxsize=1)
        for number in range(1, 4):
            for _ in range(2):
                assert retrieve(medusa) == "order_1"
            assert peer.requests[-1].connection == number
            medusa.close()
            assert peer.all_closed()
        assert retrieve(medusa.with_options(max_retries=1)) == "order_1"
        medusa.close()
        assert peer.all_closed()


def test_closing_twice_and_at_the_same_time(executor: ThreadPoolExecutor) -> None:
    with Peer(ok) as peer:
        medusa = Medusa(peer.url, pool_maxsize=4)
        over = time.monotonic() + 1.5
        outcomes: set[str] = set()

        def call() -> None:
            while time.monotonic() < over:
                try:
                    outcomes.add(retrieve(medusa) or "")
                except MedusaConnectionError as error:
                    outcomes.add(str(error).rpartition(": ")[2])

        def close() -> None:
            while time.monotonic() < over:
                medusa.close()
                time.sleep(0.002)

        for done in [executor.submit(work) for work in [call] * 12 + [close] * 2]:
            done.result(60)
        assert outcomes <= {"order_1", "the client was closed while this call waited for a connection"}
        assert "order_1" in outcomes
        medusa.close()
        assert peer.all_closed()


def test_closing_a_copy_disturbs_nobody(executor: ThreadPoolExecutor) -> None:
    gate = Gate()
    with Peer(gate) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        calls = waiting(executor, medusa, peer, 3)
        medusa.with_options(token="t0ken").close()
        gate.is_open.set()
        assert [call.result(30) for call in calls] == ["order_1"] * 4


def test_a_response_that_is_streamed_outlives_the_client() -> None:
    with Peer(ok) as peer:
        medusa = Medusa(peer.url, pool_maxsize=1)
        response = medusa.session.get(f"{peer.url}/store/orders/order_1", stream=True)
        medusa.close()
        assert response.json() == {"order": {"id": "order_1"}}
        assert peer.all_closed()


def test_a_response_that_is_streamed_has_its_place_until_it_is_read_or_forgotten() -> None:
    with Peer(ok) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        hasty = medusa.with_options(timeout=(5, 0.2))
        for end in ("read", "closed", "forgotten"):
            response = medusa.session.get(f"{peer.url}/store/orders/order_1", stream=True)
            with pytest.raises(MedusaTimeoutError, match="no connection became free in time"):
                retrieve(hasty)
            if end == "read":
                assert response.json() == {"order": {"id": "order_1"}}
            elif end == "closed":
                response.close()
            del response
            assert retrieve(medusa) == "order_1"
        assert peer.most_open == 1


# Many backends.


def shops(stack: contextlib.ExitStack, medusa: Medusa, number: int) -> tuple[list[Peer], list[Medusa]]:
    peers = [stack.enter_context(Peer(ok)) for _ in range(number)]
    return peers, [medusa.with_options(base_url=peer.url) for peer in peers]


def test_close_closes_the_connections_to_all_backends() -> None:
    with contextlib.ExitStack() as stack:
        medusa = Medusa(pool_maxsize=2)
        peers, clients = shops(stack, medusa, 25)
        for client in clients * 2:
            assert retrieve(client) == "order_1"
        medusa.close()
        assert all(peer.all_closed() for peer in peers)


def test_no_more_than_ten_backends_have_connections() -> None:
    with contextlib.ExitStack() as stack:
        medusa = stack.enter_context(Medusa(pool_maxsize=2))
        peers, clients = shops(stack, medusa, 25)
        # The list keeps the responses alive, so that no connection is closed by garbage collection.
        results = [client.orders.retrieve("order_1") for client in clients]
        until(lambda: sum(peer.open for peer in peers) <= 10)
        assert [result.order.id for result in results] == ["order_1"] * 25


def test_ten_backends_keep_their_connections() -> None:
    with contextlib.ExitStack() as stack:
        medusa = stack.enter_context(Medusa(pool_maxsize=2))
        peers, clients = shops(stack, medusa, 10)
        for client in clients * 3:
            assert retrieve(client) == "order_1"
        assert [peer.connections for peer in peers] == [1] * 10


def test_calls_to_a_backend_whose_connections_make_room_for_others(executor: ThreadPoolExecutor) -> None:
    """The call that has the connection succeeds on it, and the waiting call gets a new connection."""
    gate = Gate()
    with contextlib.ExitStack() as stack:
        slow = stack.enter_context(Peer(gate))
        medusa = stack.enter_context(Medusa(slow.url, pool_maxsize=1, timeout=60))
        calls = waiting(executor, medusa, slow, 1)
        _, clients = shops(stack, medusa, 11)
        for client in clients:
            assert retrieve(client) == "order_1"
        until(lambda: len(slow.requests) == 2)
        gate.is_open.set()
        assert [call.result(30) for call in calls] == ["order_1"] * 2
        medusa.close()
        assert slow.all_closed()


def test_no_more_than_ten_backends_behind_a_proxy_have_connections() -> None:
    def proxy(sock: socket.socket, request: Request) -> bool:
        sock.sendall(http(f'{{"order": {{"id": "{request.path}"}}}}', Content_Type="application/json"))
        return True

    with Peer(proxy) as peer:
        medusa = Medusa(pool_maxsize=1)
        medusa.session.trust_env, medusa.session.proxies = False, {"http": peer.url}
        for n in range(25):
            url = f"http://shop-{n}.invalid"
            assert retrieve(medusa.with_options(base_url=url)) == f"{url}/store/orders/order_1"
        until(lambda: peer.open <= 10)
        medusa.close()
        assert peer.all_closed()
