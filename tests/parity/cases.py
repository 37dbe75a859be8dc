"""The calls that both clients make, and the responses of the server. Each case is written once for JS and Python."""

from __future__ import annotations

import enum
import gzip
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from medusa import Address
from medusa.http import query_string

from ..conftest import CORPUS
from ..faults.peer import Answer, Request, answered, cut, http
from ..faults.test_attempts import SCENARIOS
from ..test_query_string import PAYLOADS
from .guide import ADMIN_METHODS, TWICE
from .methods import ADMIN, METHODS, STORE, Method


@dataclass(frozen=True)
class Both:
    """A value that JSON cannot represent: an expression in JS and the equivalent value in Python."""

    js: str
    python: Any


UNDEFINED = Both("undefined", ...)
"""`undefined` in JS. The JS client omits such a key, so the key is omitted in Python."""


class Currency(enum.Enum):
    EUR = "eur"


class Level(enum.IntEnum):
    HIGH = 3


KINDS: dict[str, Any] = {
    "day": Both("new Date('2024-01-02').toISOString().slice(0, 10)", date(2024, 1, 2)),
    "id": Both("'12345678-1234-4678-9234-567812345678'", UUID("12345678-1234-4678-9234-567812345678")),
    "currency": Both("'eur'", Currency.EUR),
    "level": Both("3", Level.HIGH),
    "address": Both("{ city: 'London', first_name: null }", Address(city="London", first_name=None)),
    "pair": Both("[1, [2]]", (1, (2,))),
}
"""The values that payloads and queries may contain in Python, and their equivalents in JS."""


@dataclass
class Call:
    """One call, with the name of the method in JS. The arguments of `client.request` are method, path and payload."""

    method: str
    args: list[Any] = field(default_factory=list)
    headers: dict[str, Any] | None = None
    """The `customHeaders` of this call."""
    answers: list[Answer] | None = None
    """The server's responses to the attempts. The last response is also used for all further attempts."""
    client: int = 0
    """The number of the client that makes the call. A case may have several clients."""

    @property
    def returns_body(self) -> bool:
        """Whether the Python client returns the decoded body instead of a result."""
        return self.method == "client.request" or self.method.startswith("admin.custom.")


@dataclass
class Case:
    """Consecutive calls of one client, or of two clients with the same options. Each case has its own server."""

    name: str
    calls: list[Call]
    options: dict[str, Any] = field(default_factory=dict)
    """The constructor's options with their names in JS. `{server}` in `baseUrl` is replaced by the server's URL."""
    python_options: dict[str, Any] = field(default_factory=dict)
    """The constructor's options that the JS client does not have."""
    words: dict[str, str] = field(default_factory=dict)
    """The texts that replace `{...}` in the list of differences for this case."""
    for_all_clients: bool = False
    """Whether the calls change the requests of all JS clients in the process."""


def text(
    body: bytes | str, status: int = 200, content_type: str = "text/plain; charset=utf-8", **headers: str
) -> Answer:
    return answered(http(body, status, Content_Type=content_type, **headers))


def as_json(body: Any, status: int = 200, **headers: str) -> Answer:
    return text(json.dumps(body), status, "application/json; charset=utf-8", **headers)


def usually(body: Any) -> Answer:
    """Return a response like the backend, which sets a cookie in every response."""
    cookie = "connect.sid=s%3Afirst; Path=/; HttpOnly"
    if body == "":
        return answered(f"HTTP/1.1 204 No Content\r\nSet-Cookie: {cookie}\r\n\r\n".encode())
    return text("OK", Set_Cookie=cookie) if body == "OK" else as_json(body, Set_Cookie=cookie)


ANSWERS: dict[str, Answer] = {
    **{name: usually(method.answer) for name, method in METHODS.items()},
    "client.request": usually({"items": [1, 2.5, None, "ü"]}),
    "setPublishableKey": as_json({}),
}
BY_BODY = [name for name, method in STORE.items() if method.sends_body]
BY_QUERY = [name for name, method in STORE.items() if method.payload is not None and not method.sends_body]


def usual(method: str, **more: Any) -> Call:
    return Call(method, METHODS[method].arguments, **more)


