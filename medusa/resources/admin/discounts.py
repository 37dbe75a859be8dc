"""Discounts: their codes, values and regions, and the codes created from dynamic discounts."""

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
    """Response with the ID of the deleted discount."""


@entity
class AdminDiscountsListRes(Result):
    """Response with a page of discounts."""

    discounts: list[Discount]
    count: int
    """The number of matching discounts on all pages."""
    offset: int
    limit: int


class AdminPostDiscountsReqRule(TypedDict):
    """The value of a new discount and the items that it applies to."""

    type: DiscountRuleType | str
    """`percentage`, `fixed` or `free_shipping`."""
    value: int
    """A whole number of percent from 0 to 100 if `type` is `percentage`, otherwise in the smallest currency unit."""
    allocation: AllocationType | str
    """`total` spreads the value over all items, and `item` subtracts it from each item."""
    description: NotRequired[str | None]
    conditions: NotRequired[list[AdminPostDiscountsDiscountConditions] | None]
    """All conditions must be met. At most one condition for each pair of operator and type."""


class AdminPostDiscountsReq(TypedDict):
    """Payload of `admin.discounts.create`."""

    code: str
    """Must be unique. The backend stores it in upper case and without surrounding spaces."""
    rule: AdminPostDiscountsReqRule
    regions: list[str]
    """The IDs of the regions. At least one, and exactly one if the rule's type is `fixed`."""
    is_dynamic: NotRequired[bool]
    """Whether `create_dynamic_code` can create other codes from this one. False by default."""
    is_disabled: NotRequired[bool]
    """False by default."""
    starts_at: NotRequired[datetime | str]
    """The current time by default."""
    ends_at: NotRequired[datetime | str | None]
    """Must be after `starts_at`."""
    valid_duration: NotRequired[str | None]
    """How long codes created from this one are valid: an ISO 8601 duration, such as P3D."""
    usage_limit: NotRequired[int | None]
    """How often the discount can be used, at least 1. Unlimited by default."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDiscountsDiscountReqRuleCondition(AdminPostDiscountsDiscountConditionsCondition, total=False):
    """A condition to change or to add, with exactly one of the lists."""

    id: str
    """The ID of the condition whose list to replace. Without an ID, the backend adds a condition."""
    operator: DiscountConditionOperator | str
    """`in` or `not_in`. Required if there is no `id`."""


class AdminPostDiscountsDiscountReqRule(TypedDict, total=False):
    """Changes to a discount's rule. The type of a rule cannot change."""

    id: Required[str]
    """Must be the discount's own `rule_id`. With any other ID, the discount gets a new rule without conditions."""
    value: int
    """A whole number of percent from 0 to 100 if the rule's type is `percentage`, otherwise in the smallest currency
    unit.
    """
    allocation: AllocationType | str
    """`total` or `item`."""
    description: str | None
    conditions: list[AdminPostDiscountsDiscountReqRuleCondition] | None
    """Conditions to change or to add. Other conditions stay unchanged."""


class AdminPostDiscountsDiscountReq(TypedDict, total=False):
    """Payload of `admin.discounts.update`. Keys that you leave out keep their values."""

    code: str
    """Must be unique. The backend stores it in upper case."""
    rule: AdminPostDiscountsDiscountReqRule | None
    is_disabled: bool
    starts_at: datetime | str
    ends_at: datetime | str | None
    """Must be after `starts_at`. None removes the end date."""
    valid_duration: str | None
    """An ISO 8601 duration, such as P3D. None removes the duration."""
    usage_limit: int | None
    """At least 1. None removes the limit."""
    regions: list[str] | None
    """The IDs of all regions. They replace the current ones. At most one if the rule's type is `fixed`. None changes
    nothing.
    """
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values. None changes nothing."""


class AdminPostDiscountsDiscountDynamicCodesReq(TypedDict):
    """A code to create from a dynamic discount."""

    code: str
    """Must be unique. The backend stores it in upper case."""
    usage_limit: NotRequired[int | None]
    """The backend accepts this key and ignores it: the code has no limit."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminGetDiscountParams(TypedDict, total=False):
    """Which relations and fields of a discount to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminGetDiscountsParamsRule(TypedDict, total=False):
    """Filters on the discount's rule."""

    type: DiscountRuleType | str
    """`percentage`, `fixed` or `free_shipping`."""
    allocation: AllocationType | str
    """`total` or `item`."""


