"""TLS: an invalid certificate is an error, whatever environment variables say."""

from __future__ import annotations

import datetime
import os
import socket
import ssl
import threading
from pathlib import Path

import pytest
import requests
import trustme

from medusa import Medusa, MedusaConnectionError, RetryAdapter

from .peer import Peer, Request, cut, ok

AUTHORITY = trustme.CA()
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


@pytest.fixture(autouse=True)
def trusted(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority through an environment variable, as an administrator would."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))


def test_a_good_certificate() -> None:
    with Peer(ok, context=context(AUTHORITY.issue_cert("127.0.0.1"))) as peer, Medusa(peer.url) as medusa:
        medusa.orders.retrieve("order_1")
        medusa.orders.retrieve("order_1")
        assert peer.connections == 1


def test_a_timeout_is_set_where_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket's timeout is set only if it changes, because each `settimeout` is a system call that yields the GIL."""
    certified = context(AUTHORITY.issue_cert("127.0.0.1"))
    with Peer(ok) as plain, Peer(ok, context=certified) as encrypted:
        with Medusa(plain.url) as medusa, Medusa(encrypted.url) as over_tls:
            for client in (medusa, over_tls):
                client.orders.retrieve("order_1")  # This makes the connection, with the timeout for connecting.
            set_to: list[float | None] = []
            usual = socket.socket.settimeout

            def settimeout(sock: socket.socket, seconds: float | None) -> None:
                if threading.current_thread() is threading.main_thread():  # The servers have their own threads.
                    set_to.append(seconds)
                usual(sock, seconds)

            monkeypatch.setattr(socket.socket, "settimeout", settimeout)
            medusa.orders.retrieve("order_1")
            assert set_to == []
            over_tls.orders.retrieve("order_1")
            assert set_to == [0, 30]  # This checks whether the connection is still open.


def test_no_connection_is_reused_after_verify_has_changed() -> None:
    with Peer(ok, context=context(AUTHORITY.issue_cert("127.0.0.1"))) as peer, Medusa(peer.url) as medusa:
        medusa.session.verify, medusa.session.trust_env = os.environ["REQUESTS_CA_BUNDLE"], False
        medusa.orders.retrieve("order_1")
        medusa.session.verify = True  # The certificates of the system do not include the authority.
        with pytest.raises(MedusaConnectionError, match="SSLError"):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 1


def test_no_connection_is_reused_after_the_certificate_of_the_client_has_changed(tmp_path: Path) -> None:
    seen: list[object] = []

    def answer(sock: socket.socket, request: Request) -> bool:
        assert isinstance(sock, ssl.SSLSocket)
        seen.append((sock.getpeercert() or {}).get("subjectAltName"))
        return ok(sock, request)

    certified = context(AUTHORITY.issue_cert("127.0.0.1"))
    AUTHORITY.configure_trust(certified)
    certified.verify_mode = ssl.CERT_OPTIONAL
    with Peer(answer, context=certified) as peer, Medusa(peer.url) as medusa:
        for name in (None, "ada.example", "grace.example", None):
            if name is not None:
                AUTHORITY.issue_cert(name).private_key_and_cert_chain_pem.write_to_path(str(tmp_path / name))
            medusa.session.cert = None if name is None else str(tmp_path / name)
            medusa.orders.retrieve("order_1")
    assert seen == [None, (("DNS", "ada.example"),), (("DNS", "grace.example"),), None]


BAD = {
    "wrong host": AUTHORITY.issue_cert("elsewhere.example"),
    "expired": AUTHORITY.issue_cert("127.0.0.1", not_before=YESTERDAY, not_after=YESTERDAY),
    "unknown authority": trustme.CA().issue_cert("127.0.0.1"),
}


@pytest.mark.parametrize("max_retries", [0, 1])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("certificate", BAD.values(), ids=BAD.keys())
def test_a_bad_certificate(
    certificate: trustme.LeafCert, method: str, max_retries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda least, most: least)
    for switch in ("CURL_CA_BUNDLE", "SSL_VERIFY", "PYTHONHTTPSVERIFY"):
        monkeypatch.setenv(switch, "0" if switch != "CURL_CA_BUNDLE" else "")
    with Peer(ok, context=context(certificate)) as peer, Medusa(peer.url, max_retries=max_retries) as medusa:
        with pytest.raises(MedusaConnectionError, match="SSLError"):
            medusa.request(method, "/store/custom")
        assert peer.requests == []
        assert peer.connections == max_retries + 1
        medusa.close()
        assert peer.all_closed()


def test_an_adapter_verifies_certificates_by_default() -> None:
    adapter = RetryAdapter()
    with Peer(ok, context=context(BAD["unknown authority"])) as peer:
        with pytest.raises(requests.exceptions.SSLError):
            adapter.send(requests.Request("GET", peer.url).prepare())
        assert peer.requests == []
    adapter.close()


def test_a_body_cut_short() -> None:
    answer = cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    with Peer(answer, ok, context=context(AUTHORITY.issue_cert("127.0.0.1"))) as peer:
        with Medusa(peer.url, pool_maxsize=1) as medusa:
            with pytest.raises(MedusaConnectionError):
                medusa.orders.retrieve("order_1")
            medusa.orders.retrieve("order_1")


def test_a_body_whose_bytes_were_changed() -> None:
    def answer(sock: socket.socket, _: Request) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        socket.socket.sendall(sock, b"\x17\x03\x03\x00\x20" + bytes(32))  # This TLS record is not encrypted.

    with Peer(answer, context=context(AUTHORITY.issue_cert("127.0.0.1"))) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaConnectionError, match=r": ConnectionError: .*BAD_RECORD_MAC") as caught:
            medusa.orders.retrieve("order_1")
    cause = caught.value.__cause__
    assert isinstance(cause, requests.ConnectionError)
    assert cause.request is not None
    assert cause.request.url == f"{peer.url}/store/orders/order_1"


def test_http_where_tls_is_spoken() -> None:
    with Peer(ok, context=context(AUTHORITY.issue_cert("127.0.0.1"))) as peer:
        with Medusa(peer.url.replace("https", "http")) as medusa, pytest.raises(MedusaConnectionError):
            medusa.orders.retrieve("order_1")


def test_tls_where_http_is_spoken() -> None:
    with Peer(ok) as peer, Medusa(peer.url.replace("http", "https")) as medusa:
        with pytest.raises(MedusaConnectionError):
            medusa.orders.retrieve("order_1")