def with_payload(method: str, payload: Any, **more: Any) -> Call:
    """Return the usual call with another payload, or with another query if the method has no payload."""
    of_method = METHODS[method]
    return Call(method, [*of_method.ids, payload, *([] if of_method.query is None else [of_method.query])], **more)


def options() -> Iterator[Case]:
    """Yield cases with every option for every method."""
    many = {"X-Shop": "one", "x-lower": "two words", "X-Latin": "é", "X-Empty": ""}
    over = {
        "Accept": "text/plain",
        "content-type": "application/json; charset=utf-8",
        "USER-AGENT": "of my own",
        "Authorization": "Bearer d.e.f",
        "Cookie": "connect.sid=mine",
        "x-publishable-api-key": "pk_other",
        "Idempotency-Key": "mine",
    }
    everything = {"maxRetries": 1, "apiKey": "key_1", "publishableApiKey": "pk_1", "customHeaders": many}
    variants: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
        "no options": ({}, None),
        "maxRetries": ({"maxRetries": 2}, None),
        "apiKey": ({"apiKey": "key_1"}, None),
        "publishableApiKey": ({"publishableApiKey": "pk_1"}, None),
        "customHeaders of the client": ({"customHeaders": many}, None),
        "customHeaders of the call": ({}, many),
        "customHeaders of both": ({"customHeaders": {**many, "X-Shop": "zero", "X-Client": "c"}}, many),
        "customHeaders of both in other case": ({"customHeaders": {"X-SHOP": "zero"}}, {"x-shop": "one"}),
        "the client's headers over the defaults": ({**everything, "customHeaders": over}, None),
        "the call's headers over the defaults": ({**everything}, over),
        "all options": (everything, {"X-Shop": "call"}),
        "a baseUrl with a slash": ({"baseUrl": "{server}/"}, None),
        "a baseUrl with a path": ({"baseUrl": "{server}/shop/v1/"}, None),
    }
    for name, (client, call) in variants.items():
        for method in STORE:
            yield Case(f"{name}: {method}", [usual(method, headers=call)], client)
    for method in STORE:
        yield Case(
            f"a new key for each call: {method}",
            [usual(method), usual(method), usual(method, client=1)],
            {"maxRetries": 1},
        )
    for odd in (1, True, None, ["a", "b"]):
        yield Case(f"a header that is not a string: {odd}", [usual("orders.retrieve", headers={"X-Odd": odd})])
    for value in ("a\nb", "a\r\nX-Evil: 1", "\0", "日本"):
        yield Case(f"a header of bad characters: {value!a}", [usual("orders.retrieve", headers={"X-Odd": value})])
    for value in (" a", "\ta", " "):
        yield Case(
            f"a header that begins with a space: {value!a}", [usual("orders.retrieve", headers={"X-Odd": value})]
        )
    yield Case("a header of a bad name", [usual("orders.retrieve", headers={"X Odd": "a"})])
    yield Case(
        "setPublishableKey",
        [Call("setPublishableKey", ["pk_2"]), usual("orders.retrieve"), usual("orders.retrieve", client=1)],
        for_all_clients=True,
    )
    yield Case(
        "setPublishableKey over the option",
        [Call("setPublishableKey", ["pk_2"]), usual("orders.retrieve")],
        {"publishableApiKey": "pk_1"},
        for_all_clients=True,
    )
    odd_options: list[dict[str, Any]] = [
        *({"apiKey": key} for key in ("", "a b", "é", 5)),
        *({"publishableApiKey": key} for key in ("", "a b", "é", 5)),
        *({"maxRetries": number} for number in (None, -1, 1.5, "2", True)),
        *({"baseUrl": url} for url in ("{server}?x=1", "{server}#f", " {server}")),
    ]
    for given in odd_options:
        yield Case(f"an option that may be a mistake: {json.dumps(given)}", [usual("orders.retrieve")], given)
    yield Case(
        "maxRetries: undefined", [usual("orders.retrieve", answers=[as_json({}, 503)])], {"maxRetries": UNDEFINED}
    )


