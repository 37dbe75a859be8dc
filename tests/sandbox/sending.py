"""Send requests that HTTP libraries would not send."""

from __future__ import annotations

import http.client
import socket
from typing import Any
from urllib.parse import urlsplit


def send(url: str, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[Any, bytes]:
    """Send these exact bytes as a request, and return the response with its body."""
    host = urlsplit(url)
    with socket.create_connection((host.hostname or "", host.port or 0), timeout=10) as connection:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        return response, response.read()
