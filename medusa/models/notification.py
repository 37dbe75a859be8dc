"""Notification, NotificationProvider."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer import Customer

__all__ = ["Notification", "NotificationProvider"]


@entity
class Notification(Model):
    """A message that a notification provider sent after an event, such as an e-mail for a new order."""

    id: str = field()
    event_name: str | None = field()
    """The name of the event, such as "order.placed"."""
    created_at: datetime = field()
    updated_at: datetime = field()
    customer: Customer | None = field()
    customer_id: str | None = field()
    data: JSONObject = field()
    """The data that the provider needs to send the message again."""
    parent_id: str | None = field()
    """The ID of the notification that was sent again. None if this is the original notification."""
    parent_notification: Notification | None = field()
    """The notification that was sent again."""
    provider: NotificationProvider | None = field()
    provider_id: str | None = field()
    resends: list[Notification] = field()
    """The notifications that were sent to repeat this one."""
    resource_id: str = field()
    """The ID of the object that the event is about."""
    resource_type: str = field()
    """The type of the object that the event is about, such as "order"."""
    to: str = field()
    """The recipient, usually an e-mail address."""


@entity
class NotificationProvider(Model):
    """A notification provider."""

    id: str = field()
    is_installed: bool = field()
    """Whether the provider is installed in the backend."""
