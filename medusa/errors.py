"""The exceptions, and the functions that turn an answer, or the lack of one, into one of them."""

from __future__ import annotations

import html
import json
import re
from http.client import HTTPException
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import BaseAdapter

from .http.redaction import hide, mask, mask_exception, printable, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

__all__ = [
    "MedusaAPIError",
    "MedusaAuthenticationError",
    "MedusaConflictError",
    "MedusaConnectionError",
    "MedusaDecodeError",
    "MedusaError",
    "MedusaInvalidRequestError",
    "MedusaNotFoundError",
    "MedusaPermissionError",
    "MedusaRateLimitError",
    "MedusaServerError",
    "MedusaTimeoutError",
    "NotLoadedError",
]


class MedusaError(Exception):
    """Whatever goes wrong in this package. Its text is one line and holds no secret and no e-mail address.

    Every error survives `pickle` and `copy`; a pickled one keeps of its `.response` what came back, and of the
    request the method and the path alone.
    """

    retryable: bool = False
    """Whether trying again could help."""

    def __reduce__(self) -> tuple[Callable[..., MedusaError], tuple[Any, ...]]:
        state = self.__dict__.copy()
        if state.get("response") is not None:
            state["response"] = without_secrets(state["response"])
        return _rebuild, (type(self), self.args, state)

    def __copy__(self) -> Self:
        return cast("Self", _rebuild(type(self), self.args, self.__dict__))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()


def _rebuild(cls: type[Any], args: tuple[Any, ...], state: dict[str, Any]) -> Any:
    error: Any = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class MedusaConnectionError(MedusaError):
    """No complete response was received: refused, reset, DNS, TLS, or a body cut short.

    The exception of requests or urllib3 is the `__cause__`. `.retryable` is False where the request can't be sent at
    all, such as through a proxy whose URL is not valid.
    """

    retryable = True


class MedusaTimeoutError(MedusaConnectionError):
    """No complete response was received in time: connecting, one read, or the whole call took too long."""


class MedusaAPIError(MedusaError):
    """The backend answered with a status that is no success; a redirect, which is never followed, included."""

    def __init__(
        self,
        description: str = "",
        *,
        status: int = 0,
        type: str | None = None,
        code: str | None = None,
        message: str = "",
        request_id: str | None = None,
        retry_after: float | None = None,
        response: requests.Response | None = None,
    ) -> None:
        super().__init__(description)
        self.status = status
        """The HTTP status."""
        self.type = type
        """Medusa's type of error, such as `not_found`; None where the body is no JSON."""
        self.code = code
        """Medusa's code; it comes with 422 and 500."""
        self.message = message
        """The backend's text, verbatim."""
        self.request_id = request_id
        """The answer's `x-request-id` header."""
        self.retry_after = retry_after
        """Seconds the backend asked to wait, where it sent a valid `Retry-After`."""
        self.response = response
        """The raw exchange."""

    @property
    def retryable(self) -> bool:  # type: ignore[override]
        """Whether trying again could help: 409, 429 and 501 to 599. A 500 is what Medusa says of bad input too."""
        return retryable_status(self.status)


class MedusaInvalidRequestError(MedusaAPIError):
    """400, 405, 413, 414, 422 or 431: the request was not understood or not accepted."""


class MedusaAuthenticationError(MedusaAPIError):
    """401: nobody is logged in, or the credentials are wrong."""


class MedusaPermissionError(MedusaAPIError):
    """403: not allowed."""


class MedusaNotFoundError(MedusaAPIError):
    """404: the thing does not exist, or, where `route_exists` is False, the route does not."""

    route_exists: bool = True
    """Whether a route of Medusa answered. False means that `base_url` or the path is wrong, not that a thing is
    missing.

    A route of Medusa answers with JSON that has a `type`, or with the plain text `Not Found`: the lookup does so when
    no order matches. Every other 404 comes from Express, which found no route, or from another server.
    """


class MedusaConflictError(MedusaAPIError):
    """409: a conflict with another request."""


class MedusaRateLimitError(MedusaAPIError):
    """429: too many requests."""


