"""DiscountCondition."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .customer_group import CustomerGroup
    from .discount import DiscountRule
    from .product import Product
    from .product_groups import ProductCollection, ProductTag, ProductType

__all__ = ["DiscountCondition", "DiscountConditionOperator", "DiscountConditionType"]


class DiscountConditionType(StrEnum):
    """The objects that a discount condition lists."""

    PRODUCTS = "products"
    PRODUCT_TYPES = "product_types"
    PRODUCT_COLLECTIONS = "product_collections"
    PRODUCT_TAGS = "product_tags"
    CUSTOMER_GROUPS = "customer_groups"


class DiscountConditionOperator(StrEnum):
    """Whether a discount applies to the objects that its condition lists, or to all others."""

    IN = "in"
    NOT_IN = "not_in"


@entity
class DiscountCondition(Model):
    """A condition that limits a discount to some products or customers."""

    id: str = field()
    type: DiscountConditionType | str = field()
    operator: DiscountConditionOperator | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    customer_groups: list[CustomerGroup] = field()
    discount_rule: DiscountRule | None = field()
    discount_rule_id: str = field()
    metadata: JSONObject | None = field()
    product_collections: list[ProductCollection] = field()
    product_tags: list[ProductTag] = field()
    product_types: list[ProductType] = field()
    products: list[Product] = field()
