"""Swaps: exchange items of an order for other items."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.swap import Swap
    from .returns import StorePostReturnsReqItem

__all__ = ["StorePostSwapsReq", "StorePostSwapsReqAdditionalItem", "StoreSwapsRes", "SwapsResource"]


@entity
class StoreSwapsRes(Result):
    """Response with one swap."""

    swap: Swap


class StorePostSwapsReqAdditionalItem(TypedDict):
    """An item that the customer receives."""

    variant_id: str
    """The ID of the variant."""
    quantity: int
    """The number of units, at least 1."""


class StorePostSwapsReq(TypedDict):
    """Payload of `swaps.create`."""

    order_id: str
    return_items: list[StorePostReturnsReqItem]
    """The items that the customer returns."""
    additional_items: list[StorePostSwapsReqAdditionalItem]
    """The items that the customer receives instead."""
    return_shipping_option: NotRequired[str | None]
    """The ID of a shipping option for returns."""


class SwapsResource(Resource):
    """Swaps.

    A swap has a cart, `swap.cart_id`, with the items that the customer returns and receives. To complete the swap,
    complete this cart with `carts.complete`. If the customer has to pay for the swap, a Medusa 1.20 backend never
    responds to that call. Set a deadline for the call: `medusa.with_options(deadline=30).carts.complete(cart_id)`.

    `swap.difference_due` is in the smallest unit of the order's currency.
    """

    def create(self, payload: StorePostSwapsReq, custom_headers: Headers = None) -> StoreSwapsRes:
        """Create a swap and its cart. Return the swap as `.swap`.

        `POST /store/swaps`

        `difference_due` is None until the cart is completed. Both lists may be empty, and the backend accepts items
        that are out of stock. `swap.order` and `swap.cart` have only their columns. No login is required.

        Raises `MedusaNotFoundError` if a line item does not exist. Raises `MedusaInvalidRequestError` if a value is
        missing or malformed, if a variant does not exist, or if the payment of the order is not captured.
        """
        return self._post(StoreSwapsRes, "/store/swaps", json=payload, headers=custom_headers)

    def retrieve_by_cart_id(self, cart_id: str, custom_headers: Headers = None) -> StoreSwapsRes:
        """Return the swap of this cart as `.swap`.

        `GET /store/swaps/{cart_id}`

        `swap.order` and `swap.cart` have only their columns.

        Raises `MedusaNotFoundError` if no cart has this ID, or if the cart does not belong to a swap.
        """
        return self._get(StoreSwapsRes, "/store/swaps/{cart_id}", cart_id, headers=custom_headers)
