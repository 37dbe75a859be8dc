"""Discount conditions: the products and customers that a discount applies to."""

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
    """Response with one discount."""

    discount: Discount


@entity
class AdminDiscountConditionsRes(Result):
    """Response with one condition of a discount."""

    discount_condition: DiscountCondition


@entity
class AdminDiscountConditionsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted condition, and the discount that it belonged to."""

    discount: Discount


class AdminPostDiscountsDiscountConditionsCondition(TypedDict, total=False):
    """The IDs of the objects that a condition lists. Give exactly one of these lists."""

    products: list[str]
    product_collections: list[str]
    product_types: list[str]
    product_tags: list[str]
    customer_groups: list[str]


class AdminPostDiscountsDiscountConditions(AdminPostDiscountsDiscountConditionsCondition):
    """A new condition: an operator and exactly one of the lists."""

    operator: DiscountConditionOperator | str
    """`in` or `not_in`."""


class DiscountConditionResource(TypedDict):
    """A product, collection, product type, tag or customer group, depending on the condition's `type`."""

    id: str


class AdminPostDiscountsDiscountConditionsConditionBatchReq(TypedDict):
    """The objects to add to a condition."""

    resources: list[DiscountConditionResource]


class AdminDeleteDiscountsDiscountConditionsConditionBatchReq(TypedDict):
    """The objects to remove from a condition."""

    resources: list[DiscountConditionResource]


class AdminGetDiscountsDiscountConditionsConditionParams(TypedDict, total=False):
    """Which relations and fields of a condition to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas, such as `products`."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminPostDiscountsDiscountConditionsParams(TypedDict, total=False):
    """Which relations and fields of the discount to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminPostDiscountsDiscountConditionsConditionParams(AdminPostDiscountsDiscountConditionsParams):
    """Which relations and fields of the discount to return."""


class AdminPostDiscountsDiscountConditionsConditionBatchParams(AdminPostDiscountsDiscountConditionsParams):
    """Which relations and fields of the discount to return."""


class AdminDiscountConditions(Resource):
    """The methods of `admin.discounts` for conditions."""

    def create_condition(
        self,
        discount_id: str,
        payload: AdminPostDiscountsDiscountConditions,
        query: AdminPostDiscountsDiscountConditionsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminDiscountsRes:
        """Add a condition to a discount. Return the discount as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions`

        A discount has at most one condition for each pair of operator and type.

        Raises `MedusaInvalidRequestError` if a value is malformed, or if none or several of the lists are given (400).
        Raises it with the type `duplicate_error` if the discount already has a condition with this operator and type
        (422). Raises `MedusaNotFoundError` if the discount or an ID in the list does not exist. Raises
        `MedusaServerError` if the operator is unknown, or if `expand` or `fields` contains an unknown name.
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
        """Replace the list of a condition. Return the discount as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions/{condition_id}`

        The operator and the type of a condition cannot change.

        Raises `MedusaInvalidRequestError` if none or several of the lists are given, if the list is empty, or if the
        condition belongs to another discount. Raises `MedusaNotFoundError` if the discount, the condition or an ID in
        the list does not exist. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name.
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
        """Remove a condition from a discount. Return the ID of the condition as `.id` and the discount as `.discount`.

        `DELETE /admin/discounts/{discount_id}/conditions/{condition_id}`

        The result is the same if no condition has this ID.

        Raises `MedusaNotFoundError` if the discount does not exist.
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
        """Return a condition of a discount as `.discount_condition`, with its `discount_rule`.

        `GET /admin/discounts/{discount_id}/conditions/{condition_id}`

        The response includes the listed objects only if `expand` names them: for example, `products`.

        Raises `MedusaInvalidRequestError` if the condition belongs to another discount. Raises `MedusaNotFoundError` if
        the discount or the condition does not exist. Raises `MedusaServerError` if `expand` or `fields` contains an
        unknown name.
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
        """Add objects to the list of a condition. Return the discount as `.discount`, with its `rule.conditions`.

        `POST /admin/discounts/{discount_id}/conditions/{condition_id}/batch`

        Objects that are already in the list stay in it.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if the condition belongs to another
        discount. Raises `MedusaNotFoundError` if the discount, the condition or an ID in `resources` does not exist.
        Raises `MedusaServerError` if `expand` or `fields` contains an unknown name.
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
        """Remove objects from the list of a condition. Return the discount as `.discount`, with its `rule.conditions`.

        `DELETE /admin/discounts/{discount_id}/conditions/{condition_id}/batch`

        The backend ignores IDs that are not in the list.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if the condition belongs to another
        discount. Raises `MedusaNotFoundError` if the discount or the condition does not exist.
        """
        return self._delete(
            AdminDiscountsRes,
            "/admin/discounts/{discount_id}/conditions/{condition_id}/batch",
            discount_id,
            condition_id,
            json=payload,
            headers=custom_headers,
        )
