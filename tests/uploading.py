"""Files to upload, and a server that reads them."""

from __future__ import annotations

import io
import socket
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.formparser import MultiPartParser

from .faults.peer import Peer, Request, http

UPLOADED = http(
    '{"uploads": [{"url": "http://localhost:9000/uploads/1", "key": "1"}]}', Content_Type="application/json"
)


def parsed(request: Request) -> list[tuple[str, str | None, str | None, bytes]]:
    """Return the parts of a multipart body: field, file name, content type and content."""
    kind, _, boundary = request.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert int(request.headers["content-length"]) == len(request.body)
    form, files = MultiPartParser().parse(io.BytesIO(request.body), boundary.encode(), len(request.body))
    assert not form
    found: list[tuple[str, FileStorage]] = list(files.items(multi=True))
    try:
        return [(field, each.filename, each.content_type, each.read()) for field, each in found]
    finally:
        for _, each in found:
            each.close()


class Pipe(io.RawIOBase):
    """A file that can be read only once."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._content.read(size)


def of_path(folder: Path) -> Any:
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n--x")
    return folder / "photo.png"


def of_open_file(folder: Path) -> Any:
    return of_path(folder).open("rb")


def of_memory(folder: Path) -> Any:
    file = io.BytesIO(b"skipped\x89PNG\r\n--x")
    file.name = "folder/photo.png"
    file.seek(len("skipped"))
    return file


def of_bytes(folder: Path) -> Any:
    return "photo.png", b"\x89PNG\r\n--x", "image/png"


class Chunked(Peer):
    """A `Peer` that reads a body with `Transfer-Encoding: chunked`."""

    def _read(self, sock: socket.socket, number: int) -> Request | None:
        data = b""
        while not data.endswith(b"\r\n0\r\n\r\n"):
            received = sock.recv(65536)
            if not received:
                return None
            data += received
        head, _, packed = data.partition(b"\r\n\r\n")
        body = b""
        while packed:
            size, _, rest = packed.partition(b"\r\n")
            body, packed = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        assert headers["transfer-encoding"] == "chunked"
        assert "content-length" not in headers
        return Request(number, first, body, {**headers, "content-length": str(len(body))}, lines)
