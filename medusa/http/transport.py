"""Send requests through the requests session of a client: URL, headers, credentials, cookies, timeouts."""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from copy import copy
from typing import TYPE_CHECKING, Any, cast

import requests
from requests.cookies import RequestsCookieJar, merge_cookies
from requests.structures import CaseInsensitiveDict

from ..errors import api_error, decode_error
from .call import Call, call_under_way
from .connection_settings import problem_with, proxy_secrets
from .credentials import ADMIN, NO_COOKIES, STORE, Account, CookieJar, Credentials, Login, copied, is_admin
from .failures import TRANSPORT_ERRORS, connection_error, is_of_transport, not_sent_error, refused_response
from .headers import checked_headers, session_headers
from .multipart import MultipartBody, SourceError
from .redaction import secrets_of
from .retry import RetryAdapter, TooLargeError, retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests.adapters import BaseAdapter

    from ..options import ClientOptions

# The Admin routes to which no API key is sent, as in the JS client.
_OPEN_ADMIN_ROUTES = {
    "/admin/auth",
    "/admin/users/password-token",
    "/admin/users/reset-password",
    "/admin/invites/accept",
}


class _Redirected(Exception):
    def __init__(self, response: requests.Response) -> None:
        super().__init__()
        self.response = response


def _stop_at_redirect(response: requests.Response, **_: Any) -> None:
    # Even with allow_redirects=False, Session.send would resolve the Location afterwards, which fails for invalid ones.
    if 300 <= response.status_code < 400:
        raise _Redirected(response)


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """An auth that does nothing. Without an auth, requests would replace the client's token with an entry of .netrc."""
    return request


