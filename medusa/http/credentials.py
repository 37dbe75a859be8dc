"""The logins of a client, one for each side of the backend. Its token and its cookies change in one step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header

from ..errors import MedusaDecodeError

AskedToken = Callable[[], str | None]
"""A function that is passed as `token`. Each call gets its JWT from the function."""

_LOGIN_COOKIE = "connect.sid"  # The default name. `session_options` of the backend can set another one.


def checked_secret(name: str, value: str | None) -> str | None:
    """Return this credential.

    Raises `TypeError` or `ValueError` if it can't be sent in a header. The message does not contain the credential.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, not {type(value).__name__}")
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        raise ValueError(f"{name} must not be empty and must be valid in an HTTP header")
    return value


def checked_token(name: str, value: str | AskedToken | None) -> str | AskedToken | None:
    """Return a token, or the function that returns one. Raises what `checked_secret` raises."""
    return value if callable(value) else checked_secret(name, value)


class Side(NamedTuple):
    """A part of the backend with separate logins: the Store or the Admin."""

    option: str
    """The name of the client's option and property for a token."""
    resource: str
    """The path of the resource that logs in and out."""
    login_route: str
    """The route that logs in with a cookie."""
    needs_login: str
    """A route that requires a login."""

    def asked(self, token: AskedToken) -> str | None:
        """Return the token that the function returns. Raises what the function or `checked_secret` raises."""
        return checked_secret(f"the token that the function `{self.option}` returned", token())


STORE = Side("token", "auth", "/store/auth", "/store/orders")
"""All paths except those of the Admin."""
ADMIN = Side("admin_token", "admin.auth", "/admin/auth", "/admin/orders")


def is_admin(path: str) -> bool:
    """Return whether this path belongs to the Admin. The path may have a query."""
    return path[:7].lower() in ("/admin", "/admin/", "/admin?")


class CookieJar(RequestsCookieJar):
    """A jar that ignores the cookies of responses, because routes that are not logins may send a login cookie too."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Do nothing. `Session.send` calls this for every response."""


def copied(cookies: Any) -> CookieJar:
    """Return a jar that ignores the cookies of responses, with these cookies in it."""
    jar = CookieJar()
    jar.update(cookies)
    return jar


class _NoCookies(CookieJar):
    """The jar of logins that have no cookies and belong to no session. All clients share it, so it must stay empty."""

    def set_cookie(self, cookie: Cookie, *args: Any, **options: Any) -> None:
        raise TypeError("no cookie can be added to a jar that all clients share")


NO_COOKIES = _NoCookies()


class Credentials:
    """The credentials that one call sends. This is not a tuple, because the `repr` of a tuple would show them."""

    __slots__ = ("cookies", "token")

    def __init__(self, token: str | None, cookies: RequestsCookieJar) -> None:
        self.token, self.cookies = token, cookies


class Login:
    """The token and the cookies of a client on one side.

    A login never changes. The next login replaces it, so no call sends the token of one login and the cookies of
    another.
    """

    __slots__ = ("cookies", "replaced", "replaced_token", "side", "token")

    def __init__(
        self,
        side: Side,
        token: str | AskedToken | None,
        cookies: CookieJar,
        replaced: AskedToken | None = None,
        replaced_token: str | None = None,
    ) -> None:
        """Create a login on this side.

        `replaced` is the function that was the client's `token` before this login. At the time of the login, it
        returned `replaced_token`. As soon as it returns another token, that token is sent instead of this login.
        """
        self.side, self.token, self.cookies = side, token, cookies
        self.replaced, self.replaced_token = replaced, replaced_token

    def credentials(self) -> Credentials:
        """Return the credentials that a call sends now. Raises what the token's function or `checked_secret` raises."""
        if callable(self.token):
            return Credentials(self.side.asked(self.token), self.cookies)
        if self.replaced is not None:
            token = self.side.asked(self.replaced)
            if token != self.replaced_token:
                return Credentials(token, CookieJar())
        return Credentials(self.token, self.cookies)

    def with_cookies(self, cookies: CookieJar) -> Login:
        """Return the same login with other cookies."""
        return Login(self.side, self.token, cookies, self.replaced, self.replaced_token)

    def followed_by(self, token: str | None, cookies: CookieJar) -> Login:
        """Return the login that replaces this one."""
        replaced = self.token if callable(self.token) else self.replaced
        return Login(self.side, token, cookies, replaced, None if replaced is None else self.side.asked(replaced))


