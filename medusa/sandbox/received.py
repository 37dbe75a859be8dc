"""The requests that the sandbox receives. Their query and body are parsed like in Express."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import attrs
import qs_codec
from requests.structures import CaseInsensitiveDict

from ..http.redaction import mask
from .json_text import js_number_of
from .responses import early_error, failed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_LARGEST_BODY = 100 * 1024


@attrs.frozen
class ReceivedRequest:
    """A request that the store received."""

    method: str
    target: str = attrs.field(repr=mask)
    """The path with the query, exactly as sent."""
    headers: CaseInsensitiveDict[str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, Any]:
        """The query, parsed like in Medusa."""
        return dict(qs_codec.decode(self.target.partition("?")[2]))

    def json(self) -> Any:
        """Return the parsed JSON body. Raises `ValueError` if the body is not valid JSON."""
        return json.loads(self.body)


def received(environ: WSGIEnvironment) -> ReceivedRequest:
    """Return the request of a WSGI environment."""
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict(
        (name[5:].replace("_", "-").title(), value) for name, value in environ.items() if name.startswith("HTTP_")
    )
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            headers[name.replace("_", "-").title()] = environ[name]
    is_chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    length = None if is_chunked else int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length) if length != 0 else b""
    return ReceivedRequest(environ["REQUEST_METHOD"], environ["REQUEST_URI"], headers, body)


def is_for_this_machine(environ: WSGIEnvironment) -> bool:
    """Return whether the Host header is a name of this machine.

    A web page on another host can make its own name resolve to 127.0.0.1. The browser would then allow the page to read
    the store's responses, including the claim tokens. But the browser sends the page's name in the Host header.
    """
    return (
        re.fullmatch(r"(127\.0\.0\.1|localhost|\[::1\])(:\d*)?", environ.get("HTTP_HOST", ""), re.IGNORECASE)
        is not None
    )


def is_under(path: str, request: ReceivedRequest) -> bool:
    """Return whether the request's path is this path, or starts with this path and a slash."""
    return re.match(rf"{path}(/|$)", request.path, re.IGNORECASE) is not None


def parsed_body(request: ReceivedRequest) -> Any:
    """Return the parsed body if its Content-Type is JSON, or `{}` for any other body.

    Raises `Refused` with an error page.
    """
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or not request.body:
        return {}
    if len(request.body) > _LARGEST_BODY:
        raise early_error(413, "PayloadTooLargeError: request entity too large")
    text = request.body.decode("utf-8-sig", "replace")
    try:
        if text.strip()[:1] not in ("{", "["):
            raise json.JSONDecodeError("Unexpected token", text, 0)
        return json.loads(text, parse_int=js_number_of, parse_float=js_number_of)
    except json.JSONDecodeError as error:
        raise early_error(400, f"SyntaxError: {_as_v8_says(error, text)}") from None


_V8_TEXTS = {
    "Expecting ':'": "Expected ':' after property name in JSON",
    "Extra data": "Unexpected non-whitespace character after JSON",
    "Invalid control character": "Bad control character in string literal in JSON",
}
"""Node's error messages for a body that is not valid JSON, by the beginning of Python's error message."""


def _as_v8_says(error: json.JSONDecodeError, text: str) -> str:
    before, position = text[: error.pos], error.pos
    problem = next((said for beginning, said in _V8_TEXTS.items() if error.msg.startswith(beginning)), "")
    if error.msg.startswith("Expecting property name"):
        is_first = before.rstrip().endswith("{")
        wanted = "property name or '}'" if is_first else "double-quoted property name"
        problem = f"Expected {wanted} in JSON"
    elif error.msg.startswith("Expecting ','"):
        closing = _closing_bracket(before)
        value = "array element" if closing == "]" else "property value"
        problem = f"Expected ',' or '{closing}' after {value} in JSON"
    elif error.msg.startswith("Unterminated string"):
        problem, position = "Unterminated string in JSON", len(text)
    elif error.msg.startswith("Invalid \\"):
        problem, position = "Bad escaped character in JSON", position + 1
    if problem:
        return f"{problem} at position {position}"
    if position >= len(text):
        return "Unexpected end of JSON input"
    quoted = f'"{text[:10]}"' + ("..." if len(text) > 10 else "")
    return f"Unexpected token '{text[position]}', {quoted} is not valid JSON"


def _closing_bracket(beginning: str) -> str:
    """Return the bracket that closes the innermost object or array that is open at the end of this JSON."""
    still_open: list[str] = []
    for bracket in re.findall(r"[][{}]", re.sub(r'"(\\.|[^"\\])*"', "", beginning)):
        if bracket in "[{":
            still_open.append("]" if bracket == "[" else "}")
        else:
            still_open.pop()
    return still_open[-1]


def decoded(segment: str) -> str:
    """Decode a segment of a path like Express. Raises `Refused` if Express or PostgreSQL cannot read the segment."""
    try:
        if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
            raise ValueError
        text = unquote_to_bytes(segment).decode()
    except ValueError:
        raise failed() from None
    if "\0" in text:
        raise failed()
    return text
