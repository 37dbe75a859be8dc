"""The client: configuration, credentials, the resources as attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack, cast
from urllib.parse import urlsplit

import requests
from urllib3.util import Retry

from .http.credentials import checked_secret, checked_token
from .http.headers import checked_headers
from .http.redaction import mask, printable
from .http.transport import Transport

if TYPE_CHECKING:
    from .codec.converter import Decoder
    from .models.base import Model
    from .resources.auth import AuthResource
    from .resources.orders import OrdersResource


class CopyOptions(TypedDict, total=False):
    """The options that `Medusa.with_options` takes: those of `Options` but `pool_maxsize` and `session`."""

    base_url: str
    max_retries: int | Retry
    api_key: str | None
    publishable_api_key: str | None
    token: str | Callable[[], str | None] | None
    custom_headers: Mapping[str, str] | None
    timeout: float | tuple[float, float] | None
    deadline: float | None
    max_response_bytes: int
    models: Mapping[type[Any], type[Model]] | None


class Options(CopyOptions, total=False):
    """The options of `Medusa`, for those that are kept in a dict: `Medusa(**options)`.

    Each is described there, and may be left out. `with_options` takes the same but `pool_maxsize` and `session`.
    """

    pool_maxsize: int
    session: requests.Session | None


RESOURCES_OF_JS = (
    *("admin", "auth", "carts", "collections", "customers", "gift_cards", "order_edits", "orders"),
    *("payment_collections", "payment_methods", "product_categories", "product_tags", "product_types", "products"),
    *("regions", "return_reasons", "returns", "shipping_options", "swaps"),
)
"""The resources of the JS client, in snake_case, whether this version has them or not."""


class Medusa:
    """A client of a Medusa v1 backend, for any number of threads.

    `base_url`: where the backend is. `max_retries`: how often to try again after the first attempt, or a urllib3
    `Retry`. `api_key`: sent on `/admin` paths alone. `publishable_api_key`: sent everywhere. `token`: a customer's
    JWT, sent on all other paths, or a function that each call asks once for it and that may return None.
    `custom_headers`: sent with every request. `timeout`: seconds, or two of them, to connect and for each read.
    `deadline`: seconds for a whole call, retries included; only the resolution of the host's name is not interrupted.
    `max_response_bytes`: a larger answer, unpacked, is refused. `models`: your subclasses of entities and results, by
    the class in whose place they stand in every answer and at every depth, as in `{Order: MyOrder}`;
    docs/extending.md says how to declare them. `pool_maxsize`: connections open at most; a call waits for a free one
    as long as for a read. `session`: your own `requests.Session`, whose adapters, headers, auth, params and hooks keep
    their meaning, which is not closed by this client, and whose cookie jar is replaced by one that takes cookies from
    `auth.authenticate` alone; a deadline and the limit of bytes need a `RetryAdapter` on it.

    Raises `TypeError` or `ValueError` for an option that can't be right.

    It can be used as a context manager, and pickled: a pickled client keeps its configuration, its credentials
    included, and has no cookies. A `token` that is a function is pickled as what it returns at that moment.
    """

    def __init__(
        self,
        base_url: str = "http://localhost:9000",
        *,
        max_retries: int | Retry = 0,
        api_key: str | None = None,
        publishable_api_key: str | None = None,
        token: str | Callable[[], str | None] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        timeout: float | tuple[float, float] | None = (5.0, 30.0),
        deadline: float | None = None,
        max_response_bytes: int = 64 * 1024 * 1024,
        models: Mapping[type[Any], type[Model]] | None = None,
        pool_maxsize: int = 32,
        session: requests.Session | None = None,
    ) -> None:
        if session is not None and not isinstance(session, requests.Session):
            raise TypeError(f"session must be a requests.Session, not {type(session).__name__}")
        if session is not None and max_retries != 0:
            raise ValueError("with a session of your own, mount a medusa.RetryAdapter on it instead of max_retries")
        options = _checked(
            base_url=base_url,
            max_retries=max_retries,
            api_key=api_key,
            publishable_api_key=publishable_api_key,
            token=token,
            custom_headers=custom_headers,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            models=models,
            pool_maxsize=pool_maxsize,
        )
        self._use(Transport(options, session))

    def _use(self, transport: Transport, *, is_copy: bool = False) -> None:
        self._transport = transport
        self._owns_pool = not is_copy and not transport.given_session
        self._resources: dict[str, Any] = {}

    @property
    def session(self) -> requests.Session:
        """The `requests.Session` that everything goes through."""
        return self._transport.session

    @property
    def base_url(self) -> str:
        """The URL of the backend, without a slash at its end."""
        return str(self._transport.options["base_url"])

    @property
    def token(self) -> str | None:
        """The customer's JWT that the next call will send, or None.

        Set it to log in by a JWT that you have, or to None to log out. As after `auth.get_token`, the login before is
        forgotten, its cookie included. If the option `token` is a function, this login counts until the function
        returns another token than now. Raises `TypeError` or `ValueError` for a token that a header can't hold.
        """
        return self._transport.token

    @token.setter
    def token(self, token: str | None) -> None:
        self._transport.log_in_by_token(token)

    @property
    def orders(self) -> OrdersResource:
        """Orders: retrieve, look up, claim."""
        if "orders" not in self._resources:
            from .resources.orders import OrdersResource

            self._resources["orders"] = OrdersResource(self)
        return self._resources["orders"]  # type: ignore[no-any-return]

    @property
    def auth(self) -> AuthResource:
        """Logging a customer in and out."""
        if "auth" not in self._resources:
            from .resources.auth import AuthResource

            self._resources["auth"] = AuthResource(self)
        return self._resources["auth"]  # type: ignore[no-any-return]

    if not TYPE_CHECKING:  # Otherwise a type checker takes every name for an attribute.

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # A property of a subclass raised it: have it say so itself.
                return object.__getattribute__(self, name)
            raise AttributeError(_no_attribute(type(self).__name__, name), name=name, obj=self)

    def with_options(self, **changed: Unpack[CopyOptions]) -> Self:
        """A copy with other options, on the same connection pool and without cookies: cheap enough for every request.

        Takes what the constructor takes, but `session` and `pool_maxsize` (`ValueError`). Closing a copy leaves the
        pool to its original.
        """
        for name in ("session", "pool_maxsize"):
            if name in changed:
                raise ValueError(f"a copy shares the {name} of its original")
        if self._transport.given_session and changed.get("max_retries", 0) != 0:
            raise ValueError("with a session of your own, mount a medusa.RetryAdapter on it instead of max_retries")
        copy = object.__new__(type(self))
        copy._use(self._transport.copy(_checked(**changed)), is_copy=True)
        return copy

    def set_publishable_key(self, key: str) -> None:
        """Send this publishable API key from now on."""
        self._transport.change(**_checked(publishable_api_key=key))

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        custom_headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Any route, such as a custom one: the parsed JSON, None for an empty body, a str for plain text.

        `path` begins with one `/` and may have a query; it is sent percent-encoded as it is. `json` is sent as JSON
        (a POST or DELETE without it sends `{}`, as the JS client does). Raises what the resources' methods raise,
        `MedusaDecodeError` for any other kind of body.
        """
        from .codec.json_text import dumps, loads
        from .codec.plain_json import Mismatch
        from .errors import decode_error
        from .http.query_string import encode

        method = _checked_method(method)
        route = printable(mask(_checked_path(path).partition("?")[0]))
        if json is None and method in ("POST", "DELETE"):
            json = {}
        response = self._transport.send(
            method,
            _encoded(path),
            route=route,
            query="" if params is None else encode(params),
            body=None if json is None else dumps(json),
            custom_headers=custom_headers,
        )
        if not response.content:
            return None
        content_type = response.headers.get("Content-Type", "").lower()
        kind = content_type.partition(";")[0].strip()
        if kind == "text/plain":
            return _text(response.content, response.encoding if "charset=" in content_type else None)
        try:
            if kind != "application/json" and not kind.endswith("+json"):
                raise Mismatch("neither JSON nor plain text")
            return loads(response.content)
        except Mismatch as mismatch:
            raise decode_error(response, f"{method} {route}", str(mismatch)) from None

    def close(self) -> None:
        """Close the connections. A copy, and a session of your own, are left open."""
        if self._owns_pool:
            self.session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def __getstate__(self) -> dict[str, Any]:
        return self._transport.__getstate__()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._use(Transport(**state))


