"""Returns of the Admin: receive and cancel them. `admin.orders.request_return` creates them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative, check_positive

if TYPE_CHECKING:
    from ...models.order import Order
    from ...models.returns import Return

__all__ = [
    "AdminGetReturnsParams",
    "AdminPostReturnsReturnReceiveReq",
    "AdminPostReturnsReturnReceiveReqItem",
    "AdminReturnsCancelRes",
    "AdminReturnsListRes",
    "AdminReturnsRes",
    "AdminReturnsResource",
]


@entity
class AdminReturnsCancelRes(Result):
    """The order of a canceled return."""

    order: Order
    """The order, without its totals."""


@entity
class AdminReturnsRes(Result):
    """A return."""

    return_: Return
    """The key `return` of the response, which Python does not allow as a name."""


@entity
class AdminReturnsListRes(Result):
    """A page of returns."""

    returns: list[Return]
    count: int
    """How many returns there are in all."""
    offset: int
    limit: int


class AdminPostReturnsReturnReceiveReqItem(TypedDict):
    """A line item that came back."""

    item_id: str
    quantity: int
    """How many, at least 1. It may differ from what was requested."""


class AdminPostReturnsReturnReceiveReq(TypedDict):
    """What came back."""

    items: list[AdminPostReturnsReturnReceiveReqItem]
    refund: NotRequired[int | None]
    """Smallest currency unit, at least 0: what is refunded, instead of the `refund_amount` of the return."""
    location_id: NotRequired[str | None]
    """The stock location that the items came to. A backend with the inventory modules requires it unless the return
    has one."""


class AdminGetReturnsParams(TypedDict, total=False):
    """Which returns to list."""

    limit: int
    """The size of the page, 50 by default; 0 for all returns."""
    offset: int
    """How many returns to skip."""


class AdminReturnsResource(Resource):
    """Returns.

    `return_.refund_amount` is in the smallest unit of the order's currency.
    """

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminReturnsCancelRes:
        """Cancel a return. Return its order, as `.order`, without totals.

        `POST /admin/returns/{id}/cancel`

        For the return of a swap or a claim, `.order` is the order of the swap or claim. A canceled return stays
        canceled. Raises `MedusaNotFoundError` for an unknown return and `MedusaInvalidRequestError` for one that is
        received.
        """
        return self._post(
            AdminReturnsCancelRes, "/admin/returns/{id}/cancel", id, headers=custom_headers, repeatable=True
        )

    def receive(
        self, id: str, payload: AdminPostReturnsReturnReceiveReq, custom_headers: Headers = None
    ) -> AdminReturnsRes:
        """Receive what came back, and refund it. Return the return, as `.return_`.

        `POST /admin/returns/{id}/receive`

        The items are put into stock, and `refund`, or else `refund_amount`, is refunded to the customer. If the order's
        `refundable_amount` is less, the backend refunds nothing: `fulfillment_status` of the order becomes
        "requires_action", and no error is raised. The return of a swap or claim is received without a refund.

        Raises `ValueError` for a negative refund and for a quantity that is not greater than 0, `MedusaNotFoundError`
        for an unknown return or location, and `MedusaInvalidRequestError` if a value is missing or malformed, for a
        return that is received already or canceled, and for items that are not of the order or more than are left.
        """
        check_positive(payload, "items[].quantity")
        check_not_negative(payload, "refund")
        return self._post(AdminReturnsRes, "/admin/returns/{id}/receive", id, json=payload, headers=custom_headers)

    def list(self, query: AdminGetReturnsParams | None = None, custom_headers: Headers = None) -> AdminReturnsListRes:
        """Return a page of returns, as `.returns`, the newest first.

        `GET /admin/returns`

        `.count` is the number of all returns. Raises `MedusaInvalidRequestError` for an unknown key or a malformed
        value in `query`.
        """
        return self._get(
            AdminReturnsListRes,
            "/admin/returns",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetReturnsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Return]:
        """Return an iterator over all returns, which fetches a page when it is needed.

        `GET /admin/returns`

        The backend sorts the returns by `created_at`, the newest first, and takes no other order. Returns of the same
        millisecond come in any order. Raises what `list` raises.
        """
        return iterate(
            self.list, "returns", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
