"""Fulfillment, FulfillmentItem, FulfillmentOption, FulfillmentProvider, TrackingLink."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .claim import ClaimOrder
    from .line_item import LineItem
    from .order import Order
    from .swap import Swap

__all__ = ["Fulfillment", "FulfillmentItem", "FulfillmentOption", "FulfillmentProvider", "TrackingLink"]


@entity
class Fulfillment(Model):
    """A parcel: the items packed together and how they are shipped."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    data: JSONObject = field()
    idempotency_key: str | None = field()
    items: list[FulfillmentItem] = field()
    location_id: str | None = field()
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    order: Order | None = field()
    order_id: str | None = field()
    provider: FulfillmentProvider | None = field()
    provider_id: str = field()
    shipped_at: datetime | None = field()
    swap: Swap | None = field()
    swap_id: str | None = field()
    tracking_links: list[TrackingLink] = field()
    tracking_numbers: list[str] = field()


@entity
class FulfillmentItem(Model):
    """How many of one line item are in a fulfillment."""

    fulfillment: Fulfillment | None = field()
    fulfillment_id: str = field()
    item: LineItem | None = field()
    item_id: str = field()
    quantity: int = field()


@entity
class FulfillmentOption(Model):
    """The ways to ship that a fulfillment provider offers for shipping options."""

    provider_id: str = field()
    options: list[JSONObject] = field()
    """Each as the provider describes it. It becomes the `data` of a shipping option."""


@entity
class FulfillmentProvider(Model):
    """A fulfillment provider, and whether the backend has it."""

    id: str = field()
    is_installed: bool = field()


@entity
class TrackingLink(Model):
    """The tracking number of a shipped fulfillment, and where to follow it."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    fulfillment: Fulfillment | None = field()
    fulfillment_id: str = field()
    idempotency_key: str | None = field()
    metadata: JSONObject | None = field()
    tracking_number: str = field()
    url: str | None = field()
