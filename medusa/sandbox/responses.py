"""The responses of the sandbox: JSON, plain text, errors and error pages like those of Medusa and Express."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import attrs

from .json_text import dumps


@attrs.frozen
class Response:
    """The response of a route."""

    status: int
    body: bytes = attrs.field(default=b"", repr=False)
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_early: bool = False
    """Whether the response is sent before the request reaches the Store's routes and their headers."""

    @property
    def entity_tag(self) -> str:
        """The weak ETag that Express creates for the body."""
        digest = base64.b64encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()[:27]
        return f'W/"{len(self.body):x}-{digest}"'


class Refused(Exception):
    """An error that ends the request. Its only argument is the response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self.response = response


def json_response(data: Any, status: int = 200) -> Response:
    """Return a JSON response like Express."""
    return Response(status, dumps(data), "application/json; charset=utf-8")


def status_response(status: int) -> Response:
    """Return a response whose body is the name of its status."""
    return Response(status, HTTPStatus(status).phrase.encode(), "text/plain; charset=utf-8")


def error_response(status: int, type: str, message: str, code: str | None = None) -> Response:
    """Return an error response like Medusa."""
    return json_response({**({"code": code} if code else {}), "type": type, "message": message}, status)


def failure_response(status: int = 500) -> Response:
    """Return the response for the backend's own failures, and for input that the backend cannot handle."""
    return error_response(status, "unknown_error", "An unknown error occurred.", "unknown_error")


def failed() -> Refused:
    """Return the error for a failure of the backend. Some invalid input gets this error too."""
    return Refused(failure_response())


def page_response(status: int, text: str) -> Response:
    """Return an error page of Express. `text` is HTML."""
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n'
        f"<pre>{text}</pre>\n</body>\n</html>\n"
    )
    headers = (("Content-Security-Policy", "default-src 'none'"), ("X-Content-Type-Options", "nosniff"))
    return Response(status, page.encode(), "text/html; charset=utf-8", headers)


def early_error(status: int, problem: str) -> Refused:
    """Return an error page with the beginning of a stack trace, for a request that has not reached a route."""
    text = html.escape(problem).replace("&#x27;", "&#39;")
    return Refused(attrs.evolve(page_response(status, f"{text}<br> &nbsp; &nbsp;at ..."), is_early=True))


def refuse_data(problems: Iterable[str]) -> None:
    """Raise `Refused` if a query or a body has problems."""
    if text := ", ".join(problems):
        raise Refused(error_response(400, "invalid_data", text))
