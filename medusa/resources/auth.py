"""Auth: log a customer in and out."""

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
    """The logged-in customer."""

    customer: Customer


@entity
class StoreGetAuthEmailRes(Result):
    """Whether an e-mail address belongs to a registered customer."""

    exists: bool


@entity
class StoreBearerAuthRes(Result):
    """A customer's JWT."""

    access_token: str


class StorePostAuthReq(TypedDict):
    """A customer's credentials."""

    email: str
    password: str


class AuthResource(LoginResource):
    """Log the client's customer in and out. The latest login wins; other clients and `admin.auth` are not affected."""

    _side = "customer"

    def authenticate(self, payload: StorePostAuthReq, custom_headers: Headers = None) -> StoreAuthRes:
        """Log in by a session cookie, which this client keeps. Return the customer, as `.customer`.

        `POST /store/auth`

        The client forgets the login before, even if this one fails. Raises `MedusaAuthenticationError` for wrong
        credentials, `MedusaDecodeError` if the response sets no cookie that would be sent back, such as a `Secure` one
        over http, and `ValueError` if the client has a `Cookie` header of its own. `get_token` works without a cookie.
        """
        self._transport.check_cookie_is_free(self._account)
        with self._logging_in():
            result = self._post(
                StoreAuthRes, "/store/auth", json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_cookie(result)
        return result

    def get_session(self, custom_headers: Headers = None) -> StoreAuthRes:
        """Return the logged-in customer, as `.customer`, with their `orders` and `shipping_addresses`.

        `GET /store/auth`

        Raises `MedusaAuthenticationError` if nobody is logged in.
        """
        return self._get(StoreAuthRes, "/store/auth", headers=custom_headers)

    def delete_session(self, custom_headers: Headers = None) -> Result:
        """Log out: the backend ends the session, and this client forgets its cookie and its token.

        `DELETE /store/auth`

        Works without a login too. The result has only `.response`. After a `MedusaAuthenticationError` or a
        `MedusaDecodeError` this client has forgotten both too.
        """
        with self._logging_out():
            return self._delete(Result, "/store/auth", headers=custom_headers)

    def exists(self, email: str, custom_headers: Headers = None) -> StoreGetAuthEmailRes:
        """Return whether a registered customer has this e-mail address, as `.exists`.

        `GET /store/auth/{email}`
        """
        return self._get(StoreGetAuthEmailRes, "/store/auth/{email}", email, headers=custom_headers)

    def get_token(self, payload: StorePostAuthReq, custom_headers: Headers = None) -> StoreBearerAuthRes:
        """Log in by a JWT, which this client remembers and sends from now on. Return it, as `.access_token`.

        `POST /store/auth/token`

        The client forgets the login before, even if this one fails. Raises `MedusaAuthenticationError` for wrong
        credentials.
        """
        route = "/store/auth/token"
        with self._logging_in():
            result = self._post(
                StoreBearerAuthRes, route, json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_token(result)
        return result
