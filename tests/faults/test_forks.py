"""A client that was created before a fork works in the parent and in the children: no shared socket, no deadlock."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
import trustme

from medusa import Medusa, RetryAdapter

from .peer import Answer, Peer, Request, http, ok
from .test_threads import order_of, who

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


def in_child(work: Callable[[], None]) -> int:
    """Fork a child, which does this work and then runs its finalizers, as a worker does. Return its process ID."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.alarm(120)
        work()
        status = 0
    except BaseException as error:
        print(repr(error), file=sys.__stderr__)
    finally:
        import weakref

        # This runs the finalizers as at exit, but not what pytest registered with atexit.
        weakref.finalize._exitfunc()  # type: ignore[attr-defined]
        os._exit(status)


WHILE_A_SHAPE_IS_COMPILED = """if True:
    import os, signal, sys, threading
    from medusa import Order
    from medusa.codec import compiled

    begun, goes_on = threading.Event(), threading.Event()

    def slowly(*source):
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            goes_on.wait(60)
        return compile(*source)

    compiled.compile = slowly
    decode = lambda text: [Order.from_json(text) for _ in range(3)]
    thread = threading.Thread(target=decode, args=('{"id": "order_1"}',))
    thread.start()
    assert begun.wait(60)
    pid = os.fork()
    if pid == 0:
        signal.alarm(30)
        decode('{"id": "order_1", "total": 1}')
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    goes_on.set()
    thread.join()
    sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_child_forked_while_another_thread_compiles() -> None:
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", WHILE_A_SHAPE_IS_COMPILED]).returncode == 0


def wait_for(pids: list[int]) -> None:
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * len(pids)


def test_children_use_no_socket_of_the_parent() -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa:
        medusa.orders.retrieve("order_1")
        copy = medusa.with_options(token="t0ken")

        def work() -> None:
            for client in (medusa, copy, medusa):
                client.orders.retrieve("order_1")

        wait_for([in_child(work) for _ in range(3)])
        medusa.orders.retrieve("order_1")
        used = [request.connection for request in peer.requests]
        assert sorted(set(used)) == [1, 2, 3, 4]  # Each process has one connection, which the copy shares.
        assert used[0] == used[-1] == 1
        assert used.count(1) == 2


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_forks_with_requests_in_flight() -> None:
    with Peer(order_of) as peer, Medusa(peer.url, max_retries=10, pool_maxsize=8, timeout=60) as medusa:
        over = threading.Event()
        wrong: list[object] = []

        def call(client: Medusa, times: int | None = None) -> None:
            number = 0
            while not over.is_set() and number != times:
                number += 1
                id = f"order_{os.getpid()}_{threading.get_ident()}_{number}"
                try:
                    if client.orders.retrieve(id).order.id != id:
                        wrong.append(id)
                except Exception as error:
                    wrong.append(error)

        def work() -> None:
            threads = [threading.Thread(target=call, args=(medusa, 10)) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert wrong == []

        threads = [threading.Thread(target=call, args=(medusa,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        pids: list[int] = []
        for _ in range(40):
            time.sleep(0.005)
            pids.append(in_child(work))
        wait_for(pids)
        over.set()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        assert wrong == []


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_keeps_its_login() -> None:
    with Peer(who) as peer, Medusa(peer.url) as medusa:
        medusa.auth.authenticate({"email": "ada", "password": "secret"})

        def work() -> None:
            seen = medusa.auth.get_session().customer.metadata
            assert seen == {"authorization": None, "cookie": "connect.sid=ada"}

        wait_for([in_child(work)])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_lock_that_another_thread_held() -> None:
    """A child does not wait for locks that another thread of the parent held, because no thread would release them.

    The locks are those of the cookies, of the pools, and of a pool's connections.
    """
    with Peer(who) as peer, Medusa(peer.url) as medusa:
        medusa.auth.authenticate({"email": "ada", "password": "secret"})
        pools: Any = cast("RetryAdapter", medusa.session.get_adapter(peer.url)).poolmanager
        cookies: Any = medusa.session.cookies
        locks = [cookies._cookies_lock, pools.pools.lock, pools.connection_from_url(peer.url).pool._lock]
        held, over = threading.Event(), threading.Event()

        def hold() -> None:
            with contextlib.ExitStack() as stack:
                for lock in locks:
                    stack.enter_context(lock)
                held.set()
                over.wait()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait()
        pid = in_child(lambda: cast(None, medusa.auth.get_session()))
        wait_for([pid])
        over.set()
        holder.join()


def named(name: str) -> Answer:
    """Respond with an order whose ID contains the name of the backend and the ID in the path."""

    def answer(sock: socket.socket, request: Request) -> bool:
        body = json.dumps({"order": {"id": f"{name} {request.path.rpartition('/')[2]}"}})
        sock.sendall(http(body, Content_Type="application/json"))
        return True

    return answer


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_children_of_a_client_with_many_backends() -> None:
    """No two processes share a socket, even if the client has more backends than the ten pools that urllib3 keeps."""
    with contextlib.ExitStack() as stack:
        peers = [stack.enter_context(Peer(named(f"shop_{n}"))) for n in range(13)]
        medusa = stack.enter_context(Medusa("http://127.0.0.1:1", pool_maxsize=1))
        shops = [medusa.with_options(base_url=peer.url) for peer in peers]

        def work() -> None:
            for _ in range(3):
                for n, shop in enumerate(shops):
                    id = f"order_{os.getpid()}_{n}"
                    assert shop.orders.retrieve(id).order.id == f"shop_{n} {id}"

        work()
        pids = [in_child(work) for _ in range(3)]
        work()
        wait_for(pids)
        work()
        for peer in peers:
            whose: dict[int, set[str]] = {}
            for request in peer.requests:
                whose.setdefault(request.connection, set()).add(request.path.split("_")[1])
            assert {len(processes) for processes in whose.values()} == {1}
        medusa.close()
        assert all(peer.all_closed() for peer in peers)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_children_and_proxies() -> None:
    with contextlib.ExitStack() as stack:
        proxies = [stack.enter_context(Peer(named(f"proxy_{n}"))) for n in range(2)]
        medusa = stack.enter_context(Medusa("http://medusa.invalid", pool_maxsize=1))
        medusa.session.trust_env = False

        def work() -> None:
            for n, proxy in enumerate(proxies):
                medusa.session.proxies = {"http": proxy.url}
                for tenant in range(12):
                    shop = medusa.with_options(base_url=f"http://shop-{tenant}.invalid")
                    id = f"order_{os.getpid()}_{n}"
                    assert shop.orders.retrieve(id).order.id == f"proxy_{n} {id}"

        work()
        wait_for([in_child(work) for _ in range(2)])
        work()
        for proxy in proxies:
            whose: dict[int, set[str]] = {}
            for request in proxy.requests:
                whose.setdefault(request.connection, set()).add(request.path.split("_")[1])
            assert {len(processes) for processes in whose.values()} == {1}
        medusa.close()
        assert all(proxy.all_closed() for proxy in proxies)


@pytest.mark.parametrize("ends", ["exits", "closes", "forgets"])
def test_a_child_leaves_the_tls_connection_of_its_parent(
    ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a child does with the client, it does not end the parent's TLS connection."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Peer(ok, context=context) as peer:
        clients = [Medusa(peer.url)]
        clients[0].orders.retrieve("order_1")

        def work() -> None:
            if ends == "closes":
                clients[0].close()
            elif ends == "forgets":
                clients.clear()
                gc.collect()

        wait_for([in_child(work) for _ in range(3)])
        clients[0].orders.retrieve("order_1")
        assert [request.connection for request in peer.requests] == [1, 1]
        clients[0].close()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_grandchild_has_connections_of_its_own() -> None:
    with Peer(ok) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        medusa.orders.retrieve("order_1")

        def child() -> None:
            wait_for([in_child(grandchild)])
            medusa.orders.retrieve("order_1")
            wait_for([in_child(grandchild)])
            medusa.orders.retrieve("order_1")

        def grandchild() -> None:
            medusa.orders.retrieve("order_1")
            medusa.close()

        wait_for([in_child(child)])
        medusa.orders.retrieve("order_1")
        assert [request.connection for request in peer.requests] == [1, 2, 3, 4, 3, 1]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_threads_of_a_child_share_one_pool() -> None:
    """The threads of a child share one pool, even if several notice at the same time that the process is new."""

    def slow(sock: socket.socket, request: Request) -> bool:
        time.sleep(0.05)
        return ok(sock, request)

    with Peer(slow) as peer, Medusa(peer.url, pool_maxsize=2) as medusa:
        medusa.orders.retrieve("order_1")

        def work() -> None:
            together = threading.Barrier(8)

            def call() -> None:
                together.wait()
                medusa.with_options(max_retries=1).orders.retrieve("order_1")

            with ThreadPoolExecutor(8) as executor:
                for done in [executor.submit(call) for _ in range(8)]:
                    done.result()

        wait_for([in_child(work)])
        assert len(peer.requests) == 9
        assert peer.connections <= 3