def ids() -> Iterator[Case]:
    """Yield cases for the IDs whose paths were recorded from the JS client."""
    routes = {
        "orders.retrieve": "/store/orders/",
        "orders.retrieveByCartId": "/store/orders/cart/",
        "auth.exists": "/store/auth/",
    }
    for line in (CORPUS / "paths.tsv").read_text().splitlines()[1:]:
        source, sent = line.split("\t")
        id = Both("undefined", None) if source == "undefined" else json.loads(source)
        encoded = quote(id, safe="") if isinstance(id, str) else ""
        if not isinstance(id, str):
            kind = "an id that is not a string"
        elif id in ("", ".", ".."):
            kind = "an id that is not a path segment"
        elif sent == "(TypeError)":
            kind = "an id that JS can't send"
        else:
            kind = "a plain id" if sent == encoded else "an id with special characters"
        for method, route in routes.items():
            words = {"route": route, "id as it is": sent, "id encoded": encoded}
            yield Case(f"{kind}: {method}({source[:40]})", [Call(method, [id])], words=words)
    for name, of_method in STORE.items():
        for position in range(len(of_method.ids)):
            given = list(of_method.ids)
            given[position] = "a/b"
            call = Call(name, given if of_method.payload is None else [*given, of_method.payload])
            yield Case(f"an id of several segments: {name}, {position}", [call], words=_lines(of_method, given))


def _lines(method: Method, ids: list[str], *, with_query: bool = True) -> dict[str, str]:
    """Return the first line of the request with the IDs as they are, and with encoded IDs."""
    route = re.sub(r"\{\w+\}", "{}", method.route)
    if with_query and method.queried is not None:
        route += f"?{query_string.encode(method.queried)}"
    encoded = [quote(id, safe="") for id in ids]
    return {
        "line as it is": f"{method.verb} {route.format(*ids)}",
        "line encoded": f"{method.verb} {route.format(*encoded)}",
    }


def queries() -> Iterator[Case]:
    """Yield cases for queries, including the payloads whose query strings were recorded from the JS client."""
    payloads: dict[str, Any] = {
        **PAYLOADS,
        "undef": {"display_id": 1, "email": UNDEFINED},
        "nestedundef": {"display_id": 1, "shipping_address": {"postal_code": UNDEFINED}},
        "arraynull": {"a": ["x", None, {"b": None}]},
        "number": {"a": 1.5, "b": 1e21, "c": 0, "d": 10.0, "e": 1e-7, "f": 1e-5, "g": -2.5, "h": 1e16, "i": 2**53},
        "infinite": {"a": Both("NaN", float("nan")), "b": Both("-Infinity", float("-inf"))},
        "dates": {
            "e": [
                {"f": datetime.fromisoformat("2024-01-02T03:04:05+02:00")},
                datetime.fromisoformat("1969-12-31T23:59:59.999Z"),
            ]
        },
        "brackets": {"c[d]": 2, "[e]": 3},
        "kinds": {**KINDS, "nested": [{"created_at": {"gt": KINDS["day"]}}]},
    }
    del payloads["emptyarr"]
    for name, payload in payloads.items():
        yield Case(f"a query: {name}", [Call("orders.lookupOrder", [payload])])
    for method in BY_QUERY:
        path = METHODS[method].route.replace("{id}", "id_1")
        nested = {
            "a": {"b": [1, None, {"c": True}, []], "ü&=": "ä #%+"},
            "created_at": {"gte": datetime.fromisoformat("2024-01-02T03:04:05+02:00"), "lt": None},
            "tags": ["x", "y"],
            "limit": 10,
            "is_giftcard": False,
        }
        yield Case(f"nested values in a query: {method}", [with_payload(method, nested)])
        # `listOrders` is the only list method of JS that also omits the `?` of an empty query.
        kind = "a query of nothing" if method == "customers.listOrders" else "an empty query"
        for name, payload in {"emptyarr": {"order": []}, "emptyobj": {}, "nothing": {"a": UNDEFINED}}.items():
            yield Case(f"{kind}: {name}: {method}", [with_payload(method, payload)], words={"path": path})
        if METHODS[method].is_optional:
            yield Case(f"no query: {method}", [Call(method, METHODS[method].ids)])
            yield Case(f"null as a query: {method}", [with_payload(method, None)])
            yield Case(f"undefined as a query: {method}", [with_payload(method, Both("undefined", None))])
    odd: dict[str, Any] = {
        "buffer": Both("Buffer.from('hi')", b"hi"),
        "fn": Both("() => 1", lambda: 1),
        "symbol": Both("Symbol('x')", object()),
        "set": Both("new Set([1])", {1}),
    }
    for name, value in odd.items():
        yield Case(
            f"a value that JSON does not have: query {name}", [Call("orders.lookupOrder", [{"a": 1, "b": value}])]
        )


