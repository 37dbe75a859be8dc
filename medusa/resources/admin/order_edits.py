"""Order edits: change the items of an order, with or without asking the customer to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from ..pages import iterate
from .checks import check_positive
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.order_edit import OrderEdit

__all__ = [
    "AdminOrderEditDeleteRes",
    "AdminOrderEditItemChangeDeleteRes",
    "AdminOrderEditsListRes",
    "AdminOrderEditsRes",
    "AdminOrderEditsResource",
    "AdminPostOrderEditsEditLineItemsLineItemReq",
    "AdminPostOrderEditsEditLineItemsReq",
    "AdminPostOrderEditsOrderEditReq",
    "AdminPostOrderEditsReq",
    "GetOrderEditsOrderEditParams",
    "GetOrderEditsParams",
]


@entity
class AdminOrderEditsRes(Result):
    """Response with one order edit."""

    order_edit: OrderEdit


@entity
class AdminOrderEditsListRes(Result):
    """Response with a page of order edits."""

    order_edits: list[OrderEdit]
    count: int
    """The number of matching order edits on all pages."""
    offset: int
    limit: int


@entity
class AdminOrderEditDeleteRes(DeleteResponse):
    """Response with the ID of the deleted order edit."""


@entity
class AdminOrderEditItemChangeDeleteRes(DeleteResponse):
    """Response with the ID of the deleted change."""


class GetOrderEditsOrderEditParams(TypedDict, total=False):
    """Which relations and fields of an order edit to return."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class GetOrderEditsParams(TypedDict, total=False):
    """Options of `admin.order_edits.list`."""

    q: str
    """Text to find in the internal note."""
    order_id: str
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    offset: int
    """The number of order edits to skip."""
    limit: int
    """The maximum number of order edits to return. The default is 20; 0 returns all."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""


class AdminPostOrderEditsReq(TypedDict):
    """Payload of `admin.order_edits.create`."""

    order_id: str
    internal_note: NotRequired[str | None]
    """A note that the customer does not see."""
    created_by: NotRequired[str | None]
    """The ID of a user. By default, the logged-in user."""


class AdminPostOrderEditsOrderEditReq(TypedDict, total=False):
    """Payload of `admin.order_edits.update`."""

    internal_note: str | None


class AdminPostOrderEditsEditLineItemsReq(TypedDict):
    """An item to add to the order."""

    variant_id: str
    quantity: int
    """At least 1."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrderEditsEditLineItemsLineItemReq(TypedDict):
    """Payload of `admin.order_edits.update_line_item`."""

    quantity: int
    """At least 1. Call `remove_line_item` to remove an item."""


