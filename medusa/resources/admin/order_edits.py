"""Order edits: propose to a customer that the items of an order change, or change them at once."""

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
    """An order edit."""

    order_edit: OrderEdit


@entity
class AdminOrderEditsListRes(Result):
    """A page of order edits."""

    order_edits: list[OrderEdit]
    count: int
    """How many order edits match in all."""
    offset: int
    limit: int


@entity
class AdminOrderEditDeleteRes(DeleteResponse):
    """The ID of the deleted order edit."""


@entity
class AdminOrderEditItemChangeDeleteRes(DeleteResponse):
    """The ID of the deleted change."""


class GetOrderEditsOrderEditParams(TypedDict, total=False):
    """What to send of an order edit."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class GetOrderEditsParams(TypedDict, total=False):
    """Which order edits to list."""

    q: str
    """A text to find in the internal note."""
    order_id: str
    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    offset: int
    """How many order edits to skip."""
    limit: int
    """The size of the page, 20 by default; 0 for all order edits."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""


class AdminPostOrderEditsReq(TypedDict):
    """A new order edit."""

    order_id: str
    internal_note: NotRequired[str | None]
    """A note that the customer does not see."""
    created_by: NotRequired[str | None]
    """The ID of a user. The backend fills in the logged-in user if this is not given."""


class AdminPostOrderEditsOrderEditReq(TypedDict, total=False):
    """What to change of an order edit."""

    internal_note: str | None


