"""Bodies of type multipart/form-data, which read their files while they are sent."""

from __future__ import annotations

import io
import mimetypes
import os
import re
import secrets
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from urllib3.exceptions import UnrewindableBodyError

from .redaction import mask

__all__ = ["BinaryFile", "UploadFile", "UploadFiles", "UploadProgress"]

_PIECE = 65_536
"""The number of bytes that are read from a file at a time."""


class BinaryFile(Protocol):
    """An open file whose `read` method returns bytes, such as `open(path, "rb")`."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes. Return empty bytes at the end of the file."""
        ...


UploadFile = os.PathLike[str] | BinaryFile | tuple[str, bytes, str]
"""A file to upload: a `pathlib.Path`, a file that is open in binary mode, or `(name, bytes, content_type)`."""

UploadFiles = UploadFile | Iterable[UploadFile]
"""One file to upload, or a list of them."""

UploadProgress = Callable[[int, int | None], object]
"""A function that is called with the number of bytes sent and the total, which is None if a file is not seekable."""


class SourceError(Exception):
    """Wraps an exception of a file or of `progress`, so that no other layer treats it as one of the connection."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason


@contextmanager
def _errors_of_source() -> Generator[None]:
    try:
        yield
    except Exception as error:
        raise SourceError(error) from error


class MultipartBody:
    """A body with one part for each file. Each iteration opens and reads the files again, a piece at a time.

    Raises `TypeError` or `ValueError` if a file is not valid, and `OSError` if a path can't be read.
    """

    def __init__(self, files: Mapping[str, UploadFiles], progress: UploadProgress | None = None) -> None:
        if not isinstance(files, Mapping):
            raise TypeError(f"files must be a mapping of field names to files, not {type(files).__name__}")
        if progress is not None and not callable(progress):
            raise TypeError(f"progress must be a function, not {type(progress).__name__}")
        boundary = f"medusa-{secrets.token_hex(16)}"
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._parts = [
            (_head(boundary, field, source), source)
            for field, given in files.items()
            for source in map(_source, _listed(given))
        ]
        self._end = f"--{boundary}--\r\n".encode()
        self._progress = progress
        self.is_used_up = False
        """Whether bytes were read from a file that is not seekable, so that the request can't be sent again."""
        sizes = [source.size for _, source in self._parts]
        around = len(self._end) + sum(len(head) + len(b"\r\n") for head, _ in self._parts)
        self.len: int | None = None if None in sizes else around + sum(cast("list[int]", sizes))
        """The total number of bytes, or None if a file is not seekable. requests looks for this name."""

    def __iter__(self) -> Iterator[bytes]:
        if self.is_used_up:
            raise UnrewindableBodyError("the request can't be sent again: one of its files is not seekable")
        sent = 0
        for piece in self._pieces():
            yield piece
            sent += len(piece)
            if self._progress is not None:
                with _errors_of_source():
                    self._progress(sent, self.len)

    def _pieces(self) -> Iterator[bytes]:
        for head, source in self._parts:
            yield head
            self.is_used_up |= source.size is None
            yield from source.pieces()
            yield b"\r\n"
        yield self._end

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._parts)} files>"


def is_used_up(body: object) -> bool:
    """Return whether this request body can't be sent again."""
    return isinstance(body, MultipartBody) and body.is_used_up


class _Source(NamedTuple):
    """A file, and a function that opens it at its beginning."""

    name: str
    content_type: str
    size: int | None
    open: Callable[[], AbstractContextManager[BinaryFile]]

    def pieces(self) -> Iterator[bytes]:
        """Yield the content of the file. Raises `SourceError` if it can't be read or its size has changed."""
        with _errors_of_source():
            opened = self.open()
        with opened as file:
            left = self.size
            while left is None or left > 0:
                piece = self._read(file, _PIECE if left is None else min(_PIECE, left))
                if not piece:
                    break
                yield piece
                left = None if left is None else left - len(piece)
            if left is not None and (left > 0 or self._read(file, 1)):
                change = "is now shorter" if left > 0 else "is now longer"
                raise SourceError(ValueError(f"{mask(self.name)} changed while it was sent: it {change}"))

    def _read(self, file: BinaryFile, size: int) -> bytes:
        with _errors_of_source():
            piece: Any = file.read(size)
            if not isinstance(piece, bytes):
                raise TypeError(f"{mask(self.name)}: read() must return bytes, not {type(piece).__name__}")
            return piece


