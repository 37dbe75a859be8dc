"""Levels: how many of an inventory item are at which stock location."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .checks import check_not_negative

if TYPE_CHECKING:
    from ...models.inventory import InventoryItem

__all__ = [
    "AdminGetInventoryItemsItemLocationLevelsParams",
    "AdminGetInventoryItemsItemParams",
    "AdminInventoryItemsLocationLevelsRes",
    "AdminInventoryItemsRes",
    "AdminInventoryLevels",
    "AdminPostInventoryItemsItemLocationLevelsLevelParams",
    "AdminPostInventoryItemsItemLocationLevelsLevelReq",
    "AdminPostInventoryItemsItemLocationLevelsParams",
    "AdminPostInventoryItemsItemLocationLevelsReq",
]

NO_MODULE = "the backend has no inventory module"
NO_MODULE_OR_NAME = f"expand or fields has an unknown name, or {NO_MODULE}"


@entity
class AdminInventoryItemsRes(Result):
    """An inventory item."""

    inventory_item: InventoryItem


@entity
class AdminInventoryItemsLocationLevelsRes(Result):
    """An inventory item, of which only the ID and the levels are loaded."""

    inventory_item: InventoryItem


class AdminGetInventoryItemsItemParams(TypedDict, total=False):
    """What to send of an inventory item."""

    expand: str
    """Relations to send, separated by commas. Medusa 1.20 has none that it can send here."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminPostInventoryItemsItemLocationLevelsLevelReq(TypedDict, total=False):
    """The new quantities of a level."""

    stocked_quantity: int
    """How many are in stock, the reserved ones included. At least 0."""
    incoming_quantity: int
    """How many are on their way to the location. At least 0."""


class AdminPostInventoryItemsItemLocationLevelsLevelParams(AdminGetInventoryItemsItemParams, total=False):
    """What to send of the inventory item."""


class AdminPostInventoryItemsItemLocationLevelsReq(TypedDict):
    """A new level: how many of an inventory item a location has."""

    location_id: str
    stocked_quantity: int
    """How many are in stock. At least 0."""
    incoming_quantity: NotRequired[int]
    """How many are on their way to the location. At least 0, which is the default."""


class AdminPostInventoryItemsItemLocationLevelsParams(AdminGetInventoryItemsItemParams, total=False):
    """What to send of the inventory item."""


class AdminGetInventoryItemsItemLocationLevelsParams(AdminGetInventoryItemsItemParams, total=False):
    """Which levels of an inventory item to list, and what to send of each."""

    location_id: list[str]
    """The IDs of stock locations."""


class AdminInventoryLevels(Resource):
    """Sets how many of an inventory item are where."""

    def update_location_level(
        self,
        inventory_item_id: str,
        location_id: str,
        payload: AdminPostInventoryItemsItemLocationLevelsLevelReq,
        query: AdminPostInventoryItemsItemLocationLevelsLevelParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Set how many of an inventory item a location has. Return the item, as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}/location-levels/{location_id}`

        Quantities that the payload leaves out stay. Raises `MedusaNotFoundError` if the item has no level at this
        location, `MedusaInvalidRequestError` for a negative or malformed quantity, and `MedusaServerError` for an
        unknown name in `query`. The backend notices such a name only after it has made the change.
        """
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels/{location_id}",
            inventory_item_id,
            location_id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=f"a quantity is no integer, {NO_MODULE_OR_NAME}",
        )

    def create_location_level(
        self,
        inventory_item_id: str,
        payload: AdminPostInventoryItemsItemLocationLevelsReq,
        query: AdminPostInventoryItemsItemLocationLevelsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Stock an inventory item at a location. Return the item, as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}/location-levels`

        Raises `ValueError` for a negative quantity, `MedusaNotFoundError` for an unknown location or item,
        `MedusaInvalidRequestError` for a missing or malformed value and if the item has a level at this location, and
        `MedusaServerError` for an unknown name in `query`. The backend notices such a name only after it has made the
        change.
        """
        check_not_negative(payload, "stocked_quantity", "incoming_quantity")
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels",
            inventory_item_id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=f"a quantity is no integer, {NO_MODULE_OR_NAME}",
        )

    def delete_location_level(
        self, inventory_item_id: str, location_id: str, custom_headers: Headers = None
    ) -> AdminInventoryItemsRes:
        """Stop stocking an inventory item at a location. Return the item, as `.inventory_item`, without its levels.

        `DELETE /admin/inventory-items/{inventory_item_id}/location-levels/{location_id}`

        The backend deletes a level of which some are reserved, too. A location where the item has no level is no error.
        Raises `MedusaNotFoundError` for an unknown item.
        """
        return self._delete(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels/{location_id}",
            inventory_item_id,
            location_id,
            headers=custom_headers,
            causes_of_500=NO_MODULE,
        )

    def list_location_levels(
        self,
        inventory_item_id: str,
        query: AdminGetInventoryItemsItemLocationLevelsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsLocationLevelsRes:
        """Return the levels of an inventory item, as `.inventory_item.location_levels`.

        `GET /admin/inventory-items/{inventory_item_id}/location-levels`

        There are no pages. The levels lack `available_quantity`, which those of `retrieve` have. An unknown item has no
        levels; that is no error. Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`,
        and `MedusaServerError` for an unknown name in `expand` or `fields`.
        """
        return self._get(
            AdminInventoryItemsLocationLevelsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels",
            inventory_item_id,
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=NO_MODULE_OR_NAME,
        )
