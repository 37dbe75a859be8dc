"""If no connection was made, even a call that must not be carried out twice is retried.

Its error says that the call cannot have happened (`may_have_happened` is False).
"""

from __future__ import annotations

import json
import logging
import os
import socket
import ssl
import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import requests_mock
import responses
import trustme
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError
from urllib3.util import Retry

from medusa import Medusa, MedusaConnectionError, MedusaError, RetryAdapter

from .peer import Answer, Peer, Request, answered, cut, http, ok, refuse_connections, silent, until
from .test_closing import threads_that_wait
from .test_connecting import BlackHole, Listener
from .test_internals import ROOT, rename
from .test_twice import ONCE, REPEATABLE, checked, status

pytestmark = pytest.mark.usefixtures("no_waits")

AUTHORITY = trustme.CA()
NOT_OURS = trustme.CA()
post = ONCE["POST"]


@pytest.fixture
def attempts(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """Return a function that counts the attempts in the log since the last time it was called."""
    caplog.set_level(logging.DEBUG, logger="medusa")

    def count() -> int:
        number = len([record for record in caplog.records if record.name == "medusa"])
        caplog.clear()
        return number

    return count


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


def hello_then(step: Callable[[socket.socket], object]) -> Callable[[socket.socket], object]:
    """Receive the first message of a TLS handshake, and then do this step."""

    def handle(sock: socket.socket) -> None:
        sock.recv(10_000)
        step(sock)

    return handle


def reset_it(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def do_nothing(_: socket.socket) -> None:
    pass


def wait(sock: socket.socket) -> None:
    while sock.recv(10_000):
        pass


Setting = Callable[[ExitStack], tuple[str, str | None]]
"""Starts the servers of a test. Returns the URL of the backend, and the URL of a proxy or None."""


def refused(_: ExitStack) -> tuple[str, None]:
    return "http://127.0.0.1:1", None


def unknown_name(_: ExitStack) -> tuple[str, None]:
    return "http://no-such-host.invalid", None


def black_hole(stack: ExitStack) -> tuple[str, None]:
    return f"http://127.0.0.1:{stack.enter_context(BlackHole('127.0.0.1')).port}", None


def bad_certificate(stack: ExitStack) -> tuple[str, None]:
    certificate = NOT_OURS.issue_cert("127.0.0.1")
    return stack.enter_context(Peer(ok, context=context(certificate))).url, None


def handshake(step: Callable[[socket.socket], object]) -> Setting:
    return lambda stack: (f"https://{stack.enter_context(Listener(hello_then(step))).at}", None)


def tls_where_http_is_spoken(stack: ExitStack) -> tuple[str, None]:
    return f"https://{stack.enter_context(Listener(hello_then(lambda sock: sock.sendall(http())))).at}", None


def refused_proxy(scheme: str, proxy: str = "http") -> Setting:
    return lambda _: (f"{scheme}://medusa.invalid", f"{proxy}://127.0.0.1:1")


def proxy_that_answers(answer: Answer) -> Setting:
    return lambda stack: ("https://medusa.invalid", stack.enter_context(Peer(answer)).url)


NOT_SENT: dict[str, Setting] = {
    "refused": refused,
    "no such name": unknown_name,
    "nobody answers": black_hole,
    "a certificate of an unknown authority": bad_certificate,
    "a TLS handshake that is reset": handshake(reset_it),
    "a TLS handshake that is closed": handshake(do_nothing),
    "a TLS handshake without an answer": handshake(wait),
    "TLS where HTTP is spoken": tls_where_http_is_spoken,
    "a proxy that refuses, for http": refused_proxy("http"),
    "a proxy that refuses, for https": refused_proxy("https"),
    "a SOCKS proxy that refuses": refused_proxy("http", "socks5"),
    "a proxy that asks for a login": proxy_that_answers(answered(http("", 407))),
    "a proxy that cannot connect": proxy_that_answers(status(502)),
    "a proxy that closes": proxy_that_answers(cut()),
    "a proxy that is silent": proxy_that_answers(silent),
}


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("options", [{}, {"deadline": 60}], ids=["no deadline", "with a deadline"])
@pytest.mark.parametrize("setting", NOT_SENT.values(), ids=NOT_SENT.keys())
def test_no_connection(setting: Setting, options: Any, attempts: Callable[[], int]) -> None:
    with ExitStack() as stack:
        url, proxy = setting(stack)
        medusa = stack.enter_context(Medusa(url, timeout=0.3, max_retries=2, **options))
        medusa.session.proxies = {"http": proxy, "https": proxy} if proxy else {}
        for call in (post, REPEATABLE["GET"]):
            error = checked(lambda call=call: call(medusa), may=False, retryable=True)  # type: ignore[misc]
            assert isinstance(error, MedusaConnectionError)
            assert attempts() == 3


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("setting", NOT_SENT.values(), ids=NOT_SENT.keys())
def test_no_connection_with_an_adapter_of_requests(setting: Setting) -> None:
    with ExitStack() as stack:
        url, proxy = setting(stack)
        session = stack.enter_context(requests.Session())
        session.proxies = {"http": proxy, "https": proxy} if proxy else {}
        checked(lambda: post(Medusa(url, timeout=0.3, session=session)), may=False, retryable=True)


def test_a_header_that_cannot_be_sent() -> None:
    """A header that http.client rejects, here one that the session's auth adds, is an error that is not retried."""

    def auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Signature"] = "two\nlines"
        return request

    with Peer(ok) as peer, requests.Session() as session:
        session.auth = auth
        checked(lambda: post(Medusa(peer.url, session=session)), may=False, retryable=False)
        assert peer.requests == []


def test_a_proxy_that_cannot_be_used(attempts: Callable[[], int]) -> None:
    with Medusa("http://medusa.invalid", max_retries=2) as medusa:
        medusa.session.proxies["http"] = "ftp://proxy.invalid"
        checked(lambda: post(medusa), may=False, retryable=False)
        assert attempts() == 0


# Waiting for a connection.


@pytest.mark.parametrize("own", [None, RetryAdapter, HTTPAdapter])
def test_no_connection_becomes_free(own: type[HTTPAdapter] | None) -> None:
    with Peer(silent) as peer, ThreadPoolExecutor() as executor, requests.Session() as session:
        if own is not None:
            session.mount("http://", own(pool_maxsize=1, pool_block=True))
        options: dict[str, Any] = {"pool_maxsize": 1} if own is None else {"session": session}
        medusa = Medusa(peer.url, timeout=None, **options)
        busy = executor.submit(lambda: post(medusa))
        until(lambda: len(peer.requests) == 1)
        if own is not HTTPAdapter:  # The adapter of requests would wait for ever.
            hasty = medusa.with_options(timeout=0.2)
            checked(lambda: post(hasty), may=False, retryable=True)
        assert len(peer.requests) == 1
        peer.close()
        assert isinstance(busy.exception(30), MedusaConnectionError)
        medusa.close()


def test_a_client_that_is_closed_while_a_call_waits() -> None:
    with Peer(silent) as peer, ThreadPoolExecutor() as executor:
        medusa = Medusa(peer.url, timeout=60, pool_maxsize=1, max_retries=2)
        busy = executor.submit(lambda: post(medusa))
        until(lambda: len(peer.requests) == 1)
        waiting = executor.submit(lambda: checked(lambda: post(medusa), may=False, retryable=True))
        until(lambda: threads_that_wait() == 1)
        medusa.close()
        waiting.result(30)
        peer.close()
        checked(lambda: busy.result(30), may=True, retryable=False)
        assert len(peer.requests) == 1


def test_an_idle_connection_that_the_backend_closed() -> None:
    def last(sock: socket.socket, request: Request) -> None:
        ok(sock, request)
        # Python forgets the descriptor a moment before it closes the socket, so all_closed() could return too early.
        sock.shutdown(socket.SHUT_RDWR)

    with Peer(last) as peer, Medusa(peer.url, pool_maxsize=1, max_retries=2) as medusa:
        for number in (1, 2, 3):
            post(medusa)
            assert peer.all_closed()
            assert (len(peer.requests), peer.connections) == (number, number)


# A session of the user's own.


def own_session(adapter: HTTPAdapter) -> requests.Session:
    session = requests.Session()
    session.mount("http://", adapter)
    return session


@pytest.mark.parametrize(
    ("answers", "requests_sent", "may"),
    [
        ((cut(), status(400)), 2, True),
        ((status(502), status(400)), 2, True),
        ((status(429), status(400)), 2, False),
        ((status(429), cut()), 4, True),
        ((status(400),), 1, False),
        ((status(429),), 1 + 3, False),
    ],
)
def test_an_adapter_that_sends_posts_again(answers: tuple[Answer, ...], requests_sent: int, may: bool) -> None:
    """An HTTPAdapter may repeat a POST, and the error says whether an earlier attempt may have happened."""
    policy = Retry(3, allowed_methods=None, status_forcelist=[429, 502], raise_on_status=False)
    with Peer(*answers) as peer, own_session(HTTPAdapter(max_retries=policy)) as session:
        medusa = Medusa(peer.url, session=session)
        with pytest.raises(MedusaError) as caught:
            post(medusa)
        assert caught.value.may_have_happened is may
        assert len(peer.requests) == requests_sent


@pytest.mark.parametrize("max_retries", [1, 3])
def test_an_adapter_whose_last_attempt_is_refused(max_retries: int) -> None:
    policy = Retry(max_retries, allowed_methods=None)
    with Peer(ok) as peer, own_session(HTTPAdapter(max_retries=policy)) as session:

        def go_away(_: socket.socket, __: Request) -> None:
            peer.close()

        peer.answers = [go_away]
        error = checked(lambda: post(Medusa(peer.url, session=session)), may=True, retryable=False)
        assert "Connection refused" in str(error)
        assert len(peer.requests) == 1


def test_an_adapter_whose_first_attempt_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    left = refuse_connections(monkeypatch, 1)
    with Peer(status(404)) as peer, own_session(HTTPAdapter(max_retries=Retry(1, allowed_methods=None))) as session:
        checked(lambda: post(Medusa(peer.url, session=session)), may=False, retryable=False)
        assert left == []


@pytest.mark.parametrize("policy", [2, Retry(2, allowed_methods=None, status_forcelist=[500, 502, 503])])
def test_a_retry_adapter_on_a_session_of_the_users_own(policy: int | Retry) -> None:
    """Whatever its policy, a RetryAdapter repeats a POST only if the POST was not carried out.

    With `repeat_posts`, and for requests that the user makes with the session, it follows the policy.
    """
    for answer, once, as_js in ((cut(), 1, 3), (status(502), 1, 3), (status(503, Retry_After="0"), 3, 3)):
        with Peer(answer) as peer, own_session(RetryAdapter(policy)) as session:
            medusa = Medusa(peer.url, session=session)
            checked(lambda medusa=medusa: post(medusa), may=once == 1, retryable=once == 3)  # type: ignore[misc]
            assert len(peer.requests) == once
            with pytest.raises(MedusaError):
                post(medusa.with_options(repeat_posts=True))
            assert len(peer.requests) == once + as_js
    with Peer(status(502)) as peer, own_session(RetryAdapter(policy)) as session:
        assert session.post(f"{peer.url}/anything").status_code == 502
        assert len(peer.requests) == 3


# Libraries that replace the transport in tests.

URL = "http://medusa.invalid"
PATH = "/store/carts/cart_1/line-items"
REFUSED = MaxRetryError(HTTPConnectionPool("medusa.invalid"), PATH, NewConnectionError(HTTPConnection(""), "refused"))


@pytest.mark.parametrize(
    ("error", "may"),
    [
        (requests.ConnectionError("of a test"), True),
        (requests.ReadTimeout("of a test"), True),
        (ConnectionResetError("of a test"), True),
        (requests.ConnectTimeout("of a test"), False),
        (requests.ConnectionError(REFUSED), False),
    ],
)
def test_failures_that_are_played(error: Exception, may: bool) -> None:
    medusa = Medusa(URL, max_retries=2)
    with responses.RequestsMock() as mock:
        mock.post(URL + PATH, body=error)
        checked(lambda: post(medusa), may=may, retryable=not may)
        assert len(mock.calls) == (1 if may else 3)
    with requests_mock.Mocker() as mocker:
        mocker.post(URL + PATH, exc=error)
        checked(lambda: post(medusa), may=may, retryable=not may)


def test_answers_that_are_played(attempts: Callable[[], int]) -> None:
    medusa = Medusa(URL, max_retries=2)
    for number, headers, may in ((502, {}, True), (503, {"Retry-After": "0"}, False), (404, {}, False)):
        with responses.RequestsMock() as mock:
            mock.post(URL + PATH, status=number, headers=headers)
            checked(lambda: post(medusa), may=may, retryable=number == 503)
            assert len(mock.calls) == attempts() == (3 if number == 503 else 1)


# Without the undocumented parts of urllib3.

CALLS = """if True:
    import json, random, sys, warnings
    random.uniform = lambda least, most: least
    warnings.simplefilter("ignore")
    from medusa import Medusa, MedusaError
    from medusa.http.internals import PROBLEM
    report = {"problem": PROBLEM}
    for name, url in json.loads(sys.argv[1]).items():
        with Medusa(url, max_retries=2, timeout=0.3) as medusa:
            try:
                medusa.request("POST", "/store/carts/cart_1/line-items")
            except MedusaError as error:
                report[name] = [error.may_have_happened, error.retryable]
    print(json.dumps(report))
"""


def test_where_urllib3_has_other_names(tmp_path: Path) -> None:
    rename("_get_conn", tmp_path)
    peers = {"cut": cut(), "502": status(502), "silent": silent, "429": status(429)}
    with ExitStack() as stack:
        entered = {name: stack.enter_context(Peer(answer)) for name, answer in peers.items()}
        urls = {name: peer.url for name, peer in entered.items()}
        urls |= {name: NOT_SENT[name](stack)[0] for name in NOT_SENT if "proxy" not in name}
        command = [sys.executable, "-c", CALLS, json.dumps(urls)]
        environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        assert "_get_conn" in report.pop("problem")
        unknown = {"cut", "502", "silent"}
        assert report == {name: [name in unknown, name not in unknown] for name in urls}
        assert {name: len(peer.requests) for name, peer in entered.items()} == {**dict.fromkeys(unknown, 1), "429": 3}
