"""Errors mask secrets and e-mail addresses that a backend quotes with the escapes of HTML, JSON or URLs, or several.

Tracebacks quote source lines, so the tests generate every secret at run time.
"""

from __future__ import annotations

import base64
import html
import json
import re
import time
import traceback
import uuid
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
import requests
from hypothesis import given, settings, strategies as st

from medusa import Medusa, MedusaError, RetryAdapter
from medusa.http.redaction import mask

from .peer import Peer, answered, http

Escape = Callable[[str], str]

ESCAPES: dict[str, Escape] = {
    "plain": str,
    "HTML": html.escape,
    "HTML, decimal": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "HTML, zeros": lambda text: "".join(char if char.isalnum() else f"&#00{ord(char)};" for char in text),
    "HTML, hexadecimal": lambda text: "".join(f"&#x{ord(char):x};" for char in text),
    "HTML, HEXADECIMAL": lambda text: "".join(char if char.isalnum() else f"&#X{ord(char):X};" for char in text),
    "HTML, without a semicolon": lambda text: html.escape(text).replace("&amp;", "&amp"),
    "HTML, twice": lambda text: html.escape(html.escape(text)),
    "JSON": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON, ASCII": lambda text: json.dumps(text)[1:-1].replace("@", "\\u0040").replace("/", "\\/"),
    "JSON, all": lambda text: re.sub("(....)", r"\\u\1", text.encode("utf-16-be").hex().upper()),
    "JSON, twice": lambda text: json.dumps(json.dumps(text))[1:-1],
    "URL": lambda text: quote(text, safe=""),
    "URL, lower case": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "URL of a path": quote,
    "form": quote_plus,
    "encodeURIComponent": lambda text: quote(text, safe="!'()*"),
    "URL, twice": lambda text: quote(quote(text)),
    "JSON in HTML": lambda text: html.escape(json.dumps(text)),
    "URL in JSON in HTML": lambda text: html.escape(json.dumps(f"/x?a={quote(text)}")),
    "util.inspect": lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'",
}


def page(said: str) -> tuple[str, str]:
    return f"<!DOCTYPE html><title>Error</title><pre>Error: {said}<br> at x</pre>", "text/html"


FRAMES: dict[str, Callable[[str], tuple[str, str]]] = {
    "JSON": lambda said: (json.dumps({"type": "t", "message": f"refused: {said} !"}), "application/json"),
    "JSON, the type": lambda said: (json.dumps({"type": said, "message": "m"}), "application/json"),
    "JSON of another form": lambda said: (json.dumps({"error": f"refused: {said} !"}), "application/json"),
    "text": lambda said: (f"refused: {said} !", "text/plain"),
    "a page": page,
    "a page without a title": lambda said: (f"<h1>No</h1><p>{said}</p>", "text/html"),
}


class Given:
    """Credentials of every kind. They consist of unique parts, and of all characters that are escaped."""

    def __init__(self) -> None:
        part = [uuid.uuid4().hex[:10] for _ in range(20)]
        self.parts = part
        self.password = f"{part[0]}&{part[1]}'{part[2]}\"{part[3]} {part[4]}%{part[5]}\\{part[6]}/{part[7]}+é{part[8]}"
        self.email = f"{part[9]}+{part[10]}@{part[11]}.example"
        self.token = f"{part[12]}/{part[13]}=="
        self.cookie = f"s:{part[14]}.{part[15]}/+="
        self.key = f"{part[16]}&{part[17]}"
        self.short = f"{part[18][:3]}&{part[19][:3]}"

    def parts_in(self, text: str) -> list[str]:
        return [part for part in self.parts if part in text]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("escape", ESCAPES)
def test_no_escape_hides_a_secret(escape: str, frame: str) -> None:
    secrets = Given()
    quoted = {name: ESCAPES[escape](getattr(secrets, name)) for name in ("password", "email", "token", "cookie", "key")}
    with requests.Session() as session, Peer() as peer:
        session.mount("http://", RetryAdapter())
        session.headers["X-Gateway-Key"] = secrets.key
        headers = {"Cookie": f"connect.sid={secrets.cookie}"}
        medusa = Medusa(peer.url, session=session, token=secrets.token, custom_headers=headers)
        for name, text in quoted.items():
            body, content_type = FRAMES[frame](text)
            peer.answers = [answered(http(body, 400, Content_Type=content_type))]
            with pytest.raises(MedusaError) as caught:
                medusa.request(
                    "POST", "/store/custom", json={"user": {"email": secrets.email, "password": secrets.password}}
                )
            text_of_error = f"{caught.value} {caught.value!r}" + "".join(traceback.format_exception(caught.value))
            assert secrets.parts_in(text_of_error) == [], name
            assert "[hidden]" in str(caught.value)
            assert str(caught.value).isprintable()
            if frame in ("JSON", "text"):
                assert str(caught.value).endswith(" !")
        medusa.close()


def test_a_short_password() -> None:
    for escape in ESCAPES.values():
        short = "Q7&Q8"
        with Peer(answered(http(f"wrong: {escape(short)} .", 400, Content_Type="text/plain"))) as peer:
            with Medusa(peer.url) as medusa, pytest.raises(MedusaError, match=r"wrong: .*\[hidden\].* \.$") as caught:
                medusa.request("POST", "/store/custom", json={"password": short})
        assert "Q" not in str(caught.value)


