"""The conditions of discounts: which products and customers a discount is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.discount import Discount
    from ...models.discount_condition import DiscountCondition, DiscountConditionOperator

__all__ = [
    "AdminDeleteDiscountsDiscountConditionsConditionBatchReq",
    "AdminDiscountConditions",
    "AdminDiscountConditionsDeleteRes",
    "AdminDiscountConditionsRes",
    "AdminDiscountsRes",
    "AdminGetDiscountsDiscountConditionsConditionParams",
    "AdminPostDiscountsDiscountConditions",
    "AdminPostDiscountsDiscountConditionsCondition",
    "AdminPostDiscountsDiscountConditionsConditionBatchParams",
    "AdminPostDiscountsDiscountConditionsConditionBatchReq",
    "AdminPostDiscountsDiscountConditionsConditionParams",
    "AdminPostDiscountsDiscountConditionsParams",
    "DiscountConditionResource",
]


@entity
class AdminDiscountsRes(Result):
    """A discount."""

    discount: Discount


@entity
class AdminDiscountConditionsRes(Result):
    """A condition of a discount."""

    discount_condition: DiscountCondition


@entity
class AdminDiscountConditionsDeleteRes(DeleteResponse):
    """The ID of the deleted condition, and the discount that it belonged to."""

    discount: Discount


class AdminPostDiscountsDiscountConditionsCondition(TypedDict, total=False):
    """The IDs of what a condition lists. Give exactly one of these lists."""

    products: list[str]
    product_collections: list[str]
    product_types: list[str]
    product_tags: list[str]
    customer_groups: list[str]


class AdminPostDiscountsDiscountConditions(AdminPostDiscountsDiscountConditionsCondition):
    """A new condition: an operator, and exactly one of the lists."""

    operator: DiscountConditionOperator | str
    """`in` or `not_in`."""


class DiscountConditionResource(TypedDict):
    """A product, a collection, a product type, a tag or a customer group, as the condition's `type` says."""

    id: str


class AdminPostDiscountsDiscountConditionsConditionBatchReq(TypedDict):
    """What to add to a condition."""

    resources: list[DiscountConditionResource]


class AdminDeleteDiscountsDiscountConditionsConditionBatchReq(TypedDict):
    """What to remove from a condition."""

    resources: list[DiscountConditionResource]


class AdminGetDiscountsDiscountConditionsConditionParams(TypedDict, total=False):
    """What to send of a condition."""

    expand: str
    """Relations to send instead of the default ones, separated by commas, such as `products`."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminPostDiscountsDiscountConditionsParams(TypedDict, total=False):
    """What to send of the discount."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminPostDiscountsDiscountConditionsConditionParams(AdminPostDiscountsDiscountConditionsParams):
    """What to send of the discount."""


class AdminPostDiscountsDiscountConditionsConditionBatchParams(AdminPostDiscountsDiscountConditionsParams):
    """What to send of the discount."""


class AdminDiscountConditions(Resource):
    """The conditions of discounts."""

    def create_condition(
        self,
        discount_id: str,
        payload: AdminPostDiscountsDiscountConditions,
        query: AdminPostDiscountsDiscountConditionsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminDiscountsRes:
        """Add a condition to a discount. Return the discount, as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions`

        A discount has at most one condition of each operator and type: a second one raises
        `MedusaInvalidRequestError` with the type `duplicate_error` (422). Raises the same class if none or several of
        the lists are given or a value is malformed (400), and `MedusaNotFoundError` for an unknown discount or an
        unknown ID in the list.
        """
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts/{discount_id}/conditions",
            discount_id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500="operator is unknown, or expand or fields has an unknown name",
        )

    def update_condition(
        self,
        discount_id: str,
        condition_id: str,
        payload: AdminPostDiscountsDiscountConditionsCondition,
        query: AdminPostDiscountsDiscountConditionsConditionParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminDiscountsRes:
        """Replace what a condition lists. Return the discount, as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions/{condition_id}`

        Its operator and its type can't change. Raises `MedusaInvalidRequestError` if none or several of the lists are
        given, if the list is empty, or if the condition belongs to another discount, and `MedusaNotFoundError` for an
        unknown discount, condition or ID in the list.
        """
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}",
            discount_id,
            condition_id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="expand or fields has an unknown name",
        )

    def delete_condition(
        self, discount_id: str, condition_id: str, custom_headers: Headers = None
    ) -> AdminDiscountConditionsDeleteRes:
        """Remove a condition from a discount. The result also has the discount, as `.discount`.

        `DELETE /admin/discounts/{discount_id}/conditions/{condition_id}`

        The result is the same for an unknown condition. Raises `MedusaNotFoundError` for an unknown discount.
        """
        return self._delete(
            AdminDiscountConditionsDeleteRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}",
            discount_id,
            condition_id,
            headers=custom_headers,
        )

    def get_condition(
        self,
        discount_id: str,
        condition_id: str,
        query: AdminGetDiscountsDiscountConditionsConditionParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminDiscountConditionsRes:
        """Return a condition of a discount, as `.discount_condition`, with its `discount_rule`.

        `GET /admin/discounts/{discount_id}/conditions/{condition_id}`

        What it lists is sent if `expand` names it, such as `products`. Raises `MedusaInvalidRequestError` if the
        condition belongs to another discount, and `MedusaNotFoundError` for an unknown discount or condition.
        """
        return self._get(
            AdminDiscountConditionsRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}",
            discount_id,
            condition_id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def add_condition_resource_batch(
        self,
        discount_id: str,
        condition_id: str,
        payload: AdminPostDiscountsDiscountConditionsConditionBatchReq,
        query: AdminPostDiscountsDiscountConditionsConditionBatchParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminDiscountsRes:
        """Add to what a condition lists. Return the discount, as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions/{condition_id}/batch`

        What the condition lists already stays. Raises `MedusaInvalidRequestError` if a value is missing or malformed,
        or if the condition belongs to another discount, and `MedusaNotFoundError` for an unknown discount, condition or
        ID in `resources`.
        """
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}/batch",
            discount_id,
            condition_id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="expand or fields has an unknown name",
        )

    def delete_condition_resource_batch(
        self,
        discount_id: str,
        condition_id: str,
        payload: AdminDeleteDiscountsDiscountConditionsConditionBatchReq,
        custom_headers: Headers = None,
    ) -> AdminDiscountsRes:
        """Remove from what a condition lists. Return the discount, as `.discount`, with its `rule.conditions`.

        `DELETE /admin/discounts/{discount_id}/conditions/{condition_id}/batch`

        IDs that the condition does not list are ignored. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, or if the condition belongs to another discount, and `MedusaNotFoundError` for an unknown discount or
        condition.
        """
        return self._delete(
            AdminDiscountsRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}/batch",
            discount_id,
            condition_id,
            json=payload,
            headers=custom_headers,
        )
