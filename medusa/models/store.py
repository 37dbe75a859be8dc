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
    """The settings of the shop. A backend has exactly one store."""

    id: str = field()
    name: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    currencies: list[Currency] = field()
    """The currencies that regions and prices can have."""
    default_currency: Currency | None = field()
    default_currency_code: str = field()
    """ISO 4217, lower case."""
    default_location_id: str | None = field()
    """The ID of the default stock location."""
    default_sales_channel: SalesChannel | None = field()
    default_sales_channel_id: str | None = field()
    feature_flags: list[FeatureFlag] = field()
    """The feature flags of the backend."""
    fulfillment_providers: list[FulfillmentProvider] = field()
    invite_link_template: str | None = field()
    """A URL that contains the placeholder `{invite_token}`."""
    metadata: JSONObject | None = field()
    modules: list[StoreModule] = field()
    """The modules of the backend."""
    payment_link_template: str | None = field()
    """A URL that contains the placeholder `{{cart_id}}` for the ID of a draft order's cart."""
    payment_providers: list[PaymentProvider] = field()
    swap_link_template: str | None = field()
    """A URL that contains the placeholder `{{cart_id}}` for the ID of a swap's cart."""


@entity
class FeatureFlag(Model):
    """A feature flag of the backend."""

    key: str = field()
    """The name of the feature, such as "product_categories"."""
    value: bool = field()
    """Whether the feature is on."""


@entity
class StoreModule(Model):
    """A module of the backend, such as the inventory module."""

    module: str = field()
    """The name of the module, such as "inventoryService"."""
    resolution: Any = field()
    """The default npm package of the module: a string, or False if the module has no default package, like the
    inventory module. The string is empty for a module that links two other modules."""
