"""The line items of a cart."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from .base import Headers, Resource
from .carts import StoreCartsRes

__all__ = ["LineItemsResource", "StorePostCartsCartLineItemsItemReq", "StorePostCartsCartLineItemsReq"]


class StorePostCartsCartLineItemsReq(TypedDict):
    """What to add to a cart."""

    variant_id: str
    quantity: int
    """How many to add. The backend takes a negative number too, which takes some away: check what a visitor typed."""
    metadata: NotRequired[dict[str, Any]]
    """Free data. An item with the same variant and equal metadata grows; otherwise the cart gets another item."""


class StorePostCartsCartLineItemsItemReq(TypedDict):
    """What a line item is changed to."""

    quantity: int
    """How many there are then. 0 deletes the item."""
    metadata: NotRequired[dict[str, Any]]


class LineItemsResource(Resource):
    """The line items of a cart.

    Each method returns the whole cart. Amounts are integers in the smallest unit of the currency of `cart.region`.
    """

    def create(
        self, cart_id: str, payload: StorePostCartsCartLineItemsReq, custom_headers: Headers = None
    ) -> StoreCartsRes:
        """Add a variant to the cart. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/line-items`

        Medusa may accept an item for a completed cart, and then it changes the order without a payment: forget the ID
        of a cart that became an order.

        Raises `MedusaNotFoundError` for an unknown cart, and `MedusaInvalidRequestError` for a variant that is unknown,
        has no price in the currency of the cart, is not sold in the sales channel of the cart, or is out of stock: then
        `.code` is "insufficient_inventory".
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
        """Set the quantity of a line item. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/line-items/{line_id}`

        Raises `MedusaInvalidRequestError` for an item that is not in the cart, and for a quantity that is not in stock:
        then `.code` is "insufficient_inventory". Raises `MedusaServerError` for an unknown cart.
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
        """Take a line item out of the cart. Return the cart, as `.cart`.

        `DELETE /store/carts/{cart_id}/line-items/{line_id}`

        An item that is not in the cart is no error. Raises `MedusaServerError` for an unknown cart.
        """
        return self._delete(
            StoreCartsRes,
            "/store/carts/{cart_id}/line-items/{line_id}",
            cart_id,
            line_id,
            headers=custom_headers,
            causes_of_500="the cart does not exist",
        )
