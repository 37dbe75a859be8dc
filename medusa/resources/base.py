"""The base class of all resources, which sends a request and decodes the response."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from ..codec.converter import decoder_with, default_decoder
from ..codec.json_text import dumps
from ..codec.plain_json import Mismatch
from ..errors import MedusaError, decode_error
from ..http import query_string
from ..http.redaction import without_secrets
from ..models.base import Model
from ..suggestions import no_attribute
from .lazy import Lazy
from .paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from ..client import Medusa
    from ..http.multipart import MultipartBody, UploadFiles, UploadProgress
    from ..http.transport import Transport

__all__ = ["Headers", "Names", "NoContent", "Resource", "Result"]

Headers = Mapping[str, str] | None
"""The headers of one call. They replace the headers of the client that have the same name."""

Names = str | Iterable[str] | None
"""The names for `expand` or `fields`: a list, or a string with commas."""

_R = TypeVar("_R", bound="Result")
_T = TypeVar("_T")

_NOTHING: Mapping[str, Any] = MappingProxyType({})

# As in the JS client, the second argument of a retrieve method is its headers. Users may pass a query there.
_NAMES_OF_QUERIES = frozenset(("cart_id", "currency_code", "expand", "fields", "region_id", "sales_channel_id"))


class Result(Model):
    """The result of a call: the data of the response, and the `response` itself.

    The `response` of a pickled result has no cookies, and its `request` has only the method and the URL without the
    query.
    """

    __slots__: ClassVar[Any] = {"response": "requests.Response: The raw response."}

    _is_whole_body: ClassVar[bool] = True

    response: requests.Response
    """The raw response."""

    def _state(self) -> dict[str, Any]:
        state = super()._state()
        if hasattr(self, "response"):
            state["response"] = self.response
        return state

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        if "response" in state:
            state["response"] = without_secrets(self.response)
        return state

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        if hasattr(self, "response"):
            memo[id(self.response)] = self.response  # The copy shares the response.
        return super().__deepcopy__(memo)

    def _shown(self) -> Iterator[tuple[str, Any]]:
        """Yield the models and numbers of the result. Strings are not shown, because they may be secret."""
        state = self._state()
        for name in self._field_names:
            value = state.get(name)
            if type(value) is list:
                yield name, len(cast("list[Any]", value))
            elif isinstance(value, (Model, bool, int)):
                yield name, value


class NoContent(Result):
    """The result of a call whose response has no body."""

    __slots__: ClassVar[Any] = ()


class Resource:
    """A group of routes that belong together.

    The requests go through the client's `requests.Session`, which retries them with a urllib3 `Retry`.

    Every method raises `MedusaConnectionError` (or its subclass `MedusaTimeoutError`) if no complete response was
    received, `MedusaAPIError` if the backend refused the request, and `MedusaDecodeError` if the response is not as
    expected. An invalid argument raises `TypeError` or `ValueError` before anything is sent.

    A call that must not be repeated, such as a call that creates something, is retried only if the backend can't have
    carried it out. If the backend may have carried it out, `may_have_happened` of the error is True.

    `custom_headers` are sent with this call only. They replace the client's headers that have the same name. `expand`
    names the relations to return instead of the default ones. `fields` names the fields to return instead of all
    fields. Both take a list of names or a string with commas. Reading a field that the response did not include raises
    `NotLoadedError`.

    Subclass this class for custom routes::

        class WishlistsResource(Resource):
            def retrieve(self, id: str) -> StoreWishlistsRes:
                return self._get(StoreWishlistsRes, "/store/wishlists/{id}", id)

        WishlistsResource(medusa).retrieve("wish_1")
    """

    def __init__(self, parent: Medusa | Resource) -> None:
        self._use(parent._transport)

    def _use(self, transport: Transport) -> None:
        models = transport.options.models
        self._transport = transport
        self._decoder = default_decoder if models is None else decoder_with(frozenset(models.items()))

    @property
    def session(self) -> requests.Session:
        """The `requests.Session` of the client."""
        return self._transport.session

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transport.options.base_url}>"

    if not TYPE_CHECKING:  # Otherwise a type checker takes every name for an attribute.

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # A property raised an AttributeError: raise that one.
                return object.__getattribute__(self, name)
            raise no_attribute(self, name)

    def _get(
        self,
        result: type[_R],
        route: str,
        *ids: str,
        query: Mapping[str, Any] = _NOTHING,
        headers: Headers = None,
        causes_of_500: str = "",
        fatal_keys: tuple[str, ...] = (),
    ) -> _R:
        """Send a GET request and return the response as `result`.

        `Result` itself requires the body `OK`, and `NoContent` requires an empty body. `ids` replace the placeholders
        of `route` in their order. Each becomes one path segment.

        `fatal_keys` are keys of the query for which an unknown name stops Medusa's process. A call with such a key is
        not retried after it was sent, and its connection error names the key.
        """
        query = _checked_payload(query)
        if isinstance(headers, Mapping) and not _NAMES_OF_QUERIES.isdisjoint(headers):
            name = sorted(_NAMES_OF_QUERIES.intersection(headers))[0]
            raise TypeError(f"custom_headers has the key {name!r}, which is not a header: pass {name}=... as a keyword")
        fatal = " or ".join(key for key in fatal_keys if query.get(key) not in (None, "id"))
        return self._call(
            result, "GET", route, ids, query=query, headers=headers, causes_of_500=causes_of_500, fatal=fatal
        )

    def _post(
        self,
        result: type[_R],
        route: str,
        *ids: str,
        query: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] = _NOTHING,
        files: Mapping[str, UploadFiles] | None = None,
        progress: UploadProgress | None = None,
        headers: Headers = None,
        repeatable: bool = False,
        causes_of_500: str = "",
        is_login: bool = False,
    ) -> _R:
        """Send a POST request with `json` as its body, or with `files` as multipart/form-data.

        `files` maps the names of form fields to files. `repeatable` says whether the call is safe to repeat, such as a
        call that sets a value. Such a call is retried like a GET request. Any other call is retried only if the backend
        can't have carried it out. `causes_of_500` are mistakes of the caller for which the route is known to return
        500. Error messages list them. A login is sent without the credentials of the previous login.
        """
        return self._call(
            result,
            "POST",
            route,
            ids,
            query=_checked_payload(_NOTHING if query is None else query),
            json=_checked_payload(json),
            files=files,
            progress=progress,
            headers=headers,
            repeatable=repeatable,
            causes_of_500=causes_of_500,
            is_login=is_login,
        )

    def _delete(
        self,
        result: type[_R],
        route: str,
        *ids: str,
        query: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] = _NOTHING,
        headers: Headers = None,
        repeatable: bool = True,
        causes_of_500: str = "",
    ) -> _R:
        """Send a DELETE request with `json` as its body. It is retried like a GET request if it is `repeatable`."""
        return self._call(
            result,
            "DELETE",
            route,
            ids,
            query=_checked_payload(_NOTHING if query is None else query),
            json=_checked_payload(json),
            headers=headers,
            repeatable=repeatable,
            causes_of_500=causes_of_500,
        )

    def _call(
        self,
        result: type[_R],
        method: str,
        route: str,
        ids: tuple[str, ...],
        *,
        query: Mapping[str, Any] = _NOTHING,
        json: Mapping[str, Any] | None = None,
        files: Mapping[str, UploadFiles] | None = None,
        progress: UploadProgress | None = None,
        headers: Headers,
        repeatable: bool = True,
        causes_of_500: str = "",
        fatal: str = "",
        is_login: bool = False,
    ) -> _R:
        self._decoder.prepare(result)  # If the class can't be decoded, this raises before anything is sent.

        def read(response: requests.Response) -> _R:
            if result is Result or result is NoContent:
                decoded = _without_data(response, result)
            else:
                decoded = self._decoder.read(response.content, result)
            decoded.response = response
            return decoded

        path = path_of(route, ids)
        return self._exchange(
            method,
            path,
            route,
            read,
            query=query or None,
            json=json,
            files=files,
            progress=progress,
            headers=headers,
            repeatable=repeatable,
            causes_of_500=causes_of_500,
            fatal=fatal,
            is_login=is_login,
        )

    def _exchange(
        self,
        method: str,
        path: str,
        route: str,
        read: Callable[[requests.Response], _T],
        *,
        query: Mapping[str, Any] | None,
        json: Any,
        files: Mapping[str, UploadFiles] | None = None,
        progress: UploadProgress | None = None,
        headers: Headers,
        repeatable: bool,
        causes_of_500: str = "",
        fatal: str = "",
        is_login: bool = False,
    ) -> _T:
        """Send a request and return what `read` returns for the response.

        `read` raises `Mismatch` if the response is not as expected. The body is `files` if they are given, and `json`
        otherwise. Error messages and the log show `route` instead of the path. `fatal` names the key of the query that
        may stop the backend's process.
        """
        is_repeatable = (repeatable or self._transport.options.repeat_posts) and not fatal
        body: bytes | MultipartBody | None = None
        # Imported here because it imports requests and urllib3, which decoding a stored result does not need.
        if files is not None:
            from ..http.multipart import MultipartBody

            body = MultipartBody(files, progress)
        elif json is not None:
            body = dumps(json)
        try:
            response = self._transport.send(
                method,
                path,
                route=route,
                query="" if query is None else query_string.encode(query),
                body=body,
                custom_headers=headers,
                is_login=is_login,
                is_repeatable=is_repeatable,
                causes_of_500=causes_of_500,
            )
            try:
                return read(response)
            except Mismatch as mismatch:
                raise decode_error(response, f"{method} {route}", str(mismatch)) from None
        except MedusaError as error:
            from ..http.failures import mark_if_it_may_have_happened, say_what_ends_the_backend

            if fatal:
                say_what_ends_the_backend(error, fatal)
            elif not is_repeatable:
                mark_if_it_may_have_happened(error)
            raise

    def _copy(self, transport: Transport) -> Self:
        """Return a copy of this resource that uses another transport."""
        other = copy(self)
        for name in list(other.__dict__):
            if isinstance(getattr(type(self), name, None), Lazy):
                del other.__dict__[name]  # The copy creates its own when it is first used.
        other._use(transport)
        return other


def _checked_payload(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raise `TypeError` if a payload is not a mapping. Its values are checked when it is encoded."""
    if not isinstance(payload, Mapping):
        raise TypeError(f"payload must be a mapping, not {type(payload).__name__}")
    return payload


