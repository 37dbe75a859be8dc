"""ShippingProfile."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .product import Product
    from .shipping import ShippingOption

__all__ = ["ShippingProfile", "ShippingProfileType"]


class ShippingProfileType(StrEnum):
    """Which products a shipping profile is for."""

    DEFAULT = "default"
    GIFT_CARD = "gift_card"
    CUSTOM = "custom"


@entity
class ShippingProfile(Model):
    """Products that are shipped in the same ways."""

    id: str = field()
    name: str = field()
    type: ShippingProfileType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    products: list[Product] = field()
    shipping_options: list[ShippingOption] = field()