def bodies() -> Iterator[Case]:
    """Yield cases with payloads of every kind for every method that sends a payload."""
    payloads: dict[str, Any] = {
        "empty": {},
        "nested": {"a": {"b": {"c": [1, [2, {"d": 3}], []]}, "e": {}}},
        "null": {"a": None, "b": [None], "c": {"d": None}},
        "undefined": {"a": UNDEFINED, "b": {"c": UNDEFINED, "d": 1}, "e": 2},
        "booleans": {"a": True, "b": [False]},
        "dates": {
            "a": datetime.fromisoformat("2024-01-02T03:04:05.678Z"),
            "b": [datetime.fromisoformat("2024-12-31T23:59:59+02:00")],
        },
        "a date before 1970": {
            "a": datetime.fromisoformat("1969-12-31T23:59:59.999Z"),
            "b": datetime.fromisoformat("0999-01-01T00:00:00Z"),
        },
        "unicode": {"ü": "日本 😀", "e\u0301": "\u00e9\u2028\u2029\ufeff"},
        "plus and spaces": {"email": "ada+shop tag@example.com", " a ": " b "},
        "quotes and controls": {"a": "\"\\/'<>&", "b": "\0\1\b\t\n\f\r\x1f\x7f\x80"},
        "numbers": {"a": 0, "b": -1, "c": 1.5, "d": 0.1, "e": 9007199254740991, "f": 1e21, "g": 123456.789},
        "a lone surrogate": {"a": "\ud800x"},
        "key order": {"z": 1, "a": 2, "Z": 3, "_": 4},
        "long": {"a": "x" * 100_000},
        "kinds": {**KINDS, "nested": [{"created_at": {"gt": KINDS["day"]}}]},
    }
    for name, payload in payloads.items():
        for method in BY_BODY:
            yield Case(f"a body: {name}: {method}", [with_payload(method, payload)])
    spelt: dict[str, tuple[Any, str, str]] = {
        "10.0": (10.0, "10", "10.0"),
        "-0.0": (-0.0, "0", "-0.0"),
        "1e16": (1e16, "10000000000000000", "1e+16"),
        "1e-5": (1e-5, "0.00001", "1e-05"),
        "a lone surrogate after a letter": ("ü\ud800", '"ü\\ud800"', '"\\u00fc\\ud800"'),
    }
    for name, (value, in_js, here) in spelt.items():
        words = {"js": in_js, "python": here}
        yield Case(
            f"JSON that is written differently: {name}", [Call("orders.confirmRequest", [{"a": value}])], words=words
        )
    for js, python in {"NaN": float("nan"), "Infinity": float("inf")}.items():
        yield Case(
            f"a number that JSON does not have: {js}", [Call("orders.confirmRequest", [{"a": Both(js, python)}])]
        )
    yield Case("keys that are numbers", [Call("orders.confirmRequest", [{"b": 1, "1": 2, "0": 3}])])
    big = Both("12345678901234567890", 12345678901234567890)
    yield Case("an integer over 2^53 in a payload", [Call("orders.confirmRequest", [{"a": big}])])
    odd = {
        "function": Both("() => 1", lambda: 1),
        "set": Both("new Set([1])", {1}),
        "bytes": Both("Buffer.from('x')", b"x"),
    }
    for name, value in odd.items():
        yield Case(f"a value that JSON does not have: body {name}", [Call("orders.confirmRequest", [{"a": value}])])
    for method in (*BY_BODY, *BY_QUERY):
        is_optional = METHODS[method].is_optional
        words = {"ok": "ok 200" if METHODS[method].answer else "ok 204"}
        for payload in ("token", 5, ["token"], *([] if is_optional else [None])):
            name = f"a payload that is not a mapping: {method}({json.dumps(payload)})"
            yield Case(name, [with_payload(method, payload)], words=words)
        if not is_optional:
            undefined = with_payload(method, Both("undefined", None))
            yield Case(f"a payload that is not a mapping: {method}()", [undefined], words=words)
        elif method in BY_BODY:
            yield Case(f"no payload: {method}", [Call(method, METHODS[method].ids)])
            yield Case(f"null as payload: {method}", [with_payload(method, None)])


