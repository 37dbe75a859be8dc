"""Shipping profiles: which shipping options are available for which products."""

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
    """Response with one shipping profile."""

    shipping_profile: ShippingProfile


@entity
class AdminDeleteShippingProfileRes(DeleteResponse):
    """Response with the ID of the deleted shipping profile."""


@entity
class AdminShippingProfilesListRes(Result):
    """Response with all shipping profiles."""

    shipping_profiles: list[ShippingProfile]


class AdminPostShippingProfilesReq(TypedDict):
    """Payload of `admin.shipping_profiles.create`."""

    name: str
    type: ShippingProfileType | str
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostShippingProfilesProfileReq(TypedDict, total=False):
    """Payload of `admin.shipping_profiles.update`. Keys that you leave out keep their values."""

    name: str
    type: ShippingProfileType | str
    products: list[str]
    """The IDs of products to add. Each product is removed from its previous profile. Unknown IDs are ignored."""
    shipping_options: list[str]
    """The IDs of shipping options to add. Each option is removed from its previous profile. Unknown IDs are ignored."""
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminShippingProfilesResource(Resource):
    """Shipping profiles. A product can be shipped only with the shipping options of its profile."""

    def create(self, payload: AdminPostShippingProfilesReq, custom_headers: Headers = None) -> AdminShippingProfilesRes:
        """Create a shipping profile and return it as `.shipping_profile`, without products and shipping options.

        `POST /admin/shipping-profiles`

        Several profiles may have the same name.

        Raises `MedusaInvalidRequestError` if the type is unknown, or if a value is missing or malformed.
        """
        return self._post(AdminShippingProfilesRes, "/admin/shipping-profiles", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostShippingProfilesProfileReq, custom_headers: Headers = None
    ) -> AdminShippingProfilesRes:
        """Change a shipping profile and return it as `.shipping_profile`, with its products and shipping options.

        `POST /admin/shipping-profiles/{id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no shipping profile has this ID. Raises `MedusaInvalidRequestError` if the type
        is unknown or a value is malformed.
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

        The result is the same if no shipping profile has this ID.
        """
        return self._delete(AdminDeleteShippingProfileRes, "/admin/shipping-profiles/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminShippingProfilesRes:
        """Return the shipping profile with this ID as `.shipping_profile`, with its products and shipping options.

        `GET /admin/shipping-profiles/{id}`

        Raises `MedusaNotFoundError` if no shipping profile has this ID.
        """
        return self._get(AdminShippingProfilesRes, "/admin/shipping-profiles/{id}", id, headers=custom_headers)

    def list(self, custom_headers: Headers = None) -> AdminShippingProfilesListRes:
        """Return all shipping profiles as `.shipping_profiles`, without products and shipping options.

        `GET /admin/shipping-profiles`

        The list has no pages, and its order is not defined.
        """
        return self._get(AdminShippingProfilesListRes, "/admin/shipping-profiles", headers=custom_headers)
