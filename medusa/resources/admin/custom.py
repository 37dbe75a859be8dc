"""Routes of the Admin that have no resource of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..base import Headers, Resource
from ..custom import CustomResource
from ..lazy import Lazy, lazy

__all__ = ["AdminCustomResource"]


class AdminCustomResource(Resource):
    """Any route under `/admin`, such as one that a plugin adds.

    `/admin` is put before a path that does not begin with it: `"wishlists"` and `"/wishlists"` are `/admin/wishlists`.
    A path may have a query; it is sent percent-encoded as it is. Each method returns the parsed JSON, None for an empty
    body, and a str for plain text. Raises `MedusaDecodeError` for any other kind of body.
    """

    _custom: Lazy[CustomResource] = lazy(CustomResource)

    def get(self, path: str, query: Mapping[str, Any] | None = None, custom_headers: Headers = None) -> Any:
        """Send a GET request to a route under `/admin`. Return what comes back.

        `GET /admin/{path}`
        """
        return self._custom.request("GET", _under_admin(path), params=query, custom_headers=custom_headers)

    def post(self, path: str, payload: Any = None, custom_headers: Headers = None, *, repeatable: bool = False) -> Any:
        """Send a POST request with `payload` as JSON to a route under `/admin`. Return what comes back.

        `POST /admin/{path}`

        Without a payload it sends `{}`. `repeatable` says whether doing it twice does no harm; otherwise it is retried
        only if the backend can't have carried it out.
        """
        path = _under_admin(path)
        return self._custom.request("POST", path, json=payload, custom_headers=custom_headers, repeatable=repeatable)

    def delete(self, path: str, custom_headers: Headers = None) -> Any:
        """Send a DELETE request to a route under `/admin`. Return what comes back.

        `DELETE /admin/{path}`
        """
        return self._custom.request("DELETE", _under_admin(path), custom_headers=custom_headers)


def _under_admin(path: str) -> str:
    if not isinstance(path, str):
        raise TypeError(f"path must be a string, not {type(path).__name__}")
    if not path:
        raise ValueError("path must not be empty")
    if not path.startswith("/"):
        path = f"/{path}"
    return path if re.match(r"/admin(?![^/?])", path) else f"/admin{path}"
