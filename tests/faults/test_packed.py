"""Compressed responses: a truncated body is an error, and bytes after a complete body are ignored.

No body fills the memory, however much it decompresses to.
"""

from __future__ import annotations

import functools
import gzip
import importlib
import json
import random
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import requests

from medusa import Medusa, MedusaConnectionError, MedusaDecodeError, MedusaError, MedusaTimeoutError

from .peer import Answer, Peer, Request, answered, cut, http

pytestmark = pytest.mark.usefixtures("no_waits")

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def found(*names: str) -> Any:
    for name in names:
        with suppress(ImportError):
            return importlib.import_module(name)


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-zlib.MAX_WBITS)


BROTLI, ZSTD = found("brotlicffi", "brotli"), found("compression.zstd", "backports.zstd")
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate without a header": raw_deflate,
}
NOTHING: dict[str, tuple[bytes, bytes]] = {
    "gzip": (b"", gzip.compress(b"")),
    "deflate": (b"\x78\x9c", b"\x00\x00\x00\xff\xff"),
    "deflate without a header": (b"", b"\x00\x00\x00\xff\xff"),
}
"""The first bytes of a compressed body, and bytes that may follow without end and decompress to nothing."""
if BROTLI:
    PACKERS["br"] = functools.partial(BROTLI.compress, quality=4)
    NOTHING["br"] = (b"\x0c", b"\x06")
if ZSTD:
    PACKERS["zstd"] = ZSTD.compress
    NOTHING["zstd"] = (b"", b"\x50\x2a\x4d\x18\x00\x00\x00\x00")


def order(size: int = 40) -> bytes:
    return json.dumps({"order": {"id": "order_1", "note": random.Random(1).randbytes(size).hex()}}).encode()


def header(coding: str) -> bytes:
    return f"Content-Encoding: {coding.partition(' ')[0]}\r\n".encode()


def with_length(coding: str, body: bytes) -> Answer:
    return answered(HEAD + header(coding) + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)


def in_chunks(coding: str, body: bytes, size: int = 1) -> Answer:
    chunks = [body[begin : begin + size] for begin in range(0, len(body), size)]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in [*chunks, b""])
    return answered(HEAD + header(coding) + b"Transfer-Encoding: chunked\r\n\r\n" + framed)


def until_the_end(coding: str, body: bytes) -> Answer:
    return cut(HEAD + header(coding) + b"\r\n" + body)


FRAMINGS = [with_length, in_chunks, until_the_end]


# Complete and truncated bodies.


@pytest.mark.parametrize("size", [0, 40, 200_000])
@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("coding", PACKERS)
def test_a_whole_body(coding: str, framing: Callable[..., Answer], size: int) -> None:
    if framing is in_chunks:
        size = min(size, 20_000)  # Each chunk has only one byte, so a large body would take long.
    with Peer(framing(coding, PACKERS[coding](order(size)))) as peer, Medusa(peer.url, pool_maxsize=1) as medusa:
        for _ in range(2):
            assert len(medusa.orders.retrieve("order_1").order.extra["note"]) == 2 * size
        assert peer.connections == (2 if framing is until_the_end else 1)


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_that_is_cut_anywhere_is_asked_for_again(coding: str, framing: Callable[..., Answer]) -> None:
    packed = PACKERS[coding](order())
    ends = range(1, len(packed))
    answers = [framing(coding, body) for end in ends for body in (packed[:end], packed)]
    with Peer(*answers) as peer, Medusa(peer.url, max_retries=1) as medusa:
        for _ in ends:
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert len(peer.requests) == 2 * len(ends)


