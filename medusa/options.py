"""The options of a client. Each option is declared once, with its type, default, check and documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar, cast, dataclass_transform
from urllib.parse import urlsplit

import requests
from urllib3.util import Retry

from .http.credentials import checked_secret, checked_token
from .http.headers import checked_headers
from .suggestions import did_you_mean

if TYPE_CHECKING:
    import inspect

    from .models.base import Model

__all__ = ["ClientOptions"]

_P = ParamSpec("_P")
_R = TypeVar("_R")

_MOST_SECONDS = 2_000_000  # 23 days. A socket's timeout must fit into 31 bits of milliseconds.
_MOST_CONNECTIONS = 65_535  # A pool reserves a place for each connection, even if there is none yet.


class _Option:
    """The declaration of an option."""

    def __init__(self, default: Any, check: Callable[[str, Any], Any], kw_only: bool) -> None:
        self.default, self.check, self.kw_only = default, check, kw_only


def option(check: Callable[[str, Any], Any], *, default: Any, kw_only: bool = True) -> Any:
    """Declare an option. `check` takes the name and a value, and returns the value that the client uses."""
    return _Option(default, check, kw_only)


class _Signature:
    """The `__signature__` of a class of options."""

    def __get__(self, _: object, cls: type[_Options]) -> inspect.Signature:
        import inspect

        kinds = {True: inspect.Parameter.KEYWORD_ONLY, False: inspect.Parameter.POSITIONAL_OR_KEYWORD}
        annotations = {name: text for each in cls.__mro__ for name, text in inspect.get_annotations(each).items()}
        return inspect.Signature(
            [
                inspect.Parameter(name, kinds[each.kw_only], default=each.default, annotation=annotations[name])
                for name, each in cls.declared.items()
            ]
        )


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False, field_specifiers=(option,))
class _Options:
    """A class whose annotated names are options.

    This is not a dataclass, because importing `dataclasses` and generating two classes would take a third of the time
    that creating a client takes.
    """

    declared: ClassVar[dict[str, _Option]]
    __signature__ = _Signature()

    def __init_subclass__(cls) -> None:
        declared = {name: each for name, each in vars(cls).items() if isinstance(each, _Option)}
        cls.declared = {**getattr(cls, "declared", {}), **declared}
        for name, each in declared.items():
            setattr(cls, name, each.default)

    def __init__(self, *base_url: Any, **given: Any) -> None:
        if len(base_url) == 1 and "base_url" not in given:
            given["base_url"] = base_url[0]
        elif base_url:
            raise TypeError("base_url is the only positional argument: pass every other option by its name")
        for name in given:
            if name not in self.declared:
                raise TypeError(f"there is no option {name!r}{did_you_mean(name, self.declared)}")
        for name, each in self.declared.items():
            self.__dict__[name] = each.check(name, given.get(name, each.default))
        self._check_together()

    def _check_together(self) -> None:
        """Raise `ValueError` if two options exclude each other."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("options can't be changed: with_options() returns a copy of the client with other options")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("options can't be changed: with_options() returns a copy of the client with other options")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.__dict__['base_url']}>"