def answers() -> Iterator[Case]:
    """Yield cases for the results and errors that the caller gets for a response."""
    retrieve = "orders.retrieve"
    alike: dict[str, tuple[str, Answer]] = {
        "unknown keys": (retrieve, as_json({"order": {"id": "o", "new": [1, {"x": None}]}, "more": {"a": 1}})),
        "an unknown status": (retrieve, as_json({"order": {"id": "o", "status": "brand-new"}})),
        "floats": (retrieve, as_json({"order": {"id": "o", "items": [{"raw_discount_total": 12.75}]}})),
        "a byte order mark": (retrieve, text(b'\xef\xbb\xbf{"order": {"id": "o"}}', 200, "application/json")),
        "another type of content": (retrieve, text('{"order": {"id": "o"}}', 200, "text/html")),
        "gzip": (
            retrieve,
            text(gzip.compress(b'{"order": {"id": "o"}}'), 200, "application/json", Content_Encoding="gzip"),
        ),
        "chunks": (
            retrieve,
            answered(
                b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"order":\r\nb\r\n{"id": "o"}}\r\n0\r\n\r\n'
            ),
        ),
        "103 before it": (
            retrieve,
            answered(
                b'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"order": {"id": "o"}}'
            ),
        ),
        "201": (retrieve, as_json({"order": {"id": "o"}}, 201)),
        "203": ("orders.confirmRequest", as_json({}, 203)),
        "exists: false": ("auth.exists", as_json({"exists": False})),
    }
    for name, (method, answer) in alike.items():
        yield Case(f"a response: {name}", [usual(method, answers=[answer])])
    for status in (300, 400, 401, 403, 404, 405, 413, 418, 422, 429, 431, 500, 501, 503):
        for method in (retrieve, "auth.getToken"):
            error = {"type": "invalid_data", "code": "x", "message": "Größe"}
            yield Case(f"an error: {status}: {method}", [usual(method, answers=[as_json(error, status)])])
    yield Case("an error: plain text", [usual(retrieve, answers=[text("Not Found", 404)])])
    yield Case("an error: HTML", [usual(retrieve, answers=[text("<html>Größe</html>", 404, "text/html")])])
    yield Case("an error: 304", [usual(retrieve, answers=[answered(b"HTTP/1.1 304 Not Modified\r\n\r\n")])])
    yield Case("an error: no body", [usual(retrieve, answers=[text("", 431, "")])])
    unreadable: dict[str, Answer] = {
        "HTML": text("<p>", content_type="text/html"),
        "cut JSON": text('{"o', content_type="application/json"),
        "nothing": text(""),
        "a string": as_json("ab"),
        "an array": as_json([1, 2]),
        "null": as_json(None),
        "no order": as_json({"orders": []}),
    }
    for name, answer in unreadable.items():
        yield Case(f"an invalid success: {name}", [usual(retrieve, answers=[answer])])
    empty = answered(b"HTTP/1.1 204 No Content\r\n\r\n")
    for method, of_method in STORE.items():
        kind = "an invalid success" if of_method.answer else "a success without a body"
        for name, answer in {"null": as_json(None), "something else": as_json({"a": 1})}.items():
            yield Case(f"an invalid success: {name}: {method}", [usual(method, answers=[answer])])
        yield Case(f"{kind}: nothing: {method}", [usual(method, answers=[text("")])])
        yield Case(f"{kind} with 204: {method}", [usual(method, answers=[empty])])
    wrong: dict[str, Any] = {"id": 5, "display_id": "5", "items": {}, "created_at": "yesterday", "total": 1.5}
    for name, value in wrong.items():
        yield Case(f"a wrong type: {name}", [usual(retrieve, answers=[as_json({"order": {name: value}})])])
    big = {"order": {"metadata": {"n": 12345678901234567890}}}
    yield Case("an integer over 2^53", [usual(retrieve, answers=[as_json(big)])])
    yield Case("a whole float", [usual(retrieve, answers=[as_json({"order": {"metadata": {"n": 1.0}}})])])
    yield Case("a key response", [usual(retrieve, answers=[as_json({"order": {"id": "o"}, "response": 5})])])
    whole = gzip.compress(b'{"order": {"id": "o"}}')
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n"
    for method in (retrieve, "client.request"):
        for cut_off in (1, 12):
            packed = [cut(head + whole[:-cut_off]), cut(head + whole)]
            call = Call(method, METHODS[method].arguments if method in METHODS else ["GET", "/x"], answers=packed)
            yield Case(f"a fault: gzip cut by {cut_off}: {method}", [call], {"maxRetries": 1})
    for method in ("orders.retrieve", "orders.confirmRequest"):
        redirect = as_json({}, 302, Location="/elsewhere")
        yield Case(f"a redirect: {method}", [usual(method, answers=[redirect, as_json({"order": {"id": "o"}})])])
    impatient = {"timeout": (5.0, 0.3)}
    yield Case("a late response", [usual(retrieve, answers=[_late])], {"maxRetries": 1}, python_options=impatient)


