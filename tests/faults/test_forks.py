"""A client made before a fork is used by parent and children: no shared socket, no deadlock."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from medusa import Medusa, RetryAdapter

from .peer import Peer, ok
from .test_threads import order_of, who

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


def in_child(work: Callable[[], None]) -> int:
    """Start a child that does this, and leaves as a worker does: through its finalizers."""
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

        weakref.finalize._exitfunc()  # type: ignore[attr-defined]  # what runs at exit, without pytest's own
        os._exit(status)


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
        assert sorted(set(used)) == [1, 2, 3, 4]  # one for each process, the copy on that of its original
        assert used[0] == used[-1] == 1
        assert used.count(1) == 2


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_forks_with_requests_in_flight() -> None:
    with Peer(order_of) as peer, Medusa(peer.url, max_retries=5, pool_maxsize=8) as medusa:
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
            thread.join(20)
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
    """Of the cookies, of the pools, and of a pool's connections: in the child nobody would ever release it."""
    with Peer(who) as peer, Medusa(peer.url) as medusa:
        medusa.auth.authenticate({"email": "ada", "password": "secret"})
        pools: Any = cast("RetryAdapter", medusa.session.get_adapter(peer.url)).poolmanager
        cookies: Any = medusa.session.cookies
        locks = [cookies._cookies_lock, pools.pools.lock, pools.connection_from_url(peer.url).pool.mutex]
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
