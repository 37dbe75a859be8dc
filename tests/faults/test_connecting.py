"""The deadline also bounds connecting: to several addresses, through a proxy, and with TLS."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import trustme

from medusa import Medusa, MedusaConnectionError, MedusaTimeoutError

from .peer import Peer, ok

pytestmark = pytest.mark.usefixtures("no_waits")

AUTHORITY = trustme.CA()
Handler = Callable[[socket.socket], object]


@pytest.fixture
def authority(tmp_path: Path) -> str:
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


def context() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(made)
    return made


class Listener:
    """A server that calls a function with each connection."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self.at = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._sockets.append(self._listener.accept()[0])
                threading.Thread(target=self._serve, args=self._sockets[-1:], daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError), sock:
            self._handler(sock)

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        for sock in (self._listener, *self._sockets):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def play(*steps: bytes | None, drips: bytes = b"x" * 300, every: float = 0.1) -> Handler:
    """Take the steps in turn: receive for None, or send bytes. Then send the drips, byte by byte, with pauses."""

    def handle(sock: socket.socket) -> None:
        for step in steps:
            if step is None:
                sock.recv(10_000)
            else:
                sock.sendall(step)
        for byte in drips:
            time.sleep(every)
            sock.sendall(bytes([byte]))

    return handle


def silent(sock: socket.socket) -> None:
    while sock.recv(1000):
        pass


def relay(first: socket.socket, second: socket.socket) -> None:
    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                sink.sendall(received)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    back = threading.Thread(target=pump, args=(second, first), daemon=True)
    back.start()
    pump(first, second)
    back.join()


def tunnel(sock: socket.socket) -> None:
    """Act as an HTTP proxy for CONNECT."""
    host, _, port = sock.recv(1000).split()[1].decode().partition(":")
    with socket.create_connection((host, int(port))) as target:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        relay(sock, target)


def tls(handler: Handler) -> Handler:
    made = context()

    def handle(sock: socket.socket) -> None:
        with made.wrap_socket(sock, server_side=True) as wrapped:
            if handler is tunnel:  # Two threads cannot reliably read and write an SSLSocket at the same time.
                relayed(wrapped)
            else:
                handler(wrapped)

    return handle


def relayed(wrapped: ssl.SSLSocket) -> None:
    host, _, port = wrapped.recv(1000).split()[1].decode().partition(":")
    with socket.create_connection((host, int(port))) as target:
        wrapped.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        wrapped.settimeout(0.01)
        target.settimeout(0.01)
        while True:
            for source, sink in ((wrapped, target), (target, wrapped)):
                with suppress(TimeoutError):
                    received = source.recv(65536)
                    if not received:
                        return
                    sink.settimeout(5)
                    sink.sendall(received)
                sink.settimeout(0.01)


RECORD = b"\x16\x03\x03\x20\x00\x02"
"""The beginning of a TLS record that is 8 kB long."""
METHOD, PASSWORD, OPEN = b"\x05\x00", b"\x05\x02", b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00"
NAME = b"\x05\x00\x00\x03\xff"
YES = b"HTTP/1.1 200 OK\r\n\r\n"

DRIPS: dict[str, tuple[str, str, Handler]] = {
    "SOCKS 5, the method": ("http", "socks5", play(None, drips=METHOD, every=0.45)),
    "SOCKS 5, the password": ("http", "socks5://ada:secret@", play(None, PASSWORD, None, drips=METHOD, every=0.45)),
    "SOCKS 5, the address": ("http", "socks5", play(None, METHOD, None, NAME)),
    "SOCKS 5, the name": ("http", "socks5h", play(None, METHOD, None, NAME)),
    "SOCKS 5, silence": ("http", "socks5", silent),
    "SOCKS 4": ("http", "socks4", play(None, drips=b"\x00\x5a" + bytes(6))),
    "SOCKS 4a": ("https", "socks4a", play(None, drips=b"\x00\x5a" + bytes(6))),
    "SOCKS 5, TLS": ("https", "socks5", play(None, METHOD, None, OPEN, None, RECORD)),
    "CONNECT, the status": ("https", "http", play(None, b"HTTP/1.1 2")),
    "CONNECT, a header": ("https", "http", play(None, b"HTTP/1.1 200 OK\r\nX: ")),
    "CONNECT, silence": ("https", "http", silent),
    "CONNECT, TLS": ("https", "http", play(None, YES, None, RECORD)),
    "TLS of a proxy": ("https", "https", play(None, RECORD)),
    "TLS of a proxy, silence": ("https", "https", silent),
    "TLS of a proxy, CONNECT": ("https", "https", tls(play(None, b"HTTP/1.1 200 OK\r\nX: "))),
    "TLS of a proxy, TLS": ("https", "https", tls(play(None, YES, None, RECORD))),
    "TLS": ("https", "", play(None, RECORD)),
    "TLS, silence": ("https", "", silent),
}


def client(scheme: str, proxy: str, at: str, authority: str, **options: Any) -> Medusa:
    """Return a client whose backend is this server, or whose proxy is this server."""
    medusa = Medusa(f"{scheme}://{'127.0.0.1:1' if proxy else at}", **options)
    medusa.session.trust_env, medusa.session.verify = False, authority
    if proxy:
        medusa.session.proxies = {scheme: f"{proxy if '@' in proxy else proxy + '://'}{at}"}
    return medusa


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


