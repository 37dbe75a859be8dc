"""Reservations: stock that is kept for an order, or for another purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative
from .deletion import DeleteResponse
from .inventory_levels import NO_MODULE

if TYPE_CHECKING:
    from ...models.inventory import ReservationItem
    from ..comparisons import DateComparisonOperator, NumericalComparisonOperator, StringComparisonOperator

__all__ = [
    "AdminGetReservationsParams",
    "AdminPostReservationsReq",
    "AdminPostReservationsReservationReq",
    "AdminReservationsDeleteRes",
    "AdminReservationsListRes",
    "AdminReservationsRes",
    "AdminReservationsResource",
]

_NOT_AN_INTEGER = f"quantity is no integer, or {NO_MODULE}"


@entity
class AdminReservationsRes(Result):
    """A reservation."""

    reservation: ReservationItem


@entity
class AdminReservationsListRes(Result):
    """A page of reservations."""

    reservations: list[ReservationItem]
    count: int
    """How many reservations match in all."""
    offset: int
    limit: int


@entity
class AdminReservationsDeleteRes(DeleteResponse):
    """The ID of the deleted reservation."""


class AdminGetReservationsParams(TypedDict, total=False):
    """Which reservations to list. All filters that are given must hold."""

    location_id: str | list[str]
    """The IDs of stock locations."""
    inventory_item_id: list[str]
    """Must be a list, even of one ID."""
    line_item_id: list[str]
    """Must be a list, even of one ID."""
    created_by: list[str]
    """The IDs of users. Must be a list, even of one ID."""
    quantity: NumericalComparisonOperator
    """Limits only; the backend refuses a plain number."""
    description: str | StringComparisonOperator
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    expand: str
    """Relations to send, separated by commas: `inventory_item`, `line_item`. None by default."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    limit: int
    """The size of the page, 20 by default; 0 for all reservations."""
    offset: int
    """How many reservations to skip."""


class AdminPostReservationsReq(TypedDict):
    """A new reservation."""

    location_id: str
    inventory_item_id: str
    quantity: int
    """At least 0. More than are in stock can be reserved."""
    line_item_id: NotRequired[str | None]
    """The ID of the line item of an order that the stock is kept for."""
    description: NotRequired[str | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostReservationsReservationReq(TypedDict, total=False):
    """What to change of a reservation."""

    quantity: int
    """At least 0. More than are in stock can be reserved."""
    location_id: str
    """The backend does not check that the location exists."""
    description: str | None
    metadata: dict[str, Any] | None
    """Replaces the metadata."""


class AdminReservationsResource(Resource):
    """Reservations. Only a backend with the inventory module has them; another one answers 500.

    Medusa makes one for each line item of an order, and deletes it when the order is canceled.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminReservationsRes:
        """Return the reservation with this ID, as `.reservation`.

        `GET /admin/reservations/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(
            AdminReservationsRes, "/admin/reservations/{id}", id, headers=custom_headers, causes_of_500=NO_MODULE
        )

    def list(
        self, query: AdminGetReservationsParams | None = None, custom_headers: Headers = None
    ) -> AdminReservationsListRes:
        """Return a page of reservations, as `.reservations`, the newest first. A page has 20 reservations by default.

        `GET /admin/reservations`

        `.count` is the number of all reservations that match. Raises `MedusaInvalidRequestError` for an unknown key or
        a malformed value in `query`, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`.
        """
        return self._get(
            AdminReservationsListRes,
            "/admin/reservations",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500=(f"expand, fields or order has an unknown name, limit or offset is negative, or {NO_MODULE}"),
        )

    def iterate(
        self,
        query: AdminGetReservationsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[ReservationItem]:
        """Return an iterator over all reservations, which fetches a page when it is needed.

        `GET /admin/reservations`

        The reservations are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "reservations",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def create(self, payload: AdminPostReservationsReq, custom_headers: Headers = None) -> AdminReservationsRes:
        """Reserve stock. Return the reservation, as `.reservation`.

        `POST /admin/reservations`

        Raises `ValueError` for a negative quantity, `MedusaNotFoundError` for an item that the location does not stock
        and for an unknown line item, and `MedusaInvalidRequestError` for a missing or malformed value and for more than
        the line item needs.
        """
        check_not_negative(payload, "quantity")
        return self._post(
            AdminReservationsRes,
            "/admin/reservations",
            json=payload,
            headers=custom_headers,
            causes_of_500=_NOT_AN_INTEGER,
        )

    def update(self, id: str, payload: AdminPostReservationsReservationReq, custom_headers: Headers = None) -> Result:
        """Change a reservation. The backend returns nothing: call `retrieve` to get the reservation as it is now.

        `POST /admin/reservations/{id}`

        Keys that the payload leaves out keep their values. Raises `ValueError` for a negative quantity,
        `MedusaNotFoundError` for an unknown ID, and `MedusaInvalidRequestError` for a malformed value and for more than
        the line item needs.
        """
        check_not_negative(payload, "quantity")
        return self._post(
            Result,
            "/admin/reservations/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=False,  # Two calls at the same time both add the difference to what is reserved.
            causes_of_500=_NOT_AN_INTEGER,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminReservationsDeleteRes:
        """Delete a reservation. What it kept can be sold again.

        `DELETE /admin/reservations/{id}`

        The result is the same for an unknown ID. It is not retried.
        """
        return self._delete(
            AdminReservationsDeleteRes,
            "/admin/reservations/{id}",
            id,
            headers=custom_headers,
            repeatable=False,  # Two calls at the same time both subtract the quantity from what is reserved.
            causes_of_500=NO_MODULE,
        )
