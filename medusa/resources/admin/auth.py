"""Auth of the Admin: log a user in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Result
from ..login import LoginResource

if TYPE_CHECKING:
    from ...models.user import User

__all__ = ["AdminAuthRes", "AdminAuthResource", "AdminBearerAuthRes", "AdminPostAuthReq"]


@entity
class AdminAuthRes(Result):
    """The user who is logged in on the Admin."""

    user: User


@entity
class AdminBearerAuthRes(Result):
    """A user's JWT."""

    access_token: str


class AdminPostAuthReq(TypedDict):
    """A user's credentials."""

    email: str
    password: str


class AdminAuthResource(LoginResource):
    """Log the client's admin user in and out. The latest login wins; other clients and `auth` are not affected.

    A login is sent on `/admin` paths only. The backend prefers a cookie to a JWT and a JWT to the `api_key`, and takes
    the next one where one is not valid.
    """

    _side = "admin"

    def get_session(self, custom_headers: Headers = None) -> AdminAuthRes:
        """Return the logged-in user, as `.user`.

        `GET /admin/auth`

        Raises `MedusaAuthenticationError` if nobody is logged in, and `MedusaInvalidRequestError` for the JWT of a user
        who was deleted.
        """
        return self._get(AdminAuthRes, "/admin/auth", headers=custom_headers)

    def delete_session(self, custom_headers: Headers = None) -> Result:
        """Log out: the backend ends the session, and this client forgets its cookie and its JWT.

        `DELETE /admin/auth`

        The backend can end the session of a cookie only: a JWT stays valid for 24 hours, and an `api_key` until the
        user gets another one. The client goes on sending its `api_key`. The result has only `.response`. Raises
        `MedusaAuthenticationError` if nobody is logged in. After it or a `MedusaDecodeError` this client has forgotten
        its cookie and its JWT too.
        """
        with self._logging_out():
            return self._delete(Result, "/admin/auth", headers=custom_headers)

    def create_session(self, payload: AdminPostAuthReq, custom_headers: Headers = None) -> AdminAuthRes:
        """Log in by a session cookie, which this client keeps. Return the user, as `.user`.

        `POST /admin/auth`

        The client forgets the login before, even if this one fails. Raises `MedusaAuthenticationError` for wrong
        credentials, `MedusaDecodeError` if the response sets no cookie that would be sent back, such as a `Secure` one
        over http, and `ValueError` if the client has a `Cookie` header of its own. `get_token` works without a cookie.
        """
        self._transport.check_cookie_is_free(self._account)
        with self._logging_in():
            result = self._post(
                AdminAuthRes, "/admin/auth", json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_cookie(result)
        return result

    def get_token(self, payload: AdminPostAuthReq, custom_headers: Headers = None) -> AdminBearerAuthRes:
        """Log in by a JWT, which this client remembers and sends from now on. Return it, as `.access_token`.

        `POST /admin/auth/token`

        The JWT is valid for 24 hours. The client forgets the login before, even if this one fails. Raises
        `MedusaAuthenticationError` for wrong credentials.
        """
        route = "/admin/auth/token"
        with self._logging_in():
            result = self._post(
                AdminBearerAuthRes, route, json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_token(result)
        return result
