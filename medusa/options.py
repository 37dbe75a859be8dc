"""The options of a client. Each is declared here once, with its type, its default, its check and its documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar, cast
from urllib.parse import urlsplit

import requests
from urllib3.util import Retry

from .http.credentials import checked_secret, checked_token
from .http.headers import checked_headers

if TYPE_CHECKING:
    from .models.base import Model

__all__ = ["ClientOptions"]

_P = ParamSpec("_P")
_R = TypeVar("_R")

_MOST_SECONDS = 2_000_000  # 23 days. A socket's timeout must fit into 31 bits of milliseconds.
_MOST_CONNECTIONS = 65_535  # A pool has a place for each connection, free or not.


def option(default: Any, check: Callable[[str, Any], Any]) -> Any:
    """Declare an option. `check` takes its name and a value, and returns the value that is used."""
    return field(default=default, metadata={"check": check}, repr=False)


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


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, not {type(value).__name__}")
    return value


def _headers(name: str, value: Any) -> dict[str, str]:
    return checked_headers(value)


def _models(name: str, value: Any) -> dict[type, type] | None:
    if value is None:
        return None
    from .codec.converter import decoder_for  # cattrs, which most clients need later and some never.

    decoder_for(value)
    return dict(value)


def _session(name: str, value: Any) -> requests.Session | None:
    if value is not None and not isinstance(value, requests.Session):
        raise TypeError(f"{name} must be a requests.Session, not {type(value).__name__}")
    return value


@dataclass(frozen=True, eq=False)
class CopyOptions:
    """The options that a client and its copies may differ in: `Medusa.with_options` takes these."""

    base_url: str = option("http://localhost:9000", _base_url)
    """The URL of the backend."""
    _: KW_ONLY
    max_retries: int | Retry = option(0, _retries)
    """How often to try again after the first attempt, or a urllib3 `Retry`."""
    api_key: str | None = option(None, checked_secret)
    """Sent on `/admin` paths only."""
    publishable_api_key: str | None = option(None, checked_secret)
    """Sent with every request."""
    token: str | Callable[[], str | None] | None = option(None, checked_token)
    """A customer's JWT, sent on all paths but `/admin`, or a function that returns it or None. Each call asks the
    function once."""
    admin_token: str | Callable[[], str | None] | None = option(None, checked_token)
    """An admin user's JWT, sent on `/admin` paths only, or a function as for `token`."""
    custom_headers: Mapping[str, str] | None = option(None, _headers)
    """Sent with every request."""
    timeout: float | tuple[float, float] | None = option((5.0, 30.0), _timeout)
    """Seconds, one number or two: to connect, and for each read."""
    deadline: float | None = option(None, _seconds)
    """Seconds for a whole call, retries included. Only the resolution of the host's name is not interrupted."""
    max_response_bytes: int = option(64 * 1024 * 1024, _count)
    """A response that is larger when it is unpacked is refused."""
    repeat_posts: bool = option(False, _flag)
    """Whether to retry a call that must not be done twice, such as `carts.line_items.create`, although the backend may
    have carried it out. The JS client does. The backend ignores the client's Idempotency-Key."""
    models: Mapping[type[Any], type[Model]] | None = option(None, _models)
    """Your subclasses of entities and results, by the class that they replace in every response and at every depth, as
    in `{Order: MyOrder}`."""

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, each.metadata["check"](each.name, getattr(self, each.name)))

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with other values, of which only these are checked. Raises `TypeError` and `ValueError`."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        for name, value in changes.items():
            if name not in CopyOptions.__dataclass_fields__:
                raise TypeError(f"there is no option {name!r}")
            copy.__dict__[name] = CopyOptions.__dataclass_fields__[name].metadata["check"](name, value)
        return copy


@dataclass(frozen=True, eq=False)
class ClientOptions(CopyOptions):
    """The options of `Medusa`.

    Raises `TypeError` or `ValueError` for an option that is not valid.
    """

    _: KW_ONLY
    pool_maxsize: int = option(32, _pool_size)
    """The most connections that are open. A call waits for a free one as long as for a read."""
    session: requests.Session | None = option(None, _session)
    """Your own `requests.Session`. Its adapters, headers, auth, params and hooks keep their meaning, and the client
    does not close it. The client replaces its cookie jar by one that takes cookies from `auth.authenticate` only. A
    deadline and the limit of bytes need a `RetryAdapter` on it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_session()

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with other values. Raises `TypeError` and `ValueError`."""
        copy = super().changed(changes)
        copy._check_session()
        return copy

    def _check_session(self) -> None:
        if self.session is not None and self.max_retries != 0:
            raise ValueError("with a session of your own, mount a medusa.RetryAdapter on it instead of max_retries")


def takes(
    options: Callable[_P, object],
) -> Callable[[Callable[..., _R]], Callable[Concatenate[Any, _P], _R]]:
    """Give a method the signature of a class of options: for type checkers, editors and `help()`."""

    def decorate(method: Callable[..., _R]) -> Callable[Concatenate[Any, _P], _R]:
        taken = inspect.signature(options).parameters.values()
        method.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY), *taken]
        )
        return method

    return decorate