def _base_url(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, not {type(value).__name__}")
    if not re.match("https?://", value, re.IGNORECASE):
        raise ValueError(f"{name} must begin with http:// or https://, such as http://localhost:9000")
    if "@" in re.split("[/?#]", value)[2]:
        raise ValueError(f"{name} must not contain a user or a password")
    if re.search(r"[?#\s\\\x00-\x1f\x7f]", value):
        raise ValueError(f"{name} must not contain a query, a fragment, a backslash or a space")
    try:
        parts = urlsplit(value)
        is_valid = bool(parts.hostname) and parts.port != 0
        normalized = requests.Request("GET", value).prepare().url or ""
    except (ValueError, requests.RequestException):
        is_valid, normalized = False, ""
    if not is_valid:
        raise ValueError(f"{name} must have a valid host and port, such as http://localhost:9000")
    return normalized.rstrip("/")


def _seconds(name: str, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    if not 0 < value <= _MOST_SECONDS:
        raise ValueError(f"{name} must be more than 0 and at most {_MOST_SECONDS:,} seconds; use None for no limit")
    return value


def _timeout(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        both = cast("tuple[Any, ...]", value)
        if len(both) != 2:
            raise ValueError(f"{name} must be one number of seconds, or a pair: seconds to connect and for each read")
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
    from .codec.converter import checked_models  # Imported here because it imports cattrs. Some clients never need it.

    return checked_models(value)


def _session(name: str, value: Any) -> requests.Session | None:
    if value is not None and not isinstance(value, requests.Session):
        raise TypeError(f"{name} must be a requests.Session, not {type(value).__name__}")
    return value


class CopyOptions(_Options):
    """The options that `Medusa.with_options` can change. An option that is not given keeps its value."""

    base_url: str = option(_base_url, default="http://localhost:9000", kw_only=False)
    """The URL of the backend."""
    max_retries: int | Retry = option(_retries, default=0)
    """The number of retries after the first attempt, or a urllib3 `Retry`."""
    api_key: str | None = option(checked_secret, default=None)
    """The API key of an admin user. It is sent to `/admin` paths only."""
    publishable_api_key: str | None = option(checked_secret, default=None)
    """A publishable API key. It is sent with every request."""
    token: str | Callable[[], str | None] | None = option(checked_token, default=None)
    """A customer's JWT, or a function that returns the JWT or None. It is sent to all paths except `/admin`. The client
    calls the function once for each call."""
    admin_token: str | Callable[[], str | None] | None = option(checked_token, default=None)
    """An admin user's JWT, or a function as for `token`. It is sent to `/admin` paths only."""
    custom_headers: Mapping[str, str] | None = option(_headers, default=None)
    """Headers to send with every request."""
    timeout: float | tuple[float, float] | None = option(_timeout, default=(5.0, 30.0))
    """The timeout in seconds: one number, or a pair of numbers to connect and for each read. None means no limit."""
    deadline: float | None = option(_seconds, default=None)
    """The seconds that a whole call may take, including its retries. The resolution of the host's name can't be
    interrupted and may take longer. None means no limit."""
    max_response_bytes: int = option(_count, default=64 * 1024 * 1024)
    """The maximum size of a response in bytes, after decompression. The client refuses a larger response."""
    repeat_posts: bool = option(_flag, default=False)
    """Whether to retry a call that must not be repeated, such as `carts.line_items.create`, even if the backend may
    have carried it out. The backend ignores the client's Idempotency-Key, so it may carry out the call twice. The JS
    client retries such calls."""
    models: Mapping[type[Any], type[Model]] | None = option(_models, default=None)
    """Your subclasses of entities and results, as in `{Order: MyOrder}`. Each replaces its key in every response, at
    every depth."""

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with these values. Raises `TypeError` or `ValueError` if one of them is not valid."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        for name, value in changes.items():
            if name not in CopyOptions.declared:
                raise TypeError(f"there is no option {name!r}{did_you_mean(name, CopyOptions.declared)}")
            copy.__dict__[name] = CopyOptions.declared[name].check(name, value)
        return copy


class ClientOptions(CopyOptions):
    """The options of `Medusa`.

    Raises `TypeError` or `ValueError` if an option is not valid.
    """

    pool_maxsize: int = option(_pool_size, default=32)
    """The maximum number of open connections. If all are in use, a call waits for one as long as for a read."""
    session: requests.Session | None = option(_session, default=None)
    """Your own `requests.Session`. The client uses its adapters, headers, auth, params and hooks, and does not close
    it. The client replaces its cookie jar with one that takes cookies from `auth.authenticate` only. `deadline` and
    `max_response_bytes` require a `RetryAdapter` that is mounted on the session."""

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with these values. Raises `TypeError` or `ValueError` if one of them is not valid."""
        copy = super().changed(changes)
        copy._check_together()
        return copy

    def _check_together(self) -> None:
        if self.session is not None and self.max_retries != 0:
            raise ValueError("max_retries has no effect on your own session: mount a medusa.RetryAdapter on it")


class _SignatureOf:
    """The `__wrapped__` of a method that takes options. `inspect` reads the signature and the source from it."""

    def __init__(self, options: Callable[..., object], method: Any) -> None:
        self._options = options
        self.__wrapped__ = FunctionType(method.__code__, method.__globals__)

    @property
    def __signature__(self) -> inspect.Signature:
        import inspect

        taken = inspect.signature(self._options).parameters.values()
        return inspect.Signature([inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY), *taken])


def takes(
    options: Callable[_P, object],
) -> Callable[[Callable[..., _R]], Callable[Concatenate[Any, _P], _R]]:
    """Give a method the signature of a class of options, for type checkers, editors and `help()`."""

    def decorate(method: Callable[..., _R]) -> Callable[Concatenate[Any, _P], _R]:
        cast("Any", method).__wrapped__ = _SignatureOf(options, method)
        return method

    return decorate
