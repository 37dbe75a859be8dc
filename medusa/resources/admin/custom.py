"""Custom routes under `/admin`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..base import Headers, Resource
from ..custom import CustomResource
from ..lazy import Lazy, lazy

__all__ = ["AdminCustomResource"]


class AdminCustomResource(Resource):
    """Call any route under `/admin`, such as a route of a plugin.

    If a path does not begin with `/admin`, the SDK adds this prefix: `"wishlists"` and `"/wishlists"` both become
    `/admin/wishlists`. A path may contain a query string that is already percent-encoded. Each method returns the
    parsed JSON, None for an empty body, or a str for plain text. It raises `MedusaDecodeError` for any other kind of
    body.
    """

    _custom: Lazy[CustomResource] = lazy(CustomResource)

    def get(self, path: str, query: Mapping[str, Any] | None = None, custom_headers: Headers = None) -> Any:
        """Send a GET request to a route under `/admin` and return the decoded response body.

        `GET /admin/{path}`
        """
        return self._custom.request("GET", _under_admin(path), params=query, custom_headers=custom_headers)

    def post(self, path: str, payload: Any = None, custom_headers: Headers = None, *, repeatable: bool = False) -> Any:
        """Send a POST request with `payload` as JSON to a route under `/admin` and return the decoded response body.

        `POST /admin/{path}`

        Without a payload, the body is `{}`. Set `repeatable` to True if the call is safe to repeat. Otherwise it is
        retried only if the backend cannot have processed it.
        """
        path = _under_admin(path)
        return self._custom.request("POST", path, json=payload, custom_headers=custom_headers, repeatable=repeatable)

    def delete(self, path: str, custom_headers: Headers = None) -> Any:
        """Send a DELETE request to a route under `/admin` and return the decoded response body.

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
