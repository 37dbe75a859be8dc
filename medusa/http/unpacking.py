"""Content codings: decompress a body in small pieces, and reject a body that is cut short."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache
from typing import Any

import requests
from urllib3.exceptions import DecodeError
from urllib3.response import BaseHTTPResponse

from .call import time_left

SIZE = 65_536
"""The maximum number of bytes in a piece."""

Unpacker = Callable[[Iterable[bytes]], Iterator[bytes]]


_LONG = 64 * 1024 * 1024
"""The maximum number of bytes to read in one piece if there is no limit, in case the Content-Length is wrong."""


class TooLargeError(requests.RequestException):
    """The response is larger than the call allows. `.response` has no content."""


def unpacked(response: requests.Response, most: int | None) -> Iterator[bytes]:
    """Return the decompressed body in pieces.

    Raises `TooLargeError` if the body has more than `most` bytes, or if more than twice as many compressed bytes were
    received, because an endless compressed body may decompress to nothing. Raises `DecodeError` if the body can't be
    decompressed or is cut short.
    """
    raw: Any = response.raw
    if not isinstance(raw, BaseHTTPResponse):  # The body of a response of vcrpy is already decompressed.
        return _limited(response, raw.stream(SIZE, decode_content=True), most)
    codings = response.headers.get("Content-Encoding")
    if codings is None:
        length = raw.length_remaining or SIZE
        is_short = length <= (_LONG if most is None else most)
        # Reading a long body in one piece is much faster.
        return _limited(response, raw.stream(length if is_short else SIZE, decode_content=False), most)
    pieces: Iterator[bytes] = raw.stream(SIZE, decode_content=False)
    for unpacker in _unpackers(codings):
        pieces = unpacker(_limited(response, pieces, most, 2))  # Compression never doubles the length of a body.
    return _limited(response, pieces, most)


def _limited(response: requests.Response, pieces: Iterable[bytes], most: int | None, times: int = 1) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if most is not None and size > times * most + 1024 * (times - 1):
            problem = f"the body is larger than {most} bytes: increase max_response_bytes if that is expected"
            raise TooLargeError(problem, response=response)
        if (time_left() or 1) <= 0:
            raise requests.ReadTimeout("the call's deadline is over", request=response.request)
        if piece:
            yield piece


def _unpackers(codings: str) -> list[Unpacker]:
    """Return the functions that decompress the codings of a `Content-Encoding` header, in the order of use.

    The list is empty if a coding is unknown. Then the body is not decompressed. Raises `DecodeError` for more than five
    codings, as urllib3 does.
    """
    names = [name for name in (name.strip().lower() for name in codings.split(",")) if name not in ("", "identity")]
    if len(names) > 5:
        raise DecodeError("the body is packed more than five times")
    found = [unpacker for name in reversed(names) if (unpacker := _unpacker(name))]
    return found if len(found) == len(names) else []


def _unpacker(coding: str) -> Unpacker | None:
    """Return the function that decompresses a coding, or None. It uses the same packages as urllib3."""
    if coding in ("gzip", "x-gzip"):
        return _gunzip
    if coding == "deflate":
        return _inflate
    if coding == "br" and (brotli := _imported("brotlicffi", "brotli")):
        return lambda packed: _unbrotli(brotli, packed)
    if coding == "zstd" and (zstd := _imported("compression.zstd", "backports.zstd")):
        return lambda packed: _unzstd(zstd, packed)
    return None


@cache
def _imported(*names: str) -> Any:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    return None


def _gunzip(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress gzip, one member after another. Ignore bytes after the last member, as requests does."""
    member = zlib.decompressobj(16 + zlib.MAX_WBITS)
    rest = b""
    begun = False
    pieces = _short(packed)
    for piece in pieces:
        begun = begun or bool(piece)
        rest += piece
        while rest:
            if member.eof:
                if not rest.startswith(b"\x1f\x8b"[: len(rest)]):
                    for _ in pieces:  # Read to the end, so that the connection can be used again.
                        pass
                    return
                if len(rest) < 2:
                    break
                member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            rest = yield from _steps(member, rest)
    _check(not begun or (member.eof and not rest))


def _inflate(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress deflate, with the header of zlib or, as some servers send it, without this header."""
    unpacker: Any = None
    begin = b""
    for piece in packed:
        if unpacker is None:
            begin += piece
            if len(begin) < 2:
                continue
            has_header = begin[0] & 15 == 8 and int.from_bytes(begin[:2], "big") % 31 == 0
            unpacker, piece = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS), begin
        if not unpacker.eof:
            yield from _steps(unpacker, piece)
    _check(not begin or (unpacker is not None and unpacker.eof))


def _unbrotli(brotli: Any, packed: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress Brotli. Versions before 1.2 can't limit their output, so they are given a few bytes at a time."""
    unpacker = brotli.Decompressor()
    unpack = getattr(unpacker, "process", None) or unpacker.decompress
    size, limit = SIZE, {"output_buffer_limit": SIZE}
    begun = False
    try:
        try:
            unpack(b"", **limit)
        except TypeError:
            size, limit = 16, {}
        for piece in packed:
            for begin in range(0, len(piece), size):
                begun = True
                unpacked = unpack(piece[begin : begin + size], **limit)
                yield unpacked
                while unpacked and not unpacker.is_finished():
                    unpacked = unpack(b"", **limit)
                    yield unpacked
    except brotli.error as error:
        raise DecodeError("the body can't be decompressed") from error
    _check(not begun or unpacker.is_finished())


def _unzstd(zstd: Any, packed: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress Zstandard, one frame after another. The window has at most 8 MiB, as RFC 9659 requires for HTTP."""
    options = {zstd.DecompressionParameter.window_log_max: 23}
    frame = None
    try:
        for piece in _short(packed):
            rest = piece
            while rest:
                if frame is None or frame.eof:
                    frame = zstd.ZstdDecompressor(options=options)
                rest = yield from _steps(frame, rest)
    except zstd.ZstdError as error:
        raise DecodeError("the body can't be decompressed") from error
    _check(frame is None or frame.eof)


def _short(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Split pieces into shorter ones, because the rest of a piece is copied after each member or frame."""
    for piece in pieces:
        for begin in range(0, len(piece), 4096):
            yield piece[begin : begin + 4096]


def _steps(unpacker: Any, packed: bytes) -> Generator[bytes, None, bytes]:
    """Yield decompressed pieces. Return the bytes that follow the end of the member or frame."""
    while True:
        try:
            unpacked: bytes = unpacker.decompress(packed, SIZE)
        except zlib.error as error:
            raise DecodeError("the body can't be decompressed") from error
        yield unpacked
        if unpacker.eof:
            rest: bytes = unpacker.unused_data
            return rest
        if len(unpacked) < SIZE:
            return b""
        packed = getattr(unpacker, "unconsumed_tail", b"")


def _check(is_whole: bool) -> None:
    if not is_whole:
        raise DecodeError("the packed body is cut short")
