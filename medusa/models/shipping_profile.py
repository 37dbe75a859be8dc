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
    """The products that a shipping profile is for."""

    DEFAULT = "default"
    GIFT_CARD = "gift_card"
    CUSTOM = "custom"


@entity
class ShippingProfile(Model):
    """A group of products that can be shipped with the same shipping options."""

    id: str = field()
    name: str = field()
    type: ShippingProfileType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    metadata: JSONObject | None = field()
    products: list[Product] = field()
    shipping_options: list[ShippingOption] = field()
