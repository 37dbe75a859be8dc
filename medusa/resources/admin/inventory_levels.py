"""Inventory levels: the quantities of an inventory item at each stock location."""

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
    """Response with one inventory item."""

    inventory_item: InventoryItem


@entity
class AdminInventoryItemsLocationLevelsRes(Result):
    """Response with an inventory item that has only its ID and its levels."""

    inventory_item: InventoryItem


class AdminGetInventoryItemsItemParams(TypedDict, total=False):
    """Which relations and fields of an inventory item to return."""

    expand: str
    """Relations to return, separated by commas. Medusa 1.20 has no relations that it can return here."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminPostInventoryItemsItemLocationLevelsLevelReq(TypedDict, total=False):
    """The new quantities of a level."""

    stocked_quantity: int
    """The quantity in stock, including the reserved quantity. At least 0."""
    incoming_quantity: int
    """The quantity that is on its way to the location. At least 0."""


class AdminPostInventoryItemsItemLocationLevelsLevelParams(AdminGetInventoryItemsItemParams, total=False):
    """Which relations and fields of the inventory item to return."""


class AdminPostInventoryItemsItemLocationLevelsReq(TypedDict):
    """A new level: the quantities of an inventory item at a location."""

    location_id: str
    stocked_quantity: int
    """The quantity in stock. At least 0."""
    incoming_quantity: NotRequired[int]
    """The quantity that is on its way to the location. At least 0, and 0 by default."""


class AdminPostInventoryItemsItemLocationLevelsParams(AdminGetInventoryItemsItemParams, total=False):
    """Which relations and fields of the inventory item to return."""


class AdminGetInventoryItemsItemLocationLevelsParams(AdminGetInventoryItemsItemParams, total=False):
    """Options of `admin.inventory_items.list_location_levels`."""

    location_id: list[str]
    """The IDs of stock locations."""


class AdminInventoryLevels(Resource):
    """The methods of `admin.inventory_items` for levels."""

    def update_location_level(
        self,
        inventory_item_id: str,
        location_id: str,
        payload: AdminPostInventoryItemsItemLocationLevelsLevelReq,
        query: AdminPostInventoryItemsItemLocationLevelsLevelParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Set the quantities of an item at a location. Return the item as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}/location-levels/{location_id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if the item has no level at this location. Raises `MedusaInvalidRequestError` if a
        quantity is negative or malformed. Raises `MedusaServerError` if a quantity is not an integer, if the backend
        has no inventory module, or if `expand` or `fields` contains an unknown name. The backend notices such a name
        only after it has made the change.
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
            causes_of_500=f"a quantity is not an integer, {NO_MODULE_OR_NAME}",
        )

    def create_location_level(
        self,
        inventory_item_id: str,
        payload: AdminPostInventoryItemsItemLocationLevelsReq,
        query: AdminPostInventoryItemsItemLocationLevelsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Stock an inventory item at a location. Return the item as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}/location-levels`

        Raises `ValueError` if a quantity is negative. Raises `MedusaNotFoundError` if the location or the item does not
        exist. Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if the item already has a level
        at this location. Raises `MedusaServerError` if a quantity is not an integer, if the backend has no inventory
        module, or if `expand` or `fields` contains an unknown name. The backend notices such a name only after it has
        made the change.
        """
        check_not_negative(payload, "stocked_quantity", "incoming_quantity")
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels",
            inventory_item_id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=f"a quantity is not an integer, {NO_MODULE_OR_NAME}",
        )

    def delete_location_level(
        self, inventory_item_id: str, location_id: str, custom_headers: Headers = None
    ) -> AdminInventoryItemsRes:
        """Stop stocking an inventory item at a location. Return the item as `.inventory_item`, without its levels.

        `DELETE /admin/inventory-items/{inventory_item_id}/location-levels/{location_id}`

        The backend deletes a level even if some of its quantity is reserved. If the item has no level at the location,
        the call changes nothing and raises no error.

        Raises `MedusaNotFoundError` if no inventory item has this ID. Raises `MedusaServerError` if the backend has no
        inventory module.
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
        """Return the levels of an inventory item as `.inventory_item.location_levels`.

        `GET /admin/inventory-items/{inventory_item_id}/location-levels`

        The list has no pages, and is empty if no inventory item has this ID. Unlike in `retrieve`, the levels do not
        include `available_quantity`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand` or `fields` contains an unknown name, or if the backend has no inventory module.
        """
        return self._get(
            AdminInventoryItemsLocationLevelsRes,
            "/admin/inventory-items/{inventory_item_id}/location-levels",
            inventory_item_id,
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=NO_MODULE_OR_NAME,
        )
