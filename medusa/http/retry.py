"""The retry policy, and the adapter that applies it to whole exchanges, including the body."""

from __future__ import annotations

import io
import logging
import os
import random
import re
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from threading import TIMEOUT_MAX
from typing import TYPE_CHECKING, Any, Self, cast
from weakref import ref

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.exceptions import ChunkedEncodingError, ContentDecodingError
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3.exceptions import (
    ClosedPoolError,
    DecodeError,
    EmptyPoolError,
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Retry

from ..errors import retryable_status
from .call import call_under_way, is_repeatable, shortest, time_left
from .failures import ClientClosedError, can_have_been_processed, is_before_sending
from .internals import PROBLEM, adopt
from .multipart import is_used_up
from .pool import Lease, Managers, lease_under_way
from .unpacking import TooLargeError as TooLargeError, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RetryAdapter", "RetryPolicy"]

logger = logging.getLogger("medusa")
logger.addHandler(logging.NullHandler())


class RetryPolicy(Retry):
    """The policy of `Medusa(max_retries=n)`: when to retry, and how long to wait.

    Failures without a complete response, 409, 429 and 501 to 599 are retried. A call that must not be repeated is
    retried only if the backend can't have carried it out: after a failure to connect, 429, and 503 with `Retry-After`.

    The wait before a retry is random, up to 0.5, 1.5, 3.5 ... 30 seconds. If the response has a `Retry-After`, the wait
    is as long as it says. A response with a `Retry-After` of more than 60 seconds is not retried.
    """

    RETRY_AFTER_STATUS_CODES: frozenset[int] = frozenset()  # Otherwise, urllib3 would retry a 413 with a Retry-After.
    longest_wait = 60.0

    @classmethod
    def of(cls, max_retries: int) -> Self:
        """Return a policy with this number of retries after the first attempt."""
        return cls(
            total=max_retries,
            allowed_methods=None,
            status_forcelist=[status for status in range(100, 600) if retryable_status(status)],
            raise_on_status=False,
        )

    def get_backoff_time(self) -> float:
        """Return the seconds to wait: full jitter on an exponential backoff."""
        return random.uniform(0, min(30.0, (2 ** min(len(self.history), 6) - 1) / 2))

    def parse_retry_after(self, retry_after: str) -> float:
        """Return the seconds of a `Retry-After`, a number or a date. Raises `InvalidHeader` for any other text."""
        text = retry_after.strip()
        if re.fullmatch(r"[0-9]{1,300}(\.[0-9]{1,300})?", text):
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None:
                raise ValueError("it has no time zone")
            return max(0.0, moment.timestamp() - time.time())
        except (ValueError, OverflowError) as error:
            raise InvalidHeader("Invalid Retry-After header") from error


class _Once(Retry):
    """A policy of one attempt. Its error messages contain no URL."""

    def increment(self, method: str | None = None, url: str | None = None, *args: Any, **kwargs: Any) -> Self:
        return super().increment(method, "", *args, **kwargs)


_ONCE = _Once(0, read=False)
_RETRIED = (requests.ConnectionError, requests.Timeout, ChunkedEncodingError, ContentDecodingError)


class _Response(requests.Response):
    """A response that parses its cookies only when they are read. Medusa sets a cookie in every response."""

    def __init__(self) -> None:
        super().__init__()
        del self.__dict__["cookies"]

    @property
    def cookies(self) -> RequestsCookieJar:
        if "cookies" not in self.__dict__:
            jar = self.__dict__["cookies"] = RequestsCookieJar()
            if self.raw is not None:
                extract_cookies_to_jar(jar, self.request, self.raw)
        return cast(RequestsCookieJar, self.__dict__["cookies"])

    @cookies.setter
    def cookies(self, jar: RequestsCookieJar) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        self.__dict__["cookies"] = jar


class RetryAdapter(HTTPAdapter):
    """An adapter for a `requests.Session` that retries failed exchanges, even if reading the body fails.

    `max_retries` is the number of retries of a `RetryPolicy`, or any urllib3 `Retry`. The other options are those of
    `HTTPAdapter`. The client's `deadline` and `max_response_bytes` require this adapter. It logs each attempt at level
    DEBUG to the logger `medusa`.
    """

    max_retries: Retry

    def __init__(self, max_retries: int | Retry = 0, **options: Any) -> None:
        super().__init__(**options)
        self.max_retries = self.policy(max_retries)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.max_retries!r}>"

    def _managers(self) -> Managers:
        """Return the managers of this process.

        A forked child creates new ones. It never uses those of its parent: the sockets belong to the parent, and a
        thread that does not exist in the child may hold the locks.
        """
        managers: dict[int, Managers] = self.__dict__.setdefault("_managers_of", {})
        process = os.getpid()
        return managers.get(process) or managers.setdefault(process, Managers())

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        """Create the manager of the pools, as requests does. A forked child calls this too."""
        self._sizes = connections, maxsize, block
        block = block and PROBLEM is None  # The pools of urllib3 would wait forever, whatever the timeout is.
        super().init_poolmanager(connections, maxsize, block, **options)

    # In requests, these two are attributes. Here they are properties, because each process has its own managers.

    @property
    def poolmanager(self) -> Any:
        """The manager of the pools that use no proxy."""
        managers = self._managers()
        with managers.lock:
            if managers.direct is None:
                self.init_poolmanager(*self._sizes)
            return managers.direct

    @poolmanager.setter
    def poolmanager(self, manager: Any) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        adopt(manager)
        self._managers().direct = manager

    @property
    def proxy_manager(self) -> dict[str, Any]:
        """The managers of the pools that use a proxy, by the URL of the proxy."""
        return self._managers().of_proxy

    @proxy_manager.setter
    def proxy_manager(self, managers: dict[str, Any]) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        self._managers().of_proxy = managers

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        """Return the manager for this proxy. Its pools keep deadlines."""
        manager = super().proxy_manager_for(*args, **options)
        adopt(manager)
        return manager

    # The next three methods are overridden because requests spends a third of the time of a call in them.

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        """Return the pool. It is looked up once for each origin, unless there is a proxy or a client certificate."""
        if proxies or cert:
            return super().get_connection_with_tls_context(request, verify, proxies, cert)
        url = cast(str, request.url)
        pools, origin = self._managers().pools, (url[: url.find("/", 8)], verify)
        pool = pools.get(origin)
        if pool is None:
            pool = pools[origin] = super().get_connection_with_tls_context(request, verify)
        return pool

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """Return the path, or the whole URL if there is a proxy, as requests does."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """Build the response as requests does, without parsing its cookies."""
        response = _Response()
        response.status_code = resp.status
        response.headers = CaseInsensitiveDict(resp.headers)
        response.encoding = _charset(response.headers)
        response.raw = resp
        response.reason = resp.reason
        response.url = cast(str, req.url)
        response.request = req
        response.connection = self
        return response

    def close(self) -> None:
        """Close all connections. Calls that wait for a connection fail. Later calls open new connections."""
        managers = self._managers()
        managers.closings += 1
        managers.pools.clear()
        super().close()

    @staticmethod
    def policy(max_retries: int | Retry) -> Retry:
        """Return a policy for this number of retries, or the given policy."""
        return max_retries if isinstance(max_retries, Retry) else RetryPolicy.of(max_retries)

    def with_policy(self, policy: Retry) -> Self:
        """Return an adapter with another policy on the same connection pools."""
        adapter = object.__new__(type(self))
        adapter.__dict__.update(self.__dict__)
        adapter.max_retries = policy
        return adapter

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        """Send the request, and retry it if the policy says so. Raises what `HTTPAdapter.send` raises."""
        retries, attempt = self.max_retries, 0
        once = self.with_policy(_ONCE)
        method = request.method or ""
        while True:
            attempt += 1
            begun = time.monotonic()
            try:
                response = once._exchange(request, stream, timeout, verify, cert, proxies)
            except requests.RequestException as error:
                _log(request, type(error).__name__, begun, attempt)
                if not isinstance(error, _RETRIED) or isinstance(error, ClientClosedError):
                    raise
                if not (is_repeatable() or is_before_sending(error)) or is_used_up(request.body):
                    raise
                try:
                    retries = retries.increment(method, "", error=_cause(error))
                except (HTTPError, OSError):
                    raise error from error.__cause__
                delay = _backoff(retries)
                if not _time_for(delay):
                    raise
            except EmptyPoolError as error:
                _log(request, type(error).__name__, begun, attempt)
                raise requests.ConnectTimeout("no connection became free in time", request=request) from error
            else:
                _log(request, response.status_code, begun, attempt)
                has_delay = "Retry-After" in response.headers
                if not retries.is_retry(method, response.status_code, has_delay) or is_used_up(request.body):
                    return response
                wait = retry_after(response.headers)
                if not is_repeatable() and can_have_been_processed(response.status_code, wait):
                    return response
                try:
                    retries = retries.increment(method, "", response=response.raw)
                except HTTPError:
                    return response
                delay = _delay(retries, response)
                if delay > getattr(retries, "longest_wait", TIMEOUT_MAX) or not _time_for(delay):
                    return response
                response.close()
            time.sleep(min(delay, TIMEOUT_MAX))

    def _exchange(
        self, request: requests.PreparedRequest, stream: bool, timeout: Any, verify: Any, cert: Any, proxies: Any
    ) -> requests.Response:
        """Make one attempt. In any case, its connection is returned to the pool or closed."""
        closings = self._managers().closings
        while True:
            lease, is_kept = Lease(timeout[1] if isinstance(timeout, tuple) else timeout), False
            before = lease_under_way.set(ref(lease))
            try:
                response = HTTPAdapter.send(self, request, stream, _in_time(timeout), verify, cert, proxies)
                if not stream:
                    _read(response)  # The body is read here, so that a body that is cut short is retried.
                is_kept = stream
                return response
            except requests.ConnectionError as error:
                if not (error.args and isinstance(error.args[0], ClosedPoolError)):
                    raise
                self._managers().pools.clear()
                if self._managers().closings != closings:
                    raise ClientClosedError(
                        "the client was closed while this call waited for a connection", request=request
                    ) from None
            finally:
                lease_under_way.reset(before)
                if not is_kept:
                    lease.end()


def _charset(headers: CaseInsensitiveDict[str]) -> str | None:
    try:
        return get_encoding_from_headers(headers)
    except AttributeError:  # requests 2.32 fails if a charset has no value.
        return None


def _read(response: requests.Response) -> None:
    """Read and decompress the body, within the limits of the call. Raises what `content` raises, or `ReadTimeout`."""
    call = call_under_way.get()
    most = call.max_response_bytes if call else None
    raw: Any = response.raw
    content = None
    try:
        content = b"".join(unpacked(response, most))
    except ReadTimeoutError as error:
        raise requests.ReadTimeout(error, request=response.request) from error
    except (ProtocolError, ValueError) as error:  # A file that was closed in the meantime raises ValueError.
        raise ChunkedEncodingError(error, request=response.request) from error
    except DecodeError as error:
        raise ContentDecodingError(error, request=response.request) from error
    except SSLError as error:
        raise requests.ConnectionError(error, request=response.request) from error
    finally:
        response.raw = io.BytesIO(content or b"")
        response.content  # noqa: B018  # requests reads and keeps the content here.
        response.raw = raw
        if content is None:
            raw.close()


def _log(request: requests.PreparedRequest, outcome: object, begun: float, attempt: int) -> None:
    if logger.isEnabledFor(logging.DEBUG):
        call = call_under_way.get()
        operation = call.operation if call else request.method
        logger.debug("%s: %s in %.3f s (attempt %d)", operation, outcome, time.monotonic() - begun, attempt)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of the `Retry-After` header, or None if it is missing or invalid."""
    try:
        return RetryPolicy().parse_retry_after(headers["Retry-After"])
    except (KeyError, InvalidHeader):
        return None


