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
    """A group of items that are packed and shipped together."""

    id: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    canceled_at: datetime | None = field()
    claim_order: ClaimOrder | None = field()
    claim_order_id: str | None = field()
    data: JSONObject = field()
    """Data of the fulfillment provider."""
    idempotency_key: str | None = field()
    items: list[FulfillmentItem] = field()
    location_id: str | None = field()
    """The ID of the stock location that the items are shipped from."""
    metadata: JSONObject | None = field()
    no_notification: bool | None = field()
    """Whether the customer does not receive notifications about this fulfillment."""
    order: Order | None = field()
    order_id: str | None = field()
    provider: FulfillmentProvider | None = field()
    provider_id: str = field()
    shipped_at: datetime | None = field()
    """When the items were shipped. None if they were not shipped yet."""
    swap: Swap | None = field()
    swap_id: str | None = field()
    tracking_links: list[TrackingLink] = field()
    tracking_numbers: list[str] = field()


@entity
class FulfillmentItem(Model):
    """The number of units of a line item in a fulfillment."""

    fulfillment: Fulfillment | None = field()
    fulfillment_id: str = field()
    item: LineItem | None = field()
    item_id: str = field()
    quantity: int = field()


@entity
class FulfillmentOption(Model):
    """The ways of shipping that a fulfillment provider offers."""

    provider_id: str = field()
    options: list[JSONObject] = field()
    """The ways of shipping, in the format of the provider. Each can be used as the `data` of a shipping option."""


@entity
class FulfillmentProvider(Model):
    """A fulfillment provider."""

    id: str = field()
    is_installed: bool = field()
    """Whether the provider is installed in the backend."""


@entity
class TrackingLink(Model):
    """The tracking number of a shipped fulfillment and its URL."""

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
    """The URL where the shipment can be tracked."""
