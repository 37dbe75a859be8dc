"""Inventory items: what is kept in stock, and how many of each at which location."""

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
    """The ID of the deleted inventory item."""


@entity
class AdminInventoryItemsListWithVariantsAndLocationLevelsRes(Result):
    """A page of inventory items."""

    inventory_items: list[InventoryItem]
    count: int
    """How many inventory items match in all."""
    offset: int
    limit: int


class AdminPostInventoryItemsInventoryItemReq(TypedDict, total=False):
    """What to change of an inventory item."""

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
    """In the unit that the shop uses, as the lengths are."""
    height: int | None
    length: int | None
    width: int | None


class AdminPostInventoryItemsInventoryItemParams(AdminGetInventoryItemsItemParams, total=False):
    """What to send of the inventory item."""


class AdminPostInventoryItemsReq(TypedDict):
    """A new inventory item."""

    variant_id: str
    """The ID of the variant that is sold from it. The variant must have no inventory item yet."""
    sku: NotRequired[str | None]
    """Must not be that of another inventory item. The variant's own SKU if it is not given."""
    title: NotRequired[str | None]
    description: NotRequired[str | None]
    thumbnail: NotRequired[str | None]
    """A URL."""
    origin_country: NotRequired[str | None]
    hs_code: NotRequired[str | None]
    mid_code: NotRequired[str | None]
    material: NotRequired[str | None]
    weight: NotRequired[int | None]
    """In the unit that the shop uses, as the lengths are."""
    height: NotRequired[int | None]
    length: NotRequired[int | None]
    width: NotRequired[int | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostInventoryItemsParams(AdminGetInventoryItemsItemParams, total=False):
    """What to send of the new inventory item."""


class AdminGetInventoryItemsParams(AdminGetInventoryItemsItemParams, total=False):
    """Which inventory items to list. All filters that are given must hold."""

    id: str | list[str]
    q: str
    """A text to find in the SKU, the title and the description, in any case."""
    location_id: str | list[str]
    """The IDs of stock locations. The items that have a level at one of them are listed."""
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
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 20 by default; 0 for all inventory items."""
    offset: int
    """How many inventory items to skip."""


class AdminInventoryItemsResource(AdminInventoryLevels):
    """Inventory items. Only a backend with the inventory module has them; another one answers 500.

    A level says how many of an item are at one stock location.
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
        """Return the inventory item with this ID, as `.inventory_item`, with its levels and their sums.

        `GET /admin/inventory-items/{inventory_item_id}`

        Raises `MedusaNotFoundError` for an unknown ID, and `MedusaServerError` for an unknown name in `expand` or
        `fields`.
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
        """Change an inventory item. Return it, as `.inventory_item`, without its levels.

        `POST /admin/inventory-items/{inventory_item_id}`

        Keys that the payload leaves out keep their values. Raises `MedusaNotFoundError` for an unknown item,
        `MedusaInvalidRequestError` for a malformed value and for the SKU of another item, and `MedusaServerError` for
        an unknown name in `query`. The backend notices such a name only after it has made the change.
        """
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items/{inventory_item_id}",
            inventory_item_id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=f"a weight or length is no integer, {NO_MODULE_OR_NAME}",
        )

    def delete(self, inventory_item_id: str, custom_headers: Headers = None) -> AdminInventoryItemsDeleteRes:
        """Delete an inventory item with its levels. Its variant stays.

        `DELETE /admin/inventory-items/{inventory_item_id}`

        The result is the same for an unknown ID.
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
        """Create an inventory item for a variant. Return it, as `.inventory_item`, without levels.

        `POST /admin/inventory-items`

        Medusa makes an item for each new variant; this is for a variant that has none. Raises
        `MedusaInvalidRequestError` for a missing or malformed value, and `MedusaServerError` for an unknown variant,
        for one that has an item already, for the SKU of another item, and for an unknown name in `query`.
        """
        return self._post(
            AdminInventoryItemsRes,
            "/admin/inventory-items",
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=(
                f"the variant is unknown or has an inventory item, another item has the SKU, {NO_MODULE_OR_NAME}"
            ),
        )

    def list(
        self, query: AdminGetInventoryItemsParams | None = None, custom_headers: Headers = None
    ) -> AdminInventoryItemsListWithVariantsAndLocationLevelsRes:
        """Return a page of inventory items, as `.inventory_items`, the newest first. A page has 20 by default.

        `GET /admin/inventory-items`

        Each has its levels, their sums and its variants; None stands for a variant that was deleted. `.count` is the
        number of all inventory items that match. Raises `MedusaInvalidRequestError` for an unknown key or a malformed
        value in `query`, and `MedusaServerError` for an unknown name in `fields` or `order`.
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
        """Return an iterator over all inventory items, which fetches a page when it is needed.

        `GET /admin/inventory-items`

        The inventory items are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