def _delay(retries: Retry, response: requests.Response) -> float:
    if retries.respect_retry_after_header:
        with suppress(KeyError, InvalidHeader, ValueError, OverflowError):  # urllib3 raises the last two if it is huge.
            return float(retries.parse_retry_after(response.headers["Retry-After"]))
    return _backoff(retries)


def _backoff(retries: Retry) -> float:
    """Return the backoff of the policy in seconds. urllib3 computes 2 ** n, which may be too large for a float."""
    try:
        return retries.get_backoff_time()
    except OverflowError:
        return float(retries.backoff_max)


def _cause(error: requests.RequestException) -> Exception:
    """Return the urllib3 error in an exception of requests. A policy uses it to tell connecting from reading."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError) and cause.reason:
        cause = cause.reason
    return cause if isinstance(cause, HTTPError) else ProtocolError("the exchange failed")


def _time_for(delay: float) -> bool:
    left = time_left()
    return left is None or left > delay


def _in_time(timeout: Any) -> Any:
    """Return the timeouts, shortened to the time that the deadline leaves."""
    left = time_left()
    if left is None:
        return timeout
    each = cast("tuple[float | None, ...]", timeout) if isinstance(timeout, tuple) else (timeout, timeout)
    return tuple(shortest(left, seconds) for seconds in each)
