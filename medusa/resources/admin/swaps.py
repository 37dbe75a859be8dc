"""Swaps of the Admin: read them. `admin.orders` creates and handles them."""

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
    """A swap."""

    swap: Swap


@entity
class AdminSwapsListRes(Result):
    """A page of swaps."""

    swaps: list[Swap]
    count: int
    """How many swaps there are in all."""
    offset: int
    limit: int


class AdminGetSwapsParams(TypedDict, total=False):
    """Which swaps to list."""

    limit: int
    """The size of the page, 50 by default; 0 for all swaps."""
    offset: int
    """How many swaps to skip."""


class AdminSwapsResource(Resource):
    """Swaps.

    `swap.difference_due` is in the smallest unit of the order's currency, and None until the customer has completed the
    swap's cart.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminSwapsRes:
        """Return the swap with this ID, as `.swap`, with its `order`, `cart`, `return_order` and `additional_items`.

        `GET /admin/swaps/{id}`

        Some of the swap's columns are not included, such as `confirmed_at` and `canceled_at`. Raises
        `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminSwapsRes, "/admin/swaps/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetSwapsParams | None = None, custom_headers: Headers = None) -> AdminSwapsListRes:
        """Return a page of swaps, as `.swaps`, the newest first, with all of their columns and no relations.

        `GET /admin/swaps`

        `.count` is the number of all swaps. Raises `MedusaInvalidRequestError` for an unknown key or a malformed value
        in `query`.
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
        """Return an iterator over all swaps, which fetches a page when it is needed.

        `GET /admin/swaps`

        The backend sorts the swaps by `created_at`, the newest first, and takes no other order. Swaps of the same
        millisecond come in any order. Raises what `list` raises.
        """
        return iterate(
            self.list, "swaps", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
