"""Notifications: the messages that the backend sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.notification import Notification

__all__ = [
    "AdminGetNotificationsParams",
    "AdminNotificationsListRes",
    "AdminNotificationsRes",
    "AdminNotificationsResource",
    "AdminPostNotificationsNotificationResendReq",
]


@entity
class AdminNotificationsListRes(Result):
    """A page of notifications."""

    notifications: list[Notification]
    count: int
    """How many notifications match in all."""
    offset: int
    limit: int


@entity
class AdminNotificationsRes(Result):
    """A notification."""

    notification: Notification


class AdminGetNotificationsParams(TypedDict, total=False):
    """Which notifications to list. All filters that are given must hold.

    A filter by text may hold several values, separated by commas, of which one must match.
    """

    event_name: str
    """Such as `order.placed`."""
    resource_type: str
    """Such as `order`."""
    resource_id: str
    to: str
    """Where the message was sent: mostly an e-mail address."""
    include_resends: bool
    """Whether repetitions are items of the list. They are in the `resends` of the first notification anyway."""
    expand: str
    """Relations to send instead of `resends`, separated by commas."""
    fields: str
    """Fields to send instead of the default ones, separated by commas. `created_at` must be among them."""
    limit: int
    """The size of the page, 50 by default; 0 for all notifications."""
    offset: int
    """How many notifications to skip."""


class AdminPostNotificationsNotificationResendReq(TypedDict, total=False):
    """How to send a notification again."""

    to: str
    """Where to send it. To the same address as before if it is not given."""


class AdminNotificationsResource(Resource):
    """Notifications. The backend has some only if it has a notification provider."""

    def list(
        self, query: AdminGetNotificationsParams | None = None, custom_headers: Headers = None
    ) -> AdminNotificationsListRes:
        """Return a page of notifications, as `.notifications`, the newest first. A page has 50 by default.

        `GET /admin/notifications`

        `.count` is the number of all notifications that match. The route takes no `order`. Raises
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, and `MedusaServerError` for an
        unknown name in `expand` or `fields`.
        """
        return self._get(
            AdminNotificationsListRes,
            "/admin/notifications",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=(
                "expand or fields has an unknown name, fields lacks created_at, or limit or offset is negative"
            ),
        )

    def iterate(
        self,
        query: AdminGetNotificationsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Notification]:
        """Return an iterator over all notifications, which fetches a page when it is needed.

        `GET /admin/notifications`

        The newest notifications come first. The order of those that were made in the same millisecond is not stable:
        where more of them are on two pages, one can be missing. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "notifications",
            query,
            custom_headers,
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def resend(
        self, id: str, payload: AdminPostNotificationsNotificationResendReq, custom_headers: Headers = None
    ) -> AdminNotificationsRes:
        """Send a notification again. Return it, as `.notification`, with the repetition in its `resends`.

        `POST /admin/notifications/{id}/resend`

        Raises `MedusaNotFoundError` for an unknown ID, and `MedusaInvalidRequestError` for a malformed value.
        """
        return self._post(
            AdminNotificationsRes, "/admin/notifications/{id}/resend", id, json=payload, headers=custom_headers
        )
