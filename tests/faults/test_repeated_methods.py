"""Which methods are repeated: what docs/reliability.md says and what they do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from medusa import Medusa

from ..parity.guide import JS_METHODS, TWICE
from ..parity.methods import METHODS
from ..recorded_calls import method_of, snake_case
from .peer import Peer
from .test_twice import Call, checked, no_waits as no_waits, status

DOCS = Path(__file__).parents[2] / "docs"


def listed_methods() -> dict[str, str]:
    """Whether a POST method is repeated, as docs/reliability.md says."""
    page = (DOCS / "reliability.md").read_text()
    return dict(re.findall(r"^\| `([\w.]+)` \| (yes|no) \| \w.*\|$", page, re.MULTILINE))


def call_of(js: str) -> Call:
    return lambda medusa: method_of(medusa, js)(*METHODS[js].arguments)


def is_post(js: str) -> bool:
    return "`POST /" in (method_of(Medusa(), js).__doc__ or "")


POSTS = {snake_case(js): call_of(js) for js in JS_METHODS if is_post(js)}
OTHERS = {snake_case(js): call_of(js) for js in JS_METHODS if not is_post(js)}
ONCE = {snake_case(js) for js in JS_METHODS if js not in TWICE}


def test_every_post_method_is_listed() -> None:
    assert sorted(POSTS) == sorted(listed_methods())


@pytest.mark.parametrize("name", POSTS)
def test_a_post_method(name: str) -> None:
    """Those that the documentation says to be repeated are, and no other, but all of them as in JS."""
    is_repeated = listed_methods()[name] == "yes"
    attempts = 2 if is_repeated else 1
    with Peer(status(502)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        checked(lambda: POSTS[name](medusa), may=not is_repeated, retryable=is_repeated)
        assert [sent.head.split(" ")[0] for sent in peer.requests] == ["POST"] * attempts
        checked(lambda: POSTS[name](medusa.with_options(repeat_posts=True)), may=False, retryable=True)
        assert len(peer.requests) == attempts + 2


@pytest.mark.parametrize("name", OTHERS)
def test_a_method_that_is_no_post(name: str) -> None:
    deletes_once = name == "admin.reservations.delete"
    with Peer(status(502)) as peer, Medusa(peer.url, max_retries=1) as medusa:
        checked(lambda: OTHERS[name](medusa), may=deletes_once, retryable=not deletes_once)
        assert len(peer.requests) == 1 + (name not in ONCE)
        assert {sent.head.split(" ")[0] for sent in peer.requests} <= {"GET", "DELETE"}