def _listed(given: UploadFiles) -> Iterable[UploadFile]:
    """Return the files of a list, or a list with a single file."""
    if isinstance(given, (os.PathLike, tuple)) or hasattr(given, "read"):
        return [cast("UploadFile", given)]
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise _no_file(given)
    return given


def _no_file(given: object) -> TypeError:
    return TypeError(
        "a file must be a pathlib.Path, a file that is open in binary mode or (name, bytes, content_type), not"
        f" {type(given).__name__}"
    )


def _source(given: Any) -> _Source:
    if isinstance(given, os.PathLike):
        return _from_path(os.fsdecode(cast("os.PathLike[str]", given)))
    if isinstance(given, tuple):
        return _from_bytes(cast("tuple[Any, ...]", given))
    if hasattr(given, "read"):
        return _from_open_file(given)
    raise _no_file(given)


def _from_path(path: str) -> _Source:
    status = os.stat(path)
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise ValueError(f"{mask(path)} is not a regular file: open it and pass the open file")
    with open(path, "rb"):  # This raises for a directory, and for a file that this process may not read.
        pass
    name = os.path.basename(path)
    return _Source(name, _guessed_type(name), status.st_size, partial(io.FileIO, path))


def _from_bytes(given: tuple[Any, ...]) -> _Source:
    if [type(part) for part in given] != [str, bytes, str]:
        raise TypeError("a file as a tuple must be (name, bytes, content_type); pass several files as a list")
    name, content, content_type = given
    if not name:
        raise ValueError("the name of a file must not be empty")
    if not re.fullmatch(r"[\x21-\x7e]+/[\x20-\x7e]+", content_type):
        raise ValueError("the content type of a file must be a media type, such as text/csv")
    return _Source(name, content_type, len(content), lambda: nullcontext(io.BytesIO(content)))


def _from_open_file(file: Any) -> _Source:
    if not isinstance(file.read(0), bytes):
        raise TypeError("a file must be open in binary mode: use open(path, 'rb')")
    given = getattr(file, "name", None)
    name = os.path.basename(given) if isinstance(given, str) and not given.startswith("<") else ""
    name = name or "blob"  # Browsers use this name for a file without a name.
    if not (hasattr(file, "seekable") and file.seekable()):
        return _Source(name, _guessed_type(name), None, lambda: nullcontext(file))
    begin = file.tell()
    file.seek(0, os.SEEK_END)
    size = max(0, file.tell() - begin)
    file.seek(begin)

    def rewound() -> AbstractContextManager[BinaryFile]:
        file.seek(begin)
        return nullcontext(file)

    return _Source(name, _guessed_type(name), size, rewound)


def _guessed_type(name: str) -> str:
    guessed, encoding = mimetypes.guess_type(name)
    return "application/octet-stream" if guessed is None or encoding is not None else guessed


def _head(boundary: str, field: str, source: _Source) -> bytes:
    """Return the headers of a part."""
    if not isinstance(field, str):
        raise TypeError(f"the name of a field must be a string, not {type(field).__name__}")
    return (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="{_escaped(field)}"; filename="{_escaped(source.name)}"\r\n'
        f"Content-Type: {source.content_type}\r\n\r\n"
    ).encode()


def _escaped(name: str) -> str:
    """Return a name as browsers write it. See https://html.spec.whatwg.org/#multipart-form-data."""
    text = name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
