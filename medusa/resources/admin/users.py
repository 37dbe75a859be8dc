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
    """Response with one user."""

    user: User


@entity
class AdminDeleteUserRes(DeleteResponse):
    """Response with the ID of the deleted user."""


@entity
class AdminUsersListRes(Result):
    """Response with a page of users."""

    users: list[User]
    count: int
    """The number of matching users on all pages."""
    offset: int
    limit: int


class AdminResetPasswordTokenRequest(TypedDict):
    """The user who forgot the password."""

    email: str


class AdminResetPasswordRequest(TypedDict):
    """A user's new password, and the token for setting it."""

    email: NotRequired[str]
    """Optional. If given, it must be the address of the user that the token belongs to."""
    token: str
    password: str


class AdminCreateUserPayload(TypedDict):
    """Payload of `admin.users.create`."""

    email: str
    """The backend stores it in lower case."""
    password: str
    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    role: NotRequired[UserRoles | str]
    """`admin`, `member` or `developer`. `member` by default. All roles have the same permissions."""


class AdminUpdateUserPayload(TypedDict, total=False):
    """Payload of `admin.users.update`. Keys that you leave out keep their values. The e-mail address cannot change."""

    first_name: str | None
    last_name: str | None
    role: UserRoles | str
    """`admin`, `member` or `developer`."""
    api_token: str | None
    """A secret that lets a client act as this user: the client's `api_key`. None removes it. The backend does not check
    whether it is unique.
    """
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values. None changes nothing."""


class AdminGetUsersParams(TypedDict, total=False):
    """Options of `admin.users.list`. A user must match all filters."""

    limit: int
    """The maximum number of users to return. The default is 50; 0 returns all."""
    offset: int
    """The number of users to skip."""
    q: str
    """Text to find in the e-mail address, the first name and the last name, ignoring case."""
    id: str | list[str]
    email: str
    """The exact address in lower case."""
    first_name: str
    """The exact name, case-sensitive."""
    last_name: str
    """The exact name, case-sensitive."""
    role: UserRoles | str
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    expand: str
    """A user has no relations, so any name is unknown."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminUsersResource(Resource):
    """Users and their passwords.

    The backend sends the `api_token` of each user, and anyone who has the token can use the Admin API as this user. The
    SDK shows it only in `to_dict()`.
    """

    def send_reset_password_token(
        self, payload: AdminResetPasswordTokenRequest, custom_headers: Headers = None
    ) -> NoContent:
        """Create a token for `reset_password`. The result has only `.response`.

        `POST /admin/users/password-token`

        The call requires no login. The backend emits `user.password_reset` with the token, which the shop sends to the
        user. The token expires after 15 minutes. If no user has the e-mail address, the call does nothing and raises no
        error.

        Raises `MedusaInvalidRequestError` if the address is malformed.
        """
        return self._post(
            NoContent, "/admin/users/password-token", json=payload, headers=custom_headers, repeatable=True
        )

    def reset_password(self, payload: AdminResetPasswordRequest, custom_headers: Headers = None) -> AdminUserRes:
        """Set a new password with the token that was sent to the user. Return the user as `.user`.

        `POST /admin/users/reset-password`

        The call requires no login. A token can be used only once.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if no user has the e-mail address.
        Raises `MedusaServerError` if the token is malformed, expired, already used, or belongs to another user.
        """
        return self._post(
            AdminUserRes,
            "/admin/users/reset-password",
            json=payload,
            headers=custom_headers,
            causes_of_500="the token is malformed, expired, used, or another user's",
        )

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminUserRes:
        """Return the user with this ID as `.user`.

        `GET /admin/users/{id}`

        Raises `MedusaNotFoundError` if no user has this ID.
        """
        return self._get(AdminUserRes, "/admin/users/{id}", id, headers=custom_headers)

    def create(self, payload: AdminCreateUserPayload, custom_headers: Headers = None) -> AdminUserRes:
        """Create a user and return it as `.user`.

        `POST /admin/users`

        The user can log in immediately. Use `invites.create` to let people choose their own passwords.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if another user has this e-mail
        address.
        """
        return self._post(AdminUserRes, "/admin/users", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminUpdateUserPayload, custom_headers: Headers = None) -> AdminUserRes:
        """Change a user and return it as `.user`.

        `POST /admin/users/{id}`

        Keys that you leave out keep their values. The response may contain `password_hash`, which is then null.

        Raises `MedusaInvalidRequestError` if a value is malformed. Raises `MedusaNotFoundError` if no user has this ID.
        """
        return self._post(AdminUserRes, "/admin/users/{id}", id, json=payload, headers=custom_headers, repeatable=True)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDeleteUserRes:
        """Delete a user.

        `DELETE /admin/users/{id}`

        A JWT of the user stays valid until it expires. The result is the same if no user has this ID.
        """
        return self._delete(AdminDeleteUserRes, "/admin/users/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetUsersParams | None = None, custom_headers: Headers = None) -> AdminUsersListRes:
        """Return a page of users as `.users`, newest first.

        `GET /admin/users`

        A page has 50 users by default. `.count` is the number of all users that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
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
        """Return an iterator over all users. Each page is fetched when it is needed.

        `GET /admin/users`

        The users are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
