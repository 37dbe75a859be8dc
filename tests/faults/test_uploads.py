"""Uploads to a raw socket: the bytes that are sent, retries where they are safe, and faults during the upload."""

from __future__ import annotations

import io
import os
import socket
import ssl
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from medusa import (
    Medusa,
    MedusaConnectionError,
    MedusaInvalidRequestError,
    MedusaRateLimitError,
    MedusaServerError,
    MedusaTimeoutError,
)

from ..uploading import UPLOADED, Chunked, Pipe, of_bytes, of_memory, of_open_file, of_path, parsed
from .peer import Answer, Peer, Request, answered, cut, http, refuse_connections, until

pytestmark = pytest.mark.usefixtures("no_waits")

BUSY = http('{"message": "busy"}', 503, Content_Type="application/json", Retry_After="0")
TOO_LARGE = http('{"message": "too large"}', 413, Content_Type="application/json")
MIB = 1024 * 1024


def test_a_file_that_is_not_seekable() -> None:
    told: list[tuple[int, int | None]] = []
    with Chunked(answered(UPLOADED)) as peer, Medusa(peer.url) as medusa:
        medusa.admin.uploads.create(Pipe(b"x" * 100_000), progress=lambda sent, size: told.append((sent, size)))
        assert parsed(peer.requests[0]) == [("files", "blob", "application/octet-stream", b"x" * 100_000)]
        assert told[-1] == (len(peer.requests[0].body), None)


def test_a_file_that_is_not_seekable_is_not_sent_twice() -> None:
    with Chunked(answered(BUSY), answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=3) as medusa:
        with pytest.raises(MedusaServerError, match="busy") as caught:
            medusa.admin.uploads.create(Pipe(b"x"))
        assert not caught.value.may_have_happened
        assert len(peer.requests) == 1


def test_a_file_that_is_not_seekable_is_not_sent_again_after_a_failure() -> None:
    with Chunked(cut(), answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=3, repeat_posts=True) as medusa:
        with pytest.raises(MedusaConnectionError, match="closed connection without response"):
            medusa.admin.uploads.create(Pipe(b"x"))
        assert len(peer.requests) == 1


def test_an_adapter_of_requests_does_not_send_half_a_file_either() -> None:
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=2, allowed_methods=None, status_forcelist=[503])))
    with Chunked(answered(BUSY), answered(UPLOADED)) as peer, session:
        with pytest.raises(MedusaConnectionError, match="can't be sent again: one of its files is not seekable"):
            Medusa(peer.url, session=session).admin.uploads.create(Pipe(b"x"))
        assert len(peer.requests) == 1


def test_the_same_bytes_are_sent_again(tmp_path: Path) -> None:
    def lost(sock: socket.socket, _: Request) -> None:
        sock.sendall(BUSY)

    with Peer(answered(BUSY), lost, answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=3) as medusa:
        with of_open_file(tmp_path) as file:
            medusa.admin.uploads.create([of_path(tmp_path), file, of_memory(tmp_path), of_bytes(tmp_path)])
        first, second, third = (request.body for request in peer.requests)
        assert first == second == third
        assert [part[3] for part in parsed(peer.requests[0])] == [b"\x89PNG\r\n--x"] * 4


def test_a_refused_connection_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection is retried even if a file is not seekable, because nothing of the file was read yet."""
    with Chunked(answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=2) as medusa:
        left = refuse_connections(monkeypatch, 2)
        medusa.admin.uploads.create(Pipe(b"x"))
        assert left == []


def test_an_upload_that_may_have_happened_is_not_repeated(tmp_path: Path) -> None:
    with Peer(cut()) as peer, Medusa(peer.url, max_retries=3) as medusa:
        with pytest.raises(MedusaConnectionError, match="may have been carried out") as caught:
            medusa.admin.uploads.create(of_path(tmp_path))
        assert caught.value.may_have_happened
        assert not caught.value.retryable
        assert len(peer.requests) == 1


class Impatient(Peer):
    """Responds after the headers, and does not read the body."""

    def _read(self, sock: socket.socket, number: int) -> Request | None:
        data = sock.recv(65536)
        first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return Request(number, first, b"", headers, lines) if data else None


def stay(answer: bytes) -> Answer:
    def send(sock: socket.socket, _: Request) -> None:
        sock.sendall(answer)
        time.sleep(5)

    return send


def lingering(answer: bytes) -> Answer:
    """Respond, read on for a while, and close the connection, as nginx does."""

    def send(sock: socket.socket, _: Request) -> None:
        sock.sendall(answer)
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            sock.recv(65536)

    return send


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A sparse file that is larger than the buffers of sockets."""
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(200 * MIB)
    return path


