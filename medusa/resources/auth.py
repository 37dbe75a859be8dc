"""Log a customer in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ..models.base import entity
from .base import Headers, Result
from .login import LoginResource

if TYPE_CHECKING:
    from ..models.customer import Customer

__all__ = ["AuthResource", "StoreAuthRes", "StoreBearerAuthRes", "StoreGetAuthEmailRes", "StorePostAuthReq"]


@entity
class StoreAuthRes(Result):
    """Response with the logged-in customer."""

    customer: Customer


@entity
class StoreGetAuthEmailRes(Result):
    """Response that tells whether a registered customer has an e-mail address."""

    exists: bool


@entity
class StoreBearerAuthRes(Result):
    """Response with the JWT of a customer."""

    access_token: str


class StorePostAuthReq(TypedDict):
    """A customer's credentials."""

    email: str
    password: str


class AuthResource(LoginResource):
    """Log the client's customer in and out.

    A login replaces the previous one. Other clients and the login of `admin.auth` are not affected.
    """

    _side = "customer"

    def authenticate(self, payload: StorePostAuthReq, custom_headers: Headers = None) -> StoreAuthRes:
        """Log in with a session cookie, which the client stores. Return the customer as `.customer`.

        `POST /store/auth`

        The client forgets the previous login, even if this login fails. `get_token` works without a cookie.

        Raises `MedusaAuthenticationError` if the e-mail address or the password is wrong. Raises `MedusaDecodeError` if
        the client would not send the cookie back, for example a `Secure` cookie over http. Raises `ValueError` if the
        client's headers contain a `Cookie` header.
        """
        self._transport.check_cookie_is_free(self._account)
        with self._logging_in():
            result = self._post(
                StoreAuthRes, "/store/auth", json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_cookie(result)
        return result

    def get_session(self, custom_headers: Headers = None) -> StoreAuthRes:
        """Return the logged-in customer as `.customer`, with their `orders` and `shipping_addresses`.

        `GET /store/auth`

        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._get(StoreAuthRes, "/store/auth", headers=custom_headers)

    def delete_session(self, custom_headers: Headers = None) -> Result:
        """Log out: the backend ends the session, and the client forgets its cookie and its token.

        `DELETE /store/auth`

        The result has only `.response`. This method works without a login too. The client forgets the cookie and the
        token even if the call raises `MedusaAuthenticationError` or `MedusaDecodeError`.
        """
        with self._logging_out():
            return self._delete(Result, "/store/auth", headers=custom_headers)

    def exists(self, email: str, custom_headers: Headers = None) -> StoreGetAuthEmailRes:
        """Return, as `.exists`, whether a registered customer has this e-mail address.

        `GET /store/auth/{email}`
        """
        return self._get(StoreGetAuthEmailRes, "/store/auth/{email}", email, headers=custom_headers)

    def get_token(self, payload: StorePostAuthReq, custom_headers: Headers = None) -> StoreBearerAuthRes:
        """Log in with a JWT, which the client stores and sends from now on. Return the JWT as `.access_token`.

        `POST /store/auth/token`

        The JWT is valid for 30 days. The client forgets the previous login, even if this login fails. Raises
        `MedusaAuthenticationError` if the e-mail address or the password is wrong.
        """
        route = "/store/auth/token"
        with self._logging_in():
            result = self._post(
                StoreBearerAuthRes, route, json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_token(result)
        return result