def _late(sock: socket.socket, request: Request) -> object:
    time.sleep(1.5)
    return ANSWERS["orders.retrieve"](sock, request)


def logins() -> Iterator[Case]:
    """Yield cases for the requests after a login."""
    claim = "orders.requestCustomerOrders"
    yield Case("after a token", [usual("auth.getToken"), usual(claim), usual("auth.getSession")])
    yield Case("after a cookie", [usual("auth.authenticate"), usual(claim), usual("auth.getSession")])
    yield Case("the end of a token", [usual("auth.getToken"), usual("auth.deleteSession"), usual("auth.getSession")])
    yield Case("the end of a cookie", [usual("auth.authenticate"), usual("auth.deleteSession"), usual(claim)])
    yield Case("a cookie of another call", [usual("orders.retrieve"), usual("auth.exists"), usual("orders.retrieve")])
    yield Case("another client after a token", [usual("auth.getToken"), usual(claim, client=1)])
    yield Case("another client after a cookie", [usual("auth.authenticate"), usual(claim, client=1)])


def custom_routes() -> Iterator[Case]:
    """Yield cases for `medusa.client.request`."""

    def case(name: str, *args: Any, answer: Answer | None = None, words: dict[str, str] | None = None) -> Case:
        client = {"apiKey": "key_1", "publishableApiKey": "pk_1", "maxRetries": 1}
        return Case(name, [Call("client.request", list(args), answers=answer and [answer])], client, words=words or {})

    for method in ("GET", "POST", "DELETE"):
        for path in ("/store/custom", "/store/custom?a=1&b=%20e", "/admin/orders", "/admin/auth", "/admin", "/hook/x"):
            yield case(f"a custom route: {method} {path}", method, path)
        for path, encoded in {"/hook/é": "/hook/%C3%A9", "/hook?a[b]=1": "/hook?a%5Bb%5D=1"}.items():
            request = {"as_it_is": f"{method} {path}", "encoded": f"{method} {encoded}"}
            yield case(f"a path with special characters: {method} {path}", method, path, words=request)
    payload = {"a": [1, None, {"ü": True}]}
    yield case("a custom route: POST with a payload", "POST", "/store/custom", payload)
    yield case("a custom route: DELETE with a payload", "DELETE", "/store/custom", payload)
    yield case("a custom route: an array as payload", "POST", "/store/custom", [1, {"a": 2}])
    yield case("a custom route: GET in lower case", "get", "/store/custom")
    for method in ("PUT", "PATCH"):
        yield case(f"a custom route: {method} with nothing", method, "/store/custom")
        yield case(f"a body that JS drops: {method}", method, "/store/custom", {"a": 1})
    yield case("post in lower case", "post", "/store/custom", {"a": 1})
    yield case("delete in lower case", "delete", "/store/custom")
    yield case("an Admin login in lower case", "post", "/admin/auth", {"a": 1})
    yield case("a method that may be a mistake", "M-SEARCH", "/store/custom")
    yield case("null as payload", "POST", "/store/custom", None)
    yield case("a string as payload", "POST", "/store/custom", "5")
    yield case("a path that only begins like an Admin path", "GET", "/administrators")
    yield case("an Admin path in upper case", "GET", "/ADMIN/orders")
    yield case("an Admin login with a query", "POST", "/admin/auth?a=1")
    for path, in_js, here in (
        ("/%61dmin/orders", "/%61dmin/orders", "/admin/orders"),
        ("/hook/%7Ex?a=%2e%c3%a9", "/hook/%7Ex?a=%2e%c3%a9", "/hook/~x?a=.%C3%A9"),
        ("/hook/it's", "/hook/it%27s", "/hook/it's"),
        ("/hook?", "/hook?", "/hook"),
        ("/hook?a=50%&b=%40", "/hook?a=50%&b=%40", "/hook?a=50%25&b=%40"),
    ):
        words = {"as_it_is": f"GET {in_js}", "encoded": f"GET {here}"}
        yield case(f"a path with another spelling: {path}", "GET", path, words=words)
    for path in ("/日", "/x?a=日", "/x?a=😀"):
        yield case(f"a path that JS can't send: {path}", "GET", path)
    yield case("a custom route: an empty response", "GET", "/store/custom", answer=text(""))
    yield case(
        "a response that is not an object: text",
        "GET",
        "/x",
        answer=text("O"),
        words={"js": '{"0": "O"}', "python": '"O"'},
    )
    yield case(
        "a response that is not an object: an array",
        "GET",
        "/x",
        answer=as_json([5]),
        words={"js": '{"0": 5}', "python": "[5]"},
    )
    yield case(
        "a response that is not an object: a number", "GET", "/x", answer=as_json(5), words={"js": "{}", "python": "5"}
    )
    kinds: dict[str, Answer] = {
        "JSON as HTML": text('{"a": 1}', content_type="text/html"),
        "JSON as bytes": text('{"a": 1}', content_type="application/octet-stream"),
        "JSON as nothing": answered(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}'),
        "a text as HTML": text("Done", content_type="text/html; charset=utf-8"),
        "cut JSON": text('{"a": ', content_type="application/json"),
        "spaces as JSON": text("  ", content_type="application/json"),
    }
    for name, answer in kinds.items():
        yield case(f"a response of another type: {name}", "GET", "/x", answer=answer)
    yield case("JSON as plain text", "GET", "/x", answer=text('{"a": 1}'))
    for path in ("", "?a=1", "/x\ty"):
        yield case(f"a path that may be a mistake: {path!a}", "GET", path)
    yield case("a path that names a host: with its scheme", "GET", "http://example.invalid/store")
    for path in ("store/custom", "/store/../admin", "/store/%2e%2E/admin", "/store/a#b", "/store/a\\b"):
        yield case(f"a path that may be a mistake: {path}", "GET", path)
    yield case("a path that names a host", "GET", "//example.invalid/store")


