"""Discount, DiscountRule."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .discount_condition import DiscountCondition
    from .region import Region

__all__ = ["AllocationType", "Discount", "DiscountRule", "DiscountRuleType"]


class DiscountRuleType(StrEnum):
    """How a discount is computed."""

    FIXED = "fixed"
    PERCENTAGE = "percentage"
    FREE_SHIPPING = "free_shipping"


class AllocationType(StrEnum):
    """What a discount is spread over."""

    TOTAL = "total"
    ITEM = "item"


@entity
class Discount(Model):
    """A discount code."""

    id: str = field()
    code: str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    ends_at: datetime | None = field()
    is_disabled: bool = field()
    is_dynamic: bool = field()
    metadata: JSONObject | None = field()
    parent_discount: Discount | None = field()
    parent_discount_id: str | None = field()
    regions: list[Region] = field()
    rule: DiscountRule | None = field()
    rule_id: str | None = field()
    starts_at: datetime = field()
    usage_count: int = field()
    usage_limit: int | None = field()
    valid_duration: str | None = field()
    """An ISO 8601 duration, such as P3D."""


@entity
class DiscountRule(Model):
    """What a discount takes off, and from what."""

    id: str = field()
    type: DiscountRuleType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    allocation: AllocationType | str | None = field()
    conditions: list[DiscountCondition] = field()
    description: str | None = field()
    metadata: JSONObject | None = field()
    value: int = field()
    """Percent where `type` is percentage, else the smallest currency unit."""
