"""Which files can be uploaded, and the bytes that are sent for them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from medusa import Medusa

from .faults.peer import Peer, answered, http
from .uploading import UPLOADED, of_bytes, of_memory, of_open_file, of_path, parsed


@pytest.mark.parametrize("source", [of_path, of_open_file, of_memory, of_bytes])
@pytest.mark.parametrize("is_listed", [False, True])
@pytest.mark.parametrize("is_protected", [False, True])
def test_every_kind_of_file(source: Callable[[Path], Any], is_listed: bool, is_protected: bool, tmp_path: Path) -> None:
    file = source(tmp_path)
    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url) as medusa, file if hasattr(file, "read") else nullcontext():
        uploads = medusa.admin.uploads
        upload = uploads.create_protected if is_protected else uploads.create
        (made,) = upload([file, file] if is_listed else file).uploads
        assert (made.key, made.url) == ("1", "http://localhost:9000/uploads/1")
        (request,) = peer.requests
        assert request.path == ("/admin/uploads/protected" if is_protected else "/admin/uploads")
        part = ("files", "photo.png", "image/png", b"\x89PNG\r\n--x")
        assert parsed(request) == [part] * (2 if is_listed else 1)
        assert not getattr(file, "closed", False)


@pytest.mark.parametrize(
    ("name", "written", "content_type"),
    [
        ("bücher.csv", "bücher.csv", "text/csv"),
        ('a"b.txt', "a%22b.txt", "text/plain"),
        ("a\r\nb.pdf", "a%0D%0Ab.pdf", "application/pdf"),
        ("100%.jpg", "100%.jpg", "image/jpeg"),
        ("archive.tar.gz", "archive.tar.gz", "application/octet-stream"),
        ("no_suffix", "no_suffix", "application/octet-stream"),
        ("\udcff.txt", "\ufffd.txt", "text/plain"),
    ],
)
def test_names_are_written_as_browsers_write_them(name: str, written: str, content_type: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url) as medusa:
        medusa.admin.uploads.create(path)
        body = peer.requests[0].body
        assert f'name="files"; filename="{written}"\r\nContent-Type: {content_type}\r\n\r\nx\r\n'.encode() in body


def test_no_file_is_an_empty_form() -> None:
    with Peer(answered(http('{"uploads": []}', Content_Type="application/json"))) as peer, Medusa(peer.url) as medusa:
        assert medusa.admin.uploads.create([]).uploads == []
        assert parsed(peer.requests[0]) == []


@pytest.mark.parametrize(
    ("file", "error", "text"),
    [
        (Path("/nonexistent/photo.png"), FileNotFoundError, "No such file"),
        (Path("/"), IsADirectoryError, "Is a directory"),
        (Path("/dev/zero"), ValueError, "^/dev/zero is not a regular file: open it and pass the open file$"),
        ("photo.png", TypeError, "^a file must be a pathlib.Path, a file that is open in binary mode or .*, not str$"),
        (b"content", TypeError, "not bytes$"),
        (None, TypeError, "not NoneType$"),
        (["photo.png"], TypeError, "not str$"),
        ({"files": Path("/")}, TypeError, "not str$"),
        (io.StringIO("text"), TypeError, r"^a file must be open in binary mode: use open\(path, 'rb'\)$"),
        ((Path("a"), Path("b")), TypeError, "pass several files as a list$"),
        (("a.txt", "text", "text/plain"), TypeError, "must be .name, bytes, content_type.; pass"),
        (("a.txt", b"text"), TypeError, "must be .name, bytes, content_type.; pass"),
        (("", b"text", "text/plain"), ValueError, "^the name of a file must not be empty$"),
        (
            ("a.txt", b"text", "text/plain\r\nX: y"),
            ValueError,
            "^the content type of a file must be a media type, such as text/csv$",
        ),
    ],
)
def test_bad_files_are_refused_before_anything_is_sent(file: Any, error: type[Exception], text: str) -> None:
    with Peer(answered(UPLOADED)) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(error, match=text):
            medusa.admin.uploads.create([("good.txt", b"", "text/plain"), file] if isinstance(file, Path) else file)
        with pytest.raises(error, match=text):
            medusa.request("POST", "/admin/imports", files={"file": file})
        assert peer.connections == 0


def test_arguments_of_the_wrong_kind() -> None:
    medusa: Any = Medusa("http://127.0.0.1:9")
    file = ("a.txt", b"", "text/plain")
    with pytest.raises(ValueError, match=r"^pass json or files, not both$"):
        medusa.request("POST", "/admin/imports", json={}, files={"file": file})
    with pytest.raises(TypeError, match=r"^files must be a mapping of field names to files, not tuple$"):
        medusa.request("POST", "/admin/imports", files=file)
    with pytest.raises(TypeError, match=r"^the name of a field must be a string, not int$"):
        medusa.request("POST", "/admin/imports", files={1: file})
    with pytest.raises(TypeError, match=r"^progress must be a function, not int$"):
        medusa.admin.uploads.create(file, progress=1)


def test_any_route_takes_files() -> None:
    with Peer(answered(http("OK", Content_Type="text/plain"))) as peer, Medusa(peer.url) as medusa:
        files: Any = {'a"b': ("1.txt", b"one", "text/plain"), "list": [("2.bin", b"", "x/y"), ("3.txt", b"3", "a/b")]}
        assert medusa.request("PUT", "/admin/imports?dry=1", files=files) == "OK"
        request = peer.requests[0]
        assert request.head == "PUT /admin/imports?dry=1 HTTP/1.1"
        assert parsed(request) == [
            ('a"b', "1.txt", "text/plain", b"one"),
            ("list", "2.bin", "x/y", b""),
            ("list", "3.txt", "a/b", b"3"),
        ]


@pytest.mark.parametrize("with_session", [False, True])
def test_no_header_of_the_user_takes_the_boundary_away(with_session: bool) -> None:
    session = requests.Session()
    session.headers["Content-Type"] = "text/plain"
    headers = {"content-type": "multipart/form-data", "X-Shop": "1"}
    with Peer(answered(UPLOADED)) as peer:
        medusa = Medusa(peer.url, session=session if with_session else None, custom_headers=headers)
        medusa.admin.uploads.create(("a.txt", b"x", "text/plain"), {"CONTENT-TYPE": "application/json"})
        request = peer.requests[0]
        assert parsed(request) == [("files", "a.txt", "text/plain", b"x")]
        assert [line.partition(":")[0].lower() for line in request.lines].count("content-type") == 1
        assert request.headers["x-shop"] == "1"
        medusa.session.close()


def test_a_session_of_the_user_with_auth_and_hooks() -> None:
    seen: list[int] = []

    def note(response: requests.Response, **_: Any) -> None:
        seen.append(response.status_code)

    session = requests.Session()
    session.auth = ("user", "password")
    session.hooks["response"].append(note)
    with Peer(answered(UPLOADED)) as peer, session:
        Medusa(peer.url, session=session).admin.uploads.create(("a.txt", b"x", "text/plain"))
        assert parsed(peer.requests[0]) == [("files", "a.txt", "text/plain", b"x")]
        assert peer.requests[0].headers["authorization"].startswith("Basic ")
        assert seen == [200]


def pieces(body: Any) -> Iterator[bytes]:
    yield from body


def test_tools_can_read_the_body(tmp_path: Path) -> None:
    """Tools such as `responses`, which sends nothing, can read the body several times."""
    with responses.RequestsMock() as mock:
        mock.post("http://localhost:9000/admin/uploads", json={"uploads": [{"url": "u", "key": "k"}]})
        Medusa().admin.uploads.create(of_path(tmp_path))
        request = mock.calls[0].request
        for _ in range(2):
            body = b"".join(pieces(request.body))
            assert b"\x89PNG\r\n--x" in body
            assert request.headers["Content-Length"] == str(len(body))
        assert repr(request.body) == "<MultipartBody of 1 files>"