def retries() -> Iterator[Case]:
    """Yield cases for the scenarios in which the attempts of the JS client were recorded."""
    for scenario, (make, _) in SCENARIOS.items():
        for method in ("orders.retrieve", "orders.confirmRequest"):
            for max_retries in (0, 1):
                yield _retry(f"{scenario}: {method}, maxRetries {max_retries}", method, max_retries, [_fresh(make)])
    for value in ("2026-11-20", "1s", "NaN", "1, 2"):
        name = f"Retry-After {value}: orders.retrieve, maxRetries 1"
        yield _retry(name, "orders.retrieve", 1, [answered(http("", 503, Retry_After=value))])
    for method in ("orders.retrieve", "orders.confirmRequest", "auth.deleteSession"):
        for scenario in ("finMid", "s503", "s409"):
            yield _retry(f"{scenario}: {method}, maxRetries 2", method, 2, [_fresh(SCENARIOS[scenario][0])])
        flaky = [_fresh(SCENARIOS["resetBefore"][0]), _fresh(SCENARIOS["s409"][0]), ANSWERS[method]]
        yield _retry(f"flaky1: {method}, maxRetries 1", method, 1, flaky[1:])
        yield _retry(f"flaky2: {method}, maxRetries 1", method, 1, flaky)
        yield _retry(f"flaky2: {method}, maxRetries 2", method, 2, flaky)
        for name, url in {"refused": "http://127.0.0.1:1", "dns": "http://no-such-host.invalid"}.items():
            yield Case(f"a fault: {name}: {method}", [usual(method)], {"baseUrl": url, "maxRetries": 1})


