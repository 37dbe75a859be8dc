"""Shipping options: the ways of shipping that a region offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative, has_new_parts
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.shipping import RequirementType, ShippingOption, ShippingOptionPriceType
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminGetShippingOptionsParams",
    "AdminPostShippingOptionsOptionReq",
    "AdminPostShippingOptionsOptionReqRequirement",
    "AdminPostShippingOptionsReq",
    "AdminPostShippingOptionsReqRequirement",
    "AdminShippingOptionsDeleteRes",
    "AdminShippingOptionsListRes",
    "AdminShippingOptionsRes",
    "AdminShippingOptionsResource",
]


@entity
class AdminShippingOptionsRes(Result):
    """A shipping option."""

    shipping_option: ShippingOption


@entity
class AdminShippingOptionsDeleteRes(DeleteResponse):
    """The ID of the deleted shipping option."""


@entity
class AdminShippingOptionsListRes(Result):
    """A page of shipping options."""

    shipping_options: list[ShippingOption]
    count: int
    """How many shipping options match in all."""
    offset: int
    limit: int


class AdminPostShippingOptionsReqRequirement(TypedDict):
    """The value that a cart must reach, or must not exceed."""

    type: RequirementType | str
    amount: int
    """Smallest currency unit."""


class AdminPostShippingOptionsReq(TypedDict):
    """A new shipping option."""

    name: str
    region_id: str
    provider_id: str
    """The ID of a fulfillment provider of the region."""
    profile_id: NotRequired[str | None]
    """The ID of a shipping profile. Medusa takes the default one if it is not given."""
    data: dict[str, Any]
    """One of the `options` of the provider from `admin.regions.retrieve_fulfillment_options`."""
    price_type: ShippingOptionPriceType | str
    amount: NotRequired[int | None]
    """Smallest currency unit. A flat rate requires it."""
    requirements: NotRequired[list[AdminPostShippingOptionsReqRequirement]]
    """At most one of each type."""
    admin_only: NotRequired[bool]
    """Whether the storefront does not get the option. False by default."""
    is_return: NotRequired[bool]
    """Whether the option is for returns. False by default. It can't be changed later."""
    metadata: NotRequired[dict[str, Any] | None]
    includes_tax: NotRequired[bool]
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing takes it."""


class AdminPostShippingOptionsOptionReqRequirement(AdminPostShippingOptionsReqRequirement):
    """The value that a cart must reach, or must not exceed."""

    id: NotRequired[str]
    """The ID of the requirement to change. A requirement without an ID is new."""


class AdminPostShippingOptionsOptionReq(TypedDict):
    """What to change of a shipping option."""

    requirements: list[AdminPostShippingOptionsOptionReqRequirement]
    """Replaces the requirements, at most one of each type. An empty list removes all. The backend requires it."""
    name: NotRequired[str]
    """The published type requires it; the backend does not."""
    amount: NotRequired[int | None]
    """Smallest currency unit. A flat rate can't be None."""
    price_type: NotRequired[ShippingOptionPriceType | str]
    admin_only: NotRequired[bool]
    metadata: NotRequired[dict[str, Any]]
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""
    includes_tax: NotRequired[bool]
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing takes it."""


class AdminGetShippingOptionsParams(TypedDict, total=False):
    """Which shipping options to list. All filters that are given must hold."""

    id: str | list[str]
    q: str
    """A text to find in the name, in any case."""
    name: str
    """The whole name, case-sensitive."""
    region_id: str
    is_return: bool
    admin_only: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    expand: str
    """Relations to send instead of the default ones, separated by commas. The default ones are `profile`, `region` and
    `requirements`."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    limit: int
    """The size of the page, 50 by default; 0 for all shipping options."""
    offset: int
    """How many shipping options to skip."""


class AdminShippingOptionsResource(Resource):
    """Shipping options."""

    def create(self, payload: AdminPostShippingOptionsReq, custom_headers: Headers = None) -> AdminShippingOptionsRes:
        """Create a shipping option. Return it, as `.shipping_option`.

        `POST /admin/shipping-options`

        Amounts are in the smallest unit of the region's currency. The fulfillment provider decides whether `data` is
        checked. Raises `ValueError` for a requirement with a negative amount, `MedusaInvalidRequestError` for a flat
        rate without an amount or with a negative one, requirements that contradict each other, a provider that the
        region does not have or that can't calculate prices, and a missing or malformed value, and `MedusaNotFoundError`
        for an unknown region or shipping profile.
        """
        check_not_negative(payload, "requirements[].amount")
        return self._post(
            AdminShippingOptionsRes,
            "/admin/shipping-options",
            json=payload,
            headers=custom_headers,
            causes_of_500="an amount is not an integer, or requirements is null",
        )

    def update(
        self, id: str, payload: AdminPostShippingOptionsOptionReq, custom_headers: Headers = None
    ) -> AdminShippingOptionsRes:
        """Change a shipping option. Return it, as `.shipping_option`.

        `POST /admin/shipping-options/{id}`

        `payload` must have the requirements that the option has afterwards; other keys that it leaves out keep their
        values. Orders keep the price that they were placed with. A call with a requirement that has no ID is not
        retried, because the backend may create it twice. Raises `ValueError` for a requirement with a negative
        amount, `MedusaNotFoundError` for an unknown shipping option, and `MedusaInvalidRequestError` for payloads like
        those for which `create` raises it and for an unknown requirement.
        """
        check_not_negative(payload, "requirements[].amount")
        return self._post(
            AdminShippingOptionsRes,
            "/admin/shipping-options/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=not has_new_parts(payload, "requirements[]"),
            causes_of_500="an amount is not an integer, or metadata is null",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminShippingOptionsDeleteRes:
        """Delete a shipping option.

        `DELETE /admin/shipping-options/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminShippingOptionsDeleteRes, "/admin/shipping-options/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminShippingOptionsRes:
        """Return the shipping option with this ID, as `.shipping_option`, with its profile, region and requirements.

        `GET /admin/shipping-options/{id}`

        The prices with tax are in `list` only. Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminShippingOptionsRes, "/admin/shipping-options/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetShippingOptionsParams | None = None, custom_headers: Headers = None
    ) -> AdminShippingOptionsListRes:
        """Return a page of shipping options, as `.shipping_options`, the newest first. A page has 50 by default.

        `GET /admin/shipping-options`

        Each option has its price with tax in `price_incl_tax` and the tax in `tax_amount`, in the smallest unit of the
        region's currency. `.count` is the number of all shipping options that match. Raises `MedusaInvalidRequestError`
        for an unknown key or a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`,
        `fields` or `order`.
        """
        return self._get(
            AdminShippingOptionsListRes,
            "/admin/shipping-options",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetShippingOptionsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ShippingOption]:
        """Return an iterator over all shipping options, which fetches a page when it is needed.

        `GET /admin/shipping-options`

        The shipping options are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "shipping_options",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