class AdminGetDiscountsParams(TypedDict, total=False):
    """Options of `admin.discounts.list`. A discount must match all filters."""

    limit: int
    """The maximum number of discounts to return. The default is 20; 0 returns all."""
    offset: int
    """The number of discounts to skip."""
    q: str
    """Text to find in the code, ignoring case."""
    rule: AdminGetDiscountsParamsRule
    is_dynamic: bool
    is_disabled: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminDiscountsResource(AdminDiscountConditions):
    """Discounts, their regions and conditions, and the codes created from dynamic discounts.

    A discount includes its `parent_discount`, `regions` and `rule.conditions`. Depending on the rule's type, a value is
    in percent or in the smallest unit of the region's currency.
    """

    def add_region(self, id: str, region_id: str, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Add a region to a discount and return the discount as `.discount`.

        `POST /admin/discounts/{id}/regions/{region_id}`

        Raises `MedusaInvalidRequestError` if the rule's type is `fixed`, because its value is in the currency of one
        region. Raises `MedusaNotFoundError` if the discount or the region does not exist.
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
        """Create a discount and return it as `.discount`.

        `POST /admin/discounts`

        Raises `ValueError` if the value is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, a percentage is above 100, or a `fixed` rule has several regions (400). Raises it with the type
        `duplicate_error` if another discount has this code (422). Raises `MedusaNotFoundError` if a region or an ID in
        a condition does not exist. Raises `MedusaServerError` if the operator of a condition is unknown, or if
        `rule.value` is not a whole number.
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
        """Change a discount and return it as `.discount`.

        `POST /admin/discounts/{id}`

        Keys that you leave out keep their values. A call with a condition that has no ID is not retried, because the
        backend would reject the condition the second time. Raises `ValueError` if the value is negative. Raises
        `MedusaInvalidRequestError` if a value is malformed or a percentage is above 100 (400). Raises it with the type
        `duplicate_error` if another discount has this code, or if the rule already has a condition with the same
        operator and type (422). Raises `MedusaNotFoundError` if the discount, a region, a condition or an ID in a
        condition does not exist. Raises `MedusaServerError` if `code` is None, the operator of a condition is unknown,
        or `rule.value` is not a whole number.
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
        """Create a code from a dynamic discount. Return the new discount of this code as `.discount`.

        `POST /admin/discounts/{id}/dynamic-codes`

        The `parent_discount_id` of the new discount is the ID of the dynamic discount, and both have the same rule. The
        new discount ends when the `valid_duration` of the dynamic discount is over. Raises `MedusaInvalidRequestError`
        if the discount is not dynamic or a value is malformed (400), or, with the type `duplicate_error`, if another
        discount has this code (422). Raises `MedusaNotFoundError` if no discount has this ID.
        """
        return self._post(
            AdminDiscountsRes, "/admin/discounts/{id}/dynamic-codes", id, json=payload, headers=custom_headers
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDiscountsDeleteRes:
        """Delete a discount.

        `DELETE /admin/discounts/{id}`

        Codes created from the discount remain. The result is the same if no discount has this ID.
        """
        return self._delete(AdminDiscountsDeleteRes, "/admin/discounts/{id}", id, headers=custom_headers)

    def delete_dynamic_code(self, id: str, code: str, custom_headers: Headers = None) -> AdminDiscountsRes:
        """Delete a code that was created from a dynamic discount. Return the dynamic discount as `.discount`.

        `DELETE /admin/discounts/{id}/dynamic-codes/{code}`

        Pass the code in upper case, as the backend stores it. In any other case it deletes nothing. The result is the
        same if no discount has this code. Raises `MedusaNotFoundError` if no discount has this ID.
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
        """Return the discount with this ID as `.discount`.

        `GET /admin/discounts/{id}`

        Raises `MedusaNotFoundError` if no discount has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
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
        """Return the discount with this code as `.discount`.

        `GET /admin/discounts/code/{code}`

        The case of the code does not matter. Raises `MedusaNotFoundError` if no discount has this code. Raises
        `MedusaServerError` if `expand` or `fields` contains an unknown name.
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
        """Return a page of discounts as `.discounts`, newest first.

        `GET /admin/discounts`

        A page has 20 discounts by default. `.count` is the number of all discounts that match. Raises
        `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises `MedusaServerError`
        if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is negative.
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
        """Return an iterator over all discounts. Each page is fetched when it is needed.

        `GET /admin/discounts`

        The discounts are sorted by ID unless `query` has an `order`. Each request fetches `page_size` items, and the
        first one skips `start` items. With `read_ahead`, another thread fetches the next page while your code works on
        the current page. Raises the same errors as `list`.
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
        """Remove a region from a discount and return the discount as `.discount`.

        `DELETE /admin/discounts/{id}/regions/{region_id}`

        If the discount is not valid in the region, the call changes nothing and raises no error. Raises
        `MedusaNotFoundError` if no discount has this ID.
        """
        return self._delete(
            AdminDiscountsRes, "/admin/discounts/{id}/regions/{region_id}", id, region_id, headers=custom_headers
        )
