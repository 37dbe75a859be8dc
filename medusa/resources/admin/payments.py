"""Payments: capture and refund them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from .checks import check_positive

if TYPE_CHECKING:
    from ...models.payment import Payment, Refund, RefundReason

__all__ = [
    "AdminPaymentRes",
    "AdminPaymentsResource",
    "AdminPostPaymentRefundsReq",
    "AdminRefundRes",
    "GetPaymentsParams",
]


@entity
class AdminPaymentRes(Result):
    """A payment."""

    payment: Payment


@entity
class AdminRefundRes(Result):
    """A refund."""

    refund: Refund


class GetPaymentsParams(TypedDict, total=False):
    """What to return of a payment."""

    expand: str
    """Relations to send, separated by commas."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class AdminPostPaymentRefundsReq(TypedDict):
    """What to refund of a payment."""

    amount: int
    """Smallest currency unit, at least 1 and at most what is not refunded yet."""
    reason: RefundReason | str
    note: NotRequired[str | None]


class AdminPaymentsResource(Resource):
    """Payments.

    Amounts are integers in the smallest unit of `payment.currency_code`. These methods leave the `payment_status` of an
    order as it is: for the payments of an order, use `admin.orders.capture_payment` and `admin.orders.refund_payment`.
    """

    def retrieve(
        self,
        id: str,
        query: GetPaymentsParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminPaymentRes:
        """Return the payment with this ID, as `.payment`.

        `GET /admin/payments/{id}`

        No relations are included unless `expand` names them. Raises `MedusaNotFoundError` for an unknown ID, and
        `MedusaServerError` for an unknown name in `expand` or `fields`.
        """
        return self._get(
            AdminPaymentRes,
            "/admin/payments/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def capture_payment(self, id: str, custom_headers: Headers = None) -> AdminPaymentRes:
        """Capture a payment. Return it, as `.payment`.

        `POST /admin/payments/{id}/capture`

        A captured payment is left alone and returned. Raises `MedusaNotFoundError` for an unknown payment, and
        `MedusaServerError` if the payment provider fails.
        """
        return self._post(
            AdminPaymentRes,
            "/admin/payments/{id}/capture",
            id,
            headers=custom_headers,
            causes_of_500="the payment provider failed",
        )

    def refund_payment(
        self, id: str, payload: AdminPostPaymentRefundsReq, custom_headers: Headers = None
    ) -> AdminRefundRes:
        """Refund an amount of a captured payment. Return the refund, as `.refund`.

        `POST /admin/payments/{id}/refund`

        Raises `ValueError` for an amount that is not greater than 0, `MedusaNotFoundError` for an unknown payment,
        `MedusaInvalidRequestError` for a payment that is not captured, for an amount above what is not refunded yet,
        and if a value is missing or malformed, and `MedusaServerError` if the payment provider fails.
        """
        check_positive(payload, "amount")
        return self._post(
            AdminRefundRes,
            "/admin/payments/{id}/refund",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the payment provider failed",
        )