def _no_attribute(cls: str, name: str) -> str:
    """The text for an attribute that a client does not have."""
    resource = re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()
    if resource not in RESOURCES_OF_JS:
        return f"{cls!r} object has no attribute {name!r}"
    if hasattr(Medusa, resource):
        return f"{cls!r} object has no attribute {name!r}: it is called {resource!r} here"
    routes = {"admin": "/admin/orders", "payment_methods": "/store/customers/me/payment-methods"}
    route = routes.get(resource) or f"/store/{resource.replace('_', '-')}"
    has = " and ".join(each for each in RESOURCES_OF_JS if hasattr(Medusa, each))
    return f'this version has {has}, but no {resource} yet: use medusa.request("GET", "{route}")'


def _checked(**options: Any) -> dict[str, Any]:
    """The options, normalized. Raises `TypeError` and `ValueError`."""
    for name in options:
        if name not in _CHECKS:
            raise TypeError(f"there is no option {name!r}")
    return {name: _CHECKS[name](name, value) for name, value in options.items()}


def _base_url(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, not {type(value).__name__}")
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port is None or parts.port > 0
        normalized = requests.Request("GET", value).prepare().url or ""
    except (ValueError, requests.RequestException):
        port_is_valid, parts, normalized = False, urlsplit(""), ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise ValueError(f"{name} must be an http:// or https:// URL with a host")
    if "@" in parts.netloc:
        raise ValueError(f"{name} must not hold a user or a password")
    if "?" in value or "#" in value or re.search(r"[\s\\\x00-\x1f\x7f]", value):
        raise ValueError(f"{name} must hold no query, no fragment, no backslash and no space")
    return normalized.rstrip("/")


_MOST_SECONDS = 2_000_000  # 23 days. A socket's timeout must fit into 31 bits of milliseconds.
_MOST_CONNECTIONS = 65_535  # A pool has a place for each, free or not.


def _seconds(name: str, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    if not 0 < value <= _MOST_SECONDS:
        raise ValueError(f"{name} must be more than 0 and at most {_MOST_SECONDS:,} seconds, or None for no limit")
    return value


def _timeout(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        both = cast("tuple[Any, ...]", value)
        if len(both) != 2:
            raise ValueError(f"{name} must be one number of seconds, or two: to connect and for each read")
        return tuple(_seconds(name, seconds) for seconds in both)
    return _seconds(name, value)


def _retries(name: str, value: Any) -> int | Retry:
    if isinstance(value, Retry):
        return value
    return _count(name, value, least=0)


def _pool_size(name: str, value: Any) -> int:
    if _count(name, value) > _MOST_CONNECTIONS:
        raise ValueError(f"{name} must be at most {_MOST_CONNECTIONS:,}")
    return cast("int", value)


def _count(name: str, value: Any, least: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}")
    return value


def _headers(name: str, value: Any) -> dict[str, str]:
    return checked_headers(value)


def _models(name: str, value: Any) -> Decoder | None:
    if value is None:
        return None
    from .codec.converter import decoder_for

    return decoder_for(value)


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "base_url": _base_url,
    "max_retries": _retries,
    "api_key": checked_secret,
    "publishable_api_key": checked_secret,
    "token": checked_token,
    "custom_headers": _headers,
    "timeout": _timeout,
    "deadline": _seconds,
    "max_response_bytes": _count,
    "models": _models,
    "pool_maxsize": _pool_size,
}


def _checked_method(method: str) -> str:
    if not isinstance(method, str):
        raise TypeError(f"method must be a string, not {type(method).__name__}")
    if not re.fullmatch(r"[A-Za-z]+", method):
        raise ValueError("method must be an HTTP method such as GET")
    return method.upper()


def _checked_path(path: str) -> str:
    if not isinstance(path, str):
        raise TypeError(f"path must be a string, not {type(path).__name__}")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("path must begin with one /")
    if re.search(r"[\\#\x00-\x1f\x7f]", path):
        raise ValueError("path must hold no backslash, no # and no control character")
    segments = path.partition("?")[0].split("/")
    if any(segment.lower().replace("%2e", ".") in (".", "..") for segment in segments):
        raise ValueError("path must not hold . or .. as a segment")
    return path


def _text(body: bytes, charset: str | None) -> str:
    """The text of a body, as UTF-8 if the charset is unknown or is not one of text."""
    try:
        return body.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _encoded(path: str) -> str:
    # One % that begins no escape, and requests would encode those of all others.
    try:
        return requests.utils.requote_uri(re.sub("%(?![0-9A-Fa-f]{2})", "%25", path))
    except UnicodeEncodeError:
        raise ValueError("path holds a character that can't be encoded") from None
