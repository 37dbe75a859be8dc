"""Invites: let people become users with passwords of their own."""

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
    """The ID of the deleted invite."""


@entity
class AdminListInvitesRes(Result):
    """All invites."""

    invites: list[Invite]


class AdminPostInvitesInviteAcceptReqUser(TypedDict):
    """The new user."""

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    password: str


class AdminPostInvitesInviteAcceptReq(TypedDict):
    """The token of an invite, and the user to make from it."""

    token: str
    """The secret that was mailed to the person who is invited."""
    user: AdminPostInvitesInviteAcceptReqUser
    """The e-mail address and the role are those of the invite."""


class AdminPostInvitesPayload(TypedDict):
    """Whom to invite."""

    user: str
    """The e-mail address. Write it in lower case: the backend finds a user or an invite of this address only if it is
    spelled the same."""
    role: UserRoles | str
    """`admin`, `member` or `developer`. All may do the same."""


class AdminInvitesResource(Resource):
    """Invites to people who are to become users.

    The backend sends the `token` of each invite: whoever has it can accept the invite. Only `to_dict()` shows it.
    """

    def accept(self, payload: AdminPostInvitesInviteAcceptReq, custom_headers: Headers = None) -> Result:
        """Make a user from an invite. The result has only `.response`.

        `POST /admin/invites/accept`

        The call needs no login and does not log the user in. An invite can be accepted once. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed, and for a token that is not valid.
        """
        return self._post(Result, "/admin/invites/accept", json=payload, headers=custom_headers)

    def create(self, payload: AdminPostInvitesPayload, custom_headers: Headers = None) -> Result:
        """Invite someone. The result has only `.response`.

        `POST /admin/invites`

        The backend emits `invite.created` with the token, which the shop sends to the person. The token expires after
        seven days. For an e-mail address that has an invite, the backend gives this invite the new role and a new
        token. Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if a user has this address.
        """
        return self._post(Result, "/admin/invites", json=payload, headers=custom_headers)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminInviteDeleteRes:
        """Delete an invite. Its token is not valid any more.

        `DELETE /admin/invites/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminInviteDeleteRes, "/admin/invites/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminListInvitesRes:
        """Return all invites that are not accepted, as `.invites`, in any order.

        `GET /admin/invites`
        """
        return self._get(AdminListInvitesRes, "/admin/invites", headers=custom_headers)

    def resend(self, id: str, custom_headers: Headers = None) -> Result:
        """Give an invite a new token, which expires after seven days. The result has only `.response`.

        `POST /admin/invites/{id}/resend`

        The backend emits `invite.created` with the token, as for a new invite. Raises `MedusaInvalidRequestError` for
        an unknown or an accepted invite.
        """
        return self._post(Result, "/admin/invites/{id}/resend", id, headers=custom_headers)
