"""A session that the user passes keeps its settings, and responses stay as requests creates them."""

from __future__ import annotations

import io
import socket
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import requests
from pytest_httpserver import HTTPServer
from requests.adapters import BaseAdapter

from medusa import Medusa, MedusaConnectionError, MedusaServerError, RetryAdapter

from .conftest import Sent, recorded
from .faults.peer import Peer, Request, cut, ok

Answer = Callable[..., None]


def test_a_session_of_ones_own_keeps_its_meaning(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"), headers={"Set-Cookie": "connect.sid=stray; Path=/"})
    hooked: list[int] = []
    with requests.Session() as session:
        session.headers["X-Shop"] = "mine"
        session.headers["User-Agent"] = "my-shop"
        session.auth = ("ada", "basic")
        session.params = {"trace": "1"}
        session.hooks["response"].append(lambda response, **_: hooked.append(response.status_code))
        session.cookies.set("theirs", "kept")
        session.mount("http://", RetryAdapter(1))
        medusa = Medusa(httpserver.url_for(""), session=session)
        assert medusa.session is session
        medusa.orders.retrieve("order_1")
        request = sent()
        assert request.headers["X-Shop"] == "mine"
        assert request.headers["User-Agent"] == "my-shop"
        assert request.authorization is not None
        assert request.authorization.password == "basic"
        assert request.args["trace"] == "1"
        assert request.headers["Cookie"] == "theirs=kept"
        assert hooked == [200]
        medusa.orders.retrieve("order_1")
        assert sent().headers["Cookie"] == "theirs=kept"
        answer()
        medusa.orders.confirm_request({"token": "t"})
        assert sent().headers["Idempotency-Key"]
        medusa.close()
        answer({"still": "open"})
        assert session.get(httpserver.url_for("")).json() == {"still": "open"}


def test_an_adapter_reads_the_body_by_default() -> None:
    adapter = RetryAdapter()
    with Peer(ok, cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) as peer:
        request = requests.Request("GET", peer.url).prepare()
        assert adapter.send(request).raw.closed
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            adapter.send(request)
    adapter.close()


def test_what_a_subclass_of_the_adapter_is_given(tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []

    class Adapter(RetryAdapter):
        def add_headers(self, request: requests.PreparedRequest, **options: Any) -> None:
            seen.append(options)

    certificate = tmp_path / "client.pem"
    certificate.touch()
    with Peer(ok) as peer, requests.Session() as session:
        session.mount("http://", Adapter())
        session.trust_env, session.cert = False, str(certificate)
        Medusa(peer.url, session=session, timeout=(20, 60), deadline=30).orders.retrieve("order_1")
    (options,) = seen
    connect, read = options.pop("timeout")
    assert connect == 20
    assert 20 < read <= 30
    assert options == {"stream": False, "verify": True, "cert": str(certificate), "proxies": {}}


def test_a_subclass_of_the_adapter_that_passes_options_to_urllib3() -> None:
    source: dict[str, Any] = {"source_address": ("127.0.0.2", 0)}
    seen: list[str] = []

    class Adapter(RetryAdapter):
        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **(options | source))

        def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
            return super().proxy_manager_for(*args, **(options | source))

    def answer(sock: socket.socket, request: Request) -> bool:
        seen.append(sock.getpeername()[0])
        return ok(sock, request)

    with Peer(answer) as peer, requests.Session() as session:
        session.mount("http://", Adapter())
        session.trust_env = False
        Medusa(peer.url, session=session).orders.retrieve("order_1")
        session.proxies = {"http": peer.url}
        Medusa("http://medusa.invalid", session=session).orders.retrieve("order_1")
    assert seen == ["127.0.0.2", "127.0.0.2"]


@pytest.mark.parametrize("resized", [False, True])
def test_an_adapter_that_does_not_block_has_no_limit(resized: bool) -> None:
    adapter = RetryAdapter(pool_maxsize=1)
    if resized:
        adapter.init_poolmanager(1, 1)
    with Peer(ok) as peer, requests.Session() as session:
        session.mount("http://", adapter)
        streamed = session.get(peer.url, stream=True)
        Medusa(peer.url, session=session, timeout=(30, 2)).orders.retrieve("order_1")
        streamed.close()
        assert peer.connections == 2


class Raising(BaseAdapter):
    """An adapter of the user's own that sends nothing."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def send(self, *_: Any, **__: Any) -> requests.Response:
        raise self.error

    def close(self) -> None:
        pass


def test_a_secret_that_an_adapter_of_the_users_own_quotes() -> None:
    secret = "s3" + "cret-key"

    class Quoting(OSError):
        def __str__(self) -> str:
            return f"no session {secret}"

    adapter = Raising(Quoting())
    with requests.Session() as session:
        session.mount("http://", adapter)
        medusa = Medusa(session=session, token=secret)
        with pytest.raises(MedusaConnectionError, match=r": Quoting: no session \[hidden\]$"):
            medusa.orders.retrieve("order_1")
        adapter.error = FileNotFoundError(2, f"no session {secret}", f"/{secret}", None, f"/run/{secret}")
        with pytest.raises(MedusaConnectionError, match="no session") as caught:
            medusa.orders.retrieve("order_1")
        assert secret not in "".join(traceback.format_exception(caught.value))
        assert str(adapter.error) == "[Errno 2] no session [hidden]: '/[hidden]' -> '/run/[hidden]'"


def test_a_response_that_an_adapter_of_the_users_own_makes() -> None:
    """The adapter may return a body without urllib3, and headers that are not case-insensitive."""

    class Adapter(BaseAdapter):
        def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
            response = requests.Response()
            response.status_code, response.url, response.raw = 503, request.url or "", io.BytesIO(b"busy")
            response.headers = {"Retry-After": "3"}  # type: ignore[assignment]
            return response

        def close(self) -> None:
            pass

    with requests.Session() as session:
        session.mount("http://", Adapter())
        with pytest.raises(MedusaServerError) as caught:
            Medusa(session=session).request("POST", "/store/custom")
    assert caught.value.retry_after == 3
    assert not caught.value.may_have_happened


def test_a_length_that_exceeds_the_memory() -> None:
    """A wrong Content-Length must not exhaust the memory. Outside a client's call, no size limit applies."""
    answer = cut(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999\r\n\r\n{")
    with Peer(answer) as peer, requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            session.get(peer.url)


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
def test_headers_of_a_session_as_requests_takes_them(own: bool) -> None:
    """A header of the session with the value None is not sent. Bytes are sent unchanged."""
    with Peer(ok) as peer, requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with Medusa(peer.url, token="jwt", session=session if own else None) as medusa:
            headers: Any = medusa.session.headers
            headers.update({"X-Bytes": b"caf\xe9", b"X-Name": "n", "X-None": None, "Accept": None, "X-Empty": ""})
            headers.update({"Content-Type": None, "Authorization": None, "Accept-Encoding": None})
            medusa.orders.retrieve("order_1")
            received = peer.requests[0].headers
    assert received["x-bytes"] == "café"
    assert received["x-name"] == "n"
    assert "X-Empty: " in peer.requests[0].lines
    assert received.keys() & {"x-none", "accept", "content-type"} == set()
    assert received["accept-encoding"] == "identity"  # http.client adds this header.
    assert received["authorization"] == "Bearer jwt"  # The client's credentials take precedence.


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("X-Key", "hunter2\n", ValueError),
        ("X-Key", " hunter2", ValueError),
        ("X-Key", "hunter2\r\nX: y", ValueError),
        ("X-Key", b"hunter2\n", ValueError),
        ("X-Key", "hunter2 €", ValueError),
        ("Authorization", "Bearer hunter2\n", ValueError),
        ("X Key", "hunter2", ValueError),
        ("X-Kéy", "hunter2", ValueError),
        (b"X-Key\n", "hunter2", ValueError),
        ("Content-Length", "5", ValueError),
        ("X-Key", 5, TypeError),
        ("X-Key", ["hunter2"], TypeError),
    ],
)
def test_a_header_of_a_session_that_cannot_be_sent(
    httpserver: HTTPServer, name: Any, value: Any, error: type[Exception], own: bool
) -> None:
    with requests.Session() as session:
        medusa = Medusa(httpserver.url_for(""), session=session if own else None)
        cast(Any, medusa.session.headers)[name] = value
        for call in (lambda: medusa.orders.retrieve("order_1"), lambda: medusa.request("POST", "/store/custom")):
            with pytest.raises(error) as caught:
                call()
            assert type(caught.value) is error
            assert str(caught.value).startswith(f"session.headers[{name!r}]: ")
            assert "hunter2" not in "".join(traceback.format_exception(caught.value))
        medusa.close()
    assert httpserver.log == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/plain; charset=utf-16"])
def test_a_response_is_as_requests_makes_it(answer: Answer, httpserver: HTTPServer, kind: str, stream: bool) -> None:
    answer(b"\xff\xfea\0", 418, kind, headers={"Set-Cookie": "a=b; Path=/", "Link": '</x>; rel="next"'})
    url = httpserver.url_for("/x")
    with Medusa(url) as medusa, requests.Session() as session:
        medusa.session.cookies.clear()
        ours, theirs = (each.get(url, stream=stream) for each in (medusa.session, session))
        assert type(ours.connection) is RetryAdapter
        assert ours.elapsed.total_seconds() > 0
        for response in (ours, theirs):
            assert response._content_consumed is not stream
            assert list(response.iter_content(1)) == [b"\xff", b"\xfe", b"a", b"\0"]
        for name in ("status_code", "reason", "url", "encoding", "history", "next", "is_redirect", "links", "ok"):
            assert getattr(ours, name) == getattr(theirs, name), name
        assert ours.cookies.get_dict() == theirs.cookies.get_dict() == {"a": "b"}
        assert ours.headers.keys() == theirs.headers.keys()
        assert ours.headers["content-type"] == theirs.headers["CONTENT-TYPE"] == kind
        assert ours.request.headers.keys() == theirs.request.headers.keys()
        assert vars(ours).keys() - {"cookies"} == vars(theirs).keys() - {"cookies"}
        if not stream:
            assert ours.text == theirs.text


def test_two_clients_on_one_session_do_not_share_a_login(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    with requests.Session() as session:
        ada, grace = Medusa(httpserver.url_for(""), session=session), Medusa(httpserver.url_for(""), session=session)
        answer({"customer": {"id": "cus_ada"}}, headers={"Set-Cookie": "connect.sid=ada; Path=/"})
        ada.auth.authenticate({"email": "ada@example.com", "password": "p"})
        answer({"customer": {"id": "cus"}})
        grace.auth.get_session()
        assert "Cookie" not in sent().headers
        ada.auth.get_session()
        assert sent().headers["Cookie"] == "connect.sid=ada"


def test_netrc_never_replaces_a_credential(
    httpserver: HTTPServer, answer: Answer, sent: Sent, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {httpserver.host} login ada password hunter2\n")
    monkeypatch.setenv("NETRC", str(netrc))
    answer(recorded("plain"))
    Medusa(httpserver.url_for(""), token="jwt").orders.retrieve("order_1")
    assert sent().headers["Authorization"] == "Bearer jwt"
    Medusa(httpserver.url_for("")).orders.retrieve("order_1")
    assert "Authorization" not in sent().headers


def test_settings_of_a_copys_session_do_not_change_the_original(httpserver: HTTPServer) -> None:
    with Medusa(httpserver.url_for("")) as medusa:
        copy = medusa.with_options()
        copy.session.headers["X-Shop"] = "two"
        copy.session.hooks["response"].append(print)
        copy.session.proxies["http"] = "http://127.0.0.1:9"
        assert "X-Shop" not in medusa.session.headers
        assert medusa.session.hooks["response"] == []
        assert medusa.session.proxies == {}