@pytest.mark.parametrize("answer", [answered(TOO_LARGE), stay(TOO_LARGE), lingering(TOO_LARGE)])
def test_a_refusal_that_comes_before_all_is_sent(large: Path, answer: Answer) -> None:
    """If the backend responds before it has read the whole file, the upload ends at once, and does not time out."""
    sent: list[int] = []
    with Impatient(answer) as peer, Medusa(peer.url, max_retries=2, pool_maxsize=1) as medusa:
        for number in (1, 2):
            with pytest.raises(MedusaInvalidRequestError, match=r"413.*too large"):
                medusa.admin.uploads.create(large, progress=lambda done, _: sent.append(done))
            assert peer.connections == number  # The request was not sent completely, so its connection is not reused.
        assert max(sent) < 100 * MIB


def test_uploads_over_tls(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With TLS, an early response is noticed only when the backend closes the connection."""
    authority = trustme.CA()
    certificate = large.with_name("ca.pem")
    authority.cert_pem.write_to_path(str(certificate))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Peer(answered(UPLOADED), context=context) as peer, Medusa(peer.url) as medusa:
        medusa.admin.uploads.create(certificate)
        assert parsed(peer.requests[0])[0][3] == certificate.read_bytes()
    with Impatient(lingering(TOO_LARGE), context=context) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaInvalidRequestError, match=r"413.*too large"):
            medusa.admin.uploads.create(large)


def test_a_backend_that_is_busy_half_way_through(large: Path) -> None:
    class BusyFirst(Peer):
        def _read(self, sock: socket.socket, number: int) -> Request | None:
            if number == 1:
                sock.recv(65536)
                return Request(number, "POST /admin/uploads HTTP/1.1", b"", {})
            return super()._read(sock, number)

    path = large.with_name("small.bin")
    path.write_bytes(os.urandom(8 * MIB))
    with BusyFirst(stay(BUSY), answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        medusa.admin.uploads.create(path)
        assert parsed(peer.requests[1])[0][3] == path.read_bytes()
        assert peer.connections == 2


def test_the_deadline_holds_while_a_file_is_sent(large: Path) -> None:
    with Impatient(stay(b"")) as peer, Medusa(peer.url, deadline=1, max_retries=2) as medusa:
        begun = time.monotonic()
        with pytest.raises(MedusaTimeoutError, match="Write timed out") as caught:
            medusa.admin.uploads.create(large)
        assert time.monotonic() - begun < 20
        assert caught.value.may_have_happened
        assert peer.connections == 1


def test_the_timeout_is_that_of_a_piece(large: Path) -> None:
    with Impatient(stay(b"")) as peer, Medusa(peer.url, timeout=(30, 0.3)) as medusa:
        with pytest.raises(MedusaTimeoutError, match="Write timed out"):
            medusa.admin.uploads.create(large)
    path = large.with_name("slow.bin")
    path.write_bytes(bytes(4 * MIB))
    with Peer(answered(UPLOADED), pause=0.01) as slow, Medusa(slow.url, timeout=(30, 5)) as medusa:
        medusa.admin.uploads.create(path)
        assert len(parsed(slow.requests[0])[0][3]) == 4 * MIB


class Counting(Peer):
    """Counts the bytes of a body without keeping them."""

    received = 0

    def _read(self, sock: socket.socket, number: int) -> Request | None:
        data = sock.recv(65536)
        if not data:
            return None
        head, _, body = data.partition(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        self.received = len(body)
        buffer = bytearray(MIB)
        while self.received < size:
            self.received += sock.recv_into(buffer)
        return Request(number, head.decode("latin-1").split("\r\n")[0], b"", {})


def test_a_large_file_takes_no_memory(large: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with Counting(answered(UPLOADED)) as peer, Medusa(peer.url) as medusa:
        medusa.admin.uploads.create(("warm.up", b"", "a/b"))
        tracemalloc.start()
        try:
            medusa.admin.uploads.create(large, progress=lambda sent, size: told.append((sent, size)))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert 200 * MIB < peer.received < 200 * MIB + 1000
        assert told[-1] == (peer.received, peer.received)
        assert told == sorted(told)
        assert peak < 4 * MIB


class Growing(io.BytesIO):
    """A file whose content changes after its size was determined."""

    def __init__(self, content: bytes, later: bytes) -> None:
        super().__init__(content)
        self.name = "ada@example.com.csv"
        self._later: bytes | None = later
        self._reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._reads += 1
        if self._reads == 2 and self._later is not None:
            later, self._later = self._later, None
            self.seek(0)
            self.truncate()
            self.write(later)
            self.seek(0)
        return super().read(size)


@pytest.mark.parametrize(("later", "change"), [(b"1", "shorter"), (b"1234", "longer")])
def test_a_file_that_changes_meanwhile(later: bytes, change: str) -> None:
    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=3, pool_maxsize=1) as medusa:
        with pytest.raises(ValueError, match=f"changed while it was sent: it is now {change}$") as caught:
            medusa.admin.uploads.create(Growing(b"123", later))
        assert "ada@example.com" not in str(caught.value)
        assert peer.requests == []
        medusa.admin.uploads.create(("a.txt", b"x", "text/plain"))


class StoppedError(OSError):
    """An exception that looks like an error of the connection."""


@pytest.mark.parametrize("error", [StoppedError("stop"), ValueError("stop"), TimeoutError("stop"), BrokenPipeError()])
@pytest.mark.parametrize("max_retries", [0, 2])
def test_what_progress_raises_passes_through(error: Exception, max_retries: int, tmp_path: Path) -> None:
    calls: list[int] = []

    def stop(sent: int, _: int | None) -> None:
        calls.append(sent)
        raise error

    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=max_retries, pool_maxsize=1) as medusa:
        with pytest.raises(type(error)) as caught:
            medusa.admin.uploads.create(of_path(tmp_path), progress=stop)
        assert caught.value is error
        assert (error.__cause__, error.__context__) == (None, None)
        assert len(calls) == 1
        until(lambda: peer.open == 0)
        medusa.admin.uploads.create(of_path(tmp_path))


def test_what_a_file_raises_passes_through() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if size:
                raise OSError(5, "Input/output error")
            return b""

    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=2) as medusa:
        with pytest.raises(OSError, match="Input/output error"):
            medusa.admin.uploads.create(Broken(b"x"))
        assert peer.requests == []
        assert peer.connections < 2


def test_a_path_is_closed_however_it_ends(tmp_path: Path) -> None:
    def descriptors() -> set[str]:
        return {
            os.readlink(f"/proc/self/fd/{number}")
            for number in os.listdir("/proc/self/fd")
            if os.path.exists(f"/proc/self/fd/{number}")
        }

    path = of_path(tmp_path)
    for answer in (answered(UPLOADED), cut(), answered(TOO_LARGE)):
        with Peer(answer) as peer, Medusa(peer.url) as medusa:
            with suppress(MedusaConnectionError, MedusaInvalidRequestError):
                medusa.admin.uploads.create(path)
            assert str(path) not in descriptors()


def test_a_rate_limit_is_waited_for(tmp_path: Path) -> None:
    limited = http('{"message": "slow down"}', 429, Content_Type="application/json", Retry_After="0")
    with Peer(answered(limited), answered(UPLOADED)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        told: list[int] = []
        medusa.admin.uploads.create(of_path(tmp_path), progress=lambda sent, _: told.append(sent))
        assert len(peer.requests) == 2
        assert told.count(max(told)) == 2
    with Peer(answered(limited)) as peer, Medusa(peer.url) as medusa, pytest.raises(MedusaRateLimitError):
        medusa.admin.uploads.create(of_path(tmp_path))
