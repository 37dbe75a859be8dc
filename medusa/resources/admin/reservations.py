"""Reservations: stock that is kept for an order or for another purpose."""

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

_NOT_AN_INTEGER = f"quantity is not an integer, or {NO_MODULE}"


@entity
class AdminReservationsRes(Result):
    """Response with one reservation."""

    reservation: ReservationItem


@entity
class AdminReservationsListRes(Result):
    """Response with a page of reservations."""

    reservations: list[ReservationItem]
    count: int
    """The number of matching reservations on all pages."""
    offset: int
    limit: int


@entity
class AdminReservationsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted reservation."""


class AdminGetReservationsParams(TypedDict, total=False):
    """Options of `admin.reservations.list`. A reservation must match all filters."""

    location_id: str | list[str]
    """The IDs of stock locations."""
    inventory_item_id: list[str]
    """Must be a list, even for one ID."""
    line_item_id: list[str]
    """Must be a list, even for one ID."""
    created_by: list[str]
    """The IDs of users. Must be a list, even for one ID."""
    quantity: NumericalComparisonOperator
    """A comparison. The backend rejects a plain number."""
    description: str | StringComparisonOperator
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    expand: str
    """Relations to return, separated by commas: `inventory_item`, `line_item`. No relations by default."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    limit: int
    """The maximum number of reservations to return. The default is 20; 0 returns all."""
    offset: int
    """The number of reservations to skip."""


class AdminPostReservationsReq(TypedDict):
    """Payload of `admin.reservations.create`."""

    location_id: str
    inventory_item_id: str
    quantity: int
    """At least 0. The backend accepts more than the quantity in stock."""
    line_item_id: NotRequired[str | None]
    """The ID of the order's line item that the stock is kept for."""
    description: NotRequired[str | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostReservationsReservationReq(TypedDict, total=False):
    """Payload of `admin.reservations.update`. Keys that you leave out keep their values."""

    quantity: int
    """At least 0. The backend accepts more than the quantity in stock."""
    location_id: str
    """The backend does not check whether the location exists."""
    description: str | None
    metadata: dict[str, Any] | None
    """This value replaces the current metadata."""


class AdminReservationsResource(Resource):
    """Reservations. They require the inventory module: a backend without this module responds with 500.

    Medusa creates a reservation for each line item of an order, and deletes it when the order is canceled.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminReservationsRes:
        """Return the reservation with this ID as `.reservation`.

        `GET /admin/reservations/{id}`

        Raises `MedusaNotFoundError` if no reservation has this ID. Raises `MedusaServerError` if the backend has no
        inventory module.
        """
        return self._get(
            AdminReservationsRes, "/admin/reservations/{id}", id, headers=custom_headers, causes_of_500=NO_MODULE
        )

    def list(
        self, query: AdminGetReservationsParams | None = None, custom_headers: Headers = None
    ) -> AdminReservationsListRes:
        """Return a page of reservations as `.reservations`, newest first.

        `GET /admin/reservations`

        A page has 20 reservations by default. `.count` is the number of all reservations that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, if `limit` or `offset` is
        negative, or if the backend has no inventory module.
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
        """Return an iterator over all reservations. Each page is fetched when it is needed.

        `GET /admin/reservations`

        The reservations are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Reserve stock and return the reservation as `.reservation`.

        `POST /admin/reservations`

        Raises `ValueError` if the quantity is negative. Raises `MedusaNotFoundError` if the location does not stock the
        item, or if the line item does not exist. Raises `MedusaInvalidRequestError` if a value is missing or malformed,
        or if the quantity is above the quantity that the line item needs. Raises `MedusaServerError` if the quantity is
        not an integer, or if the backend has no inventory module.
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
        """Change a reservation. The result has only `.response`: call `retrieve` to get the changed reservation.

        `POST /admin/reservations/{id}`

        Keys that you leave out keep their values.

        Raises `ValueError` if the quantity is negative. Raises `MedusaNotFoundError` if no reservation has this ID.
        Raises `MedusaInvalidRequestError` if a value is malformed, or if the quantity is above the quantity that the
        line item needs. Raises `MedusaServerError` if the quantity is not an integer, or if the backend has no
        inventory module.
        """
        check_not_negative(payload, "quantity")
        return self._post(
            Result,
            "/admin/reservations/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=False,  # Two calls at the same time add the difference to the reserved quantity twice.
            causes_of_500=_NOT_AN_INTEGER,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminReservationsDeleteRes:
        """Delete a reservation. The reserved stock can be sold again.

        `DELETE /admin/reservations/{id}`

        The result is the same if no reservation has this ID. The call is not retried if the backend may have processed
        it.

        Raises `MedusaServerError` if the backend has no inventory module.
        """
        return self._delete(
            AdminReservationsDeleteRes,
            "/admin/reservations/{id}",
            id,
            headers=custom_headers,
            repeatable=False,  # Two calls at the same time subtract the quantity from the reserved quantity twice.
            causes_of_500=NO_MODULE,
        )