class AdminOrderEditsResource(Resource):
    """Order edits.

    An order edit has its own items, which are copies of the order's items. Amounts are integers in the smallest unit of
    the order's currency. The order changes when the customer completes the edit, or when `confirm` is called.
    """

    def retrieve(
        self,
        id: str,
        query: GetOrderEditsOrderEditParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminOrderEditsRes:
        """Return the order edit with this ID as `.order_edit`, with its `items`, its `changes` and its totals.

        `GET /admin/order-edits/{id}`

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
        """
        return self._get(
            AdminOrderEditsRes,
            "/admin/order-edits/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def list(self, query: GetOrderEditsParams | None = None, custom_headers: Headers = None) -> AdminOrderEditsListRes:
        """Return a page of order edits as `.order_edits`, newest first.

        `GET /admin/order-edits`

        `.count` is the number of all order edits that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
        """
        return self._get(
            AdminOrderEditsListRes,
            "/admin/order-edits",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: GetOrderEditsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[OrderEdit]:
        """Return an iterator over all order edits. Each page is fetched when it is needed.

        `GET /admin/order-edits`

        The order edits are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "order_edits",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def create(self, payload: AdminPostOrderEditsReq, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Create an order edit without changes and return it as `.order_edit`.

        `POST /admin/order-edits`

        Raises `MedusaNotFoundError` if the order does not exist. Raises `MedusaInvalidRequestError` if a value is
        missing or malformed, or if the order has another edit that is not confirmed, declined or canceled.
        """
        return self._post(AdminOrderEditsRes, "/admin/order-edits", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostOrderEditsOrderEditReq, custom_headers: Headers = None
    ) -> AdminOrderEditsRes:
        """Change the note of an order edit and return the order edit as `.order_edit`.

        `POST /admin/order-edits/{id}`

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaInvalidRequestError` if a value is
        malformed.
        """
        return self._post(
            AdminOrderEditsRes, "/admin/order-edits/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminOrderEditDeleteRes:
        """Delete an order edit that has not been requested.

        `DELETE /admin/order-edits/{id}`

        The result is the same if no order edit has this ID.

        Raises `MedusaInvalidRequestError` if the order edit was requested, confirmed, declined or canceled.
        """
        return self._delete(AdminOrderEditDeleteRes, "/admin/order-edits/{id}", id, headers=custom_headers)

    def add_line_item(
        self, id: str, payload: AdminPostOrderEditsEditLineItemsReq, custom_headers: Headers = None
    ) -> AdminOrderEditsRes:
        """Add an item and return the order edit as `.order_edit`.

        `POST /admin/order-edits/{id}/items`

        The backend does not check whether the variant is in stock.

        Raises `ValueError` if the quantity is not greater than 0. Raises `MedusaNotFoundError` if no order edit has
        this ID. Raises `MedusaInvalidRequestError` if the variant does not exist, if a value is missing or malformed,
        or if the order edit is confirmed, declined or canceled.
        """
        check_positive(payload, "quantity")
        return self._post(AdminOrderEditsRes, "/admin/order-edits/{id}/items", id, json=payload, headers=custom_headers)

    def delete_item_change(
        self, order_edit_id: str, item_change_id: str, custom_headers: Headers = None
    ) -> AdminOrderEditItemChangeDeleteRes:
        """Undo one of the `changes` of an order edit.

        `DELETE /admin/order-edits/{order_edit_id}/changes/{item_change_id}`

        Undoing the update of an item also removes the item from the order edit. Confirming the order edit then removes
        the item from the order.

        Raises `MedusaNotFoundError` if the change does not exist or was already deleted.
        """
        return self._delete(
            AdminOrderEditItemChangeDeleteRes,
            "/admin/order-edits/{order_edit_id}/changes/{item_change_id}",
            order_edit_id,
            item_change_id,
            headers=custom_headers,
        )

    def request_confirmation(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Ask the customer to accept the order edit and return it as `.order_edit`.

        `POST /admin/order-edits/{id}/request`

        If the customer must pay a difference, the order edit gets a `payment_collection_id`. The call is not retried if
        the backend may have processed it, because requesting a canceled order edit again creates another payment
        collection.

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaInvalidRequestError` if the order edit
        has no changes.
        """
        return self._post(AdminOrderEditsRes, "/admin/order-edits/{id}/request", id, headers=custom_headers)

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Cancel an order edit and return it as `.order_edit`.

        `POST /admin/order-edits/{id}/cancel`

        Canceling a canceled order edit again changes nothing.

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaInvalidRequestError` if the order edit
        is confirmed or declined.
        """
        return self._post(
            AdminOrderEditsRes, "/admin/order-edits/{id}/cancel", id, headers=custom_headers, repeatable=True
        )

    def confirm(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Apply an order edit to the order without waiting for the customer. Return the order edit as `.order_edit`.

        `POST /admin/order-edits/{id}/confirm`

        The items of the order then have new IDs, which are the IDs of the order edit's items. `original_item_id` of an
        item is its previous ID. The backend charges no money, and also confirms an order edit that was never requested.
        Confirming a confirmed order edit again changes nothing.

        Raises `MedusaNotFoundError` if no order edit has this ID. Raises `MedusaInvalidRequestError` if the order edit
        is declined or canceled.
        """
        return self._post(
            AdminOrderEditsRes, "/admin/order-edits/{id}/confirm", id, headers=custom_headers, repeatable=True
        )

    def update_line_item(
        self,
        order_edit_id: str,
        item_id: str,
        payload: AdminPostOrderEditsEditLineItemsLineItemReq,
        custom_headers: Headers = None,
    ) -> AdminOrderEditsRes:
        """Set the quantity of an item and return the order edit as `.order_edit`.

        `POST /admin/order-edits/{order_edit_id}/items/{item_id}`

        `item_id` is the ID of one of the order edit's own `items`, not of the order's items.

        Raises `ValueError` if the quantity is not greater than 0. Raises `MedusaNotFoundError` if the item does not
        exist. Raises `MedusaInvalidRequestError` if the order edit is confirmed, declined or canceled.
        """
        check_positive(payload, "quantity")
        return self._post(
            AdminOrderEditsRes,
            "/admin/order-edits/{order_edit_id}/items/{item_id}",
            order_edit_id,
            item_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def remove_line_item(self, order_edit_id: str, item_id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Remove an item and return the order edit as `.order_edit`.

        `DELETE /admin/order-edits/{order_edit_id}/items/{item_id}`

        `item_id` is the ID of one of the order edit's own `items`, not of the order's items. Removing an item again
        changes nothing.

        Raises `MedusaInvalidRequestError` if the order edit is confirmed, declined or canceled.
        """
        return self._delete(
            AdminOrderEditsRes,
            "/admin/order-edits/{order_edit_id}/items/{item_id}",
            order_edit_id,
            item_id,
            headers=custom_headers,
        )
