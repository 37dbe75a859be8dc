"""Keep secrets and e-mail addresses out of texts, exceptions and responses."""

from __future__ import annotations

import base64
import html
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import requests

HIDDEN = "[hidden]"

# Both patterns take linear time, because they match a run of characters only from its beginning. The name before an
# apostrophe, as in o'brien@example.com, is limited to 64 characters.
_E_MAIL = re.compile(
    r"(?:(?<!\w)\w{1,64}')?(?<![^\s\"'<>()\[\]=&?/:,;@])[^\s\"'<>()\[\]=&?/:,;@]+@[^\s\"'<>()\[\]&?/:,;@]+"
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>)?]*=[^\s\"'<>)]*")
_CREDENTIAL_HEADER = re.compile(r"auth|cookie|token|secret|passw|(?<!idempotency-)key", re.IGNORECASE)
_CREDENTIAL_KEY = re.compile(r"passw|token|secret|api_?key", re.IGNORECASE)

_JSON_ESCAPE = re.compile(r"""\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'`\\/bfnrt]))""", re.IGNORECASE)
_DEEPEST = 5  # The maximum depth of nested escapes, such as &amp;amp;.


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text without these secrets, without e-mail addresses and without query strings.

    A secret is found even if it is escaped for HTML, JSON or a URL, or for several of these. If a text contains an
    escaped secret, it is returned unescaped, in one line.
    """
    spellings = list(_spellings(secrets))
    given = shown = text = hide(text, spellings)
    for _ in range(_DEEPEST):
        before = text
        for unescape in _UNESCAPE:
            plain = unescape(text)
            if plain != text:
                text = hide(plain, spellings)
                if text != plain:
                    shown = text
        if text == before:
            break
    if _without_addresses(text) != text:
        shown = text
    if shown != given:
        shown = printable(shown)
    return _without_addresses(shown)


def printable(text: str) -> str:
    """Return the text with a space instead of each line break and each other character that is not printable."""
    return "".join(char if char.isprintable() else " " for char in text)


def hide(text: str, secrets: Iterable[str]) -> str:
    """Return the text without these secrets. Escaped secrets are not found."""
    for secret in secrets:
        if len(secret) > 7:
            text = text.replace(secret, HIDDEN)
        elif secret:  # A short secret is hidden only as a whole word, not within other words.
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
    return text


def _without_addresses(text: str) -> str:
    return _E_MAIL.sub(HIDDEN, _QUERY.sub("?" + HIDDEN, text))


def _spellings(secrets: Iterable[str]) -> Iterator[str]:
    """Yield each secret as it is, as a form encodes it, and unescaped."""
    for secret in secrets:
        yield secret
        yield secret.replace(" ", "+")
        plain = secret
        for _ in range(_DEEPEST):
            before = plain
            for unescape in _UNESCAPE:
                plain = unescape(plain)
            if plain == before:
                break
        if len(plain.strip()) > 3:  # An unescaped %20 would hide every space.
            yield plain


def _without_json_escapes(text: str) -> str:
    if "\\" not in text:
        return text
    text = _JSON_ESCAPE.sub(_unescaped_character, text)
    if not re.search("[\ud800-\udfff]", text):
        return text
    # This joins surrogate pairs, such as those of an emoji.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped_character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else {"n": "\n", "r": "\r", "t": "\t"}.get(escape[3], escape[3])


_UNESCAPE = (html.unescape, _without_json_escapes, unquote)


def secrets_of(request: requests.PreparedRequest | None) -> list[str]:
    """Return the credentials that a request carries, the longest first."""
    if request is None:
        return []
    headers = [_text(value) for name, value in request.headers.items() if _CREDENTIAL_HEADER.search(_text(name))]
    secrets = [part for value in headers for part in (value, *_parts_of(value), *_of_basic_auth(value))]
    secrets += [value for key, value in parse_qsl(urlsplit(request.url or "").query) if _CREDENTIAL_KEY.search(key)]
    if isinstance(request.body, (bytes, str)):
        with suppress(ValueError, RecursionError):  # The body may not be JSON.
            secrets += _credentials_in(json.loads(request.body))
    return sorted(filter(None, secrets), key=len, reverse=True)


def _parts_of(header: str) -> Iterator[str]:
    """Yield the credentials of an Authorization header, and the values of cookies."""
    for part in re.split(r"[ ;]+", header):
        for secret in (part, part.partition("=")[2]):
            if len(secret) > 7:
                yield secret


def _of_basic_auth(header: str) -> list[str]:
    """Return the user and the password of Basic authentication."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return []
    try:
        return base64.b64decode(encoded).decode("latin-1").split(":", 1)
    except ValueError:
        return []


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _credentials_in(value: Any) -> Iterator[str]:
    """Yield the strings under a key such as `password`, at any depth."""
    if isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            if isinstance(item, str) and _CREDENTIAL_KEY.search(key):
                yield item
            yield from _credentials_in(item)
    elif isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from _credentials_in(item)


def mask_exception(error: BaseException, secrets: Iterable[str]) -> None:
    """Mask the texts of an exception, of its causes and of the exceptions it wraps."""
    for part in _chain(error, set()):
        part.args = tuple(_masked(arg, secrets) for arg in part.args)
        texts = {**vars(part)}  # The text of some exceptions contains these.
        if isinstance(part, OSError):  # Its text is made from these attributes, which its args do not change.
            texts |= {name: getattr(part, name) for name in ("strerror", "filename", "filename2")}
        for name, value in texts.items():
            masked = _masked(value, secrets)
            if masked is not value:  # An OSError would show a file name that was set to None.
                setattr(part, name, masked)


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
    """Return a copy of a response without cookies and without the request's headers, body and query."""
    # Imported here because the codec imports this module, and decoding a stored order does not need requests.
    import requests
    from requests.structures import CaseInsensitiveDict

    copy = requests.Response()
    copy.__setstate__(response.__getstate__())
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


_LONGEST = 20_000


def one_line(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a masked text in one line of at most 200 characters. Of an HTML page, it uses the <pre> or the <title>."""
    secrets = list(secrets)
    is_cut = len(text) > _LONGEST
    # Secrets are hidden before tags are removed, because a secret may contain what looks like a tag.
    text = hide(text[:_LONGEST], secrets)
    if text.lstrip()[:1] == "<":
        gist = _between_tags(text)
        is_cut = is_cut and gist is None
        text = html.unescape(re.sub(r"<[^<>]*>", " ", text if gist is None else gist))
    text = mask(text, secrets)
    if is_cut:  # The cut may have split a secret or an address, so that `mask` did not recognize it.
        text = text[: -max(map(len, secrets), default=0) - 400]
    text = " ".join(printable(text).split())
    return text if len(text) <= 200 else text[:199] + "…"


def _between_tags(page: str) -> str | None:
    for tag in ("pre", "title"):
        begin = re.search(rf"<{tag}>", page, re.IGNORECASE)
        end = begin and re.compile(rf"<br>|</{tag}>", re.IGNORECASE).search(page, begin.end())
        if begin and end:
            return page[begin.end() : end.start()]
    return None
