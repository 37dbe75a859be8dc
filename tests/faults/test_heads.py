"""The head of a response is read in the same way in one piece, for which there is a fast path, and in two pieces."""

from __future__ import annotations

import random
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medusa import Medusa, MedusaError

from .peer import Answer, Peer, Request, ok
from .test_framing import ALL, CHUNKED, ORDER, TE, head, length

HEADS: dict[str, bytes] = {
    "as Express sends it": head(length(), b'ETag: W/"1c"', b"Connection: keep-alive", b"Keep-Alive: timeout=5") + ORDER,
    "chunked": head(TE) + CHUNKED,
    "chunked in capitals": head(b"TRANSFER-ENCODING: CHUNKED") + CHUNKED,
    "cookies": head(length(), b"Set-Cookie: a=b; Path=/", b"Set-Cookie: c=d; Path=/") + ORDER,
    "no space": head(b"content-length:28", b"X:y") + ORDER,
    "spaces and tabs": head(length(), b"X: \t y \t z \t") + ORDER,
    "no value": head(length(), b"X:", b"Y: ") + ORDER,
    "a colon in a value": head(length(), b"Location: http://localhost:9000/?a:b") + ORDER,
    "a value beyond ASCII": head(length(), b"X: caf\xe9", "Y: café".encode()) + ORDER,
    "a value on two lines": head(length(), b"X: y", b" z") + ORDER,
    "a space after the length": head(b"Content-Length: 28 ") + ORDER,
    "zeros before the length": head(b"Content-Length: 0028") + ORDER,
    "the same length twice": head(length(), length()) + ORDER,
    "closes": head(length(), b"Connection: close") + ORDER,
    "closes in a second header": head(length(), b"Connection: keep-alive", b"Connection: close") + ORDER,
    "keeps in capitals": head(length(), b"Connection: Keep-Alive") + ORDER,
    "HTTP/1.0": head(length(), version=b"1.0") + ORDER,
    "HTTP/1.2": head(length(), version=b"1.2") + ORDER,
    "no length": head() + ORDER,
    "no reason": head(length()).replace(b" OK", b"") + ORDER,
    "an empty reason": head(length()).replace(b"OK", b"") + ORDER,
    "a long reason": head(length()).replace(b"OK", b"All  right \t") + ORDER,
    "another status": head(length()).replace(b"200 OK", b"299 Odd") + ORDER,
    "no content": head().replace(b"200 OK", b"204 No Content"),
    "no content, with a length": head(length()).replace(b"200 OK", b"204 No Content") + ORDER,
    "not modified": head(length()).replace(b"200 OK", b"304 Not Modified"),
    "not found": head(length()).replace(b"200 OK", b"404 Not Found") + ORDER,
    "a redirect": head(length(), b"Location: /x").replace(b"200 OK", b"302 Found") + ORDER,
    "an interim response": b"HTTP/1.1 100 Continue\r\n\r\n" + head(length()) + ORDER,
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head(length()) + ORDER,
    "fifty headers": head(length(), *(b"X-%d: y" % number for number in range(48))) + ORDER,
    "ninety headers": head(length(), *(b"X-%d: y" % number for number in range(90))) + ORDER,
    "too many headers": head(length(), *(b"X-%d: y" % number for number in range(120))) + ORDER,
    "a head of 20 kB": head(length(), b"X: " + b"y" * 20_000) + ORDER,
    "a body of 100 kB": head(length(100_000)) + ORDER + b" " * (100_000 - len(ORDER)),
    "lines without CR": head(length()).replace(b"\r", b"") + ORDER,
    "a body that is cut": head(length(100)) + ORDER,
    **ALL,
}
_PARTS = [
    length(),
    TE,
    b"Connection: close",
    b"Connection: keep-alive",
    b"X: y",
    b"X-\xe9: y",
    b"X:\ty ",
    b" z",
    b"",
    b"\x00: y",
]


def random_head(seed: int) -> bytes:
    """Return a response whose head has random unusual lines, and often one changed byte."""
    chance = random.Random(seed)
    made = bytearray(head(*chance.choices(_PARTS, k=4), chance.choice((length(), TE))))
    if chance.random() < 0.7:
        made[chance.randrange(len(made))] = chance.choice(b"\r\n\t :;,\x00\xffa0")
    return bytes(made) + (CHUNKED if TE in made else ORDER)


def sent(data: bytes, at: int) -> Answer:
    """Send the data in two pieces, which are split at this index."""

    def answer(sock: socket.socket, _: Request) -> bool:
        for piece in filter(None, (data[:at], data[at:])):
            sock.sendall(piece)
            time.sleep(0.02)
        # The end of the connection ends a body that has neither a length nor chunks.
        return b"length" in data.lower() or b"encoding" in data.lower()

    return answer


def outcome(data: bytes, at: int) -> Any:
    """Return the result or error of a call with this response, and whether the next call reuses its connection."""
    with Peer(sent(data, at), ok) as peer, Medusa(peer.url, timeout=2.0) as medusa:
        response: Any
        try:
            response, error = medusa.orders.retrieve("order_1").response, None
        except MedusaError as caught:
            response, error = getattr(caught, "response", None), type(caught).__name__
        medusa.orders.retrieve("order_1")
        is_kept = peer.requests[0].connection == peer.requests[1].connection
    if response is None:
        return error, is_kept
    return (
        (error, is_kept, response.status_code, response.reason, response.content, list(response.headers.items())),
        (response.raw.version, list(response.raw.headers.items()), sorted(response.cookies.items())),
    )


ALL_HEADS = HEADS | {f"random {seed}": random_head(seed) for seed in range(60)}


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, int], Any]:
    """Return the outcome of each response in one piece, with the key 0, and in two pieces, with the key 5.

    Many calls run at the same time, because many of them wait for the timeout.
    """
    cases = [(name, at) for name in ALL_HEADS for at in (0, 5)]
    with ThreadPoolExecutor(16) as pool:
        found = pool.map(lambda case: outcome(ALL_HEADS[case[0]], case[1]), cases)
        return dict(zip(cases, found, strict=True))


@pytest.mark.parametrize("name", ALL_HEADS)
def test_one_piece_or_two(outcomes: dict[tuple[str, int], Any], name: str) -> None:
    assert outcomes[name, 0] == outcomes[name, 5], ALL_HEADS[name]
