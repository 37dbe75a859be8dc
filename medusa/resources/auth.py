"""The Store's auth routes: log a customer in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import MedusaAuthenticationError, MedusaDecodeError, decode_error
from ..models import Result, StoreAuthRes, StoreBearerAuthRes, StoreGetAuthEmailRes, StorePostAuthReq
from .base import Resource, payload_mapping


class AuthResource(Resource):
    """Who the customer of this client is. Whoever logged in last is, and on this client alone.

    Every method raises `MedusaConnectionError` (`MedusaTimeoutError`) when no whole answer came, a `MedusaAPIError`
    when the backend refused, and `MedusaDecodeError` when its answer is not what the route promises. Bad arguments
    are a `TypeError` or a `ValueError`, before anything is sent.
    """

    def authenticate(
        self,
        payload: StorePostAuthReq | Mapping[str, Any],
        custom_headers: Mapping[str, str] | None = None,
    ) -> StoreAuthRes:
        """Log in by a session cookie, which this client keeps; the customer is `.customer`.

        `POST /store/auth`

        A cookie or token from before is forgotten, also when the login fails. Raises `MedusaAuthenticationError`
        for wrong credentials.
        """
        json = payload_mapping(payload)
        self._transport.log_out()
        result = self._request(StoreAuthRes, "POST", "/store/auth", json=json, custom_headers=custom_headers)
        self._transport.log_in_by_cookie(result.response)
        return result

    def get_session(self, custom_headers: Mapping[str, str] | None = None) -> StoreAuthRes:
        """The logged-in customer, as `.customer`, with their `orders` and `shipping_addresses`.

        `GET /store/auth`

        Raises `MedusaAuthenticationError` where nobody is logged in.
        """
        return self._request(StoreAuthRes, "GET", "/store/auth", custom_headers=custom_headers)

    def delete_session(self, custom_headers: Mapping[str, str] | None = None) -> Result:
        """Log out: the backend ends the session, this client forgets its cookie and its token.

        `DELETE /store/auth`

        Nobody need be logged in. The result has `.response` alone. After a `MedusaAuthenticationError` or a
        `MedusaDecodeError` this client has forgotten them too.
        """
        try:
            result = self._request(Result, "DELETE", "/store/auth", json={}, custom_headers=custom_headers)
        except (MedusaAuthenticationError, MedusaDecodeError):
            self._transport.log_out()
            raise
        self._transport.log_out()
        return result

    def exists(self, email: str, custom_headers: Mapping[str, str] | None = None) -> StoreGetAuthEmailRes:
        """Whether a registered customer has this e-mail address, as `.exists`.

        `GET /store/auth/{email}`
        """
        return self._request(
            StoreGetAuthEmailRes, "GET", "/store/auth/{email}", ids={"email": email}, custom_headers=custom_headers
        )

    def get_token(
        self,
        payload: StorePostAuthReq | Mapping[str, Any],
        custom_headers: Mapping[str, str] | None = None,
    ) -> StoreBearerAuthRes:
        """Log in by a JWT, `.access_token`, which this client remembers and sends from now on.

        `POST /store/auth/token`

        A cookie from before is forgotten: the backend would prefer it. Raises `MedusaAuthenticationError` for wrong
        credentials.
        """
        json = payload_mapping(payload)
        self._transport.log_out()
        result = self._request(
            StoreBearerAuthRes, "POST", "/store/auth/token", json=json, custom_headers=custom_headers
        )
        try:
            self._transport.log_in_by_token(result.access_token)
        except ValueError as error:
            raise decode_error(result.response, "POST /store/auth/token", str(error)) from None
        return result
