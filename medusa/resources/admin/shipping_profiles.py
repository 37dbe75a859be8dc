"""Shipping profiles: which products are shipped in which ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.shipping_profile import ShippingProfile, ShippingProfileType

__all__ = [
    "AdminDeleteShippingProfileRes",
    "AdminPostShippingProfilesProfileReq",
    "AdminPostShippingProfilesReq",
    "AdminShippingProfilesListRes",
    "AdminShippingProfilesRes",
    "AdminShippingProfilesResource",
]


@entity
class AdminShippingProfilesRes(Result):
    """A shipping profile."""

    shipping_profile: ShippingProfile


@entity
class AdminDeleteShippingProfileRes(DeleteResponse):
    """The ID of the deleted shipping profile."""


@entity
class AdminShippingProfilesListRes(Result):
    """All shipping profiles."""

    shipping_profiles: list[ShippingProfile]


class AdminPostShippingProfilesReq(TypedDict):
    """A new shipping profile."""

    name: str
    type: ShippingProfileType | str
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostShippingProfilesProfileReq(TypedDict, total=False):
    """What to change of a shipping profile."""

    name: str
    type: ShippingProfileType | str
    products: list[str]
    """The IDs of products to add. Each leaves the profile that it is in. Unknown IDs are ignored."""
    shipping_options: list[str]
    """The IDs of shipping options to add. Each leaves the profile that it is in. Unknown IDs are ignored."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; the other keys stay."""


class AdminShippingProfilesResource(Resource):
    """Shipping profiles. A product can be shipped with the shipping options of its profile."""

    def create(self, payload: AdminPostShippingProfilesReq, custom_headers: Headers = None) -> AdminShippingProfilesRes:
        """Create a shipping profile. Return it, as `.shipping_profile`, without products and shipping options.

        `POST /admin/shipping-profiles`

        A second profile may have the same name. Raises `MedusaInvalidRequestError` for an unknown type and for a
        missing or malformed value.
        """
        return self._post(AdminShippingProfilesRes, "/admin/shipping-profiles", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostShippingProfilesProfileReq, custom_headers: Headers = None
    ) -> AdminShippingProfilesRes:
        """Change a shipping profile. Return it, as `.shipping_profile`, with its products and shipping options.

        `POST /admin/shipping-profiles/{id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown profile, and
        `MedusaInvalidRequestError` for an unknown type and for a malformed value.
        """
        return self._post(
            AdminShippingProfilesRes,
            "/admin/shipping-profiles/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDeleteShippingProfileRes:
        """Delete a shipping profile.

        `DELETE /admin/shipping-profiles/{id}`

        The result is the same for an unknown ID.
        """
        return self._delete(AdminDeleteShippingProfileRes, "/admin/shipping-profiles/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminShippingProfilesRes:
        """Return the shipping profile with this ID, as `.shipping_profile`, with its products and shipping options.

        `GET /admin/shipping-profiles/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminShippingProfilesRes, "/admin/shipping-profiles/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminShippingProfilesListRes:
        """Return all shipping profiles, as `.shipping_profiles`, without products and shipping options.

        `GET /admin/shipping-profiles`

        There are no pages, and no order is promised.
        """
        return self._get(AdminShippingProfilesListRes, "/admin/shipping-profiles", headers=custom_headers)
