"""Turn the exceptions of requests into errors of this package, and tell whether a call may have been carried out."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from traceback import walk_tb
from typing import TYPE_CHECKING

import requests
import urllib3.exceptions
from requests.adapters import BaseAdapter

from ..errors import MedusaAPIError, MedusaConnectionError, MedusaDecodeError, MedusaTimeoutError
from .redaction import mask, mask_exception, one_line

if TYPE_CHECKING:
    from types import FrameType

    from ..errors import MedusaError

TRANSPORT_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)
"""The exceptions that sending a request may raise. Other code may raise them too: see `is_of_transport`."""


def is_of_transport(error: Exception, request: requests.PreparedRequest) -> bool:
    """Return whether an adapter raised this exception while sending, or requests while reading the response.

    Otherwise, the user's own code raised it, such as a hook, an auth or a session. Such an exception is not changed.
    """
    if isinstance(error, (requests.HTTPError, requests.exceptions.InvalidJSONError)):
        return False  # Adapters do not raise these. Hooks do, by `raise_for_status()` and `json()`.
    about = getattr(error, "request", None)
    if getattr(about, "url", request.url) != request.url:  # A hook sent another request.
        return False
    is_plain_value_error = isinstance(error, ValueError) and not isinstance(error, TRANSPORT_ERRORS[:-1])
    return any(_sends_or_reads(frame, is_plain_value_error) for frame, _ in walk_tb(error.__traceback__))


def _sends_or_reads(frame: FrameType, is_plain_value_error: bool) -> bool:
    code = frame.f_code
    owner = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    module = frame.f_globals.get("__name__")
    if isinstance(owner, requests.Response):  # The first argument of a hook is a response too.
        return module == "requests.models"
    if is_plain_value_error:  # http.client and codecs raise these within requests. A user's adapter may raise others.
        return module == "requests.adapters"
    return isinstance(owner, BaseAdapter)


def refused_response(error: requests.HTTPError, request: requests.PreparedRequest) -> requests.Response | None:
    """Return the response to this request for which a hook or a session called `raise_for_status()`, or None."""
    response = error.response
    if type(error) is not requests.HTTPError or response is None or 200 <= response.status_code < 300:
        return None
    return response if (response.url or request.url) == request.url else None


def connection_error(error: Exception, operation: str, base_url: str, secrets: list[str]) -> MedusaConnectionError:
    """Return the error for an exception of requests or urllib3. The texts of that exception are masked."""
    mask_exception(error, secrets)
    reason = _reason(error)
    timeouts = (requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError)
    # A ProxyError wraps the timeouts of a proxy. In urllib3, a refused connection inherits from a timeout.
    is_refused = isinstance(reason, urllib3.exceptions.NewConnectionError)
    is_timeout = isinstance(error, timeouts) or (isinstance(reason, timeouts) and not is_refused)
    kind = MedusaTimeoutError if is_timeout else MedusaConnectionError
    said = one_line(re.sub(r"^(\w+\(host=[^)]*\)|<[^>]*>): ", "", str(reason)), secrets)
    what = f"{operation} received no complete response from {mask(base_url)}: {type(error).__name__}"
    made = kind((f"{what}: {said}" if said else what) + _advice(error, reason))
    if isinstance(error, ValueError):  # The request or the headers of the response are not valid.
        made._is_temporary = False
    return made


# OpenSSL's reasons for a first response that is not TLS: the first one before OpenSSL 3.2, the others since then.
_NO_TLS = ("WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")


def _advice(error: Exception, reason: BaseException) -> str:
    """Return what to do about a backend that can't be reached, or an empty text."""
    if isinstance(error, requests.exceptions.ProxyError):
        return ""
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        return " (check that the backend is running and that base_url is right)"
    if getattr(reason, "reason", None) in _NO_TLS:
        return " (the server does not seem to speak TLS on this port: check the scheme and the port of base_url)"
    return ""


