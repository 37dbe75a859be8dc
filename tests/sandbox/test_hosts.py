"""The local servers reject web pages whose host name was made to resolve to this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from medusa import Medusa, MedusaPermissionError
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD

OTHERS = ["evil.example", "evil.example:9000", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil", ""]
OTHERS += ["0.0.0.0", "127.0.0.2", "evil.example, 127.0.0.1"]
OURS = ["127.0.0.1", "localhost", "LOCALHOST:80", "[::1]", "[::1]:9000", "127.0.0.1:"]


@pytest.fixture
def store() -> Iterator[SandboxStore]:
    with SandboxStore() as store, store.client() as medusa:
        medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD})
        medusa.orders.request_customer_orders({"order_ids": [store.orders[0].id]})
        yield store


@pytest.mark.parametrize("host", OTHERS)
def test_another_host_reads_nothing_and_changes_nothing(store: SandboxStore, host: str) -> None:
    seen = len(store.requests)
    store.fail_next(503)
    for method, path in (
        ("GET", "/claim-tokens"),
        ("GET", "/health"),
        ("POST", "/store/customers"),
        ("GET", "/nope"),
        ("HEAD", "/health"),
    ):
        response = requests.request(method, store.url + path, headers={"Host": host}, timeout=10)
        assert response.status_code == 403
        text = "The sandbox only responds to requests whose Host is 127.0.0.1, localhost or [::1].\n"
        assert response.text == ("" if method == "HEAD" else text)
        assert "Set-Cookie" not in response.headers
    assert len(store.requests) == seen
    assert requests.get(f"{store.url}/health", timeout=10).status_code == 503


@pytest.mark.parametrize("host", OURS)
def test_the_names_of_this_machine(store: SandboxStore, host: str) -> None:
    response = requests.get(f"{store.url}/claim-tokens", headers={"Host": host}, timeout=10)
    assert (response.status_code, len(response.json())) == (200, 1)


def test_a_request_without_a_host(store: SandboxStore) -> None:
    port = urlsplit(store.url).port or 0
    for request in (b"GET /claim-tokens HTTP/1.1\r\n\r\n", b"GET /claim-tokens HTTP/1.0\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request)
            assert b" 403 Forbidden\r\n" in connection.recv(1000)


def test_a_forwarded_host_counts_for_nothing(store: SandboxStore) -> None:
    headers = {"X-Forwarded-Host": "evil.example"}
    assert requests.get(f"{store.url}/health", headers=headers, timeout=10).status_code == 200
    headers = {"Host": "evil.example", "X-Forwarded-Host": "localhost"}
    assert requests.get(f"{store.url}/health", headers=headers, timeout=10).status_code == 403


def test_the_client_says_why(store: SandboxStore) -> None:
    with Medusa(store.url, custom_headers={"Host": "sandbox:9000"}) as medusa:
        with pytest.raises(MedusaPermissionError, match="only responds to requests whose Host is 127"):
            medusa.orders.retrieve(store.orders[0].id)


def test_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "medusa", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().split()[4]
        statuses = [requests.get(url, headers={"Host": host}, timeout=10).status_code for host in ("evil", "localhost")]
        process.terminate()
    assert statuses == [403, 501]


def test_the_real_backend(backend: dict[str, Any]) -> None:
    for host in OTHERS[:6]:
        response = requests.get(f"{backend['url']}/claim-tokens", headers={"Host": host}, timeout=10)
        assert (response.status_code, "token" in response.text) == (403, False)
    for host in OURS[:5]:
        assert requests.get(f"{backend['url']}/health", headers={"Host": host}, timeout=10).status_code == 200


def test_the_flask_shop(store: SandboxStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from examples.flask_shop import create_app

    for name, value in {"SECRET_KEY": "x", "SESSION_FOLDER": str(tmp_path), "MEDUSA_URL": store.url}.items():
        monkeypatch.setenv(name, value)
    browser = create_app().test_client()
    assert browser.get("/", headers={"Host": "localhost:8000"}).status_code == 200
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 400
    monkeypatch.setenv("ALLOWED_HOSTS", "shop.example.com")
    browser = create_app().test_client()
    assert browser.get("/", headers={"Host": "shop.example.com"}).status_code == 200
    assert browser.get("/", headers={"Host": "localhost:8000"}).status_code == 400
