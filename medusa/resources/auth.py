"""The Store's auth routes: log a customer in and out."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from ..errors import MedusaAuthenticationError, MedusaDecodeError, decode_error
from ..models import Result, StoreAuthRes, StoreBearerAuthRes, StoreGetAuthEmailRes, StorePostAuthReq
from .base import Resource, payload_mapping


class AuthResource(Resource):
    """Log the client's customer in and out. The latest login wins; other clients are not affected.

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

        The login that the client had before is forgotten, even if this one fails. Raises `MedusaAuthenticationError`
        for wrong credentials, `MedusaDecodeError` if the response sets no cookie that would be sent back, such as a
        `Secure` one over http, and `ValueError` if the client has a `Cookie` header of its own. `get_token` works
        without a cookie.
        """
        json = payload_mapping(payload)
        self._transport.check_cookie_is_free()
        with self._login():
            result = self._request(
                StoreAuthRes, "POST", "/store/auth", json=json, custom_headers=custom_headers, is_login=True
            )
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

        The login that the client had before is forgotten, even if this one fails. Raises `MedusaAuthenticationError`
        for wrong credentials.
        """
        json = payload_mapping(payload)
        with self._login():
            result = self._request(
                StoreBearerAuthRes,
                "POST",
                "/store/auth/token",
                json=json,
                custom_headers=custom_headers,
                is_login=True,
            )
            try:
                self._transport.log_in_by_token(result.access_token)
            except ValueError as error:
                raise decode_error(result.response, "POST /store/auth/token", str(error)) from None
        return result

    @contextmanager
    def _login(self) -> Generator[None]:
        """Forget the login before if this one fails. Until then, calls of other threads are still made with it."""
        try:
            yield
        except BaseException:
            self._transport.log_out()
            raise
