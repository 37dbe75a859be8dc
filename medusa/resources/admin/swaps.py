"""Swaps in the Admin API: read them. `admin.orders` creates and processes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.swap import Swap

__all__ = ["AdminGetSwapsParams", "AdminSwapsListRes", "AdminSwapsRes", "AdminSwapsResource"]


@entity
class AdminSwapsRes(Result):
    """Response with one swap."""

    swap: Swap


@entity
class AdminSwapsListRes(Result):
    """Response with a page of swaps."""

    swaps: list[Swap]
    count: int
    """The number of swaps on all pages."""
    offset: int
    limit: int


class AdminGetSwapsParams(TypedDict, total=False):
    """Options of `admin.swaps.list`."""

    limit: int
    """The maximum number of swaps to return. The default is 50; 0 returns all."""
    offset: int
    """The number of swaps to skip."""


class AdminSwapsResource(Resource):
    """Swaps.

    `swap.difference_due` is in the smallest unit of the order's currency. It is None until the customer has completed
    the swap's cart.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminSwapsRes:
        """Return the swap with this ID as `.swap`, with its `order`, `cart`, `return_order` and `additional_items`.

        `GET /admin/swaps/{id}`

        The response does not include all fields of the swap: for example, `confirmed_at` and `canceled_at` are missing.

        Raises `MedusaNotFoundError` if no swap has this ID.
        """
        return self._get(AdminSwapsRes, "/admin/swaps/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetSwapsParams | None = None, custom_headers: Headers = None) -> AdminSwapsListRes:
        """Return a page of swaps as `.swaps`, newest first, with all their fields and no relations.

        `GET /admin/swaps`

        `.count` is the number of all swaps.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `limit` or `offset` is negative.
        """
        return self._get(
            AdminSwapsListRes,
            "/admin/swaps",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetSwapsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Swap]:
        """Return an iterator over all swaps. Each page is fetched when it is needed.

        `GET /admin/swaps`

        The backend always sorts the swaps by `created_at`, newest first. The order of swaps created in the same
        millisecond is not stable.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list, "swaps", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
