"""Swaps: items that customers send back for others."""

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
    """A swap."""

    swap: Swap


class StorePostSwapsReqAdditionalItem(TypedDict):
    """An item that the customer gets."""

    variant_id: str
    quantity: int
    """How many, at least 1."""


class StorePostSwapsReq(TypedDict):
    """A new swap."""

    order_id: str
    return_items: list[StorePostReturnsReqItem]
    """What the customer sends back."""
    additional_items: list[StorePostSwapsReqAdditionalItem]
    """What the customer gets instead."""
    return_shipping_option: NotRequired[str | None]
    """The ID of a shipping option for returns."""


class SwapsResource(Resource):
    """Swaps.

    A swap has a cart, `swap.cart_id`, with what the customer gets and what the customer sends back. The swap is made
    by completing this cart with `carts.complete`. If the customer has to pay something for it, a Medusa 1.20 backend
    never responds to that call, so set a deadline: `medusa.with_options(deadline=30).carts.complete(cart_id)`.
    `swap.difference_due` is in the smallest unit of the order's currency.
    """

    def create(self, payload: StorePostSwapsReq, custom_headers: Headers = None) -> StoreSwapsRes:
        """Create a swap and its cart. Return the swap, as `.swap`.

        `POST /store/swaps`

        No login is needed. `difference_due` is None until the cart is completed. Both lists may be empty, and items
        that are out of stock are accepted. `swap.order` and `swap.cart` have their columns only.

        Raises `MedusaNotFoundError` for an unknown line item, and `MedusaInvalidRequestError` if a value is missing or
        malformed, for an unknown variant, and for an order whose payment is not captured.
        """
        return self._post(StoreSwapsRes, "/store/swaps", json=payload, headers=custom_headers)

    def retrieve_by_cart_id(self, cart_id: str, custom_headers: Headers = None) -> StoreSwapsRes:
        """Return the swap with this cart, as `.swap`.

        `GET /store/swaps/{cart_id}`

        `swap.order` and `swap.cart` have their columns only. Raises `MedusaNotFoundError` for an unknown cart, and for
        one that is not the cart of a swap.
        """
        return self._get(StoreSwapsRes, "/store/swaps/{cart_id}", cart_id, headers=custom_headers)
