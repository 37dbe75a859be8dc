"""What must not leave the process: masks for texts, and the exchange without its secrets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.structures import CaseInsensitiveDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "[hidden]"

# Both take no more time than a text is long: each run of characters is looked at from its beginning alone.
_E_MAIL = re.compile(
    r"(?<![^\s\"'<>()\[\]=&?/:,;@])[^\s\"'<>()\[\]=&?/:,;@]+(?:@|%40)[^\s\"'<>()\[\]&?/:,;@]+", re.IGNORECASE
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>)?]*=[^\s\"'<>)]*")
_CREDENTIAL_HEADERS = ("Authorization", "Cookie", "x-medusa-access-token", "x-publishable-api-key")
_CREDENTIAL_KEYS = ("password", "token")


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, e-mail addresses and query strings."""
    for secret in secrets:
        if len(secret) > 7:
            text = text.replace(secret, HIDDEN)
        else:  # a short one only where it stands alone, or it would eat letters of other words
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
    return _E_MAIL.sub(HIDDEN, _QUERY.sub("?" + HIDDEN, text))


def secrets_of(request: requests.PreparedRequest | None) -> list[str]:
    """The credentials that a request carries, the longest first."""
    if request is None:
        return []
    secrets = [str(request.headers[name]) for name in _CREDENTIAL_HEADERS if request.headers.get(name)]
    secrets += [part for secret in secrets for part in re.split(r"[ ;=]", secret) if len(part) > 7]
    if isinstance(request.body, (bytes, str)):
        try:
            body: Any = json.loads(request.body)
            values = [body.get(key) for key in _CREDENTIAL_KEYS]
        except (ValueError, AttributeError):
            values = []
        secrets += [value for value in values if isinstance(value, str) and value]
    return sorted(secrets, key=len, reverse=True)


def mask_exception(error: BaseException, secrets: Iterable[str]) -> None:
    """Mask the texts of an exception, of its causes and of the exceptions it wraps."""
    for part in _chain(error, set()):
        part.args = tuple(_masked(arg, secrets) for arg in part.args)
        for name, value in vars(part).items():  # some show these in their text
            setattr(part, name, _masked(value, secrets))


def _masked(value: Any, secrets: Iterable[str]) -> Any:
    if isinstance(value, bytes):
        return _masked(value.decode("latin-1"), secrets).encode("latin-1", "replace")
    return mask(value, secrets)[:500] if isinstance(value, str) else value


def _chain(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for other in (error.__cause__, error.__context__, getattr(error, "reason", None), *error.args):
        if isinstance(other, BaseException):
            yield from _chain(other, seen)


def without_secrets(response: requests.Response) -> requests.Response:
    """A copy of an answer, without the request's headers, body and query, and without cookies."""
    copy = requests.Response()
    copy.__dict__.update(response.__getstate__())
    copy.url = _bare(response.url)
    copy.headers = response.headers.copy()
    copy.headers.pop("Set-Cookie", None)
    copy.cookies = type(copy.cookies)()
    copy.history = []
    request = requests.PreparedRequest()
    request.headers = CaseInsensitiveDict()
    asked: requests.PreparedRequest | None = getattr(response, "request", None)
    if asked is not None:
        request.method, request.url = asked.method, _bare(asked.url)
    copy.request = request
    return copy


def _bare(url: str | None) -> str:
    parts = urlsplit(url or "")
    return urlunsplit((parts.scheme, parts.netloc, mask(parts.path), "", ""))
