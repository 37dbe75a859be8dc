"""Wherever an exception interrupts a call, the pool loses no place, and no call gets another call's response."""

from __future__ import annotations

import gzip
import importlib.util
import json
import linecache
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from medusa import Medusa, MedusaError

from .peer import Answer, Peer, Request, http

pytestmark = [
    # A second exception may strike while the first is handled. Then the garbage collector closes the socket, and warns.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class TimeIsUp(Exception):
    """An exception like Celery's soft time limit."""


class Killed(BaseException):
    """An exception like a greenlet's timeout."""


def order(request: Request) -> bytes:
    return json.dumps({"order": {"id": request.path.rpartition("/")[2]}}).encode()


def asked(sock: socket.socket, request: Request) -> bool:
    sock.sendall(http(order(request), Content_Type="application/json"))
    return True


def chunked(sock: socket.socket, request: Request) -> bool:
    packed = gzip.compress(order(request))
    head = "Content-Type: application/json\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    sock.sendall(f"HTTP/1.1 200 OK\r\n{head}{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n")
    return True


def closing(sock: socket.socket, request: Request) -> bool:
    sock.sendall(http(order(request), Content_Type="application/json", Connection="close"))
    return False


def check_places(medusa: Medusa, peer: Peer, number: int) -> None:
    """Check that this number of calls can be under way at the same time, and that each gets its own response."""
    together = threading.Barrier(number)

    def all_at_once(sock: socket.socket, request: Request) -> bool:
        if "together" in request.path:  # The request of an interrupted call may arrive late, and must not wait.
            together.wait(30)
        return asked(sock, request)

    def call(id: str) -> None:
        got[id] = medusa.with_options(timeout=60, deadline=None).orders.retrieve(id).order.id

    answers, peer.answers = peer.answers, [all_at_once]
    got: dict[str, object] = {}
    threads = [threading.Thread(target=call, args=(f"together_{n}",)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    peer.answers = answers
    assert got == {id: id for id in (f"together_{n}" for n in range(number))}


class Interrupter:
    """Raises an exception at the n-th line that this thread executes in certain modules."""

    FILES = (
        "medusa/http/call.py", "medusa/http/internals.py", "medusa/http/pool.py", "medusa/http/retry.py",
        "medusa/http/sockets.py", "medusa/http/unpacking.py",
        "urllib3/connection.py", "urllib3/connectionpool.py", "urllib3/poolmanager.py", "urllib3/response.py",
        "urllib3/util/connection.py", "urllib3/util/wait.py", "requests/adapters.py", "http/client.py", "queue.py",
    )  # fmt: skip

    def __init__(self, line: int, error: type[BaseException]) -> None:
        self.lines_left, self.error = line, error

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(self.FILES):
            return None
        if event == "line":
            text = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
            # Tracing has another event for the `with` line when its block ends, before the lock is released. Python
            # interrupts nothing there, so lines with a `with` are not counted.
            self.lines_left -= "with " not in text
            if self.lines_left == 0:
                raise self.error
        return self

    def during(self, call: Callable[[], object]) -> bool:
        """Make the call. Return whether it executed enough lines to be interrupted."""
        before = sys.gettrace()
        sys.settrace(self)
        try:
            with suppress(self.error, MedusaError):
                call()
        finally:
            sys.settrace(before)
        return self.lines_left <= 0


@pytest.mark.parametrize(
    ("error", "deadline", "begin"), [(TimeIsUp, None, 1), (Killed, 60, 2), (Killed, None, 3), (TimeIsUp, 60, 1)]
)
@pytest.mark.parametrize("answer", [asked, chunked, closing], ids=lambda answer: answer.__name__)
def test_an_exception_at_any_line(
    answer: Answer, error: type[BaseException], deadline: float | None, begin: int
) -> None:
    """Calls are interrupted at every third line. The cases of each kind of response together cover all lines."""
    # An exception that strikes at the end of an `except` block may remain the current exception of its thread. In the
    # main thread, it would become the context of the exceptions of other tests.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(interrupt_at_each_line, answer, error, deadline, begin).result()


def interrupt_at_each_line(answer: Answer, error: type[BaseException], deadline: float | None, begin: int) -> None:
    with Peer(answer) as peer, Medusa(peer.url, pool_maxsize=2, deadline=deadline, timeout=20) as medusa:
        line, more = begin, True
        while more:
            if line % 4:  # Without this call, there may be no connection, so that connecting is interrupted.
                assert medusa.orders.retrieve(f"own_{line}").order.id == f"own_{line}"
            more = Interrupter(line, error).during(lambda: medusa.orders.retrieve("interrupted"))
            line += 3
        assert line > 150
        check_places(medusa, peer, 2)
        medusa.close()
        assert peer.all_closed()


THREADS = """if True:
    import ctypes, itertools, random, sys, threading, time
    from concurrent.futures import ThreadPoolExecutor
    from contextlib import suppress
    from medusa import Medusa, MedusaError

    class Killed(BaseException if sys.argv[2] == "BaseException" else Exception):
        pass

    medusa = Medusa(sys.argv[1], pool_maxsize=3, timeout=(2, 2))
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    threading.excepthook = lambda _: None  # An exception may strike while a thread handles the last one, and end it.
    chance, numbers, answered, over = random.Random(1), itertools.count(), [], []

    def call():
        while not over:
            with suppress(Killed), suppress(Killed, MedusaError):
                while not over:
                    id = f"order_{next(numbers)}"
                    found = medusa.orders.retrieve(id).order.id
                    if found != id:
                        print(id, "got", found)
                    answered.append(id)

    def started():
        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        return thread

    medusa.orders.retrieve("warm")
    threads = [started() for _ in range(8)]
    begun = time.monotonic()
    # This takes three seconds. On a slow machine it takes longer, until enough calls were answered.
    while (seconds := time.monotonic() - begun) < 3 or len(answered) <= 500 and seconds < 120:
        place = chance.randrange(8)
        if not threads[place].is_alive():  # An exception struck where the thread does not suppress it.
            threads[place] = started()
        raise_in(ctypes.c_ulong(threads[place].ident), ctypes.py_object(Killed))
        time.sleep(chance.random() / 500)
    over.append(True)
    for thread in threads:
        thread.join(60)
    print([thread for thread in threads if thread.is_alive()])
    with ThreadPoolExecutor(3) as executor:
        for result in executor.map(medusa.with_options(timeout=60).orders.retrieve, ["together"] * 3):
            print(result.order.id)
"""


def printed(script: str, *arguments: str) -> list[str]:
    """Run a script in a new process. Return the words that it prints."""
    command = [sys.executable, "-W", "ignore", "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("base", ["Exception", "BaseException"])
def test_a_storm_of_exceptions_from_other_threads(base: str) -> None:
    barrier = threading.Barrier(3)

    def often(sock: socket.socket, request: Request) -> bool:
        if request.path.endswith("together"):
            barrier.wait(30)
        return random.choice([asked, chunked, closing])(sock, request)

    with Peer(often) as peer:
        assert printed(THREADS, peer.url, base) == ["[]", *["together"] * 3]
        assert len(peer.requests) > 500
        assert peer.all_closed()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs signal.setitimer")
def test_a_storm_of_signals() -> None:
    def ring(*_: object) -> None:
        raise TimeIsUp

    interrupted, chance, begun = 0, random.Random(2), time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    try:
        with Peer(asked) as peer, Medusa(peer.url, pool_maxsize=2, timeout=(2, 2)) as medusa:
            # This call imports modules. An import that is interrupted would keep Python's import lock.
            medusa.orders.retrieve("warm")
            # This takes three seconds. On a slow machine it takes longer, until enough calls were interrupted.
            while (seconds := time.monotonic() - begun) < 3 or (interrupted <= 50 and seconds < 120):
                try:
                    signal.setitimer(signal.ITIMER_REAL, chance.random() / 500 + 1e-5)
                    for number in range(50):
                        assert medusa.orders.retrieve(f"own_{number}").order.id == f"own_{number}"
                except TimeIsUp:
                    interrupted += 1
            signal.setitimer(signal.ITIMER_REAL, 0)
            assert interrupted > 50
            check_places(medusa, peer, 2)
            medusa.close()
            assert peer.all_closed()
    finally:
        signal.signal(signal.SIGALRM, before)


GREENLETS = """if True:
    from gevent import monkey
    monkey.patch_all()
    import gevent, random, sys
    from medusa import Medusa, MedusaError

    medusa = Medusa(sys.argv[1], pool_maxsize=2, timeout=(2, 2))
    medusa.orders.retrieve("warm")
    chance = random.Random(3)

    def call(number):
        with gevent.Timeout(chance.random() / 50, False):
            assert medusa.orders.retrieve(f"own_{number}").order.id == f"own_{number}"

    for group in range(40):
        gevent.joinall([gevent.spawn(call, number) for number in range(10)], raise_error=True)
    with gevent.Timeout(60):
        retrieve = medusa.with_options(timeout=60).orders.retrieve
        for job in gevent.joinall([gevent.spawn(retrieve, "together") for _ in range(2)]):
            print(job.value.order.id)
"""

if importlib.util.find_spec("gevent"):  # The tests of the installed package run without gevent.

    def test_the_timeout_of_a_greenlet() -> None:
        together = threading.Barrier(2)

        def slow(sock: socket.socket, request: Request) -> bool:
            if request.path.endswith("together"):
                together.wait(30)
            time.sleep(0.01)
            return asked(sock, request)

        with Peer(slow) as peer:
            assert printed(GREENLETS, peer.url) == ["together", "together"]
