"""Each recorded exchange as a call of the method that it was recorded for, and as a response of a test server."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote

import attrs

from medusa import Medusa

from .faults.peer import Answer, Request, answered, silent
from .recordings import admin_exchanges, exchanges

JSON_TYPE = "application/json"


@attrs.frozen
class Exchange:
    """A request to a real backend, and the response."""

    case: str
    js: str | None
    """The method of the JS client, such as `carts.lineItems.create`. None if the client has no method for the route."""
    route: str | None
    """The HTTP method and the path with placeholders. None if Medusa has no such route."""
    method: str
    target: str
    request_headers: dict[str, str]
    request_body: str
    status: int | None
    """None if the backend did not respond."""
    sets_cookie: bool
    response_headers: dict[str, str]
    body: Any
    """The parsed JSON, or the text if the body is not JSON."""
    multipart: list[dict[str, Any]] | None
    """The files of an upload, without their content."""

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def payload(self) -> Any:
        """The parsed JSON of the body: `{}` if the body is empty, None if it is not JSON."""
        try:
            return json.loads(self.request_body.removeprefix("\ufeff") or "{}")
        except ValueError:
            return None

    @property
    def told(self) -> tuple[str, str, list[tuple[str, str]]]:
        """The HTTP method, the decoded path and the decoded query, as `as_told` returns them."""
        return self.method, unquote(self.path), pairs(self.query)

    @property
    def own_headers(self) -> dict[str, str]:
        """The headers that a client does not send by default."""
        usual = {"Accept": JSON_TYPE, "Content-Type": JSON_TYPE}
        return {name: value for name, value in self.request_headers.items() if usual.get(name) != value}

    def answer(self) -> Answer:
        """Return how a `Peer` responds to the request: as the backend did."""
        if self.status is None:
            return silent
        framing = ("Content-Length", "Transfer-Encoding")
        headers = {name: value for name, value in self.response_headers.items() if name not in framing}
        if self.sets_cookie:
            headers["Set-Cookie"] = "connect.sid=s%3Arecorded; Path=/; HttpOnly"
        has_body = self.method != "HEAD" and self.status not in (204, 304)
        content = self.content if has_body else b""
        if has_body:
            headers["Content-Length"] = str(len(content))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return answered(f"HTTP/1.1 {self.status} Recorded\r\n{head}\r\n".encode("latin-1") + content)

    @property
    def content(self) -> bytes:
        """The bytes of the response's body."""
        is_json = JSON_TYPE in self.response_headers.get("Content-Type", "")
        text = json.dumps(self.body, ensure_ascii=False, separators=(",", ":")) if is_json else self.body or ""
        return text.encode()


@cache
def recorded_exchanges() -> list[Exchange]:
    """Return all exchanges with the Store API."""
    return list(map(_exchange, exchanges().values()))


@cache
def recorded_admin_exchanges() -> list[Exchange]:
    """Return all exchanges with the Admin API, in the form in which this package sends them.

    The paths do not end with a slash, which the JS client adds to some paths. The placeholders have our names.
    """
    return [
        attrs.evolve(
            each,
            target="?".join(part.rstrip("/") for part in each.target.split("?", 1)),
            route=each.route and re.sub(r"\{\w+\}", lambda name: snake_case(name[0]), each.route.rstrip("/")),
        )
        for each in map(_exchange, admin_exchanges().values())
    ]


def _exchange(recorded: dict[str, Any]) -> Exchange:
    known: dict[str, Any] = {field.name: recorded.get(field.name) for field in attrs.fields(Exchange)}
    if known["js"] == "admin.store.addCurrency":  # The JS client posts to a path that Medusa does not have.
        is_ours = "/currencies/" in known["target"]
        known |= {"route": "POST /admin/store/currencies/{currency_code}"} if is_ours else {"js": None}
    return Exchange(**known)


# An exchange as a call of a method


class NotExpressibleError(Exception):
    """The method cannot send this request. The text says why."""