def test_what_basic_auth_hides_in_base64() -> None:
    user, password = uuid.uuid4().hex, uuid.uuid4().hex
    encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
    with Peer(answered(http(f"{user} {password} {encoded}", 401))) as peer, Medusa(peer.url) as medusa:
        medusa.session.auth = (user, password)
        with pytest.raises(MedusaError, match=r"returned 401: \[hidden\] \[hidden\] \[hidden\]$"):
            medusa.auth.get_session()


def test_a_secret_in_a_query_that_is_quoted_without_its_name() -> None:
    secret = uuid.uuid4().hex
    with Peer(answered(http(f"no such session: {secret}", 401))) as peer, Medusa(peer.url) as medusa:
        for path, params in ((f"/store/x?reset_token={secret}", None), ("/store/x", {"api_key": secret})):
            with pytest.raises(MedusaError, match=r"no such session: \[hidden\]$"):
                medusa.request("GET", path, params=params)


@pytest.mark.parametrize(
    "text",
    [
        "Order with id a%2Fb was not found",
        "100% of &amp; and \\u00e9, C:\\new",
        "x &lt; y",
        "Cannot GET /store/%E6%97%A5",
        "name must be one of: 'a', \"b\"",
    ],
)
def test_a_text_without_a_secret_stays_as_it_is(text: str) -> None:
    with (
        Peer(answered(http(text, 400, Content_Type="text/plain"))) as peer,
        Medusa(peer.url, token="t0ken-1") as medusa,
    ):
        with pytest.raises(MedusaError) as caught:
            medusa.orders.retrieve("order_1")
    assert str(caught.value) == f"GET /store/orders/{{id}} returned 400: {text}"


def test_an_address_with_an_apostrophe() -> None:
    email = "o'" + uuid.uuid4().hex + "@example.com"
    with Peer(answered(http(f"'{email}' is taken", 422))) as peer, Medusa(peer.url) as medusa:
        with pytest.raises(MedusaError, match=r"returned 422: '?\[hidden\]' is taken$"):
            medusa.auth.exists(email)


def test_an_address_in_a_path_leaves_the_path_in_one_line() -> None:
    """The masked path has one line even if it contains an escaped line break, which must not break a line of a log."""
    assert mask("/store/a%0ab/ada%40example.com") == "/store/a b/[hidden]"
    with Peer(answered(http("", 400))) as peer, Medusa(peer.url) as medusa, pytest.raises(MedusaError) as caught:
        medusa.request("GET", "/store/a\u2028b")
    assert str(caught.value) == "GET /store/a b returned 400"


@pytest.mark.parametrize("length", [19_000, 19_990, 20_010, 60_000])
def test_a_secret_at_any_place_of_a_long_text(length: int) -> None:
    """A secret is masked before the text is truncated, so a truncated secret cannot be missed."""
    secret = uuid.uuid4().hex * 2
    filler = " " * length
    with Peer() as peer, Medusa(peer.url, token=secret) as medusa:
        for shift in range(0, 70, 5):
            peer.answers = [answered(http(filler[shift:] + secret + filler, 400, Content_Type="text/plain"))]
            with pytest.raises(MedusaError) as caught:
                medusa.orders.retrieve("order_1")
            assert secret[:8] not in str(caught.value)


LONG = {
    "a": "a" * 1_000_000,
    "@": "@" * 1_000_000,
    "a@": "a@" * 500_000,
    "a'": "a'" * 500_000,
    "<": "<" * 1_000_000,
    "<pre>": "<pre>" * 200_000,
    "?a=": "?a=" * 300_000,
    "&": "&" * 1_000_000,
    "&amp;": "&amp;" * 200_000,
    "&amp;amp": "&" + "amp;" * 250_000,
    "%25": "%" + "25" * 500_000,
    "backslashes": "\\" * 1_000_000,
    "\\u": "\\u0040" * 160_000,
    "spaces": " " * 1_000_000,
    "%40": "a%40" * 250_000,
    "words": "a" * 60 + ("'" + "a" * 60) * 16_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_text_takes_no_long_time(text: str) -> None:
    with (
        Peer(answered(http(text, 400, Content_Type="text/plain"))) as peer,
        Medusa(peer.url, token="t0ken-1") as medusa,
    ):
        begun = time.process_time()
        with pytest.raises(MedusaError):
            medusa.orders.retrieve("order_1")
        assert time.process_time() - begun < 20


PRINTABLE = st.characters(exclude_categories=["C", "Z"])


@settings(max_examples=300, deadline=None)
@given(st.text(PRINTABLE, max_size=30), st.text(PRINTABLE, min_size=8, max_size=20), st.sampled_from(list(ESCAPES)))
def test_any_secret(before: str, secret: str, escape: str) -> None:
    quoted = ESCAPES[escape](secret)
    masked = mask(f"{before} {quoted} after", [secret])
    assert quoted not in masked.replace("[hidden]", "")
