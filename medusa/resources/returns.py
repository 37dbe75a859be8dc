"""Returns: create them for items that customers send back."""

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
    """Response with one return."""

    return_: Return
    """The return. The key in the response is `return`, which is a keyword in Python."""


class StorePostReturnsReqItem(TypedDict):
    """A line item to return."""

    item_id: str
    """The ID of the line item."""
    quantity: int
    """The number of units to return, at least 1."""
    reason_id: NotRequired[str | None]
    """The ID of a return reason without `return_reason_children`."""
    note: NotRequired[str | None]
    """A note from the customer."""


class StorePostReturnsReqReturnShipping(TypedDict):
    """The shipping option for a return."""

    option_id: str
    """The ID of a shipping option for returns."""


class StorePostReturnsReq(TypedDict):
    """Payload of `returns.create`."""

    order_id: str
    items: list[StorePostReturnsReqItem]
    return_shipping: NotRequired[StorePostReturnsReqReturnShipping | None]


class ReturnsResource(Resource):
    """Returns."""

    def create(self, payload: StorePostReturnsReq, custom_headers: Headers = None) -> StoreReturnsRes:
        """Create a return and return it as `.return_`.

        `POST /store/returns`

        The response includes `items` with their `reason`, but never `order` and `shipping_method`.
        `return_.refund_amount` is in the smallest unit of the order's currency. The backend also accepts items that are
        not shipped yet. If `items` is empty, the backend creates an empty return. No login is required.

        Raises `MedusaNotFoundError` if the order, a return reason or the shipping option does not exist. Raises
        `MedusaInvalidRequestError` if a value is missing or malformed, or if a return reason has
        `return_reason_children`.
        """
        return self._post(StoreReturnsRes, "/store/returns", json=payload, headers=custom_headers)