@pytest.mark.parametrize("coding", PACKERS)
def test_text_that_is_cut_is_an_error(coding: str) -> None:
    """A truncated text is an error, although it could be taken for a complete one, unlike truncated JSON."""
    packed = PACKERS[coding](b"".join(b"%d " % n for n in range(2000)))
    answers = [answered(http(body, Content_Type="text/plain", Content_Encoding=coding.partition(" ")[0]))
               for body in (packed[: len(packed) // 2], packed[:-1], packed)]  # fmt: skip
    with Peer(*answers) as peer, Medusa(peer.url) as medusa:
        for _ in range(2):
            with pytest.raises(MedusaConnectionError, match="ContentDecodingError: the packed body is cut short"):
                medusa.request("GET", "/store/custom")
        assert medusa.request("GET", "/store/custom").endswith(" 1999 ")


@pytest.mark.parametrize("coding", PACKERS)
def test_bytes_that_cannot_be_unpacked(coding: str) -> None:
    with Peer(with_length(coding, b"\xff" * 100)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        with pytest.raises(MedusaConnectionError, match="ContentDecodingError"):
            medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 2


@pytest.mark.parametrize("codings", ["gzip, gzip", "deflate, gzip", "gzip, identity, deflate", "GZIP", " gzip ,, "])
def test_several_codings(codings: str) -> None:
    packed = order()
    for coding in codings.lower().replace(" ", "").split(","):
        packed = PACKERS[coding](packed) if coding in PACKERS else packed
    head = f"Content-Encoding: {codings}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with Peer(answered(HEAD + head + packed)) as peer, Medusa(peer.url) as medusa:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"


@pytest.mark.parametrize("coding", ["compress", "gzip, compress", "x"])
def test_an_unknown_coding_is_left_alone(coding: str) -> None:
    with Peer(answered(http(order(), Content_Encoding=coding, Content_Type="application/json"))) as peer:
        with Medusa(peer.url) as medusa:
            assert medusa.orders.retrieve("order_1").order.id == "order_1"


def test_more_codings_than_anybody_needs() -> None:
    with Peer(answered(http(order(), Content_Encoding=", ".join(["gzip"] * 1000)))) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaConnectionError, match="packed more than five times"):
            medusa.orders.retrieve("order_1")


# Bytes after a complete body.


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("rest", [b"\n", b"\r\n", b"\0", bytes(2), bytes(100_000), b"\x1f\n", b"more", b"\xff" * 5000])
@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate without a header"])
def test_what_follows_a_whole_body_is_ignored(coding: str, rest: bytes, framing: Callable[..., Answer]) -> None:
    """Bytes after a complete body are ignored, as requests ignores them."""
    answer = framing(coding, PACKERS[coding](order()) + rest)
    with Peer(answer) as peer, Medusa(peer.url, pool_maxsize=1) as medusa, requests.Session() as session:
        for _ in range(2):
            assert medusa.orders.retrieve("order_1").order.id == "order_1"
        assert peer.connections == (2 if framing is until_the_end else 1)
        assert session.get(f"{peer.url}/store/orders/order_1").json()["order"]["id"] == "order_1"


MEMBERS = [name for name in ("gzip", "zstd") if name in PACKERS]


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("coding", MEMBERS)
def test_several_members(coding: str, framing: Callable[..., Answer]) -> None:
    pack, body = PACKERS[coding], order()
    parts = [body[:10], b"", body[10:30], body[30:], b""]
    packed = b"".join(map(pack, parts))
    with Peer(framing(coding, packed)) as peer, Medusa(peer.url) as medusa:
        assert medusa.orders.retrieve("order_1").order.id == "order_1"


@pytest.mark.parametrize("coding", MEMBERS)
def test_a_later_member_that_is_cut_is_an_error(coding: str) -> None:
    first, second = PACKERS[coding](b"half a text, "), PACKERS[coding](b"and the other half")
    wholes = [len(first), len(first) + len(second)]
    ends = [end for end in range(1, wholes[1] + 1) if end not in wholes]
    answers = [
        answered(http((first + second)[:end], Content_Type="text/plain", Content_Encoding=coding))
        for end in [*ends, wholes[1]]
    ]
    with Peer(*answers) as peer, Medusa(peer.url) as medusa:
        for _ in ends:
            with pytest.raises(MedusaConnectionError, match="cut short"):
                medusa.request("GET", "/store/custom")
        assert medusa.request("GET", "/store/custom") == "half a text, and the other half"


# Bodies that decompress to too much, or to nothing.


def peak(call: Callable[[], object]) -> int:
    """Return the peak memory of the call in bytes."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def refused(medusa: Medusa) -> None:
    with pytest.raises(MedusaDecodeError, match="larger than 1000000 bytes"):
        medusa.orders.retrieve("order_1")


@functools.cache
def bomb(codings: str) -> bytes:
    packed = bytes(200_000_000)
    for coding in codings.split(", "):
        packed = PACKERS[coding](packed)
    return packed


@pytest.mark.parametrize("framing", [with_length, until_the_end])
@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_does_not_fill_the_memory(coding: str, framing: Callable[..., Answer]) -> None:
    with Peer(framing(coding, bomb(coding))) as peer, Medusa(peer.url, max_response_bytes=1_000_000) as medusa:
        assert peak(lambda: refused(medusa)) < 40_000_000


@pytest.mark.parametrize("codings", ["gzip, gzip", "gzip, deflate", "gzip, gzip, gzip"])
def test_a_bomb_within_a_bomb(codings: str) -> None:
    head = f"Content-Encoding: {codings}\r\nContent-Length: {len(bomb(codings))}\r\n\r\n".encode()
    with Peer(answered(HEAD + head + bomb(codings))) as peer, Medusa(peer.url, max_response_bytes=1_000_000) as medusa:
        assert peak(lambda: refused(medusa)) < 10_000_000


@pytest.mark.parametrize("coding", PACKERS)
def test_what_is_as_large_as_it_may_be(coding: str) -> None:
    body = order(500_000)
    with Peer(with_length(coding, PACKERS[coding](body))) as peer, Medusa(peer.url) as medusa:
        medusa.with_options(max_response_bytes=len(body)).orders.retrieve("order_1")
        with pytest.raises(MedusaDecodeError, match=f"larger than {len(body) - 1} bytes"):
            medusa.with_options(max_response_bytes=len(body) - 1).orders.retrieve("order_1")


def endless(coding: str, chunked: bool) -> Answer:
    """Send a body that decompresses to nothing and goes on for 320 MB."""
    begin, more = NOTHING[coding]

    def send(sock: socket.socket, _: Request) -> None:
        more_at_once = more * (16_384 // len(more))
        sock.sendall(HEAD + header(coding) + (b"Transfer-Encoding: chunked\r\n\r\n" if chunked else b"\r\n"))
        for part in [begin, *[more_at_once] * 20_000]:
            if part:
                sock.sendall(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)

    return send


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("coding", NOTHING)
def test_an_endless_body_of_nothing(coding: str, chunked: bool) -> None:
    with Peer(endless(coding, chunked)) as peer, Medusa(peer.url, max_response_bytes=1_000_000) as medusa:
        begun = time.process_time()
        assert peak(lambda: refused(medusa)) < 10_000_000
        assert time.process_time() - begun < 20


def test_an_endless_chunk_of_negative_size() -> None:
    def send(sock: socket.socket, _: Request) -> None:
        sock.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n")
        for _number in range(20_000):
            sock.sendall(b"x" * 16_384)

    def fails() -> None:
        with pytest.raises(MedusaConnectionError, match="a chunk of the response has a negative size"):
            medusa.orders.retrieve("order_1")

    with Peer(send) as peer, Medusa(peer.url, max_response_bytes=1_000_000) as medusa:
        assert peak(fails) < 10_000_000


@pytest.mark.parametrize("coding", NOTHING)
def test_a_deadline_ends_an_endless_body_of_nothing(coding: str) -> None:
    with Peer(endless(coding, False)) as peer, Medusa(peer.url, deadline=0.3, max_response_bytes=10**9) as medusa:
        begun = time.monotonic()
        with pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")
        assert time.monotonic() - begun < 10


def test_a_deadline_ends_a_body_that_is_unpacked_to_nothing_for_long() -> None:
    """The deadline ends the decompression of a body that has already arrived.

    Its 100 kB decompress to 100 MB of gzip members, each of which decompresses to nothing.
    """
    packed = gzip.compress(gzip.compress(b"") * 5_000_000)
    head = f"Content-Encoding: gzip, gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with Peer(answered(HEAD + head + packed)) as peer, Medusa(peer.url, deadline=0.5) as medusa:
        begun = time.process_time()
        with pytest.raises(MedusaTimeoutError):
            medusa.orders.retrieve("order_1")
        assert time.process_time() - begun < 2  # Without the deadline, this takes about eight seconds.


@pytest.mark.parametrize("coding", PACKERS)
def test_packed_bytes_that_are_changed(coding: str) -> None:
    """A call whose compressed body is damaged succeeds, or raises a `MedusaError`."""
    packed, chance = PACKERS[coding](order()), random.Random(1)
    answers: list[Answer] = []
    for _ in range(300):
        changed = bytearray(packed)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        answers.append(with_length(coding, bytes(changed)))
    with Peer(*answers) as peer, Medusa(peer.url, max_response_bytes=1_000_000) as medusa:
        for _ in answers:
            with suppress(MedusaError):
                medusa.orders.retrieve("order_1")
        assert len(peer.requests) == 300