class AdminPostOrderEditsEditLineItemsReq(TypedDict):
    """An item to add to the order."""

    variant_id: str
    quantity: int
    """At least 1."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostOrderEditsEditLineItemsLineItemReq(TypedDict):
    """What to change of an item."""

    quantity: int
    """At least 1. To remove an item, call `remove_line_item`."""


class AdminOrderEditsResource(Resource):
    """Order edits.

    An order edit has items of its own, copies of the order's. Amounts are integers in the smallest unit of the order's
    currency. The order changes when the customer completes the edit, or when `confirm` is called.
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
        """Return the order edit with this ID, as `.order_edit`, with its `items`, its `changes` and its totals.

        `GET /admin/order-edits/{id}`

        Raises `MedusaNotFoundError` for an unknown ID and `MedusaServerError` for an unknown name in `expand` or
        `fields`.
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
        """Return a page of order edits, as `.order_edits`, the newest first.

        `GET /admin/order-edits`

        `.count` is the number of all order edits that match. Raises `MedusaInvalidRequestError` for an unknown key or a
        malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`.
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
        """Return an iterator over all order edits, which fetches a page when it is needed.

        `GET /admin/order-edits`

        The order edits are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
        """Create an order edit that changes nothing yet. Return it, as `.order_edit`.

        `POST /admin/order-edits`

        Raises `MedusaNotFoundError` for an unknown order, and `MedusaInvalidRequestError` if a value is missing or
        malformed, or if the order has another edit that is neither confirmed, declined nor canceled.
        """
        return self._post(AdminOrderEditsRes, "/admin/order-edits", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostOrderEditsOrderEditReq, custom_headers: Headers = None
    ) -> AdminOrderEditsRes:
        """Change the note of an order edit. Return the order edit, as `.order_edit`.

        `POST /admin/order-edits/{id}`

        Raises `MedusaNotFoundError` for an unknown ID and `MedusaInvalidRequestError` for a malformed value.
        """
        return self._post(
            AdminOrderEditsRes, "/admin/order-edits/{id}", id, json=payload, headers=custom_headers, repeatable=True
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminOrderEditDeleteRes:
        """Delete an order edit that was not requested yet.

        `DELETE /admin/order-edits/{id}`

        The result is the same for an unknown ID. Raises `MedusaInvalidRequestError` for an order edit that was
        requested, confirmed, declined or canceled.
        """
        return self._delete(AdminOrderEditDeleteRes, "/admin/order-edits/{id}", id, headers=custom_headers)

    def add_line_item(
        self, id: str, payload: AdminPostOrderEditsEditLineItemsReq, custom_headers: Headers = None
    ) -> AdminOrderEditsRes:
        """Add an item. Return the order edit, as `.order_edit`.

        `POST /admin/order-edits/{id}/items`

        The backend does not look whether the variant is in stock. Raises `ValueError` for a quantity below 1,
        `MedusaNotFoundError` for an unknown order edit, and `MedusaInvalidRequestError` for an unknown variant, if a
        value is missing or malformed, or if the order edit is confirmed, declined or canceled.
        """
        check_positive(payload, "quantity")
        return self._post(AdminOrderEditsRes, "/admin/order-edits/{id}/items", id, json=payload, headers=custom_headers)

    def delete_item_change(
        self, order_edit_id: str, item_change_id: str, custom_headers: Headers = None
    ) -> AdminOrderEditItemChangeDeleteRes:
        """Take back one of the `changes` of an order edit.

        `DELETE /admin/order-edits/{order_edit_id}/changes/{item_change_id}`

        Taking back the update of an item also removes the item from the order edit: confirming the order edit then
        removes it from the order. Raises `MedusaNotFoundError` for an unknown change, or one that was deleted before.
        """
        return self._delete(
            AdminOrderEditItemChangeDeleteRes,
            "/admin/order-edits/{order_edit_id}/changes/{item_change_id}",
            order_edit_id,
            item_change_id,
            headers=custom_headers,
        )

    def request_confirmation(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Ask the customer to accept the order edit. Return it, as `.order_edit`.

        `POST /admin/order-edits/{id}/request`

        If the customer has to pay more, the order edit gets a `payment_collection_id`. Requesting a canceled order edit
        makes a new payment collection, so the call is not repeated blindly. Raises `MedusaNotFoundError` for an unknown
        ID and `MedusaInvalidRequestError` for an order edit without changes.
        """
        return self._post(AdminOrderEditsRes, "/admin/order-edits/{id}/request", id, headers=custom_headers)

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Cancel an order edit. Return it, as `.order_edit`.

        `POST /admin/order-edits/{id}/cancel`

        Canceling again changes nothing. Raises `MedusaNotFoundError` for an unknown ID and `MedusaInvalidRequestError`
        for an order edit that is confirmed or declined.
        """
        return self._post(
            AdminOrderEditsRes, "/admin/order-edits/{id}/cancel", id, headers=custom_headers, repeatable=True
        )

    def confirm(self, id: str, custom_headers: Headers = None) -> AdminOrderEditsRes:
        """Change the order without waiting for the customer. Return the order edit, as `.order_edit`.

        `POST /admin/order-edits/{id}/confirm`

        The items of the order have new IDs from then on, those of the order edit: `original_item_id` of an item is its
        ID before. The backend charges nothing, and it also confirms an order edit that was never requested. Confirming
        again changes nothing. Raises `MedusaNotFoundError` for an unknown ID and `MedusaInvalidRequestError` for an
        order edit that is declined or canceled.
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
        """Set the quantity of an item. Return the order edit, as `.order_edit`.

        `POST /admin/order-edits/{order_edit_id}/items/{item_id}`

        `item_id` is the ID of one of the order edit's own `items`, not of the order's. Raises `ValueError` for a
        quantity below 1, `MedusaNotFoundError` for an unknown item, and `MedusaInvalidRequestError` if the order edit
        is confirmed, declined or canceled.
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
        """Remove an item. Return the order edit, as `.order_edit`.

        `DELETE /admin/order-edits/{order_edit_id}/items/{item_id}`

        `item_id` is the ID of one of the order edit's own `items`, not of the order's. Removing an item again changes
        nothing. Raises `MedusaInvalidRequestError` if the order edit is confirmed, declined or canceled.
        """
        return self._delete(
            AdminOrderEditsRes,
            "/admin/order-edits/{order_edit_id}/items/{item_id}",
            order_edit_id,
            item_id,
            headers=custom_headers,
        )