def snake_case(name: str) -> str:
    """Return the name in this package for a name of the JS client: `line_items` for `lineItems`."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def method_of(medusa: Medusa, js: str) -> Callable[..., Any]:
    """Return the method of this package that corresponds to a method of the JS client."""
    found: Any = medusa
    for name in snake_case(js).split("."):
        found = getattr(found, name)
    method: Callable[..., Any] = found
    return method


def arguments(exchange: Exchange, method: Callable[..., Any]) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments with which the method sends the recorded request.

    Raises `NotExpressibleError` if the method cannot send this request.
    """
    if exchange.multipart is not None:
        if any(part["field"] != "files" for part in exchange.multipart):
            raise NotExpressibleError("the files are in another field")
        return [[(part["filename"], bytes(part["size"]), part["content_type"]) for part in exchange.multipart]], {}
    if exchange.js and exchange.js.startswith("admin.custom."):
        body = {"GET": [parsed_query(exchange.query)], "POST": [exchange.payload], "DELETE": []}[exchange.method]
        return [exchange.path, *body], {}
    parameters = inspect.signature(method).parameters
    ids = _ids(exchange)
    positional = [name for name, each in parameters.items() if each.kind is not each.KEYWORD_ONLY][len(ids) :]
    options = {name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY}
    if exchange.payload is None and exchange.request_body != "null":
        raise NotExpressibleError("the body is no JSON")
    if "files" in positional:
        raise NotExpressibleError("the method sends files alone")
    if not isinstance(exchange.payload, dict):
        raise NotExpressibleError("the payload is no object")
    query = parsed_query(exchange.query)
    # The query of `lookup_order`, which sends a GET request, is called `payload`.
    takes_mapping = positional[0] not in ("query", "custom_headers")
    takes_query = "query" in positional or (takes_mapping and exchange.method == "GET")
    takes_payload = takes_mapping and exchange.method != "GET"
    if exchange.payload and not takes_payload:
        raise NotExpressibleError("the method takes no payload")
    mappings = [exchange.payload] if takes_payload else []
    if takes_query:
        return [*ids, *mappings, query], {}
    if "query" in options:
        return [*ids, *mappings], {"query": query}
    if not query.keys() <= options:
        raise NotExpressibleError("the method takes no such query")
    return [*ids, *mappings], query


def _ids(exchange: Exchange) -> list[str]:
    """Return the values of the route's placeholders in the path."""
    assert exchange.route
    pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(exchange.route.partition(" ")[2]))
    found = re.fullmatch(pattern, exchange.path)
    if not found:
        raise NotExpressibleError("the path is another spelling of the route")
    return [unquote(id) for id in found.groups()]


def pairs(query: str) -> list[tuple[str, str]]:
    """Return the names and values of a query string. The items of a list are numbered, as the JS client does."""
    found: list[tuple[str, str]] = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name.endswith("[]"):
            before = sum(name[:-1] == other.rpartition("[")[0] + "[" for other, _ in found)
            name = f"{name[:-1]}{before}]"
        found.append((name, value))
    return found


def parsed_query(query: str) -> dict[str, Any]:
    """Return the mapping that is sent as this query string.

    Raises `NotExpressibleError` if the query string contains a name twice.
    """
    parsed: dict[str, Any] = {}
    sent = pairs(query)
    if len(dict(sent)) < len(sent):
        raise NotExpressibleError("the query has a name twice")
    for name, value in sent:
        first, *inner = re.findall(r"[^\[\]]+", name)
        holder, key = parsed, first
        for part in inner:
            holder, key = holder.setdefault(key, {}), part
        holder[key] = value
    return {name: _with_lists(value) for name, value in parsed.items()}


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    items = {key: _with_lists(item) for key, item in value.items()}
    return list(items.values()) if [*items] == [str(number) for number in range(len(items))] else items


def as_told(request: Request) -> tuple[str, str, list[tuple[str, str]], Any]:
    """Return what a server received: the HTTP method, the decoded path and query, and the JSON, or None for files."""
    method, target, _ = request.head.split(" ")
    path, _, query = target.partition("?")
    sends_files = request.headers["content-type"].startswith("multipart/form-data")
    return method, unquote(path), pairs(query), None if sends_files else json.loads(request.body or b"{}")
