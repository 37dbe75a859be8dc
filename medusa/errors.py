"""The exceptions, and the functions that make one from a response."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from .http.redaction import mask, one_line, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import requests

    from .models.batch_job import BatchJob

__all__ = [
    "MedusaAPIError",
    "MedusaAuthenticationError",
    "MedusaBatchJobError",
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
    """The base class of all errors of this package.

    The text is one line and contains no secret and no e-mail address. Every error can be pickled and copied. The
    `.response` of a pickled error has no cookies, and its `.request` has only the method and the URL without the query.
    """

    may_have_happened: bool = False
    """Whether the backend may have carried out the call although it failed. This is True only for a call that must not
    be repeated, such as `carts.line_items.create`. Look up the state of the backend before you repeat such a call."""

    _is_temporary: bool = False

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later and is safe to repeat. False if `may_have_happened` is True."""
        return self._is_temporary and not self.may_have_happened

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
    """No complete response was received: the connection failed, or the body was cut short.

    The exception of requests or urllib3 is the `__cause__`. `.retryable` is False if the request can't be sent at all,
    for example because the URL of the proxy is not valid.
    """

    _is_temporary = True


class MedusaTimeoutError(MedusaConnectionError):
    """No complete response was received in time: connecting, one read, or the whole call took too long.

    `admin.batch_jobs.wait` raises this error too, if a job has not ended in time.
    """


class MedusaAPIError(MedusaError):
    """The backend responded with a status outside of 200 to 299. This includes redirects, which the
    client does not follow."""

    def __init__(
        self,
        description: str = "",
        *,
        status: int = 0,
        type: str | None = None,
        code: str | None = None,
        message: str = "",
        errors: Sequence[Mapping[str, Any]] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
        response: requests.Response | None = None,
    ) -> None:
        super().__init__(description)
        self.status = status
        """The HTTP status."""
        self.type = type
        """Medusa's type of error, such as `not_found`. None if the response has none."""
        self.code = code
        """The code of the error: Medusa's, such as `insufficient_inventory`, or that of a payment provider, such as
        `card_declined`. None if the response has none."""
        self.message = message
        """The unchanged text of the backend. It may contain personal data."""
        self.errors = [dict(error) for error in errors]
        """The errors, if the backend lists several. Each has a `message`, and a `type` and a `code` if they are known.

        If the response itself has no `type`, `code` or `message`, the first error in the list that has one provides
        it."""
        self.request_id = request_id
        """The `x-request-id` header of the response."""
        self.retry_after = retry_after
        """The seconds that the backend asked to wait. None if the response has no valid `Retry-After` header."""
        self.response = response
        """The raw response."""

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later and is safe to repeat. True for 409, 429 and 501 to 599.

        False if `may_have_happened` is True. False for 500, because Medusa returns it for bad input too.
        """
        return retryable_status(self.status) and not self.may_have_happened


class MedusaInvalidRequestError(MedusaAPIError):
    """400, 405, 413, 414, 422 or 431: the backend did not understand or did not accept the request."""


class MedusaAuthenticationError(MedusaAPIError):
    """401: the call requires a login, or the credentials are wrong."""


class MedusaPermissionError(MedusaAPIError):
    """403: the request is not allowed."""


class MedusaNotFoundError(MedusaAPIError):
    """404: there is no object with this ID, or the feature flag of the route is off.

    If `route_exists` is False, there is no such route.
    """

    route_exists: bool = True
    """Whether a route of Medusa sent the response. If this is False, `base_url` or the path is wrong.

    A route of Medusa sends JSON with a `type`, or the plain text `Not Found`, as `orders.lookup_order` does if no order
    matches. Any other 404 comes from Express, which found no route, or from another server.
    """


class MedusaConflictError(MedusaAPIError):
    """409: the request conflicts with another request."""


class MedusaRateLimitError(MedusaAPIError):
    """429: too many requests."""


class MedusaServerError(MedusaAPIError):
    """5xx: the backend failed. Medusa also returns 500 for some bad input."""


class MedusaDecodeError(MedusaError):
    """The backend responded with success, but the response is not as expected.

    The body does not match the route, or the client would not send back the cookie of a login. `from_dict` and
    `from_json` raise this error too, without a response.
    """

    def __init__(self, description: str = "", *, response: requests.Response | None = None) -> None:
        super().__init__(description)
        self.response = response
        """The raw response, or None."""


class NotLoadedError(MedusaError):
    """A field was read that the response did not include.

    This is not an `AttributeError`, because `getattr` with a default and template engines would treat the missing field
    as empty.
    """

    def __init__(self, description: str = "", *, model: str = "", field: str = "") -> None:
        super().__init__(description)
        self.model = model
        """The name of the model's class."""
        self.field = field
        """The name of the field."""


class MedusaBatchJobError(MedusaError):
    """The batch job that `admin.batch_jobs.wait` waited for failed or was canceled."""

    def __init__(self, description: str = "", *, batch_job: BatchJob | None = None) -> None:
        super().__init__(description)
        self.batch_job = batch_job
        """The job. `batch_job.result.errors` says what went wrong."""


_BY_STATUS: dict[int, type[MedusaAPIError]] = {
    **dict.fromkeys((400, 405, 413, 414, 422, 431), MedusaInvalidRequestError),
    401: MedusaAuthenticationError,
    403: MedusaPermissionError,
    404: MedusaNotFoundError,
    409: MedusaConflictError,
    429: MedusaRateLimitError,
    **dict.fromkeys(range(500, 600), MedusaServerError),
}