class MedusaServerError(MedusaAPIError):
    """5xx: the backend failed, or could not make sense of the input."""


class MedusaDecodeError(MedusaError):
    """The backend reported success, but the response is not what the route promises.

    The body is not, or, after `auth.authenticate`, the cookie of the login would not be sent back. Also raised by
    `from_dict` and `from_json`, with no response.
    """

    def __init__(self, description: str = "", *, response: requests.Response | None = None) -> None:
        super().__init__(description)
        self.response = response
        """The raw exchange."""


class NotLoadedError(MedusaError):
    """A field was read that the response did not include. It is not an `AttributeError`: absent is not empty."""

    def __init__(self, description: str = "", *, model: str = "", field: str = "") -> None:
        super().__init__(description)
        self.model = model
        """The name of the model's class."""
        self.field = field
        """The name of the field."""


_BY_STATUS: dict[int, type[MedusaAPIError]] = {
    **dict.fromkeys((400, 405, 413, 414, 422, 431), MedusaInvalidRequestError),
    401: MedusaAuthenticationError,
    403: MedusaPermissionError,
    404: MedusaNotFoundError,
    409: MedusaConflictError,
    429: MedusaRateLimitError,
    **dict.fromkeys(range(500, 600), MedusaServerError),
}


# Medusa v2 requires a publishable API key on each route of its Store API, v1 on none.
_MESSAGES_OF_V2 = (
    "Publishable API key required in the request header",
    "A valid publishable key is required to proceed",
)


def retryable_status(status: int) -> bool:
    """The JS client's rule, and 429."""
    return status in (409, 429) or 501 <= status <= 599


def api_error(response: requests.Response, asked: str, retry_after: float | None, secrets: list[str]) -> MedusaAPIError:
    """The error for an answer that is no success; `asked` is the method and the route."""
    text = _text(response)
    body = _json_object(text)
    message = body["message"] if isinstance(body.get("message"), str) else text
    type_, code = (body[key] if isinstance(body.get(key), str) else None for key in ("type", "code"))
    status = response.status_code
    description = f"{asked} answered {status}"
    if type_:
        description += f" {_one_line(type_, secrets)}"
    if 300 <= status < 400:
        description += mask(_redirect(response), secrets)
    route_exists = status != 404 or _is_of_a_route(response, asked, type_, text)
    if not route_exists:
        description += " (the backend has no such route; check base_url)"
    said = _one_line(message, secrets)
    if status == 400 and message.startswith(_MESSAGES_OF_V2):
        said += " (this is what Medusa v2 says, and this SDK is for Medusa v1)"
    error = _BY_STATUS.get(status, MedusaAPIError)(
        f"{description}: {said}" if said else description,
        status=status,
        type=type_,
        code=code,
        message=message,
        request_id=response.headers.get("x-request-id"),
        retry_after=retry_after,
        response=response,
    )
    if isinstance(error, MedusaNotFoundError):
        error.route_exists = route_exists
    return error