class Account:
    """The current login of a client on one side of the backend."""

    def __init__(self, login: Login, session: requests.Session | None = None) -> None:
        """Use this login. If a `session` is passed, its `cookies` are those of the login, for the user to see."""
        self.side = login.side
        self._session = session
        self._act_by(login)

    @property
    def token(self) -> str | None:
        """The JWT that the next call would send."""
        return self._login.credentials().token

    def credentials(self) -> Credentials:
        """Return the credentials that a call sends now. Raises what the token's function or `checked_secret` raises."""
        return self._login.credentials()

    def log_in_by_cookie(self, response: requests.Response, base_url: str) -> None:
        """Use the cookie of this response. Raises `MedusaDecodeError` if the client would not send the cookie back."""
        self._act_by(self._login.followed_by(None, login_cookies(response, base_url, self.side)))

    def log_in_by_token(self, token: str | None) -> None:
        """Use this JWT. Raises `TypeError` or `ValueError` if it can't be sent in a header."""
        self._act_by(self._login.followed_by(checked_secret(self.side.option, token), CookieJar()))

    def log_out(self) -> None:
        """Remove the login, both its token and its cookies."""
        self._act_by(self._login.followed_by(None, CookieJar()))

    def copy(self, changed: Mapping[str, Any], session: requests.Session | None = None) -> Account:
        """Return an account with the same login or, if these options contain one, a new token.

        The cookies are those of the session, or none.
        """
        login, cookies = self._login, NO_COOKIES if session is None else cast("CookieJar", session.cookies)
        if self.side.option in changed:
            return Account(Login(self.side, changed[self.side.option], cookies), session)
        return Account(login if login.cookies is cookies else login.with_cookies(cookies), session)

    def take_cookies_of(self, session: requests.Session) -> None:
        """Replace a cookie jar that the user has put into the session, and use its cookies.

        That jar would keep the cookies of all responses, for example the cookie of a login on the other side.
        """
        if not isinstance(session.cookies, CookieJar):
            self._act_by(self._login.with_cookies(copied(session.cookies)))

    def _act_by(self, login: Login) -> None:
        self._login = login  # A call reads nothing else.
        if self._session is None:
            return
        self._session.cookies = login.cookies
        while self._login is not login:  # Another thread logged in in the meantime.
            login = self._login
            self._session.cookies = login.cookies


class _AskedPolicy(DefaultCookiePolicy):
    """The default policy, which also remembers each cookie and whether it was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.cookies: list[tuple[Cookie, bool]] = []

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        is_accepted = super().set_ok(cookie, request)
        self.cookies.append((cookie, is_accepted))
        return is_accepted


def login_cookies(response: requests.Response, base_url: str, side: Side) -> CookieJar:
    """Return the cookies of the response to a login.

    Raises `MedusaDecodeError` if the client would not send the cookie of the login back. The message says why.
    """
    policy = _AskedPolicy()
    taken = RequestsCookieJar(policy)
    extract_cookies_to_jar(taken, response.request, response.raw)
    # A load balancer may set cookies too.
    of_login = [each for each in policy.cookies if each[0].name == _LOGIN_COOKIE] or policy.cookies
    problems = [_why_not_sent_back(cookie, is_accepted, base_url, side) for cookie, is_accepted in of_login]
    if None not in problems:
        if problems:
            problem = problems[0]
        elif "Set-Cookie" in response.headers:
            problem = "its cookie is malformed or has already expired. Compare the clocks of both machines"
        elif base_url.startswith("http:"):
            problem = "it set no cookie. In production, Medusa sets it only over https: use an https:// base_url"
        else:
            problem = "it set no cookie. If a proxy ends TLS, it must send X-Forwarded-Proto: https to Medusa"
        raise MedusaDecodeError(
            f"POST {side.login_route} returned {response.status_code}, but {problem}, or log in with"
            f" {side.resource}.get_token, which needs no cookie",
            response=response,
        )
    return copied(taken)


def _why_not_sent_back(cookie: Cookie, is_accepted: bool, base_url: str, side: Side) -> str | None:
    """Return why later calls would not send the cookie of a login, and what to do. Return None if they would."""
    if not is_accepted:
        return f"its cookie is for another domain than {urlsplit(base_url).hostname}. Use a base_url on that domain"
    jar = RequestsCookieJar()
    jar.set_cookie(cookie)
    if get_cookie_header(jar, requests.Request("GET", base_url + side.needs_login).prepare()):
        return None
    if cookie.secure and base_url.startswith("http:"):
        return "its cookie is Secure, so it is not sent over http. Use an https:// base_url"
    prefix = "/" + side.needs_login.split("/")[1]
    return f"the Path of its cookie does not include {prefix} below base_url. Use a base_url that the Path includes"