def not_sent_error(operation: str, problem: str) -> MedusaConnectionError:
    """Return the error for a request that can't be sent with the settings of its session or of the environment."""
    error = MedusaConnectionError(f"{operation} was not sent: {mask(problem)}")
    error._is_temporary = False
    return error


class ClientClosedError(requests.ConnectionError):
    """The client was closed while a call waited for a connection."""


_BEFORE_SENDING = (
    ClientClosedError,
    requests.ConnectTimeout,
    urllib3.exceptions.ClosedPoolError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.EmptyPoolError,
    urllib3.exceptions.NewConnectionError,
)
_STEPS_BEFORE_SENDING = {"connect", "putrequest", "putheader"}


def is_before_sending(error: BaseException) -> bool:
    """Return whether this exception of requests or urllib3 proves that no attempt sent any part of the request."""
    errors = _with_causes(error)
    frames = {frame for each in errors for frame, _ in walk_tb(each.__traceback__)}
    # Adapters other than RetryAdapter retry within urllib3. The last attempt says nothing about those before it.
    if sum(frame.f_code.co_name == "urlopen" for frame in frames) > 1:
        return False
    if any(isinstance(each, _BEFORE_SENDING) for each in errors):
        return True
    # A TLS handshake and a proxy fail with the same exceptions as reading a response.
    return any(
        frame.f_code.co_name in _STEPS_BEFORE_SENDING and isinstance(frame.f_locals.get("self"), HTTPConnection)
        for frame in frames
    )


def can_have_been_processed(status: int, retry_after: float | None) -> bool:
    """Return whether the backend may have carried out the call although it responded with this status.

    A 4xx means that the backend rejected the call, and so does 503 with `Retry-After`. A 409 does not, because Medusa
    may return it in the middle of a call. A 302 or 303 may redirect to the result.
    """
    if status == 503:
        return retry_after is None
    return status in (302, 303, 409) or not 300 <= status < 500


def mark_if_it_may_have_happened(error: MedusaError) -> None:
    """Mark the error of a call that must not be repeated if the backend may have carried out the call."""
    if isinstance(error, MedusaAPIError):
        may = can_have_been_processed(error.status, error.retry_after) or _was_sent_before(error.response)
    elif isinstance(error, MedusaConnectionError):
        may = error.__cause__ is not None and not is_before_sending(error.__cause__)
    else:
        may = isinstance(error, MedusaDecodeError)
    if may:
        error.may_have_happened = True
        error.args = (f"{error} (the call may have been carried out: check before you repeat it)",)


def say_what_ends_the_backend(error: MedusaError, key: str) -> None:
    """Add to a connection error that an unknown name under this key of the query stops Medusa's process."""
    if isinstance(error, MedusaConnectionError) and not (error.__cause__ and is_before_sending(error.__cause__)):
        error._is_temporary = False
        error.args = (f"{error} (an unknown name in {key} stops Medusa's process: check it before you call again)",)


def _was_sent_before(response: requests.Response | None) -> bool:
    """Return whether another adapter retried the request and the backend may have carried out an earlier attempt."""
    retries = getattr(getattr(response, "raw", None), "retries", None)
    return any(
        can_have_been_processed(attempt.status or 0, None)
        if attempt.error is None
        else not is_before_sending(attempt.error)
        for attempt in getattr(retries, "history", ())
    )


def _reason(error: BaseException) -> BaseException:
    """Return the innermost of the exceptions that requests and urllib3 wrap in one another. It says what happened."""
    wrapped = getattr(error, "reason", None) or next(
        (arg for arg in error.args if isinstance(arg, BaseException)), None
    )
    return _reason(wrapped) if isinstance(wrapped, BaseException) else error


def _with_causes(error: BaseException) -> list[BaseException]:
    """Return an exception, the exceptions that it wraps, and their causes, but not their contexts."""
    found = [error]
    for each in found:
        others = (each.__cause__, getattr(each, "reason", None), *each.args)
        found += [other for other in others if isinstance(other, BaseException) and other not in found]
    return found
