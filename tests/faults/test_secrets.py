"""No secret is sent to another host, and no secret is in an error, a log, a repr or a pickle.

Tracebacks quote source lines, so the tests generate every secret at run time.
"""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import re
import socket
import traceback
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import attrs
import pytest

from medusa import (
    AdminPostAuthReq,
    Medusa,
    MedusaAPIError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    MedusaTimeoutError,
    StorePostAuthReq,
)

from .peer import Answer, Peer, Request, answered, cut, http, ok, silent


@attrs.frozen
class Secrets:
    api_key: str = attrs.field(factory=lambda: f"api{uuid.uuid4().hex}")
    publishable: str = attrs.field(factory=lambda: f"pk{uuid.uuid4().hex}")
    token: str = attrs.field(factory=lambda: f"ey{uuid.uuid4().hex}.{uuid.uuid4().hex}")
    admin_token: str = attrs.field(factory=lambda: f"ey{uuid.uuid4().hex}.{uuid.uuid4().hex}")
    cookie: str = attrs.field(factory=lambda: f"s{uuid.uuid4().hex}")
    password: str = attrs.field(factory=lambda: f"pw{uuid.uuid4().hex}")
    claim: str = attrs.field(factory=lambda: f"cl{uuid.uuid4().hex}")
    user: str = attrs.field(factory=lambda: f"ada{uuid.uuid4().hex}")

    @property
    def email(self) -> str:
        return f"{self.user}@example.com"

    def in_text(self, text: str) -> list[str]:
        return [name for name, value in attrs.asdict(self).items() if value in text or quote(value) in text]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The output of the logger `medusa` at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("medusa")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def client(url: str, secrets: Secrets, **options: Any) -> Medusa:
    return Medusa(
        url,
        api_key=secrets.api_key,
        publishable_api_key=secrets.publishable,
        token=secrets.token,
        admin_token=secrets.admin_token,
        custom_headers={"Cookie": f"connect.sid={secrets.cookie}"},
        timeout=(5, 0.5),
        **options,
    )


def echo(status: int, quoted: Callable[[Request], str]) -> Answer:
    """Respond with one part of the request. An error would show only the beginning of the whole request."""

    def answer(sock: socket.socket, request: Request) -> bool:
        body = json.dumps({"type": quoted(request), "message": quoted(request)})
        sock.sendall(http(body, status, Content_Type="application/json"))
        return True

    return answer


def header(name: str) -> Callable[[Request], str]:
    return lambda request: request.headers.get(name, "none")


