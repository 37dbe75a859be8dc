"""Shipping options: the ways of shipping in a region."""

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
    """Response with one shipping option."""

    shipping_option: ShippingOption


@entity
class AdminShippingOptionsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted shipping option."""


@entity
class AdminShippingOptionsListRes(Result):
    """Response with a page of shipping options."""

    shipping_options: list[ShippingOption]
    count: int
    """The number of matching shipping options on all pages."""
    offset: int
    limit: int


class AdminPostShippingOptionsReqRequirement(TypedDict):
    """The minimum or the maximum subtotal of a cart."""

    type: RequirementType | str
    amount: int
    """Smallest currency unit."""


class AdminPostShippingOptionsReq(TypedDict):
    """Payload of `admin.shipping_options.create`."""

    name: str
    region_id: str
    provider_id: str
    """The ID of a fulfillment provider of the region."""
    profile_id: NotRequired[str | None]
    """The ID of a shipping profile. If it is not given, Medusa uses the default profile."""
    data: dict[str, Any]
    """One of the provider's `options` from `admin.regions.retrieve_fulfillment_options`."""
    price_type: ShippingOptionPriceType | str
    amount: NotRequired[int | None]
    """Smallest currency unit. Required for a flat rate."""
    requirements: NotRequired[list[AdminPostShippingOptionsReqRequirement]]
    """At most one requirement of each type."""
    admin_only: NotRequired[bool]
    """Whether to hide the option from storefronts. False by default."""
    is_return: NotRequired[bool]
    """Whether the option is for returns. False by default. This value cannot be changed later."""
    metadata: NotRequired[dict[str, Any] | None]
    includes_tax: NotRequired[bool]
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing accepts this key."""


class AdminPostShippingOptionsOptionReqRequirement(AdminPostShippingOptionsReqRequirement):
    """The minimum or the maximum subtotal of a cart."""

    id: NotRequired[str]
    """The ID of the requirement to change. Without an ID, the backend adds a requirement."""


class AdminPostShippingOptionsOptionReq(TypedDict):
    """Payload of `admin.shipping_options.update`."""

    requirements: list[AdminPostShippingOptionsOptionReqRequirement]
    """Required: all requirements, at most one of each type. They replace the current ones. An empty list removes all.
    """
    name: NotRequired[str]
    """The published type requires this key, but the backend does not."""
    amount: NotRequired[int | None]
    """Smallest currency unit. Must not be None for a flat rate."""
    price_type: NotRequired[ShippingOptionPriceType | str]
    admin_only: NotRequired[bool]
    metadata: NotRequired[dict[str, Any]]
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""
    includes_tax: NotRequired[bool]
    """Whether `amount` includes tax. Only a backend with tax-inclusive pricing accepts this key."""


class AdminGetShippingOptionsParams(TypedDict, total=False):
    """Options of `admin.shipping_options.list`. A shipping option must match all filters."""

    id: str | list[str]
    q: str
    """Text to find in the name, ignoring case."""
    name: str
    """The exact name, case-sensitive."""
    region_id: str
    is_return: bool
    admin_only: bool
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    deleted_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    expand: str
    """Relations to return instead of the default ones, separated by commas. The default ones are `profile`, `region`
    and `requirements`.
    """
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    limit: int
    """The maximum number of shipping options to return. The default is 50; 0 returns all."""
    offset: int
    """The number of shipping options to skip."""


class AdminShippingOptionsResource(Resource):
    """Shipping options."""

    def create(self, payload: AdminPostShippingOptionsReq, custom_headers: Headers = None) -> AdminShippingOptionsRes:
        """Create a shipping option and return it as `.shipping_option`.

        `POST /admin/shipping-options`

        Amounts are in the smallest unit of the region's currency. The fulfillment provider decides whether `data` is
        valid.

        Raises `ValueError` if the amount of a requirement is negative. Raises `MedusaInvalidRequestError` if a flat
        rate has no amount or a negative one, if requirements contradict each other, if the region does not have the
        provider, if the provider cannot calculate prices, or if a value is missing or malformed. Raises
        `MedusaNotFoundError` if the region or the shipping profile does not exist. Raises `MedusaServerError` if an
        amount is not an integer, or if `requirements` is None.
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
        """Change a shipping option and return it as `.shipping_option`.

        `POST /admin/shipping-options/{id}`

        `requirements` must contain all requirements to keep. Other keys that you leave out keep their values. The
        prices in existing orders do not change. A call with a requirement that has no ID is not retried, because the
        backend may create it twice.

        Raises `ValueError` if the amount of a requirement is negative. Raises `MedusaNotFoundError` if no shipping
        option has this ID. Raises `MedusaInvalidRequestError` in the same cases as `create`, or if a requirement does
        not exist. Raises `MedusaServerError` if an amount is not an integer, or if `metadata` is None.
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

        The result is the same if no shipping option has this ID.
        """
        return self._delete(AdminShippingOptionsDeleteRes, "/admin/shipping-options/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminShippingOptionsRes:
        """Return the shipping option with this ID as `.shipping_option`, with its profile, region and requirements.

        `GET /admin/shipping-options/{id}`

        Only `list` returns prices with tax.

        Raises `MedusaNotFoundError` if no shipping option has this ID.
        """
        return self._get(AdminShippingOptionsRes, "/admin/shipping-options/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetShippingOptionsParams | None = None, custom_headers: Headers = None
    ) -> AdminShippingOptionsListRes:
        """Return a page of shipping options as `.shipping_options`, newest first.

        `GET /admin/shipping-options`

        A page has 50 shipping options by default. Each option has its price with tax in `price_incl_tax` and the tax in
        `tax_amount`, in the smallest unit of the region's currency. `.count` is the number of all shipping options that
        match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
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
        """Return an iterator over all shipping options. Each page is fetched when it is needed.

        `GET /admin/shipping-options`

        The shipping options are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
