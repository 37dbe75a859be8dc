"""What every resource does: make a path and a query, send, and decode the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from ..codec.converter import Decoder, default_decoder
from ..codec.json_text import dumps, loads
from ..codec.plain_json import Mismatch
from ..errors import decode_error
from ..http import query_string
from ..models import Model, Result

if TYPE_CHECKING:
    import requests

    from ..client import Medusa

_R = TypeVar("_R", bound=Result)


class Resource:
    """A group of routes on a client's `requests.Session`, which retries by a urllib3 `Retry`.

    Subclass it for routes of your own::

        class WishlistsResource(Resource):
            def retrieve(self, id: str) -> StoreWishlistsRes:
                return self._request(StoreWishlistsRes, "GET", "/store/wishlists/{id}", ids={"id": id})

        WishlistsResource(medusa).retrieve("wish_1")
    """

    def __init__(self, client: Medusa) -> None:
        self._transport = client._transport

    @property
    def session(self) -> requests.Session:
        """The client's session."""
        return self._transport.session

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transport.options['base_url']}>"

    def _request(
        self,
        result: type[_R],
        method: str,
        route: str,
        *,
        ids: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        is_login: bool = False,
    ) -> _R:
        """Send a request and decode the answer as `result`, or, with `Result` itself, expect a plain `OK`.

        `ids` fill the placeholders of `route`, each as one path segment. A login is sent without the credentials of
        the one before.
        """
        response = self._transport.send(
            method,
            route.format_map({name: path_segment(name, id) for name, id in (ids or {}).items()}),
            route=route,
            query="" if params is None else query_string.encode(params),
            body=None if json is None else dumps(json),
            custom_headers=custom_headers,
            is_login=is_login,
        )
        try:
            decoded = _decode(result, response.content, self._transport.options["models"] or default_decoder)
        except Mismatch as mismatch:
            raise decode_error(response, f"{method} {route}", str(mismatch)) from None
        decoded.response = response
        return decoded


def _decode(result: type[_R], body: bytes, decoder: Decoder) -> _R:
    if result is not Result:
        return decoder.structure(loads(body), result)
    if body.strip() not in (b"OK", b"{}"):
        raise Mismatch("the body is not OK")
    return result()


def path_segment(name: str, id: str) -> str:
    """An id as one path segment. Raises `TypeError` and `ValueError` for one that is none."""
    if not isinstance(id, str):
        raise TypeError(f"{name} must be a string, not {type(id).__name__}")
    if id in ("", ".", ".."):
        raise ValueError(f"{name} must not be {id!r}" if id else f"{name} must not be empty")
    try:
        return quote(id, safe="")
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds a character that can't be encoded") from None


def names(option: str, value: str | Iterable[str]) -> str:
    """`expand` or `fields` as the backend takes it: names joined with commas, and no spaces."""
    if not isinstance(value, Iterable):
        raise TypeError(f"{option} takes names, not {type(value).__name__}")
    listed = value.split(",") if isinstance(value, str) else list(value)
    for name in listed:
        if not isinstance(name, str):
            raise TypeError(f"{option} takes names, not {type(name).__name__}")
    return ",".join(name.strip() for name in listed)


def payload_mapping(payload: Model | Mapping[str, Any]) -> Mapping[str, Any]:
    """A payload as a mapping: a mapping as it is, a model without what was not given."""
    if isinstance(payload, Model):
        try:
            return payload.to_dict()
        except RecursionError:
            raise ValueError("the payload is nested too deeply, or contains itself") from None
    if isinstance(payload, Mapping):
        return payload
    raise TypeError(f"payload must be a mapping or a payload class, not {type(payload).__name__}")
