"""Returns: items that customers send back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.returns import Return

__all__ = [
    "ReturnsResource",
    "StorePostReturnsReq",
    "StorePostReturnsReqItem",
    "StorePostReturnsReqReturnShipping",
    "StoreReturnsRes",
]


@entity
class StoreReturnsRes(Result):
    """A return."""

    return_: Return
    """The key `return` of the response, which Python does not allow as a name."""


class StorePostReturnsReqItem(TypedDict):
    """A line item to send back."""

    item_id: str
    quantity: int
    """How many, at least 1."""
    reason_id: NotRequired[str | None]
    """A return reason that has no narrower ones."""
    note: NotRequired[str | None]


class StorePostReturnsReqReturnShipping(TypedDict):
    """How the items are sent back."""

    option_id: str
    """A shipping option for returns."""


class StorePostReturnsReq(TypedDict):
    """A new return."""

    order_id: str
    items: list[StorePostReturnsReqItem]
    return_shipping: NotRequired[StorePostReturnsReqReturnShipping | None]


class ReturnsResource(Resource):
    """Returns."""

    def create(self, payload: StorePostReturnsReq, custom_headers: Headers = None) -> StoreReturnsRes:
        """Create a return. Return it, as `.return_`, with its `items` and their `reason`.

        `POST /store/returns`

        `return_.refund_amount` is in the smallest unit of the order's currency. No login is needed. The backend also
        accepts a return of items that are not shipped yet, and creates an empty return if `items` is empty. The
        response never has `order` and `shipping_method`.

        Raises `MedusaNotFoundError` for an unknown order, return reason or shipping option, and
        `MedusaInvalidRequestError` if a value is missing or malformed, and for a return reason that has narrower ones.
        """
        return self._post(StoreReturnsRes, "/store/returns", json=payload, headers=custom_headers)