class Transport:
    """The options, the requests session and the logins of a client."""

    def __init__(self, options: ClientOptions) -> None:
        self.options = options
        self._usual_headers: tuple[Any, dict[Any, CaseInsensitiveDict[str]]] = (None, {})
        self._environment: tuple[Any, dict[str, Any]] = (None, {})
        session = options.session
        if session is None:
            session = requests.Session()
            adapter = RetryAdapter(options.max_retries, pool_maxsize=options.pool_maxsize, pool_block=True)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            session.headers["User-Agent"] = f"medusa-sdk {session.headers['User-Agent']}"
        elif isinstance(session.cookies, CookieJar):  # Another client uses the session. Its login must not be shared.
            session = _clone(session)
        self.session = session
        self._check_deadline()
        # The cookies that the user has put into the session are meant for all paths.
        of_admin = copied(session.cookies) if len(session.cookies) else NO_COOKIES
        self.admin = Account(Login(ADMIN, options.admin_token, of_admin))
        self.customer = Account(Login(STORE, options.token, copied(session.cookies)), session)

    @property
    def given_session(self) -> bool:
        """Whether the user passed the session."""
        return self.options.session is not None

    def copy(self, changed: Mapping[str, Any]) -> Transport:
        """Return a transport with other options on the same connection pool, without cookies."""
        copy = object.__new__(Transport)
        copy.options = self.options.changed(changed)
        copy._usual_headers = (None, {})
        copy._environment = self._environment
        copy.session = _clone(self.session)
        if "max_retries" in changed:
            for prefix, adapter in copy.session.adapters.items():
                if isinstance(adapter, RetryAdapter):
                    copy.session.adapters[prefix] = adapter.with_policy(RetryAdapter.policy(copy.options.max_retries))
        copy._check_deadline()
        copy.admin, copy.customer = self.admin.copy(changed), self.customer.copy(changed, copy.session)
        return copy

    def within(self, seconds: float) -> Transport:
        """Return a transport with the same session and logins whose calls take no longer than this."""
        twin = object.__new__(Transport)
        twin.__dict__.update(self.__dict__)
        twin.change(timeout=seconds, deadline=seconds)
        return twin

    def _check_deadline(self) -> None:
        needs_ours = self.given_session and self.options.deadline is not None
        if needs_ours and not isinstance(self._adapter(), RetryAdapter):
            raise ValueError("deadline requires a medusa.RetryAdapter that is mounted on your session")

    def _adapter(self) -> BaseAdapter:
        """Return the session's adapter for the backend. Raises `ValueError` if there is none."""
        try:
            return self.session.get_adapter(self.options.base_url + "/")
        except requests.exceptions.InvalidSchema:
            raise ValueError(f"the session has no adapter for {self.options.base_url}: mount one on it") from None

    def check_cookie_is_free(self, account: Account) -> None:
        """Raise `ValueError` if the headers contain a `Cookie`, which would replace the cookie of a login."""
        if "Cookie" in self._headers("POST", account.side.login_route, None, None):
            raise ValueError(
                "the client's Cookie header would replace the cookie of the login: remove the header from"
                f" custom_headers or session.headers, or log in with {account.side.resource}.get_token"
            )

    def __getstate__(self) -> dict[str, Any]:
        options = self.options.changed({"token": self.customer.token, "admin_token": self.admin.token})
        if self.given_session:
            values: dict[str, Any] = {**vars(options), "session": _clone(self.session)}
            options = type(options)(**values)
        return {"options": options}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    def send(
        self,
        method: str,
        path: str,
        *,
        route: str,
        query: str = "",
        body: bytes | MultipartBody | None = None,
        custom_headers: Mapping[str, str] | None = None,
        is_login: bool = False,
        is_repeatable: bool = True,
        causes_of_500: str = "",
    ) -> requests.Response:
        """Send a request and return the response if it is successful.

        A login is sent without the credentials of the previous login on the same side. If the login fails, the client
        forgets them. Until then, calls of other threads still send them. Raises `MedusaConnectionError` if no complete
        response was received, and `MedusaAPIError` if the response is not successful.
        """
        operation = f"{method} {route}"
        url = self.options.base_url + path + (f"{'&' if '?' in path else '?'}{query}" if query else "")
        self.customer.take_cookies_of(self.session)
        account = self.admin if is_admin(path) else self.customer
        credentials = Credentials(None, CookieJar()) if is_login else account.credentials()
        before = call_under_way.set(self._call(operation, is_repeatable))
        try:
            # The headers are not kept in a variable, because tools such as Sentry report the variables of each frame.
            prepared = self._prepare(
                method,
                url,
                self._headers(method, path, credentials.token, custom_headers),
                body,
                credentials.cookies,
            )
            try:
                return self._exchange(prepared, operation, causes_of_500)
            except SourceError as error:
                reason = error.reason
            except BaseException:
                if is_login:
                    account.log_out()
                raise
            raise reason  # Outside of the except block, so that SourceError does not become its context.
        finally:
            call_under_way.reset(before)

    def _exchange(self, prepared: requests.PreparedRequest, operation: str, causes_of_500: str) -> requests.Response:
        """Return the response if it is successful, and raise an error otherwise."""
        try:
            response = self._any_response(prepared, operation)
            if 200 <= response.status_code < 300:
                return response
            wait = retry_after(response.headers)
            error = api_error(response, operation, wait, self._secrets(prepared), causes_of_500)
        except TRANSPORT_ERRORS as cause:
            if not is_of_transport(cause, prepared):
                raise
            raise connection_error(cause, operation, self.options.base_url, self._secrets(prepared)) from cause
        raise error

    def _any_response(self, prepared: requests.PreparedRequest, operation: str) -> requests.Response:
        """Return the response with any status, even if a hook of the session raises an `HTTPError` for it."""
        timeout = self.options.timeout
        try:
            return self.session.send(prepared, timeout=timeout, allow_redirects=False, **self._settings(operation))
        except _Redirected as redirected:
            return redirected.response
        except requests.HTTPError as error:
            response = refused_response(error, prepared)
            if response is None:
                raise
            return response
        except TooLargeError as too_large:
            response = cast("requests.Response", too_large.response)
            if 200 <= response.status_code < 300:
                raise decode_error(response, operation, str(too_large)) from None
            return response

    def _call(self, operation: str, is_repeatable: bool) -> Call:
        seconds, timeout = self.options.deadline, self.options.timeout
        return Call(
            operation=operation,
            ends=None if seconds is None else time.monotonic() + seconds,
            longest_wait=timeout[1] if isinstance(timeout, tuple) else timeout,
            max_response_bytes=self.options.max_response_bytes,
            is_repeatable=is_repeatable,
        )

    def _secrets(self, request: requests.PreparedRequest) -> list[str]:
        own = [self.options.api_key, self.options.publishable_api_key]
        return [*secrets_of(request), *proxy_secrets(self._environment[1]), *filter(None, own)]

    def _prepare(
        self,
        method: str,
        url: str,
        headers: CaseInsensitiveDict[str],
        body: bytes | MultipartBody | None,
        cookies: RequestsCookieJar,
    ) -> requests.PreparedRequest:
        """Return the prepared request.

        `Session.prepare_request` takes half of the time of a call. The client's own session does not need it, because
        the base URL is normalized, the path and the query are encoded, and the headers are checked already.
        """
        session = self.session
        if isinstance(body, MultipartBody):
            headers["Content-Type"] = body.content_type
        if self.given_session or session.auth or session.params or session.hooks["response"]:
            auth = None if session.auth else _no_auth
            data: Any = body
            request = requests.Request(method, url, headers=headers, data=data, auth=auth)
            prepared = _prepare_with(cookies, session, request)
            prepared.register_hook("response", _stop_at_redirect)
            return prepared
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url, prepared.body = method, url, cast("bytes | None", body)
        prepared.headers = cast("CaseInsensitiveDict[str | bytes]", headers)
        prepared.hooks = {"response": [_stop_at_redirect]}
        if body is not None:
            size = body.len if isinstance(body, MultipartBody) else len(body)
            headers.update({"Transfer-Encoding": "chunked"} if size is None else {"Content-Length": str(size)})
        if len(cookies) and "Cookie" not in headers:
            # The jar is copied, because another thread may have held its lock when this process was forked.
            prepared.prepare_cookies(merge_cookies(RequestsCookieJar(), cookies))
        return prepared

    def _settings(self, operation: str) -> dict[str, Any]:
        """Return the proxies and TLS settings.

        The environment is read once, or for each call if the user passed the session. Raises `MedusaConnectionError` if
        nothing can be sent with these settings.
        """
        self._adapter()  # If there is none, the error message of Session.send would contain the whole URL.
        session = self.session
        asked_with = [self.options.base_url, session.trust_env, session.verify, session.cert, dict(session.proxies)]
        if self.given_session or self._environment[0] != asked_with:
            url = f"{asked_with[0]}/"
            settings = session.merge_environment_settings(url, {}, None, None, None)
            settings["stream"] = False  # With stream=True, requests would return before the size limit is checked.
            problem = problem_with(settings, url)
            if problem:
                raise not_sent_error(operation, problem)
            self._environment = (asked_with, settings)
        return self._environment[1]

    def _headers(
        self, method: str, path: str, token: str | None, custom_headers: Mapping[str, str] | None
    ) -> CaseInsensitiveDict[str]:
        """Return all headers of a request except for those of its body and the cookies."""
        of_session = tuple(self.session.headers.items())
        if self._usual_headers[0] != of_session:
            self._usual_headers = (of_session, {})
        is_open = method == "POST" and path.partition("?")[0].lower() in _OPEN_ADMIN_ROUTES
        takes_key = is_admin(path) and not is_open
        usual = self._usual_headers[1]
        if takes_key not in usual:
            usual[takes_key] = self._make_usual_headers(takes_key)
        headers = usual[takes_key].copy()
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if self.options.custom_headers:
            headers.update(self.options.custom_headers)
        if method == "POST" and "Idempotency-Key" not in headers and self._may_retry():
            headers["Idempotency-Key"] = str(uuid.uuid4())
        if custom_headers is not None:
            headers.update(checked_headers(custom_headers))
        return headers

    def _make_usual_headers(self, takes_key: bool) -> CaseInsensitiveDict[str]:
        options = self.options
        headers: CaseInsensitiveDict[Any] = CaseInsensitiveDict(
            {"Accept": "application/json", "Content-Type": "application/json"}
        )
        for name, value in session_headers(self.session):
            if value is None:
                headers.pop(name, None)
            else:
                headers[name] = value
        if options.publishable_api_key:
            headers["x-publishable-api-key"] = options.publishable_api_key
        if takes_key and options.api_key:
            headers["x-medusa-access-token"] = options.api_key
        return headers

    def change(self, **options: Any) -> None:
        """Use other options from now on."""
        self.options = self.options.changed(options)
        self._usual_headers = (None, {})

    def _may_retry(self) -> bool:
        total = getattr(getattr(self._adapter(), "max_retries", None), "total", 0)
        return total is None or bool(total)


def _clone(session: requests.Session) -> requests.Session:
    """Return a session with the same adapters and settings, without cookies.

    `copy.copy` would lose a subclass's attributes.
    """
    clone = object.__new__(type(session))
    clone.__dict__.update(session.__dict__)
    clone.adapters = OrderedDict(session.adapters)
    clone.headers, clone.params, clone.proxies = (
        session.headers.copy(),
        _copy_of(session.params),
        _copy_of(session.proxies),
    )
    clone.hooks = {event: _copy_of(hooks) for event, hooks in session.hooks.items()}
    clone.cookies = CookieJar()
    return clone


def _copy_of(value: Any) -> Any:
    return value.copy() if type(value) in (dict, list) else copy(value)  # copy() takes longer for a dict or a list.


def _prepare_with(
    cookies: RequestsCookieJar, session: requests.Session, request: requests.Request
) -> requests.PreparedRequest:
    """Prepare the request by the session, with these cookies, even if another thread logs in meanwhile."""
    if session.cookies is cookies:
        prepared = session.prepare_request(request)
        if session.cookies is cookies:
            return prepared
    twin = _clone(session)
    twin.cookies = copied(cookies)  # The session may add cookies, and must not add them to a shared jar.
    return twin.prepare_request(request)