ANSWERS: dict[str, Callable[[Secrets], Answer]] = {
    "refused: its path": lambda _: echo(400, lambda request: f"{request.path} {unquote(request.path)}"),
    "refused: its body": lambda _: echo(400, lambda request: request.body.decode()),
    "refused: its login": lambda _: echo(401, header("authorization")),
    "refused: its cookie": lambda _: echo(401, header("cookie")),
    "refused: its key": lambda _: echo(403, header("x-medusa-access-token")),
    "failed: its publishable key": lambda _: echo(503, header("x-publishable-api-key")),
    "redirect": lambda s: answered(http("", 302, Location=f"http://{s.publishable}.example/?email={s.email}")),
    "decode": lambda _: echo(200, lambda request: f"{request.path} {request.headers} {request.body.decode()}"),
    "not JSON": lambda secrets: answered(http(secrets.email + secrets.publishable)),
    "garbage": lambda secrets: cut(f"{secrets.publishable} {secrets.email} {secrets.cookie}\r\n".encode()),
    "cut": lambda secrets: cut(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
    "length": lambda s: cut(f"HTTP/1.1 200 OK\r\nContent-Length: {s.publishable}\r\n\r\n".encode()),
    "header": lambda s: cut(
        f"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2{s.publishable}\r\n\r\n".encode()
    ),
    "chunk": lambda s: cut(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{s.publishable}\r\n".encode()),
    "encoding": lambda s: answered(http(f"{s.publishable}", Content_Encoding="gzip")),
    "content type": lambda s: answered(http("x", Content_Type=f"text/{s.email}")),
    "silent": lambda _: silent,
}


def calls(medusa: Medusa, secrets: Secrets) -> list[Callable[[], object]]:
    credentials = StorePostAuthReq(email=secrets.email, password=secrets.password)
    of_user = AdminPostAuthReq(email=secrets.email, password=secrets.password)
    copy = medusa.with_options
    return [
        lambda: medusa.orders.lookup_order({"display_id": 1, "email": secrets.email}),
        lambda: medusa.orders.retrieve(secrets.email),
        lambda: medusa.orders.confirm_request({"token": secrets.claim}),
        lambda: medusa.auth.exists(secrets.email),
        lambda: medusa.request("GET", f"/store/auth/{secrets.email}", params={"email": secrets.email}),
        lambda: medusa.request("GET", f"/store/x?email={quote(secrets.email)}&token={secrets.token}"),
        lambda: medusa.request("POST", "/admin/custom", json=credentials),
        lambda: copy(custom_headers=None).auth.authenticate(credentials, {"Cookie": f"connect.sid={secrets.cookie}"}),
        lambda: copy().auth.get_token(credentials),
        lambda: medusa.admin.auth.get_session(),
        lambda: medusa.admin.custom.get(secrets.email, {"token": secrets.admin_token}),
        lambda: copy(custom_headers=None).admin.auth.create_session(
            of_user, {"Cookie": f"connect.sid={secrets.cookie}"}
        ),
        lambda: copy().admin.auth.get_token(of_user),
    ]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_no_secret_in_any_text(answer: Callable[[Secrets], Answer], log: io.StringIO) -> None:
    secrets = Secrets()
    with Peer(answer(secrets)) as peer, client(peer.url, secrets) as medusa:
        for call in calls(medusa, secrets):
            try:
                result = call()
            except MedusaError as error:
                text = f"{error} {error!r} {error.args}" + "".join(traceback.format_exception(error))
                assert secrets.in_text(text) == []
                for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
                    assert secrets.in_text(f"{twin} {twin!r}" + "".join(traceback.format_exception(twin))) == []
            else:
                assert secrets.in_text(repr(result)) == [] or isinstance(result, (str, dict))
        assert secrets.in_text(f"{medusa!r} {medusa}") == []
        assert secrets.in_text(log.getvalue()) == []
        assert "attempt 1" in log.getvalue()


def test_no_secret_of_the_request_in_a_pickled_error() -> None:
    """A pickled result or error contains no secret of its request, and no cookie that the response sets."""
    secrets = Secrets()
    for answer in (answered(http("{}", 400, Set_Cookie=f"connect.sid={secrets.cookie}")), ok, cut()):
        with Peer(answer) as peer, client(peer.url, secrets) as medusa:
            for call in calls(medusa, secrets):
                try:
                    thing: object = call()
                except MedusaError as error:
                    thing = error
                pickled = pickle.dumps(thing).decode("latin-1")
                assert secrets.in_text(pickled) == []


def test_a_line_for_each_attempt(log: io.StringIO) -> None:
    with Peer(cut(), answered(http("", 503, Retry_After="0")), ok) as peer, Medusa(peer.url, max_retries=3) as medusa:
        medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"})
    written = re.sub(r"in \d+\.\d{3} s", "in ... s", log.getvalue())
    assert written.splitlines() == [
        "DEBUG medusa GET /store/orders: ConnectionError in ... s (attempt 1)",
        "DEBUG medusa GET /store/orders: 503 in ... s (attempt 2)",
        "DEBUG medusa GET /store/orders: 200 in ... s (attempt 3)",
    ]


def test_silent_by_default(capfd: pytest.CaptureFixture[str]) -> None:
    with Peer(cut()) as peer, Medusa(peer.url) as medusa, pytest.raises(MedusaConnectionError):
        medusa.orders.retrieve("order_1")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "malformed",
    [
        b"Foo bar\r\n",
        b"Foo bar\r\nX: y\r\n",
        b" leading: x\r\n",
        b": empty\r\n",
        b"X\x00Y: 1\r\n",
        b"Set-Cookie\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n",
    ],
)
def test_a_malformed_header_puts_no_url_into_the_log(malformed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is logged above DEBUG. At DEBUG, urllib3 logs every URL, as the documentation says."""
    caplog.set_level(logging.INFO)
    secrets = Secrets()
    body = b'{"order": {"id": "order_1"}}'
    rest = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    for early in (b"", b"HTTP/1.1 103 Early Hints\r\n" + malformed + b"\r\n"):
        answer = early + b"HTTP/1.1 200 OK\r\n" + malformed + rest
        with Peer(cut(answer)) as peer, client(peer.url, secrets) as medusa:
            result = medusa.orders.lookup_order({"display_id": 1, "email": secrets.email})
            assert result.order.id == "order_1"
    assert caplog.records == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("elsewhere", [True, False], ids=["another host", "the same host"])
def test_a_redirect_is_not_followed(status: int, elsewhere: bool) -> None:
    secrets = Secrets()
    with Peer(ok) as other, Peer() as peer, client(peer.url, secrets, max_retries=3) as medusa:
        target = other.url if elsewhere else peer.url
        peer.answers = [answered(http("", status, Location=f"{target}/store/orders/order_1"))]
        for call in calls(medusa, secrets):
            before = len(peer.requests)
            with pytest.raises(MedusaAPIError, match=r"a redirect to 127\.0\.0\.1") as caught:
                call()
            assert caught.value.status == status
            assert len(peer.requests) == before + 1
        assert other.requests == []


def test_a_redirect_to_no_url() -> None:
    with Peer(answered(http("", 302, Location="http://[evil.example/x"))) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaAPIError) as caught:
            medusa.orders.retrieve("order_1")
    said = "GET /store/orders/{id} returned 302, a redirect to an invalid URL, which the client does not follow"
    assert str(caught.value) == said


def test_netrc_replaces_no_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login mallory password mallory\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Peer(ok) as peer, Medusa(peer.url, token="t0ken") as medusa:
        medusa.orders.retrieve("order_1")
        medusa.with_options(token=None).orders.retrieve("order_1")
        assert [request.headers.get("authorization") for request in peer.requests] == ["Bearer t0ken", None]


@pytest.mark.parametrize(
    "id",
    [
        "//evil.example/",
        "@evil.example",
        "../../admin",
        "..%2f..",
        "?x",
        "#x",
        "http://evil.example",
        "\\evil",
        "\r\nX: y",
    ],
)
def test_an_id_stays_in_its_segment(id: str) -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa:
        medusa.orders.retrieve(id)
        assert peer.requests[-1].path == "/store/orders/" + quote(id, safe="")
        assert peer.requests[-1].headers["host"] == peer.url.removeprefix("http://")


@pytest.mark.parametrize(
    "path",
    [
        *[
            "//evil.example/x",
            "https://evil.example/x",
            "@evil.example/x",
            "evil",
            "",
            "/\\evil.example",
            "/x/../admin",
        ],
        *["/%2e%2e/x", "/.%2E/x", "/x\r\nHost: evil", "/x#y", "/x\x00"],
    ],
)
def test_a_path_stays_on_the_host(path: str) -> None:
    with Peer(ok) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(ValueError, match="path must"):
            medusa.request("GET", path)
        assert peer.connections == 0


@pytest.mark.parametrize(
    "url", ["http://user:pa55@example.com", "//example.com", "ftp://example.com", "http://", "example.com", "http://[x"]
)
def test_a_base_url_that_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        Medusa(url)
    assert "pa55" not in str(caught.value)


def test_no_timeout_error_tells_the_address() -> None:
    secrets = Secrets()
    with Peer(silent) as peer, client(peer.url, secrets) as medusa, pytest.raises(MedusaTimeoutError) as caught:
        medusa.auth.exists(secrets.email)
    assert str(caught.value).startswith(
        f"GET /store/auth/{{email}} received no complete response from {peer.url}: ReadTimeout"
    )


def test_a_decode_error_quotes_no_value() -> None:
    secrets = Secrets()
    answer = answered(http(json.dumps({"order": {"total": secrets.token}})))
    with Peer(answer) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaDecodeError, match=r"order\.total: expected integer, got string") as caught:
            medusa.orders.retrieve("order_1")
    assert secrets.in_text("".join(traceback.format_exception(caught.value))) == []