# Medusa v2 requires a publishable API key for every route of its Store API. Medusa v1 requires it for no route.
_MESSAGES_OF_V2 = (
    "Publishable API key required in the request header",
    "A valid publishable key is required to proceed",
)


_LOGINS = ("/admin/auth", "/admin/auth/token", "/store/auth", "/store/auth/token")


def retryable_status(status: int) -> bool:
    """Return whether a response with this status may be retried: the statuses of the JS client, and 429."""
    return status in (409, 429) or 501 <= status <= 599


def api_error(
    response: requests.Response, operation: str, retry_after: float | None, secrets: list[str], causes_of_500: str
) -> MedusaAPIError:
    """Return the error for a response that is not successful.

    `operation` is the method and the route. `causes_of_500` are the mistakes for which the route returns 500.
    """
    text = _text(response)
    body = _json_object(text)
    errors = _listed_errors(body)
    message, type_, code = (
        next((each[key] for each in (body, *errors) if isinstance(each.get(key), str)), None)
        for key in ("message", "type", "code")
    )
    message = text if message is None else message
    status = response.status_code
    description = f"{operation} returned {status}"
    if type_:
        description += f" {one_line(type_, secrets)}"
    if 300 <= status < 400:
        description += mask(_redirect(response), secrets)
    route_exists = status != 404 or _is_of_a_route(response, operation, type_, text)
    if not route_exists:
        description += (
            " (the backend has no such route: check the path, and that base_url is the root of a Medusa v1 backend,"
            " without /store or /admin)"
        )
    texts = [message, *(error["message"] for error in errors if isinstance(error.get("message"), str))]
    said = one_line("; ".join(dict.fromkeys(texts)), secrets)
    if status == 500 and causes_of_500:
        said += f" (Medusa returns 500 here if {causes_of_500})"
    if status == 401 and message == "Unauthorized":
        said += _advice_on_401(response, operation)
    if status == 400 and message.startswith(_MESSAGES_OF_V2):
        said += " (this is a message of Medusa v2, and this SDK supports Medusa v1 only: connect to a v1 backend)"
    error = _BY_STATUS.get(status, MedusaAPIError)(
        f"{description}: {said}" if said else description,
        status=status,
        type=type_,
        code=code,
        message=message,
        errors=errors,
        request_id=response.headers.get("x-request-id"),
        retry_after=retry_after,
        response=response,
    )
    if isinstance(error, MedusaNotFoundError):
        error.route_exists = route_exists
    return error


def _advice_on_401(response: requests.Response, operation: str) -> str:
    """Return what to do about a 401 of one of Medusa's routes."""
    method, _, route = operation.partition(" ")
    if method == "POST" and route in _LOGINS:
        return " (the e-mail address or the password is wrong)"
    if route.startswith("/store/"):
        return " (no customer is logged in, or the login has ended: call auth.get_token)"
    if not route.startswith("/admin/"):
        return ""
    if "x-medusa-access-token" in response.request.headers:
        return " (api_key is not the API token of an admin user: correct it, or call admin.auth.get_token)"
    return " (no admin user is logged in, or the login has ended: call admin.auth.get_token, or pass api_key)"


def _is_of_a_route(response: requests.Response, operation: str, type_: str | None, text: str) -> bool:
    """Return whether one of Medusa's routes sent a 404. See `MedusaNotFoundError.route_exists`."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if operation.startswith("HEAD "):  # There is no body. Express would send text/html.
        return media_type in ("application/json", "text/plain")
    return type_ is not None or (media_type == "text/plain" and text == "Not Found")


def decode_error(response: requests.Response, operation: str, problem: str) -> MedusaDecodeError:
    """Return the error for a successful response whose body does not match the route."""
    kind = response.headers.get("Content-Type", "no Content-Type")
    text = f"{operation} returned {response.status_code} with an unexpected body ({one_line(kind)}): {problem}"
    if kind.lower().startswith("text/html"):
        text += " (this is a web page: check that base_url is the address of the Medusa backend)"
    return MedusaDecodeError(text, response=response)


def batch_job_error(job: BatchJob, errors: list[Any]) -> MedusaBatchJobError:
    """Return the error for a batch job that failed or was canceled. `errors` are those of its result."""
    description = f"the batch job {one_line(job.id)} {'was canceled' if job.status == 'canceled' else 'failed'}"
    messages = [each.get("message") for each in _listed_errors({"errors": errors})]
    said = one_line("; ".join(dict.fromkeys(message for message in messages if isinstance(message, str))))
    return MedusaBatchJobError(f"{description}: {said}" if said else description, batch_job=job)


def _text(response: requests.Response) -> str:
    return response.content.decode("utf-8-sig", "replace")


def _json_object(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def _listed_errors(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the errors of a body such as `{"errors": [{"message": ..., "type": ..., "code": ...}, "a text"]}`."""
    listed: Any = body.get("errors")
    errors = cast("list[Any]", listed) if isinstance(listed, list) else []
    return [{"message": error} if isinstance(error, str) else error for error in errors if type(error) in (str, dict)]


def _redirect(response: requests.Response) -> str:
    if "Location" not in response.headers:
        return ""
    try:
        host = urlsplit(response.headers["Location"]).hostname or "the same host"
    except ValueError:
        host = "an invalid URL"
    return f", a redirect to {host}, which the client does not follow"
