"""Line items of a cart: add, change and remove them."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from .base import Headers, Resource
from .carts import StoreCartsRes

__all__ = ["LineItemsResource", "StorePostCartsCartLineItemsItemReq", "StorePostCartsCartLineItemsReq"]


class StorePostCartsCartLineItemsReq(TypedDict):
    """Payload of `carts.line_items.create`."""

    variant_id: str
    """The ID of the variant to add."""
    quantity: int
    """The number of units to add. The backend accepts a negative number and removes units, so validate the customer's
    input."""
    metadata: NotRequired[dict[str, Any]]
    """Custom data. If the cart has an item with the same variant and equal metadata, the backend increases the quantity
    of that item. Otherwise, it adds another item."""


class StorePostCartsCartLineItemsItemReq(TypedDict):
    """Payload of `carts.line_items.update`."""

    quantity: int
    """The new number of units. 0 deletes the item."""
    metadata: NotRequired[dict[str, Any]]
    """Custom data."""


class LineItemsResource(Resource):
    """The line items of a cart.

    Every method returns the whole cart. Amounts are integers in the smallest unit of the currency of `cart.region`.
    """

    def create(
        self, cart_id: str, payload: StorePostCartsCartLineItemsReq, custom_headers: Headers = None
    ) -> StoreCartsRes:
        """Add a variant to the cart. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/line-items`

        Medusa may accept an item for a completed cart. The item then changes the order without a payment. Discard the
        cart's ID as soon as the cart has become an order.

        Raises `MedusaNotFoundError` if no cart has this ID. Raises `MedusaInvalidRequestError` if the variant does not
        exist, has no price in the currency of the cart, or is not in the sales channel of the cart. Raises
        `MedusaInvalidRequestError` with the code "insufficient_inventory" if the variant is out of stock. Raises
        `MedusaServerError` if the quantity is too large, or is negative although the cart does not have the item.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/line-items",
            cart_id,
            json=payload,
            headers=custom_headers,
            causes_of_500="a quantity is too large, or negative for an item that the cart does not have",
        )

    def update(
        self, cart_id: str, line_id: str, payload: StorePostCartsCartLineItemsItemReq, custom_headers: Headers = None
    ) -> StoreCartsRes:
        """Set the quantity of a line item. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/line-items/{line_id}`

        Raises `MedusaInvalidRequestError` if the item is not in the cart. Raises `MedusaInvalidRequestError` with the
        code "insufficient_inventory" if not enough units are in stock. Raises `MedusaServerError` if no cart has this
        ID, or if the quantity is negative or too large.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/line-items/{line_id}",
            cart_id,
            line_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="the cart does not exist, or the quantity is negative or too large",
        )

    def delete(self, cart_id: str, line_id: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Remove a line item from the cart. Return the cart as `.cart`.

        `DELETE /store/carts/{cart_id}/line-items/{line_id}`

        If the item is not in the cart, the call changes nothing and raises no error.

        Raises `MedusaServerError` if no cart has this ID.
        """
        return self._delete(
            StoreCartsRes,
            "/store/carts/{cart_id}/line-items/{line_id}",
            cart_id,
            line_id,
            headers=custom_headers,
            causes_of_500="the cart does not exist",
        )
