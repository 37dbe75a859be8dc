"""Notifications: the messages that the backend has sent."""

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
    """Response with a page of notifications."""

    notifications: list[Notification]
    count: int
    """The number of matching notifications on all pages."""
    offset: int
    limit: int


@entity
class AdminNotificationsRes(Result):
    """Response with one notification."""

    notification: Notification


class AdminGetNotificationsParams(TypedDict, total=False):
    """Options of `admin.notifications.list`. A notification must match all filters.

    A text filter accepts several values separated by commas. One of the values must match.
    """

    event_name: str
    """For example, `order.placed`."""
    resource_type: str
    """For example, `order`."""
    resource_id: str
    to: str
    """The recipient, usually an e-mail address."""
    include_resends: bool
    """Whether to list resent notifications as separate items. The first notification always includes them in `resends`.
    """
    expand: str
    """Relations to return instead of `resends`, separated by commas."""
    fields: str
    """Fields to return instead of the default ones, separated by commas. They must contain `created_at`."""
    limit: int
    """The maximum number of notifications to return. The default is 50; 0 returns all."""
    offset: int
    """The number of notifications to skip."""


class AdminPostNotificationsNotificationResendReq(TypedDict, total=False):
    """How to send a notification again."""

    to: str
    """The new recipient. The original recipient by default."""


class AdminNotificationsResource(Resource):
    """Notifications. Only a backend with a notification provider has notifications."""

    def list(
        self, query: AdminGetNotificationsParams | None = None, custom_headers: Headers = None
    ) -> AdminNotificationsListRes:
        """Return a page of notifications as `.notifications`, newest first.

        `GET /admin/notifications`

        A page has 50 notifications by default. `.count` is the number of all notifications that match. This route does
        not support `order`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand` or `fields` contains an unknown name, if `fields` does not contain `created_at`,
        or if `limit` or `offset` is negative.
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
        """Return an iterator over all notifications. Each page is fetched when it is needed.

        `GET /admin/notifications`

        The notifications are sorted by creation time, newest first. The order of notifications that were created in the
        same millisecond is not stable: if a page ends between them, one of them can be missing.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Send a notification again and return it as `.notification`, with the new notification in its `resends`.

        `POST /admin/notifications/{id}/resend`

        Raises `MedusaNotFoundError` if no notification has this ID. Raises `MedusaInvalidRequestError` if a value is
        malformed.
        """
        return self._post(
            AdminNotificationsRes, "/admin/notifications/{id}/resend", id, json=payload, headers=custom_headers
        )