def repeated() -> Iterator[Case]:
    """Yield cases for faults after which the JS client repeats every call, even an unsafe one."""
    faults = ("resetBefore", "finMid", "s409", "s429", "s502", "s503", "s503_ra1")
    calls = {**{name: usual(name).args for name in STORE}, "client.request": ["POST", "/store/custom", {"a": 1}]}
    for name, args in calls.items():
        kind = "a call that is safe to repeat" if name in TWICE else "a call that must not be repeated"
        is_post = name not in STORE or STORE[name].verb == "POST"
        for fault in faults if is_post else ("finMid", "s503"):
            call = Call(name, args, answers=[_fresh(SCENARIOS[fault][0])])
            yield Case(f"{kind}: {fault}: {name}", [call], {"maxRetries": 1})
            if name not in TWICE:
                also = {"repeat_posts": True}
                yield Case(f"repeat_posts: {fault}: {name}", [call], {"maxRetries": 1}, python_options=also)


def admin() -> Iterator[Case]:
    """Yield cases for every method of the Admin. Only the Store cases test all headers, odd IDs and odd payloads."""
    everything = {"maxRetries": 1, "apiKey": "key_1", "publishableApiKey": "pk_1", "customHeaders": {"X-Shop": "one"}}
    uploads = ("admin.uploads.create", "admin.uploads.createProtected")
    other_paths = {
        "admin.store.addCurrency",
        "admin.variants.retrieve",
        *(f"admin.custom.{verb}" for verb in ("get", "post", "delete")),
    }
    file = Both("new File(['x'], 'a.txt', { type: 'text/plain' })", ("a.txt", b"x", "text/plain"))
    for name in uploads:
        yield Case(f"an upload: {name}", [Call(name, [file])])
    for name, method in ((name, method) for name, method in ADMIN.items() if name not in uploads):
        kind = "a call that is safe to repeat" if name in TWICE else "a call that must not be repeated"
        faults = ("resetBefore", "s503", "s503_ra1") if method.verb == "POST" else ("s503",)
        yield _of_admin("an Admin call", usual(name))
        yield _of_admin("all options of an Admin call", usual(name, headers={"X-Call": "two"}), everything)
        if method.ids and name not in other_paths:
            yield _of_admin("an id of several segments", Call(name, ["a/b", *method.arguments[1:]]))
        if method.is_optional:
            yield _of_admin("no query", Call(name, method.ids))
        for fault in faults:
            call = usual(name, answers=[_fresh(SCENARIOS[fault][0])])
            yield _of_admin(f"{kind}: {fault}", call, {"maxRetries": 1})


def _of_admin(kind: str, call: Call, options: dict[str, Any] | None = None) -> Case:
    method, path = METHODS[call.method], ADMIN_METHODS[call.method].path
    ids, has_query = call.args[: len(method.ids)], len(call.args) > len(method.ids)
    words = _lines(method, ids, with_query=has_query)
    query = words["line encoded"].partition("?")[2]
    words["path in js"] = f"{method.verb} {re.sub(r'{[^}]*}', '{}', path).format(*ids)}"
    words["line without ids"] = f"{method.verb} {path.partition('/{')[0]}?{query}"
    words["line without dates"] = re.sub(r"[?&]\w+_at%5B[^&]*", "", words["line encoded"])
    name = f"{kind}: {call.method}{', with a slash at its end' if path.endswith('/') and not query else ''}"
    return Case(name, [call], options or {}, words=words)


def _fresh(make: Callable[[], Answer]) -> Answer:
    """Return a response that is created for each request, because some responses contain the time."""
    return lambda sock, request: make()(sock, request)


def _retry(name: str, method: str, max_retries: int, answers: list[Answer]) -> Case:
    return Case(f"a fault: {name}", [usual(method, answers=answers)], {"maxRetries": max_retries})


CASES = [
    case
    for group in (options, ids, queries, bodies, answers, logins, custom_routes, retries, repeated, admin)
    for case in group()
]
