"""The login of a client: its token and its cookies, which change in one step."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header

from ..errors import MedusaDecodeError

AskedToken = Callable[[], str | None]
"""A function as `token`. Each call asks it for the JWT to send."""

_LOGIN_COOKIE = "connect.sid"  # Medusa's name for it, unless its `session_options` have another.


def checked_secret(name: str, value: str | None) -> str | None:
    """Return this credential. Raises `TypeError` or `ValueError`, without the value, if no header can hold it."""
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


def _asked(token: AskedToken) -> str | None:
    return checked_secret("the token that the function `token` returned", token())


class CookieJar(RequestsCookieJar):
    """A jar that ignores the cookies of responses, because some routes log in without being asked."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Do nothing. `Session.send` calls this for every response."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The credentials that one call sends."""

    token: str | None = field(repr=False)
    cookies: RequestsCookieJar = field(repr=False)


@dataclass(frozen=True, slots=True)
class Login:
    """The token and the cookies of a client.

    A login never changes. The next login replaces it, so no call sends the token of one and the cookies of another.
    """

    token: str | AskedToken | None = field(repr=False)
    cookies: CookieJar = field(repr=False)
    replaced: AskedToken | None = field(default=None, repr=False)
    """The function that was the client's `token` before this login. It counts again when it returns another token."""
    replaced_token: str | None = field(default=None, repr=False)
    """The token that this function returned at the time of the login."""

    def credentials(self) -> Credentials:
        """Return what a call sends now. Raises what the function raises, or what `checked_secret` raises."""
        if callable(self.token):
            return Credentials(_asked(self.token), self.cookies)
        if self.replaced is not None:
            token = _asked(self.replaced)
            if token != self.replaced_token:
                return Credentials(token, CookieJar())
        return Credentials(self.token, self.cookies)

    def followed_by(self, token: str | None, cookies: CookieJar) -> Login:
        """Return the login that replaces this one."""
        replaced = self.token if callable(self.token) else self.replaced
        return Login(token, cookies, replaced, None if replaced is None else _asked(replaced))


class _AskedPolicy(DefaultCookiePolicy):
    """The usual policy, which also remembers each cookie and whether it was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.cookies: list[tuple[Cookie, bool]] = []

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        is_accepted = super().set_ok(cookie, request)
        self.cookies.append((cookie, is_accepted))
        return is_accepted


def login_cookies(response: requests.Response, base_url: str) -> CookieJar:
    """Return the cookies of the response to a login.

    Raises `MedusaDecodeError`, which says why, if the client would not send the cookie of the login back.
    """
    policy = _AskedPolicy()
    taken = RequestsCookieJar(policy)
    extract_cookies_to_jar(taken, response.request, response.raw)
    # A load balancer may set cookies too, which log nobody in.
    of_login = [each for each in policy.cookies if each[0].name == _LOGIN_COOKIE] or policy.cookies
    problems = [_why_not_sent_back(cookie, is_accepted, base_url) for cookie, is_accepted in of_login]
    if None not in problems:
        if problems:
            problem = problems[0]
        elif "Set-Cookie" in response.headers:
            problem = "its cookie is malformed or has already expired. Compare the clocks of both machines"
        elif base_url.startswith("http:"):
            problem = "it set no cookie. In production Medusa sets its cookie for https alone: use an https:// base_url"
        else:
            problem = "it set no cookie. If a proxy ends TLS, it must send X-Forwarded-Proto: https to Medusa"
        raise MedusaDecodeError(
            f"POST /store/auth answered {response.status_code}, but {problem}, or log in with auth.get_token, which"
            " needs no cookie",
            response=response,
        )
    cookies = CookieJar()
    cookies.update(taken)
    return cookies


def _why_not_sent_back(cookie: Cookie, is_accepted: bool, base_url: str) -> str | None:
    """Return why later calls would not send the cookie of a login, and what to do about it. None if they would."""
    if not is_accepted:
        return f"its cookie is for another domain than {urlsplit(base_url).hostname}. Use a base_url on that domain"
    jar = RequestsCookieJar()
    jar.set_cookie(cookie)
    if get_cookie_header(jar, requests.Request("GET", f"{base_url}/store/orders").prepare()):
        return None
    if cookie.secure and base_url.startswith("http:"):
        return "its cookie is Secure, so it is not sent over http. Use an https:// base_url"
    return "the Path of its cookie does not include /store below base_url. Use a base_url that it includes"
