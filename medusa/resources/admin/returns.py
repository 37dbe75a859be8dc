"""Returns in the Admin API: receive and cancel them. `admin.orders.request_return` creates them."""

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
    """Response with the order of a canceled return."""

    order: Order
    """The order, without its totals."""


@entity
class AdminReturnsRes(Result):
    """Response with one return."""

    return_: Return
    """The key `return` of the response. `return` is a keyword in Python and cannot be a name."""


@entity
class AdminReturnsListRes(Result):
    """Response with a page of returns."""

    returns: list[Return]
    count: int
    """The number of returns on all pages."""
    offset: int
    limit: int


class AdminPostReturnsReturnReceiveReqItem(TypedDict):
    """A returned line item."""

    item_id: str
    quantity: int
    """The quantity, at least 1. It may differ from the requested quantity."""


class AdminPostReturnsReturnReceiveReq(TypedDict):
    """The items that were sent back."""

    items: list[AdminPostReturnsReturnReceiveReqItem]
    refund: NotRequired[int | None]
    """Smallest currency unit, at least 0: the amount to refund instead of the `refund_amount` of the return."""
    location_id: NotRequired[str | None]
    """The stock location that received the items. A backend with the inventory modules requires it unless the return
    already has a location.
    """


class AdminGetReturnsParams(TypedDict, total=False):
    """Options of `admin.returns.list`."""

    limit: int
    """The maximum number of returns on the page. The default is 50; 0 returns all."""
    offset: int
    """The number of returns to skip."""


class AdminReturnsResource(Resource):
    """Returns.

    `return_.refund_amount` is in the smallest unit of the order's currency.
    """

    def cancel(self, id: str, custom_headers: Headers = None) -> AdminReturnsCancelRes:
        """Cancel a return. Return its order as `.order`, without totals.

        `POST /admin/returns/{id}/cancel`

        For the return of a swap or a claim, `.order` is the order of the swap or claim. Canceling a canceled return
        again changes nothing.

        Raises `MedusaNotFoundError` if no return has this ID. Raises `MedusaInvalidRequestError` if the return is
        already received.
        """
        return self._post(
            AdminReturnsCancelRes, "/admin/returns/{id}/cancel", id, headers=custom_headers, repeatable=True
        )

    def receive(
        self, id: str, payload: AdminPostReturnsReturnReceiveReq, custom_headers: Headers = None
    ) -> AdminReturnsRes:
        """Receive returned items and refund them. Return the return as `.return_`.

        `POST /admin/returns/{id}/receive`

        The backend puts the items into stock and refunds `refund`, or `refund_amount` by default, to the customer. If
        the order's `refundable_amount` is lower, the backend refunds nothing: `fulfillment_status` of the order becomes
        "requires_action" and no error is raised. The return of a swap or claim is received without a refund.

        Raises `ValueError` if the refund is negative or a quantity is not greater than 0. Raises `MedusaNotFoundError`
        if the return or the location does not exist. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, if the return is already received or canceled, if an item does not belong to the order, or if a
        quantity is above the quantity that can still be returned.
        """
        check_positive(payload, "items[].quantity")
        check_not_negative(payload, "refund")
        return self._post(AdminReturnsRes, "/admin/returns/{id}/receive", id, json=payload, headers=custom_headers)

    def list(self, query: AdminGetReturnsParams | None = None, custom_headers: Headers = None) -> AdminReturnsListRes:
        """Return a page of returns as `.returns`, newest first.

        `GET /admin/returns`

        `.count` is the number of all returns.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `limit` or `offset` is negative.
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
        """Return an iterator over all returns. Each page is fetched when it is needed.

        `GET /admin/returns`

        The backend always sorts the returns by `created_at`, newest first. The order of returns created in the same
        millisecond is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list, "returns", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
