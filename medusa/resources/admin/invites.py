"""Invites: let people become users with their own passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.user import Invite, UserRoles

__all__ = [
    "AdminInviteDeleteRes",
    "AdminInvitesResource",
    "AdminListInvitesRes",
    "AdminPostInvitesInviteAcceptReq",
    "AdminPostInvitesInviteAcceptReqUser",
    "AdminPostInvitesPayload",
]


@entity
class AdminInviteDeleteRes(DeleteResponse):
    """Response with the ID of the deleted invite."""


@entity
class AdminListInvitesRes(Result):
    """Response with all invites."""

    invites: list[Invite]


class AdminPostInvitesInviteAcceptReqUser(TypedDict):
    """The new user."""

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    password: str


class AdminPostInvitesInviteAcceptReq(TypedDict):
    """The token of an invite, and the user to create from it."""

    token: str
    """The secret that was sent to the invited person."""
    user: AdminPostInvitesInviteAcceptReqUser
    """The e-mail address and the role come from the invite."""


class AdminPostInvitesPayload(TypedDict):
    """The person to invite."""

    user: str
    """The e-mail address. Write it in lower case: the backend compares addresses of users and invites case-sensitively.
    """
    role: UserRoles | str
    """`admin`, `member` or `developer`. All roles have the same permissions."""


class AdminInvitesResource(Resource):
    """Invites of people to become users.

    The backend sends the `token` of each invite, and anyone who has the token can accept the invite. The SDK shows it
    only in `to_dict()`.
    """

    def accept(self, payload: AdminPostInvitesInviteAcceptReq, custom_headers: Headers = None) -> Result:
        """Create a user from an invite. The result has only `.response`.

        `POST /admin/invites/accept`

        The call requires no login and does not log the user in. An invite can be accepted only once.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if the token is not valid.
        """
        return self._post(Result, "/admin/invites/accept", json=payload, headers=custom_headers)

    def create(self, payload: AdminPostInvitesPayload, custom_headers: Headers = None) -> Result:
        """Invite a person. The result has only `.response`.

        `POST /admin/invites`

        The backend emits `invite.created` with the token, which the shop sends to the person. The token expires after
        seven days. If the e-mail address already has an invite, this invite gets the new role and a new token.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if a user already has this address.
        """
        return self._post(Result, "/admin/invites", json=payload, headers=custom_headers)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminInviteDeleteRes:
        """Delete an invite. Its token is no longer valid.

        `DELETE /admin/invites/{id}`

        The result is the same if no invite has this ID.
        """
        return self._delete(AdminInviteDeleteRes, "/admin/invites/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminListInvitesRes:
        """Return all invites that are not accepted as `.invites`.

        `GET /admin/invites`

        The list has no pages, and its order is not defined.
        """
        return self._get(AdminListInvitesRes, "/admin/invites", headers=custom_headers)

    def resend(self, id: str, custom_headers: Headers = None) -> Result:
        """Give an invite a new token, which expires after seven days. The result has only `.response`.

        `POST /admin/invites/{id}/resend`

        The backend emits `invite.created` with the token, as it does for a new invite.

        Raises `MedusaInvalidRequestError` if no invite has this ID or the invite is already accepted.
        """
        return self._post(Result, "/admin/invites/{id}/resend", id, headers=custom_headers)
