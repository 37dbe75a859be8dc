"""Users: the people who manage the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, NoContent, Resource, Result
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.user import User, UserRoles
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminCreateUserPayload",
    "AdminDeleteUserRes",
    "AdminGetUsersParams",
    "AdminResetPasswordRequest",
    "AdminResetPasswordTokenRequest",
    "AdminUpdateUserPayload",
    "AdminUserRes",
    "AdminUsersListRes",
    "AdminUsersResource",
]


@entity
class AdminUserRes(Result):
    """A user."""

    user: User


@entity
class AdminDeleteUserRes(DeleteResponse):
    """The ID of the deleted user."""


@entity
class AdminUsersListRes(Result):
    """A page of users."""

    users: list[User]
    count: int
    """How many users match in all."""
    offset: int
    limit: int


class AdminResetPasswordTokenRequest(TypedDict):
    """The user who has forgotten the password."""

    email: str


class AdminResetPasswordRequest(TypedDict):
    """A user's new password, and the token that allows to set it."""

    email: NotRequired[str]
    """The token says whose password it is. If this is given, it must be the same user's."""
    token: str
    password: str


class AdminCreateUserPayload(TypedDict):
    """A new user."""

    email: str
    """The backend stores it in lower case."""
    password: str
    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    role: NotRequired[UserRoles | str]
    """`admin`, `member` or `developer`; `member` by default. All may do the same."""


class AdminUpdateUserPayload(TypedDict, total=False):
    """What to change of a user. The e-mail address can't change."""

    first_name: str | None
    last_name: str | None
    role: UserRoles | str
    """`admin`, `member` or `developer`."""
    api_token: str | None
    """A secret, with which a client can act as this user: its `api_key`. None removes it. The backend does not check
    that it is unique."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay. None changes nothing."""


class AdminGetUsersParams(TypedDict, total=False):
    """Which users to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 50 by default; 0 for all users."""
    offset: int
    """How many users to skip."""
    q: str
    """A text to find in the e-mail address, the first name and the last name, in any case."""
    id: str | list[str]
    email: str
    """The whole address, in lower case."""
    first_name: str
    """The whole name, case-sensitive."""
    last_name: str
    """The whole name, case-sensitive."""
    role: UserRoles | str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order; `-created_at` by default."""
    expand: str
    """A user has no relations: any name is unknown."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminUsersResource(Resource):
    """Users, and their passwords.

    The backend sends the `api_token` of each user: whoever has it can use the Admin API as this user. Only
    `to_dict()` shows it.
    """

    def send_reset_password_token(
        self, payload: AdminResetPasswordTokenRequest, custom_headers: Headers = None
    ) -> NoContent:
        """Make a token for `reset_password`. The result has only `.response`.

        `POST /admin/users/password-token`

        The call needs no login. The backend emits `user.password_reset` with the token, which the shop sends to the
        user; it expires after 15 minutes. It does nothing for an e-mail address that no user has, and does not say so.
        Raises `MedusaInvalidRequestError` for a malformed address.
        """
        return self._post(
            NoContent, "/admin/users/password-token", json=payload, headers=custom_headers, repeatable=True
        )

    def reset_password(self, payload: AdminResetPasswordRequest, custom_headers: Headers = None) -> AdminUserRes:
        """Set a new password with the token that was mailed to the user. Return the user, as `.user`.

        `POST /admin/users/reset-password`

        The call needs no login. A token is valid once. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed and for an e-mail address that no user has, and `MedusaServerError` for a token that is not valid.
        """
        return self._post(
            AdminUserRes,
            "/admin/users/reset-password",
            json=payload,
            headers=custom_headers,
            causes_of_500="the token is malformed, expired, used, or another user's",
        )

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminUserRes:
        """Return the user with this ID, as `.user`.

        `GET /admin/users/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminUserRes, "/admin/users/{id}", id, headers=custom_headers)

    def create(self, payload: AdminCreateUserPayload, custom_headers: Headers = None) -> AdminUserRes:
        """Create a user. Return it, as `.user`.

        `POST /admin/users`

        The user can log in at once. `invites.create` lets people choose their own passwords. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed, or if another user has this e-mail address.
        """
        return self._post(AdminUserRes, "/admin/users", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminUpdateUserPayload, custom_headers: Headers = None) -> AdminUserRes:
        """Change a user. Return it, as `.user`.

        `POST /admin/users/{id}`

        Keys that the payload leaves out keep their values. The response may hold `password_hash`, which is then null.
        Raises `MedusaInvalidRequestError` for a malformed value, and `MedusaNotFoundError` for an unknown ID.
        """
        return self._post(AdminUserRes, "/admin/users/{id}", id, json=payload, headers=custom_headers, repeatable=True)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDeleteUserRes:
        """Delete a user.

        `DELETE /admin/users/{id}`

        A JWT of the user stays valid until it expires. The result is the same for an unknown ID.
        """
        return self._delete(AdminDeleteUserRes, "/admin/users/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetUsersParams | None = None, custom_headers: Headers = None) -> AdminUsersListRes:
        """Return a page of users, as `.users`, the newest first.

        `GET /admin/users`

        `.count` is the number of all users that match. The default page has 50 users. Raises
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`.
        """
        return self._get(
            AdminUsersListRes,
            "/admin/users",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetUsersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[User]:
        """Return an iterator over all users, which fetches a page when it is needed.

        `GET /admin/users`

        The users are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "users",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