@pytest.mark.parametrize("max_retries", [0, 2])
@pytest.mark.parametrize("name", DRIPS)
def test_a_deadline_ends_a_connection_that_is_made_in_drips(name: str, max_retries: int, authority: str) -> None:
    scheme, proxy, handler = DRIPS[name]
    with Listener(handler) as server:
        with client(scheme, proxy, server.at, authority, deadline=0.6, timeout=60, max_retries=max_retries) as medusa:
            with within(15), pytest.raises(MedusaTimeoutError):
                medusa.orders.retrieve("order_1")


@pytest.mark.parametrize("name", [name for name in DRIPS if "silence" in name or name == "TLS"])
def test_the_timeout_bounds_each_step_of_connecting(name: str, authority: str) -> None:
    scheme, proxy, handler = DRIPS[name]
    with Listener(handler) as server, client(scheme, proxy, server.at, authority, timeout=(0.4, 60)) as medusa:
        with within(15), pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")


@contextmanager
def socks_5() -> Iterator[Listener]:
    def handle(sock: socket.socket) -> None:
        sock.recv(100)
        sock.sendall(b"\x05\x00")
        port = int.from_bytes(sock.recv(100)[-2:], "big")
        with socket.create_connection(("127.0.0.1", port)) as target:
            sock.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
            relay(sock, target)

    with Listener(handle) as listener:
        yield listener


# requests does not verify the certificate of an HTTPS proxy if the backend's URL begins with http://.
@pytest.mark.filterwarnings("ignore:Unverified HTTPS:urllib3.exceptions.InsecureRequestWarning")
@pytest.mark.parametrize("deadline", [None, 60])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("proxy", ["", "http", "https", "socks5"])
def test_every_way_works_with_a_deadline(proxy: str, scheme: str, deadline: float | None, authority: str) -> None:
    with ExitStack() as stack:
        peer = stack.enter_context(Peer(ok, context=context() if scheme == "https" else None))
        if proxy == "socks5":
            server = stack.enter_context(socks_5())
        elif scheme == "http":  # The client sends the whole URL to the proxy, which here responds to it like a backend.
            server = stack.enter_context(Peer(ok, context=context() if proxy == "https" else None))  # type: ignore[assignment]
            server.at = server.url.partition("//")[2]  # type: ignore[attr-defined]
        else:
            server = stack.enter_context(Listener(tls(tunnel) if proxy == "https" else tunnel))
        medusa = stack.enter_context(Medusa(peer.url, deadline=deadline, pool_maxsize=1))
        medusa.session.trust_env, medusa.session.verify = False, authority
        if proxy:
            medusa.session.proxies = {scheme: f"{proxy}://{server.at}"}
        for _ in range(3):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
            assert medusa.request("POST", "/store/custom", json={"text": "x" * 100_000}) == "OK"
        medusa.close()
        assert peer.all_closed()


class BlackHole:
    """An address of this machine that neither accepts nor refuses connections."""

    def __init__(self, host: str, port: int = 0) -> None:
        self._listener = socket.create_server((host, port), backlog=0)
        self.port = self._listener.getsockname()[1]
        self._clients: list[socket.socket] = []
        for _ in range(4):  # These fill the listener's queue, from which no connection is accepted.
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex((host, self.port))
            self._clients.append(client)
        time.sleep(0.1)

    def __enter__(self) -> BlackHole:
        return self

    def __exit__(self, *_: object) -> None:
        for sock in (self._listener, *self._clients):
            sock.close()


def resolve(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the name `many.invalid` resolve to these addresses."""
    really = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        hosts = addresses if host == "many.invalid" else [host]
        return [found for each in hosts for found in really(each, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("proxy", ["", "socks5h"])
def test_a_deadline_is_that_of_all_addresses_together(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [f"127.0.0.{n}" for n in range(11, 17)]
    with ExitStack() as stack:
        port = stack.enter_context(BlackHole(addresses[0])).port
        for address in addresses[1:]:
            stack.enter_context(BlackHole(address, port))
        resolve(addresses, monkeypatch)
        medusa = stack.enter_context(Medusa(f"http://many.invalid:{port}", deadline=2.5, timeout=60))
        medusa.session.trust_env = False
        if proxy:
            medusa.session.proxies = {"http": f"{proxy}://many.invalid:{port}"}
        with within(10), pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")


@pytest.mark.parametrize("deadline", [None, 60])
def test_the_next_address_is_tried_after_one_that_does_not_answer(
    deadline: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Peer(ok) as peer:
        port = int(peer.url.rpartition(":")[2])
        with BlackHole("127.0.0.12", port):
            # The first address refuses connections, and the second is silent.
            resolve(["127.0.0.11", "127.0.0.12", "127.0.0.1"], monkeypatch)
            with Medusa(f"http://many.invalid:{port}", timeout=(0.3, 30), deadline=deadline) as medusa:
                medusa.session.trust_env = False
                assert medusa.orders.retrieve("order_1").order.id == "order_1"
            assert peer.requests[0].headers["host"] == f"many.invalid:{port}"


def test_a_name_that_has_no_address() -> None:
    with Medusa("http://no-such-host.invalid", deadline=60) as medusa:
        with pytest.raises(MedusaConnectionError, match="no-such-host"):
            medusa.orders.retrieve("order_1")
