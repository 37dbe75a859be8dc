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
    """The type of a discount."""

    FIXED = "fixed"
    PERCENTAGE = "percentage"
    FREE_SHIPPING = "free_shipping"


class AllocationType(StrEnum):
    """Whether a discount applies to the total or to each item."""

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
    """When the discount expires. None if it does not expire."""
    is_disabled: bool = field()
    is_dynamic: bool = field()
    """Whether further discount codes can be created from this discount."""
    metadata: JSONObject | None = field()
    parent_discount: Discount | None = field()
    """The dynamic discount that this discount was created from."""
    parent_discount_id: str | None = field()
    regions: list[Region] = field()
    rule: DiscountRule | None = field()
    rule_id: str | None = field()
    starts_at: datetime = field()
    usage_count: int = field()
    """The number of times the discount has been used."""
    usage_limit: int | None = field()
    """The maximum number of times the discount can be used. None if there is no limit."""
    valid_duration: str | None = field()
    """How long the discount codes that are created from this discount are valid: an ISO 8601 duration, such as
    "P3D"."""


@entity
class DiscountRule(Model):
    """The amount of a discount and the conditions under which it applies."""

    id: str = field()
    type: DiscountRuleType | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    allocation: AllocationType | str | None = field()
    conditions: list[DiscountCondition] = field()
    """Conditions that limit the discount to some products or customers."""
    description: str | None = field()
    metadata: JSONObject | None = field()
    value: int = field()
    """Percent if `type` is "percentage"; otherwise an amount in the smallest currency unit."""