def _without_data(response: requests.Response, result: type[_R]) -> _R:
    if result is NoContent:
        if response.content:
            raise Mismatch("the body is not empty")
    elif response.content.strip() not in (b"OK", b"{}"):
        raise Mismatch("the body is not OK")
    return result()


def selection(
    given: Mapping[str, Any] | None = None, *, expand: Names = None, fields: Names = None, **ids: str | None
) -> Mapping[str, Any]:
    """Return the query of a retrieve method: names joined with commas, without spaces, and IDs.

    Options that are None are left out. `given` is the query of a method that takes a query and these options. Raises
    `TypeError` or `ValueError` if a name or an ID is not valid, and `ValueError` if an option is in `given` too.
    """
    query: dict[str, Any] = {}
    for option, names in (("expand", expand), ("fields", fields)):
        if names is None:
            continue
        if not isinstance(names, Iterable):
            raise TypeError(f"{option} must be a string or a list of strings, not {type(names).__name__}")
        listed = names.split(",") if isinstance(names, str) else list(names)
        for name in listed:
            if not isinstance(name, str):
                raise TypeError(f"{option} must be a string or a list of strings, but contains {type(name).__name__}")
        query[option] = ",".join(name.strip() for name in listed)
    for option, id in ids.items():
        if id is None:
            continue
        if not isinstance(id, str):
            raise TypeError(f"{option} must be a string, not {type(id).__name__}")
        if not id:
            raise ValueError(f"{option} must not be empty")
        query[option] = id
    if given is None:
        return query
    if not isinstance(given, Mapping):
        raise TypeError(f"query must be a mapping, not {type(given).__name__}")
    for option in query.keys() & given.keys():
        raise ValueError(f"{option} must not be given both in query and as an argument")
    return {**given, **query}
