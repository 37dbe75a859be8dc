"""Discounts: codes, what they take off, where they are valid, and the codes made from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NotRequired, Required, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Result, selection
from ..pages import iterate
from .checks import check_not_negative, has_new_parts
from .deletion import DeleteResponse
from .discount_conditions import (
    AdminDiscountConditions,
    AdminDiscountsRes,
    AdminPostDiscountsDiscountConditions,
    AdminPostDiscountsDiscountConditionsCondition,
)

if TYPE_CHECKING:
    from ...models.discount import AllocationType, Discount, DiscountRuleType
    from ...models.discount_condition import DiscountConditionOperator
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminDiscountsDeleteRes",
    "AdminDiscountsListRes",
    "AdminDiscountsResource",
    "AdminGetDiscountParams",
    "AdminGetDiscountsParams",
    "AdminGetDiscountsParamsRule",
    "AdminPostDiscountsDiscountDynamicCodesReq",
    "AdminPostDiscountsDiscountReq",
    "AdminPostDiscountsDiscountReqRule",
    "AdminPostDiscountsDiscountReqRuleCondition",
    "AdminPostDiscountsReq",
    "AdminPostDiscountsReqRule",
]


@entity
class AdminDiscountsDeleteRes(DeleteResponse):
    """The ID of the deleted discount."""


@entity
class AdminDiscountsListRes(Result):
    """A page of discounts."""

    discounts: list[Discount]
    count: int
    """How many discounts match in all."""
    offset: int
    limit: int


class AdminPostDiscountsReqRule(TypedDict):
    """What a new discount takes off, and from what."""

    type: DiscountRuleType | str
    """`percentage`, `fixed` or `free_shipping`."""
    value: int
    """A whole number of percent, from 0 to 100, where `type` is `percentage`, else the smallest currency unit."""
    allocation: AllocationType | str
    """`total` spreads the value over all items, `item` takes it off each of them."""
    description: NotRequired[str | None]
    conditions: NotRequired[list[AdminPostDiscountsDiscountConditions] | None]
    """All must hold. At most one of each operator and type."""


class AdminPostDiscountsReq(TypedDict):
    """A new discount."""

    code: str
    """The backend stores it in upper case, without spaces around it. Must be unique."""
    rule: AdminPostDiscountsReqRule
    regions: list[str]
    """IDs of regions, at least one; exactly one where the rule's type is `fixed`."""
    is_dynamic: NotRequired[bool]
    """Whether other codes can be made from this one, by `create_dynamic_code`. False by default."""
    is_disabled: NotRequired[bool]
    """False by default."""
    starts_at: NotRequired[datetime | str]
    """Now by default."""
    ends_at: NotRequired[datetime | str | None]
    """Must be after `starts_at`."""
    valid_duration: NotRequired[str | None]
    """How long a code that is made from this one is valid: an ISO 8601 duration, such as P3D."""
    usage_limit: NotRequired[int | None]
    """How often it can be used, at least 1. There is no limit if this is not given."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDiscountsDiscountReqRuleCondition(AdminPostDiscountsDiscountConditionsCondition, total=False):
    """A condition to change or to add, with exactly one of the lists."""

    id: str
    """The condition whose list to replace. Without it a condition is added."""
    operator: DiscountConditionOperator | str
    """`in` or `not_in`. Required without an `id`."""


class AdminPostDiscountsDiscountReqRule(TypedDict, total=False):
    """What to change of a discount's rule. Its type can't change."""

    id: Required[str]
    """Must be the discount's own `rule_id`. Another text gives the discount a new rule of that ID, without
    conditions."""
    value: int
    """A whole number of percent, from 0 to 100, where the rule's type is `percentage`, else the smallest currency
    unit."""
    allocation: AllocationType | str
    """`total` or `item`."""
    description: str | None
    conditions: list[AdminPostDiscountsDiscountReqRuleCondition] | None
    """Conditions to change or to add. The others stay."""


class AdminPostDiscountsDiscountReq(TypedDict, total=False):
    """What to change of a discount."""

    code: str
    """The backend stores it in upper case. Must be unique."""
    rule: AdminPostDiscountsDiscountReqRule | None
    is_disabled: bool
    starts_at: datetime | str
    ends_at: datetime | str | None
    """Must be after `starts_at`. None removes it."""
    valid_duration: str | None
    """An ISO 8601 duration, such as P3D. None removes it."""
    usage_limit: int | None
    """At least 1. None removes it."""
    regions: list[str] | None
    """IDs of all regions: they replace the present ones. At most one where the rule's type is `fixed`. None changes
    nothing."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay. None changes nothing."""


class AdminPostDiscountsDiscountDynamicCodesReq(TypedDict):
    """A code to make from a dynamic discount."""

    code: str
    """The backend stores it in upper case. Must be unique."""
    usage_limit: NotRequired[int | None]
    """The backend accepts it and ignores it: the code has no limit."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminGetDiscountParams(TypedDict, total=False):
    """What to send of a discount."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminGetDiscountsParamsRule(TypedDict, total=False):
    """What the rule must be like."""

    type: DiscountRuleType | str
    """`percentage`, `fixed` or `free_shipping`."""
    allocation: AllocationType | str
    """`total` or `item`."""


