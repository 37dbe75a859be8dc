"""What the sandbox answers: JSON, plain texts, errors and error pages as Medusa and Express send them."""

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
class Answer:
    """What a route answers."""

    status: int
    body: bytes = attrs.field(default=b"", repr=False)
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_early: bool = False
    """Whether it is given before the request comes to the Store's routes and their headers."""

    @property
    def entity_tag(self) -> str:
        """The weak ETag that Express gives the body."""
        digest = base64.b64encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()[:27]
        return f'W/"{len(self.body):x}-{digest}"'


class Refused(Exception):
    """A request that ends with an error; its only argument is the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


def json_answer(data: Any, status: int = 200) -> Answer:
    """Return JSON as Express sends it."""
    return Answer(status, dumps(data), "application/json; charset=utf-8")


def status_answer(status: int) -> Answer:
    """Return a status whose body is its name."""
    return Answer(status, HTTPStatus(status).phrase.encode(), "text/plain; charset=utf-8")


def error_answer(status: int, type: str, message: str, code: str | None = None) -> Answer:
    """Return an error as Medusa words it."""
    return json_answer({**({"code": code} if code else {}), "type": type, "message": message}, status)


def failure_answer(status: int = 500) -> Answer:
    """Return what the backend says of its own failures, and of input that it can't make sense of."""
    return error_answer(status, "unknown_error", "An unknown error occurred.", "unknown_error")


def failed() -> Refused:
    """Return what ends a request by a failure of the backend, which is also what some wrong input gets."""
    return Refused(failure_answer())


def page_answer(status: int, text: str) -> Answer:
    """Return an error page of Express; `text` is HTML."""
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n'
        f"<pre>{text}</pre>\n</body>\n</html>\n"
    )
    headers = (("Content-Security-Policy", "default-src 'none'"), ("X-Content-Type-Options", "nosniff"))
    return Answer(status, page.encode(), "text/html; charset=utf-8", headers)


def early_error(status: int, problem: str) -> Refused:
    """Return an error page with the beginning of a stack, for a request that no route has seen yet."""
    text = html.escape(problem).replace("&#x27;", "&#39;")
    return Refused(attrs.evolve(page_answer(status, f"{text}<br> &nbsp; &nbsp;at ..."), is_early=True))


def refuse_data(problems: Iterable[str]) -> None:
    """Raise `Refused` if there are problems with a query or a body."""
    if text := ", ".join(problems):
        raise Refused(error_answer(400, "invalid_data", text))
