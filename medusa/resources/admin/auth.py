"""Auth of the Admin API: log a user in and out."""

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
    """Response with the logged-in admin user."""

    user: User


@entity
class AdminBearerAuthRes(Result):
    """Response with the JWT of a user."""

    access_token: str


class AdminPostAuthReq(TypedDict):
    """A user's credentials."""

    email: str
    password: str


class AdminAuthResource(LoginResource):
    """Log the client's admin user in and out. The latest login wins. Other clients and `auth` are not affected.

    The client sends a login only to `/admin` paths. If several logins are present, the backend tries the cookie first,
    then the JWT, then the `api_key`, and uses the first that is valid.
    """

    _side = "admin"

    def get_session(self, custom_headers: Headers = None) -> AdminAuthRes:
        """Return the logged-in user as `.user`.

        `GET /admin/auth`

        Raises `MedusaAuthenticationError` if no user is logged in. Raises `MedusaInvalidRequestError` if the JWT
        belongs to a deleted user.
        """
        return self._get(AdminAuthRes, "/admin/auth", headers=custom_headers)

    def delete_session(self, custom_headers: Headers = None) -> Result:
        """Log out. The backend ends the session, and the client forgets its cookie and its JWT.

        `DELETE /admin/auth`

        The backend can end only a session that uses a cookie. A JWT stays valid for 24 hours, and an `api_key` until
        the user gets a new one. The client continues to send its `api_key`. The result has only `.response`.

        Raises `MedusaAuthenticationError` if no user is logged in. The client forgets its cookie and its JWT even if
        this method raises `MedusaAuthenticationError` or `MedusaDecodeError`.
        """
        with self._logging_out():
            return self._delete(Result, "/admin/auth", headers=custom_headers)

    def create_session(self, payload: AdminPostAuthReq, custom_headers: Headers = None) -> AdminAuthRes:
        """Log in with a session cookie, which the client stores. Return the user as `.user`.

        `POST /admin/auth`

        The client forgets its previous login even if this one fails. `get_token` works without a cookie.

        Raises `MedusaAuthenticationError` if the credentials are wrong. Raises `MedusaDecodeError` if the response sets
        no cookie that the client could send back: for example, a `Secure` cookie over http. Raises `ValueError` if the
        client is configured with a `Cookie` header.
        """
        self._transport.check_cookie_is_free(self._account)
        with self._logging_in():
            result = self._post(
                AdminAuthRes, "/admin/auth", json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_cookie(result)
        return result

    def get_token(self, payload: AdminPostAuthReq, custom_headers: Headers = None) -> AdminBearerAuthRes:
        """Log in with a JWT, which the client stores and sends from now on. Return the JWT as `.access_token`.

        `POST /admin/auth/token`

        The JWT is valid for 24 hours. The client forgets its previous login even if this one fails.

        Raises `MedusaAuthenticationError` if the credentials are wrong.
        """
        route = "/admin/auth/token"
        with self._logging_in():
            result = self._post(
                AdminBearerAuthRes, route, json=payload, headers=custom_headers, repeatable=True, is_login=True
            )
            self._keep_token(result)
        return result
