"""The base class of the resources that log in and out: a login replaces the previous one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Literal

from ..errors import MedusaAuthenticationError, MedusaDecodeError, decode_error
from .base import Resource, Result

if TYPE_CHECKING:
    from ..http.credentials import Account
    from .admin.auth import AdminBearerAuthRes
    from .auth import StoreBearerAuthRes


class LoginResource(Resource):
    """Log in and out of the Store or of the Admin."""

    _side: ClassVar[Literal["admin", "customer"]]

    @property
    def _account(self) -> Account:
        account: Account = getattr(self._transport, self._side)
        return account

    @contextmanager
    def _logging_in(self) -> Generator[None]:
        """Forget the previous login if this login fails."""
        try:
            yield
        except (TypeError, ValueError):  # A bad argument: nothing was sent.
            raise
        except BaseException:
            self._account.log_out()
            raise

    def _keep_cookie(self, result: Result) -> None:
        self._account.log_in_by_cookie(result.response, self._transport.options.base_url)

    def _keep_token(self, result: AdminBearerAuthRes | StoreBearerAuthRes) -> None:
        try:
            self._account.log_in_by_token(result.access_token)
        except ValueError as error:
            route = f"POST {self._account.side.login_route}/token"
            raise decode_error(result.response, route, str(error)) from None

    @contextmanager
    def _logging_out(self) -> Generator[None]:
        """Forget the login, even if the backend no longer knows it."""
        try:
            yield
        except (MedusaAuthenticationError, MedusaDecodeError):
            self._account.log_out()
            raise
        self._account.log_out()
