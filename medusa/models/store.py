"""Store, FeatureFlag, StoreModule."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .fulfillment import FulfillmentProvider
    from .payment import PaymentProvider
    from .price import Currency
    from .sales_channel import SalesChannel

__all__ = ["FeatureFlag", "Store", "StoreModule"]


@entity
class Store(Model):
    """The settings of the shop. A backend has one store."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    currencies: list[Currency] = field()
    """The currencies that regions and prices may have."""
    default_currency: Currency | None = field()
    default_currency_code: str = field()
    """ISO 4217, lower case."""
    default_location_id: str | None = field()
    """The ID of a stock location."""
    default_sales_channel: SalesChannel | None = field()
    default_sales_channel_id: str | None = field()
    feature_flags: list[FeatureFlag] = field()
    fulfillment_providers: list[FulfillmentProvider] = field()
    invite_link_template: str | None = field()
    """A URL with `{invite_token}` in the place of the token."""
    metadata: JSONObject | None = field()
    modules: list[StoreModule] = field()
    payment_link_template: str | None = field()
    """A URL with `{{cart_id}}` in the place of the ID of the cart of a draft order."""
    payment_providers: list[PaymentProvider] = field()
    swap_link_template: str | None = field()
    """A URL with `{{cart_id}}` in the place of the ID of the cart of a swap."""


@entity
class FeatureFlag(Model):
    """A feature of the backend, and whether it is on."""

    key: str = field()
    """The name of the feature, such as "product_categories"."""
    value: bool = field()


@entity
class StoreModule(Model):
    """A module that the backend has, such as the inventory module."""

    module: str = field()
    """The name of the module, such as "inventoryService"."""
    resolution: Any = field()
    """The npm package that the backend takes for the module by default: a text, which is empty for a module that links
    two others, or False where there is no default, as for the inventory module."""