def _is_of_a_route(response: requests.Response, asked: str, type_: str | None, text: str) -> bool:
    """Whether a 404 is the answer of one of Medusa's routes; see `MedusaNotFoundError.route_exists`."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if asked.startswith("HEAD "):  # There is no body to tell them apart; Express's page is text/html.
        return media_type in ("application/json", "text/plain")
    return type_ is not None or (media_type == "text/plain" and text == "Not Found")


TRANSPORT_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)
"""What may be raised where a request is sent; `is_of_transport` tells whether it was."""


def is_of_transport(error: Exception, request: requests.PreparedRequest) -> bool:
    """Return whether an adapter raised this exception as it sent the request, or requests as it read the response.

    The user's own code, such as a hook, an auth or a session, raised any other: that passes through untouched.
    """
    if isinstance(error, (requests.HTTPError, requests.exceptions.InvalidJSONError)):
        return False  # No adapter raises these; hooks do, with `raise_for_status()` and `json()`.
    about = getattr(error, "request", None)
    if getattr(about, "url", request.url) != request.url:  # A hook sent a request of its own.
        return False
    is_plain_value_error = isinstance(error, ValueError) and not isinstance(error, TRANSPORT_ERRORS[:-1])
    return any(_sends_or_reads(frame, is_plain_value_error) for frame, _ in walk_tb(error.__traceback__))


def _sends_or_reads(frame: FrameType, is_plain_value_error: bool) -> bool:
    code = frame.f_code
    owner = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    module = frame.f_globals.get("__name__")
    if isinstance(owner, requests.Response):  # A hook takes one too.
        return module == "requests.models"
    if is_plain_value_error:  # Of http.client or a codec; an adapter of the user's own may raise one of its own.
        return module == "requests.adapters"
    return isinstance(owner, BaseAdapter)


def refused_response(error: requests.HTTPError, request: requests.PreparedRequest) -> requests.Response | None:
    """Return the response to this request for which a hook or a session called `raise_for_status()`, or None."""
    response = error.response
    if type(error) is not requests.HTTPError or response is None or 200 <= response.status_code < 300:
        return None
    return response if (response.url or request.url) == request.url else None


def connection_error(error: Exception, asked: str, base_url: str, secrets: list[str]) -> MedusaConnectionError:
    """Return the error for an exception of requests or urllib3, whose texts are masked on the way."""
    mask_exception(error, secrets)
    reason = _reason(error)
    timeouts = (requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError)
    # A ProxyError wraps those of a proxy. In urllib3 a refused connection is a timeout too, by inheritance.
    is_refused = isinstance(reason, urllib3.exceptions.NewConnectionError)
    is_timeout = isinstance(error, timeouts) or (isinstance(reason, timeouts) and not is_refused)
    kind = MedusaTimeoutError if is_timeout else MedusaConnectionError
    said = _one_line(re.sub(r"^(\w+\(host=[^)]*\)|<[^>]*>): ", "", str(reason)), secrets)
    what = f"{asked} received no complete response from {mask(base_url)}: {type(error).__name__}"
    made = kind(f"{what}: {said}" if said else what)
    if isinstance(error, ValueError):  # Something in the request or in the response's headers is not valid.
        made.retryable = False
    return made


def not_sent_error(asked: str, problem: str) -> MedusaConnectionError:
    """Return the error for a request that can't be sent with the settings of its session or of the environment."""
    error = MedusaConnectionError(f"{asked} was not sent: {mask(problem)}")
    error.retryable = False
    return error


def _reason(error: BaseException) -> BaseException:
    """The innermost of the exceptions that requests and urllib3 wrap into one another: it says what happened."""
    wrapped = getattr(error, "reason", None) or next(
        (arg for arg in error.args if isinstance(arg, BaseException)), None
    )
    return _reason(wrapped) if isinstance(wrapped, BaseException) else error


def decode_error(response: requests.Response, asked: str, problem: str) -> MedusaDecodeError:
    """The error for a success whose body is not what the route promises."""
    kind = response.headers.get("Content-Type", "no Content-Type")
    return MedusaDecodeError(
        f"{asked} answered {response.status_code} with a body ({_one_line(kind)}) that is not what the route"
        f" promises: {problem}",
        response=response,
    )


def _text(response: requests.Response) -> str:
    return response.content.decode("utf-8-sig", "replace")


def _json_object(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def _redirect(response: requests.Response) -> str:
    if "Location" not in response.headers:
        return ""
    try:
        host = urlsplit(response.headers["Location"]).hostname or "the same host"
    except ValueError:
        host = "what is no URL"
    return f", a redirect to {host}, which is not followed"


_LONGEST = 20_000


def _one_line(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the gist of a text, masked: of an HTML page what stands in <pre> or <title>, one line, 200 characters."""
    secrets = list(secrets)
    is_cut = len(text) > _LONGEST
    text = hide(text[:_LONGEST], secrets)  # Here too, because a secret may hold what looks like a tag.
    if text.lstrip()[:1] == "<":
        gist = _between_tags(text)
        is_cut = is_cut and gist is None
        text = html.unescape(re.sub(r"<[^<>]*>", " ", text if gist is None else gist))
    text = mask(text, secrets)
    if is_cut:  # Its end may be the beginning of a secret or of an address, which the mask did not recognise.
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
