"""Check the headers of a call and of a session before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from requests.utils import default_headers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import requests

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[\x21-\x7e\x80-\xff][\t\x20-\x7e\x80-\xff]*)?")
_DEFAULT_ACCEPT = default_headers()["Accept"]


def checked_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Return a copy of these headers.

    Raises `TypeError` or `ValueError` if a header can't be sent. The message does not contain the value.
    """
    if headers is None:
        return {}
    try:
        items = dict(headers).items()
    except (TypeError, ValueError):
        raise TypeError(f"custom_headers must be a mapping, not {type(headers).__name__}") from None
    for name, value in items:
        if not isinstance(name, str) or not isinstance(value, str):
            raise TypeError(f"header {name!r}: name and value must be strings")
        if problem := _problem_with(name, value):
            raise ValueError(f"header {name!r}: {problem}")
    return dict(items)


def _problem_with(name: str, value: str) -> str | None:
    """Return why a header can't be sent, or None if it can. The text does not contain the value."""
    if not _HEADER_NAME.fullmatch(name):
        return "the name contains a character that is not allowed in the name of a header"
    if name.lower() in ("content-length", "transfer-encoding"):
        return "the client sets this header: remove it"
    if not _HEADER_VALUE.fullmatch(value):
        return "the value contains a line break or another character that is not allowed in a header"
    return None


def session_headers(session: requests.Session) -> Iterator[tuple[str, str | bytes | None]]:
    """Yield the headers of a session that its user has set. If a value is None, the header is not sent.

    Raises `TypeError` or `ValueError` if a header can't be sent. The message does not contain the value.
    """
    for given_name, value in cast("Mapping[Any, Any]", session.headers).items():
        name = given_name.decode("latin-1") if isinstance(given_name, bytes) else given_name
        if not isinstance(name, str) or not isinstance(value, (str, bytes, type(None))):
            raise TypeError(
                f"session.headers[{given_name!r}]: the name must be a string, the value a string, bytes or None"
            )
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if text is not None and (problem := _problem_with(name, text)):
            raise ValueError(f"session.headers[{given_name!r}]: {problem}")
        if name.lower() != "accept" or value != _DEFAULT_ACCEPT:
            yield name, value