class AdminGetDiscountsParams(TypedDict, total=False):
    """Which discounts to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 20 by default; 0 for all discounts."""
    offset: int
    """How many discounts to skip."""
    q: str
    """A text to find in the code, in any case."""
    rule: AdminGetDiscountsParamsRule
    is_dynamic: bool
    is_disabled: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order; `-created_at` by default."""
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminDiscountsResource(AdminDiscountConditions):
    """Discounts, their regions and conditions, and the codes that are made from dynamic ones.

    A discount comes with its `parent_discount`, its `regions` and its `rule.conditions`. A value is in percent or in
    the smallest unit of the region's currency, as the rule's type says.
    """

    def add_region(self, id: str, region_id: str, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Make a discount valid in one more region. Return the discount, as `.discount`.

        `POST /admin/discounts/{id}/regions/{region_id}`

        Raises `MedusaInvalidRequestError` if the rule's type is `fixed`, because its value has the currency of one
        region, and `MedusaNotFoundError` for an unknown discount or region.
        """
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts/{id}/regions/{region_id}",
            id,
            region_id,
            headers=custom_headers,
            repeatable=True,
        )

    def create(self, payload: AdminPostDiscountsReq, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Create a discount. Return it, as `.discount`.

        `POST /admin/discounts`

        Raises `ValueError` for a negative value, and `MedusaInvalidRequestError` if a value is missing or malformed,
        for more than 100 percent, and for several regions of a fixed value (400), and, with the type `duplicate_error`,
        if another discount has this code (422). Raises `MedusaNotFoundError` for an unknown region and for an unknown
        ID in a condition.
        """
        check_not_negative(payload, "rule.value")
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts",
            json=payload,
            headers=custom_headers,
            causes_of_500="the operator of a condition is unknown, or rule.value is not a whole number",
        )

    def update(
        self, id: str, payload: AdminPostDiscountsDiscountReq, custom_headers: Headers = None
    ) -> AdminDiscountsRes:
        """Change a discount. Return it, as `.discount`.

        `POST /admin/discounts/{id}`

        Keys that the payload leaves out keep their values. A call with a condition that has no ID is not retried,
        because the backend refuses the condition the second time. Raises `ValueError` for a negative value, and
        `MedusaInvalidRequestError` for a malformed value and for more than 100 percent (400), and, with the type
        `duplicate_error`, if another discount has this code or the rule has a condition of the same operator and type
        (422). Raises `MedusaNotFoundError` for an unknown discount or region, and for an unknown condition or an
        unknown ID in one.
        """
        check_not_negative(payload, "rule.value")
        return self._post(
            AdminDiscountsRes,
            "/admin/discounts/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=not has_new_parts(payload, "rule.conditions[]"),
            causes_of_500="code is null, the operator of a condition is unknown, or rule.value is not a whole number",
        )

    def create_dynamic_code(
        self, id: str, payload: AdminPostDiscountsDiscountDynamicCodesReq, custom_headers: Headers = None
    ) -> AdminDiscountsRes:
        """Make a code from a dynamic discount. Return the new discount of this code, as `.discount`.

        `POST /admin/discounts/{id}/dynamic-codes`

        Its `parent_discount_id` is the ID of the dynamic discount, and both have the same rule. It ends when the
        `valid_duration` of the dynamic discount is over. Raises `MedusaInvalidRequestError` if the discount is not
        dynamic or a value is malformed (400), and, with the type `duplicate_error`, if another discount has this code
        (422). Raises `MedusaNotFoundError` for an unknown discount.
        """
        return self._post(
            AdminDiscountsRes, "/admin/discounts/{id}/dynamic-codes", id, json=payload, headers=custom_headers
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDiscountsDeleteRes:
        """Delete a discount.

        `DELETE /admin/discounts/{id}`

        The codes that were made from it stay. The result is the same for an unknown ID.
        """
        return self._delete(AdminDiscountsDeleteRes, "/admin/discounts/{id}", id, headers=custom_headers)

    def delete_dynamic_code(self, id: str, code: str, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Delete a code that was made from a dynamic discount. Return the dynamic discount, as `.discount`.

        `DELETE /admin/discounts/{id}/dynamic-codes/{code}`

        Pass the code as the backend stores it, in upper case: the result is the same for an unknown code, and for one
        in another case, which deletes nothing. Raises `MedusaNotFoundError` for an unknown discount.
        """
        return self._delete(
            AdminDiscountsRes, "/admin/discounts/{id}/dynamic-codes/{code}", id, code, headers=custom_headers
        )

    def retrieve(
        self,
        id: str,
        query: AdminGetDiscountParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminDiscountsRes:
        """Return the discount with this ID, as `.discount`.

        `GET /admin/discounts/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(
            AdminDiscountsRes,
            "/admin/discounts/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def retrieve_by_code(
        self, code: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> AdminDiscountsRes:
        """Return the discount with this code, as `.discount`.

        `GET /admin/discounts/code/{code}`

        The code may be written in any case. Raises `MedusaNotFoundError` for an unknown code.
        """
        return self._get(
            AdminDiscountsRes,
            "/admin/discounts/code/{code}",
            code,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def list(
        self, query: AdminGetDiscountsParams | None = None, custom_headers: Headers = None
    ) -> AdminDiscountsListRes:
        """Return a page of discounts, as `.discounts`, the newest first.

        `GET /admin/discounts`

        `.count` is the number of all discounts that match. The default page has 20 discounts. Raises
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`.
        """
        return self._get(
            AdminDiscountsListRes,
            "/admin/discounts",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetDiscountsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Discount]:
        """Return an iterator over all discounts, which fetches a page when it is needed.

        `GET /admin/discounts`

        The discounts are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "discounts",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def remove_region(self, id: str, region_id: str, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Make a discount invalid in a region. Return the discount, as `.discount`.

        `DELETE /admin/discounts/{id}/regions/{region_id}`

        A region where it was not valid is ignored. Raises `MedusaNotFoundError` for an unknown discount.
        """
        return self._delete(
            AdminDiscountsRes, "/admin/discounts/{id}/regions/{region_id}", id, region_id, headers=custom_headers
        )
