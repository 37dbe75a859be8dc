"""Call any route, for routes that have no resource."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import requests

from ..codec.json_text import loads
from ..codec.plain_json import Mismatch
from ..http.redaction import mask, printable
from .base import Headers, Resource

if TYPE_CHECKING:
    from ..http.multipart import UploadFiles

__all__ = ["CustomResource"]

_IDEMPOTENT = {"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"}
"""The methods whose requests are safe to repeat. See RFC 9110, section 9.2.2."""


class CustomResource(Resource):
    """Any route of the backend, such as one that a plugin adds."""

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        files: Mapping[str, UploadFiles] | None = None,
        custom_headers: Headers = None,
        repeatable: bool | None = None,
    ) -> Any:
        """Call a route. `Medusa.request` describes the arguments."""
        method = _checked_method(method)
        route = printable(mask(_checked_path(path).partition("?")[0]))
        if repeatable is None:
            repeatable = method in _IDEMPOTENT
        elif not isinstance(repeatable, bool):
            raise TypeError(f"repeatable must be True or False, not {type(repeatable).__name__}")
        if json is not None and files is not None:
            raise ValueError("pass json or files, not both")
        if json is None and method in ("POST", "DELETE"):
            json = {}
        return self._exchange(
            method,
            _encoded(path),
            route,
            _content,
            query=params,
            json=json,
            files=files,
            headers=custom_headers,
            repeatable=repeatable,
        )


def _content(response: requests.Response) -> Any:
    """Return the parsed JSON, a str for plain text, or None for an empty body.

    Raises `Mismatch` for any other body.
    """
    if not response.content:
        return None
    content_type = response.headers.get("Content-Type", "").lower()
    kind = content_type.partition(";")[0].strip()
    if kind == "text/plain":
        return _text(response.content, response.encoding if "charset=" in content_type else None)
    if kind != "application/json" and not kind.endswith("+json"):
        raise Mismatch("the body is neither JSON nor plain text")
    return loads(response.content)


def _checked_method(method: str) -> str:
    if not isinstance(method, str):
        raise TypeError(f"method must be a string, not {type(method).__name__}")
    if not re.fullmatch(r"[A-Za-z]+", method):
        raise ValueError("method must be an HTTP method, such as GET")
    return method.upper()


def _checked_path(path: str) -> str:
    if not isinstance(path, str):
        raise TypeError(f"path must be a string, not {type(path).__name__}")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("path must begin with one /")
    if re.search(r"[\\#\x00-\x1f\x7f]", path):
        raise ValueError("path must not contain a backslash, a # or a control character")
    segments = path.partition("?")[0].split("/")
    if any(segment.lower().replace("%2e", ".") in (".", "..") for segment in segments):
        raise ValueError("path must not contain . or .. as a segment")
    return path


def _text(body: bytes, charset: str | None) -> str:
    """Return the text of a body. It is decoded as UTF-8 if the charset is unknown or is not one of text."""
    try:
        return body.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _encoded(path: str) -> str:
    # If there is a % that does not begin an escape, requests would encode the % of every escape too.
    try:
        return requests.utils.requote_uri(re.sub("%(?![0-9A-Fa-f]{2})", "%25", path))
    except UnicodeEncodeError:
        raise ValueError("path contains a character that can't be encoded") from None
