"""Inventory items: the items that are kept in stock, and their quantity at each location."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Result, selection
from ..pages import iterate
from .deletion import DeleteResponse
from .inventory_levels import (
    NO_MODULE,
    NO_MODULE_OR_NAME,
    AdminGetInventoryItemsItemParams,
    AdminInventoryItemsRes,
    AdminInventoryLevels,
)

if TYPE_CHECKING:
    from ...models.inventory import InventoryItem
    from ..comparisons import NumericalComparisonOperator, StringComparisonOperator

__all__ = [
    "AdminGetInventoryItemsParams",
    "AdminInventoryItemsDeleteRes",
    "AdminInventoryItemsListWithVariantsAndLocationLevelsRes",
    "AdminInventoryItemsResource",
    "AdminPostInventoryItemsInventoryItemParams",
    "AdminPostInventoryItemsInventoryItemReq",
    "AdminPostInventoryItemsParams",
    "AdminPostInventoryItemsReq",
]


@entity
class AdminInventoryItemsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted inventory item."""


@entity
class AdminInventoryItemsListWithVariantsAndLocationLevelsRes(Result):
    """Response with a page of inventory items."""

    inventory_items: list[InventoryItem]
    count: int
    """The number of matching inventory items on all pages."""
    offset: int
    limit: int


class AdminPostInventoryItemsInventoryItemReq(TypedDict, total=False):
    """Payload of `admin.inventory_items.update`. Keys that you leave out keep their values."""

    sku: str | None
    title: str | None
    description: str | None
    thumbnail: str | None
    """A URL."""
    requires_shipping: bool
    origin_country: str | None
    hs_code: str | None
    mid_code: str | None
    material: str | None
    weight: int | None
    """In the unit that the shop uses, like the lengths."""
    height: int | None
    length: int | None
    width: int | None


class AdminPostInventoryItemsInventoryItemParams(AdminGetInventoryItemsItemParams, total=False):
    """Which relations and fields of the inventory item to return."""


class AdminPostInventoryItemsReq(TypedDict):
    """Payload of `admin.inventory_items.create`."""

    variant_id: str
    """The ID of the variant that the item is for. The variant must not have an inventory item yet."""
    sku: NotRequired[str | None]
    """Must not be the SKU of another inventory item. By default, the SKU of the variant."""
    title: NotRequired[str | None]
    description: NotRequired[str | None]
    thumbnail: NotRequired[str | None]
    """A URL."""
    origin_country: NotRequired[str | None]
    hs_code: NotRequired[str | None]
    mid_code: NotRequired[str | None]
    material: NotRequired[str | None]
    weight: NotRequired[int | None]
    """In the unit that the shop uses, like the lengths."""
    height: NotRequired[int | None]
    length: NotRequired[int | None]
    width: NotRequired[int | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostInventoryItemsParams(AdminGetInventoryItemsItemParams, total=False):
    """Which relations and fields of the new inventory item to return."""


class AdminGetInventoryItemsParams(AdminGetInventoryItemsItemParams, total=False):
    """Options of `admin.inventory_items.list`. An inventory item must match all filters."""

    id: str | list[str]
    q: str
    """Text to find in the SKU, the title and the description, ignoring case."""
    location_id: str | list[str]
    """The IDs of stock locations. An item matches if it has a level at one of them."""
    sku: str | list[str]
    origin_country: str | list[str]
    mid_code: str | list[str]
    material: str | list[str]
    hs_code: str | list[str] | StringComparisonOperator
    weight: int | NumericalComparisonOperator
    length: int | NumericalComparisonOperator
    height: int | NumericalComparisonOperator
    width: int | NumericalComparisonOperator
    requires_shipping: bool
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of inventory items to return. The default is 20; 0 returns all."""
    offset: int
    """The number of inventory items to skip."""


class AdminInventoryItemsResource(AdminInventoryLevels):
    """Inventory items. They require the inventory module: a backend without this module responds with 500.

    A level is the quantity of an item at one stock location.
    """

    def retrieve(
        self,
        inventory_item_id: str,
        query: AdminGetInventoryItemsItemParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminInventoryItemsRes:
        """Return the inventory item with this ID as `.inventory_item`, with its levels and their sums.

        `GET /admin/inventory-items/{inventory_item_id}`

        Raises `MedusaNotFoundError` if no inventory item has this ID. Raises `MedusaServerError` if `expand` or
        `fields` contains an unknown name, or if the backend has no inventory module.
        """
        return self._get(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}",
            inventory_item_id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500=NO_MODULE_OR_NAME,
        )

    def update(
        self,
        inventory_item_id: str,
        payload: AdminPostInventoryItemsInventoryItemReq,
        query: AdminPostInventoryItemsInventoryItemParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Change an inventory item and return it as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}`

        Keys that you leave out keep their values.

        Raises `MedusaNotFoundError` if no inventory item has this ID. Raises `MedusaInvalidRequestError` if a value is
        malformed or another item has the same SKU. Raises `MedusaServerError` if a weight or length is not an integer,
        if the backend has no inventory module, or if `expand` or `fields` contains an unknown name. The backend notices
        such a name only after it has made the change.
        """
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}",
            inventory_item_id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=f"a weight or length is not an integer, {NO_MODULE_OR_NAME}",
        )

    def delete(self, inventory_item_id: str, custom_headers: Headers = None) -> AdminInventoryItemsDeleteRes:
        """Delete an inventory item and its levels. Its variant remains.

        `DELETE /admin/inventory-items/{inventory_item_id}`

        The result is the same if no inventory item has this ID.

        Raises `MedusaServerError` if the backend has no inventory module.
        """
        return self._delete(
            AdminInventoryItemsDeleteRes,
            "/admin/inventory-items/{inventory_item_id}",
            inventory_item_id,
            headers=custom_headers,
            causes_of_500=NO_MODULE,
        )

    def create(
        self,
        payload: AdminPostInventoryItemsReq,
        query: AdminPostInventoryItemsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminInventoryItemsRes:
        """Create an inventory item for a variant and return it as `.inventory_item`, without levels.

        `POST /admin/inventory-items`

        Medusa creates an inventory item for each new variant. Use this method for a variant that has none.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed. Raises `MedusaServerError` if the variant
        does not exist or already has an inventory item, if another item has the same SKU, if `expand` or `fields`
        contains an unknown name, or if the backend has no inventory module.
        """
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items",
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=(
                f"the variant is unknown or already has an item, another item has the SKU, {NO_MODULE_OR_NAME}"
            ),
        )

    def list(
        self, query: AdminGetInventoryItemsParams | None = None, custom_headers: Headers = None
    ) -> AdminInventoryItemsListWithVariantsAndLocationLevelsRes:
        """Return a page of inventory items as `.inventory_items`, newest first.

        `GET /admin/inventory-items`

        A page has 20 inventory items by default. Each item includes its levels, their sums and its variants. A deleted
        variant is None. `.count` is the number of all inventory items that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `fields` or `order` contains an unknown name, if `limit` or `offset` is negative, or if
        the backend has no inventory module.
        """
        return self._get(
            AdminInventoryItemsListWithVariantsAndLocationLevelsRes,
            "/admin/inventory-items",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=f"fields or order has an unknown name, limit or offset is negative, or {NO_MODULE}",
        )

    def iterate(
        self,
        query: AdminGetInventoryItemsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[InventoryItem]:
        """Return an iterator over all inventory items. Each page is fetched when it is needed.

        `GET /admin/inventory-items`

        The inventory items are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "inventory_items",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
